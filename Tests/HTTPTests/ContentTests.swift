import HTTP
import Testing

/// What became of content that arrived in pieces.
enum Decoded: Equatable {
  case incomplete([UInt8])
  /// Content, and the bytes behind it.
  case content([UInt8], rest: [UInt8])
  case refused(ContentError)
}

/// Decodes content of which each piece ends at a cut.
func decoded(
  _ message: [UInt8], as framing: ContentFraming = .chunked, cuts: [Int] = [],
  limit: Int = 1_000_000
) -> Decoded {
  var decoder = ContentDecoder(framing, limit: limit)
  var content: [UInt8] = []
  var start = 0
  for cut in cuts + [message.count] {
    var position = 0
    let piece = message.span.extracting(start..<cut)
    reading: while true {
      do throws(ContentError) {
        switch try decoder.next(piece, at: &position) {
        case .needsMore: break reading
        case .content(let range):
          content += message[start + range.lowerBound..<start + range.upperBound]
        case .end: return .content(content, rest: Array(message[(start + position)...]))
        }
      } catch {
        return .refused(error)
      }
    }
    start = cut
  }
  return .incomplete(content)
}

@Suite("The chunked coding is decoded strictly (RFC 9112 §7.1)")
struct ChunkedTests {
  static let good: [Case<String>] = [
    Case("7.1: no content", "0\r\n\r\n", ""),
    Case("7.1: one chunk", "5\r\nhello\r\n0\r\n\r\n", "hello"),
    Case("7.1: several", "1\r\na\r\n2\r\nbc\r\n3\r\ndef\r\n0\r\n\r\n", "abcdef"),
    Case(
      "7.1: digits in both cases", "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n",
      "01234567890123456789"),
    Case("7.1: zeros before", "0005\r\nhello\r\n000\r\n\r\n", "hello"),
    Case("7.1: CRLF in content", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n"),
    Case("7.1.1: an extension", "5;a=b\r\nhello\r\n0\r\n\r\n", "hello"),
    Case("7.1.1: an extension without a value", "5;a\r\nhello\r\n0;b\r\n\r\n", "hello"),
    Case("7.1.1: several", "5;a;b=c;d=\"e\"\r\nhello\r\n0\r\n\r\n", "hello"),
    Case("7.1.1: quoted", "5;a=\"b;\\\"\\\\ c\"\r\nhello\r\n0\r\n\r\n", "hello"),
    Case("7.1.1: bad white space", "5 \t; a \t= \tb ; c\r\nhello\r\n0\r\n\r\n", "hello"),
    Case("7.1.2: a trailer", "5\r\nhello\r\n0\r\nX: y\r\n\r\n", "hello"),
    Case("7.1.2: several lines", "1\r\na\r\n0\r\nX: y\r\nZ:\r\nZ: \t\u{E9}\r\n\r\n", "a"),
    Case(
      "7.1.2: framing in a trailer is no framing", "1\r\na\r\n0\r\nContent-Length: 9\r\n\r\n", "a"),
  ]

  @Test(arguments: good)
  func reads(_ content: Case<String>) {
    let next = "GET / HTTP/1.1\r\n"
    let message = bytes(content.text + next)
    let expected = Decoded.content(bytes(content.expected), rest: bytes(next))
    #expect(decoded(message) == expected)
    for cut in 0...message.count {
      guard case .content(let found, let rest) = decoded(message, cuts: [cut]) else {
        Issue.record("refused, cut at \(cut)")
        continue
      }
      #expect(found == bytes(content.expected), "cut at \(cut)")
      // What is behind the end in the same piece is the next message's.
      #expect(rest == bytes(next))
    }
    for count in 0..<content.text.utf8.count {
      guard case .incomplete = decoded(Array(message[..<count])) else {
        Issue.record("not incomplete at \(count)")
        continue
      }
    }
  }

  static let refused: [Case<ContentError>] = [
    Case("7.1: no size", "\r\nhello\r\n0\r\n\r\n", .malformedChunkSize),
    Case("7.1: no digit", "g\r\nhello", .malformedChunkSize),
    Case("7.1: a prefix", "0x5\r\nhello", .malformedChunkSize),
    Case("7.1: a sign", "+5\r\nhello", .malformedChunkSize),
    Case("7.1: negative", "-1\r\nhello", .malformedChunkSize),
    Case("7.1: white space before", " 5\r\nhello", .malformedChunkSize),
    Case("7.1: an underscore", "1_0\r\nhello", .malformedChunkSize),
    Case("7.1: a comma", "5,5\r\nhello", .malformedChunkSize),
    Case("7.1: NUL", "5\0\r\nhello", .malformedChunkSize),
    Case("7.1: white space behind", "5 \r\nhello", .malformedChunkExtension),
    Case("7.1: beyond 64 bits", "10000000000000000\r\n", .chunkTooLarge),
    Case("7.1: 2 to the 64th less 1", "ffffffffffffffff\r\n", .chunkTooLarge),
    Case("7.1: 2 to the 63rd", "8000000000000000\r\n", .chunkTooLarge),
    Case("7.1: that becomes 5 in 64 bits", "10000000000000005\r\nhello", .chunkTooLarge),
    Case("7.1: zeros without end", "00000000000000000\r\n", .chunkTooLarge),
    Case("2.2: LF behind the size", "5\nhello\r\n0\r\n\r\n", .malformedChunkEnd),
    Case("2.2: CR behind the size", "5\rhello\r\n0\r\n\r\n", .malformedChunkEnd),
    Case("2.2: LF behind the content", "5\r\nhello\n0\r\n\r\n", .malformedChunkEnd),
    Case("2.2: CR behind the content", "5\r\nhello\r0\r\n\r\n", .malformedChunkEnd),
    Case("7.1: more content than its size", "5\r\nhello!\r\n0\r\n\r\n", .malformedChunkEnd),
    Case("7.1: less content than its size", "6\r\nhello\r\n0\r\n\r\n", .malformedChunkEnd),
    Case("7.1.1: no name", "5;\r\nhello", .malformedChunkExtension),
    Case("7.1.1: no name before =", "5;=b\r\nhello", .malformedChunkExtension),
    Case("7.1.1: no value", "5;a=\r\nhello", .malformedChunkExtension),
    Case("7.1.1: white space at the end", "5;a \r\nhello", .malformedChunkExtension),
    Case("7.1.1: two values", "5;a=b c\r\nhello", .malformedChunkExtension),
    Case("7.1.1: a name in quotes", "5;\"a\"\r\nhello", .malformedChunkExtension),
    Case("7.1.1: more behind quotes", "5;a=\"b\"c\r\nhello", .malformedChunkExtension),
    Case("7.1.1: quotes without end", "5;a=\"b\r\nhello", .malformedChunkExtension),
    Case("7.1.1: an escaped CR", "5;a=\"\\\r\n\"\r\nhello", .malformedChunkExtension),
    Case("2.2: LF in quotes", "5;a=\"b\nc\"\r\nhello", .malformedChunkEnd),
    Case("2.2: LF behind an extension", "5;a\nhello\r\n0\r\n\r\n", .malformedChunkEnd),
    Case("2.2: CR in an extension", "5;a\rb\r\nhello\r\n0\r\n\r\n", .malformedChunkEnd),
    Case("7.1.1: NUL in an extension", "5;a\0\r\nhello", .malformedChunkExtension),
    Case(
      "7.1.1: an extension without end", "5;" + String(repeating: "a", count: 20_000),
      .chunkExtensionsTooLong(limit: 16_384)),
    Case(
      "7.1.1: extensions without end", String(repeating: "1;abcdefgh\r\na\r\n", count: 3_000),
      .chunkExtensionsTooLong(limit: 16_384)),
    Case("7.1.2: no colon", "0\r\nX\r\n\r\n", .malformedTrailer),
    Case("7.1.2: no name", "0\r\n: y\r\n\r\n", .malformedTrailer),
    Case("7.1.2: a space before the colon", "0\r\nX : y\r\n\r\n", .malformedTrailer),
    Case("7.1.2: folded", "0\r\nX: y\r\n z\r\n\r\n", .malformedTrailer),
    Case("7.1.2: NUL", "0\r\nX: \0\r\n\r\n", .malformedTrailer),
    Case("2.2: LF behind the last chunk", "0\n\r\n", .malformedChunkEnd),
    Case("2.2: LF behind a trailer line", "0\r\nX: y\n\r\n", .malformedChunkEnd),
    Case("2.2: LF as the empty line", "0\r\n\n", .malformedChunkEnd),
    Case("2.2: CR as the empty line", "0\r\n\rX", .malformedChunkEnd),
    Case(
      "7.1.2: a trailer without end", "0\r\n" + String(repeating: "X: y\r\n", count: 2_000),
      .trailerTooLong(limit: 8_192)),
  ]

  @Test(arguments: refused)
  func refuses(_ content: Case<ContentError>) {
    let message = bytes(content.text)
    #expect(decoded(message) == .refused(content.expected))
    #expect(decoded(message, cuts: Array(0...message.count)) == .refused(content.expected))
  }

  @Test("The content limit holds for any chunks")
  func limit() {
    let message = bytes("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n")
    #expect(decoded(message, limit: 10) == .content(bytes("helloworld"), rest: []))
    #expect(decoded(message, limit: 9) == .refused(.tooLarge(limit: 9)))
    #expect(
      decoded(bytes("7fffffffffffffff\r\nabc"), limit: 3) == .incomplete(bytes("abc")))
  }
}

@Suite("Content of a known length is counted (RFC 9112 §6.2)")
struct LengthTests {
  @Test func reads() {
    let message = bytes("helloGET /")
    for cut in 0...message.count {
      #expect(
        decoded(message, as: .length(5), cuts: [cut])
          == .content(bytes("hello"), rest: bytes("GET /")))
    }
    #expect(decoded(bytes("hell"), as: .length(5)) == .incomplete(bytes("hell")))
    #expect(decoded(bytes("x"), as: .none) == .content([], rest: bytes("x")))
  }

  @Test("More than the limit is refused before any of it is read")
  func limit() {
    #expect(decoded([], as: .length(5), limit: 4) == .refused(.tooLarge(limit: 4)))
    #expect(
      decoded(bytes("hello"), as: .length(5), limit: 5) == .content(bytes("hello"), rest: []))
    #expect(decoded([], as: .length(.max - 1), limit: 1) == .refused(.tooLarge(limit: 1)))
    #expect(ContentError.tooLarge(limit: 1).status == .contentTooLarge)
    #expect(ContentError.malformedChunkSize.status == .badRequest)
  }
}
