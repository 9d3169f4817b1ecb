import CLinux
import Glibc

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

  private static let errorLimit = 16 << 10

  /// Runs it and waits for its end.
  ///
  /// - Throws: ``Failure`` when it could not be started.
  package func run() throws(Failure) -> Outcome {
    var output = try Pipe()
    var errors = try Pipe()
    var standardInput = try standardInput()
    let process: SpawnedProcess
    do throws(SystemError) {
      // Its own process group, so that Ctrl-C for this process does not interrupt the child.
      process = try SpawnedProcess(
        program: program, arguments: arguments, environment: environment,
        descriptors: [
          standardInput.reading?.number, output.writing?.number, errors.writing?.number,
        ].compactMap(\.self), first: STDIN_FILENO, hasOwnGroup: true)
    } catch {
      throw .cannotStart(program: program, code: error.number)
    }
    standardInput.reading = nil
    output.writing = nil
    errors.writing = nil
    var exchange = PipeExchange(
      output: output.reading.take(), errors: errors.reading.take(),
      feed: standardInput.writing.take(), input: inputBytes, outputLimit: outputLimit,
      errorLimit: Self.errorLimit)
    let end = ContinuousClock.now + deadline
    let cut = exchange.run(until: end, isCancelled: isCancelled)
    if cut != nil { process.kill() }
    let ending = Self.wait(for: process, until: end)
    return Outcome(
      output: exchange.outputBytes,
      errors: String(decoding: exchange.errorBytes, as: UTF8.self), ending: cut ?? ending)
  }

  private var inputBytes: [UInt8] {
    if case .bytes(let bytes) = input { bytes } else { [] }
  }

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

  /// Waits for the end of a process that has closed its output or has been killed.
  private static func wait(
    for process: SpawnedProcess, until deadline: ContinuousClock.Instant
  ) -> Ending {
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
