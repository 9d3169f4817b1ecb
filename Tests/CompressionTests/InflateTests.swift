import Compression
import Testing

/// Words that compress, but not to nothing.
private let prose = Array(
  String(repeating: "The strait is narrow, the tankers are wide. ", count: 400).utf8)

private func inflated(_ octets: [UInt8], limit: Int) -> Inflated {
  Inflated(octets.span, limit: limit)
}

private func salvaged(_ octets: [UInt8], limit: Int) -> Inflated {
  Inflated(salvaging: octets.span, limit: limit)
}

@Suite("What is compressed comes back as it was")
struct RoundTripTests {
  private static let samples: [[UInt8]] = [
    [], [0], Array("Korea".utf8), prose, (0..<300_000).map { UInt8(truncatingIfNeeded: $0 * $0) },
  ]

  @Test(arguments: samples, [-3, 0, 1, 6, 9, 40])
  func zlib(_ octets: [UInt8], level: Int) throws {
    #expect(try inflate(deflate(octets, level: level), limit: octets.count) == octets)
  }

  @Test(arguments: samples)
  func gzipDetected(_ octets: [UInt8]) {
    let member = gzip(octets, level: 9)
    let inflated = Inflated(member.span, limit: octets.count)
    #expect(inflated.octets == octets)
    #expect(inflated.octetsRead == member.count)
    #expect(inflated.error == nil)
  }

  @Test func gzipHeaderHasNoTime() {
    #expect(Array(gzip([1, 2, 3], level: 6).prefix(8)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
  }

  @Test func rawDeflateIsDetected() {
    // A zlib stream without its header and checksum.
    let raw = Array(deflate(prose).dropFirst(2).dropLast(4))
    #expect(inflated(raw, limit: 1 << 20).octets == prose)
  }

  @Test("Octets arrive one by one", arguments: [CompressedFormat.detected, .gzip])
  func piecemeal(_ format: CompressedFormat) throws {
    var inflater = Inflater(format: format, limit: 1 << 20)
    var output: [UInt8] = []
    for octet in gzip(prose) + gzip([7, 7]) {
      let used = try inflater.inflate([octet].span, into: &output)
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

@Suite("Damage is named, and what stood before it is kept")
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
      #expect(prose.starts(with: cut.octets))
    }
  }

  @Test func wrongChecksum() {
    var stream = deflate(prose)
    stream[stream.count - 1] ^= 1
    #expect(throws: InflateError.wrongChecksum) { try inflate(stream, limit: 1 << 20) }
    #expect(inflated(stream, limit: 1 << 20).octets == prose)

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
    #expect(inflated.octets.count > 65535)
    #expect(noise.starts(with: inflated.octets))
  }

  @Test func aWrongHeaderIsPassedOver() {
    var stream = deflate(prose)
    stream[0] = 0x20
    stream[1] = 0x0D
    #expect(throws: InflateError.self) { try inflate(stream, limit: 1 << 20) }
    #expect(salvaged(stream, limit: 1 << 20).octets == prose)
  }

  @Test("Any octets whatever give an answer")
  func anything() {
    var random = SystemRandomNumberGenerator()
    for length in 0..<2000 {
      let octets = (0..<length % 97).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(salvaged(octets, limit: 5000).octets.count <= 5000)
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
    #expect(inflated.octets.count == limit)
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
    #expect(inflated.octets == prose + prose)
    switch (inflated.error, error) {
    case (.damaged(let offset), .damaged): #expect(offset >= members.count)
    case (let found, let expected): #expect(found == expected)
    }
  }
}
