import CLinux
import Foundation
import Synchronization

/// A server that is started to take the place of this one, on the same sockets.
///
/// It is the same program with the same arguments, as they are on the disk by then, and
/// `--take-over`. When it has what it needs, it asks this process to stop and waits for the folder.
/// Clients who come meanwhile wait in the sockets' line, since the sockets are never closed. A
/// successor that fails before that says so and leaves this server as it was.
final class Successor: Sendable {
  private let program: String
  private let arguments: [String]
  private let process = Mutex<pid_t?>(nil)

  /// Notes how this program was started.
  ///
  /// The path is looked up now: once the file has been replaced, the system calls it deleted.
  convenience init(arguments: [String] = CommandLine.arguments) {
    let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    var words = arguments.dropFirst()
    if let place = words.firstIndex(of: Self.option) {
      words.removeSubrange(place..<min(place + 2, words.endIndex))
    }
    self.init(program: path ?? arguments[0], arguments: Array(words))
  }

  init(program: String, arguments: [String]) {
    self.program = program
    self.arguments = [program] + arguments
  }

  static let option = "--take-over"

  /// The process that has been started and has not ended; nil without one.
  var runningProcess: pid_t? { process.withLock { $0 } }

  /// Starts it, unless one runs already.
  ///
  /// - Parameters:
  ///   - sockets: What it listens on.
  ///   - log: Is told how it goes.
  ///   - patience: How long it may take until it asks this server to stop; then it is ended.
  ///   - hasAsked: Whether it has.
  func start(
    sockets: [Int32], log: Log, patience: Duration = .seconds(60),
    hasAsked: @escaping @Sendable () -> Bool
  ) {
    let outcome = process.withLock { process -> Result<pid_t, ChildProcess.Failure>? in
      guard process == nil, !sockets.isEmpty else { return nil }
      let outcome = Result { () throws(ChildProcess.Failure) in try spawn(with: sockets) }
      process = try? outcome.get()
      return outcome
    }
    switch outcome {
    case .success(let number):
      log.write(.notice, "successor started", [("process", .integer(Int(number)))])
      watch(number, log)
      let milliseconds = Int(patience / .milliseconds(1))
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
        // While it is still ours: a number is given to another process once it was waited for.
        process.withLock { running in
          guard running == number, !hasAsked() else { return }
          kill(number, SIGKILL)
          log.write(
            .error, "successor given up",
            [("process", .integer(Int(number))), ("after_ms", .integer(milliseconds))])
        }
      }
    case .failure(let error):
      log.write(.error, "successor not started", [("error", .text(error.description))])
    case nil: break
    }
  }

  private func watch(_ number: pid_t, _ log: Log) {
    DispatchQueue(label: "offprint.successor").async { [self] in
      var status: Int32 = 0
      // Its number stays its own until it is waited for below.
      var info = unsafe siginfo_t()
      while unsafe waitid(P_PID, id_t(number), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
      process.withLock { running in
        while unsafe waitpid(number, &status, 0) < 0, errno == EINTR {}
        running = nil
      }
      // When this server stops because of it, this process ends long before.
      let signal = status & 0x7F
      log.write(
        .error, "successor ended",
        [
          signal == 0
            ? ("status", .integer(Int(status >> 8 & 0xFF))) : ("signal", .integer(Int(signal)))
        ])
    }
  }

  private func spawn(with sockets: [Int32]) throws(ChildProcess.Failure) -> pid_t {
    let first = ServiceManager.firstDescriptor
    let end = first + Int32(sockets.count)
    // Above those they become, so that none takes another's place before its turn.
    let copies = sockets.map { fcntl($0, F_DUPFD_CLOEXEC, end) }
    defer { for copy in copies where copy >= 0 { _ = close(copy) } }
    guard copies.allSatisfy({ $0 >= 0 }) else {
      throw .cannotStart(program: program, errno: EMFILE)
    }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (place, copy) in zip(first..<end, copies) {
      unsafe posix_spawn_file_actions_adddup2(&actions, copy, place)
    }
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, end)
    var environment = ProcessInfo.processInfo.environment
    environment["LISTEN_FDS"] = "\(sockets.count)"
    let words = CStrings(arguments + [Self.option, "\(getpid())"])
    let variables = CStrings(environment.map { "\($0.key)=\($0.value)" })
    var attributes = SpawnAttributes(ownGroup: false)
    var number = pid_t()
    let result = unsafe posix_spawn(
      &number, program, &actions, &attributes.attributes, words.pointers, variables.pointers)
    guard result == 0 else { throw .cannotStart(program: program, errno: result) }
    return number
  }
}
