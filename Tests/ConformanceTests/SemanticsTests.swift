import Testing

@Suite("Methods, conditions, ranges and codings behave as specified (RFC 9110)")
struct SemanticsTests {
  static let methods = [
    Case(
      "9110 §9.3.2", "HEAD is GET without content", request("HEAD /probe"), 200,
      ["content-length": "5"]),
    Case(
      "9110 §9.3.2", "HEAD has the fields of GET", request("HEAD /page"), 200,
      ["etag": "\"v1\"", "content-length": "36", "vary": "accept-encoding"]),
    Case("9110 §9.3.2", "HEAD of a file", request("HEAD /file"), 200, ["content-length": "100"]),
    Case("9110 §9.3.2", "HEAD of nothing there", request("HEAD /nowhere"), 404),
    Case(
      "9110 §15.5.6", "a method that is known and not allowed", request("DELETE /page"), 405,
      ["allow": "GET, HEAD, OPTIONS"]),
    Case("9110 §15.5.6", "PUT", request("PUT /page"), 405),
    Case("5789 §2", "PATCH", request("PATCH /page"), 405),
    Case("9110 §9.3.7", "OPTIONS", request("OPTIONS /page"), 204, ["allow": "GET, HEAD, OPTIONS"]),
    Case("9110 §15.3.5", "204 has no content and no length", get("/nothing"), 204, content: ""),
    Case("9110 §8.6", "empty content has a length", get("/empty"), 200, ["content-length": "0"]),
  ]

  /// On a representation that the server keeps, and on one that is made each time.
  static let conditions =
    ["/page", "/fresh"].flatMap { page in
      [
        Case(
          "9110 §8.8", "validators are told", get(page), 200,
          ["etag": "\"v1\"", "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT"]),
        Case(
          "9110 §13.1.2", "the same tag", get(page, "If-None-Match: \"v1\""), 304,
          [
            "etag": "\"v1\"", "cache-control": "public, max-age=60", "vary": "accept-encoding",
            "content-type": nil,
          ]),
        Case(
          "9110 §13.1.2", "a weak tag is weakly the same", get(page, "If-None-Match: W/\"v1\""), 304
        ),
        Case("9110 §13.1.2", "a tag of several", get(page, "If-None-Match: \"a\", \"v1\""), 304),
        Case(
          "9110 §13.1.2", "a tag on the second line",
          get(page, "If-None-Match: \"a\"", "If-None-Match: \"v1\""), 304),
        Case("9110 §13.1.2", "any", get(page, "If-None-Match: *"), 304),
        Case("9110 §13.1.2", "another tag", get(page, "If-None-Match: \"a\""), 200),
        Case("9110 §8.8.3", "a comma in a tag", get(page, "If-None-Match: \"a,v1\""), 200),
        Case("9110 §8.8.3", "a tag without quotes is none", get(page, "If-None-Match: v1"), 200),
        Case("9110 §8.8.3", "the case of a tag counts", get(page, "If-None-Match: \"V1\""), 200),
        Case("9110 §8.8.3", "the case of W counts", get(page, "If-None-Match: w/\"v1\""), 200),
        Case("9110 §13.1.2", "HEAD", request("HEAD \(page)", "If-None-Match: \"v1\""), 304),
        Case(
          "9110 §8.8.3.3", "the tag of another coding",
          get(page, "Accept-Encoding: gzip", "If-None-Match: \"v1\""), 200),
        Case(
          "9110 §8.8.3.3", "the tag of this coding",
          get(page, "Accept-Encoding: gzip", "If-None-Match: \"v1-gzip\""), 304,
          ["etag": "\"v1-gzip\""]),
        Case(
          "9110 §13.1.3", "not modified since", get(page, "If-Modified-Since: \(Library.modified)"),
          304),
        Case(
          "9110 §13.1.3", "since a later date",
          get(page, "If-Modified-Since: Mon, 07 Nov 1994 08:49:37 GMT"), 304),
        Case(
          "9110 §13.1.3", "since an earlier date",
          get(page, "If-Modified-Since: Sat, 05 Nov 1994 08:49:37 GMT"), 200),
        Case(
          "9110 §5.6.7", "a date of RFC 850",
          get(page, "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT"), 304),
        Case(
          "9110 §5.6.7", "a date of asctime",
          get(page, "If-Modified-Since: Sun Nov  6 08:49:37 1994"), 304),
        Case("9110 §13.1.3", "no date", get(page, "If-Modified-Since: yesterday"), 200),
        Case(
          "9110 §13.1.3", "a date that none is",
          get(page, "If-Modified-Since: Sun, 31 Feb 2027 08:49:37 GMT"), 200),
        Case(
          "9110 §13.2.2", "a tag comes before a date: other",
          get(page, "If-None-Match: \"a\"", "If-Modified-Since: \(Library.modified)"), 200),
        Case(
          "9110 §13.2.2", "a tag comes before a date: same",
          get(page, "If-None-Match: \"v1\"", "If-Modified-Since: Sat, 05 Nov 1994 08:49:37 GMT"),
          304),
        Case("9110 §13.1.1", "If-Match: the same", get(page, "If-Match: \"v1\""), 200),
        Case("9110 §13.1.1", "If-Match: another", get(page, "If-Match: \"a\""), 412),
        Case("9110 §13.1.1", "If-Match is strong", get(page, "If-Match: W/\"v1\""), 412),
        Case("9110 §13.1.1", "If-Match: any", get(page, "If-Match: *"), 200),
        Case(
          "9110 §13.1.4", "unmodified since", get(page, "If-Unmodified-Since: \(Library.modified)"),
          200),
        Case(
          "9110 §13.1.4", "modified since",
          get(page, "If-Unmodified-Since: Sat, 05 Nov 1994 08:49:37 GMT"), 412),
        Case("9110 §13.1.4", "no date is passed over", get(page, "If-Unmodified-Since: then"), 200),
        Case(
          "9110 §13.2.2", "If-Match comes before a date",
          get(page, "If-Match: \"v1\"", "If-Unmodified-Since: Sat, 05 Nov 1994 08:49:37 GMT"), 200),
        Case(
          "9110 §13.2.2", "If-Match comes first",
          get(page, "If-Match: \"a\"", "If-None-Match: \"v1\""), 412),
        Case(
          "9110 §13.2.2", "then If-None-Match",
          get(page, "If-Match: \"v1\"", "If-None-Match: \"v1\""), 304),
      ]
    } + [
      Case(
        "9110 §13.1.3", "a date alone is a validator",
        get("/dated", "If-Modified-Since: \(Library.modified)"), 304,
        ["last-modified": .value(Library.modified)]),
      Case(
        "9110 §13.1.2", "without a representation's tag nothing is the same",
        get("/undated", "If-None-Match: \"v1\""), 200),
      Case(
        "9110 §13.1.3", "without its date neither",
        get("/undated", "If-Modified-Since: \(Library.modified)"), 200),
      Case(
        "9110 §13.2.1", "conditions are for what would be 200", get("/nowhere", "If-None-Match: *"),
        404),
      Case("9110 §13.2.1", "nor do they hide 405", request("DELETE /page", "If-Match: \"a\""), 405),
    ]

  static let ranges =
    ["/file", "/file-fresh"].flatMap { file in
      [
        Case("9110 §14.3", "ranges are offered", get(file), 200, ["accept-ranges": "bytes"]),
        Case(
          "9110 §14.2", "the first octets", get(file, "Range: bytes=0-9"), 206,
          ["content-range": "bytes 0-9/100", "content-length": "10", "etag": "\"v1\""],
          content: "0abcdefghi"),
        Case(
          "9110 §14.1.2", "one octet", get(file, "Range: bytes=10-10"), 206,
          ["content-range": "bytes 10-10/100"], content: "1"),
        Case(
          "9110 §14.1.2", "to the end", get(file, "Range: bytes=90-"), 206,
          ["content-range": "bytes 90-99/100"], content: "9abcdefghi"),
        Case(
          "9110 §14.1.2", "the last octets", get(file, "Range: bytes=-10"), 206,
          ["content-range": "bytes 90-99/100"], content: "9abcdefghi"),
        Case(
          "9110 §14.1.2", "more last octets than there are", get(file, "Range: bytes=-500"), 206,
          ["content-range": "bytes 0-99/100"]),
        Case(
          "9110 §14.1.2", "beyond the end", get(file, "Range: bytes=90-500"), 206,
          ["content-range": "bytes 90-99/100"]),
        Case(
          "9110 §14.1.2", "up to the largest number",
          get(file, "Range: bytes=99-9223372036854775807"), 206,
          ["content-range": "bytes 99-99/100"]),
        Case(
          "9110 §14.1.2", "up to more than a number",
          get(file, "Range: bytes=0-99999999999999999999999"), 206),
        Case(
          "9110 §14.1", "the case of the unit does not count", get(file, "Range: Bytes=0-9"), 206),
        Case(
          "9110 §15.5.17", "behind the end", get(file, "Range: bytes=100-"), 416,
          ["content-range": "bytes */100", "etag": nil]),
        Case(
          "9110 §15.5.17", "far behind the end", get(file, "Range: bytes=99999999999999999999999-"),
          416),
        Case("9110 §14.1.2", "no last octets", get(file, "Range: bytes=-0"), 416),
        Case("9110 §14.2", "the last before the first", get(file, "Range: bytes=9-0"), 200),
        Case("9110 §14.2", "no numbers", get(file, "Range: bytes=a-b"), 200),
        Case("9110 §14.2", "no range", get(file, "Range: bytes="), 200),
        Case("9110 §14.2", "a sign", get(file, "Range: bytes=+0-9"), 200),
        Case(
          "9110 §14.1", "another unit", get(file, "Range: pages=1-2"), 200, ["content-range": nil]),
        Case(
          "9110 §14.2", "HEAD has none", request("HEAD \(file)", "Range: bytes=0-9"), 200,
          ["content-length": "100"]),
        Case(
          "9110 §14.6", "several", get(file, "Range: bytes=0-0,10-10"), 206,
          ["content-type": .contains("multipart/byteranges; boundary=")]),
        Case(
          "9110 §14.6", "several, with one behind the end", get(file, "Range: bytes=0-0,200-"), 206,
          ["content-range": "bytes 0-0/100"]),
        Case("9110 §15.5.17", "all behind the end", get(file, "Range: bytes=100-,200-"), 416),
        Case(
          "9110 §15.3.7.2", "two that overlap are one", get(file, "Range: bytes=0-5,3-9"), 206,
          ["content-range": "bytes 0-9/100"], content: "0abcdefghi"),
        Case(
          "9110 §14.6", "two that touch are two", get(file, "Range: bytes=0-4,5-9"), 206,
          ["content-range": nil]),
        Case(
          "9110 §14.2", "the whole and a part of it", get(file, "Range: bytes=0-,5-9"), 206,
          ["content-range": "bytes 0-99/100"]),
        Case("9110 §14.2", "many that overlap", get(file, "Range: bytes=0-,1-,2-,3-,4-,5-"), 416),
        Case(
          "9110 §14.2", "many small ones",
          get(
            file, "Range: bytes=" + (0..<50).map { "\($0 * 2)-\($0 * 2)" }.joined(separator: ",")),
          416),
        Case(
          "9110 §13.1.5", "If-Range: the same tag",
          get(file, "Range: bytes=0-9", "If-Range: \"v1\""), 206),
        Case(
          "9110 §13.1.5", "If-Range: another tag", get(file, "Range: bytes=0-9", "If-Range: \"a\""),
          200),
        Case(
          "9110 §13.1.5", "If-Range is strong", get(file, "Range: bytes=0-9", "If-Range: W/\"v1\""),
          200),
        Case(
          "9110 §13.1.5", "If-Range: the date",
          get(file, "Range: bytes=0-9", "If-Range: \(Library.modified)"), 206),
        Case(
          "9110 §13.1.5", "If-Range: a later date",
          get(file, "Range: bytes=0-9", "If-Range: Mon, 07 Nov 1994 08:49:37 GMT"), 200),
        Case(
          "9110 §13.1.5", "If-Range with a range behind the end",
          get(file, "Range: bytes=100-", "If-Range: \"a\""), 200),
        Case(
          "9110 §13.2.2", "304 comes before a range",
          get(file, "Range: bytes=0-9", "If-None-Match: \"v1\""), 304, ["content-range": nil]),
        Case(
          "9110 §13.2.2", "412 comes before a range",
          get(file, "Range: bytes=0-9", "If-Match: \"a\""), 412),
      ]
    } + [
      Case(
        "9110 §14.2", "of content in memory", get("/octets", "Range: bytes=10-19"), 206,
        content: "1abcdefghi"),
      Case(
        "9110 §14.2", "of nothing", get("/empty", "Range: bytes=0-"), 416,
        ["content-range": "bytes */0"]),
      Case("9110 §14.2", "of what is not there", get("/nowhere", "Range: bytes=0-9"), 404),
      Case(
        "9110 §14.2", "with a method that has none", request("OPTIONS /file", "Range: bytes=0-9"),
        204),
      Case(
        "9110 §14.2", "of the selected coding",
        get("/page", "Accept-Encoding: gzip", "Range: bytes=0-2"), 206,
        ["content-encoding": "gzip", "etag": "\"v1-gzip\""], content: "not"),
    ]

  static let codings =
    ["/page", "/fresh"].flatMap { page in
      [
        Case(
          "9110 §12.5.3", "no field", get(page), 200,
          ["content-encoding": nil, "vary": "accept-encoding"]),
        Case(
          "9110 §12.5.3", "gzip", get(page, "Accept-Encoding: gzip"), 200,
          ["content-encoding": "gzip", "vary": "accept-encoding", "etag": "\"v1-gzip\""],
          content: Library.coded),
        Case(
          "9110 §8.4.1.3", "x-gzip is gzip", get(page, "Accept-Encoding: x-gzip"), 200,
          ["content-encoding": "gzip"]),
        Case(
          "9110 §8.4.1", "in any case", get(page, "Accept-Encoding: GZip"), 200,
          ["content-encoding": "gzip"]),
        Case(
          "9110 §12.5.3", "as browsers say it",
          get(page, "Accept-Encoding: gzip, deflate, br, zstd"), 200, ["content-encoding": "gzip"]),
        Case(
          "9110 §12.5.3", "on two lines", get(page, "Accept-Encoding: br", "Accept-Encoding: gzip"),
          200, ["content-encoding": "gzip"]),
        Case(
          "9110 §12.5.3", "others only", get(page, "Accept-Encoding: br, zstd"), 200,
          ["content-encoding": nil]),
        Case(
          "9110 §12.5.3", "an empty field", get(page, "Accept-Encoding:"), 200,
          ["content-encoding": nil]),
        Case(
          "9110 §12.5.3", "identity", get(page, "Accept-Encoding: identity"), 200,
          ["content-encoding": nil]),
        Case(
          "9110 §12.5.3", "anything", get(page, "Accept-Encoding: *"), 200,
          ["content-encoding": "gzip"]),
        Case(
          "9110 §12.4.2", "gzip without weight", get(page, "Accept-Encoding: gzip;q=0"), 200,
          ["content-encoding": nil]),
        Case(
          "9110 §12.4.2", "gzip without weight, in three digits",
          get(page, "Accept-Encoding: gzip;q=0.000"), 200, ["content-encoding": nil]),
        Case(
          "9110 §12.4.2", "identity weighs more",
          get(page, "Accept-Encoding: gzip;q=0.5, identity;q=0.8"), 200, ["content-encoding": nil]),
        Case(
          "9110 §12.4.2", "gzip weighs more",
          get(page, "Accept-Encoding: identity;q=0.5, gzip;q=0.8"), 200,
          ["content-encoding": "gzip"]),
        Case(
          "9110 §12.4.2", "OWS about a weight",
          get(page, "Accept-Encoding: gzip ; q=0.001, identity;q=0"), 200,
          ["content-encoding": "gzip"]),
        Case(
          "9110 §12.4.2", "Q", get(page, "Accept-Encoding: gzip;Q=0"), 200,
          ["content-encoding": nil]),
        Case(
          "9110 §12.5.3", "anything but gzip", get(page, "Accept-Encoding: *, gzip;q=0"), 200,
          ["content-encoding": nil]),
        Case(
          "9110 §12.5.3", "nothing but gzip", get(page, "Accept-Encoding: gzip, *;q=0"), 200,
          ["content-encoding": "gzip"]),
        Case(
          "9110 §12.5.3", "identity is not wanted",
          get(page, "Accept-Encoding: gzip, identity;q=0"), 200, ["content-encoding": "gzip"]),
        Case(
          "9110 §12.5.3", "neither is wanted", get(page, "Accept-Encoding: identity;q=0"), 406,
          ["vary": "accept-encoding"]),
        Case("9110 §12.5.3", "nothing is wanted", get(page, "Accept-Encoding: *;q=0"), 406),
        Case(
          "9110 §12.5.3", "HEAD is told the same", request("HEAD \(page)", "Accept-Encoding: gzip"),
          200, ["content-encoding": "gzip", "content-length": "15"]),
      ]
    } + [
      Case(
        "9110 §8.4", "a file has one coding", get("/file", "Accept-Encoding: gzip"), 200,
        ["content-encoding": nil, "vary": nil]),
      Case(
        "9110 §12.5.3", "and is refused to who does not want it",
        get("/file", "Accept-Encoding: identity;q=0"), 406),
      Case(
        "9110 §12.5.3", "an error is told to everybody",
        get("/nowhere", "Accept-Encoding: identity;q=0"), 404),
      Case(
        "9110 §8.8.2.1", "nothing was modified in the future", get("/tomorrow"), 200,
        ["last-modified": .contains(" GMT")]),
    ]

  @Test(arguments: methods + conditions + ranges + codings)
  func answer(_ wanted: Case) throws {
    try check(wanted, on: LibraryServer.shared.get().port)
  }

  @Test("Cached and uncached responses are alike")
  func keptAndMade() throws {
    let port = try LibraryServer.shared.get().port
    for fields in [
      "", "Accept-Encoding: gzip\r\n", "If-None-Match: \"v1\"\r\n", "Range: bytes=0-9\r\n",
    ] {
      var seen: [[String]] = []
      for target in ["/page", "/page", "/fresh"] {
        let wire = try Wire(port)
        wire.send(octets("GET \(target) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"))
        let answer = try wire.answer()
        let told = answer.fields.filter { !["date", "x-request-id"].contains($0.name) }
        seen.append(["\(answer.status)", answer.text] + told.map { "\($0.name): \($0.value)" })
      }
      #expect(seen[0] == seen[1] && seen[1] == seen[2], "\(fields)")
    }
  }

  @Test("Parts of multipart/byteranges match their headers (9110 §14.6)")
  func multipart() throws {
    let wire = try Wire(LibraryServer.shared.get().port)
    wire.send(octets(get("/file", "Range: bytes=10-11, -2, 0-0")))
    let answer = try wire.answer()
    let type = try #require(answer["content-type"])
    let boundary = try #require(type.firstMatch(of: /boundary=([0-9A-Za-z]+)$/)?.1)
    let parts = [("10-11", "1a"), ("98-99", "hi"), ("0-0", "0")].map { range, content in
      "--\(boundary)\r\nContent-Type: application/pdf\r\nContent-Range: bytes \(range)/100\r\n\r\n"
        + "\(content)\r\n"
    }
    #expect(answer.text == parts.joined() + "--\(boundary)--\r\n")
    #expect(answer["content-range"] == nil)
  }

  @Test("A 304 has the fields that a cache updates (9110 §15.4.5)")
  func notModified() throws {
    let wire = try Wire(LibraryServer.shared.get().port)
    wire.send(octets(get("/page") + get("/page", "If-None-Match: \"v1\"")))
    let whole = try wire.answer()
    let same = try wire.answer()
    for name in ["cache-control", "etag", "vary"] { #expect(same[name] == whole[name], "\(name)") }
    for name in ["content-length", "content-type", "content-encoding", "content-range"] {
      #expect(same[name] == nil, "\(name)")
    }
  }
}
