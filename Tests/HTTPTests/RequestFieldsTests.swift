import HTTP
import Testing

@Suite("Malformed fields are refused (RFC 9112 §5)")
struct RequestFieldsTests {
  @Test(
    arguments: [
      Case("9112 §5.1: a space before the colon", "X : y", .malformedField(line: 2)),
      Case("9112 §5.1: HTAB before the colon", "X\t: y", .malformedField(line: 2)),
      Case(
        "9112 §5.1: framing with a space before the colon", "Transfer-Encoding : chunked",
        .malformedField(line: 2)),
      Case("9112 §5: no name", ": y", .malformedField(line: 2)),
      Case("9112 §5: no colon", "X", .malformedField(line: 2)),
      Case("9110 §5.1: a name is a token", "X(a): y", .malformedField(line: 2)),
      Case("9110 §5.1: a space in a name", "X y: z", .malformedField(line: 2)),
      Case("9110 §5.1: a name beyond ASCII", "X\u{E9}: y", .malformedField(line: 2)),
      Case("9110 §5.1: NUL in a name", "X\0: y", .malformedField(line: 2)),
      Case("9110 §5.1: a name in quotes", "\"X\": y", .malformedField(line: 2)),
      Case("9110 §5.5: NUL in a value", "X: a\0b", .malformedField(line: 2)),
      Case("9110 §5.5: CR in a value", "X: a\rb", .malformedLineEnd),
      Case("9110 §5.5: LF in a value", "X: a\nb: c", .malformedLineEnd),
      Case("9110 §5.5: BEL in a value", "X: \u{07}", .malformedField(line: 2)),
      Case("9110 §5.5: VT before a value", "X:\u{0B}a", .malformedField(line: 2)),
      Case(
        "9110 §5.5: FF before a framing value", "Transfer-Encoding:\u{0C}chunked",
        .malformedField(line: 2)),
      Case("9110 §5.5: DEL in a value", "X: \u{7F}", .malformedField(line: 2)),
      Case("9110 §5.5: DEL among eight", "X: abcdefg\u{7F}", .malformedField(line: 2)),
      Case("9112 §5.2: obs-fold with a space", "X: a\r\n b", .foldedField(line: 3)),
      Case("9112 §5.2: obs-fold with HTAB", "X: a\r\n\tb", .foldedField(line: 3)),
      Case("9112 §5.2: obs-fold of nothing", "X: a\r\n \r\nY: b", .foldedField(line: 3)),
      Case(
        "9112 §5.2: obs-fold of a framing value", "Transfer-Encoding:\r\n chunked",
        .foldedField(line: 3)),
    ] as [Case<HeadError>])
  func refuses(_ line: Case<HeadError>) {
    #expect(
      parsed("GET / HTTP/1.1\r\nHost: a\r\n\(line.text)\r\n\r\n") == .refused(line.expected))
  }

  @Test("White space between request-line and fields is refused (RFC 9112 §2.2)")
  func whiteSpaceBeforeFields() {
    #expect(
      parsed("GET / HTTP/1.1\r\n Host: a\r\n\r\n") == .refused(.foldedField(line: 1)))
  }

  @Test(
    arguments: [
      Case("9112 §5: no white space", "X:y", "y"),
      Case("9112 §5: OWS at both ends", "X: \t y \t ", "y"),
      Case("9110 §5.5: an empty value", "X:", ""),
      Case("9110 §5.5: a value of OWS", "X: \t ", ""),
      Case("9110 §5.5: HTAB inside", "X: a\tb", "a\tb"),
      Case(
        "9110 §5.5: HTAB among eight and more", "X: abc\tdefghijklmnop\tq", "abc\tdefghijklmnop\tq"),
      Case("9110 §5.5: obs-text", "X: caf\u{E9}", "caf\u{E9}"),
      Case("9110 §5.1: a name of odd tokens", "X!#$%&'*+-.^_`|~9: y", "y"),
      Case("9110 §5.3: several lines are one list", "X: a\r\nx: b", "a, b"),
    ] as [Case<String>])
  func reads(_ line: Case<String>) throws {
    let head = try #require(summary("GET / HTTP/1.1\r\nHost: a\r\n\(line.text)\r\n\r\n"))
    let lines = head.fields.dropFirst()
    #expect(lines.allSatisfy { $0.name.description.hasPrefix("x") })
    #expect(lines.map(\.value).joined(separator: ", ") == line.expected)
  }

  @Test("Bytes that are no UTF-8 become U+FFFD")
  func bytesBeyondUTF8() {
    let message = bytes("GET / HTTP/1.1\r\nHost: a\r\nX: ") + [0xE9] + bytes("\r\n\r\n")
    guard case .head(let summary) = parsed(message) else {
      Issue.record("refused")
      return
    }
    #expect(summary.fields.last?.value == "\u{FFFD}")
  }

  @Test("A known field is found whatever its case is", arguments: KnownField.allCases)
  func knownField(_ field: KnownField) throws {
    let value =
      switch field {
      case .contentLength: "5"
      case .expect: "100-continue"
      default: "chunked"
      }
    let host = field == .host ? "" : "Host: a\r\n"
    let name = field.name.uppercased()
    // Names that are only alike stand before and behind.
    let message = bytes(
      "GET / HTTP/1.1\r\n\(host)Y\(name.dropFirst()): b\r\n\(name): \(value)\r\n"
        + "\(name)x: b\r\n\(name.dropLast())x: b\r\n\r\n")
    var parser = RequestParser()
    _ = try parser.parse(message.span)
    let head = parser.head
    let range = try #require(head.value(of: field))
    #expect(String(decoding: message[range], as: UTF8.self) == value)
    #expect(!head.isRepeated(field))
    #expect(head.lines.count { $0.known != nil } == (field == .host ? 1 : 2))
    for other in KnownField.allCases where other != field && other != .host {
      #expect(!head.has(other))
    }
  }

  @Test("All lines of a repeated field are found, in order")
  func repeatedField() throws {
    let message = bytes(
      "GET / HTTP/1.1\r\nHost: a\r\nCookie: a=1\r\nX: y\r\ncookie: b=2\r\nCOOKIE: c=3\r\n\r\n")
    var parser = RequestParser()
    _ = try parser.parse(message.span)
    var values: [String] = []
    parser.head.forEachValue(of: .cookie) { range in
      values.append(String(decoding: message[range], as: UTF8.self))
      return values.count < 3
    }
    #expect(values == ["a=1", "b=2", "c=3"])
    #expect(parser.head.isRepeated(.cookie))
  }

  @Test("Nothing of a head is left in the next one")
  func reuse() throws {
    var parser = RequestParser()
    let first = bytes(
      "POST /?q HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\n"
        + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n")
    #expect(throws: HeadError.repeatedContentLength) { try parser.parse(first.span) }
    let second = bytes("GET / HTTP/1.1\r\nHost: b\r\n\r\n")
    #expect(try parser.parse(second.span) == .head(bytes: second.count))
    #expect(Summary(parser.head, in: second) == summary("GET / HTTP/1.1\r\nHost: b\r\n\r\n"))
    #expect(!parser.head.isRepeated(.contentLength))
    #expect(parser.head.query == nil)
  }
}

@Suite("A request has exactly one valid host (RFC 9112 §3.2)")
struct HostTests {
  @Test(
    arguments: [
      Case("9112 §3.2: none in HTTP/1.1", "GET / HTTP/1.1\r\nX: y", .missingHost),
      Case("9112 §3.2: none with absolute-form", "GET http://a/ HTTP/1.1\r\nX: y", .missingHost),
      Case("9112 §3.2: two", "GET / HTTP/1.1\r\nHost: a\r\nHost: b", .repeatedHost),
      Case("9112 §3.2: two that are equal", "GET / HTTP/1.1\r\nHost: a\r\nhost: a", .repeatedHost),
      Case("9112 §3.2: two in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a", .repeatedHost),
      Case("9110 §4.2.1: an empty one", "GET / HTTP/1.1\r\nHost:", .malformedHost),
      Case(
        "9112 §3.2: bad with absolute-form", "GET http://a/ HTTP/1.1\r\nHost: a/", .malformedHost),
      Case("9110 §7.2: bad in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a b", .malformedHost),
    ] as [Case<HeadError>])
  func refuses(_ head: Case<HeadError>) {
    #expect(parsed("\(head.text)\r\n\r\n") == .refused(head.expected))
  }

  @Test(
    "What is no uri-host [\":\" port] is refused (RFC 9110 §7.2)",
    arguments: [
      "a b", "a, b", "a/b", "a?b", "a#b", "user@a", "http://a", "a:b", "a:80:80", "a:-1", "a:65536",
      "a\\b", "a<b", "\"a\"", "%", "a%2", "a%zz", "[::1", "::1", "[]", "[::1]x", "[::1]:x", "[g::]",
      "[v]", ":80", "a\tb", "{a}", "\u{E9}.example", "a:99999999999999999999",
    ])
  func refuses(host: String) {
    #expect(parsed("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n") == .refused(.malformedHost))
  }

  @Test(
    arguments: [
      "a", "a.example", "a.example:8080", "a.example:", "127.0.0.1", "127.0.0.1:80", "[::1]",
      "[2001:db8::192.0.2.1]:443", "[v1.fe80:a]", "xn--bcher-kva.example", "a_b.example",
      "%C3%A9.example", "A.EXAMPLE", "a.example.",
    ])
  func accepts(host: String) {
    #expect(
      summary("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")?.fields.first?.value == host)
  }

  @Test("HTTP/1.0 may omit the host (RFC 9112 §3.2)")
  func absentInHTTP10() {
    #expect(summary("GET / HTTP/1.0\r\n\r\n")?.path == "/")
  }
}
