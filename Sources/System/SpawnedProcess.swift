import CLinux
import Glibc

/// A child process that was started; its number is its own until its end has been asked for.
package struct SpawnedProcess: Sendable, Equatable {
  package let number: Int32

  package enum Ending: Sendable, Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  /// Starts a program with default signal handling.
  ///
  /// - Parameters:
  ///   - program: Its path, which is also its first argument.
  ///   - arguments: The other arguments.
  ///   - environment: Each as `NAME=value`.
  ///   - descriptors: The descriptors that it inherits, from `first` on. It has those below
  ///     `first` too, and no others.
  ///   - first: The number that the first descriptor has in the child.
  ///   - hasOwnGroup: Whether it leads a new process group.
  /// - Throws: ``SystemError``
  package init(
    program: String, arguments: [String], environment: [String], descriptors: [Int32],
    first: Int32, hasOwnGroup: Bool
  ) throws(SystemError) {
    let end = first + Int32(descriptors.count)
    // Above the numbers that they get, so that none is replaced before it is moved.
    let copies = descriptors.map { fcntl($0, F_DUPFD_CLOEXEC, end) }
    defer { for copy in copies where copy >= 0 { _ = close(copy) } }
    guard copies.allSatisfy({ $0 >= 0 }) else { throw SystemError(call: "fcntl", number: EMFILE) }
    // Unsafe: these calls fill and read the two locals; the strings are freed after the call.
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (place, copy) in zip(first..<end, copies) {
      unsafe posix_spawn_file_actions_adddup2(&actions, copy, place)
    }
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, end)
    var attributes = Self.attributes(hasOwnGroup: hasOwnGroup)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    let words = CStrings([program] + arguments)
    let variables = CStrings(environment)
    var number = pid_t()
    let result = unsafe posix_spawn(
      &number, program, &actions, &attributes, words.pointers, variables.pointers)
    guard result == 0 else { throw SystemError(call: "posix_spawn", number: result) }
    self.number = number
  }

  /// Signals that this process ignores or blocks would be ignored or blocked in the child too.
  private static func attributes(hasOwnGroup: Bool) -> posix_spawnattr_t {
    var none = sigset_t()
    var all = sigset_t()
    var attributes = posix_spawnattr_t()
    // Unsafe: these calls fill and read the locals.
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_init(&attributes)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let group = hasOwnGroup ? POSIX_SPAWN_SETPGROUP : 0
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
    return attributes
  }

  package func kill() { _ = Glibc.kill(number, SIGKILL) }

  /// Waits until it has ended; its number stays its own.
  package func waitForEnd() {
    var info = unsafe siginfo_t()
    // Unsafe: the system writes one siginfo_t.
    while unsafe waitid(P_PID, id_t(number), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
  }

  /// How it ended, which gives up its number; nil while it runs.
  package func end(waits: Bool) -> Ending? {
    var status: Int32 = 0
    while true {
      // Unsafe: the system writes one Int32.
      let result = unsafe waitpid(number, &status, waits ? 0 : WNOHANG)
      if result == 0 { return nil }
      if result < 0, errno == EINTR { continue }
      guard result == number else { return .signal(0) }
      let signal = status & 0x7F
      return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
    }
  }
}

/// C strings in an array that ends with a null pointer.
@safe
private final class CStrings {
  let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ texts: [String]) { unsafe pointers = unsafe texts.map { unsafe strdup($0) } + [nil] }

  deinit { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
}
