import Foundation
import Synchronization
import System

/// A server that replaces this one on the same sockets.
///
/// It is the same program, as it is on disk by then, with the same arguments and
/// `--take-over`. When it is ready, it asks this process to stop and waits for the folder.
/// New clients wait meanwhile, since the sockets are never closed. A
/// successor that fails before that leaves this server as it was.
final class Successor: Sendable {
  private let program: String
  private let arguments: [String]
  private let process = Mutex<SpawnedProcess?>(nil)

  /// Remembers how this program was started.
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
    self.arguments = arguments
  }

  static let option = "--take-over"

  /// The number of the running successor; nil without one.
  var runningProcess: Int32? { process.withLock { $0?.number } }

  /// Starts it, unless one is running.
  ///
  /// - Parameters:
  ///   - sockets: What it listens on.
  ///   - log: Gets the result.
  ///   - patience: How long it may take to ask this server to stop; then it is killed.
  ///   - hasAsked: Whether it has.
  func start(
    sockets: [Int32], log: Log, patience: Duration = .seconds(60),
    hasAsked: @escaping @Sendable () -> Bool
  ) {
    let outcome = process.withLock { process -> Result<SpawnedProcess, SystemError>? in
      guard process == nil, !sockets.isEmpty else { return nil }
      let outcome = Result { () throws(SystemError) in try spawn(with: sockets) }
      process = try? outcome.get()
      return outcome
    }
    switch outcome {
    case .success(let started):
      let number = Int(started.number)
      log.write(.notice, "successor started", [("process", .integer(number))])
      watch(started, log)
      let milliseconds = Int(patience / .milliseconds(1))
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
        // Under the lock: once it was waited for, another process may have its number.
        process.withLock { running in
          guard running == started, !hasAsked() else { return }
          started.kill()
          log.write(
            .error, "successor given up",
            [("process", .integer(number)), ("after_ms", .integer(milliseconds))])
        }
      }
    case .failure(let error):
      log.write(.error, "successor not started", [("error", .text(error.description))])
    case nil: break
    }
  }

  private func watch(_ started: SpawnedProcess, _ log: Log) {
    DispatchQueue(label: "offprint.successor").async { [self] in
      started.waitForEnd()
      let ending = process.withLock { running in
        running = nil
        return started.end(waits: true)
      }
      // When this server stops because of it, this process ends long before.
      let field: (key: String, value: LogValue) =
        switch ending {
        case .exit(let status): ("status", .integer(Int(status)))
        case .signal(let number): ("signal", .integer(Int(number)))
        case nil: ("status", .integer(0))
        }
      log.write(.error, "successor ended", [field])
    }
  }

  private func spawn(with sockets: [Int32]) throws(SystemError) -> SpawnedProcess {
    var environment = ProcessInfo.processInfo.environment
    environment["LISTEN_FDS"] = "\(sockets.count)"
    return try SpawnedProcess(
      program: program, arguments: arguments + [Self.option, "\(getpid())"],
      environment: environment.map { "\($0.key)=\($0.value)" }, descriptors: sockets,
      first: ServiceManager.firstDescriptor, hasOwnGroup: false)
  }
}
