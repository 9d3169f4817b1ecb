import Drawing
import TestSupport
import Testing

@Suite("Drawings become pixels as browsers show them")
struct RasterTests {
  /// A page in one pixel for each point.
  private static func picture(_ svg: [UInt8], width: Int = 612) throws -> RasterImage {
    try #require(rasterize(svg, width: width))
  }

  private static func picture(
    _ content: String, resources: String = SampleFile.helvetica
  ) throws -> RasterImage {
    let file = SampleFile(pages: [content], resources: resources)
    return try picture(try Drawn.page(file).svg)
  }

  private static func color(_ picture: RasterImage, _ x: Int, _ y: Int) -> [Int] {
    let place = (y * picture.width + x) * 3
    return picture.rgb[place..<place + 3].map(Int.init)
  }

  private static func isClose(_ one: [Int], _ other: [Int], _ tolerance: Int = 3) -> Bool {
    zip(one, other).allSatisfy { abs($0 - $1) <= tolerance }
  }

  /// The box of the pixels that are darker than paper: left, top, right, bottom.
  private static func ink(_ picture: RasterImage) -> [Int] {
    var box = [Int.max, Int.max, -1, -1]
    for y in 0..<picture.height {
      for x in 0..<picture.width where color(picture, x, y)[1] < 200 {
        box = [min(box[0], x), min(box[1], y), max(box[2], x + 1), max(box[3], y + 1)]
      }
    }
    return box
  }

  private static let resources = """
    /ExtGState<</H<</ca .5/CA .5>>/M<</BM/Multiply>>\
    /S<</SMask<</S/Luminosity/G 5 0 R>>>>>>\
    /Shading<</L<</ShadingType 2/ColorSpace/DeviceRGB/Coords[50 0 150 0]\
    /Function<</FunctionType 2/N 1/Domain[0 1]/C0[1 0 0]/C1[0 0 1]>>/Extend[true true]>>\
    /R<</ShadingType 3/ColorSpace/DeviceGray/Coords[100 692 0 100 692 80]\
    /Function<</FunctionType 2/N 1/Domain[0 1]/C0[0]/C1[1]>>/Extend[true false]>>>>\
    /Pattern<</P 6 0 R>>
    """

  @Test(
    "Content has its colours",
    arguments: [
      // Half of a pixel is covered.
      (
        "10.5 700 20 20 re f",
        [(9, 80, [255, 255, 255]), (10, 80, [128, 128, 128]), (11, 80, [0, 0, 0])]
      ),
      ("1 0 0 rg 10 700 20 20 re f", [(15, 80, [255, 0, 0])]),
      // One square in another, with the same direction and by the other rule.
      (
        "10 700 80 80 re 30 720 40 40 re f", [(15, 50, [0, 0, 0]), (50, 50, [0, 0, 0])]
      ),
      (
        "10 700 80 80 re 30 720 40 40 re f*", [(15, 50, [0, 0, 0]), (50, 50, [255, 255, 255])]
      ),
      // Lines: caps, joins, dashes.
      (
        "10 w 50 700 m 90 700 l S",
        [(48, 92, [255, 255, 255]), (51, 88, [0, 0, 0]), (51, 96, [0, 0, 0])]
      ),
      ("10 w 2 J 50 700 m 90 700 l S", [(46, 92, [0, 0, 0]), (44, 92, [255, 255, 255])]),
      (
        "10 w 1 J 50 700 m 50 700 l S",
        [(50, 92, [0, 0, 0]), (47, 89, [0, 0, 0]), (45, 87, [255, 255, 255])]
      ),
      (
        "20 w 50 600 m 50 700 l 150 700 l S", [(41, 83, [0, 0, 0]), (39, 83, [255, 255, 255])]
      ),
      (
        "20 w 1 j 50 600 m 50 700 l 150 700 l S",
        [(41, 83, [255, 255, 255]), (45, 86, [0, 0, 0])]
      ),
      (
        "20 w 2 j 50 600 m 50 700 l 150 700 l S",
        [(43, 85, [255, 255, 255]), (47, 88, [0, 0, 0])]
      ),
      (
        "4 w [10 10] 5 d 50 700 m 150 700 l S",
        [(52, 92, [0, 0, 0]), (60, 92, [255, 255, 255]), (70, 92, [0, 0, 0])]
      ),
      // A curve, half a circle.
      (
        "100 700 m 100 755 180 755 180 700 c f",
        [(140, 60, [0, 0, 0]), (102, 55, [255, 255, 255])]
      ),
      // A clipping path.
      (
        "q 50 600 m 150 600 l 100 700 l h W n 0 0 612 792 re f Q",
        [(100, 150, [0, 0, 0]), (55, 110, [255, 255, 255]), (180, 150, [255, 255, 255])]
      ),
      // Transparency, and a blend mode over yellow.
      ("/H gs 0 0 1 rg 10 700 20 20 re f", [(15, 80, [128, 128, 255])]),
      (
        "1 1 0 rg 10 700 40 40 re f /M gs 0 1 1 rg 10 700 40 40 re f", [(15, 80, [0, 255, 0])]
      ),
      // A mask whose left half is white.
      ("/S gs 0 0 612 792 re f", [(50, 100, [0, 0, 0]), (150, 100, [255, 255, 255])]),
      // Shadings.
      (
        "/L sh",
        [(20, 100, [255, 0, 0]), (100, 100, [128, 0, 128]), (180, 100, [0, 0, 255])]
      ),
      (
        "/R sh",
        [(100, 100, [1, 1, 1]), (140, 100, [128, 128, 128]), (190, 100, [255, 255, 255])]
      ),
      // A tiling pattern: red squares in tiles of 20 points.
      (
        "/Pattern cs /P scn 0 592 200 200 re f",
        [
          (105, 195, [255, 0, 0]), (115, 195, [255, 255, 255]), (145, 155, [255, 0, 0]),
        ]
      ),
      // An inline image of two pixels, red and blue, over 100 points.
      (
        "q 100 0 0 50 100 600 cm BI /W 2/H 1/CS/RGB/BPC 8/F/AHx ID FF00000000FF> EI Q",
        [(110, 160, [255, 0, 0]), (190, 160, [0, 0, 255]), (110, 196, [255, 255, 255])]
      ),
    ] as [(String, [(Int, Int, [Int])])])
  func content(_ content: String, hasColors expected: [(Int, Int, [Int])]) throws {
    // The upper left corner of a page of 792 points.
    var file = SampleFile(
      pages: ["1 0 0 1 0 -592 cm \(content)"], resources: Self.resources,
      page: "/MediaBox[0 0 200 200]")
    file.add(
      stream: "1 g 0 0 100 792 re f",
      "/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Group<</S/Transparency/CS/DeviceGray>>")
    file.add(
      stream: "1 0 0 rg 0 0 10 10 re f",
      "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 20 20]/XStep 20/YStep 20/Resources<<>>")
    let picture = try Self.picture(try Drawn.page(file).svg, width: 200)
    #expect(!picture.isPartial)
    for (x, y, color) in expected {
      let found = Self.color(picture, x, y)
      #expect(Self.isClose(found, color), "at \(x), \(y): \(found), not \(color)")
    }
  }

  @Test("Text has the outlines of its fonts", arguments: [0, 1, 2])
  func text(_ index: Int) throws {
    let (program, key, subtype, entries) =
      [
        (SampleFont.trueType(), "FontFile2", "TrueType", ""),
        (SampleFont.compact(), "FontFile3", "Type1", "/Subtype/Type1C"),
        (SampleFont.type1(), "FontFile", "Type1", ""),
      ][index]
    let file = Drawn.file(
      "BT /F1 100 Tf 50 692 Td (BB) Tj ET", program: program, key: key, subtype: subtype,
      entries: entries)
    let picture = try Self.picture(try Drawn.page(file).svg)
    #expect(!picture.isPartial)
    // Two triangles, 50 wide and 70 high.
    #expect(Self.ink(picture) == [50, 31, 150, 100])
    #expect(Self.color(picture, 75, 60) == [0, 0, 0])
    #expect(Self.color(picture, 100, 60) == [255, 255, 255])
    #expect(Self.color(picture, 125, 60) == [0, 0, 0])
  }

  @Test("Glyphs of sequences of characters are shown once")
  func ligature() throws {
    let file = Drawn.file(
      "BT /F1 100 Tf 50 692 Td <00020002> Tj ET", program: SampleFont.trueType(hasMap: false),
      key: "FontFile2", subtype: "CIDFontType2", isComposite: true,
      toUnicode: "1 beginbfchar <0002> <00740074> endbfchar")
    let picture = try Self.picture(try Drawn.page(file).svg)
    #expect(Self.color(picture, 75, 60) == [0, 0, 0])
    #expect(Self.color(picture, 145, 60) == [0, 0, 0])
    #expect(Self.color(picture, 215, 60) == [255, 255, 255])
  }

  @Test("Words in fonts that are not embedded are legible and as wide as in the PDF")
  func substitute() throws {
    let box = Self.ink(try Self.picture("BT /F1 100 Tf 50 600 Td (HIH) Tj ET"))
    // The advances of Helvetica are 722, 278 and 722 thousandths of the size.
    #expect(abs(box[0] - 50) < 14 && abs(box[2] - 222) < 14)
    #expect(abs(box[1] - 120) < 14 && abs(box[3] - 192) < 8)
  }

  @Test(
    "Words in other fonts have a length, positions or neither",
    arguments: [
      ("textLength=\"60\"", 70), ("x=\"10 40\"", 70), ("x=\"10 40 50\"", 70), ("", 46),
    ])
  func otherFonts(_ attribute: String, areIn right: Int) throws {
    let svg =
      "<svg viewBox=\"0 0 100 40\"><text x=\"10\" y=\"30\" font-size=\"30\">"
      + "<tspan \(attribute)>HH</tspan></text></svg>"
    let box = Self.ink(try Self.picture(Array(svg.utf8), width: 100))
    #expect(abs(box[0] - 12) < 4 && abs(box[2] - right) < 6, "\(box)")
  }

  @Test("A PNG file of a picture has its size and colours")
  func png() throws {
    let picture = try Self.picture(
      Array(Drawn.svg("1 0 0 rg 0 0 612 396 re f").utf8), width: 100)
    #expect(picture.height == 129)
    let png = try Drawn.png(picture.png)
    #expect(png.header.prefix(8) == [0, 0, 0, 100, 0, 0, 0, 129])
    #expect(png.palette.prefix(3) == [255, 255, 255] && picture.png.count < 300)
  }

  @Test("Pages of any shape have pictures within the limits")
  func shapes() throws {
    let tall = try Drawn.page(SampleFile(pages: [""], page: "/MediaBox[0 0 10 1400]")).svg
    #expect(rasterize(tall, width: 20)?.height == 2800)
    #expect(rasterize(tall, width: 20, limits: RasterLimits(pixels: 1000)) == nil)
    #expect(rasterize(tall, width: 0) == nil)
    #expect(rasterizeCover(tall, width: 0) == nil)
    #expect(rasterizeCover(tall, width: 90, limits: RasterLimits(pixels: 1000)) == nil)
  }

  @Test(
    "Covers are four by three, filled by tall pages and with wide ones in the middle",
    arguments: [
      ("0 0 300 400", [255, 0, 0], [255, 0, 0]), ("0 0 612 792", [255, 0, 0], [255, 0, 0]),
      ("0 0 595 842", [255, 0, 0], [255, 0, 0]), ("0 0 100 900", [255, 0, 0], [255, 0, 0]),
      ("0 0 900 300", [237, 237, 237], [255, 0, 0]),
    ])
  func cover(_ box: String, hasCorner corner: [Int], middle: [Int]) throws {
    let file = SampleFile(pages: ["1 0 0 rg -9 -9 2000 2000 re f"], page: "/MediaBox[\(box)]")
    let cover = try #require(rasterizeCover(try Drawn.page(file).svg, width: 90))
    #expect(cover.width == 90 && cover.height == 120)
    #expect(Self.color(cover, 0, 0) == corner && Self.color(cover, 89, 119) == corner)
    #expect(Self.color(cover, 45, 60) == middle)
  }

  @Test(
    "What is no drawing has no picture",
    arguments: [
      "", "<", "<svg", "text", "<html></html>", "<svg/>", "<svg viewBox=\"0 0 0 0\"/>",
      "<svg viewBox=\"0 0 10\"/>",
    ])
  func noDrawing(_ text: String) {
    #expect(rasterize(Array(text.utf8), width: 10) == nil)
  }

  @Test(
    "What cannot be drawn is left out and reported",
    arguments: [
      "<script>1</script>", "<path onload=\"x\" d=\"m0 0\"/>",
      "<foreignObject><g/></foreignObject>",
      "<image x=\"1\" y=\"1\" width=\"9\" height=\"9\" href=\"data:image/png;base64,AAAA\"/>",
      "<image width=\"9\" height=\"9\" href=\"https://example.org/\"/>",
      "<g><g><path d=\"m0 0", String(repeating: "<g>", count: 300),
    ])
  func leftOut(_ content: String) throws {
    let svg = "<svg viewBox=\"0 0 20 20\"><path fill=\"#f00\" d=\"m0 0h5v5h-5z\"/>\(content)</svg>"
    let picture = try Self.picture(Array(svg.utf8), width: 20)
    #expect(picture.isPartial)
    #expect(Self.color(picture, 2, 2) == [255, 0, 0])
  }

  @Test(
    "References that lead nowhere or in circles end",
    arguments: [
      "<use href=\"#a\"/>", "<g id=\"t1\"><use href=\"#t1\"/></g>",
      "<g clip-path=\"url(#c9)\"><path d=\"m0 0h1\"/></g>",
      "<mask id=\"m1\"><g mask=\"url(#m1)\"><path d=\"m0 0h9v9z\"/></g></mask><g mask=\"url(#m1)\"/>",
      "<pattern id=\"p1\" width=\"5\" height=\"5\"><path fill=\"url(#p1)\" d=\"m0 0h9v9z\"/></pattern>"
        + "<path fill=\"url(#p1)\" d=\"m0 0h9v9z\"/>",
      "<linearGradient id=\"g1\"/><path fill=\"url(#g1)\" d=\"m0 0h9v9z\"/>",
      "<path d=\"m1e9999-.-.zzz c 1 2 3\"/>",
      "<path stroke=\"#000\" stroke-dasharray=\"0 0\" d=\"m0 0h9\"/>",
      "<path stroke=\"#000\" stroke-dasharray=\".00001\" d=\"m0 0h9999999\"/>",
      "<text font-family=\"f1\">a</text>", "<text textLength=\"9\">&#xFFFFFFFF;&bad;</text>",
      "<style>@font-face{font-family:f1;src:url(data:font/woff;base64,d09GRgAB)}</style>"
        + "<text font-family=\"f1\">a</text>",
    ])
  func hostile(_ content: String) throws {
    let svg = "<svg viewBox=\"0 0 20 20\">\(content)<path fill=\"#f00\" d=\"m0 0h5v5h-5z\"/></svg>"
    let picture = try Self.picture(Array(svg.utf8), width: 20)
    #expect(Self.color(picture, 2, 2) == [255, 0, 0])
  }

  @Test("Work beyond the limit is left out")
  func work() throws {
    let content = String(repeating: "<path d=\"m0 0h20v20h-20z\"/>", count: 1000)
    let svg = Array("<svg viewBox=\"0 0 20 20\">\(content)</svg>".utf8)
    let picture = try #require(rasterize(svg, width: 1000, limits: RasterLimits(work: 10 << 20)))
    #expect(picture.isPartial)
    #expect(Self.color(picture, 2, 2) == [0, 0, 0])
  }
}
