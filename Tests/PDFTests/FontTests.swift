import PDF
import TestSupport
import Testing

@Suite(
  "Codes are mapped by encodings, glyph names, CMaps and font programs (ISO 32000-1 §9.6 to §9.10)")
struct FontTests {
  private func lines(
    _ string: String, font: String, more: [String] = []
  ) throws -> String {
    try PDFTests.lines(
      showing: "BT /F1 12 Tf 72 700 Td \(string) Tj ET", resources: "/Font<</F1<<\(font)>>>>",
      more: more
    ).joined(separator: "|")
  }

  private static let type1 = "/Type/Font/Subtype/Type1/BaseFont/Times-Roman"

  @Test(
    arguments: [
      ("/Encoding/WinAnsiEncoding", "<93E46F959697>", "“äo•–—"),
      ("/Encoding/MacRomanEncoding", "<D28ADEDFCA41>", "“äfifl A"),
      ("/Encoding/StandardEncoding", "<AAAEAF27B1>", "“fifl’–"),
      ("", "<AAAEAF27B1>", "“fifl’–"),
      ("/Encoding/MacExpertEncoding", "<31565758595A61>", "1fffiflffifflA"),
      ("/Encoding<</Differences[65/fi/ffi/f_f_l/Euro]>>", "(ABCDE)", "fiffiffl€E"),
      ("/Encoding<</Differences[65/uni20AC/u1F600/uni00480049]>>", "(ABC)", "€😀HI"),
      ("/Encoding<</Differences[65/a.sc/one.oldstyle/T_h.liga]>>", "(ABC)", "a1Th"),
      ("/Encoding<</Differences[65/Asmall/oneoldstyle/zerosuperior]>>", "(ABC)", "A1⁰"),
      ("/Encoding<</Differences[65/afii10017/afii10065 300/B -5/C]>>", "(AB)", "Аа"),
      (
        "/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[128/Zcaron]>>", "<80E4>", "Žä"
      ),
      ("/Encoding<</Differences[65/nosuchname 66/.notdef 67/C]>>", "(ABC)", "C"),
    ] as [(String, String, String)])
  func simple(_ encoding: String, _ codes: String, means expected: String) throws {
    #expect(try lines(codes, font: Self.type1 + encoding) == expected)
  }

  @Test("Symbol and ZapfDingbats have encodings of their own")
  func symbols() throws {
    #expect(try lines("(abG)", font: "/Type/Font/Subtype/Type1/BaseFont/Symbol") == "αβΓ")
    #expect(try lines("(4)", font: "/Type/Font/Subtype/Type1/BaseFont/ZapfDingbats") == "✔")
  }

  private func cmap(_ body: String) -> String {
    let program = "begincmap 1 begincodespacerange <00><FF> endcodespacerange \(body) endcmap"
    return String(decoding: SampleFile.stream(Array(program.utf8)), as: UTF8.self)
  }

  @Test(
    "ToUnicode counts more than the encoding",
    arguments: [
      ("1 beginbfchar <41><0416> endbfchar", "(AB)", "ЖB"),
      ("1 beginbfchar <41><00660066> endbfchar", "(AB)", "ffB"),
      ("1 beginbfchar <41><FB03> endbfchar", "(A)", "ffi"),
      ("1 beginbfchar <41><D83DDE00> endbfchar", "(A)", "😀"),
      ("1 beginbfchar <41><D83D> endbfchar", "(A)", "A"),
      ("1 beginbfrange <41><43><0391> endbfrange", "(ABC)", "ΑΒΓ"),
      ("1 beginbfrange <41><42>[<0058><0059005A>] endbfrange", "(AB)", "XYZ"),
      ("1 beginbfrange <00><FFFFFFFF><0041> endbfrange", "(A)", "\u{82}"),
      ("1 beginbfrange <43><41><0041> endbfrange", "(A)", "A"),
      ("1 beginbfchar <41><0000> endbfchar", "(A)", "A"),
    ] as [(String, String, String)])
  func toUnicode(_ body: String, _ codes: String, means expected: String) throws {
    let shown = try lines(
      codes, font: Self.type1 + "/Encoding/WinAnsiEncoding/ToUnicode 5 0 R", more: [cmap(body)])
    // A control character is left out.
    #expect(shown == expected.filter { !$0.unicodeScalars.contains { $0.value == 0x82 } })
  }

  private static func composite(_ entries: String) -> String {
    "/Type/Font/Subtype/Type0/BaseFont/Some\(entries)"
      + "/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/Some/DW 1000>>]"
  }

  @Test(
    "A composite font reads codes by its CMap",
    arguments: [
      ("/Encoding/UniGB-UCS2-H", "<4E2D6587>", "中文"),
      ("/Encoding/UniJIS-UTF16-H", "<65E5672C>", "日本"),
      ("/Encoding/KSCms-UHC-H", "<C7D1B1B941>", "한국A"),
      ("/Encoding/KSCms-UHC-H", "<8141>", "갂"),
      ("/Encoding/GBK-EUC-H", "<D6D0CEC48140>", "中文丂"),
      ("/Encoding/90ms-RKSJ-H", "<93FA967BB1>", "日本ｱ"),
      ("/Encoding/EUC-H", "<C6FCCBDC>", "日本"),
      ("/Encoding/H", "<467C4B5C>", "日本"),
      ("/Encoding/ETen-B5-H", "<A4A4A4E5>", "中文"),
      ("/Encoding/GBK2K-H", "<8139EE39D6D041>", "㐀中A"),
      ("/Encoding/GBK2K-H", "<95328236>", "𠀀"),
      ("/Encoding/CNS-EUC-H", "<C4E38EA1C4E38EA2A1A141>", "中中乂A"),
      ("/Encoding/UniGB-UTF8-H", "<41E4B8ADF0A0808042>", "A中𠀀B"),
      ("/Encoding/UniJIS-UTF16-V", "<65E5D840DC00>", "日𠀀"),
      ("/Encoding/UniKS-UTF32-H", "<0000D55C00020000>", "한𠀀"),
    ] as [(String, String, String)])
  func predefined(_ encoding: String, _ codes: String, means expected: String) throws {
    #expect(try lines(codes, font: Self.composite(encoding)) == expected)
  }

  @Test(
    "The numbers of Adobe's collections are characters without any CMap",
    arguments: [
      ("Japan1", "<0CD40E8A00221ECF>", "日本A、"), ("GB1", "<11CF0ED30022>", "中文A"),
      ("CNS1", "<029502D60022>", "中文A"), ("Korea1", "<0CE004B40022>", "한국A"),
      ("Identity", "<0CE004B40022>", ""),
    ] as [(String, String, String)])
  func collection(_ ordering: String, _ codes: String, means expected: String) throws {
    let font = """
      /Type/Font/Subtype/Type0/BaseFont/Some/Encoding/Identity-H/DescendantFonts[<</Type/Font\
      /Subtype/CIDFontType0/CIDSystemInfo<</Registry(Adobe)/Ordering(\(ordering))/Supplement 6>>>>]
      """
    #expect(try lines(codes, font: font) == expected)
  }

  @Test("A font that is not embedded may still say what its codes or glyphs are")
  func notEmbedded() throws {
    let arial =
      "/Type/Font/Subtype/Type0/BaseFont/Arial,Bold/Encoding/Identity-H"
      + "/DescendantFonts[<</Type/Font/Subtype/CIDFontType2>>]"
    #expect(try lines("<002400450062>", font: arial) == "AbÄ")
    #expect(try lines("<00410416>", font: arial + "/ToUnicode/Identity-H") == "AЖ")
    #expect(
      try lines("<00410416>", font: Self.composite("/Encoding/Identity-H/ToUnicode/Identity-H"))
        == "AЖ")
  }

  @Test("Names that hold a code are taken for it, with the ligatures of TeX's fonts")
  func namedByCode() throws {
    let differences = (0..<128).map { "/a\($0)" }.joined()
    let font = "/Type/Font/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]"
    #expect(
      try lines("(e\\016cient)", font: font + "/Encoding<</Differences[0\(differences)]>>")
        == "efficient")
    #expect(
      try lines("(12)", font: font + "/Encoding<</Differences[49/G4A/G41]>>") == "JA")
  }

  @Test(
    "Characters for private use become those that the font shows",
    arguments: [
      ("Symbol", "F061", "α"), ("Wingdings-Regular", "F0FC", "✓"), ("Wingdings", "F02B", "•"),
      ("Some", "F041", "A"),
    ] as [(String, String, String)])
  func privateUse(_ name: String, _ character: String, means expected: String) throws {
    let shown = try lines(
      "<41>", font: "/Type/Font/Subtype/TrueType/BaseFont/\(name)/ToUnicode 5 0 R",
      more: [cmap("1 beginbfchar <41><\(character)> endbfchar")])
    #expect(shown == expected)
  }

  @Test("An embedded CMap says how long codes are")
  func mixedLengths() throws {
    let program = """
      begincmap 2 begincodespacerange <00><7F> <8000><FFFF> endcodespacerange
      2 beginbfchar <41><0041> <8001><0416> endbfchar endcmap
      """
    let shown = try lines(
      "<41800141>", font: Self.composite("/Encoding 5 0 R/ToUnicode 5 0 R"),
      more: [String(decoding: SampleFile.stream(Array(program.utf8)), as: UTF8.self)])
    #expect(shown == "AЖA")
  }

  @Test("Without ToUnicode an embedded TrueType font is read backwards")
  func trueType() throws {
    var file = SampleFile(
      pages: ["BT /F1 12 Tf 72 700 Td <00030001> Tj ET"],
      resources: "/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/Some/Encoding/Identity-H"
        + "/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/FontDescriptor<</FontFile2 5 0 R>>"
        + ">>]>>>>")
    file.add(stream: Self.trueType(glyphs: [0x41: 1, 0x42: 2, 0x416: 3]))
    #expect(try PDFTests.lines(file.bytes) == ["ЖA"])
  }

  /// A TrueType font that has nothing but a `cmap` of format 4.
  private static func trueType(glyphs: [Int: Int]) -> [UInt8] {
    func words(_ values: [Int]) -> [UInt8] {
      values.flatMap { [UInt8($0 >> 8 & 255), UInt8($0 & 255)] }
    }
    let codes = glyphs.keys.sorted() + [0xFFFF]
    let deltas = codes.map { ((glyphs[$0] ?? 0) - $0) & 0xFFFF }
    let table =
      words([0, 1, 3, 1, 0, 12, 4, 16 + 8 * codes.count, 0, 2 * codes.count, 0, 0, 0])
      + words(codes) + words([0]) + words(codes) + words(deltas)
      + words(codes.map { _ in 0 })
    return words([1, 0, 1, 0, 0, 0]) + Array("cmap".utf8) + words([0, 0, 0, 28, 0, table.count])
      + table
  }

  @Test("The encoding in an embedded Type 1 program counts where the file names none")
  func type1Program() throws {
    let program = "%!PS-AdobeFont /Encoding 256 array 0 1 255 {1 index exch /.notdef put} for "
    var file = SampleFile(
      pages: ["BT /F1 12 Tf 72 700 Td (AB) Tj ET"],
      resources: "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Some"
        + "/FontDescriptor<</Flags 4/FontFile 5 0 R>>>>>>")
    file.add(stream: program + "dup 65 /Omega put dup 66 /fi put readonly def currentfile eexec")
    #expect(try PDFTests.lines(file.bytes) == ["Ωfi"])
  }

  @Test("What nobody can read is named")
  func unknown() throws {
    let file = SampleFile(
      pages: ["BT /F1 12 Tf 72 700 Td <0041> Tj ET"],
      resources: "/Font<</F1<<\(Self.composite("/Encoding/Identity-H"))>>>>")
    let document = try text(of: file.bytes)
    #expect(!document.hasText)
    #expect(document.defects == [.unreadableFont(name: "Some")])
  }

  @Test(
    "Fonts that refer to themselves or ask for the impossible are passed",
    arguments: [
      "/Subtype/Type0/Encoding/Identity-H/DescendantFonts[3 0 R]",
      "/Subtype/Type0/Encoding 5 0 R",
      "/Subtype/Type1/FirstChar -9223372036854775808/Widths[1 2 3]",
      "/Subtype/Type1/FirstChar 9223372036854775807/Widths[1 2 3]",
      "/Subtype/Type1/Encoding<</Differences[9223372036854775807/A/B/C]>>",
      "/Subtype/Type3/FontMatrix[0 0 0 0 0 0]/Widths[99999999999999999999]",
      "/Subtype/Type0/DescendantFonts[<</W[0 2147483647 1000 9 [1 2] 3]/DW 1e99>>]",
    ])
  func hostile(_ font: String) throws {
    let loop = "<</Type/CMap/UseCMap 5 0 R/Length 9>>stream\nbegincmap\nendstream"
    _ = try lines("(AB)", font: "/Type/Font" + font, more: [loop])
  }
}
