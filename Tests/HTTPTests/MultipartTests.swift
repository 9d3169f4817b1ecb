import HTTP
import Testing

/// What a form came to.
enum Form: Equatable {
  case parts([Part])
  case refused(MultipartError)

  struct Part: Equatable {
    var name: String
    var fileName: String?
    var type: String
    var content: [UInt8]
  }
}

/// Reads a form of which each piece ends at a cut.
func form(
  _ message: [UInt8], contentType: String = "multipart/form-data; boundary=b", cuts: [Int] = [],
  limits: MultipartReader.Limits = .init()
) -> Form {
  var parts: [Form.Part] = []
  var open: Form.Part?
  do throws(MultipartError) {
    var reader = try MultipartReader(contentType: contentType, limits: limits)
    var start = 0
    for cut in cuts + [message.count] {
      let piece = message.span.extracting(start..<cut)
      var position = 0
      reading: while true {
        switch try reader.next(piece, at: &position) {
        case .needsMore: break reading
        case .part(let part):
          open = Form.Part(
            name: part.name, fileName: part.fileName, type: part.contentType, content: [])
        case .content(let range):
          open?.content += message[start + range.lowerBound..<start + range.upperBound]
        case .heldContent(let bytes): open?.content += bytes
        case .partEnd:
          if let part = open { parts.append(part) }
          open = nil
        case .end: break reading
        }
      }
      start = cut
    }
    try reader.finish()
  } catch {
    return .refused(error)
  }
  return .parts(parts)
}

@Suite("Multipart forms are decoded as they were sent (RFC 7578, RFC 2046 §5.1)")
struct MultipartTests {
  static func part(_ name: String, _ content: String) -> Form.Part {
    Form.Part(name: name, fileName: nil, type: "text/plain", content: bytes(content))
  }

  /// A part with a head for the field `a`.
  static func text(_ content: String) -> String {
    "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\(content)\r\n--b--"
  }

  static let good: [Case<[Form.Part]>] = [
    Case("one part", text("hello"), [part("a", "hello")]),
    Case("an empty part", text(""), [part("a", "")]),
    Case("CRLF in content", text("\r\n\r\na\r\n"), [part("a", "\r\n\r\na\r\n")]),
    Case(
      "what begins as a delimiter", text("\r\n--\r\n-\r\n--a\r\r\n--\r\n"),
      [part("a", "\r\n--\r\n-\r\n--a\r\r\n--\r\n")]),
    Case(
      "a boundary that does not begin a line", text("x--b y\n--b\r--b"),
      [part("a", "x--b y\n--b\r--b")]),
    Case(
      "2046 §5.1.1: a preamble and an epilogue", "before\r\n\(text("c"))\r\nafter\r\n--b\r\n",
      [part("a", "c")]),
    Case("2046 §5.1.1: a preamble that is a line's end", "\r\n\(text("c"))", [part("a", "c")]),
    Case(
      "2046 §5.1.1: padding",
      "--b \t \r\nContent-Disposition: form-data; name=a\r\n\r\nc\r\n--b--  ", [part("a", "c")]),
    Case(
      "two parts and a file",
      "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nc\r\n--b\r\n"
        + "content-disposition: Form-Data; filename=\"d.pdf\"; name=\"e\"\r\n"
        + "Content-Type: application/pdf\r\nX: y\r\n\r\n%PDF-\0\r\n\r\n--b--\r\n",
      [
        part("a", "c"),
        Form.Part(
          name: "e", fileName: "d.pdf", type: "application/pdf", content: bytes("%PDF-\0\r\n")),
      ]),
    Case(
      "7578 §4.2: no file was chosen",
      "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n"
        + "Content-Type: application/octet-stream\r\n\r\n\r\n--b--",
      [Form.Part(name: "f", fileName: "", type: "application/octet-stream", content: [])]),
  ]

  @Test(arguments: good)
  func reads(_ body: Case<[Form.Part]>) {
    let message = bytes(body.text)
    let expected = Form.parts(body.expected)
    #expect(form(message) == expected)
    for cut in 0...message.count {
      #expect(form(message, cuts: [cut]) == expected, "cut at \(cut)")
    }
    #expect(form(message, cuts: Array(0...message.count)) == expected)
  }

  @Test(
    "Names are read as browsers write them",
    arguments: [
      ("name=\"a\"; filename=\"C:\\\\fakepath\\\\b.pdf\"", "a", "b.pdf"),
      ("name=\"a\"; filename=\"C:\\dir\\b.pdf\"", "a", "b.pdf"),
      ("name=\"a\"; filename=\"../../etc/passwd\"", "a", "passwd"),
      ("name=\"a\"; filename=\"b%22c.pdf\"", "a", "b\"c.pdf"),
      ("name=\"a\"; filename=\"b\\\"c.pdf\"", "a", "b\"c.pdf"),
      ("name=\"a%0D%0Ab\"", "a\r\nb", nil), ("name=\"a%20%\"", "a%20%", nil),
      ("name=\"é\"; filename=\"Größe.pdf\"", "é", "Größe.pdf"), ("name=a", "a", nil),
      ("name=\"a;b\"", "a;b", nil), ("filename*=UTF-8''x; name=\"a\"", "a", nil),
      ("name=\"\"", "", nil),
    ] as [(String, String, String?)])
  func names(_ parameters: String, name: String, fileName: String?) {
    let body = bytes("--b\r\nContent-Disposition: form-data; \(parameters)\r\n\r\n\r\n--b--")
    guard case .parts(let parts) = form(body) else {
      Issue.record("refused")
      return
    }
    #expect(parts.map(\.name) == [name])
    #expect(parts.first?.fileName == fileName)
  }

  @Test(
    arguments: [
      Case(
        "2046 §5.1.1: no end", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nc", .unfinished
      ),
      Case(
        "2046 §5.1.1: no closing delimiter",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nc\r\n--b\r\n",
        .unfinished),
      Case("2046 §5.1.1: half of the closing delimiter", text("c").dropLast() + "", .unfinished),
      Case("nothing", "", .unfinished),
      Case("no delimiter", "hello", .unfinished),
      Case("2046 §5.1.1: more behind a boundary", "--bc\r\n", .malformedDelimiter(part: 0)),
      Case("2046 §5.1.1: LF behind a boundary", "--b\n", .malformedDelimiter(part: 0)),
      Case("2046 §5.1.1: one dash behind a boundary", "--b-\r\n", .malformedDelimiter(part: 0)),
      Case("7578 §4.2: no head", "--b\r\n\r\nc\r\n--b--", .malformedPartHead(part: 1)),
      Case(
        "7578 §4.2: no disposition", "--b\r\nContent-Type: text/plain\r\n\r\nc\r\n--b--",
        .malformedPartHead(part: 1)),
      Case(
        "7578 §4.2: no name", "--b\r\nContent-Disposition: form-data\r\n\r\nc\r\n--b--",
        .malformedPartHead(part: 1)),
      Case(
        "7578 §4.2: two names", "--b\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nc",
        .malformedPartHead(part: 1)),
      Case(
        "7578 §4.2: two dispositions",
        "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n",
        .malformedPartHead(part: 1)),
      Case(
        "7578 §4.2: another disposition", "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n",
        .malformedPartHead(part: 1)),
      Case(
        "7578 §4.2: quotes without end", "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\n",
        .malformedPartHead(part: 1)),
      Case(
        "7578 §4.7: an encoding",
        "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        .malformedPartHead(part: 1)),
      Case(
        "LF in a head", "--b\r\nContent-Disposition: form-data; name=a\nX: y\r\n\r\n",
        .malformedPartHead(part: 1)),
      Case(
        "NUL in a head", "--b\r\nContent-Disposition: form-data; name=\"a\0\"\r\n\r\n",
        .malformedPartHead(part: 1)),
      Case(
        "a space before the colon", "--b\r\nContent-Disposition : form-data; name=a\r\n\r\n",
        .malformedPartHead(part: 1)),
      Case(
        "a head without end", "--b\r\nX: " + String(repeating: "a", count: 9_000),
        .partHeadTooLong(part: 1, limit: 8_192)),
    ] as [Case<MultipartError>])
  func refuses(_ body: Case<MultipartError>) {
    let message = bytes(body.text)
    #expect(form(message) == .refused(body.expected))
    #expect(form(message, cuts: Array(0...message.count)) == .refused(body.expected))
  }

  @Test("The count of parts is bounded")
  func limit() {
    let part = "\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\nc"
    let message = bytes(String(repeating: part, count: 101) + "\r\n--b--")
    #expect(form(message) == .refused(.tooManyParts(limit: 100)))
    guard case .parts(let parts) = form(message, limits: .init(parts: 101)) else {
      Issue.record("refused")
      return
    }
    #expect(parts.count == 101)
  }

  @Test(
    "A boundary is 1 to 70 bchars (RFC 2046 §5.1.1)",
    arguments: [
      ("multipart/form-data; boundary=b", true), ("Multipart/Form-Data; Boundary=\"b c\"", true),
      ("multipart/form-data; boundary=" + String(repeating: "b", count: 70), true),
      ("multipart/form-data; boundary=" + String(repeating: "b", count: 71), false),
      ("multipart/form-data; boundary=\"\"", false),
      ("multipart/form-data; boundary=\"b \"", false),
      ("multipart/form-data; boundary=\"b\\\"\"", false),
      ("multipart/form-data; boundary=\"\u{E9}\"", false),
      ("multipart/form-data", false), ("multipart/mixed; boundary=b", false), ("", false),
    ])
  func boundary(_ type: String, isGood: Bool) {
    if isGood {
      #expect(throws: Never.self) { try MultipartReader(contentType: type) }
    } else {
      #expect(throws: MultipartError.noBoundary) { try MultipartReader(contentType: type) }
    }
  }

  @Test("Mutated forms are the same whole and in pieces", arguments: 0..<UInt64(20))
  func mutated(seed: UInt64) {
    var dice = Dice(seed: seed)
    for _ in 0..<100 {
      let message = MutationTests.mutated(
        bytes(Self.good.randomElement(using: &dice)?.text ?? ""), &dice)
      let cut = Int.random(in: 0...message.count, using: &dice)
      let whole = form(message)
      #expect(form(message, cuts: [cut]) == whole, "\(message) cut at \(cut)")
      #expect(form(message, cuts: Array(0...message.count)) == whole, "\(message)")
    }
  }
}
