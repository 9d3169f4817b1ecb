import Drawing
import PDF
import TestSupport
import Testing

@Suite("Text is drawn as text in rebuilt fonts, and can be copied")
struct TextTests {
  private static let programs: [(String, [UInt8], String, String, String)] = [
    ("TrueType", SampleFont.trueType(), "FontFile2", "TrueType", ""),
    ("TrueType without a map", SampleFont.trueType(hasMap: false), "FontFile2", "TrueType", ""),
    ("CFF", SampleFont.compact(), "FontFile3", "Type1", "/Subtype/Type1C"),
    ("Type 1", SampleFont.type1(), "FontFile", "Type1", ""),
  ]

  @Test("A font program of any kind becomes a web font", arguments: [0, 2, 3])
  func webFont(_ index: Int) throws {
    let (_, program, key, subtype, entries) = Self.programs[index]
    let file = Drawn.file(
      "BT /F1 10 Tf 50 700 Td (AB) Tj ET", program: program, key: key, subtype: subtype,
      entries: entries)
    let svg = try Drawn.page(file).svg
    let text = String(decoding: svg, as: UTF8.self)
    #expect(text.contains(#"<text x="50" y="92" font-family="f1" font-size="10">AB</text>"#))
    let tables = try Drawn.tables(try #require(Drawn.data("font/woff", in: svg).first))
    let outlines = index == 0 ? ["glyf", "loca"] : ["CFF "]
    let expected = Set(outlines + ["OS/2", "cmap", "head", "hhea", "hmtx", "maxp", "name", "post"])
    #expect(Set(tables.keys) == expected)
    // The advances are those of the PDF: .notdef, the space, A and B.
    let metrics = try #require(tables["hmtx"])
    let advances = stride(from: 0, to: metrics.count, by: 4).map {
      Int(metrics[$0]) << 8 | Int(metrics[$0 + 1])
    }
    #expect(advances == [500, 700, 500, 250])
  }

  @Test("The outlines of all kinds of programs are the same", arguments: [0, 2, 3])
  func outlines(_ index: Int) throws {
    let (_, program, key, subtype, entries) = Self.programs[index]
    let file = Drawn.file(
      "BT 7 Tr /F1 100 Tf 50 692 Td (B) Tj ET 0 0 612 792 re f", program: program, key: key,
      subtype: subtype, entries: entries)
    let svg = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(svg.contains(##"<clipPath id="c1"><path d="m50 100 25-70 25 70"##))
  }

  @Test("Glyphs of a composite font are shown by the characters of its map")
  func composite() throws {
    let file = Drawn.file(
      "BT /F1 10 Tf 50 700 Td <000100020001> Tj ET", program: SampleFont.trueType(hasMap: false),
      key: "FontFile2", subtype: "CIDFontType2", isComposite: true,
      toUnicode: "2 beginbfchar <0001> <00E5> <0002> <00740074> endbfchar")
    let svg = try Drawn.page(file).svg
    let text = String(decoding: svg, as: UTF8.self)
    #expect(text.contains(">å<tspan"))
    #expect(text.contains(">tt</tspan>"))
    let fonts = Drawn.data("font/woff", in: svg)
    #expect(fonts.count == 2)
    #expect(try Drawn.tables(fonts[1])["GSUB"] != nil)
  }

  @Test("A glyph without a meaning is drawn as a shape, once, and not copied")
  func shape() throws {
    let file = Drawn.file(
      "BT /F1 10 Tf 50 700 Td <00010001> Tj ET", program: SampleFont.trueType(hasMap: false),
      key: "FontFile2", subtype: "CIDFontType2", isComposite: true)
    let text = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(!text.contains("<text"))
    #expect(text.split(separator: "<path id=\"t1\"").count == 2)
    #expect(text.contains(##"<use href="#t1" transform="matrix(.01 0 0 -.01 57 92)"/>"##))
  }

  @Test("A glyph that no character can show is a shape, with its text above it")
  func mark() throws {
    let file = Drawn.file(
      "BT /F1 10 Tf 50 700 Td <00010002> Tj ET", program: SampleFont.trueType(hasMap: false),
      key: "FontFile2", subtype: "CIDFontType2", isComposite: true,
      toUnicode: "2 beginbfchar <0001> <0E01> <0002> <0E31> endbfchar")
    let text = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(text.contains(##"<use href="#t1""##))
    #expect(
      text.contains("fill=\"none\" textLength=\"7\" lengthAdjust=\"spacingAndGlyphs\">\u{E31}<"))
  }

  @Test("Text of right-to-left scripts is written in reading order where it is drawn")
  func rightToLeft() throws {
    let file = Drawn.file(
      "BT /F1 10 Tf 50 700 Td <00010002> Tj ET", program: SampleFont.trueType(hasMap: false),
      key: "FontFile2", subtype: "CIDFontType2", isComposite: true,
      toUnicode: "2 beginbfchar <0001> <05D0> <0002> <05D1> endbfchar")
    let drawing = try Drawn.page(file)
    let text = String(decoding: drawing.svg, as: UTF8.self)
    #expect(
      text.contains(
        "<tspan direction=\"rtl\" unicode-bidi=\"bidi-override\" x=\"64\">\u{5D1}\u{5D0}</tspan>"))
    #expect(drawing.words.map(\.text) == ["\u{5D1}\u{5D0}"])
    #expect(drawing.words.map(\.x) == [50])
  }

  @Test("Glyphs of East Asian fonts that are not embedded have a position each")
  func eastAsian() throws {
    let svg = try Drawn.svg(
      "BT /F1 10 Tf 50 700 Td <4E004E8C0041> Tj ET",
      resources: """
        /Font<</F1<</Type/Font/Subtype/Type0/BaseFont/Sample/Encoding/UniKS-UCS2-H\
        /DescendantFonts[<</Type/Font/Subtype/CIDFontType0/DW 1000\
        /CIDSystemInfo<</Registry(Adobe)/Ordering(Korea1)/Supplement 1>>>>]>>>>
        """)
    #expect(svg.contains("<tspan x=\"50 60 70\">\u{4E00}\u{4E8C}A</tspan>"))
    #expect(svg.contains("Noto Sans CJK KR"))
  }

  @Test("A word with wider letters than those of the font shown has a position for each")
  func wideLetters() throws {
    let svg = try Drawn.svg(
      "BT /F1 10 Tf 50 700 Td (il) Tj ET",
      resources: """
        /Font<</F1<</Type/Font/Subtype/TrueType/BaseFont/CenturyGothic/FirstChar 105\
        /Widths[400 400 400 400]/Encoding/WinAnsiEncoding>>>>
        """)
    #expect(svg.contains(#"'Century Gothic',"#) || svg.contains("&#39;Century Gothic&#39;,"))
    #expect(svg.contains(#"<tspan x="50 54">il</tspan>"#))
  }

  @Test("Small distances that the browser does not know are made up for before they add up")
  func drift() throws {
    let file = Drawn.file(
      "BT /F1 10 Tf .03 Tc 50 700 Td (AAAAAA) Tj ET", program: SampleFont.trueType(),
      key: "FontFile2", subtype: "TrueType")
    let svg = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(svg.contains(#" dx="0 0 .06 0 .06">AAAAAA</text>"#), "\(svg.suffix(200))")
  }

  @Test(
    "Fonts that are not embedded are shown in families by their name and flags",
    arguments: [
      ("ArialMT", 1, "'Nimbus Sans',Arial,"),
      ("TimesNewRomanPSMT", 32, "'Nimbus Roman','Times New Roman',"),
      ("CourierNew,Bold", 32, "'Nimbus Mono PS','Courier New',"),
      ("Courier-Bold", 1, "'Nimbus Mono PS',Courier,'Courier New',"),
      ("Unknown", 1, "'Nimbus Mono PS','Courier New',"),
      ("Unknown", 2, "'Nimbus Roman','Times New Roman',"),
      ("Calibri", 32, "Calibri,Carlito,"),
    ] as [(String, Int, String)])
  func family(_ name: String, _ flags: Int, is expected: String) throws {
    let svg = try Drawn.svg(
      "BT /F1 10 Tf 50 700 Td (A) Tj ET",
      resources: """
        /Font<</F1<</Type/Font/Subtype/TrueType/BaseFont/\(name)/Encoding/WinAnsiEncoding\
        /FontDescriptor<</Type/FontDescriptor/Flags \(flags)>>>>>>
        """)
    #expect(svg.replacing("&#39;", with: "'").contains("font-family=\"\(expected)"))
  }

  @Test("A letter of a font that is not embedded is not stretched to the width of another's")
  func loneLetter() throws {
    let svg = try Drawn.svg(
      "BT /F1 12 Tf 50 700 Td <003A> Tj ET",
      resources: """
        /Font<</F1<</Type/Font/Subtype/Type0/BaseFont/Batang/Encoding/UniKS-UCS2-H\
        /DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/Batang/CIDSystemInfo\
        <</Registry(Adobe)/Ordering(Korea1)/Supplement 1>>>>]>>>>
        """)
    #expect(svg.contains(">:</tspan>") && !svg.contains("textLength"), "\(svg.suffix(300))")
  }

  @Test("Text after a raised space is back on its line")
  func raisedSpace() throws {
    let svg = try Drawn.svg("BT /F1 10 Tf 50 700 Td (A) Tj 5 Ts ( ) Tj 0 Ts (B) Tj ET")
    #expect(svg.contains(#" y="92" "#))
    #expect(svg.contains(#"y="87"> </tspan><tspan "#))
  }

  @Test(
    "Text that is not shown has the places of its glyphs, to be selected and copied",
    arguments: [
      (
        "Times-Roman", "(word) Tj", "'Nimbus Roman',Times,'Times New Roman',",
        #"textLength="20.55""#
      ),
      (
        "Helvetica", "1 Tc (word) Tj", "'Nimbus Sans',Helvetica,Arial,",
        #"x="50 58.22 64.78 69.11""#
      ),
    ] as [(String, String, String, String)])
  func unseen(_ name: String, _ content: String, in family: String, at place: String) throws {
    let svg = try Drawn.svg(
      "BT 3 Tr /F1 10 Tf 50 700 Td \(content) ET",
      resources: "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/\(name)>>>>")
    let text = svg.replacing("&#39;", with: "'")
    #expect(text.contains("font-family=\"\(family)") && text.contains(place), "\(svg.suffix(400))")
    #expect(text.contains(#"fill="none""#))
  }

  @Test("Lines of spaces are left out")
  func spaces() throws {
    #expect(!(try Drawn.svg("BT /F1 10 Tf 50 700 Td (   ) Tj ET")).contains("<text"))
  }

  @Test(
    "Words have a position each, and gaps between them become spaces",
    arguments: [
      ("(AB) Tj 30 0 Td (BA) Tj", #">AB <tspan x="80">BA</tspan>"#),
      ("[(A) 100 (B)] TJ", #" dx="0 -1">AB</text>"#),
      ("2 Ts (A) Tj 0 Ts (B) Tj", #">A<tspan x="57" y="92">B</tspan>"#),
      ("(A) Tj 0 -20 Td (B) Tj", #">A</text><text x="50" y="112""#),
      ("3 Tr (A) Tj", #"fill="none""#),
      ("1 Tr 2 w (A) Tj", ##"fill="none" stroke="#000" stroke-width="2""##),
      ("0 1 -1 0 300 300 Tm (A) Tj", #"<text transform="matrix(0 -1 1 0 0 0)""#),
      ("90 Tz (A) Tj", #"<text transform="matrix(.9 0 0 1 0 0)""#),
    ] as [(String, String)])
  func placing(_ content: String, isWritten expected: String) throws {
    let file = Drawn.file(
      "BT /F1 10 Tf 50 700 Td \(content) ET", program: SampleFont.trueType(), key: "FontFile2",
      subtype: "TrueType")
    let svg = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(svg.contains(expected), "\(svg.suffix(300))")
  }

  @Test("Words of fonts that are not embedded have the PDF's widths")
  func fallback() throws {
    let svg = try Drawn.svg("BT /F1 10 Tf 50 700 Td (Rice <delta> & sons) Tj ET")
    #expect(svg.contains("font-family=\"&#39;Nimbus Sans&#39;,Helvetica,"))
    #expect(svg.contains(#"textLength="20" lengthAdjust="spacingAndGlyphs">Rice</tspan> "#))
    #expect(svg.contains("&lt;delta&gt;"))
    #expect(svg.contains(#"data-missing="font""#))
  }

  /// A page of two letters in a Type 3 font with one glyph.
  private static func type3(_ procedure: String) throws -> [UInt8] {
    var file = SampleFile(
      pages: ["1 0 0 rg BT /T 10 Tf 50 700 Td (aa) Tj ET"],
      resources: """
        /Font<</T<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 97\
        /Widths[1000]/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[97/a]>>\
        /CharProcs<</a 5 0 R>>>>>>
        """)
    file.add(stream: procedure)
    return try Drawn.page(file).svg
  }

  @Test(
    "A Type 3 glyph of one colour is text of a web font",
    arguments: [
      "1000 0 0 0 750 750 d1 0 0 750 750 re f",
      "1000 0 0 0 750 750 d1 0 1 0 rg q 750 0 0 750 0 0 cm 0 0 m 1 0 l 1 1 l 0 1 l f Q",
      // A stencil of eight by two pixels: six in the first row, one in the second.
      "1000 0 0 0 750 750 d1 750 0 0 750 0 0 cm BI /W 8 /H 2 /IM true /BPC 1 /D [1 0] ID ~\u{1} EI",
    ])
  func type3Font(_ procedure: String) throws {
    let svg = try Self.type3(procedure)
    let text = String(decoding: svg, as: UTF8.self)
    // The em is as high as the glyphs: 1000 above and 300 below the baseline.
    let expected = #"<text x="50" y="92" font-family="f1" font-size="13" fill="red">aa</text>"#
    #expect(text.contains(expected) || text.contains(expected.replacing("red", with: "#f00")))
    let tables = try Drawn.tables(try #require(Drawn.data("font/woff", in: svg).first))
    // After .notdef, in thousandths: 1000 of 1300, and a box of 750.
    #expect(try #require(tables["hmtx"])[4..<6] == [3, 1])
    #expect(try #require(tables["head"])[36..<44] == [0, 0, 0, 0, 2, 65, 2, 65])
    // The contour of the stencil begins at 72, 577, those of the paths at the origin.
    let isStencil = procedure.contains("BI")
    let start: [UInt8] = isStencil ? [211, 248, 213, 21] : [139, 139, 21]
    #expect(try #require(tables["CFF "]).contains(start))
  }

  @Test(
    "A Type 3 glyph that has no outline is a shape under text that is not seen",
    arguments: [
      "1000 0 d0 1 0 0 rg 0 0 750 750 re f",
      "1000 0 0 0 750 750 d1 10 w 0 0 750 750 re B",
      // Drawn twice in one place, the second time the other way round.
      "1000 0 0 0 750 750 d1 0 0 750 750 re f 0 0 m 0 750 l 750 750 l 750 0 l f",
    ])
  func type3Shape(_ procedure: String) throws {
    let text = String(decoding: try Self.type3(procedure), as: UTF8.self)
    #expect(text.contains(#"<g id="t1"><path"#))
    #expect(text.contains(##"<use href="#t1" transform="matrix(.01 0 0 -.01 50 92)"/>"##))
    #expect(text.contains(#"fill="none""#))
    #expect(!text.contains("@font-face"))
  }

  @Test("Words that are drawn again in the same place are copied once")
  func repeated() throws {
    func copied(_ second: String) throws -> [Bool] {
      let file = Drawn.file(
        "BT /F1 10 Tf 50 700 Td (AB) Tj ET \(second)", program: SampleFont.trueType(),
        key: "FontFile2", subtype: "TrueType")
      let text = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
      return text.split(separator: "<text ").dropFirst().map { !$0.contains(#"class="r""#) }
    }
    #expect(try copied("BT /F1 10 Tf 50.3 700 Td (AB) Tj ET") == [true, false])
    #expect(try copied("BT /F1 10 Tf 50 698 Td (AB) Tj ET") == [true, true])
    #expect(try copied("BT /F1 10 Tf 50 700 Td (BA) Tj ET") == [true, true])
  }

  @Test("The words of a page are listed with their places")
  func words() throws {
    let file = Drawn.file(
      "BT /F1 10 Tf 50 700 Td (AB) Tj 30 0 Td (A) Tj ET", program: SampleFont.trueType(),
      key: "FontFile2", subtype: "TrueType")
    let words = try Drawn.page(file).words
    #expect(words.map(\.text) == ["AB", "A"])
    #expect(words.map(\.x) == [50, 80])
    #expect(words.map { ($0.width * 10).rounded() } == [120, 70])
    #expect(words.allSatisfy { $0.y < 92 && $0.y + $0.height > 92 })
  }

  @Test(
    "The words of a page have the text that is extracted",
    arguments: [
      "(one) Tj 0 -20 Td (hyphen-) Tj 0 -20 Td (ated) Tj", "(twice) Tj 0.2 0 Td (twice) Tj",
      "3 Tr (unseen) Tj", "(s p) Tj -3 0 Td ( a c) Tj 0 -20 Td <C5> Tj (e\\264 d) Tj",
      "0 -40 Td (second) Tj 0 40 Td (first) Tj",
    ])
  func reading(_ content: String) throws {
    let file = SampleFile(pages: ["BT /F1 10 Tf 50 700 Td \(content) ET"])
    let words = try Drawn.page(file).words.map(\.text)
    let pages = try text(of: file.bytes).pages
    let extracted = pages[0].text.split { $0 == " " || $0 == "\n" }.map(String.init)
    #expect(words.joined().replacing("-", with: "") == extracted.joined().replacing("-", with: ""))
  }

  @Test("A word that slopes has corners, and its box encloses them")
  func slope() throws {
    let file = SampleFile(pages: ["BT /F1 10 Tf .8 .6 -.6 .8 50 700 Tm (Word) Tj ET"])
    let word = try #require(Drawn.page(file).words.first)
    #expect(word.corners.count == 8)
    let (xs, ys) = (
      stride(from: 0, to: 8, by: 2).map { word.corners[$0] },
      stride(from: 1, to: 8, by: 2).map { word.corners[$0] }
    )
    #expect(xs.min() == word.x && ys.min() == word.y)
    #expect(word.width > 20 && word.height > 14)
    let level = SampleFile(pages: ["BT /F1 10 Tf 0 1 -1 0 50 700 Tm (Word) Tj ET"])
    #expect(try Drawn.page(level).words.map(\.corners) == [[]])
  }

  @Test("Nothing in a file becomes markup, a script or a reference")
  func safety() throws {
    let svg = try Drawn.svg(
      "BT /F1 10 Tf 50 700 Td (</text><script>alert\\(1\\)</script><![CDATA[) Tj ET",
      page: "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://x.invalid)>>>>]"
    )
    #expect(!svg.contains("<script") && !svg.contains("x.invalid") && !svg.contains("<![CDATA"))
    #expect(svg.contains("&lt;/text&gt;&lt;script&gt;"))
  }
}
