import HTTP
import Testing

@Suite("A head is parsed the same in pieces of any size")
struct PiecesTests {
  static let good = [
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.0\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: a.example:80\r\n\r\n",
    "GET http://b.example:80/c?d HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "POST /s?q=1&r=%20 HTTP/1.1\r\nHost: [::1]:80\r\nContent-Length: 12\r\n"
      + "Expect: 100-continue\r\nX:\r\nY: \t a \tb \r\n\r\n",
    "PUT /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nAccept-Encoding: gzip\r\n"
      + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n\r\n",
  ]

  @Test(arguments: good)
  func cutOnce(_ text: String) {
    let message = bytes(text)
    let whole = parsed(message)
    guard case .head(let summary) = whole else {
      Issue.record("\(whole)")
      return
    }
    #expect(summary.bytes == message.count)
    for cut in 0...message.count {
      #expect(parsed(message, cuts: [cut]) == whole, "cut at \(cut)")
    }
    #expect(parsed(message, cuts: Array(0...message.count)) == whole)
  }

  @Test("Bytes after the head belong to the next message", arguments: good)
  func pipelined(_ text: String) throws {
    let next = "GET /next HTTP/1.1\r\nHost: b\r\n\r\n"
    let message = bytes(text + next)
    var parser = RequestParser()
    let first = try parser.parse(message.span)
    #expect(first == .head(bytes: text.utf8.count))
    let rest = message.span.extracting(text.utf8.count..<message.count)
    #expect(try parser.parse(rest) == .head(bytes: next.utf8.count))
    #expect(parser.head.request(in: rest, client: "", isSecure: false, id: "").path == "/next")
  }

  @Test("A refused line is refused byte by byte too", arguments: RequestLineTests.refused)
  func refusedLine(_ line: Case<HeadError>) {
    let message = bytes("\(line.text)\r\nHost: a.example\r\n\r\n")
    #expect(parsed(message, cuts: Array(0...message.count)) == .refused(line.expected))
  }

  @Test("A reset parser starts over")
  func reset() throws {
    var parser = RequestParser()
    let part = bytes("POST /a HTTP/1.1\r\nHost: a\r\nContent-Le")
    #expect(try parser.parse(part.span) == .incomplete)
    parser.reset()
    let message = bytes("GET / HTTP/1.1\r\nHost: b\r\n\r\n")
    #expect(try parser.parse(message.span) == .head(bytes: message.count))
    #expect(parser.head.lines.count == 1)
  }

  @Test("Fewer bytes than before are incomplete")
  func shrinking() throws {
    var parser = RequestParser()
    let message = bytes("GET / HTTP/1.1\r\nHost: a\r\nX: ")
    #expect(try parser.parse(message.span) == .incomplete)
    #expect(try parser.parse(message.span.extracting(first: 3)) == .incomplete)
    #expect(try parser.parse(message.span.extracting(first: 0)) == .incomplete)
  }

  @Test("Parsing single bytes takes linear time")
  func slow() {
    // With each byte the head is looked at again; a parser that began at the first each time
    // would take 10^8 steps.
    let message = bytes(
      "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 16_000))\r\n\r\n")
    let clock = ContinuousClock()
    let time = clock.measure {
      for _ in 0..<5 { _ = parsed(message, cuts: Array(0...message.count)) }
    }
    #expect(time < .seconds(1))
  }
}

@Suite("No input crashes a parser")
struct MutationTests {
  /// What parts of heads are made of, so that mutations go deeper than random bytes.
  static let pieces = [
    "\r\n", "\r", "\n", "\0", " ", "\t", ":", "\r\n\r\n", "HTTP/1.1", "Host: a\r\n", "/", "*", "%",
    "Transfer-Encoding: chunked\r\n", "Content-Length: 9\r\n", "Connection: close\r\n", "\u{FF}",
    "http://", "[", "]", "?", "Expect: 100-continue\r\n", ",", "\"", "OPTIONS ", "9999999999999999",
  ]

  static func mutated(_ message: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var message = message
    for _ in 0..<Int.random(in: 1...4, using: &dice) {
      let place = Int.random(in: 0...message.count, using: &dice)
      switch Int.random(in: 0..<5, using: &dice) {
      case 0: message.insert(contentsOf: (pieces.randomElement(using: &dice) ?? "").utf8, at: place)
      case 1: message.insert(UInt8.random(in: 0...255, using: &dice), at: place)
      case 2 where place < message.count: message[place] = UInt8.random(in: 0...255, using: &dice)
      case 3 where place < message.count:
        let end = min(message.count, place + Int.random(in: 1...8, using: &dice))
        message.removeSubrange(place..<end)
      default:
        let end = min(message.count, place + Int.random(in: 1...12, using: &dice))
        message.insert(contentsOf: message[place..<end], at: place)
      }
    }
    return message
  }

  @Test("Mutated heads are the same whole and in pieces", arguments: 0..<UInt64(20))
  func heads(seed: UInt64) {
    var dice = Dice(seed: seed)
    for _ in 0..<200 {
      let message = Self.mutated(bytes(PiecesTests.good.randomElement(using: &dice) ?? ""), &dice)
      let cut = Int.random(in: 0...message.count, using: &dice)
      let whole = parsed(message)
      #expect(parsed(message, cuts: [cut]) == whole, "\(message) cut at \(cut)")
      #expect(parsed(message, cuts: Array(0...message.count)) == whole, "\(message)")
      if case .head(let summary) = whole { check(summary, in: message) }
    }
  }

  /// What must hold of any head that is accepted.
  private func check(_ summary: Summary, in message: [UInt8]) {
    let head = message[..<summary.bytes]
    #expect(head.suffix(4) == [13, 10, 13, 10])
    #expect(!head.contains(0))
    // Each CR stands before a LF and each LF behind a CR.
    #expect(head.count { $0 == 13 } == head.count { $0 == 10 })
    let lines = summary.fields
    #expect(lines.count { $0.name == "host" } <= 1)
    if summary.framing == .chunked {
      #expect(!lines.contains { $0.name == "content-length" })
    }
  }

  @Test("Mutated content is the same whole and in pieces", arguments: 0..<UInt64(20))
  func chunks(seed: UInt64) {
    var dice = Dice(seed: seed)
    for _ in 0..<200 {
      let message = Self.mutated(
        bytes(ChunkedTests.good.randomElement(using: &dice)?.text ?? ""), &dice)
      let cut = Int.random(in: 0...message.count, using: &dice)
      let whole = decoded(message)
      #expect(decoded(message, cuts: [cut]) == whole, "\(message) cut at \(cut)")
      #expect(decoded(message, cuts: Array(0...message.count)) == whole, "\(message)")
    }
  }
}
