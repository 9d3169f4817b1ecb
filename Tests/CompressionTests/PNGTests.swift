import Compression
import Testing

@Suite("PNG images are written and read (ISO/IEC 15948)")
struct PNGTests {
  @Test("Rows of all kinds are read as they were written", arguments: [false, true])
  func roundTrip(isThorough: Bool) throws {
    let samples = (0..<7 * 5 * 4).map { UInt8(truncatingIfNeeded: $0 * $0 * 7) }
    for (pixels, channels) in [(PNGWriter.Pixels.rgb, 3), (.rgba, 4), (.gray(bits: 8), 1)] {
      let writer = PNGWriter(width: 7, height: 5, pixels: pixels, isThorough: isThorough)
      let rows = Array(samples.prefix(writer.rowBytes * 5))
      let image = try #require(PNGImage(writer.file(rows), limit: 1000))
      #expect(image.width == 7 && image.height == 5)
      for y in 0..<5 {
        let expected = (0..<7).flatMap { x -> [UInt8] in
          let place = (y * 7 + x) * channels
          switch channels {
          case 1: return [rows[place], rows[place], rows[place], 255]
          case 3: return rows[place..<place + 3] + [255]
          default: return Array(rows[place..<place + 4])
          }
        }
        #expect(image.row(y) == expected)
      }
    }
  }

  @Test(
    "Samples of few bits are read",
    arguments: [(1, [0b1010_0000]), (2, [0b1100_1000]), (4, [0xF0, 0xA0])] as [(Int, [UInt8])])
  func fewBits(_ bits: Int, _ row: [UInt8]) throws {
    let colors: [UInt8] = (0..<1 << bits).flatMap { [UInt8($0), 0, 99] }
    let writer = PNGWriter(
      width: 3, height: 1, pixels: .indexed(bits: bits, colors: colors, opacities: [7]))
    let image = try #require(PNGImage(writer.file(row), limit: 100))
    let top = UInt8(1 << bits - 1)
    let third: UInt8 = bits == 1 ? 1 : bits == 2 ? 2 : 10
    #expect(
      image.row(0) == [top, 0, 99, 255, 0, 0, 99, 7, third, 0, 99, 255])
    let gray = PNGWriter(width: 3, height: 1, pixels: .gray(bits: bits)).file(row)
    #expect(PNGImage(gray, limit: 100)?.row(0).prefix(8) == [255, 255, 255, 255, 0, 0, 0, 255])
  }

  @Test("Rows that repeat each other in another place are not filtered")
  func repetition() throws {
    var state: UInt32 = 1
    let pattern = (0..<300).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    let rows = (0..<20).flatMap { row in (0..<300).map { pattern[($0 + 21 * row) % 300] } }
    let file = PNGWriter(width: 100, height: 20, pixels: .rgb).file(rows)
    #expect(file.count < 900)
    let image = try #require(PNGImage(file, limit: 9999))
    #expect(image.row(1).prefix(4) == [pattern[21], pattern[22], pattern[23], 255])
  }

  @Test("Damaged and large files are rejected")
  func damaged() {
    let file = PNGWriter(width: 9, height: 9, pixels: .rgb).file([UInt8](repeating: 5, count: 243))
    #expect(PNGImage(file, limit: 252) != nil)
    #expect(PNGImage(file, limit: 251) == nil)
    #expect(PNGImage([], limit: 999) == nil)
    for length in 0..<file.count - 16 {
      #expect(PNGImage(Array(file.prefix(length)), limit: 999) == nil)
    }
    // A row shorter than the header says, an unknown kind, an interlaced image.
    for (place, value) in [(19, 200), (24, 16), (25, 5), (28, 1)] as [(Int, UInt8)] {
      var damaged = file
      damaged[place] = value
      #expect(PNGImage(damaged, limit: 99_999) == nil)
    }
  }

  @Test("Pictures have as few colours as look like them")
  func palette() throws {
    let lines = (0..<64 * 64).flatMap { $0 % 8 == 0 ? [0, 0, 0] : [255, 255, 255] as [UInt8] }
    let small = PNGWriter.file(ofRGB: lines, width: 64)
    #expect(small[24] == 4 && small.count < 200)
    let image = try #require(PNGImage(small, limit: 1 << 20))
    #expect(image.row(3).prefix(8) == [0, 0, 0, 255, 255, 255, 255, 255])
    // A photograph keeps its colours within a few levels.
    let waves = (0..<64 * 64).flatMap { pixel -> [UInt8] in
      let (x, y) = (pixel % 64, pixel / 64)
      return [UInt8(4 * x), UInt8(4 * y), UInt8(2 * x + 2 * y)]
    }
    let colored = try #require(PNGImage(PNGWriter.file(ofRGB: waves, width: 64), limit: 1 << 20))
    var worst = 0
    for y in 0..<64 {
      let row = colored.row(y)
      for x in 0..<64 {
        worst = max(worst, abs(Int(row[4 * x]) - 4 * x), abs(Int(row[4 * x + 1]) - 4 * y))
      }
    }
    #expect(worst <= 24)
  }
}
