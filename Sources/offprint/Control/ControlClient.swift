import Archive
import Foundation
import System

/// Asks the running server, over its control socket, to run a command.
struct ControlClient {
  private let socket: BlockingSocket

  /// Connects to the server that has a data folder; nil when none answers there.
  ///
  /// A server that has just taken the folder opens its socket a moment later.
  init?(folder: String) {
    for _ in 0..<20 {
      if let socket = try? BlockingSocket(connectingTo: ControlServer.socketName, in: folder) {
        self.socket = socket
        return
      }
      usleep(100_000)
    }
    return nil
  }

  /// Runs a command in the server, with the output of this process.
  ///
  /// SIGINT and SIGTERM stop the command; a second one ends this process at once.
  ///
  /// - Parameters:
  ///   - request: The command.
  ///   - console: Where its output goes.
  /// - Returns: The command's exit status.
  /// - Throws: ``ControlError``
  func run(_ request: ControlRequest, _ console: Console) throws -> ExitStatus {
    defer { socket.close() }
    try send(request)
    // The end of what is sent interrupts the command.
    let stop = StopRequest { socket.finishSending() }
    defer { withExtendedLifetime(stop) {} }
    var reader = ControlReader(socket)
    let status = try reader.head()
    guard status == 200 else {
      throw ControlError.refused(status: status, reason: reader.rest())
    }
    let output = TerminalOutput(console)
    while let line = reader.line() {
      switch try ControlEvent(line: line) {
      case .output(let text): output.write(text)
      case .message(let text): output.say(text)
      case .progress(let progress): output.show(progress)
      case .progressEnded: output.endProgress()
      case .failed(let reason): throw ControlError.failed(reason)
      case .ended(let status):
        output.endProgress()
        return status
      }
    }
    output.endProgress()
    throw ControlError.serverStopped
  }

  private func send(_ request: ControlRequest) throws {
    let body = try JSONEncoder().encode(request)
    let head = """
      POST /commands HTTP/1.1\r
      Host: localhost\r
      Content-Type: application/json\r
      Content-Length: \(body.count)\r
      \r

      """
    guard socket.send(Array(head.utf8) + body) else {
      throw ControlError.serverStopped
    }
  }
}

/// Why a command did not finish in the server.
enum ControlError: Error, Equatable, CustomStringConvertible {
  /// What the command itself reported.
  case failed(String)
  case refused(status: Int, reason: String)
  case serverStopped
  case malformedAnswer

  var description: String {
    switch self {
    case .failed(let reason): reason
    case .refused(let status, let reason):
      "the server refused the command (\(status)): \(reason.split(separator: "\n").first ?? "")"
    case .serverStopped: "the server stopped before the command was finished"
    case .malformedAnswer: "the server's answer is not what this program expects"
    }
  }
}
