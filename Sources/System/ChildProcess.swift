import CLinux
import Glibc
import Synchronization

/// A program that is run to its end, with limits on its output and its time.
package struct ChildProcess: Sendable {
  package var program: String
  package var arguments: [String]
  /// Nothing else of this process's environment is inherited.
  package var environment: [String]
  /// What it reads on standard input.
  package var input: Input
  /// A child that writes more bytes to standard output is killed.
  package var outputLimit: Int
  package var deadline: Duration
  /// Asked some times a second; true kills the child.
  package var isCancelled: @Sendable () -> Bool

  package init(
    program: String, arguments: [String], environment: [String] = [], input: Input = .nothing,
    outputLimit: Int, deadline: Duration,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.outputLimit = outputLimit
    self.deadline = deadline
    self.isCancelled = isCancelled
  }

  package enum Input: Sendable {
    case nothing
    /// The path of a file.
    case file(String)
    case bytes([UInt8])
  }

  package struct Outcome: Sendable {
    package var output: [UInt8]
    /// The beginning of what it wrote to standard error.
    package var errors: String
    package var ending: Ending

    package init(output: [UInt8], errors: String, ending: Ending) {
      self.output = output
      self.errors = errors
      self.ending = ending
    }
  }

  package enum Ending: Sendable, Equatable {
    case exit(Int32)
    case signal(Int32)
    /// It was killed because its time was up.
    case deadline
    /// It was killed because it wrote too much.
    case tooMuchOutput
    /// It was killed because the caller cancelled it.
    case cancelled
  }

  package enum Failure: Error, CustomStringConvertible {
    case cannotStart(program: String, code: Int32)
    case cannotOpen(path: String, code: Int32)
    case noPipe(code: Int32)

    package var description: String {
      switch self {
      case .cannotStart(let program, let code):
        "\(program): could not be started: \(errorDescription(code).lowercased())"
      case .cannotOpen(let path, let code): "\(path): \(errorDescription(code).lowercased())"
      case .noPipe(let code):
        "no pipe to a child process: \(errorDescription(code).lowercased())"
      }
    }
  }

  /// Runs it and waits for its end.
  ///
  /// - Throws: ``Failure`` when it could not be started.
  package func run() throws(Failure) -> Outcome {
    let started = try spawn(try standardInput())
    return started.run(
      input: inputBytes, file: nil, outputLimit: outputLimit, deadline: deadline,
      isCancelled: isCancelled)
  }

  /// Starts it without ``input``, which it gets later.
  ///
  /// - Throws: ``Failure`` when it could not be started.
  package func start() throws(Failure) -> StartedChild { try spawn(try Pipe()) }

  private func spawn(_ input: consuming Pipe) throws(Failure) -> StartedChild {
    var input = input
    var output = try Pipe()
    var errors = try Pipe()
    let process: SpawnedProcess
    do throws(SystemError) {
      // Its own process group, so that Ctrl-C for this process does not interrupt the child.
      process = try SpawnedProcess(
        program: program, arguments: arguments, environment: environment,
        descriptors: [
          input.reading?.number, output.writing?.number, errors.writing?.number,
        ].compactMap(\.self), first: STDIN_FILENO, hasOwnGroup: true)
    } catch {
      throw .cannotStart(program: program, code: error.number)
    }
    return StartedChild(
      process, feed: input.writing.take(), output: output.reading.take(),
      errors: errors.reading.take())
  }

  private var inputBytes: [UInt8] {
    if case .bytes(let bytes) = input { bytes } else { [] }
  }

  fileprivate static let errorLimit = 16 << 10

  /// A file to read from, or a pipe for bytes.
  private func standardInput() throws(Failure) -> Pipe {
    do throws(FileError) {
      switch input {
      case .nothing: return Pipe(reading: try FileDescriptor("/dev/null", for: .reading))
      case .file(let path): return Pipe(reading: try FileDescriptor(path, for: .reading))
      case .bytes: break
      }
    } catch {
      throw .cannotOpen(path: error.path, code: error.code)
    }
    return try Pipe()
  }
}

/// A child process that was started and gets its input once.
package final class StartedChild: Sendable {
  private struct Ends: ~Copyable {
    var feed: FileDescriptor?
    var output: FileDescriptor?
    var errors: FileDescriptor?
  }

  private let process: SpawnedProcess
  /// nil once it has been run.
  private let ends: Mutex<Ends?>

  fileprivate init(
    _ process: SpawnedProcess, feed: consuming FileDescriptor?,
    output: consuming FileDescriptor?, errors: consuming FileDescriptor?
  ) {
    self.process = process
    ends = Mutex(Ends(feed: feed, output: output, errors: errors))
  }

  deinit {
    guard ends.withLock({ $0 != nil }) else { return }
    process.kill()
    _ = process.end(waits: true)
  }

  /// Whether it has ended before it got its input.
  package var hasEnded: Bool {
    ends.withLock { ends in
      guard ends != nil else { return true }
      guard process.end(waits: false) != nil else { return false }
      ends = nil
      return true
    }
  }

  /// Writes its input and waits for its end; called once.
  ///
  /// - Parameters:
  ///   - input: What it reads first.
  ///   - file: A file that it reads after that.
  ///   - outputLimit: If it writes more bytes to standard output, it is killed.
  ///   - deadline: How long that may take.
  ///   - isCancelled: Asked some times a second; true kills it.
  /// - Returns: What it wrote and how it ended.
  package func run(
    input: [UInt8], file: Int32?, outputLimit: Int, deadline: Duration,
    isCancelled: @Sendable () -> Bool = { false }
  ) -> ChildProcess.Outcome {
    var taken: Ends? = ends.withLock { $0.take() }
    var exchange = PipeExchange(
      output: taken?.output.take(), errors: taken?.errors.take(), feed: taken?.feed.take(),
      input: input, file: file, outputLimit: outputLimit, errorLimit: ChildProcess.errorLimit)
    let end = ContinuousClock.now + deadline
    let cut = exchange.run(until: end, isCancelled: isCancelled)
    if cut != nil { process.kill() }
    let ending = Self.wait(for: process, until: end)
    return ChildProcess.Outcome(
      output: exchange.outputBytes,
      errors: String(decoding: exchange.errorBytes, as: UTF8.self), ending: cut ?? ending)
  }

  /// Waits for the end of a process that has closed its output or has been killed.
  private static func wait(
    for process: SpawnedProcess, until deadline: ContinuousClock.Instant
  ) -> ChildProcess.Ending {
    while ContinuousClock.now < deadline {
      switch process.end(waits: false) {
      case .exit(let status): return .exit(status)
      case .signal(let number): return .signal(number)
      case nil: usleep(500)
      }
    }
    process.kill()
    _ = process.end(waits: true)
    return .deadline
  }
}

/// A pipe; each end is closed when it is set to nil.
struct Pipe: ~Copyable {
  var reading: FileDescriptor?
  var writing: FileDescriptor?

  init(reading: consuming FileDescriptor) {
    self.reading = .some(reading)
    writing = nil
  }

  init() throws(ChildProcess.Failure) {
    var ends: [Int32] = [-1, -1]
    // Unsafe: the system writes two descriptors.
    guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { throw .noPipe(code: errno) }
    reading = FileDescriptor(owning: ends[0], path: "pipe")
    writing = FileDescriptor(owning: ends[1], path: "pipe")
  }
}
