import CLinux
import Foundation

/// A program that is run to its end, within limits, with what it is given and what it says.
struct ChildProcess: Sendable {
  var program: String
  var arguments: [String]
  /// Nothing else of this process's environment is handed on.
  var environment: [String] = []
  /// What it reads on standard input.
  var input: Input = .nothing
  /// More on standard output ends it.
  var outputLimit: Int
  var deadline: Duration
  /// Asked some times a second; true ends it.
  var isCancelled: @Sendable () -> Bool = { false }

  enum Input: Sendable {
    case nothing
    /// A file, opened for reading.
    case file(String)
    case octets([UInt8])
  }

  struct Outcome: Sendable {
    var output: [UInt8]
    /// The beginning of what it wrote to standard error.
    var errors: String
    var ending: Ending
  }

  enum Ending: Sendable, Equatable {
    case exit(Int32)
    case signal(Int32)
    /// It was ended because its time was up.
    case deadline
    /// It was ended because it wrote too much.
    case tooMuchOutput
    /// It was ended because it had been called off.
    case cancelled
  }

  enum Failure: Error, CustomStringConvertible {
    case cannotStart(program: String, errno: Int32)
    case cannotOpen(path: String, errno: Int32)
    case noPipe(errno: Int32)

    var description: String {
      switch self {
      case .cannotStart(let program, let number):
        "\(program): could not be started: \(systemReason(of: number))"
      case .cannotOpen(let path, let number): "\(path): \(systemReason(of: number))"
      case .noPipe(let number): "no pipe to a child process: \(systemReason(of: number))"
      }
    }
  }

  private static let errorLimit = 16 << 10

  /// Runs it and waits for its end.
  ///
  /// - Throws: ``Failure`` when it could not be started.
  func run() throws(Failure) -> Outcome {
    let output = try Pipe()
    let errors = try Pipe()
    var feed: Pipe?
    let inputDescriptor: OwnedDescriptor
    switch input {
    case .nothing: inputDescriptor = try .open("/dev/null")
    case .file(let path): inputDescriptor = try .open(path)
    case .octets:
      let pipe = try Pipe()
      inputDescriptor = pipe.reading
      feed = pipe
    }
    let process = try spawn(
      input: inputDescriptor.number, output: output.writing.number, errors: errors.writing.number)
    inputDescriptor.close()
    output.writing.close()
    errors.writing.close()
    var exchange = Exchange(
      output: output.reading, errors: errors.reading, feed: feed?.writing,
      input: inputOctets,
      outputLimit: outputLimit, errorLimit: Self.errorLimit)
    let cut = exchange.run(until: .now + deadline, isCancelled: isCancelled)
    if cut != nil { kill(process, SIGKILL) }
    let ending = wait(for: process, until: .now + deadline)
    return Outcome(
      output: exchange.outputOctets,
      errors: String(decoding: exchange.errorOctets, as: UTF8.self), ending: cut ?? ending)
  }

  private var inputOctets: [UInt8] {
    if case .octets(let octets) = input { octets } else { [] }
  }

  /// Starts the program in a process group of its own, so that a Ctrl-C for this process is not
  /// one for the child, with no descriptor but the three.
  private func spawn(input: Int32, output: Int32, errors: Int32) throws(Failure) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    var attributes = SpawnAttributes(ownGroup: true)
    let words = CStrings([program] + arguments)
    let variables = CStrings(environment)
    var process = pid_t()
    let result = unsafe posix_spawn(
      &process, program, &actions, &attributes.attributes, words.pointers, variables.pointers)
    guard result == 0 else { throw .cannotStart(program: program, errno: result) }
    return process
  }

  /// Waits for the end of a process that has closed its output or has been killed.
  private func wait(for process: pid_t, until deadline: ContinuousClock.Instant) -> Ending {
    var status: Int32 = 0
    var isLate = false
    while true {
      let result = unsafe waitpid(process, &status, isLate ? 0 : WNOHANG)
      if result == process { break }
      if result < 0, errno != EINTR { return .signal(0) }
      if result == 0 {
        if ContinuousClock.now >= deadline {
          kill(process, SIGKILL)
          isLate = true
        } else {
          usleep(500)
        }
      }
    }
    if isLate { return .deadline }
    let number = status & 0x7F
    return number == 0 ? .exit(status >> 8 & 0xFF) : .signal(number)
  }
}

/// How a child starts: what this process ignores or blocks, it would too, were it not told otherwise.
struct SpawnAttributes: ~Copyable {
  var attributes = posix_spawnattr_t()

  /// - Parameter ownGroup: Whether a Ctrl-C for this process is none for the child.
  init(ownGroup: Bool) {
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_init(&attributes)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let group = ownGroup ? POSIX_SPAWN_SETPGROUP : 0
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
  }

  deinit {
    var attributes = attributes
    unsafe posix_spawnattr_destroy(&attributes)
  }
}

/// Texts as C has them: an array of pointers that ends with a null one.
@safe
final class CStrings {
  private(set) var pointers: [UnsafeMutablePointer<CChar>?]

  init(_ texts: [String]) { unsafe pointers = unsafe texts.map { unsafe strdup($0) } + [nil] }

  deinit { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
}
