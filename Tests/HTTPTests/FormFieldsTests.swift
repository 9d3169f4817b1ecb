import HTTP
import Testing

@Suite("Forms are read as browsers send them (WHATWG URL §5)")
struct FormFieldsTests {
  @Test(
    arguments: [
      ("", []), ("a=b", [("a", "b")]), ("a=b&c=d", [("a", "b"), ("c", "d")]), ("a", [("a", "")]),
      ("a=", [("a", "")]), ("=b", [("", "b")]), ("=", [("", "")]), ("&&a=b&&", [("a", "b")]),
      ("a=b=c", [("a", "b=c")]), ("a+b=c+d", [("a b", "c d")]), ("a=%2B%26%3D", [("a", "+&=")]),
      ("%61=%62", [("a", "b")]), ("a=%", [("a", "%")]), ("a=%4", [("a", "%4")]),
      ("a=%zz%41", [("a", "%zzA")]), ("a=1&a=2", [("a", "1"), ("a", "2")]),
      ("q=caf%C3%A9", [("q", "café")]), ("q=%E9", [("q", "\u{FFFD}")]), ("q=%00", [("q", "\0")]),
      ("a=b;c=d", [("a", "b;c=d")]), ("a=%EF%BB%BFb", [("a", "\u{FEFF}b")]),
    ] as [(String, [(String, String)])])
  func query(_ text: String, has expected: [(String, String)]) {
    let fields = FormFields(query: text)
    #expect(fields.fields == expected.map { FormFields.Field($0.0, $0.1) })
    #expect(!fields.isTruncated)
  }

  @Test func lookup() {
    let fields = FormFields(query: "a=1&b=2&a=3")
    #expect(fields["a"] == "1")
    #expect(fields["c"] == nil)
    #expect(fields.values(of: "a") == ["1", "3"])
    #expect(FormFields(query: nil).fields.isEmpty)
  }

  @Test("The count of fields is bounded")
  func limit() {
    let text = String(repeating: "a=b&", count: 1_000)
    #expect(FormFields(query: text).fields.count == 200)
    #expect(FormFields(query: text).isTruncated)
    #expect(FormFields(query: text, limit: 1_000).fields.count == 1_000)
    #expect(!FormFields(query: text, limit: 1_000).isTruncated)
  }

  @Test(
    "What is written is read back",
    arguments: [
      "a b", "&=+%", "café", "日本語", "\0\r\n", "", "*-._~", "\u{1F4D6}", "</script>",
    ])
  func roundTrip(_ text: String) {
    let fields = FormFields([.init(text, text), .init("a", text)])
    #expect(FormFields(query: fields.encoded) == fields)
    #expect(fields.encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    #expect(PercentEncoding.decoded(PercentEncoding.encodedSegment(text)) == text)
    #expect(PercentEncoding.decoded(PercentEncoding.encodedComponent(text)) == text)
  }

  @Test func encoding() {
    #expect(FormFields([.init("a b", "c*-._~/")]).encoded == "a+b=c*-._%7E%2F")
    #expect(PercentEncoding.encodedSegment("a/b?c d:@") == "a%2Fb%3Fc%20d:@")
    #expect(PercentEncoding.encodedComponent("a/b?c d:@~") == "a%2Fb%3Fc%20d%3A%40~")
    #expect(PercentEncoding.decoded("a+b%20c") == "a+b c")
    #expect(PercentEncoding.decoded("%C3") == "\u{FFFD}")
  }
}

@Suite("Cookies come back as they were set (RFC 6265)")
struct CookieTests {
  @Test(
    arguments: [
      ("a=b", [("a", "b")]), ("a=b; c=d", [("a", "b"), ("c", "d")]),
      ("a=b;c=d", [("a", "b"), ("c", "d")]),
      ("a=b; a=c", [("a", "b"), ("a", "c")]), ("a=\"b\"", [("a", "\"b\"")]),
      ("a=b=c", [("a", "b=c")]),
      ("a=", [("a", "")]), ("=b", []), ("a", []), ("", []), (";;", []), (" a = b ", [("a", "b")]),
      ("a=b c", [("a", "b c")]), ("a; b=c", [("b", "c")]),
    ] as [(String, [(String, String)])])
  func field(_ value: String, has expected: [(String, String)]) {
    let request = Request(method: .get, path: "/", fields: ["cookie": value])
    #expect(request.cookies == expected.map { Cookie($0.0, $0.1) })
  }

  @Test func lookup() {
    let request = Request(
      method: .get, path: "/", fields: ["cookie": "a=1; b=2", "cookie": "b=3; c=4"])
    #expect(request.cookie("b") == "2")
    #expect(request.cookie("c") == "4")
    #expect(request.cookie("d") == nil)
  }

  @Test(
    arguments: [
      (SetCookie("s", "x", isSecure: true), "s=x; Path=/; Secure; HttpOnly; SameSite=Lax"),
      (
        SetCookie("s", "x", path: "/staff", maxAge: 60, isSecure: false, sameSite: .strict),
        "s=x; Path=/staff; Max-Age=60; HttpOnly; SameSite=Strict"
      ),
      (
        SetCookie("s", "", maxAge: -1, isSecure: false, isHTTPOnly: false),
        "s=; Path=/; Max-Age=0; SameSite=Lax"
      ),
      (
        SetCookie("__Host-s", "x", path: "/a", isSecure: false),
        "__Host-s=x; Path=/; Secure; HttpOnly; SameSite=Lax"
      ),
      (
        SetCookie("s", "x", isSecure: false, sameSite: .none),
        "s=x; Path=/; Secure; HttpOnly; SameSite=None"
      ),
      // Nothing in it can begin an attribute or a line.
      (
        SetCookie("a=b", "x; Domain=y\r\nX: \"é\"", path: "/;", isSecure: true),
        "a%3Db=x%3B%20Domain=y%0D%0AX:%20%22%C3%A9%22; Path=/%3B; Secure; HttpOnly; SameSite=Lax"
      ),
    ])
  func value(_ cookie: SetCookie, is expected: String) {
    #expect(cookie.description == expected)
  }
}

@Suite("Field values are parsed and written by their grammars")
struct ValueTests {
  @Test(
    "Media types (RFC 9110 §8.3.1)",
    arguments: [
      ("text/html", "text/html"), ("Text/HTML; Charset=UTF-8", "text/html; charset=UTF-8"),
      ("text/html;charset=\"utf-8\"", "text/html; charset=utf-8"),
      ("a/b; c=\"d e\\\"f\"", "a/b; c=\"d e\\\"f\""), ("a/b;", "a/b"), ("a/b ;; c=d", "a/b; c=d"),
      ("a/b; c=\"\"", "a/b; c=\"\""), ("", nil), ("text", nil), ("/html", nil), ("text/", nil),
      ("text/html charset", nil), ("text /html", nil), ("a/b; c", nil), ("a/b; c=", nil),
      ("a/b; c = d", nil), ("a/b; c=\"d", nil), ("a/b; c=\"d\\", nil), ("a/b; =d", nil),
      ("a/b/c", nil),
      ("a/b, c/d", nil), ("*/*", "*/*"),
    ] as [(String, String?)])
  func mediaType(_ text: String, is expected: String?) {
    #expect(MediaType(text)?.description == expected)
  }

  @Test(
    "Content-Disposition (RFC 6266, RFC 8187)",
    arguments: [
      ("a.pdf", "attachment; filename=\"a.pdf\""),
      ("a b.pdf", "attachment; filename=\"a b.pdf\""),
      ("Größe.pdf", "attachment; filename=\"Gr__e.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf"),
      ("a\"b.pdf", "attachment; filename=\"a_b.pdf\"; filename*=UTF-8''a%22b.pdf"),
      ("50%.pdf", "attachment; filename=\"50_.pdf\"; filename*=UTF-8''50%25.pdf"),
      ("../../a\\b", "attachment; filename=\".._.._a_b\""),
      ("a\r\nX: y", "attachment; filename=\"a__X: y\""),
      ("日.pdf", "attachment; filename=\"_.pdf\"; filename*=UTF-8''%E6%97%A5.pdf"),
    ])
  func disposition(_ name: String, is expected: String) {
    #expect(ContentDisposition(.attachment, fileName: name).description == expected)
  }

  @Test func inline() {
    #expect(ContentDisposition(.inline).description == "inline")
    #expect(
      ContentDisposition(.inline, fileName: "a.pdf").description == "inline; filename=\"a.pdf\"")
  }

  @Test(
    "Cache-Control (RFC 9111 §5.2.2, RFC 5861)",
    arguments: [
      (CacheControl(.never, maxAge: 5), "no-store"),
      (
        CacheControl(
          .shared, maxAge: 60, sharedMaxAge: 300, staleWhileRevalidate: 30, staleIfError: 86_400),
        "public, max-age=60, s-maxage=300, stale-while-revalidate=30, stale-if-error=86400"
      ),
      (
        CacheControl(.shared, maxAge: 31_536_000, isImmutable: true),
        "public, max-age=31536000, immutable"
      ),
      (CacheControl(.shared, maxAge: -1), "public, max-age=0"),
    ])
  func cacheControl(_ value: CacheControl, is expected: String) {
    #expect(value.description == expected)
  }

  @Test("A field value cannot start a new line (RFC 9110 §5.5)")
  func fields() {
    var fields: Fields = ["A": "b\r\nX: y\0"]
    #expect(fields["a"] == "b  X: y ")
    fields.append("a", "c")
    #expect(fields["A"] == "b  X: y , c")
    #expect(fields.has("A") && !fields.has("b"))
    fields.remove("A")
    #expect(fields.lines.isEmpty)
  }
}
