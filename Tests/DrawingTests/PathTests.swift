import Drawing
import PDF
import TestSupport
import Testing

@Suite("Paths are drawn with their painting rules, styles and clips (ISO 32000-2 §8.5)")
struct PathTests {
  @Test(
    arguments: [
      ("10 700 100 50 re f", #"<path d="m10 92h100v-50h-100z"/>"#),
      ("10 700 100 50 re f*", #"<path fill-rule="evenodd" d="m10 92h"#),
      ("1 0 0 rg 10 700 100 50 re f", ##"<path fill="#f00" d="##),
      (
        "0 0 m 72 72 l S",
        ##"<path fill="none" stroke="#000" stroke-miterlimit="10" d="m0 792 72-72"##
      ),
      (
        "3 w 1 J 2 j 0 0 m 9 9 l S",
        #"stroke-width="3" stroke-linecap="round" stroke-linejoin="bevel""#
      ),
      ("[4 2] 1 d 0 0 m 9 9 l S", #"stroke-dasharray="4 2" stroke-dashoffset="1""#),
      ("0 0 1 rg 1 0 0 RG 9 9 9 9 re B", ##"<path fill="#00f" stroke="#f00""##),
      ("2 0 0 1 0 0 cm 0 0 m 9 9 l S", #"transform="matrix(2 0 0 -1 0 792)""#),
      ("0 0 m 10 10 20 10 30 0 c f", #"d="m0 792c10-10 20-10 30 0""#),
      ("/None cs 9 9 9 9 re f", "data-missing"),
      // Lines without a current point are left out.
      ("50 50 l 90 90 l 9 9 9 9 re f", #"<path d="m9 783h9v-9h-9z"/>"#),
      // Thin areas are as wide as the thinnest line.
      ("10 700 100 .1 re f", ##"stroke="#000" stroke-width=".2""##),
      ("10 700 100 .5 re f", #"<path d="m10 92h100v-.5h-100z"/>"#),
      ("0 0 0 1 k 9 9 9 9 re f", ##"fill="#231f20""##),
    ] as [(String, String)])
  func path(_ content: String, isWritten expected: String) throws {
    #expect(try Drawn.svg(content).contains(expected))
  }

  @Test("A clip that cuts something off is written, one that does not is left out")
  func clips() throws {
    let outside = try Drawn.svg("0 0 612 792 re W n 10 10 20 20 re f")
    #expect(!outside.contains("clip-path"))
    let across = try Drawn.svg("20 20 40 40 re W n 10 10 20 20 re f")
    #expect(across.contains(##"<clipPath id="c1"><path d="m20 732h40v40h-40z"/></clipPath>"##))
    #expect(across.contains(##"<g clip-path="url(#c1)"><path"##))
    let nothing = try Drawn.svg("200 200 40 40 re W n 10 10 20 20 re f")
    #expect(!nothing.contains("m10 782"))
  }

  @Test("The page is turned, cropped and scaled as it is shown")
  func pageBox() throws {
    let turned = try Drawn.svg(
      "0 0 10 20 re f", page: "/MediaBox[0 0 100 200]/Rotate 90/UserUnit 2")
    #expect(turned.contains(#"width="400.0pt" height="200.0pt" viewBox="0 0 200 100""#))
    #expect(turned.contains(#"d="m0 0v10h20v-10z""#))
    let cropped = try Drawn.svg("50 60 10 20 re f", page: "/CropBox[50 60 150 160]")
    #expect(cropped.contains(#"viewBox="0 0 100 100""#))
    #expect(cropped.contains(#"d="m0 100h10v-20h-10z""#))
  }

  @Test("Hidden layers are not drawn")
  func layers() throws {
    var file = SampleFile(
      pages: ["/OC /L BDC 10 10 20 20 re f EMC 50 50 20 20 re f"],
      resources: "/Properties<</L 5 0 R>>")
    file.add("<</Type/OCG/Name(L)>>")
    file.objects[0] = Array(
      "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>>>".utf8)
    let svg = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(!svg.contains("m10 782"))
    #expect(svg.contains("m50 742"))
  }

  @Test(
    "Content that never ends is cut off and named",
    arguments: [
      ("/X Do", 1), ("q ", 100_000), ("0 0 9 9 re f ", 250_000),
      ("0 0 m 9 9 l 200 0 l h W n 0 0 9 9 re f ", 20_000),
    ])
  func limits(_ part: String, times count: Int) throws {
    let content = String(repeating: part, count: count)
    var file = SampleFile(pages: [content], resources: "/XObject<</X 5 0 R>>")
    file.add(stream: "9 9 9 9 re f /X Do /X Do", "/Subtype/Form/BBox[0 0 100 100]")
    let drawing = try Drawn.page(file)
    #expect(drawing.svg.count < 13 << 20)
    #expect(String(decoding: drawing.svg, as: UTF8.self).hasSuffix("</svg>"))
  }

  @Test(
    "Content that is damaged is named",
    arguments: [
      "(never closed", "BI /W 1 /H 1 /BPC 8 /CS /G ID a", "9 9 9 9 re f <</A", "9 9 9 9 re f",
    ])
  func damaged(_ content: String) throws {
    let isDamaged = !content.hasSuffix("f")
    #expect(try Drawn.svg(content).contains(#"data-missing="damaged""#) == isDamaged)
  }

  @Test(
    "A page whose content cannot be decoded says so",
    arguments: ["/Filter/Unknown", "/Filter/FlateDecode"])
  func undecoded(_ filter: String) throws {
    var file = SampleFile(pages: [""])
    file.objects[3] = SampleFile.stream([1, 2, 3], filter)
    #expect(try Drawn.page(file).missing == [.damaged])
  }

  @Test("There is no page before the first or after the last")
  func pageNumbers() {
    let file = SampleFile(pages: ["", ""]).bytes
    #expect(throws: DrawingError.noSuchPage(3, count: 2)) { try draw(page: 3, of: file) }
    #expect(throws: DrawingError.noSuchPage(0, count: 2)) { try draw(page: 0, of: file) }
    #expect(throws: DrawingError.unreadable(.notPDF)) { try draw(page: 1, of: [1, 2, 3]) }
  }
}
