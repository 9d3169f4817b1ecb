import Testing

@Suite("Malformed messages are refused and the connection closed (RFC 9112)")
struct SyntaxTests {
  static let requestLine = [
    Case("9112 §3", "method SP target SP version CRLF", get("/probe"), 200, content: "probe"),
    Case("9112 §3", "two spaces before the target", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Case("9112 §3", "two spaces before the version", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Case("9112 §3", "HTAB as separator", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Case("9112 §3", "white space before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Case("9112 §3", "white space at the end", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400),
    Case("9112 §3", "a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Case("9112 §3", "no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Case("9112 §3", "nothing but words", "please give me the page\r\n\r\n", 400),
    Case("9112 §3", "HTTP/0.9", "GET /\r\n\r\n", 400),
    Case("9112 §2.3", "the name in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n", 400),
    Case("9112 §2.3", "another protocol", "GET / HTTPS/1.1\r\nHost: a\r\n\r\n", 400),
    Case("9112 §2.3", "two digits", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400),
    Case("9112 §2.3", "a zero before", "GET / HTTP/01.1\r\nHost: a\r\n\r\n", 400),
    Case("9112 §2.3", "no minor version", "GET / HTTP/1\r\nHost: a\r\n\r\n", 400),
    Case("9110 §15.6.6", "HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
    Case("9110 §15.6.6", "HTTP/0.9 by name", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505),
    Case("9113 §3.4", "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    Case(
      "9110 §2.5", "a later minor version is read as 1.1",
      "GET /probe HTTP/1.9\r\nHost: a\r\n\r\n", 200, content: "probe"),
    Case("9110 §9.1", "the case of a method counts", request("get /"), 501),
    Case("9110 §15.6.2", "TRACE", request("TRACE /"), 501),
    Case("9110 §15.6.2", "CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501),
    Case("9110 §15.6.2", "a method nobody knows", request("BREW /pot"), 501),
    Case(
      "9112 §3", "a method longer than any that is known",
      request(String(repeating: "A", count: 200) + " /"), 501),
    Case("9110 §5.6.2", "a method is a token", request("G@T /"), 400),
    Case("9110 §5.6.2", "a method in quotes", request("\"GET\" /"), 400),
    Case("9112 §2.2", "an empty line before the request-line", "\r\n" + get("/probe"), 200),
    Case("9112 §2.2", "LF as the empty line before", "\n" + get("/probe"), 400),
    Case("9112 §2.2", "NUL in the method", "G\0T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Case("8446 §5.1", "TLS to a port without it", "\u{16}\u{03}\u{01}\u{02}\0\u{01}\r\n\r\n", 400),
  ]

  static let lines = [
    Case("9112 §2.2", "LF behind the request-line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400),
    Case("9112 §2.2", "LF behind a field", "GET / HTTP/1.1\r\nHost: a\n\r\n", 400),
    Case("9112 §2.2", "LF as the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400),
    Case("9112 §2.2", "nothing but LF", "GET / HTTP/1.1\nHost: a\n\n", 400),
    Case("9112 §2.2", "CR behind the version", "GET / HTTP/1.1\rHost: a\r\n\r\n", 400),
    Case("9112 §2.2", "CR in a value", get("/", "X: a\rb"), 400),
    Case("9112 §2.2", "CR before a framing field", get("/", "X: a\rContent-Length: 5"), 400),
    Case("9112 §2.2", "CR CR LF", get("/", "X: a\r"), 400),
    Case(
      "9112 §2.2", "white space between request-line and fields",
      "GET / HTTP/1.1\r\n Host: a\r\nHost: b\r\n\r\n", 400),
    Case("9112 §5.2", "obs-fold with a space", get("/", "X: a\r\n b"), 400),
    Case("9112 §5.2", "obs-fold with HTAB", get("/", "X: a\r\n\tb"), 400),
    Case("9112 §5.2", "obs-fold of Host", "GET / HTTP/1.1\r\nHost:\r\n a\r\n\r\n", 400),
    Case("9112 §5.2", "obs-fold of framing", get("/", "Transfer-Encoding:\r\n chunked"), 400),
    Case("9112 §5.2", "obs-fold of nothing", get("/", "X: a\r\n "), 400),
  ]

  static let fields = [
    Case("9112 §5.1", "a space before the colon", get("/", "X : y"), 400),
    Case("9112 §5.1", "HTAB before the colon", get("/", "X\t: y"), 400),
    Case("9112 §5.1", "framing, space, colon", post("Content-Length : 5", content: "hello"), 400),
    Case(
      "9112 §5.1", "chunks, space, colon", post("Transfer-Encoding : chunked", content: ""), 400),
    Case("9112 §5", "no name", get("/", ": y"), 400),
    Case("9112 §5", "no colon", get("/", "X"), 400),
    Case("9110 §5.1", "a name in brackets", get("/", "X(a): y"), 400),
    Case("9110 §5.1", "a space in a name", get("/", "X y: z"), 400),
    Case("9110 §5.1", "a name beyond ASCII", get("/", "X\u{E9}: y"), 400),
    Case("9110 §5.1", "NUL in a name", get("/", "X\0: y"), 400),
    Case("9110 §5.5", "NUL in a value", get("/", "X: a\0b"), 400),
    Case("9110 §5.5", "BEL in a value", get("/", "X: \u{07}"), 400),
    Case("9110 §5.5", "DEL in a value", get("/", "X: \u{7F}"), 400),
    Case("9110 §5.5", "VT before a value", get("/", "X:\u{0B}a"), 400),
    Case(
      "9112 §5", "no white space behind the colon", get("/echo", "X:y"), 200,
      content: "GET /echo papers.example x=y "),
    Case(
      "9112 §5", "OWS at both ends is not the value's", get("/echo", "X: \t y \t "), 200,
      content: "GET /echo papers.example x=y "),
    Case(
      "9110 §5.1", "the case of a name does not count", get("/echo", "x: y"), 200,
      content: "GET /echo papers.example x=y "),
    Case("9110 §5.5", "an empty value", get("/probe", "X:"), 200),
    Case("9110 §5.5", "obs-text in a value", get("/probe", "X: caf\u{E9}"), 200),
    Case(
      "9110 §5.5", "HTAB in a value", get("/echo", "X: a\tb"), 200,
      content: "GET /echo papers.example x=a\tb "),
    Case("9110 §5.6.2", "a name of odd tokens", get("/probe", "!#$%&'*+-.^_`|~9: y"), 200),
    Case(
      "9110 §5.3", "several lines are one list", get("/echo", "X: a", "x: b"), 200,
      content: "GET /echo papers.example x=a, b "),
  ]

  static let host = [
    Case("9112 §3.2", "none in HTTP/1.1", "GET / HTTP/1.1\r\n\r\n", 400),
    Case("9112 §3.2", "two", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    Case("9112 §3.2", "the same twice", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
    Case("9112 §3.2", "two words", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    Case("9112 §3.2", "a list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400),
    Case("9110 §4.2.1", "an empty one", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
    Case("9110 §4.2.1", "a port without a host", "GET / HTTP/1.1\r\nHost: :80\r\n\r\n", 400),
    Case("9110 §7.2", "a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    Case("9110 §7.2", "user information", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400),
    Case("9110 §7.2", "a scheme", "GET / HTTP/1.1\r\nHost: http://a\r\n\r\n", 400),
    Case("3986 §3.2.3", "letters as port", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400),
    Case("3986 §3.2.3", "two ports", "GET / HTTP/1.1\r\nHost: a:1:2\r\n\r\n", 400),
    Case("9110 §4.2.1", "a port that none is", "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n", 400),
    Case("3986 §3.2.2", "half an IPv6 address", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400),
    Case("3986 §3.2.2", "no IPv6 address", "GET / HTTP/1.1\r\nHost: [1:2]\r\n\r\n", 400),
    Case("3986 §3.2.2", "no escape", "GET / HTTP/1.1\r\nHost: a%G0\r\n\r\n", 400),
    Case("9110 §7.2", "with a port", "GET /probe HTTP/1.1\r\nHost: a:8080\r\n\r\n", 200),
    Case("3986 §3.2.3", "an empty port", "GET /probe HTTP/1.1\r\nHost: a:\r\n\r\n", 200),
    Case("3986 §3.2.2", "IPv6", "GET /probe HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200),
    Case("3986 §3.2.2", "an escape", "GET /probe HTTP/1.1\r\nHost: a%2Db\r\n\r\n", 200),
    Case(
      "9112 §3.2", "HTTP/1.0 may leave it out", "GET /probe HTTP/1.0\r\n\r\n", 200, then: .closed),
    Case("9112 §3.2", "HTTP/1.0 with two", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400),
  ]

  static let targets = [
    Case(
      "9112 §3.2.1", "origin-form with a query", get("/echo?a=b&c=%20"), 200,
      content: "GET /echo?a=b&c=%20 papers.example "),
    Case(
      "9112 §3.2.1", "an empty query", get("/echo?"), 200, content: "GET /echo? papers.example "),
    Case("9112 §3.2.1", "a question in the query", get("/echo?a?b"), 200),
    Case("3986 §3.5", "a fragment", get("/echo#a"), 400),
    Case("3986 §2.1", "half an escape", get("/%2"), 400),
    Case("3986 §2.1", "no escape", get("/%zz"), 400),
    Case("9112 §3.2", "neither path nor URI", get("echo"), 400),
    Case("9112 §3.2", "octets beyond ASCII", get("/\u{E9}"), 400),
    Case("9112 §3.2", "NUL", get("/\0"), 400),
    Case("9112 §3.2", "a backslash for a slash", get("\\"), 400),
    Case(
      "9112 §3.2.2", "absolute-form", get("http://other.example/echo?a"), 200,
      content: "GET /echo?a other.example "),
    Case(
      "9112 §3.2.2", "absolute-form wins over Host",
      "GET http://a.example:81/echo HTTP/1.1\r\nHost: b.example\r\n\r\n", 200,
      content: "GET /echo a.example:81 "),
    Case("9112 §3.2.2", "absolute-form without a path", get("http://a.example"), 200),
    Case("9110 §4.2.2", "absolute-form by TLS", get("https://a.example/probe"), 200),
    Case("3986 §3.1", "the case of a scheme does not count", get("HTTP://a/probe"), 200),
    Case(
      "9112 §3.2.2", "absolute-form needs Host all the same",
      "GET http://a.example/ HTTP/1.1\r\n\r\n", 400),
    Case("9110 §4.2.4", "user information", get("http://u:p@a.example/"), 400),
    Case("9110 §4.2.1", "absolute-form without a host", get("http:///probe"), 400),
    Case("9112 §3.2.2", "a scheme of others", get("ftp://a.example/"), 400),
    Case("9112 §3.2.3", "authority-form without CONNECT", get("a.example:80"), 400),
    Case(
      "9112 §3.2.4", "OPTIONS *", request("OPTIONS *"), 204, ["allow": "GET, HEAD, OPTIONS"]),
    Case(
      "9112 §3.2.4", "OPTIONS * as a proxy sends it on", request("OPTIONS http://a.example:80"),
      204),
    Case("9112 §3.2.4", "* with another method", get("*"), 400),
    Case("9112 §3.2.4", "more behind the asterisk", request("OPTIONS *a"), 400),
  ]

  @Test(arguments: requestLine + lines + fields + host + targets)
  func message(_ wanted: Case) throws {
    try check(wanted, on: LibraryServer.shared.get().port)
  }

  @Test(
    "The result is the same in single bytes",
    arguments: requestLine + lines + fields + host + targets)
  func singleOctets(_ wanted: Case) throws {
    try check(wanted, on: LibraryServer.shared.get().port, .singleOctets)
  }
}
