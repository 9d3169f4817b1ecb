import HTTP
import Testing

@Suite("A request head has limits with distinct errors (RFC 9112 §3, RFC 6585 §5)")
struct LimitTests {
  static let limits = RequestParser.Limits(targetBytes: 100, headBytes: 500, fieldLines: 5)

  /// A message with a target of so many bytes, so many more field lines, and padding.
  static func message(target: Int = 1, lines: Int = 0, padding: Int = 0) -> [UInt8] {
    bytes(
      "GET /\(String(repeating: "a", count: target - 1)) HTTP/1.1\r\nHost: a\r\n"
        + String(repeating: "X: y\r\n", count: lines)
        + (padding > 0 ? "P: \(String(repeating: "p", count: padding))\r\n" : "") + "\r\n")
  }

  /// Without padding, but for the line's own bytes.
  static let padded = message().count + "P: \r\n".utf8.count

  @Test(
    "The target", arguments: [(100, nil), (101, .targetTooLong(limit: 100))] as [(Int, HeadError?)])
  func target(bytes: Int, isRefusedAs error: HeadError?) {
    check(Self.message(target: bytes), error)
  }

  @Test(
    "The field lines", arguments: [(4, nil), (5, .tooManyFields(limit: 5))] as [(Int, HeadError?)])
  func lines(count: Int, isRefusedAs error: HeadError?) {
    check(Self.message(lines: count), error)
  }

  @Test(
    "The whole head",
    arguments: [
      (500, nil), (501, .headTooLong(limit: 500)), (499, nil), (700, .headTooLong(limit: 500)),
    ]
      as [(Int, HeadError?)])
  func head(bytes: Int, isRefusedAs error: HeadError?) {
    let message = Self.message(padding: bytes - Self.padded)
    #expect(message.count == bytes)
    check(message, error)
  }

  private func check(_ message: [UInt8], _ error: HeadError?) {
    for cuts in [[], Array(1..<message.count)] {
      let result = parsed(message, cuts: cuts, limits: Self.limits)
      if let error {
        #expect(result == .refused(error))
      } else {
        guard case .head = result else {
          Issue.record("\(result)")
          continue
        }
      }
    }
  }

  @Test(
    "What cannot become a head any more is refused before it ends",
    arguments: [
      ("GET /" + String(repeating: "a", count: 120), .targetTooLong(limit: 100)),
      (String(repeating: "A", count: 33), .unknownMethod(String(repeating: "A", count: 32))),
      ("GET / HTTP/1.1\r\nX: " + String(repeating: "a", count: 500), .headTooLong(limit: 500)),
      ("GET / HTTP/1.1\r\n" + String(repeating: "a", count: 500), .headTooLong(limit: 500)),
      ("GET / HTTP/1.1\r\n" + String(repeating: "a:\r\n", count: 6), .tooManyFields(limit: 5)),
      ("GET /a\u{01}", .malformedRequestLine),
      ("GET / HTTP/1.1\r\nX\u{01}", .malformedField(line: 1)),
      ("GET / HTTP/1.1\r\n ", .foldedField(line: 1)), ("GET / HTTP/1.1\n", .malformedLineEnd),
      ("GET / HTTX", .malformedRequestLine),
    ] as [(String, HeadError)])
  func early(_ text: String, isRefusedAs error: HeadError) {
    #expect(parsed(text, limits: Self.limits) == .refused(error))
  }

  @Test("The limits of the server: 8 KiB, 16 KiB and 100 lines")
  func initial() {
    func parse(_ target: Int, _ lines: Int, _ padding: Int) -> Parsed {
      parsed(Self.message(target: target, lines: lines, padding: padding))
    }
    #expect(parse(8_193, 0, 0) == .refused(.targetTooLong(limit: 8_192)))
    #expect(parse(1, 100, 0) == .refused(.tooManyFields(limit: 100)))
    #expect(parse(1, 0, 16_385 - Self.padded) == .refused(.headTooLong(limit: 16_384)))
    guard case .head = parse(8_192, 98, 7_000) else {
      Issue.record("a head within the limits is refused")
      return
    }
  }

  @Test("Limits are capped at what positions can hold")
  func odd() {
    let large = RequestParser.Limits(targetBytes: .max, headBytes: .max, fieldLines: .max)
    #expect(large.headBytes == 65_535 && large.fieldLines == 254)
    let message = Self.message(target: 60_000, lines: 200)
    guard case .head(let summary) = parsed(message, limits: large) else {
      Issue.record("refused")
      return
    }
    #expect(summary.fields.count == 201)
    let small = RequestParser.Limits(targetBytes: -1, headBytes: .min, fieldLines: 0)
    #expect(parsed("GET / HTTP/1.0\r\n\r\n", limits: small) != .incomplete)
  }

  @Test("Each error has its status")
  func status() {
    #expect(HeadError.targetTooLong(limit: 1).status == .uriTooLong)
    #expect(HeadError.headTooLong(limit: 1).status == .requestHeaderFieldsTooLarge)
    #expect(HeadError.tooManyFields(limit: 1).status == .requestHeaderFieldsTooLarge)
    #expect(HeadError.unknownMethod("X").status == .notImplemented)
    #expect(HeadError.unknownTransferCoding.status == .notImplemented)
    #expect(HeadError.unsupportedVersion(major: 2, minor: 0).status == .httpVersionNotSupported)
    #expect(HeadError.unknownExpectation.status == .expectationFailed)
    #expect(HeadError.contentLengthTooLarge.status == .contentTooLarge)
    #expect(HeadError.missingHost.status == .badRequest)
  }
}
