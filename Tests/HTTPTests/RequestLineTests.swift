import HTTP
import Testing

@Suite("A request-line is method SP target SP version CRLF (RFC 9112 §3)")
struct RequestLineTests {
  static let refused: [Case<HeadError>] = [
    Case("9112 §3: two spaces before the target", "GET  / HTTP/1.1", .malformedRequestLine),
    Case("9112 §3: two spaces before the version", "GET /  HTTP/1.1", .malformedRequestLine),
    Case("9112 §3: HTAB as separator", "GET\t/ HTTP/1.1", .malformedRequestLine),
    Case("9112 §3: HTAB behind the target", "GET /\tHTTP/1.1", .malformedRequestLine),
    Case("9112 §3: white space before the method", " GET / HTTP/1.1", .malformedRequestLine),
    Case("9112 §3: white space at the end", "GET / HTTP/1.1 ", .malformedRequestLine),
    Case("9112 §3: more behind the version", "GET / HTTP/1.1 x", .malformedRequestLine),
    Case("9112 §3: a space in the target", "GET /a b HTTP/1.1", .malformedRequestLine),
    Case("9112 §3: no target", "GET HTTP/1.1", .malformedRequestLine),
    Case("9112 §3: an empty target", "GET  HTTP/1.1", .malformedRequestLine),
    Case("9112 §3: no method", " / HTTP/1.1", .malformedRequestLine),
    Case("9112 §3: nothing but a method", "GET", .malformedRequestLine),
    Case("9112 §2.3: HTTP/0.9 has no version", "GET /", .malformedRequestLine),
    Case("9112 §2.3: no name", "GET / 1.1", .malformedRequestLine),
    Case("9112 §2.3: name in lower case", "GET / http/1.1", .malformedRequestLine),
    Case("9112 §2.3: another protocol", "GET / HTTPS/1.1", .malformedRequestLine),
    Case("9112 §2.3: no minor version", "GET / HTTP/1", .malformedRequestLine),
    Case("9112 §2.3: no dot", "GET / HTTP/11", .malformedRequestLine),
    Case("9112 §2.3: two digits", "GET / HTTP/1.10", .malformedRequestLine),
    Case("9112 §2.3: a zero before", "GET / HTTP/01.1", .malformedRequestLine),
    Case("9112 §2.3: a letter", "GET / HTTP/1.x", .malformedRequestLine),
    Case("9112 §2.3: a comma", "GET / HTTP/1,1", .malformedRequestLine),
    Case("9112 §2.3: HTTP/0.9 named", "GET / HTTP/0.9", .unsupportedVersion(major: 0, minor: 9)),
    Case("9112 §2.3: HTTP/2.0", "GET / HTTP/2.0", .unsupportedVersion(major: 2, minor: 0)),
    Case("9113 §3.4: preface of HTTP/2", "PRI * HTTP/2.0", .unsupportedVersion(major: 2, minor: 0)),
    Case("9112 §2.3: HTTP/3.1", "GET / HTTP/3.1", .unsupportedVersion(major: 3, minor: 1)),
    Case("9110 §9.1: case of a method", "get / HTTP/1.1", .unknownMethod("get")),
    Case("9110 §9.1: a longer name", "GETX / HTTP/1.1", .unknownMethod("GETX")),
    Case("9110 §15.6.2: TRACE", "TRACE / HTTP/1.1", .unknownMethod("TRACE")),
    Case("9110 §15.6.2: CONNECT", "CONNECT a.example:443 HTTP/1.1", .unknownMethod("CONNECT")),
    Case("9110 §15.6.2: PROPFIND", "PROPFIND / HTTP/1.1", .unknownMethod("PROPFIND")),
    Case("9110 §5.6.2: a method is a token", "G@T / HTTP/1.1", .malformedRequestLine),
    Case("9110 §5.6.2: a method in quotes", "\"GET\" / HTTP/1.1", .malformedRequestLine),
    Case("9112 §2.2: NUL in the method", "G\0T / HTTP/1.1", .malformedRequestLine),
    Case(
      "9112 §3: a method without end", String(repeating: "A", count: 40) + " / HTTP/1.1",
      .unknownMethod(String(repeating: "A", count: 32))),
    Case("9112 §2.2: NUL in the target", "GET /\0 HTTP/1.1", .malformedRequestLine),
    Case("9112 §2.2: CR in the target", "GET /\ra HTTP/1.1", .malformedRequestLine),
    Case("TLS to a port without it", "\u{16}\u{03}\u{01}\u{02}\0\u{01}", .malformedRequestLine),
  ]

  @Test(arguments: refused)
  func refuses(_ line: Case<HeadError>) {
    #expect(parsed("\(line.text)\r\nHost: a.example\r\n\r\n") == .refused(line.expected))
  }

  @Test(
    "Lines end with CRLF and nothing else (RFC 9112 §2.2)",
    arguments: [
      Case("LF after the request-line", "GET / HTTP/1.1\nHost: a\r\n\r\n", .malformedLineEnd),
      Case("LF after a field", "GET / HTTP/1.1\r\nHost: a\n\r\n", .malformedLineEnd),
      Case("LF as the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n", .malformedLineEnd),
      Case("CR after the version", "GET / HTTP/1.1\rHost: a\r\n\r\n", .malformedLineEnd),
      Case("CR after a field", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", .malformedLineEnd),
      Case("CR as the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\rX", .malformedLineEnd),
      Case("CR CR LF after a field", "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", .malformedLineEnd),
      Case("CR CR LF as the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\r\r\n", .malformedLineEnd),
      Case(
        "LF before the request-line", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        .malformedRequestLine),
      Case("CR before the request-line", "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n", .malformedLineEnd),
      Case(
        "two empty lines before the request-line",
        "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
    ] as [Case<HeadError>])
  func lineEnd(_ message: Case<HeadError>) {
    #expect(parsed(message.text) == .refused(message.expected))
  }

  @Test("One empty line before the request-line is skipped (RFC 9112 §2.2)")
  func emptyLineBefore() {
    let text = "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
    #expect(summary(text)?.path == "/")
    #expect(summary(text)?.bytes == text.utf8.count)
  }

  @Test(
    "Versions of HTTP/1 (RFC 9110 §2.5)",
    arguments: [("1.0", .http10), ("1.1", .http11), ("1.2", .http11), ("1.9", .http11)]
      as [(String, RequestHead.Version)])
  func version(_ number: String, isReadAs version: RequestHead.Version) {
    #expect(summary("GET / HTTP/\(number)\r\nHost: a\r\n\r\n")?.version == version)
  }

  @Test("Each method that the server has is known", arguments: HTTP.Method.allCases)
  func method(_ method: HTTP.Method) {
    #expect(summary("\(method.rawValue) / HTTP/1.1\r\nHost: a\r\n\r\n")?.method == method)
  }

  @Test("A partial head is incomplete", arguments: 0..<36)
  func incomplete(count: Int) {
    let text = "GET /a?b HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n"
    #expect(parsed(Array(bytes(text).prefix(count))) == .incomplete)
  }
}
