import Glibc

/// One TCP connection to a server on this machine, spoken to in octets.
///
/// Every wait is bounded: a server that says nothing is an error and no test that hangs.
final class Wire {
  private let descriptor: Int32
  /// What has arrived and no answer has used yet.
  private var received: [UInt8] = []

  init(port: UInt16, patience: Int = 20) throws(WireError) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .refused(errno) }
    var limit = timeval(tv_sec: patience, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    var on: Int32 = 1
    setsockopt(
      descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result != 0 {
      let reason = errno
      close(descriptor)
      throw .refused(reason)
    }
  }

  deinit { close(descriptor) }

  func send(_ text: String) throws(WireError) { try send(Array(text.utf8)) }

  func send(_ octets: [UInt8]) throws(WireError) {
    var sent = 0
    while sent < octets.count {
      let count = octets.withUnsafeBytes {
        Glibc.send(
          descriptor, $0.baseAddress.map { $0 + sent }, $0.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw .closed(after: sent) }
      sent += count
    }
  }

  /// Says that nothing more will be sent, and goes on listening.
  func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Makes the end of the connection, when this is released, a reset, as of a client that crashes.
  func vanish() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// The next answer; those with 100 are stepped over.
  ///
  /// - Parameter method: That of the request: an answer to HEAD has no content.
  /// - Returns: The answer with its whole content.
  /// - Throws: ``WireError`` for what is no HTTP/1.1 answer, or none in time.
  func answer(to method: String = "GET") throws(WireError) -> Answer {
    let statusLine = try line()
    let words = statusLine.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count == 3, words[0] == "HTTP/1.1", words[1].utf8.count == 3,
      let status = Int(words[1])
    else { throw .malformed(statusLine) }
    var fields: [(name: String, value: String)] = []
    while true {
      let text = try line()
      if text.isEmpty { break }
      guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else {
        throw .malformed(text)
      }
      fields.append(
        (text[..<colon].lowercased(), text[text.index(after: colon)...].trimmed))
    }
    if status == 100 { return try answer(to: method) }
    var answer = Answer(status: status, fields: fields, content: [])
    if method == "HEAD" || status == 204 || status == 304 { return answer }
    if answer["transfer-encoding"]?.lowercased() == "chunked" {
      guard answer["content-length"] == nil else { throw .malformed("two framings") }
      while true {
        let sizeLine = try line()
        guard let size = Int(sizeLine.prefix { $0 != ";" }, radix: 16) else {
          throw .malformed(sizeLine)
        }
        if size == 0 { break }
        answer.content += try octets(size)
        _ = try line()
      }
      while try line() != "" {}
    } else if let length = answer["content-length"] {
      guard let count = Int(length) else { throw .malformed(length) }
      answer.content = try octets(count)
    } else {
      while try receive() {}
      answer.content = received
      received = []
    }
    return answer
  }

  /// Whether the server ends the connection without saying more.
  func ends() throws(WireError) -> Bool {
    guard received.isEmpty else { return false }
    return try !receive()
  }

  /// Whether the server says nothing and keeps the connection for so long.
  func silent(for seconds: Int) throws(WireError) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, Int32(seconds) * 1000) == 0
  }

  private func line() throws(WireError) -> String {
    var searched = 0
    while true {
      if let end = received[searched...].firstIndex(of: 0x0A) {
        guard end > 0, received[end - 1] == 0x0D else {
          throw .malformed(String(decoding: received[..<end], as: UTF8.self))
        }
        let text = String(decoding: received[..<(end - 1)], as: UTF8.self)
        received.removeFirst(end + 1)
        return text
      }
      searched = received.count
      guard try receive() else { throw .closed(after: received.count) }
    }
  }

  private func octets(_ count: Int) throws(WireError) -> [UInt8] {
    while received.count < count {
      guard try receive() else { throw .closed(after: received.count) }
    }
    let octets = Array(received[..<count])
    received.removeFirst(count)
    return octets
  }

  /// Waits for more octets; false when the server has ended the connection.
  private func receive() throws(WireError) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count > 0 {
      received += buffer[..<count]
      return true
    }
    if count == 0 || errno == ECONNRESET { return false }
    throw .silent
  }
}

/// Why a conversation with a server ended.
enum WireError: Error {
  /// No connection; the value is `errno`.
  case refused(Int32)
  case closed(after: Int)
  /// Nothing came for as long as the connection is patient.
  case silent
  case malformed(String)
}

/// An answer as it came over the wire.
struct Answer {
  var status: Int
  /// Names are in lower case.
  var fields: [(name: String, value: String)]
  var content: [UInt8]

  var text: String { String(decoding: content, as: UTF8.self) }

  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
}

extension Substring {
  /// Without spaces and tabs at its ends.
  var trimmed: String {
    let start = drop { $0 == " " || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(start[...end])
  }
}
