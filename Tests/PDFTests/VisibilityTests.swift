import PDF
import TestSupport
import Testing

@Suite("Invisible text is left out, and form fields follow their labels")
struct VisibilityTests {
  private static let resources =
    SampleFile.helvetica + """
      /ExtGState<</Clear<</ca 0/CA 0>>/Veil<</ca .5>>>>\
      /ColorSpace<</Sep[/Separation/Spot/DeviceCMYK<</FunctionType 2/N 1/Domain[0 1]\
      /C0[0 0 0 0]/C1[0 1 1 0]>>]/Paper[/Separation/White/DeviceCMYK<</FunctionType 2/N 1\
      /Domain[0 1]/C0[0 0 0 1]/C1[0 0 0 0]>>]/Ind[/Indexed/DeviceRGB 1<000000FFFFFF>]\
      /Cal[/CalRGB<</WhitePoint[1 1 1]>>]/Cells[/Pattern/DeviceRGB]>>\
      /Pattern<</Flat<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 1 1]\
      /Function<</FunctionType 2/N 1/Domain[0 1]/C0[1 1 1]/C1[1 1 1]>>>>>>\
      /Fade<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 1 1]\
      /Function<</FunctionType 2/N 1/Domain[0 1]/C0[1 1 1]/C1[1 0 0]>>>>>>\
      /Cell<</PatternType 1/PaintType 2>>>>\
      /XObject<</Scan 5 0 R>>
      """

  private func shown(_ content: String) throws -> [String] {
    let image = SampleFile.stream([0], "/Subtype/Image/Width 1/Height 1")
    return try lines(
      SampleFile(
        pages: [content], resources: Self.resources, more: [String(decoding: image, as: UTF8.self)]
      ).bytes)
  }

  @Test(
    "Text that nobody can see beside text that is seen",
    arguments: [
      "3 Tr (x) Tj", "7 Tr (x) Tj", "/Clear gs (x) Tj", "1 Tr 1 G (x) Tj", "2 Tr 1 g 1 G (x) Tj",
      "1 g (x) Tj", ".97 g (x) Tj", "1 1 1 rg (x) Tj", "0 0 0 0 k (x) Tj",
      "0 0 .02 0 k (x) Tj", "/DeviceGray cs 1 sc (x) Tj", "/DeviceRGB cs 1 1 .99 scn (x) Tj",
      "/Sep cs 0 scn (x) Tj", "/Paper cs 1 scn (x) Tj", "/Ind cs 1 sc (x) Tj",
      "/Cal cs 1 1 1 sc (x) Tj", "/Pattern cs /Flat scn (x) Tj", "/Cells cs 1 1 1 /Cell scn (x) Tj",
      "/F1 .1 Tf (x) Tj", ".01 0 0 .01 72 600 Tm (x) Tj", "1 0 0 1 700 600 Tm (x) Tj",
      "1 0 0 1 72 -60 Tm (x) Tj",
    ])
  func unseen(_ operators: String) throws {
    let content = "BT /F1 12 Tf 72 700 Td (seen) Tj ET BT /F1 12 Tf 72 600 Td \(operators) ET"
    #expect(!(try shown(content).contains { $0.contains("x") }), "\(operators)")
  }

  @Test(
    "Text that can be seen, whatever its colour",
    arguments: [
      "0 0 .5 rg 60 590 200 30 re f BT 1 g /F1 12 Tf 72 600 Td (word) Tj ET",
      "0 g 60 590 m 260 590 l 260 620 l 60 620 l h f BT 1 g /F1 12 Tf 72 600 Td (word) Tj ET",
      "/Sep cs 1 scn 60 590 200 30 re B* BT 1 g /F1 12 Tf 72 600 Td (word) Tj ET",
      "/Pattern cs /Fade scn 60 590 200 30 re f BT 1 g /F1 12 Tf 72 600 Td (word) Tj ET",
      "q 200 0 0 30 60 590 cm /Scan Do Q BT 1 g /F1 12 Tf 72 600 Td (word) Tj ET",
      "0 G 30 w 60 605 m 260 605 l S BT 1 g /F1 12 Tf 72 600 Td (word) Tj ET",
      "q 60 590 200 30 re W n /None sh Q BT 1 g /F1 12 Tf 72 600 Td (word) Tj ET",
      "BT /Pattern cs /Fade scn /F1 12 Tf 72 600 Td (word) Tj ET",
      "BT 2 Tr 1 g 0 G /F1 12 Tf 72 600 Td (word) Tj ET",
      "BT .8 g /F1 12 Tf 72 600 Td (word) Tj ET",
      "q BT 7 Tr /F1 12 Tf 72 600 Td (word) Tj ET 0 g 0 0 612 792 re f Q",
      "q 0 0 300 792 re W n BT /F1 12 Tf 72 600 Td (word) Tj ET Q",
      "/Veil gs 0 g 60 590 200 30 re f BT 0 g /F1 12 Tf 72 600 Td (word) Tj ET",
      ".01 0 0 .01 72 600 cm BT /F1 1200 Tf (word) Tj ET",
    ])
  func seen(_ content: String) throws {
    let page = "BT /F1 12 Tf 72 700 Td (seen) Tj ET q \(content) Q"
    #expect(try shown(page) == ["seen", "word"])
  }

  @Test(
    "Text on a box of its own colour, or outside what is clipped to",
    arguments: [
      "0 g 60 590 200 30 re f BT /F1 12 Tf 72 600 Td (word) Tj ET",
      "0 0 1 rg 60 590 200 30 re f 1 g 62 592 190 25 re f BT /F1 12 Tf 72 600 Td (word) Tj ET",
      "q 0 0 60 792 re W n BT /F1 12 Tf 72 600 Td (word) Tj ET Q",
      "q 0 0 0 0 re W* n BT /F1 12 Tf 72 600 Td (word) Tj ET Q",
    ])
  func lost(_ content: String) throws {
    #expect(try shown("BT /F1 12 Tf 72 700 Td (seen) Tj ET q \(content) Q") == ["seen"])
  }

  @Test("The unseen text of a scanned page is read, also beside a stamp and a page number")
  func scan() throws {
    let layer = "BT 3 Tr /F1 12 Tf 72 600 Td (recognised) Tj ET "
    let image = "q 612 0 0 792 0 0 cm /Scan Do Q "
    let stamp = "BT 0 Tr /F1 8 Tf 72 40 Td (copy) Tj ET"
    #expect(try shown(layer) == ["recognised"])
    #expect(try shown(image + layer + stamp) == ["recognised", "copy"])
    #expect(try shown("BI /W 1 /H 1 ID x EI " + layer + stamp) == ["copy"])
    // An image that a whole page of text is printed on is only its background.
    let text = "BT 0 Tr /F1 12 Tf 72 700 Td (A page of words that are printed on a picture) Tj ET "
    #expect(
      try shown(image + text + layer) == ["A page of words that are printed on a picture"])
  }

  // MARK: Forms

  private func form(_ widgets: [String], _ content: String, more: [String] = []) throws -> [String]
  {
    try lines(
      SampleFile(
        pages: [content], page: "/Annots[\(widgets.joined())]", more: more
      ).bytes)
  }

  @Test(
    "A field stands behind its label, whatever its kind",
    arguments: [
      ("/FT/Tx/V(Ragnhild)", "Vessel: Ragnhild"),
      ("/FT/Ch/V(b)/Opt[[(a)(North)][(b)(South)]]", "Vessel: South"),
      ("/FT/Ch/Ff 2097152/V[(one)(two)]", "Vessel: one"),
      ("/FT/Tx/Ff 16777216/MaxLen 6/V(123456)", "Vessel: 123456"),
      ("/FT/Tx/V 6 0 R", "Vessel: long"), ("/FT/Tx/Ff 8192/V(hunter2)", "Vessel:"),
      ("/Parent 7 0 R", "Vessel:"), ("/FT/Tx/F 2/V(hidden)", "Vessel:"),
      ("/FT/Tx/Ff 8192/V(hunter2)/AP<</N 5 0 R>>", "Vessel:"),
      ("/FT/Tx/AP<</N 5 0 R>>", "Vessel: drawn"),
      ("/FT/Btn/V/Yes", "Vessel:"), ("/FT/Tx/V()", "Vessel:"),
    ])
  func field(_ entries: String, _ expected: String) throws {
    let drawn = SampleFile.stream(
      Array("BT /F1 12 Tf 2 4 Td (drawn) Tj ET".utf8),
      "/Subtype/Form/BBox[0 0 200 18]/Resources<<\(SampleFile.helvetica)>>")
    let shown = try form(
      ["<</Subtype/Widget\(entries)/Rect[150 675 350 693]>>"],
      "BT /F1 12 Tf 72 680 Td (Vessel:) Tj 0 -40 Td (below) Tj ET",
      more: [
        String(decoding: drawn, as: UTF8.self),
        String(decoding: SampleFile.stream(Array("long".utf8)), as: UTF8.self),
        "<</FT/Tx/Ff 8192/V(inherited secret)>>",
      ])
    #expect(shown.first == expected)
    #expect(shown.last == "below")
    #expect(!shown.joined().contains("secret") && !shown.joined().contains("hunter2"))
  }

  @Test("Labels above their fields, beside each other, and behind a box")
  func places() throws {
    let shown = try form(
      [
        "<</Subtype/Widget/FT/Tx/V(Hilda)/Rect[72 660 200 680]>>",
        "<</Subtype/Widget/FT/Tx/V(Berg)/Rect[300 660 400 680]>>",
        "<</Subtype/Widget/FT/Tx/V(1994)/Rect[150 600 250 618]>>",
      ],
      """
      BT /F1 12 Tf 72 684 Td (First name) Tj 228 0 Td (Last name) Tj ET
      BT /F1 12 Tf 72 605 Td (Born: ........................) Tj 0 -60 Td (End) Tj ET
      """)
    #expect(shown == ["First name", "Hilda", "Last name", "Berg", "Born: 1994", "End"])
  }
}

@Suite("Glyphs are mapped to characters for every kind of font (ISO 32000-1 §9.10)")
struct LetterTests {
  @Test("A Type 3 font without an encoding shows what its glyphs are named")
  func type3() throws {
    let shape = SampleFile.stream(Array("500 0 0 0 500 700 d1 0 0 500 700 re f".utf8))
    let font = """
      /Font<</F1<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]\
      /FirstChar 97/LastChar 99/Widths[500 500 500]/CharProcs<</a 5 0 R/b 5 0 R/c 5 0 R>>>>>>
      """
    let file = SampleFile(
      pages: ["BT /F1 12 Tf 72 700 Td (cab) Tj ET"], resources: font,
      more: [String(decoding: shape, as: UTF8.self)])
    #expect(try lines(file.bytes) == ["cab"])
  }

  @Test("A vowel sign stays with its letter, wherever it is drawn")
  func thai() throws {
    let map = """
      1 begincodespacerange <00><FF> endcodespacerange
      3 beginbfchar <61><0E01> <62><0E34> <63><0E19> endbfchar
      """
    let font = """
      /Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Thai/FirstChar 97/LastChar 99\
      /Widths[600 0 600]/ToUnicode 5 0 R>>>>
      """
    let file = SampleFile(
      pages: ["BT /F1 12 Tf 72 700 Td (a) Tj 9 0 Td (b) Tj 1 0 Td (c) Tj ET"], resources: font,
      more: [String(decoding: SampleFile.stream(Array(map.utf8)), as: UTF8.self)])
    #expect(try lines(file.bytes) == ["\u{E01}\u{E34}\u{E19}"])
  }
}
