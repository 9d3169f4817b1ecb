import PDF
import TestSupport
import Testing

@Suite("Content streams are interpreted as far as they show text (ISO 32000-1 §8 and §9)")
struct ContentTests {
  @Test("Every operator that shows text or moves to the next line")
  func operators() throws {
    let content = """
      BT /F1 12 Tf 14 TL 72 700 Td (one) Tj T* (two) Tj (three) ' 2 1 (four) "
      0 -14 TD [(fi) -20 (ve)] TJ 1 0 0 1 72 600 Tm (six) Tj ET
      """
    #expect(try lines(showing: content) == ["one", "two", "three", "four", "five", "six"])
  }

  @Test("A form is drawn with its matrix and its own resources")
  func form() throws {
    let form = SampleFile.stream(
      Array("BT /F9 12 Tf 0 0 Td (in form) Tj ET".utf8),
      "/Type/XObject/Subtype/Form/Matrix[1 0 0 1 72 650]/Resources<</Font<</F9 6 0 R>>>>")
    let shown = try lines(
      showing: "BT /F1 12 Tf 72 700 Td (above) Tj ET /X Do BT 72 600 Td (below) Tj ET",
      resources: SampleFile.helvetica + "/XObject<</X 5 0 R>>",
      more: [
        String(decoding: form, as: UTF8.self),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
      ])
    #expect(shown == ["above", "in form", "below"])
  }

  @Test("A form that draws itself is drawn once")
  func recursion() throws {
    let form = SampleFile.stream(
      Array("BT /F1 12 Tf 72 700 Td (once) Tj ET /X Do".utf8), "/Subtype/Form")
    let shown = try lines(
      showing: "/X Do", resources: SampleFile.helvetica + "/XObject<</X 5 0 R>>",
      more: [String(decoding: form, as: UTF8.self)])
    #expect(shown == ["once"])
  }

  @Test("What annotations show is read in its place, but for what is hidden")
  func annotations() throws {
    let form = SampleFile.stream(
      Array("BT /F1 12 Tf 2 2 Td (filled in) Tj ET".utf8),
      "/Subtype/Form/BBox[0 0 100 20]/Resources<<\(SampleFile.helvetica)>>")
    func widget(_ entries: String) -> String {
      "<</Subtype/Widget/Rect[100 650 200 670]\(entries)>>"
    }
    let annotations = [
      widget("/AP<</N 5 0 R>>"), widget("/F 2/AP<</N 5 0 R>>"),
      widget("/AP<</N<</On 5 0 R>>>>/AS/Off"),
    ]
    let shown = try lines(
      showing: "BT /F1 12 Tf 100 700 Td (above) Tj 0 -80 Td (below) Tj ET",
      page: "/Annots[\(annotations.joined())]", more: [String(decoding: form, as: UTF8.self)])
    #expect(shown == ["above", "filled in", "below"])
  }

  @Test("Fields and notes that no appearance has been drawn for show what they hold")
  func values() throws {
    let annotations = """
      <</Subtype/Widget/FT/Tx/V(a name)/Rect[100 650 200 670]>>\
      <</Subtype/Widget/Parent 5 0 R/Rect[100 620 200 640]>>\
      <</Subtype/Widget/FT/Btn/V(no)/Rect[100 600 200 610]>>\
      <</Subtype/FreeText/Contents<FEFF043F0440000D0438>/Rect[100 500 300 540]>>
      """
    let shown = try lines(
      showing: "BT /F1 12 Tf 100 700 Td (above) Tj ET", page: "/Annots[\(annotations)]",
      more: ["<</FT/Tx/V(its parent's)>>"])
    #expect(shown == ["above", "a name", "its parent's", "пр", "и"])
  }

  @Test("Inline images are passed over, even when their data look like content")
  func inlineImage() throws {
    let content = "BI /W 4 /H 1 ID \u{1}EI \u{2}(no) Tj\nEI BT /F1 12 Tf 72 700 Td (yes) Tj ET"
    #expect(try lines(showing: content) == ["yes"])
  }

  @Test("ActualText stands for what is shown")
  func actualText() throws {
    let content = """
      BT /F1 12 Tf 72 700 Td /Span <</ActualText (office)>> BDC (o) Tj (XX) Tj (ce) Tj EMC ET
      BT 72 680 Td /Span <</ActualText <FEFF00660069>>> BDC (Z) Tj EMC (nal) Tj ET
      """
    #expect(try lines(showing: content) == ["office", "final"])
  }

  @Test("Text that is not painted is read, as that of a scanned page is")
  func invisible() throws {
    #expect(try lines(showing: "BT 3 Tr /F1 12 Tf 72 700 Td (scanned) Tj ET") == ["scanned"])
  }

  @Test("Saved states come back, however many are not closed")
  func states() throws {
    let content =
      "q BT /F1 12 Tf 72 700 Td (one) Tj ET Q Q Q "
      + String(repeating: "q ", count: 3000) + "BT /F1 12 Tf 72 680 Td (two) Tj ET"
    #expect(try lines(showing: content) == ["one", "two"])
  }

  @Test(
    "Numbers that are no numbers of a page are passed",
    arguments: [
      "1e99 0 0 1 72 700 cm", "0 0 0 0 0 0 cm",
      "99999999999999999999999999999999999999999 0 0 1 0 0 cm", "cm", "/F1 Tf", "Tf", "[ TJ",
      "/Nothing Do", "Do", "gs", "(a) (b) \"", "0 Tz", "EMC EMC", "BDC", "-1 0 0 -1 0 0 cm",
      "1e9 Tc (far) Tj", "BT /F1 99999999999 Tf (away) Tj 99999999999999999999999 Ts (up) Tj ET",
    ])
  func oddOperands(_ operators: String) throws {
    #expect(
      throws: Never.self,
      performing: {
        _ = try lines(
          showing: "q \(operators) BT /F1 12 Tf 72 700 Td (x) Tj ET Q \(operators)")
      })
  }

  @Test("A font that is not there shows what it most likely means")
  func missingFont() throws {
    #expect(try lines(showing: "BT /F7 12 Tf 72 700 Td (likely) Tj ET") == ["likely"])
  }

  @Test("Contents of several streams are one, and no token goes on in the next")
  func contentArray() throws {
    var file = SampleFile(pages: [""])
    file.objects[2] = Array(
      "<</Type/Page/Parent 2 0 R/Contents[5 0 R 9 0 R 6 0 R]/Resources<<\(SampleFile.helvetica)>>>>"
        .utf8)
    file.add(stream: "BT /F1 12 Tf 72 700 Td (one) Tj 0 -2")
    file.add(stream: "0 Td (two) Tj ET")
    #expect(try lines(file.bytes).first == "one")
  }

  @Test(
    "What a layer hides is not read",
    arguments: [
      ("/OFF[5 0 R]", "5 0 R", false), ("", "5 0 R", true), ("/BaseState/OFF", "5 0 R", false),
      ("/BaseState/OFF/ON[5 0 R]", "5 0 R", true),
      ("/OFF[5 0 R]", "<</Type/OCMD/OCGs[5 0 R 6 0 R]>>", true),
      ("/OFF[5 0 R]", "<</Type/OCMD/OCGs[5 0 R 6 0 R]/P/AllOn>>", false),
      ("/OFF[5 0 R]", "<</Type/OCMD/OCGs 5 0 R/P/AllOff>>", true),
      ("/OFF[5 0 R]", "<</Type/OCMD/VE[/Or 5 0 R[/Not 6 0 R]]>>", false),
      ("/OFF[5 0 R]", "<</Type/OCMD/VE[/And 6 0 R[/Not 5 0 R]]>>", true),
    ] as [(String, String, Bool)])
  func layers(_ configuration: String, _ group: String, isShown: Bool) throws {
    var file = SampleFile(
      pages: [
        "/OC /L BDC BT /F1 12 Tf 72 700 Td (layer) Tj ET EMC BT /F1 12 Tf 72 600 Td (page) Tj ET"
      ],
      resources: SampleFile.helvetica + "/Properties<</L \(group)>>",
      more: ["<</Type/OCG/Name(One)>>", "<</Type/OCG/Name(Two)>>"])
    file.objects[0] = Array(
      "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R 6 0 R]/D<<\(configuration)>>>>>>".utf8)
    #expect(try lines(file.bytes) == (isShown ? ["layer", "page"] : ["page"]))
  }

  @Test("What lies outside of the page is not read")
  func outside() throws {
    let content = """
      BT /F1 12 Tf 1 0 0 1 72 700 Tm (on) Tj 1 0 0 1 72 900 Tm (above) Tj 1 0 0 1 -90 600 Tm (left) Tj
      1 0 0 1 72 20 Tm (cut off) Tj ET
      """
    #expect(try lines(showing: content) == ["on", "cut off"])
    #expect(try lines(showing: content, page: "/CropBox[50 50 500 750]") == ["on"])
    // A line that runs off the page is read to its end.
    #expect(
      try lines(showing: "BT /F1 40 Tf 500 700 Td (run) Tj (ning) Tj (off) Tj ET") == ["runningoff"]
    )
  }
}
