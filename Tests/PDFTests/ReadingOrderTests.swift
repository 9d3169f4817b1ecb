import Foundation
import PDF
import TestSupport
import Testing

@Suite("Glyphs are grouped into words, lines and columns in reading order")
struct ReadingOrderTests {
  /// Text placed by its coordinates.
  private func at(_ x: Int, _ y: Int, _ text: String, font: String = "F1", size: Int = 12) -> String
  {
    "BT /\(font) \(size) Tf \(x) \(y) Td (\(text)) Tj ET "
  }

  @Test(
    "Gaps are word spaces where no space is drawn",
    arguments: [
      ("[(two) -300 (words)] TJ", "two words"),
      ("[(one) -20 (word)] TJ", "oneword"),
      ("[(k) 30 (er) -10 (ned)] TJ", "kerned"),
      ("[(a b) -130 (c d)] TJ", "a bc d"),
      ("1 Tc (spaced) Tj", "spaced"),
      ("5 Tw (a b) Tj", "a b"),
      ("(a    b) Tj", "a b"),
      ("[(wav) 20 ( ) 300 (e )] TJ", "wave"),
      ("4 Tc (REPORT) Tj", "REPORT"),
      ("4 Tc (OUR) Tj 9 0 Td 40 0 Td (REPORT) Tj", "OUR REPORT"),
      ("4 Tc (1990) Tj", "1 9 9 0"),
      ("(A N N E X) Tj", "ANNEX"),
      ("(A N   E N D) Tj", "AN END"),
      ("(A B C D) Tj", "A B C D"),
      ("(x y z w v) Tj", "x y z w v"),
      ("(U N a) Tj", "U N a"),
      ("50 Tz (narrow) Tj [(a) -600 (b)] TJ", "narrowa b"),
    ] as [(String, String)])
  func words(_ show: String, reads expected: String) throws {
    #expect(try lines(showing: "BT /F1 12 Tf 72 700 Td \(show) ET") == [expected])
  }

  @Test("Words are told apart by the widths of the standard fonts")
  func standardWidths() throws {
    // “illi” is 33 units wide in Helvetica at 12 points, 8.9 by its real widths.
    let shown = try lines(showing: at(72, 700, "illi") + at(81, 700, "terate"))
    #expect(shown == ["illiterate"])
  }

  @Test("A line drawn in pieces out of order is one line")
  func pieces() throws {
    let shown = try lines(
      showing: at(72, 700, "one") + at(72, 686, "two") + at(95, 700, "more"))
    #expect(shown == ["one more", "two"])
  }

  @Test("Columns are read one after the other")
  func columns() throws {
    let left = (0..<5).map { at(72, 700 - 14 * $0, "left \($0)") }.joined()
    let right = (0..<5).map { at(320, 700 - 14 * $0, "right \($0)") }.joined()
    let shown = try lines(showing: left + right)
    #expect(shown == (0..<5).map { "left \($0)" } + (0..<5).map { "right \($0)" })
  }

  @Test("Columns of text are read one after the other though drawn line by line, and tables not")
  func columnsDrawnAcross() throws {
    let left = (0..<8).map { "\($0) of the left column, its text" }
    let right = (0..<8).map { "\($0) of the right one, and its text" }
    let across = (0..<8).map { at(72, 700 - 14 * $0, left[$0]) + at(262, 700 - 14 * $0, right[$0]) }
    #expect(try lines(showing: across.joined()) == left + right)
    let table = (0..<8).map {
      at(72, 700 - 14 * $0, "cell \($0)") + at(262, 700 - 14 * $0, right[$0])
    }
    #expect(try lines(showing: table.joined()) == (0..<8).map { "cell \($0) " + right[$0] })
  }

  @Test("The cells of a row stay in it")
  func table() throws {
    let content = (0..<3).map { row in
      (0..<3).map { at(72 + 100 * $0, 700 - 20 * row, "r\(row)c\($0)") }.joined()
    }.joined()
    #expect(try lines(showing: content) == ["r0c0 r0c1 r0c2", "r1c0 r1c1 r1c2", "r2c0 r2c1 r2c2"])
  }

  @Test("What was drawn last but stands first is read first")
  func footerFirst() throws {
    let shown = try lines(
      showing: at(72, 40, "footer") + at(72, 400, "body") + at(72, 760, "header"))
    #expect(shown == ["header", "body", "footer"])
  }

  @Test("Text drawn twice is read once, in place or a little apart")
  func duplicates() throws {
    let shown = try lines(
      showing: at(72, 700, "bold") + "BT /F1 12 Tf 72.4 700.2 Td (bold) Tj ET "
        + at(72, 680, "again") + at(72, 680, "again") + at(72, 680, "again"))
    #expect(shown == ["bold", "again"])
  }

  @Test("Letters drawn twice within a line are read once")
  func doubledLetters() throws {
    let shown = try lines(
      showing: "BT /F1 12 Tf 72 700 Td [(D) 700 (D) -20 (raft all) 190 (l)] TJ ET")
    #expect(shown == ["Draft all"])
  }

  @Test("A word parted by a page's end is joined over the heads between")
  func pageEnd() throws {
    let pages = (1...4).map { page in
      at(72, 760, "Policy Paper") + at(72, 600, page % 2 == 1 ? "so the govern-" : "ment decides")
        + at(300, 30, "\(page)")
    }
    let bodies = try text(of: SampleFile(pages: pages).bytes).pages.map { page in
      page.lines.filter { $0.role == .body }.map(\.text)
    }
    #expect(bodies == [["so the government"], ["decides"], ["so the government"], ["decides"]])
  }

  @Test("Pages are turned as they are shown", arguments: [0, 90, 180, 270, -90, 450])
  func rotation(_ angle: Int) throws {
    let matrix =
      switch (angle % 360 + 360) % 360 {
      case 90: "0 1 -1 0 500"
      case 180: "-1 0 0 -1 500"
      case 270: "0 -1 1 0 100"
      default: "1 0 0 1 100"
      }
    let content = "BT /F1 12 Tf 14 TL \(matrix) 400 Tm (first) Tj T* (second) Tj ET"
    #expect(try lines(showing: content, page: "/Rotate \(angle)") == ["first", "second"])
  }

  @Test("Text turned on its page is read after the rest")
  func sideways() throws {
    let stamp = "BT /F1 12 Tf 0 1 -1 0 30 300 Tm (draft) Tj ET "
    #expect(try lines(showing: stamp + at(72, 700, "a longer body")) == ["a longer body", "draft"])
  }

  @Test("Raised figures are kept apart from the word that they follow")
  func noteMarks() throws {
    let content =
      "BT /F1 12 Tf 72 700 Td (argument) Tj 5 Ts /F1 7 Tf (12) Tj 0 Ts /F1 12 Tf (.) Tj ET"
    #expect(try lines(showing: content) == ["argument 12."])
    let unit = "BT /F1 12 Tf 72 700 Td (m) Tj 5 Ts /F1 7 Tf (2) Tj ET"
    #expect(try lines(showing: unit) == ["m2"])
  }

  @Test(
    "A raised letter behind a word marks a note, but is no superscript in a power or an ordinal",
    arguments: [
      ("(Robert Walker) Tj", "(c) Tj", "( spoke) Tj", "Robert Walker\u{1D9C} spoke"),
      ("(Lee) Tj", "(a,b) Tj", "( and others) Tj", "Lee\u{1D43},\u{1D47} and others"),
      ("() Tj", "(a) Tj", "(University of Oslo) Tj", "\u{1D43}University of Oslo"),
      ("(about 875) Tj", "(h) Tj", "( in all) Tj", "about 875\u{2B0} in all"),
      ("(the XVIII) Tj", "(e) Tj", "( century) Tj", "the XVIIIe century"),
      ("(the 1) Tj", "(er) Tj", "( of June) Tj", "the 1er of June"),
      ("(equals x) Tj", "(n) Tj", "( times) Tj", "equals xn times"),
      ("(the word) Tj", "(th) Tj", "( times) Tj", "the wordth times"),
    ])
  func noteLetters(_ before: String, _ raised: String, _ after: String, reads expected: String)
    throws
  {
    let content =
      "BT /F1 12 Tf 72 700 Td \(before) 5 Ts /F1 7 Tf \(raised) 0 Ts /F1 12 Tf \(after) ET"
    #expect(try lines(showing: content) == [expected])
  }

  @Test("Right-to-left text is put into the order of its letters")
  func rightToLeft() throws {
    let cmap = String(
      decoding: SampleFile.stream(
        Array("begincmap 1 beginbfrange <61><7A><05D0> endbfrange endcmap".utf8)), as: UTF8.self)
    let shown = try lines(
      showing: "BT /F2 12 Tf 72 700 Td (dcba) Tj /F1 12 Tf ( 2010 ) Tj /F2 12 Tf (zyx) Tj ET",
      resources:
        "/Font<</F1<</Subtype/Type1/BaseFont/Helvetica>>/F2<</Subtype/Type1/BaseFont/Helvetica"
        + "/ToUnicode 5 0 R>>>>", more: [cmap])
    #expect(shown == ["\u{5E7}\u{5E8}\u{5E9} 2010 \u{5D0}\u{5D1}\u{5D2}\u{5D3}"])
  }

  @Test(
    "Ligatures, vowel signs, brackets and forms of letters are turned with their line",
    arguments: [
      // Lam and alef are one glyph, in their order.
      ("<01><06440627>", "<0102>", "<02><0645>", "ملا"),
      ("<01><FEFB>", "<0102>", "<02><FEE3>", "ملا"),
      // Brackets as they look and as they are meant.
      ("<01><0028>", "<010203>", "<02><0628> <03><0029>", "(ب)"),
      ("<01><0029>", "<010203>", "<02><0628> <03><0028>", "(ب)"),
      ("<01><0628>", "<32352E312501>", "<25><0025>", "ب25.1%"),
      ("<01><0628>", "<02352E312501>", "<25><066A> <02><0020>", "ب5.1٪"),
      ("<01><0628>", "<25342E3501>", "<25><0025>", "ب4.5%"),
      ("<01><0628>", "<352D3301>", "<02><0020>", "ب3-5"),
      ("<01><05D0>", "<332D3501>", "<02><0020>", "א3-5"),
      ("<01><0628>", "<AB01>", "<AB><00AB>", "ب»"),
      ("<01><0628>", "<5220616C2E2001010101>", "<02><0020>", "بببب R al."),
      ("<01><0628>", "<323020313020010101>", "<02><0020>", "ببب 10 20"),
    ] as [(String, String, String, String)])
  func arabic(_ first: String, _ codes: String, _ more: String, reads expected: String) throws {
    let count = more.split(separator: " ").count + 1
    let cmap = String(
      decoding: SampleFile.stream(
        Array("begincmap \(count) beginbfchar \(first) \(more) endbfchar endcmap".utf8)),
      as: UTF8.self)
    let shown = try lines(
      showing: "BT /F1 12 Tf 72 700 Td \(codes) Tj ET",
      resources: "/Font<</F1<</Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>>>", more: [cmap])
    #expect(shown == [expected])
  }

  @Test("A line of mostly Latin words runs as the right-to-left lines around it do")
  func directionOfParagraph() throws {
    let cmap = String(
      decoding: SampleFile.stream(
        Array("begincmap 1 beginbfchar <01><0628> endbfchar endcmap".utf8)), as: UTF8.self)
    let shown = try lines(
      showing: "BT /F1 12 Tf 14 TL 72 700 Td <0101010101> Tj T* <2E01206E616D6573> Tj ET",
      resources: "/Font<</F1<</Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>>>", more: [cmap])
    #expect(shown == ["ببببب", "names ب."])
  }

  @Test(
    "An accent drawn over a letter is of it, and one beside it not",
    arguments: [
      ("(M) Tj [(\\250) 280 (u)] TJ (ller)Tj", "Müller"),
      ("(r) Tj [(o) 500 (\\210) -150 (le)] TJ", "rôle"),
      ("(Fran) Tj [(\\270) 420 (c) -10 (ois)] TJ", "François"),
      ("[(\\264e)] TJ", "´e"), ("[(a^2)] TJ", "a^2"),
    ] as [(String, String)])
  func accents(_ show: String, reads expected: String) throws {
    #expect(try lines(showing: "BT /F1 12 Tf 72 700 Td \(show) ET") == [expected])
  }

  @Test(
    "An accent raised over a capital is of it",
    arguments: [
      // The accent before its letter, as TeX draws it, or behind.
      ("\\264", "E", 667, "É"), ("`", "A", 667, "À"), ("\\250", "O", 778, "Ö"),
      ("\\210", "A", 667, "Â"), ("\\230", "N", 722, "Ñ"), ("\\270", "C", 722, "Ç"),
    ] as [(String, String, Int, String)])
  func raisedAccents(_ accent: String, _ letter: String, width: Int, reads: String) throws {
    let middle = 84 + (Double(width) / 1000 * 12 - 4) / 2
    let over = "BT /F1 12 Tf \(middle) 702.5 Td (\(accent)) Tj ET "
    let capital = at(84, 700, letter)
    let (before, after) = (at(72, 700, "ab"), at(84 + width * 12 / 1000, 700, "cd"))
    #expect(try lines(showing: before + over + capital + after) == ["ab\(reads)cd"])
    #expect(try lines(showing: before + capital + over + after) == ["ab\(reads)cd"])
  }

  @Test("Several initials on a page are read with their words, whenever they are drawn")
  func severalInitials() throws {
    let heading = at(72, 740, "Of Harbours", size: 18)
    let left =
      at(100, 711, "ets were the first") + at(100, 697, "thing of all that")
      + at(72, 683, "was taxed then")
    let right = at(330, 711, "very column has its") + at(330, 697, "own story to tell")
    let (one, two) = (at(72, 697, "N", size: 36), at(302, 697, "E", size: 36))
    let expected = [
      "Of Harbours", "Nets were the first", "thing of all that", "was taxed then",
      "Every column has its", "own story to tell",
    ]
    #expect(try lines(showing: one + two + heading + left + right) == expected)
    #expect(try lines(showing: heading + one + left + two + right) == expected)
    #expect(try lines(showing: heading + left + right + two + one) == expected)
    let quoted = at(72, 697, "\\223N", size: 36) + at(116, 711, "ets were the first")
    #expect(try lines(showing: quoted) == ["“Nets were the first"])
    // The letter of an axis, and one beside a short label, stay apart.
    #expect(try lines(showing: at(72, 697, "A", size: 36) + at(100, 711, "ground")).count == 2)
  }

  @Test(
    "A raised or lowered figure beside a figure is no part of the number",
    arguments: [
      ("(1907) Tj 5 Ts /F1 7 Tf (6) Tj 0 Ts /F1 12 Tf ( fell) Tj", "1907⁶ fell"),
      ("(10) Tj 5 Ts /F1 7 Tf (12) Tj 0 Ts /F1 12 Tf ( crowns) Tj", "10¹² crowns"),
      ("(10) Tj 5 Ts /F1 7 Tf (-6) Tj 0 Ts /F1 12 Tf ( m) Tj", "10⁻⁶ m"),
      ("(1907) Tj 5 Ts /F1 7 Tf (4,5) Tj 0 Ts /F1 12 Tf (.) Tj", "1907⁴,⁵."),
      ("5 Ts /F1 7 Tf (3) Tj 0 Ts /F1 12 Tf (1907 was a year) Tj", "³1907 was a year"),
      ("(log) Tj -2 Ts /F1 7 Tf (2) Tj 0 Ts /F1 12 Tf (10 is) Tj", "log₂10 is"),
      (
        "(H) Tj -2 Ts /F1 7 Tf (2) Tj 0 Ts /F1 12 Tf (O and CO) Tj -2 Ts /F1 7 Tf (2) Tj",
        "H2O and CO2"
      ),
      ("(20 km) Tj 5 Ts /F1 7 Tf (2) Tj 0 Ts /F1 12 Tf ( of) Tj", "20 km2 of"),
      ("(the law) Tj 5 Ts /F1 7 Tf (3) Tj 0 Ts /F1 12 Tf ( of) Tj", "the law 3 of"),
      ("(the clerk.) Tj 5 Ts /F1 7 Tf (12) Tj", "the clerk.12"),
    ] as [(String, String)])
  func scriptFigures(_ show: String, reads expected: String) throws {
    #expect(try lines(showing: "BT /F1 12 Tf 72 700 Td \(show) ET") == [expected])
  }

  @Test("Short lines and hyphens of spaced-out headings are read as words")
  func spacedHeadings() throws {
    let shown = try lines(
      showing: "BT /F1 12 Tf 14 TL 4 Tc 72 700 Td (ON) Tj T* (HARBOUR) Tj T* [(CONSTI) -300 (-)] TJ"
        + " T* (TUTIONS) Tj ET")
    #expect(shown == ["ON", "HARBOUR", "CONSTITUTIONS"])
    #expect(try lines(showing: "BT /F1 12 Tf 72 700 Td (a) Tj 12 0 Td (b) Tj ET") == ["a b"])
  }

  /// Lines of running text with what stands beside some of them.
  private func manuscript(_ beside: (Int) -> String) -> String {
    let text = [
      "The harbour board met in the spring to settle the tariff of the coming",
      "year, and the clerks wrote down every word that was spoken at the table.",
      "Fishermen from four villages sent delegates, each with a list of demands,",
      "and the minutes show that the talk went on until the lamps were lit.",
    ]
    return (0..<20).map { beside($0) + at(100, 720 - 24 * $0, text[$0 % 4]) }.joined()
  }

  @Test("Numbers of lines in a margin are left out")
  func lineNumbers() throws {
    let plain = try lines(showing: manuscript { _ in "" })
    #expect(plain.count == 20)
    let every = manuscript { at($0 < 9 ? 55 : 50, 720 - 24 * $0, "\($0 + 1)", size: 9) }
    #expect(try lines(showing: every) == plain)
    let flushLeft = manuscript { at(50, 720 - 24 * $0, "\($0 + 96)", size: 9) }
    #expect(try lines(showing: flushLeft) == plain)
    let fifth = manuscript { ($0 + 1) % 5 == 0 ? at(560, 720 - 24 * $0, "\($0 + 1)", size: 9) : "" }
    #expect(try lines(showing: fifth) == plain)
    // All numbers drawn behind the text.
    let behind = (0..<20).map { at(50, 720 - 24 * $0, "\($0 + 1)", size: 9) }.joined()
    #expect(try lines(showing: manuscript { _ in "" } + behind) == plain)
    // The lines of two columns, with numbers of their own.
    let columns = (0..<20).map { row in
      let words = ["the harbour board of the town met", "in spring and then settled all of it"]
      return [(50, row + 1), (330, row + 21)].map { x, number in
        at(x, 720 - 14 * row, "\(number)", size: 7) + at(x + 25, 720 - 14 * row, words[row % 2])
      }
    }
    let shown = try lines(
      showing: columns.map { $0[0] }.joined() + columns.map { $0[1] }.joined())
    #expect(shown.allSatisfy { !$0.contains { $0.isNumber } })
    // A listing within text keeps its numbers.
    let listing = (0..<8).map { at(50, 720 - 24 * $0, "\($0 + 1)", size: 9) }.joined()
    #expect(try lines(showing: manuscript { _ in "" } + listing) != plain)
    // A short page after one that shows where the numbers stand.
    let short = at(50, 720, "21", size: 9) + at(100, 720, "It was the end.")
    let pages = try text(
      of: SampleFile(pages: [flushLeft, short.replacing("(21", with: "(116")]).bytes
    ).pages
    #expect(pages.last?.lines.map(\.text) == ["It was the end."])
  }

  @Test("Numbers of rows, items and axes stay")
  func otherNumbers() throws {
    let rows = (0..<12).map { row in
      at(50, 700 - 14 * row, "\(row + 1)")
        + at(100, 700 - 14 * row, "some harbour of the north coast")
        + at(400, 700 - 14 * row, "\(row * 37)")
    }.joined()
    #expect(try lines(showing: rows).first == "1 some harbour of the north coast 0")
    let names = [
      "a lighthouse", "the very long quay of the old harbour by the sea", "Storehouses", "Cranes",
    ]
    let items = (0..<12).map {
      at(50, 700 - 14 * $0, "\($0 + 1)") + at(100, 700 - 14 * $0, names[$0 % 4])
    }.joined()
    #expect(try lines(showing: items).first == "1 a lighthouse")
    let axis = (0..<6).map { at(50, 700 - 40 * $0, "\(30 - 5 * $0)") }.joined()
    #expect(try lines(showing: axis + at(100, 300, "Dues by year")).count == 7)
  }

  @Test("The large letter at the beginning of a chapter is read with its word")
  func initials() throws {
    let text = at(105, 711, "his is how it begins") + at(105, 697, "and goes on")
    #expect(
      try lines(showing: at(72, 697, "T", size: 36) + text)
        == ["This is how it begins", "and goes on"])
    #expect(
      try lines(
        showing: at(72, 697, "A", size: 36) + text.replacing("(his", with: "( his"))
        == ["A his is how it begins", "and goes on"])
    // A letter of the alphabet above the entries of an index.
    let index = at(72, 725, "T", size: 36) + at(72, 700, "taxes and trade 12")
    #expect(try lines(showing: index) == ["T", "taxes and trade 12"])
  }

  @Test("Letters along a curve are a word")
  func curves() throws {
    let letters = "curved".enumerated().map { place, letter in
      let angle = 0.15 * Double(place)
      let (x, y) = (200 + 7 * Double(place), 500 + 4 * Double(place * place) / 8)
      return "BT /F1 12 Tf \(cos(angle)) \(sin(angle)) \(-sin(angle)) \(cos(angle)) "
        + "\(x) \(y) Tm (\(letter)) Tj ET "
    }.joined()
    #expect(
      try lines(showing: at(72, 700, "a longer text") + letters) == ["a longer text", "curved"])
  }

  @Test("Upright glyphs below each other are lines of vertical writing")
  func uprightColumns() throws {
    let font =
      "/F2<</Type/Font/Subtype/Type0/BaseFont/Some/Encoding/UniJIS-UCS2-H/DescendantFonts["
      + "<</Type/Font/Subtype/CIDFontType0>>]>>"
    let columns = ["<65E5><672C><306E>", "<6C34><3067><3059>"].enumerated().map { column, text in
      text.split(separator: ">").enumerated().map { row, code in
        "BT /F2 10 Tf \(300 - 15 * column) \(700 - 10 * row) Td \(code)> Tj ET "
      }.joined()
    }.joined()
    #expect(try lines(showing: columns, resources: "/Font<<\(font)>>") == ["日本の", "水です"])
  }

  @Test("A vowel sign follows the letter that it stands on")
  func vowelSigns() throws {
    let cmap = String(
      decoding: SampleFile.stream(
        Array("begincmap 1 beginbfrange <61><63>[<0628><064E><0646>] endbfrange endcmap".utf8)),
      as: UTF8.self)
    let shown = try lines(
      showing: "BT /F1 12 Tf 72 700 Td (c) Tj 6.5 0 Td (a) Tj 2 2 Td (b) Tj ET",
      resources:
        "/Font<</F1<</Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R/FirstChar 97"
        + "/Widths[556 0 556]>>>>", more: [cmap])
    #expect(shown == ["\u{628}\u{64E}\u{646}"])
  }

  @Test(
    "A hyphen at a line's end stays only where it belongs to the word",
    arguments: [
      (["the govern-", "ment of"], ["the government", "of"]),
      (["well-known and well-", "known men"], ["well-known and well-known", "men"]),
      (["state and owned, state-", "owned firms"], ["state and owned, state-owned", "firms"]),
      (["Asia-", "Pacific region"], ["Asia-Pacific", "region"]),
      (["from 2009-", "2010 on"], ["from 2009-", "2010 on"]),
      (["cooperation co-", "operation"], ["cooperation cooperation"]),
      (["co\\255operation", "of ill\\255"], ["co-operation", "of ill-"]),
      (["co\\255", "operation"], ["cooperation"]),
      (["a dash -", "and more"], ["a dash -", "and more"]),
      (["one-", ""], ["one-"]),
    ] as [([String], [String])])
  func hyphens(_ drawn: [String], read expected: [String]) throws {
    let content = drawn.enumerated().map { at(72, 700 - 14 * $0.offset, $0.element) }.joined()
    #expect(try lines(showing: content) == expected)
  }

  @Test("What pages repeat at their edges is marked, and so are their numbers")
  func runningHeads() throws {
    let pages = (1...4).map { page in
      at(72, 760, "Policy Paper \(page)") + at(72, 600, "text of page \(page)")
        + at(72, 580, "more of it") + at(72, 560, "and \(page * page) more")
        + at(300, 30, "\(page)")
    }
    let document = try text(of: SampleFile(pages: pages).bytes)
    for page in document.pages {
      #expect(page.lines.first?.role == .runningHead)
      #expect(page.lines.last?.role == .pageNumber)
      #expect(page.lines.dropFirst().dropLast().allSatisfy { $0.role == .body })
    }
  }

  @Test("The last line of a note is no running foot, though other pages end with the same")
  func endsOfNotes() throws {
    let pages = ["minutes", "letters", "tariffs", "charts"].map { kept in
      at(72, 600, "text that cites the \(kept) of the board")
        + at(72, 70, "1 See the \(kept) of the harbour, and the ledger", size: 9)
        + at(72, 59, "of the board, which says the same.", size: 9)
        + at(72, 30, "Harbour Studies", size: 9)
    }
    for page in try text(of: SampleFile(pages: pages).bytes).pages {
      #expect(page.lines.map(\.role) == [.body, .body, .body, .runningHead])
    }
  }
}
