import Drawing
import Foundation
import TestSupport
import Testing

@Suite("Shadings and patterns are drawn as gradients, pictures and tiles (ISO 32000-2 §8.7)")
struct ShadingTests {
  @Test(
    "A gradient has the colours of its function and ends where it is not extended",
    arguments: [
      (
        "<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 100 0]/Extend[true true]/Function "
          + "<</FunctionType 2/Domain[0 1]/N 1/C0[1 0 0]/C1[0 0 1]>>>>",
        ##"<stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/>"##
      ),
      (
        "<</ShadingType 3/ColorSpace/DeviceGray/Coords[50 50 0 50 50 40]/Function "
          + "<</FunctionType 2/Domain[0 1]/N 1>>>>",
        ##"<stop offset="1" stop-color="#fff" stop-opacity="0"/>"##
      ),
    ] as [(String, String)])
  func gradient(_ shading: String, has stops: String) throws {
    let svg = try Drawn.svg("/S sh", resources: "/Shading<</S \(shading)>>")
    #expect(svg.contains(stops))
    #expect(svg.contains(##"fill="url(#g1)""##))
  }

  @Test("Functions that are stitched together change colours at once")
  func stitched() throws {
    let ramp = "<</FunctionType 2/Domain[0 1]/N 1/C0[1 0 0]/C1[0 0 1]>>"
    let svg = try Drawn.svg(
      "/S sh",
      resources: """
        /Shading<</S<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 9 0]/Extend[true true]/Function\
        <</FunctionType 3/Domain[0 1]/Bounds[.3]/Encode[0 1 0 1]/Functions[\(ramp)\(ramp)]>>>>>>
        """)
    #expect(
      svg.contains(
        ##"offset=".3" stop-color="#00f"/><stop offset=".3" stop-color="#f00"/>"##))
  }

  /// Three corners in red, green and blue, at 0 0, 8 0 and 0 8.
  private static let corners: [UInt8] = [
    0, 0, 0, 255, 0, 0, 0, 8, 0, 0, 255, 0, 0, 0, 8, 0, 0, 255,
  ]
  /// A patch with straight edges around a square of 8, black on the left and white on the right.
  private static let patch: [UInt8] =
    [0, 0, 0, 0, 3, 0, 5, 0, 8, 3, 8, 5, 8, 8, 8, 8, 5, 8, 3, 8, 0, 5, 0, 3, 0]
    + [0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255]

  @Test(
    "A mesh or a function of the place becomes a picture",
    arguments: [
      (
        "/ShadingType 4/BitsPerFlag 8", corners, Color(x: 0, y: 7, 210...255, 0...40, 0...40),
        Color(x: 7, y: 0, 0...0, 0...0, 0...0)
      ),
      (
        "/ShadingType 5/VerticesPerRow 2",
        [0, 0, 255, 0, 0, 8, 0, 255, 0, 0, 0, 8, 0, 0, 255, 8, 8, 0, 0, 255],
        Color(x: 0, y: 7, 210...255, 0...40, 0...40), Color(x: 7, y: 0, 0...40, 0...40, 210...255)
      ),
      (
        "/ShadingType 6/BitsPerFlag 8", patch, Color(x: 0, y: 4, 0...40, 0...40, 0...40),
        Color(x: 7, y: 4, 215...255, 215...255, 215...255)
      ),
      (
        "/ShadingType 1/Domain[0 8 0 8]/Function<</FunctionType 4>>", [],
        Color(x: 0, y: 7, 0...0, 0...0, 0...0), Color(x: 0, y: 7, 0...0, 0...0, 0...0)
      ),
    ] as [(String, [UInt8], Color, Color)])
  func picture(_ entries: String, _ data: [UInt8], has first: Color, and second: Color) throws {
    var file = SampleFile(
      pages: ["0 0 8 8 re W n /S sh"], resources: "/Shading<</S 5 0 R>>",
      page: "/MediaBox[0 0 100 100]")
    file.add(
      stream: data,
      entries + "/ColorSpace/DeviceRGB/BitsPerCoordinate 8/BitsPerComponent 8"
        + "/Decode[0 255 0 255 0 1 0 1 0 1]")
    let drawing = try Drawn.page(file)
    guard !data.isEmpty else {
      #expect(drawing.missing == [.shading])
      return
    }
    #expect(drawing.missing.isEmpty)
    let image = try Drawn.samples(try #require(Drawn.data("image/png", in: drawing.svg).first))
    for color in [first, second] {
      // Two pixels for each unit.
      let place = 2 * color.y * image.perRow + 2 * color.x * 4
      #expect(color.red.contains(image.bytes[place]))
      #expect(color.green.contains(image.bytes[place + 1]))
      #expect(color.blue.contains(image.bytes[place + 2]))
    }
  }

  /// The colours that a place of a picture may have.
  struct Color: Sendable {
    let x: Int
    let y: Int
    let red: ClosedRange<UInt8>
    let green: ClosedRange<UInt8>
    let blue: ClosedRange<UInt8>

    init(
      x: Int, y: Int, _ red: ClosedRange<UInt8>, _ green: ClosedRange<UInt8>,
      _ blue: ClosedRange<UInt8>
    ) {
      (self.x, self.y, self.red, self.green, self.blue) = (x, y, red, green, blue)
    }
  }

  @Test("A shading by a function of the place is a picture of it")
  func function() throws {
    var file = SampleFile(
      pages: ["/S sh"],
      resources: "/Shading<</S<</ShadingType 1/ColorSpace/DeviceRGB/Matrix[8 0 0 8 0 0]/Function "
        + "5 0 R>>>>")
    file.add(
      stream: "{ 0 }", "/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]")
    let drawing = try Drawn.page(file)
    let image = try Drawn.samples(try #require(Drawn.data("image/png", in: drawing.svg).first))
    // The last pixel of the first row is at the right top corner.
    #expect(image.perRow == 64)
    #expect(image.bytes[60] > 240 && image.bytes[61] > 240 && image.bytes[62] == 0)
  }

  @Test(
    "A mesh that cannot be read is named among what is missing",
    arguments: [
      "/ShadingType 5", "/ShadingType 4/BitsPerFlag 8/BitsPerCoordinate 64/BitsPerComponent 8",
      "/ShadingType 6/BitsPerFlag 8/BitsPerCoordinate 8/BitsPerComponent 8/Decode[0 1]",
    ])
  func unreadable(_ entries: String) throws {
    var file = SampleFile(pages: ["/S sh"], resources: "/Shading<</S 5 0 R>>")
    file.add(stream: [1, 2, 3], "/ColorSpace/DeviceRGB" + entries)
    #expect(try Drawn.page(file).missing == [.meshShading])
  }

  @Test("Functions take no more work than a page may")
  func work() throws {
    var file = SampleFile(
      pages: [String(repeating: "/S sh ", count: 500)],
      resources: "/Shading<</S<</ShadingType 1/ColorSpace/DeviceRGB/Matrix[600 0 0 700 0 0]"
        + "/Function 5 0 R>>>>")
    file.add(
      stream: "{" + String(repeating: "dup mul sqrt ", count: 3000) + "0}",
      "/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]")
    let limits = DrawingLimits(work: 200_000)
    let drawing = try draw(page: 1, of: file.bytes, drawingLimits: limits)
    #expect(drawing.missing == [.limits])
  }

  @Test("A shading in a tile is a picture of its own size")
  func inTile() throws {
    var file = SampleFile(
      pages: ["/Pattern cs /P scn 0 0 50 50 re f"], resources: "/Pattern<</P 5 0 R>>")
    file.add(
      stream: "/S sh",
      """
      /PatternType 1/PaintType 1/BBox[0 0 50 50]/XStep 50/YStep 50/Resources<</Shading<</S\
      <</ShadingType 1/ColorSpace/DeviceRGB/Matrix[50 0 0 50 0 0]/Function 6 0 R>>>>>>
      """)
    file.add(stream: "{ 0 }", "/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]")
    let svg = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(svg.contains(#"<image x="0" y="0" width="50" height="50""#))
  }

  @Test("A shading pattern is painted over its background")
  func background() throws {
    let svg = try Drawn.svg(
      "/Pattern cs /P scn 0 0 50 50 re f",
      resources: """
        /Pattern<</P<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB/Background[1 1 0]\
        /Coords[10 0 20 0]/Function<</FunctionType 2/Domain[0 1]/N 1/C0[1 0 0]/C1[0 0 1]>>>>>>>>
        """)
    #expect(svg.contains(##"<g><path fill="#ff0" d="m0 0h612v792h-612z"/><path fill="url(#g1)""##))
    #expect(svg.contains(##"<path fill="url(#p1)" d="m0 792h50"##))
  }

  @Test("The origin of a tile is its corner, and later tiles lie over earlier ones")
  func tiles() throws {
    var file = SampleFile(
      pages: ["/Pattern cs /P scn 0 0 50 50 re f"], resources: "/Pattern<</P 5 0 R>>")
    file.add(
      stream: "1 0 0 rg -5 -5 10 10 re f",
      "/PatternType 1/PaintType 1/BBox[-5 -5 15 5]/XStep 10/YStep 10/Resources<<>>")
    let svg = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(svg.contains(#"x="-5" y="-5" width="10" height="10""#))
    #expect(svg.contains(#"<g transform="matrix(1 0 0 1 5 5)">"#))
    let earlier = try #require(svg.range(of: "m-15-5"))
    let later = try #require(svg.range(of: "m-5-5h10"))
    #expect(earlier.lowerBound < later.lowerBound)
  }
}
