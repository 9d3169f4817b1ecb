import Glibc

/// One TCP connection to a server on this machine, spoken to in octets.
///
/// Every wait is bounded: a server that says nothing is an error and no test that hangs.
final class Wire {
  enum Failure: Error {
    case refused(errno: Int32)
    /// Nothing came in time.
    case silent
    case closed(after: String)
    /// Not what RFC 9112 lets a server send.
    case malformed(String)
  }

  private let descriptor: Int32
  private var received: [UInt8] = []

  init(_ port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(
        descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    var isOn: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, 4)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure.refused(errno: errno) }
  }

  deinit { close(descriptor) }

  /// Sends octets; stops when the server has closed.
  func send(_ octets: [UInt8]) {
    var sent = 0
    while sent < octets.count {
      let count = octets[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Says that nothing more will be sent.
  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Reads an answer as a strict client does.
  ///
  /// - Parameter method: Of the request: an answer to HEAD has no content (RFC 9112 §6.3).
  /// - Returns: The answer, an interim one too.
  /// - Throws: ``Failure``.
  func answer(to method: String = "GET") throws -> Answer {
    let line = try line()
    guard let match = line.wholeMatch(of: /HTTP\/1\.1 ([1-5][0-9]{2}) ([\t -~]*)/),
      let status = Int(match.1)
    else { throw Failure.malformed(line) }
    var answer = Answer(status: status)
    while true {
      let line = try self.line()
      if line.isEmpty { break }
      guard let field = line.wholeMatch(of: /([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*/)
      else { throw Failure.malformed(line) }
      let name = field.1.lowercased()
      guard answer[name] == nil || name == "set-cookie" else {
        throw Failure.malformed("two lines of \(name)")
      }
      answer.fields.append((name, String(field.2)))
    }
    let hasNone = method == "HEAD" || status < 200 || status == 204 || status == 304
    guard !hasNone else { return answer }
    guard let length = answer["content-length"].flatMap({ Int($0) }), length >= 0 else {
      throw Failure.malformed("no length")
    }
    while received.count < length { try receive() }
    answer.content = Array(received[..<length])
    received.removeFirst(length)
    return answer
  }

  /// Whether the server ends the connection without saying more.
  func isOver() throws -> Bool {
    guard received.isEmpty else { return false }
    do {
      try receive()
      return false
    } catch Failure.closed {
      return true
    }
  }

  private func line() throws -> String {
    var searched = 0
    while true {
      while searched + 1 < received.count {
        if received[searched] == 0x0D, received[searched + 1] == 0x0A {
          let line = String(decoding: received[..<searched], as: UTF8.self)
          received.removeFirst(searched + 2)
          return line
        }
        searched += 1
      }
      try receive()
    }
  }

  private func receive() throws {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count < 0, errno != ECONNRESET { throw Failure.silent }
    guard count > 0 else {
      throw Failure.closed(after: String(decoding: received, as: UTF8.self))
    }
    received += buffer[..<count]
  }
}

/// An answer as it came.
struct Answer {
  var status: Int
  /// Names are in lower case.
  var fields: [(name: String, value: String)] = []
  var content: [UInt8] = []

  var text: String { String(decoding: content, as: UTF8.self) }

  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}
