import HTTP
import Testing

@Suite("The client is the last forwarded address that is not a trusted proxy's")
struct ForwardedTests {
  /// Addresses beginning with `10.` or `fd` are trusted proxies'.
  func client(_ lines: [String], _ field: ForwardingField) -> (address: String?, isSecure: Bool) {
    var parser = RequestParser()
    let message = bytes(
      "GET / HTTP/1.1\r\nHost: a\r\n" + lines.map { "\($0)\r\n" }.joined() + "\r\n")
    _ = try? parser.parse(message.span)
    let client = parser.head.forwardedClient(in: message.span, by: field) { bytes, range in
      (bytes[range.lowerBound] == UInt8(ascii: "1")
        && bytes[range.lowerBound + 1] == UInt8(ascii: "0")
        && bytes[range.lowerBound + 2] == UInt8(ascii: "."))
        || (bytes[range.lowerBound] == UInt8(ascii: "f")
          && bytes[range.lowerBound + 1] == UInt8(ascii: "d"))
    }
    return (client.address.map { String(decoding: message[$0], as: UTF8.self) }, client.isSecure)
  }

  @Test(
    "X-Forwarded-For",
    arguments: [
      ([], nil), (["X-Forwarded-For: 192.0.2.1"], "192.0.2.1"),
      (["X-Forwarded-For: 198.51.100.9, 192.0.2.1"], "192.0.2.1"),
      (["X-Forwarded-For: 198.51.100.9, 192.0.2.1, 10.0.0.1"], "192.0.2.1"),
      (["X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 10.0.0.1"], "192.0.2.1"),
      (["X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 192.0.2.2"], "192.0.2.2"),
      (["X-Forwarded-For: 10.0.0.2, 10.0.0.1"], "10.0.0.2"), (["X-Forwarded-For: unknown"], nil),
      (["X-Forwarded-For: 192.0.2.1, unknown"], nil),
      (["X-Forwarded-For: unknown, 10.0.0.1"], "10.0.0.1"),
      (["X-Forwarded-For: unknown, 192.0.2.1, 10.0.0.1"], "192.0.2.1"),
      (["X-Forwarded-For: 2001:db8::1"], "2001:db8::1"),
      (["X-Forwarded-For: [2001:db8::1]"], "2001:db8::1"),
      (["X-Forwarded-For: [2001:db8::1]:443"], "2001:db8::1"),
      (["X-Forwarded-For: 192.0.2.1:80"], "192.0.2.1"),
      (["X-Forwarded-For: 192.0.2.1:x"], nil), (["X-Forwarded-For: [2001:db8::1"], nil),
      (["X-Forwarded-For: <script>"], nil), (["X-Forwarded-For: 192.0.2.1, fd00::1"], "192.0.2.1"),
      (["X-Forwarded-For:"], nil), (["X-Forwarded-For: ,,"], nil), (["X-Forwarded-For: 1"], nil),
      // The other field is the client's own.
      (["Forwarded: for=192.0.2.1"], nil),
      (["X-Forwarded-For: " + String(repeating: "1:", count: 40)], nil),
    ] as [([String], String?)])
  func xForwardedFor(_ lines: [String], names address: String?) {
    #expect(client(lines, .xForwardedFor).address == address)
  }

  @Test(
    "Forwarded (RFC 7239)",
    arguments: [
      (["Forwarded: for=192.0.2.1"], "192.0.2.1", false),
      (["Forwarded: For=\"[2001:db8::1]:4711\""], "2001:db8::1", false),
      (["Forwarded: for=192.0.2.1;proto=https;by=10.0.0.1"], "192.0.2.1", true),
      (["Forwarded: proto=HTTPS; for=192.0.2.1, for=10.0.0.1;proto=http"], "192.0.2.1", true),
      (["Forwarded: for=198.51.100.9;proto=https, for=192.0.2.1;proto=http"], "192.0.2.1", false),
      (["Forwarded: for=_hidden"], nil, false),
      (["Forwarded: for=unknown;proto=https"], nil, false),
      (["Forwarded: for=_hidden, for=10.0.0.1"], "10.0.0.1", false),
      (["Forwarded: by=10.0.0.1"], nil, false), (["Forwarded: for"], nil, false),
      (["Forwarded: for=192.0.2.1;for=192.0.2.2"], nil, false),
      (["Forwarded: host=\"a,b;c\";for=192.0.2.1"], "192.0.2.1", false),
      (["Forwarded: for=\"192.0.2.1:80\"", "Forwarded: for=10.0.0.1"], "192.0.2.1", false),
      (["X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https"], nil, false),
    ] as [([String], String?, Bool)])
  func forwarded(_ lines: [String], names address: String?, isSecure: Bool) {
    let found = client(lines, .forwarded)
    #expect(found.address == address)
    #expect(found.isSecure == isSecure)
  }

  @Test(
    "X-Forwarded-Proto: what the nearest proxy says",
    arguments: [
      ("https", true), ("http", false), ("HTTPS", true), ("http, https", true),
      ("https, http", false), ("", false),
    ])
  func scheme(_ value: String, isSecure: Bool) {
    #expect(client(["X-Forwarded-Proto: \(value)"], .xForwardedFor).isSecure == isSecure)
  }
}
