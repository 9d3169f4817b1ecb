import Glibc

/// A client that says bytes and hears answers, over one connection.
final class Client {
  struct Answer: Equatable {
    var status: Int
    var fields: [String: String]
    var content: [UInt8]

    var text: String { String(decoding: content, as: UTF8.self) }
  }

  enum Failure: Error {
    case cannotConnect(Int32)
    case tooSlow
    case closed(after: String)
    case malformed(String)
  }

  let descriptor: Int32
  private var received: [UInt8] = []

  /// Connects to the loopback address.
  ///
  /// - Parameters:
  ///   - port: Where the server listens.
  ///   - wait: Seconds that any call may take.
  ///   - buffer: The size of the receive buffer, for a client that takes little at a time.
  /// - Throws: `Failure`.
  init(_ port: UInt16, wait: Int = 5, buffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: wait, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(
      descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    if var buffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, 4)
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure.cannotConnect(errno) }
  }

  deinit { close(descriptor) }

  /// Sends bytes; stops when the server has closed.
  func say(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  func say(_ text: String) { say(Array(text.utf8)) }

  func get(_ target: String, _ fields: String...) {
    ask("GET", target, fields)
  }

  func ask(_ method: String, _ target: String, _ fields: [String] = [], _ content: [UInt8] = []) {
    let lines = fields.map { $0 + "\r\n" }.joined()
    say(Array("\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n\(lines)\r\n".utf8) + content)
  }

  func finishSaying() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Leaves so that the server gets a reset.
  func vanish() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    shutdown(descriptor, Int32(SHUT_RD))
  }

  /// Reads more; false at the end.
  private func more() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count < 0 {
      if errno == EAGAIN { throw Failure.tooSlow }
      if errno == ECONNRESET { return false }
      throw Failure.closed(after: "errno \(errno)")
    }
    received += buffer[..<count]
    return count > 0
  }

  /// Reads an answer.
  ///
  /// - Parameter toHead: Whether it answers HEAD and has no content.
  /// - Returns: The answer.
  /// - Throws: `Failure`.
  func hear(toHead: Bool = false) throws -> Answer {
    let end: Int
    while true {
      if let place = Self.headEnd(received) {
        end = place
        break
      }
      guard try more() else {
        throw Failure.closed(after: String(decoding: received, as: UTF8.self))
      }
    }
    let lines = String(decoding: received[..<end], as: UTF8.self).split(
      separator: "\r\n", omittingEmptySubsequences: true)
    let first = (lines.first ?? "").split(separator: " ")
    guard first.count >= 2, first[0] == "HTTP/1.1", let status = Int(first[1]) else {
      throw Failure.malformed(String(lines.first ?? ""))
    }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { throw Failure.malformed(String(line)) }
      let name = parts[0].lowercased()
      guard fields[name] == nil else { throw Failure.malformed("two lines of \(name)") }
      fields[name] = String(parts[1].drop { $0 == " " })
    }
    received.removeFirst(end)
    let hasContent = !toHead && status >= 200 && status != 204 && status != 304
    let length = hasContent ? Int(fields["content-length"] ?? "") ?? -1 : 0
    guard length >= 0 else { throw Failure.malformed("no content-length") }
    while received.count < length {
      guard try more() else { throw Failure.closed(after: "\(received.count) of \(length)") }
    }
    let content = Array(received[..<length])
    received.removeFirst(length)
    return Answer(status: status, fields: fields, content: content)
  }

  /// Where the first empty line ends.
  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for index in 0...(bytes.count - 4)
    where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13
      && bytes[index + 3] == 10
    {
      return index + 4
    }
    return nil
  }

  /// Whether the server ends the connection without saying more.
  func isOver() throws -> Bool {
    guard received.isEmpty else { return false }
    return try !more()
  }
}
