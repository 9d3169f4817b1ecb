import Archive
import Testing

@Suite("SHA-256 and HMAC give what FIPS 180-4 and RFC 4231 say")
struct SHA256Tests {
  @Test(
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func known(_ text: String, _ expected: String) {
    #expect(SHA256.hash(text).hexadecimal == expected)
  }

  @Test func piecesMakeTheSameHashAsTheWhole() {
    let octets = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for length in [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 1000] {
      let whole = Array(octets.prefix(length))
      for size in [1, 3, 63, 64, 65, 200] {
        var hash = SHA256()
        for start in stride(from: 0, to: length, by: size) {
          hash.update(Array(whole[start..<min(start + size, length)]))
        }
        #expect(hash.finish() == SHA256.hash(whole))
      }
    }
  }

  @Test(
    arguments: [
      (
        Array(repeating: 0x0B, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        Array(repeating: 0xAA, count: 131),
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ] as [([UInt8], String, String)])
  func keyed(_ key: [UInt8], _ text: String, _ expected: String) {
    #expect(hmacSHA256(Array(text.utf8), key: key).hexadecimal == expected)
  }
}
