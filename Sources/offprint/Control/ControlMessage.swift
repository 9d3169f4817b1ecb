import Foundation

/// A command for the server: the body of `POST /commands` on the control socket.
struct ControlRequest: Codable, Sendable, Equatable {
  /// The name of the command and its arguments, without settings.
  var words: [String]
  /// The working folder of the command.
  var directory: String
  /// What the command read from its standard input.
  var input: Data

  init(_ words: [String], input: [UInt8]) {
    self.words = words
    self.input = Data(input)
    directory = FileManager.default.currentDirectoryPath
  }

  /// The longest body, in bytes: a list of addresses on standard input, in base64.
  static let limit = 32 << 20
}

/// One line of the response: output, progress, and finally how the command ended.
enum ControlEvent: Codable, Sendable, Equatable {
  /// For standard output.
  case output(String)
  /// A line for standard error.
  case message(String)
  case progress(Progress)
  case progressEnded
  /// The command ended with an error, which the caller reports as its own.
  case failed(String)
  case ended(ExitStatus)

  var line: [UInt8] {
    get throws { Array(try JSONEncoder().encode(self)) + [0x0A] }
  }

  init(line: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(ControlEvent.self, from: Data(line))
  }
}
