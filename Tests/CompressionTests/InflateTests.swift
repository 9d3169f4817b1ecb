import Compression
import Testing

/// Words that compress, but not to nothing.
private let prose = Array(
  String(repeating: "The strait is narrow, the tankers are wide. ", count: 400).utf8)

private func inflated(_ bytes: [UInt8], limit: Int) -> Inflated {
  Inflated(bytes.span, limit: limit)
}

private func salvaged(_ bytes: [UInt8], limit: Int) -> Inflated {
  Inflated(salvaging: bytes.span, limit: limit)
}

@Suite("Deflated data inflates to the original")
struct RoundTripTests {
  private static let samples: [[UInt8]] = [
    [], [0], Array("Korea".utf8), prose, (0..<300_000).map { UInt8(truncatingIfNeeded: $0 * $0) },
  ]

  @Test(arguments: samples, [-3, 0, 1, 6, 9, 40])
  func zlib(_ bytes: [UInt8], level: Int) throws {
    #expect(try inflate(deflate(bytes, level: level), limit: bytes.count) == bytes)
  }

  @Test(arguments: samples)
  func gzipDetected(_ bytes: [UInt8]) {
    let member = gzip(bytes, level: 9)
    let inflated = Inflated(member.span, limit: bytes.count)
    #expect(inflated.bytes == bytes)
    #expect(inflated.bytesRead == member.count)
    #expect(inflated.error == nil)
  }

  @Test func gzipHeaderHasNoTime() {
    #expect(Array(gzip([1, 2, 3], level: 6).prefix(8)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
  }

  @Test func rawDeflateIsDetected() {
    // A zlib stream without its header and checksum.
    let raw = Array(deflate(prose).dropFirst(2).dropLast(4))
    #expect(inflated(raw, limit: 1 << 20).bytes == prose)
  }

  @Test("Bytes arrive one by one", arguments: [CompressedFormat.detected, .gzip])
  func piecemeal(_ format: CompressedFormat) throws {
    var inflater = Inflater(format: format, limit: 1 << 20)
    var output: [UInt8] = []
    for byte in gzip(prose) + gzip([7, 7]) {
      let used = try inflater.inflate([byte].span, into: &output)
      #expect(used == 1)
    }
    try inflater.finish()
    #expect(output == prose + [7, 7])
    let isAtEnd = inflater.isAtEnd
    #expect(isAtEnd)
  }

  @Test func outputComesInBoundedSteps() throws {
    let bomb = gzip([UInt8](repeating: 0, count: 4 << 20))
    var inflater = Inflater(limit: .max)
    var total = 0
    var used = 0
    while !inflater.isAtEnd {
      var piece: [UInt8] = []
      used += try inflater.inflate(bomb.span.extracting(used...), into: &piece, most: 1000)
      let isAtEnd = inflater.isAtEnd
      try #require(!piece.isEmpty || isAtEnd)
      #expect(piece.count <= 1000)
      total += piece.count
    }
    #expect(total == 4 << 20)
  }
}

@Suite("Damage is reported, and data before it is kept")
struct DamageTests {
  @Test func emptyInputIsTruncated() {
    #expect(throws: InflateError.truncated) { try inflate([], limit: 10) }
    #expect(inflated([], limit: 10).error == .truncated)
  }

  @Test func everyTruncationIsSeen() {
    let whole = deflate(Array(prose.prefix(500)))
    for length in 0..<whole.count {
      let cut = Inflated(whole.span.extracting(..<length), limit: 1 << 20)
      #expect(cut.error == .truncated)
      #expect(prose.starts(with: cut.bytes))
    }
  }

  @Test func wrongChecksum() {
    var stream = deflate(prose)
    stream[stream.count - 1] ^= 1
    #expect(throws: InflateError.wrongChecksum) { try inflate(stream, limit: 1 << 20) }
    #expect(inflated(stream, limit: 1 << 20).bytes == prose)

    var member = gzip(prose)
    member[member.count - 1] ^= 1
    #expect(inflated(member, limit: 1 << 20).error == .wrongChecksum)
  }

  @Test func damageInTheMiddleLeavesTheBeginning() throws {
    let noise = (0..<200_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
    var stream = deflate(noise, level: 0)
    // The head of the third stored block, which then says an impossible length.
    let place = 2 + 2 * (5 + 65535)
    for offset in 0..<5 { stream[min(place + offset, stream.count - 1)] = 0xFF }
    let inflated = Inflated(stream.span, limit: 1 << 20)
    guard case .damaged(let offset) = inflated.error else {
      Issue.record("no damage seen: \(String(describing: inflated.error))")
      return
    }
    #expect(offset > 65535 && offset <= stream.count)
    #expect(inflated.bytes.count > 65535)
    #expect(noise.starts(with: inflated.bytes))
  }

  @Test func aWrongHeaderIsPassedOver() {
    var stream = deflate(prose)
    stream[0] = 0x20
    stream[1] = 0x0D
    #expect(throws: InflateError.self) { try inflate(stream, limit: 1 << 20) }
    #expect(salvaged(stream, limit: 1 << 20).bytes == prose)
  }

  @Test("No input crashes the inflater")
  func anything() {
    var random = SystemRandomNumberGenerator()
    for length in 0..<2000 {
      let bytes = (0..<length % 97).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(salvaged(bytes, limit: 5000).bytes.count <= 5000)
    }
  }
}

@Suite("No more is inflated than the caller allows")
struct LimitTests {
  private let bomb = deflate([UInt8](repeating: 65, count: 10 << 20), level: 9)

  @Test(arguments: [0, 1, 999, 32 * 1024, 32 * 1024 + 1, (10 << 20) - 1])
  func bombStopsAt(_ limit: Int) {
    let inflated = Inflated(bomb.span, limit: limit)
    #expect(inflated.error == .exceedsLimit(limit))
    #expect(inflated.bytes.count == limit)
  }

  @Test(arguments: [10 << 20, .max])
  func allowed(_ limit: Int) throws {
    #expect(try inflate(bomb, limit: limit).count == 10 << 20)
  }

  @Test func negativeLimitIsNone() {
    #expect(throws: InflateError.exceedsLimit(0)) { try inflate(bomb, limit: -5) }
  }

  @Test func nothingWithinALimitOfNothing() throws {
    #expect(try inflate(deflate([]), limit: 0).isEmpty)
  }
}

@Suite("A gzip file is all its members (RFC 1952 §2.2)")
struct MemberTests {
  @Test(
    arguments: [
      ([], nil),
      ([0, 0, 0], nil),
      ([0x1F], nil),
      ([0x1F, 0x00, 0x12], nil),
      ([0x1F, 0x8B, 0x09, 0x00], .damaged(offset: 0)),
      ([0x1F, 0x8B, 0x08], .truncated),
    ] as [([UInt8], InflateError?)])
  func after(_ trailer: [UInt8], error: InflateError?) {
    let members = gzip(prose) + gzip([]) + gzip(prose)
    let inflated = Inflated((members + trailer).span, format: .gzip, limit: 1 << 20)
    #expect(inflated.bytes == prose + prose)
    switch (inflated.error, error) {
    case (.damaged(let offset), .damaged): #expect(offset >= members.count)
    case (let found, let expected): #expect(found == expected)
    }
  }
}

@Suite("Damaged data are inflated before and after the damage")
struct SalvageTests {
  /// Lines that are all different, as text is.
  private static let lines = (0..<600).map { number in
    "(\(["Harbour", "Tanker", "Strait", "Ferry", "Quota"][number * number % 5]) \(number * 7919)) Tj\n"
  }
  private static let text = Array(lines.joined().utf8)

  /// How many of the lines of a part of the text are there.
  private func found(_ bytes: [UInt8], _ part: Range<Int>) -> Double {
    let all = Set(bytes.split(separator: 10).map { Array($0) })
    let present = Self.lines[part].count { all.contains(Array($0.utf8.dropLast())) }
    return Double(present) / Double(part.count)
  }

  @Test("A flipped byte damages only nearby data", arguments: [1, 6, 9])
  func flipped(_ level: Int) {
    let whole = deflate(Self.text, level: level)
    for part in [2, 3, 4, 5, 6] {
      var stream = whole
      let place = stream.count * part / 8
      stream[place] ^= 0x5A
      let result = salvaged(stream, limit: 1 << 20)
      #expect(result.error != nil)
      let first = 600 * (part - 1) / 8
      #expect(found(result.bytes, 0..<first) == 1, "\(part)")
      // Later references to what stands before the damage may be off by some bytes.
      #expect(abs(result.bytes.count - Self.text.count) < Self.text.count / 10, "\(part)")
    }
  }

  @Test func laterBlocksAreFoundBehindADamagedHeader() {
    let first = deflate(Array(Self.text.prefix(9000)))
    // A block header that is reserved in place of the first block's.
    var stream = Array(deflate(Self.text, level: 6))
    stream[2] |= 6
    _ = salvaged(stream, limit: 1 << 20)
    // Two blocks of which the first is damaged from its beginning.
    let second = Array(deflate(Array(Self.text.suffix(9000))).dropFirst(2))
    let broken = Array(first.prefix(2)) + [7] + [UInt8](repeating: 0xFF, count: 40) + second
    let result = salvaged(broken, limit: 1 << 20)
    #expect(result.bytes == Array(Self.text.suffix(9000)))
  }

  @Test func storedBlocksAreFound() {
    let noise = (0..<200_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
    var stream = deflate(noise, level: 0)
    let place = 2 + 5 + 65535
    let isBlock = stream[place] < 2 && stream[place + 1] ^ stream[place + 3] == 0xFF
    #expect(isBlock)
    for offset in 0..<5 { stream[place + offset] = 0xFF }
    let result = salvaged(stream, limit: 1 << 20)
    #expect(result.bytes.starts(with: noise.prefix(65535)))
    #expect(result.bytes.suffix(1000) == noise.suffix(1000))
  }

  @Test func aCutStreamHasItsBeginning() {
    let whole = deflate(Self.text)
    for length in stride(from: 0, to: whole.count, by: 97) {
      let result = salvaged(Array(whole.prefix(length)), limit: 1 << 20)
      #expect(Self.text.starts(with: result.bytes))
    }
  }

  @Test func aFlippedHeaderCostsNothing() {
    for bit in 0..<16 {
      var stream = deflate(Self.text)
      stream[bit / 8] ^= 1 << (bit % 8)
      #expect(salvaged(stream, limit: 1 << 20).bytes == Self.text, "\(bit)")
    }
  }

  @Test("Random damage neither crashes nor passes the limit")
  func random() {
    var random = SystemRandomNumberGenerator()
    let streams = [
      deflate(Array(Self.text.prefix(3000))), deflate(Array(Self.text.prefix(3000)), level: 0),
      deflate([UInt8](repeating: 9, count: 9000)), deflate([1, 2, 3]),
    ]
    for round in 0..<1500 {
      var stream = streams[round % streams.count]
      for _ in 0...round % 5 {
        let place = Int.random(in: 0..<stream.count, using: &random)
        switch round % 3 {
        case 0: stream[place] = UInt8.random(in: 0...255, using: &random)
        case 1 where stream.count > 8: stream.remove(at: place)
        default: stream.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
      }
      #expect(salvaged(stream, limit: 5000).bytes.count <= 5000)
    }
  }
}
