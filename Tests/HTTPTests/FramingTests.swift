import HTTP
import Testing

@Suite("Ambiguous message framing is refused (RFC 9112 §6)")
struct FramingTests {
  @Test(
    arguments: [
      Case("9110 §8.6: empty", "Content-Length:", .malformedContentLength),
      Case("9110 §8.6: a sign", "Content-Length: +5", .malformedContentLength),
      Case("9110 §8.6: negative", "Content-Length: -1", .malformedContentLength),
      Case("9110 §8.6: a fraction", "Content-Length: 5.0", .malformedContentLength),
      Case("9110 §8.6: hexadecimal", "Content-Length: 0x5", .malformedContentLength),
      Case("9110 §8.6: a letter", "Content-Length: 5a", .malformedContentLength),
      Case("9110 §8.6: white space inside", "Content-Length: 5 5", .malformedContentLength),
      Case("9110 §8.6: a parameter", "Content-Length: 5;a", .malformedContentLength),
      Case("9110 §8.6: an underscore", "Content-Length: 1_0", .malformedContentLength),
      Case("9110 §8.6: quotes", "Content-Length: \"5\"", .malformedContentLength),
      Case("9110 §8.6: digits beyond ASCII", "Content-Length: \u{FF15}", .malformedContentLength),
      Case("9112 §6.3: a list", "Content-Length: 5, 6", .repeatedContentLength),
      Case("9110 §8.6: a list of equals", "Content-Length: 5, 5", .repeatedContentLength),
      Case("9112 §6.3: two", "Content-Length: 5\r\nContent-Length: 6", .repeatedContentLength),
      Case(
        "9110 §8.6: two equals", "Content-Length: 5\r\ncontent-length: 5", .repeatedContentLength),
      Case(
        "9110 §8.6: beyond 64 bits", "Content-Length: 99999999999999999999",
        .contentLengthTooLarge),
      Case(
        "9110 §8.6: 2 to the 63rd", "Content-Length: 9223372036854775808", .contentLengthTooLarge),
      Case(
        "9110 §8.6: 2 to the 64th and 5", "Content-Length: 18446744073709551621",
        .contentLengthTooLarge),
      Case(
        "9112 §6.1: both", "Content-Length: 5\r\nTransfer-Encoding: chunked",
        .lengthAndTransferCoding),
      Case(
        "9112 §6.1: both the other way", "Transfer-Encoding: chunked\r\nContent-Length: 5",
        .lengthAndTransferCoding),
      Case(
        "9112 §6.1: both, the coding unknown", "Transfer-Encoding: x\r\nContent-Length: 5",
        .lengthAndTransferCoding),
      Case(
        "9112 §6.1: both, the length bad", "Transfer-Encoding: chunked\r\nContent-Length: x",
        .lengthAndTransferCoding),
      Case("9112 §6.3: not chunked at last", "Transfer-Encoding: gzip", .malformedTransferCoding),
      Case(
        "9112 §6.3: chunked and then another", "Transfer-Encoding: chunked, gzip",
        .malformedTransferCoding),
      Case(
        "9112 §6.3: chunked and then another line",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", .malformedTransferCoding),
      Case(
        "9112 §6.1: chunked twice", "Transfer-Encoding: chunked, chunked",
        .malformedTransferCoding),
      Case(
        "9112 §6.1: chunked in two lines",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        .malformedTransferCoding),
      Case(
        "9112 §6.1: another before chunked", "Transfer-Encoding: gzip, chunked",
        .unknownTransferCoding),
      Case(
        "9112 §6.1: another line before chunked",
        "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", .unknownTransferCoding),
      Case("9112 §7: identity is none", "Transfer-Encoding: identity", .malformedTransferCoding),
      Case("9112 §6.1: empty", "Transfer-Encoding:", .malformedTransferCoding),
      Case("9112 §6.1: empty members", "Transfer-Encoding: , chunked", .malformedTransferCoding),
      Case(
        "9112 §6.1: an empty member behind", "Transfer-Encoding: chunked,", .malformedTransferCoding
      ),
      Case("9112 §7.1: a parameter", "Transfer-Encoding: chunked;a=b", .malformedTransferCoding),
      Case("9112 §6.1: quotes", "Transfer-Encoding: \"chunked\"", .malformedTransferCoding),
      Case("9112 §6.1: a longer name", "Transfer-Encoding: xchunked", .malformedTransferCoding),
      Case("9112 §6.1: a name in two", "Transfer-Encoding: chun ked", .malformedTransferCoding),
    ] as [Case<HeadError>])
  func refuses(_ fields: Case<HeadError>) {
    #expect(
      parsed("POST / HTTP/1.1\r\nHost: a\r\n\(fields.text)\r\n\r\n") == .refused(fields.expected))
  }

  @Test("A transfer coding in HTTP/1.0 is refused (RFC 9112 §6.1)")
  func transferCodingInHTTP10() {
    #expect(
      parsed("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")
        == .refused(.transferCodingBeforeHTTP11))
  }

  @Test(
    arguments: [
      Case("9112 §6.3: neither", "X: y", .none),
      Case("9112 §6.3: a length", "Content-Length: 5", .length(5)),
      Case("9112 §6.3: a length of 0", "Content-Length: 0", .none),
      Case("9110 §8.6: zeros before", "Content-Length: 0005", .length(5)),
      Case(
        "9110 §8.6: 2 to the 63rd less 2", "Content-Length: 9223372036854775806",
        .length(Int.max - 1)),
      Case("9112 §7.1: chunked", "Transfer-Encoding: chunked", .chunked),
      Case("9112 §7: chunked without regard to case", "transfer-encoding: CHUNKED", .chunked),
      Case("9112 §6.1: white space around", "Transfer-Encoding: \t chunked \t", .chunked),
      Case("a name that is only alike", "Content_Length: 5\r\nTransfer_Encoding: chunked", .none),
    ] as [Case<ContentFraming>])
  func reads(_ fields: Case<ContentFraming>) {
    #expect(
      summary("POST / HTTP/1.1\r\nHost: a\r\n\(fields.text)\r\n\r\n")?.framing == fields.expected)
  }
}

@Suite("Connection options of both sides are respected (RFC 9112 §9.3, RFC 9110 §10.1.1)")
struct ConnectionTests {
  @Test(
    arguments: [
      Case("9112 §9.3: HTTP/1.1", "1.1\r\nX: y", true),
      Case("9112 §9.6: close", "1.1\r\nConnection: close", false),
      Case("9110 §7.6.1: options have no case", "1.1\r\nConnection: Close", false),
      Case("9110 §7.6.1: in a list", "1.1\r\nConnection: upgrade, close", false),
      Case("9110 §7.6.1: in a second line", "1.1\r\nConnection: a\r\nConnection: close", false),
      Case("9112 §9.3: close before keep-alive", "1.1\r\nConnection: keep-alive, close", false),
      Case("9110 §7.6.1: a name that is only alike", "1.1\r\nConnection: closed", true),
      Case("9112 §9.3: HTTP/1.0", "1.0\r\nX: y", false),
      Case("9112 §9.3: HTTP/1.0 with keep-alive", "1.0\r\nConnection: Keep-Alive", true),
      Case("9112 §9.3: HTTP/1.0 with both", "1.0\r\nConnection: close, keep-alive", false),
      Case("9110 §2.5: HTTP/1.2 is read as HTTP/1.1", "1.2\r\nX: y", true),
    ] as [Case<Bool>])
  func keepsAlive(_ head: Case<Bool>) {
    #expect(summary("GET / HTTP/\(head.text)\r\nHost: a\r\n\r\n")?.keepsAlive == head.expected)
  }

  @Test(
    arguments: [
      Case("10.1.1: with a length", "1.1\r\nExpect: 100-continue\r\nContent-Length: 5", true),
      Case("10.1.1: chunked", "1.1\r\nExpect: 100-Continue\r\nTransfer-Encoding: chunked", true),
      Case("10.1.1: without content", "1.1\r\nExpect: 100-continue", false),
      Case("10.1.1: in HTTP/1.0", "1.0\r\nExpect: 100-continue\r\nContent-Length: 5", false),
      Case("10.1.1: another in HTTP/1.0", "1.0\r\nExpect: tea\r\nContent-Length: 5", false),
      Case("10.1.1: none", "1.1\r\nContent-Length: 5", false),
    ] as [Case<Bool>])
  func expectsContinue(_ head: Case<Bool>) {
    let read = summary("POST / HTTP/\(head.text)\r\nHost: a\r\n\r\n")
    #expect(read?.expectsContinue == head.expected)
  }

  @Test(
    "Another expectation is answered with 417",
    arguments: [
      "tea", "100-continue, tea", "tea, 100-continue", "100-continue\r\nExpect: tea",
      "100-continue=a", "\"100-continue\"",
    ])
  func expectation(_ value: String) {
    #expect(
      parsed("POST / HTTP/1.1\r\nHost: a\r\nExpect: \(value)\r\nContent-Length: 1\r\n\r\n")
        == .refused(.unknownExpectation))
  }
}
