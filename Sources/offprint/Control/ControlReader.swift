import System

/// Reads an HTTP response that ends with the connection, line by line.
struct ControlReader {
  private let socket: BlockingSocket
  private var buffer: [UInt8] = []

  init(_ socket: BlockingSocket) { self.socket = socket }

  /// The status of the response; its fields are skipped.
  mutating func head() throws(ControlError) -> Int {
    guard let first = line() else { throw .serverStopped }
    let words = String(decoding: first, as: UTF8.self).split(separator: " ")
    guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
      throw .malformedAnswer
    }
    while let field = line(), field != [0x0D], !field.isEmpty {}
    return status
  }

  /// The next line without its line feed; nil at the end.
  mutating func line() -> [UInt8]? {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        defer { buffer.removeFirst(end + 1) }
        return Array(buffer[..<end])
      }
      guard let more = socket.receive(), !more.isEmpty else { return nil }
      buffer += more
    }
  }

  /// The rest as text.
  mutating func rest() -> String {
    var lines: [String] = []
    while let line = line() { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines.joined(separator: "\n")
  }
}
