import HTTP
import Testing

@Suite("A target is in origin-form, absolute-form or asterisk-form (RFC 9112 §3.2)")
struct RequestTargetTests {
  struct Target: Sendable, Equatable {
    var form = RequestHead.TargetForm.origin
    var path: String
    var query: String?
    var authority = "a.example"
  }

  static let accepted: [Case<Target>] = [
    Case("9112 §3.2.1: the root", "GET /", Target(path: "/")),
    Case("9112 §3.2.1: an empty query", "GET /?", Target(path: "/", query: "")),
    Case(
      "9112 §3.2.1: path and query", "GET /a/b.pdf?c=d&e", Target(path: "/a/b.pdf", query: "c=d&e")),
    Case("3986 §3.3: pchar", "GET /-._~!$&'()*+,;=:@%2F", Target(path: "/-._~!$&'()*+,;=:@%2F")),
    Case("3986 §3.4: / and ? in a query", "GET /?/?:@", Target(path: "/", query: "/?:@")),
    Case("3986 §3.3: empty segments", "GET //a//", Target(path: "//a//")),
    Case("3986 §3.3: dot segments stay", "GET /../a/./b", Target(path: "/../a/./b")),
    Case("WHATWG URL: sent by browsers in a path", "GET /[a]^|", Target(path: "/[a]^|")),
    Case("WHATWG URL: in a query", "GET /?{a}|`^[]\\", Target(path: "/", query: "{a}|`^[]\\")),
    Case("WHATWG URL: % alone in a query", "GET /?q=100%", Target(path: "/", query: "q=100%")),
    Case("9112 §3.2.4: asterisk", "OPTIONS *", Target(form: .asterisk, path: "*")),
    Case("9112 §3.2.4: OPTIONS of a resource", "OPTIONS /a", Target(path: "/a")),
    Case(
      "9112 §3.2.4: asterisk as a proxy got it", "OPTIONS http://b.example",
      Target(form: .asterisk, path: "*", authority: "b.example")),
    Case(
      "9112 §3.2.2: absolute", "GET http://b.example/c?d",
      Target(form: .absolute, path: "/c", query: "d", authority: "b.example")),
    Case(
      "9112 §3.2.2: absolute without a path", "GET http://b.example",
      Target(form: .absolute, path: "/", authority: "b.example")),
    Case(
      "9112 §3.2.2: absolute with a query only", "GET http://b.example?c",
      Target(form: .absolute, path: "/", query: "c", authority: "b.example")),
    Case(
      "9110 §4.2.3: scheme without regard to case", "GET HTTPS://b.example:8443/",
      Target(form: .absolute, path: "/", authority: "b.example:8443")),
    Case(
      "3986 §3.2.2: absolute with an IPv6 address", "GET http://[2001:db8::1]:80/",
      Target(form: .absolute, path: "/", authority: "[2001:db8::1]:80")),
  ]

  @Test(arguments: accepted)
  func reads(_ target: Case<Target>) throws {
    let message = bytes("\(target.text) HTTP/1.1\r\nHost: a.example\r\n\r\n")
    var parser = RequestParser()
    _ = try parser.parse(message.span)
    let head = parser.head
    let request = head.request(in: message.span, client: "", isSecure: false, id: "")
    let authority = try #require(head.authority)
    #expect(
      Target(
        form: head.form, path: request.path, query: request.query,
        authority: String(decoding: message[authority], as: UTF8.self)) == target.expected)
    #expect(
      request.fields["host"] == (head.form == .absolute ? target.expected.authority : "a.example"))
  }

  @Test(
    "An IP literal is a host (RFC 3986 §3.2.2)",
    arguments: [
      "[::]", "[::1]", "[1::]", "[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7::]", "[::2:3:4:5:6:7:8]",
      "[2001:DB8::a:0]", "[::ffff:192.0.2.1]", "[1:2:3:4:5:6:1.2.3.4]", "[64:ff9b::1.2.3.4]",
      "[v1.a:b]", "[vF.!]",
    ])
  func literal(_ host: String) {
    #expect(
      parsed("GET / HTTP/1.1\r\nHost: \(host):80\r\n\r\n") != .refused(.malformedHost), "\(host)")
    #expect(
      parsed("GET http://\(host) HTTP/1.1\r\nHost: a\r\n\r\n") != .refused(.malformedTarget))
  }

  @Test(arguments: [
    Case("9112 §3.2: asterisk for another method than OPTIONS", "GET *", ()),
    Case("9112 §3.2.4: more than an asterisk", "OPTIONS *a", ()),
    Case("9112 §3.2: no slash before", "GET a", ()),
    Case("9112 §3.2.3: authority-form without CONNECT", "GET a.example:80", ()),
    Case("9112 §3.2: a fragment", "GET /a#b", ()),
    Case("9112 §3.2: a fragment behind a query", "GET /?a#b", ()),
    Case("3986 §2: a quote", "GET /\"", ()),
    Case("3986 §2: a quote in a query", "GET /?\"", ()),
    Case("3986 §2: less than", "GET /<script>", ()),
    Case("3986 §2: less than in a query", "GET /?<script>", ()),
    Case("3986 §2: a backslash, which some read as a slash", "GET /a\\b", ()),
    Case("3986 §2: braces in a path", "GET /{a}", ()),
    Case("3986 §2: bytes beyond ASCII", "GET /\u{E9}", ()),
    Case("3986 §2: bytes beyond ASCII in a query", "GET /?\u{E9}", ()),
    Case("3986 §2: DEL", "GET /\u{7F}", ()),
    Case("3986 §2.1: % without digits", "GET /%", ()),
    Case("3986 §2.1: % with one digit", "GET /%2", ()),
    Case("3986 §2.1: % with another letter", "GET /%2G", ()),
    Case("9110 §4.2.1: absolute with an empty host", "GET http:///a", ()),
    Case("9110 §4.2.1: absolute with nothing but a port", "GET http://:80/", ()),
    Case("9110 §4.2.4: user information", "GET http://user:word@a.example/", ()),
    Case("9110 §4.2: another scheme", "GET ftp://a.example/", ()),
    Case("9112 §3.2.2: scheme without slashes", "GET http:a", ()),
    Case("9112 §3.2.2: a fragment in absolute-form", "GET http://a.example#b", ()),
    Case("3986 §3.2.2: an IPv6 address without end", "GET http://[::1/", ()),
    Case("3986 §3.2.2: an empty literal", "GET http://[]/", ()),
    Case("3986 §3.2.2: seven groups", "GET http://[1:2:3:4:5:6:7]/", ()),
    Case("3986 §3.2.2: nine groups", "GET http://[1:2:3:4:5:6:7:8:9]/", ()),
    Case("3986 §3.2.2: eight groups and none", "GET http://[1:2:3:4::5:6:7:8]/", ()),
    Case("3986 §3.2.2: shortened twice", "GET http://[1::2::3]/", ()),
    Case("3986 §3.2.2: three colons", "GET http://[:::1]/", ()),
    Case("3986 §3.2.2: a colon before", "GET http://[:1:2:3:4:5:6:7:8]/", ()),
    Case("3986 §3.2.2: a colon behind", "GET http://[1:2:3:4:5:6:7:8:]/", ()),
    Case("3986 §3.2.2: five digits", "GET http://[::12345]/", ()),
    Case("3986 §3.2.2: no digit", "GET http://[::g]/", ()),
    Case("3986 §3.2.2: IPv4 that is none", "GET http://[::1.2.3.256]/", ()),
    Case("3986 §3.2.2: IPv4 with a zero before", "GET http://[::01.2.3.4]/", ()),
    Case("3986 §3.2.2: IPv4 not at the end", "GET http://[::1.2.3.4:5]/", ()),
    Case("3986 §3.2.2: IPv4 of three numbers", "GET http://[::1.2.3]/", ()),
    Case("3986 §3.2.2: a zone", "GET http://[fe80::1%25en0]/", ()),
    Case("3986 §3.2.2: a later version without a number", "GET http://[v.a]/", ()),
    Case("3986 §3.2.2: a later version without an address", "GET http://[v1.]/", ()),
    Case("3986 §3.2.3: a port that is none", "GET http://a.example:8o/", ()),
    Case("3986 §3.2.3: a port beyond 65535", "GET http://a.example:65536/", ()),
  ])
  func refuses(_ target: Case<Void>) {
    #expect(
      parsed("\(target.text) HTTP/1.1\r\nHost: a.example\r\n\r\n") == .refused(.malformedTarget))
  }
}
