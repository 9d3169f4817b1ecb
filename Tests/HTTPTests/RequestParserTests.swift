import HTTP
import Testing

func octets(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Parses a whole head at once.
func parse(_ text: String, limits: RequestParser.Limits = .init()) throws -> RequestHead {
  var parser = RequestParser(limits: limits)
  let message = octets(text)
  let outcome = try parser.parse(message.span)
  try #require(outcome != .incomplete)
  return parser.head
}

@Suite("A request is read as it was sent")
struct RequestTests {
  @Test func good() throws {
    let text = "GET /a/b?q=1 HTTP/1.1\r\nHost: example.org\r\nAccept-Encoding: gzip\r\n\r\n"
    let head = try parse(text)
    let bytes = octets(text)
    let request = head.request(in: bytes.span, client: "::1", isSecure: false, id: "1")
    #expect(request.path == "/a/b")
    #expect(request.query == "q=1")
    #expect(request.fields["Host"] == "example.org")
    #expect(head.preferredCoding(in: bytes.span) == .gzip)
  }
  @Test func chunked() throws {
    let body = octets("3;a=\"b\\\"\"\r\nabc\r\n0\r\nX: y\r\n\r\nGET")
    var d = ContentDecoder(.chunked, limit: 10)
    var p = 0
    #expect(try d.next(body.span, at: &p) == .content(11..<14))
    #expect(try d.next(body.span, at: &p) == .end)
    #expect(p == body.count - 3)
  }
}
