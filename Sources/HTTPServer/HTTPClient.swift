package import HTTP
package import System

/// Sends one request over plain HTTP/1.1, and reads the response; blocks.
///
/// It is for servers that the operator has named: caches, the primary, a bucket. TLS is left to a
/// proxy beside it. Each request has a connection of its own.
package struct HTTPClient: Sendable {
  /// The longest wait for a connection, and for each piece of the response, in seconds.
  package var patience = 5
  /// The longest time for the whole exchange.
  package var deadline = Duration.seconds(30)
  /// The most bytes of content.
  package var contentLimit = 1 << 20
  /// The path of a Unix socket to connect to, whatever the host of the address.
  package var localSocket: String?

  /// The head of a response.
  package struct Answer: Sendable {
    package let status: Int
    package let fields: Fields
  }

  /// Why there is no response.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case unknownHost(String)
    case unreachable(SystemError)
    /// The server sent nothing for too long, or the response took too long.
    case tooSlow
    /// The connection ended before the response did.
    case interrupted
    /// The server sent something other than an HTTP/1.1 response.
    case malformed
    case tooLarge(limit: Int)

    package var description: String {
      switch self {
      case .unknownHost(let name): "the host “\(name)” is not known"
      case .unreachable(let error): error.description
      case .tooSlow: "no response in time"
      case .interrupted: "the connection ended before the response"
      case .malformed: "expected an HTTP/1.1 response"
      case .tooLarge(let limit): "the response has more than \(limit) bytes"
      }
    }
  }

  package init() {}

  /// Sends a request.
  ///
  /// - Parameters:
  ///   - method: The method, in capitals. The response must be one that may have content, so it
  ///     cannot be HEAD.
  ///   - address: Where to; all addresses of its host are tried in turn.
  ///   - fields: More fields of the request.
  ///   - content: The content of the request; nothing sends none.
  ///   - receive: Gets the content, piece by piece, after the head.
  /// - Returns: The head of the response; its content has been read to the end.
  /// - Throws: ``Failure``, or what `receive` throws.
  package func send(
    _ method: String, to address: HTTPAddress, fields: Fields = [:], content: [UInt8] = [],
    receive: (Answer, ArraySlice<UInt8>) throws -> Void = { _, _ in }
  ) throws -> Answer {
    let end = ContinuousClock.now + deadline
    let socket = try connect(to: address)
    defer { socket.close() }
    var head = "\(method) \(address.path) HTTP/1.1\r\nHost: \(address.authority)\r\n"
    for line in fields.lines { head += "\(line.name): \(line.value)\r\n" }
    if !content.isEmpty { head += "Content-Length: \(content.count)\r\n" }
    head += "Connection: close\r\n\r\n"
    guard socket.send(Array(head.utf8) + content) else { throw Failure.interrupted }

    var reader = ResponseReader(contentLimit: contentLimit)
    var bytes: [UInt8] = []
    while true {
      while let event = try reader.next(in: bytes) {
        switch event {
        case .content(let range): try receive(try reader.answer, bytes[range])
        case .end: return try reader.answer
        }
      }
      bytes.removeFirst(reader.takeRead())
      guard let piece = socket.receive(), ContinuousClock.now < end else { throw Failure.tooSlow }
      if piece.isEmpty {
        try reader.connectionEnded()
        return try reader.answer
      }
      bytes += piece
    }
  }

  private func connect(to address: HTTPAddress) throws(Failure) -> BlockingSocket {
    if let localSocket {
      do throws(SystemError) {
        return try BlockingSocket(connectingToPath: localSocket, patience: patience)
      } catch {
        throw .unreachable(error)
      }
    }
    var failure = Failure.unknownHost(address.host)
    for found in Address.addresses(ofHost: address.host) {
      do throws(SystemError) {
        return try BlockingSocket(
          connectingTo: SocketAddress(address: found, port: address.port), patience: patience)
      } catch {
        failure = .unreachable(error)
      }
    }
    throw failure
  }
}

/// Reads one response from bytes as they arrive.
///
/// Interim responses (1xx) are skipped. Content is framed by the chunked coding, by
/// `Content-Length`, or by the end of the connection (RFC 9112 §6.3).
private struct ResponseReader {
  enum Event {
    /// Bytes of the content.
    case content(Range<Int>)
    case end
  }

  private enum State {
    case head
    case framed(ContentDecoder)
    /// Up to the end of the connection.
    case open(received: Int)
  }

  private static let headLimit = 64 * 1024

  private let contentLimit: Int
  private var state = State.head
  private var final: HTTPClient.Answer?
  /// How many of the bytes have been read.
  private var position = 0

  init(contentLimit: Int) { self.contentLimit = contentLimit }

  /// The head of the response.
  var answer: HTTPClient.Answer {
    get throws(HTTPClient.Failure) {
      guard let final else { throw .interrupted }
      return final
    }
  }

  /// The next event; nil when more bytes are needed.
  mutating func next(in bytes: [UInt8]) throws(HTTPClient.Failure) -> Event? {
    while case .head = state {
      guard let end = bytes[position...].firstRange(of: Array("\r\n\r\n".utf8)) else {
        guard bytes.count - position <= Self.headLimit else { throw .malformed }
        return nil
      }
      try readHead(bytes[position..<end.lowerBound])
      position = end.upperBound
    }
    switch state {
    case .head: return nil
    case .open(let received):
      let range = position..<bytes.count
      guard !range.isEmpty else { return nil }
      guard range.count <= contentLimit - received else { throw .tooLarge(limit: contentLimit) }
      state = .open(received: received + range.count)
      position = bytes.count
      return .content(range)
    case .framed(var decoder):
      let event: ContentDecoder.Event
      do throws(ContentError) {
        event = try decoder.next(bytes.span, at: &position)
      } catch {
        if case .tooLarge(let limit) = error { throw .tooLarge(limit: limit) }
        throw .malformed
      }
      state = .framed(decoder)
      switch event {
      case .needsMore: return nil
      case .content(let range): return .content(range)
      case .end: return .end
      }
    }
  }

  /// Forgets the bytes that have been read, and returns their number.
  mutating func takeRead() -> Int {
    defer { position = 0 }
    return position
  }

  /// The server sends no more.
  ///
  /// - Throws: `interrupted` when the response is not whole.
  func connectionEnded() throws(HTTPClient.Failure) {
    guard case .open = state else { throw .interrupted }
  }

  private mutating func readHead(_ head: ArraySlice<UInt8>) throws(HTTPClient.Failure) {
    let lines = String(decoding: head, as: UTF8.self).split(
      separator: "\r\n", omittingEmptySubsequences: false)
    guard let first = lines.first, first.utf8.starts(with: "HTTP/1.".utf8) else {
      throw .malformed
    }
    let parts = first.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count > 1, parts[1].utf8.count == 3, let status = Int(parts[1]), status >= 100
    else { throw .malformed }
    if status < 200 { return }
    var fields = Fields()
    for line in lines.dropFirst() {
      guard let colon = line.utf8.firstIndex(of: 0x3A), colon > line.startIndex else {
        throw .malformed
      }
      let value = line[line.index(after: colon)...]
      fields.append(
        Fields.Name(String(line[..<colon])), String(value.drop { $0 == " " || $0 == "\t" }))
    }
    final = HTTPClient.Answer(status: status, fields: fields)
    state = try framing(of: status, fields)
  }

  private func framing(of status: Int, _ fields: Fields) throws(HTTPClient.Failure) -> State {
    if status == 204 || status == 304 {
      return .framed(ContentDecoder(.none, limit: contentLimit))
    }
    if let coding = fields["transfer-encoding"] {
      guard coding.lowercased() == "chunked" else { throw .malformed }
      return .framed(ContentDecoder(.chunked, limit: contentLimit))
    }
    guard let length = fields["content-length"] else { return .open(received: 0) }
    guard length.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let bytes = Int(length) else {
      throw .malformed
    }
    return .framed(ContentDecoder(.length(bytes), limit: contentLimit))
  }
}
