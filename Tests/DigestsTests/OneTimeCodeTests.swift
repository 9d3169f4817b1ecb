import Digests
import Testing

@Suite("One-time codes are those of RFC 4226 and RFC 6238")
struct OneTimeCodeTests {
  /// The secret of both RFCs for SHA-1.
  private let secret = Array("12345678901234567890".utf8)

  @Test(
    "HMAC-SHA-1 (RFC 2202), and a message that ends where its padding needs another block",
    arguments: [
      (Array(repeating: 0x0B, count: 20), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
      ),
      (
        Array(repeating: 0xAA, count: 80), "Test Using Larger Than Block-Size Key - Hash Key First",
        "aa4ae5e15272d00e95705637ce8a3b55ed402112"
      ),
      (
        Array(repeating: 0xAA, count: 80),
        "Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data",
        "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"
      ),
      ([], String(repeating: "a", count: 55), "a663e992c5347dc144e4a43ac73acb116b16aedc"),
      ([], String(repeating: "a", count: 56), "6f5321326c9989d7a1cb0a07106ee6164ee68cb2"),
    ] as [([UInt8], String, String)])
  func keyed(_ key: [UInt8], _ text: String, _ expected: String) {
    #expect(hmacSHA1(Array(text.utf8), key: key).hexadecimal == expected)
  }

  @Test(
    "RFC 4226, appendix D",
    arguments: zip(
      0..<10,
      [
        "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
        "520489",
      ]))
  func counted(_ counter: Int, _ expected: String) {
    #expect(OneTimeCode.code(secret: secret, counter: UInt64(counter)) == expected)
  }

  @Test(
    "RFC 6238, appendix B; six digits are the last ones of eight",
    arguments: [
      (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
      (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ] as [(Int64, String)])
  func timed(_ seconds: Int64, _ expected: String) {
    let step = OneTimeCode.step(secondsSince1970: seconds)
    #expect(OneTimeCode.code(secret: secret, counter: step, digits: 8) == expected)
    #expect(OneTimeCode.code(secret: secret, counter: step) == String(expected.suffix(6)))
  }

  @Test(
    "A code is accepted one step early or late, once",
    arguments: [
      (-31, nil, false), (-30, nil, true), (-1, nil, true), (0, nil, true), (29, nil, true),
      (30, nil, true), (59, nil, true), (60, nil, false),
      (0, 99, true), (0, 100, false), (30, 101, false), (-30, 100, false),
    ] as [(Int64, UInt64?, Bool)])
  func window(_ late: Int64, _ last: UInt64?, _ isAccepted: Bool) {
    let code = OneTimeCode.code(secret: secret, counter: 100)
    // Step 100 is shown from second 3000 on.
    let step = OneTimeCode.acceptedStep(
      of: code, secret: secret, secondsSince1970: 3000 + late, after: last)
    #expect((step == 100) == isAccepted)
  }

  @Test(arguments: ["", "28708", "2870820", "28708x", "287 82", "２８７０８２"])
  func whatIsNoCodeIsRefused(_ typed: String) {
    #expect(
      OneTimeCode.acceptedStep(of: typed, secret: secret, secondsSince1970: 59, after: nil) == nil)
  }

  @Test(
    "RFC 4648 §10",
    arguments: [
      ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
      ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
  func base32(_ text: String, _ expected: String) {
    #expect(Base32.encode(Array(text.utf8)) == expected)
  }
}
