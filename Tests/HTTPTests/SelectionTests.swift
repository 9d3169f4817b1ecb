import HTTP
import Testing

/// A file that is only described; nothing opens it.
final class DescribedFile: OpenFile {
  let descriptor: Int32 = -1
  let bytes: Int

  init(bytes: Int) { self.bytes = bytes }
}

/// Content as bytes; a file's bytes are their own positions.
func bytes(of content: Response.Content) -> [UInt8] {
  switch content {
  case .none, .handOver, .withheld: []
  case .bytes(let bytes): bytes
  case .coded(let identity, _): identity
  case .file(let file): (0..<file.bytes).map { UInt8(truncatingIfNeeded: $0) }
  case .pieces(let pieces):
    pieces.flatMap { piece in
      switch piece {
      case .bytes(let bytes): Array(bytes)
      case .file(_, let range): range.map { UInt8(truncatingIfNeeded: $0) }
      }
    }
  }
}

@Suite("Conditions, ranges and codings select from a response (RFC 9110 §12 to §14)")
struct SelectionTests {
  /// Sun, 06 Nov 1994 08:49:37 GMT.
  static let modified: Int64 = 784_111_777
  static let now = modified + 1_000
  static let date = "Sun, 06 Nov 1994 08:49:37 GMT"
  static let before = "Sun, 06 Nov 1994 08:49:36 GMT"
  static let later = "Sun, 06 Nov 1994 08:49:38 GMT"

  static let page = Response(
    .ok, fields: ["content-type": "text/html", "cache-control": "max-age=60", "link": "</>"],
    content: .coded(identity: Array(0..<100), gzip: { Array(0..<40) }), entityTag: "a",
    lastModified: modified, isReusable: true)
  static let file = Response(
    .ok, fields: ["content-type": "application/pdf"], content: .file(DescribedFile(bytes: 100)),
    entityTag: "a", lastModified: modified)

  struct Asked: Sendable, CustomTestStringConvertible {
    let claim: String
    let method: HTTP.Method
    let fields: Fields
    let status: Status
    let length: Int

    init(
      _ claim: String, _ fields: Fields, _ status: Status, _ length: Int,
      method: HTTP.Method = .get
    ) {
      self.claim = claim
      self.method = method
      self.fields = fields
      self.status = status
      self.length = length
    }

    var testDescription: String { claim }
    var request: Request { Request(method: method, path: "/", fields: fields) }
  }

  @Test(arguments: [
    Asked("nothing asked", [:], .ok, 100),
    Asked("12.5.3: gzip", ["accept-encoding": "gzip"], .ok, 40),
    Asked(
      "12.5.3: gzip in two lines", ["accept-encoding": "br", "accept-encoding": "gzip"], .ok, 40),
    Asked("12.5.3: identity first", ["accept-encoding": "gzip;q=0.5, identity"], .ok, 100),
    Asked("12.5.3: another coding", ["accept-encoding": "br"], .ok, 100),
    Asked("12.5.3: none accepted", ["accept-encoding": "identity;q=0"], .notAcceptable, 0),
    Asked(
      "12.5.3: none accepted of what was done",
      ["accept-encoding": "identity;q=0"], .ok, 100, method: .post),
    Asked("9.3.2: HEAD", [:], .ok, 100, method: .head),
    Asked("9.3.2: HEAD with gzip", ["accept-encoding": "gzip"], .ok, 40, method: .head),
    Asked("14.2: HEAD has no ranges", ["range": "bytes=0-9"], .ok, 100, method: .head),
    Asked("13.1.1: If-Match", ["if-match": "\"a\""], .ok, 100),
    Asked("13.1.1: If-Match of any", ["if-match": "*"], .ok, 100),
    Asked("13.1.1: If-Match compares strongly", ["if-match": "W/\"a\""], .preconditionFailed, 0),
    Asked("13.1.1: If-Match of another", ["if-match": "\"b\", \"c\""], .preconditionFailed, 0),
    Asked("13.1.1: If-Match in a list", ["if-match": "\"b\", \"a\""], .ok, 100),
    Asked("13.1.1: If-Match in two lines", ["if-match": "\"b\"", "if-match": "\"a\""], .ok, 100),
    Asked("13.1.1: If-Match that is malformed", ["if-match": "a"], .preconditionFailed, 0),
    Asked(
      "13.1.1: If-Match with HEAD", ["if-match": "\"b\""], .preconditionFailed, 0, method: .head),
    Asked("13.1.2: If-None-Match", ["if-none-match": "\"a\""], .notModified, 0),
    Asked("13.1.2: If-None-Match compares weakly", ["if-none-match": "W/\"a\""], .notModified, 0),
    Asked("13.1.2: If-None-Match of any", ["if-none-match": "*"], .notModified, 0),
    Asked("13.1.2: If-None-Match of another", ["if-none-match": "\"b\""], .ok, 100),
    Asked(
      "13.1.2: If-None-Match in a list", ["if-none-match": "\"b\",, \"a,c\" ,\"a\""],
      .notModified, 0),
    Asked("13.1.2: a tag with a comma", ["if-none-match": "\"b,\", \"a\""], .notModified, 0),
    Asked("8.8.3: a space in a tag", ["if-none-match": "\"b \", \"a\""], .ok, 100),
    Asked("13.1.2: a tag inside a tag", ["if-none-match": "\"b \"a\"\""], .ok, 100),
    Asked("13.1.2: without quotes", ["if-none-match": "a"], .ok, 100),
    Asked("13.1.2: HEAD", ["if-none-match": "\"a\""], .notModified, 0, method: .head),
    Asked(
      "8.8.3.3: the tag of the other coding",
      ["if-none-match": "\"a\"", "accept-encoding": "gzip"],
      .ok, 40),
    Asked(
      "8.8.3.3: the tag of the coding",
      ["if-none-match": "\"a-gzip\"", "accept-encoding": "gzip"], .notModified, 0),
    Asked("13.1.3: If-Modified-Since", ["if-modified-since": date], .notModified, 0),
    Asked("13.1.3: a later date", ["if-modified-since": later], .notModified, 0),
    Asked("13.1.3: an earlier date", ["if-modified-since": before], .ok, 100),
    Asked("13.1.3: no date", ["if-modified-since": "yesterday"], .ok, 100),
    Asked(
      "13.1.3: an obsolete form", ["if-modified-since": "Sun Nov  6 08:49:37 1994"],
      .notModified, 0),
    Asked("13.1.3: HEAD", ["if-modified-since": date], .notModified, 0, method: .head),
    Asked(
      "13.1.3: passed over with If-None-Match",
      ["if-none-match": "\"b\"", "if-modified-since": date], .ok, 100),
    Asked("13.1.4: If-Unmodified-Since", ["if-unmodified-since": date], .ok, 100),
    Asked("13.1.4: an earlier date", ["if-unmodified-since": before], .preconditionFailed, 0),
    Asked("13.1.4: no date", ["if-unmodified-since": "never"], .ok, 100),
    Asked(
      "13.1.4: passed over with If-Match",
      ["if-match": "\"a\"", "if-unmodified-since": before], .ok, 100),
    Asked(
      "13.2.2: If-Match before If-None-Match",
      ["if-match": "\"b\"", "if-none-match": "\"a\""], .preconditionFailed, 0),
    Asked(
      "13.2.2: If-Match holds, then If-None-Match",
      ["if-match": "\"a\"", "if-none-match": "\"a\""], .notModified, 0),
    Asked(
      "13.2.2: If-Unmodified-Since before If-None-Match",
      ["if-unmodified-since": before, "if-none-match": "\"a\""], .preconditionFailed, 0),
    Asked(
      "13.2.2: a condition before a range",
      ["if-none-match": "\"a\"", "range": "bytes=0-9"], .notModified, 0),
    Asked("14.2: a range", ["range": "bytes=0-9"], .partialContent, 10),
    Asked(
      "14.2: a range of the coding", ["range": "bytes=30-", "accept-encoding": "gzip"],
      .partialContent, 10),
    Asked(
      "14.2: a range outside of the coding",
      ["range": "bytes=50-", "accept-encoding": "gzip"], .rangeNotSatisfiable, 0),
    Asked("15.5.17: a range outside", ["range": "bytes=200-"], .rangeNotSatisfiable, 0),
    Asked("14.2: a range with POST", ["range": "bytes=0-9"], .ok, 100, method: .post),
    Asked("13.1.5: If-Range", ["range": "bytes=0-9", "if-range": "\"a\""], .partialContent, 10),
    Asked("13.1.5: If-Range of another", ["range": "bytes=0-9", "if-range": "\"b\""], .ok, 100),
    Asked(
      "13.1.5: If-Range compares strongly", ["range": "bytes=0-9", "if-range": "W/\"a\""], .ok, 100),
    Asked(
      "13.1.5: If-Range is no list", ["range": "bytes=0-9", "if-range": "\"a\", \"b\""], .ok, 100),
    Asked("13.1.5: If-Range is no *", ["range": "bytes=0-9", "if-range": "*"], .ok, 100),
    Asked(
      "13.1.5: If-Range of the coding",
      ["range": "bytes=0-9", "if-range": "\"a-gzip\"", "accept-encoding": "gzip"],
      .partialContent, 10),
    Asked(
      "13.1.5: If-Range with the date", ["range": "bytes=0-9", "if-range": date],
      .partialContent, 10),
    Asked(
      "13.1.5: If-Range with a later date", ["range": "bytes=0-9", "if-range": later], .ok, 100),
    Asked(
      "13.1.5: If-Range hides a range outside",
      ["range": "bytes=200-", "if-range": "\"b\""], .ok, 100),
    Asked(
      "13.1: conditions with POST are the handler's", ["if-match": "\"b\""], .ok, 100, method: .post
    ),
  ])
  func selects(_ asked: Asked) {
    let response = Self.page.selected(for: asked.request, at: Self.now)
    #expect(response.status == asked.status)
    #expect(response.content.length == asked.length)
    #expect(response.fields["vary"] == "accept-encoding")
    if asked.method == .head { #expect(bytes(of: response.content).isEmpty) }
    #expect(response.isReusable == (asked.status == .ok))
  }

  @Test("HEAD has the fields of GET (RFC 9110 §9.3.2)", arguments: [page, file])
  func head(_ response: Response) {
    for fields in [[:], ["accept-encoding": "gzip"], ["if-none-match": "\"a\""]] as [Fields] {
      let get = response.selected(
        for: Request(method: .get, path: "/", fields: fields), at: Self.now)
      let head = response.selected(
        for: Request(method: .head, path: "/", fields: fields), at: Self.now)
      #expect(get.status == head.status)
      #expect(get.fields == head.fields)
      #expect(get.content.length == head.content.length)
      #expect(get.entityTag == head.entityTag)
      #expect(get.lastModified == head.lastModified)
    }
  }

  @Test("gzip has its own tag and is named (RFC 9110 §8.4, §8.8.3.3)")
  func gzip() {
    let response = Self.page.selected(
      for: Request(method: .get, path: "/", fields: ["accept-encoding": "gzip"]))
    #expect(response.entityTag == "a-gzip")
    #expect(response.fields["content-encoding"] == "gzip")
    #expect(bytes(of: response.content) == Array(0..<40))
  }

  @Test("304 has the fields that a cache updates (RFC 9110 §15.4.5)")
  func notModified() {
    let response = Self.page.selected(
      for: Request(method: .get, path: "/", fields: ["if-none-match": "\"a\""]))
    #expect(response.entityTag == "a")
    #expect(response.lastModified == nil)
    #expect(response.fields["cache-control"] == "max-age=60")
    #expect(response.fields["content-type"] == nil)
    #expect(response.fields["link"] == "</>")
  }

  @Test("A 412 is not stored (RFC 9110 §15.5.13)")
  func failed() {
    let response = Self.page.selected(
      for: Request(method: .get, path: "/", fields: ["if-match": "\"b\""]))
    #expect(response.fields.lines.map(\.name) == ["vary"])
    #expect(response.entityTag == nil && response.lastModified == nil)
  }

  @Test(
    "A part of a file is a piece of it (RFC 9110 §15.3.7.1)",
    arguments: [
      ("bytes=10-19", 10..<20, "bytes 10-19/100"), ("bytes=-5", 95..<100, "bytes 95-99/100"),
      ("bytes=99-", 99..<100, "bytes 99-99/100"), ("bytes=0-", 0..<100, "bytes 0-99/100"),
      ("bytes=90-9223372036854775807", 90..<100, "bytes 90-99/100"),
    ])
  func part(_ range: String, is expected: Range<Int>, named contentRange: String) {
    let response = Self.file.selected(
      for: Request(method: .get, path: "/", fields: ["range": range]))
    #expect(response.status == .partialContent)
    #expect(response.fields["content-range"] == contentRange)
    #expect(response.fields["content-type"] == "application/pdf")
    #expect(response.fields["accept-ranges"] == "bytes")
    #expect(response.entityTag == "a")
    guard case .pieces(let pieces) = response.content, case .file(_, let found)? = pieces.first
    else {
      Issue.record("not a piece of the file")
      return
    }
    #expect(found == expected && pieces.count == 1)
  }

  @Test("Several parts are multipart/byteranges (RFC 9110 §14.6, §15.3.7.2)")
  func parts() throws {
    let response = Self.file.selected(
      for: Request(method: .get, path: "/", fields: ["range": "bytes=65-67,-1, 0-0"]))
    #expect(response.status == .partialContent)
    #expect(response.fields["content-range"] == nil)
    let type = try #require(response.fields["content-type"].flatMap(MediaType.init))
    #expect(type.essence == "multipart/byteranges")
    let boundary = try #require(type["boundary"])
    let part = "--\(boundary)\r\nContent-Type: application/pdf\r\nContent-Range: bytes "
    let expected =
      "\(part)65-67/100\r\n\r\nABC\r\n\(part)99-99/100\r\n\r\nc\r\n\(part)0-0/100\r\n\r\n\0\r\n"
      + "--\(boundary)--\r\n"
    #expect(String(decoding: bytes(of: response.content), as: UTF8.self) == expected)
    #expect(response.content.length == expected.utf8.count)
  }

  @Test("416 has the length and no fields of the file (RFC 9110 §15.5.17)")
  func unsatisfiable() {
    let response = Self.file.selected(
      for: Request(method: .get, path: "/", fields: ["range": "bytes=100-"]))
    #expect(response.status == .rangeNotSatisfiable)
    #expect(response.fields == ["content-range": "bytes */100"])
    #expect(response.entityTag == nil)
  }

  @Test(
    "What replaces a representation keeps the fields that are not of it",
    arguments: [
      (["range": "bytes=100-"], .rangeNotSatisfiable), (["if-match": "\"b\""], .preconditionFailed),
      (["accept-encoding": "identity;q=0"], .notAcceptable),
    ] as [(Fields, Status)])
  func replacement(_ fields: Fields, by status: Status) {
    var file = Self.file
    file.fields.set("x-content-type-options", to: "nosniff")
    file.fields.set("link", to: "</a>; rel=\"collection\"")
    file.fields.set("cache-control", to: "public, max-age=60")
    file.fields.set("vary", to: "accept-language")
    var kept = file.selected(for: Request(method: .get, path: "/", fields: fields))
    #expect(kept.status == status)
    kept.fields.remove("content-range")
    #expect(kept.fields == ["x-content-type-options": "nosniff", "vary": "accept-language"])
  }

  @Test("Conditions and ranges apply only to successful responses (RFC 9110 §13.2.1)")
  func errors() {
    var response = Self.page
    response.status = .notFound
    for fields in [["if-none-match": "*"], ["if-match": "\"b\""], ["range": "bytes=0-9"]]
      as [Fields]
    {
      let selected = response.selected(for: Request(method: .get, path: "/", fields: fields))
      #expect(selected.status == .notFound)
      #expect(selected.content.length == 100)
    }
    let refusing = Request(method: .get, path: "/", fields: ["accept-encoding": "*;q=0"])
    #expect(response.selected(for: refusing).status == .notFound)
    #expect(Self.file.selected(for: refusing).status == .notAcceptable)
  }

  @Test("Last-Modified is never later than Date (RFC 9110 §8.8.2.1)")
  func future() {
    let request = Request(method: .get, path: "/")
    #expect(
      Self.page.selected(for: request, at: Self.modified - 5).lastModified == Self.modified - 5)
    #expect(Self.page.selected(for: request, at: Self.now).lastModified == Self.modified)
    // In its own second the date is no strong validator (RFC 9110 §8.8.2.2).
    let range = Request(
      method: .get, path: "/", fields: ["range": "bytes=0-9", "if-range": Self.date])
    #expect(Self.page.selected(for: range, at: Self.modified).status == .ok)
  }

  @Test(
    "Vary is added to and not said twice (RFC 9110 §12.5.5)",
    arguments: [
      ("cookie", "cookie, accept-encoding"), ("Accept-Encoding", "Accept-Encoding"), ("*", "*"),
      ("accept-encoding-x", "accept-encoding-x, accept-encoding"),
    ])
  func vary(_ value: String, becomes expected: String) {
    var response = Self.page
    response.fields.set("vary", to: value)
    #expect(response.selected(for: Request(method: .get, path: "/")).fields["vary"] == expected)
  }

  @Test("An empty representation has no ranges")
  func empty() {
    let response = Response(.ok, content: .bytes([]), entityTag: "a")
    func status(_ fields: Fields) -> Status {
      response.selected(for: Request(method: .get, path: "/", fields: fields)).status
    }
    #expect(status(["range": "bytes=0-"]) == .rangeNotSatisfiable)
    #expect(
      Response(.ok).selected(for: Request(method: .get, path: "/", fields: ["range": "bytes=0-"]))
        .status == .ok)
    #expect(status(["range": "bytes=-1"]) == .ok)
    #expect(status(["accept-encoding": "identity;q=0"]) == .ok)
  }

  @Test(
    "A handler asks before it changes something (RFC 9110 §13.1)",
    arguments: [
      ([:], .holds), (["if-match": "\"a\""], .holds), (["if-match": "\"b\""], .failed),
      (["if-none-match": "*"], .failed), (["if-none-match": "\"b\""], .holds),
      (["if-unmodified-since": before], .failed), (["if-modified-since": date], .holds),
    ] as [(Fields, Precondition)])
  func precondition(_ fields: Fields, comesTo expected: Precondition) {
    let request = Request(method: .put, path: "/", fields: fields)
    let validators = Validators(entityTag: "a", lastModified: Self.modified)
    #expect(request.precondition(for: validators) == expected)
    // Where there is nothing yet, nothing can match.
    let none = Request(method: .put, path: "/", fields: ["if-match": "\"a\""])
    #expect(
      none.precondition(for: Validators(entityTag: nil, lastModified: nil)) == .failed)
  }
}

@Suite("A head and a response choose the same coding")
struct PreferredCodingTests {
  @Test(arguments: [
    "", "Accept-Encoding: gzip\r\n", "Accept-Encoding: gzip;q=0\r\n",
    "Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n", "Accept-Encoding: identity;q=0\r\n",
    "Accept-Encoding: *;q=0\r\n", "Accept-Encoding: identity;q=0.5, gzip;q=0.1\r\n",
  ])
  func agrees(_ lines: String) throws {
    var parser = RequestParser()
    let message = bytes("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n")
    _ = try parser.parse(message.span)
    let request = parser.head.request(in: message.span, client: "", isSecure: false, id: "")
    let selected = SelectionTests.page.selected(for: request, at: SelectionTests.now)
    guard let coding = parser.head.acceptedCodings(in: message.span).preferred else {
      #expect(selected.status == .notAcceptable)
      return
    }
    #expect(selected.status == .ok)
    #expect(selected.content.length == (coding == .gzip ? 40 : 100))
  }
}
