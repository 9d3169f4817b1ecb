import Markup
import Testing

@Suite("A QR code has the modules that ISO/IEC 18004 defines")
struct QRCodeTests {
  @Test(
    "Symbols that another encoder has made under the same mask",
    arguments: [
      ("Offprint", 1, 3, Self.short),
      (
        "otpauth://totp/Institute:hana?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Institute"
          + "&algorithm=SHA1&digits=6&period=30", 7, 5, Self.long
      ),
    ])
  func known(_ text: String, _ version: Int, _ mask: Int, _ expected: String) throws {
    let code = try #require(QRCode(Array(text.utf8), mask: mask))
    #expect(code.version == version)
    #expect(rows(of: code) == expected)
  }

  @Test(
    "The smallest version that holds the bytes at level M is taken",
    arguments: [
      (0, 1), (14, 1), (15, 2), (26, 2), (27, 3), (106, 6), (107, 7), (180, 9), (181, 10),
      (213, 10), (214, 11), (2331, 40),
    ])
  func version(for count: Int, _ version: Int) throws {
    let code = try #require(QRCode(Array(repeating: 0x61, count: count), mask: 0))
    #expect(code.version == version)
    #expect(code.size == 17 + 4 * version)
    // Finder patterns in three corners, the timing pattern between them, and the dark module.
    for (row, column) in [(0, 0), (0, code.size - 7), (code.size - 7, 0)] {
      for index in 0..<7 {
        #expect(code[row, column + index] && code[row + 6, column + index])
        #expect(code[row + index, column] && code[row + index, column + 6])
      }
      #expect(!code[row + 1, column + 1] && code[row + 3, column + 3])
    }
    for index in 8..<code.size - 8 {
      #expect(
        code[6, index] == index.isMultiple(of: 2) && code[index, 6] == index.isMultiple(of: 2))
    }
    #expect(code[code.size - 8, 8])
  }

  @Test func moreThanAnyVersionHoldsIsRefused() {
    #expect(QRCode(Array(repeating: 0x61, count: 2332)) == nil)
  }

  @Test func aMaskIsChosenByItself() throws {
    let bytes = Array("https://papers.example.org/".utf8)
    let chosen = try #require(QRCode(bytes))
    #expect(QRCode(bytes, mask: chosen.mask) == chosen)
    #expect((0..<8).contains(chosen.mask))
    #expect(Set((0..<8).compactMap { QRCode(bytes, mask: $0).map(rows) }).count == 8)
  }

  @Test func theDrawingHasEveryDarkModuleAndAQuietZone() throws {
    let code = try #require(QRCode(Array("Offprint".utf8)))
    let svg = String(decoding: code.svg(label: "A <code>").bytes, as: UTF8.self)
    #expect(svg.contains("viewBox=\"0 0 29 29\"") && svg.contains("aria-label=\"A &lt;code&gt;\""))
    var dark = 0
    for run in svg.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
      let numbers = [run.output.1, run.output.2, run.output.3].compactMap { Int($0) }
      let (column, row, width) = (numbers[0] - 4, numbers[1] - 4, numbers[2])
      #expect((0..<width).allSatisfy { code[row, column + $0] })
      dark += width
    }
    let all = (0..<code.size).map { row in (0..<code.size).count { code[row, $0] } }
    #expect(dark == all.reduce(0, +))
  }

  private func rows(of code: QRCode) -> String {
    (0..<code.size).map { row in
      String((0..<code.size).map { code[row, $0] ? "#" : "." })
    }.joined(separator: "\n")
  }

  private static let short = """
    #######.#...#.#######
    #.....#.##.#..#.....#
    #.###.#...###.#.###.#
    #.###.#.#.###.#.###.#
    #.###.#.......#.###.#
    #.....#...#...#.....#
    #######.#.#.#.#######
    ........#............
    #.##.###..#...#..#.##
    ..#.#..#.#..##..###.#
    ##..#.#.#.#.#.##.####
    .##.##..#...##...#..#
    #...###.#..#....#..##
    ........#.#..#..#...#
    #######.#.#..####.#..
    #.....#.#.#####..##..
    #.###.#..###..#.#.#..
    #.###.#.###..#.....#.
    #.###.#.#.##.#....#..
    #.....#..#.##.#.#...#
    #######.#..##...###..
    """

  private static let long = """
    #######..#..#.#####.#.#...########..#.#######
    #.....#.#....######.##..#.##.....#.#..#.....#
    #.###.#.##.###..##.##..##..#.#####.#..#.###.#
    #.###.#.##....#.###..####.###..##..##.#.###.#
    #.###.#....###.....#######...###..###.#.###.#
    #.....#...###..###..#...#.#...#.#.....#.....#
    #######.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#######
    ........#.##.#..#...#...#.#.#.#####.#........
    #.....#.##.#.....#.#######.....#..#..##..###.
    ..##.#....##...##.##.##..##.#.###.##########.
    ##.#..#..###......#....####..#.#.##..##..###.
    .####.......##...##....#.#######..####.#.####
    .#.##.###.#.####.#####......###.##..###.##...
    ..#..#.#.#..#.####...#...#..###.##.##..#...##
    #..##.####..###...#.##.##....#...#.####.####.
    ######.####..##.#..##.#.#..#.#.#...###..#.###
    #...#####.##.##..##...####...#.#.....##..#..#
    .#......#.##.#...####.#.##.####..#..##.#.###.
    .#.#.###.##..#.....###..#..####.#..#.######.#
    #.##.#.....#.##.##.#.#.#.#.#.##.##.....######
    ..#######....###.#########...#.#.########..#.
    ##.##...###..###.#.##...###.####.####...###..
    .##.#.#.#.#.....#.###.#.###..###.##.#.#.#.##.
    #..##...#....##.###.#...##.###..###.#...#####
    ...######...#.#.###########.#.#.#...#####..##
    .####..#.#.###.######.####.#####.#..####..#.#
    ...#.####.#..#.#....###..###..##..#.##...#.#.
    .###....#.........#.#..##.....#.#####.#####.#
    .##..##.###...#.....#...#.##.#.#.#...#..##..#
    ...###..##.#....####...###..#.#.##..#..#..#.#
    #.##..#..##.#....###..##..#.#....####.#.#...#
    ....##..#.#######.##..####.##..##.....#..##.#
    ##....#..##.###.#.#....##....###..#..##.###..
    ..##....#.###.##.###.....##..###.###.##.#...#
    ....#.###...##..#...#.##.##.#..##.#..#....##.
    .####..#........###..#.##..#....##.##..####.#
    #..##.#..#.####...########..#.#.##########..#
    ........#..##.#.##..#...##.##.##.#..#...#.###
    #######....#.#.##...#.#.#.##.#..###.#.#.#.##.
    #.....#..##.####.#.##...####...#.##.#...####.
    #.###.#..###..#...#.######...###.#.######..##
    #.###.#...#####.###....###..######..#.##..###
    #.###.#..#..#...###.#...#....#.###..##..##..#
    #.....#...#.....###.#.#.#..###...#..##...##..
    #######.#.##..#.#..#.#.###.#.###..#..#.....#.
    """
}
