import Drawing
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

  @Test("A glyph without a meaning is drawn and not copied")
  func privateUse() throws {
    let file = Drawn.file(
      "BT /F1 10 Tf 50 700 Td <0001> Tj ET", program: SampleFont.trueType(hasMap: false),
      key: "FontFile2", subtype: "CIDFontType2", isComposite: true)
    let text = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(text.contains("<tspan class=\"u\" x=\"50\">\u{E001}</tspan>"))
    #expect(text.contains(".u{user-select:none"))
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
    #expect(svg.contains("font-family=\"Arial,Helvetica,"))
    #expect(svg.contains(#"textLength="20" lengthAdjust="spacingAndGlyphs">Rice</tspan> "#))
    #expect(svg.contains("&lt;delta&gt;"))
    #expect(svg.contains(#"data-missing="font""#))
  }

  @Test("Glyphs of a Type 3 font are drawn once and used, with their text above them")
  func type3() throws {
    var file = SampleFile(
      pages: ["BT /T 10 Tf 50 700 Td (aa) Tj ET"],
      resources: """
        /Font<</T<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 97\
        /Widths[1000]/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[97/a]>>\
        /CharProcs<</a 5 0 R>>>>>>
        """)
    file.add(stream: "1000 0 0 0 750 750 d1 0 0 750 750 re f")
    let svg = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(svg.contains(#"<g id="t1"><path d="m0 0h750v750h-750z"/></g>"#))
    #expect(svg.contains(##"<use href="#t1" transform="matrix(.01 0 0 -.01 50 92)"/>"##))
    #expect(svg.contains(#"fill="none""#))
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
