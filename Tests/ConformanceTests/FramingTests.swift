import HTTPServer
import Testing

@Suite("Ambiguous content framing is refused (RFC 9112 §6, §7)")
struct FramingTests {
  static let lengths = [
    Case(
      "9112 §6.2", "Content-Length", post("Content-Length: 5", content: "hello"), 200,
      content: "POST /echo papers.example hello"),
    Case(
      "9112 §6.3", "neither length nor coding is no content", post(content: ""), 200,
      content: "POST /echo papers.example "),
    Case("9110 §8.6", "a length of 0", post("Content-Length: 0", content: ""), 200),
    Case(
      "9110 §8.6", "zeros before the length", post("Content-Length: 0005", content: "hello"), 200,
      content: "POST /echo papers.example hello"),
    Case(
      "9110 §9.3.1", "GET with content",
      request("GET /probe", "Content-Length: 5", content: "hello"), 200, content: "probe"),
    Case(
      "9110 §9.3.2", "HEAD with content",
      request("HEAD /probe", "Content-Length: 5", content: "hello"), 200),
    Case(
      "9110 §9.3.7", "OPTIONS with content",
      request("OPTIONS /probe", "Content-Length: 5", content: "hello"), 204),
    Case(
      "9112 §6.3", "content that looks like a request",
      post("Content-Length: 38", content: "GET /other HTTP/1.1\r\nHost: other\r\n\r\n\r\n"), 200),
    Case("9110 §8.6", "letters", post("Content-Length: five", content: "hello"), 400),
    Case("9110 §8.6", "a sign", post("Content-Length: +5", content: "hello"), 400),
    Case("9110 §8.6", "a minus", post("Content-Length: -1", content: ""), 400),
    Case("9110 §8.6", "hexadecimal", post("Content-Length: 0x5", content: "hello"), 400),
    Case("9110 §8.6", "a fraction", post("Content-Length: 5.0", content: "hello"), 400),
    Case("9110 §8.6", "a space inside", post("Content-Length: 5 5", content: "hello"), 400),
    Case("9110 §8.6", "nothing", post("Content-Length:", content: ""), 400),
    Case("9110 §8.6", "quotes", post("Content-Length: \"5\"", content: "hello"), 400),
    Case(
      "9112 §6.3", "a list of different ones", post("Content-Length: 5, 6", content: "hello"), 400),
    Case(
      "9112 §6.3", "two different lines",
      post("Content-Length: 5", "Content-Length: 6", content: "hello"), 400),
    Case("9112 §6.3", "a list of equal ones", post("Content-Length: 5, 5", content: "hello"), 400),
    Case(
      "9112 §6.3", "two equal lines",
      post("Content-Length: 5", "Content-Length: 5", content: "hello"), 400),
    Case(
      "9110 §8.6", "more than any number", post("Content-Length: 9223372036854775808", content: ""),
      413),
    Case(
      "9110 §8.6", "more than 64 bits", post("Content-Length: 18446744073709551621", content: ""),
      413),
    Case(
      "9110 §15.5.14", "more than is taken", post("Content-Length: 1001", content: ""), 413),
  ]

  static let codings = [
    Case(
      "9112 §7.1", "chunks", chunked("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"), 200,
      content: "POST /echo papers.example hello world"),
    Case("9112 §7.1", "no chunk but the last", chunked("0\r\n\r\n"), 200),
    Case("9112 §7.1", "several zeros", chunked("000\r\n\r\n"), 200),
    Case(
      "9112 §7.1", "digits in either case",
      chunked("0a\r\n0123456789\r\n0A\r\n0123456789\r\n0\r\n\r\n"),
      200, content: "POST /echo papers.example 01234567890123456789"),
    Case(
      "9112 §7", "the name of a coding in any case",
      post("Transfer-Encoding: Chunked", content: "1\r\na\r\n0\r\n\r\n"), 200,
      content: "POST /echo papers.example a"),
    Case("9112 §7.1", "CR and LF in a chunk", chunked("4\r\n\r\n\r\n\r\n0\r\n\r\n"), 200),
    Case("9112 §7.1.1", "an extension", chunked("1;a\r\nx\r\n0\r\n\r\n"), 200),
    Case("9112 §7.1.1", "an extension with a value", chunked("1;a=b\r\nx\r\n0;c=d\r\n\r\n"), 200),
    Case(
      "9112 §7.1.1", "an extension in quotes", chunked("1;a=\"b;\\\"c\"\r\nx\r\n0\r\n\r\n"), 200),
    Case(
      "9112 §7.1.1", "BWS in an extension", chunked("1 ; a = b\r\nx\r\n0\r\n\r\n"), 200,
      content: "POST /echo papers.example x"),
    Case("9112 §7.1.2", "a trailer", chunked("1\r\nx\r\n0\r\nA: b\r\nC: d\r\n\r\n"), 200),
    Case(
      "9110 §6.5.1", "framing in a trailer is passed over",
      chunked("1\r\nx\r\n0\r\nContent-Length: 99\r\nTransfer-Encoding: gzip\r\n\r\n"), 200),
    Case("9112 §7.1", "a size that is none", chunked("z\r\nhello\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1", "a size with a prefix", chunked("0x5\r\nhello\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1", "a size with a sign", chunked("+5\r\nhello\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1", "a size below zero", chunked("-1\r\nhello\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1", "no size", chunked("\r\nhello\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1", "a space before a size", chunked(" 5\r\nhello\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1", "a space behind a size", chunked("5 \r\nhello\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1", "LF behind a size", chunked("5\nhello\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1", "CR behind a size", chunked("5\rhello\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1", "LF behind a chunk", chunked("5\r\nhello\n0\r\n\r\n"), 400),
    Case(
      "9112 §7.1", "a chunk that is longer than its size", chunked("4\r\nhello\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1", "a chunk that is shorter", chunked("6\r\nhello\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1", "a size beyond 64 bits", chunked("10000000000000005\r\nhello\r\n"), 413),
    Case("9112 §7.1", "a size of all bits", chunked("FFFFFFFFFFFFFFFF\r\nhello\r\n"), 413),
    Case("9112 §7.1.1", "an extension without a name", chunked("1;\r\nx\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1.1", "an extension with LF", chunked("1;a\nx\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1.1", "NUL in an extension", chunked("1;a=\"\0\"\r\nx\r\n0\r\n\r\n"), 400),
    Case(
      "9112 §7.1.1", "extensions without end",
      chunked("1;a=" + String(repeating: "b", count: 20_000) + "\r\nx\r\n0\r\n\r\n"), 400),
    Case("9112 §7.1.2", "a trailer that is no field", chunked("0\r\nno field\r\n\r\n"), 400),
    Case("9112 §7.1.2", "a folded trailer", chunked("0\r\nA: b\r\n c\r\n\r\n"), 400),
    Case("9112 §7.1.2", "LF in a trailer", chunked("0\r\nA: b\n\r\n"), 400),
    Case(
      "6585 §5", "a trailer without end",
      chunked("0\r\nA: " + String(repeating: "b", count: 10_000) + "\r\n\r\n"), 431),
    Case(
      "9110 §15.5.14", "more in chunks than is taken",
      chunked("3E9\r\n" + String(repeating: "a", count: 1001) + "\r\n0\r\n\r\n"), 413),
    Case(
      "9112 §6.1", "a coding and a length",
      post("Transfer-Encoding: chunked", "Content-Length: 5", content: "0\r\n\r\n"), 400),
    Case(
      "9112 §6.1", "a length and a coding",
      post("Content-Length: 5", "Transfer-Encoding: chunked", content: "0\r\n\r\n"), 400),
    Case(
      "9112 §6.1", "a coding in HTTP/1.0",
      "POST /echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    Case(
      "9112 §6.3", "a coding that is not chunked", post("Transfer-Encoding: gzip", content: ""), 400
    ),
    Case(
      "9112 §6.1", "a coding nobody has, then chunked",
      post("Transfer-Encoding: gzip, chunked", content: "0\r\n\r\n"), 501),
    Case(
      "9112 §6.3", "chunked is not the last",
      post("Transfer-Encoding: chunked, gzip", content: "0\r\n\r\n"), 400),
    Case(
      "9112 §6.1", "chunked twice",
      post("Transfer-Encoding: chunked, chunked", content: "0\r\n\r\n"), 400),
    Case(
      "9112 §6.1", "chunked on two lines",
      post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked", content: "0\r\n\r\n"), 400),
    Case(
      "9112 §7.3", "identity, which is no more", post("Transfer-Encoding: identity", content: ""),
      400),
    Case(
      "9112 §7", "chunked with a parameter", post("Transfer-Encoding: chunked;q=1", content: ""),
      400),
    Case("9112 §7", "chunked in quotes", post("Transfer-Encoding: \"chunked\"", content: ""), 400),
    Case("9112 §6.1", "xchunked", post("Transfer-Encoding: xchunked", content: ""), 400),
    Case(
      "9112 §6.1", "VT before chunked", post("Transfer-Encoding: \u{0B}chunked", content: ""), 400),
    Case("9112 §6.1", "an empty coding", post("Transfer-Encoding:", content: ""), 400),
  ]

  static let expectations = [
    Case(
      "9110 §10.1.1", "who waits is told to go on",
      post("Expect: 100-continue", "Content-Length: 5", content: "hello"), 200,
      content: "POST /echo papers.example hello"),
    Case(
      "9110 §10.1.1", "the case of the expectation does not count",
      post("Expect: 100-Continue", "Content-Length: 5", content: "hello"), 200),
    Case(
      "9110 §10.1.1", "without content there is nothing to wait for",
      get("/probe", "Expect: 100-continue"), 200),
    Case("9110 §10.1.1", "another expectation", get("/probe", "Expect: tea"), 417),
    Case(
      "9110 §10.1.1", "HTTP/1.0 has none",
      "POST /echo HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello", 200,
      content: "POST /echo - hello", then: .closed),
    Case(
      "9110 §10.1.1", "too much is refused before it is sent",
      post("Expect: 100-continue", "Content-Length: 5000", content: ""), 413),
    Case(
      "9110 §10.1.1", "what is refused by its head is not sent for",
      request("POST /closed", "Expect: 100-continue", "Content-Length: 5"), 403, then: .closed),
  ]

  static let limits = [
    Case(
      "9112 §3", "a target beyond the limit",
      get("/" + String(repeating: "a", count: 9000)), 414),
    Case(
      "9112 §3", "a target of 8,000 octets, which every server should take",
      get("/probe?" + String(repeating: "a", count: 8000)), 200),
    Case(
      "6585 §5", "a field beyond the limit",
      get("/", "X: " + String(repeating: "a", count: 20_000)), 431),
    Case(
      "6585 §5", "fields beyond the limit",
      "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 120) + "\r\n", 431),
    Case(
      "6585 §5", "a name without end",
      get("/", String(repeating: "a", count: 20_000) + ": b"), 431),
  ]

  @Test(arguments: lengths + codings + expectations + limits)
  func message(_ wanted: Case) throws {
    try check(wanted, on: LibraryServer.shared.get().port)
  }

  @Test("The result is the same in single bytes", arguments: lengths + codings.prefix(35))
  func singleOctets(_ wanted: Case) throws {
    guard wanted.message.count < 1000 else { return }
    try check(wanted, on: LibraryServer.shared.get().port, .singleOctets)
  }

  /// The server says what it has received, so each cut is one that it sees.
  @Test(
    "Every cut of a message in two comes to the same (9112 §2.2)",
    arguments: [
      chunked("5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nA: b\r\n\r\n"),
      post("Content-Length: 6", content: "hello!"),
    ])
  func everyCut(_ message: String) throws {
    let server = try LibraryServer { $0.loops = 1 }
    let message = octets(message)
    var received = 0
    for cut in 1..<message.count {
      let wire = try Wire(server.port)
      wire.send(Array(message[..<cut]))
      while server.server.statistics.receivedBytes < received + cut { yield() }
      wire.send(Array(message[cut...]))
      let answer = try wire.answer(to: "POST")
      #expect(answer.text == "POST /echo papers.example hello!", "cut at \(cut)")
      received += message.count
    }
  }

  @Test("Expect: 100-continue gets one 100 before the response (9110 §10.1.1)")
  func goOn() throws {
    let wire = try Wire(LibraryServer.shared.get().port)
    wire.send(octets(post("Expect: 100-continue", "Content-Length: 5", content: "")))
    #expect(try wire.answer(to: "POST").status == 100)
    wire.send(octets("hello"))
    #expect(try wire.answer(to: "POST").text == "POST /echo papers.example hello")
  }

  @Test(
    "Half a message is no request (9112 §8)",
    arguments: [
      "GET / HTTP/1.1\r\nHost: a\r\n", "GET /", post("Content-Length: 9", content: "hello"),
      chunked("5\r\nhello\r\n"),
    ])
  func half(_ message: String) throws {
    let wire = try Wire(LibraryServer.shared.get().port)
    wire.send(octets(message))
    wire.finishSending()
    #expect(try wire.answer().status == 400)
    #expect(try wire.isOver())
  }

  @Test(
    "Half a message that stays half is timed out (9110 §15.5.9)",
    arguments: [
      "GET / HTTP/1.1\r\nHost: a\r\n", post("Content-Length: 9", content: "hello"),
      chunked("5\r\nhello\r\n"),
    ])
  func stalled(_ message: String) throws {
    let server = try LibraryServer {
      $0.deadlines.head = .milliseconds(200)
      $0.deadlines.contentPause = .milliseconds(200)
    }
    let wire = try Wire(server.port)
    wire.send(octets(message))
    let answer = try wire.answer()
    #expect(answer.status == 408)
    #expect(answer["connection"] == "close")
    #expect(try wire.isOver())
  }
}
