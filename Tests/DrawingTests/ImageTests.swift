import Compression
import Drawing
import TestSupport
import Testing

@Suite("Images become PNG, or JPEG without what a browser could misread (ISO 32000-2 §8.9)")
struct ImageTests {
  private static func file(_ entries: String, _ data: [UInt8], more: [[UInt8]] = []) -> SampleFile {
    var file = SampleFile(
      pages: ["1 0 0 rg 20 0 0 10 30 40 cm /X Do"], resources: "/XObject<</X 5 0 R>>")
    file.add(stream: data, "/Subtype/Image\(entries)")
    file.objects += more
    return file
  }

  @Test(
    "Samples are shown in their colours",
    arguments: [
      (
        "/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB", [255, 0, 0, 0, 0, 255],
        [2, 255, 0, 0, 0, 0, 255], []
      ),
      ("/Width 8/Height 1/BitsPerComponent 1/ColorSpace/DeviceGray", [0xA5], [0, 0xA5], []),
      (
        "/Width 8/Height 1/BitsPerComponent 1/ColorSpace/DeviceGray/Decode[1 0]", [0xA5],
        [0, 0xA5], [255, 255, 255, 0, 0, 0]
      ),
      (
        "/Width 8/Height 1/BitsPerComponent 1/ColorSpace[/Indexed/DeviceRGB 1<00FF000000FF>]",
        [0x0F], [0, 0x0F], [0, 255, 0, 0, 0, 255]
      ),
      ("/Width 8/Height 1/ImageMask true", [0x0F], [0, 0x0F], [255, 0, 0, 255, 0, 0]),
      (
        "/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceCMYK", [0, 0, 0, 255],
        [2, 35, 31, 32], []
      ),
      // Group 4: a row of 8 pixels of which 4 are black, then the end.
      (
        "/Width 8/Height 1/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode"
          + "/DecodeParms<</K -1/Columns 8>>",
        [0b0011_0110, 0b1100_0000, 0, 0], [0, 0xF0], []
      ),
    ] as [(String, [UInt8], [UInt8], [UInt8])])
  func samples(
    _ entries: String, _ data: [UInt8], areRows expected: [UInt8], palette: [UInt8]
  ) throws {
    let svg = try Drawn.page(Self.file(entries, data)).svg
    let image = try Drawn.png(try #require(Drawn.data("image/png", in: svg).first))
    #expect(image.rows == expected)
    #expect(image.palette == palette)
    #expect(
      String(decoding: svg, as: UTF8.self).contains(
        #"<image x="30" y="742" width="20" height="10" preserveAspectRatio="none" image-rendering="pixelated" href="data:"#
      ))
  }

  @Test(
    "Pixels are squares where they are large, unless the PDF asks for smooth ones",
    arguments: [
      ("/Width 2/Height 1", true), ("/Width 2/Height 1/Interpolate true", false),
      ("/Width 16/Height 1", false), ("/Width 2/Height 8", false),
    ])
  func enlarged(_ entries: String, isPixelated: Bool) throws {
    let file = Self.file(
      entries + "/BitsPerComponent 8/ColorSpace/DeviceGray", [UInt8](repeating: 9, count: 16))
    let svg = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(svg.contains(#"image-rendering="pixelated""#) == isPixelated)
  }

  @Test(
    "Compressed samples are read row by row, whatever predicts them",
    arguments: [
      ("", [10, 20, 30, 40]),
      ("/DecodeParms<</Predictor 15/Columns 2>>", [0, 10, 20, 2, 20, 20]),
      ("/DecodeParms<</Predictor 12/Columns 4>>", [1, 10, 10, 10, 10]),
      ("/DecodeParms<</Predictor 2/Columns 2>>", [10, 10, 30, 10]),
    ] as [(String, [UInt8])])
  func deflated(_ parameters: String, _ data: [UInt8]) throws {
    let file = Self.file(
      "/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode" + parameters,
      deflate(data, level: 6))
    let svg = try Drawn.page(file).svg
    let image = try Drawn.samples(try #require(Drawn.data("image/png", in: svg).first))
    #expect(image.bytes == [10, 20, 30, 40])
  }

  @Test("Rows that are missing are white, and named")
  func missingRows() throws {
    let file = Self.file(
      "/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode",
      deflate([10, 20], level: 6))
    let drawing = try Drawn.page(file)
    let image = try Drawn.samples(try #require(Drawn.data("image/png", in: drawing.svg).first))
    #expect(image.bytes == [10, 20, 255, 255])
    #expect(drawing.missing == [.damaged])
  }

  @Test("A large image is reduced to what a screen shows of it")
  func reduced() throws {
    let row = [UInt8](repeating: 0, count: 100) + [UInt8](repeating: 200, count: 100)
    let file = Self.file(
      "/Width 200/Height 100/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode",
      deflate([[UInt8]](repeating: row, count: 100).flatMap { $0 }, level: 6))
    let svg = try Drawn.page(file).svg
    let image = try Drawn.samples(try #require(Drawn.data("image/png", in: svg).first))
    #expect(image.perRow == 40)
    #expect(image.bytes.count == 40 * 20)
    let half = [UInt8](repeating: 0, count: 20)
    #expect(Array(image.bytes.prefix(40)) == half + [UInt8](repeating: 200, count: 20))
  }

  @Test("Colours that are blended with a matte are not drawn with it")
  func matte() throws {
    let mask = SampleFile.stream(
      [255, 51, 51, 0],
      "/Subtype/Image/Width 4/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Matte[0]")
    let file = Self.file(
      "/Width 4/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 6 0 R", [101, 20, 21, 9],
      more: [mask])
    let drawing = try Drawn.page(file)
    let image = try Drawn.samples(try #require(Drawn.data("image/png", in: drawing.svg).first))
    // What is hardly seen is rounded, and what is not seen at all is left out.
    let faint: [UInt8] = [100, 100, 100, 51]
    #expect(image.bytes == [101, 101, 101, 255] + faint + faint + [0, 0, 0, 0])
    #expect(drawing.missing.isEmpty)
  }

  @Test("A soft mask becomes a mask")
  func softMask() throws {
    let mask = SampleFile.stream(
      [0, 255], "/Subtype/Image/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")
    let file = Self.file(
      "/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB/SMask 6 0 R", [9, 9, 9],
      more: [mask])
    let svg = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(svg.contains(#"<mask id="m1" maskUnits="userSpaceOnUse""#))
    #expect(svg.contains(##"<g mask="url(#m1)"><image"##))
  }

  @Test(
    "What is not decoded is named",
    arguments: [
      ("/Filter/JPXDecode", "jpeg2000"), ("/Filter/JBIG2Decode", "jbig2"),
      ("/Filter/DCTDecode", "image"), ("/ColorSpace/Unknown", "image"),
    ])
  func missing(_ entries: String, isNamed part: String) throws {
    let file = Self.file("/Width 8/Height 8/BitsPerComponent 8\(entries)", [1, 2, 3])
    let drawing = try Drawn.page(file)
    #expect(drawing.missing.map(\.rawValue) == [part])
    #expect(
      String(decoding: drawing.svg, as: UTF8.self).contains(#"data-missing="\#(part)""#))
  }

  @Test("A JPEG keeps its picture and loses its camera data and profile")
  func jpeg() throws {
    let frame: [UInt8] = [
      0xFF, 0xC0, 0, 17, 8, 0, 1, 0, 1, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0,
    ]
    let scan: [UInt8] = [0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0, 1, 2, 0xFF, 0, 3]
    let data: [UInt8] =
      [0xFF, 0xD8, 0xFF, 0xE1, 0, 8] + Array("Exif!!".utf8) + frame + scan + [0xFF, 0xD9]
    let file = Self.file(
      "/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode", data)
    let image = try #require(Drawn.data("image/jpeg", in: try Drawn.page(file).svg).first)
    let adobe: [UInt8] =
      [0xFF, 0xEE, 0, 14] + Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1]
    #expect(image == [0xFF, 0xD8] + adobe + frame + scan + [0xFF, 0xD9])
  }

  @Test(
    "An inline image is drawn, also without a space before its end",
    arguments: [
      "/W 2 /H 1 /BPC 8 /CS /G /F /AHx ID 00FF> EI", "/W 8 /H 2 /IM true ID xyEI",
      "/W 1 /H 1 /BPC 8 /CS /RGB ID abc EI",
    ])
  func inline(_ image: String) throws {
    let svg = try Drawn.svg("q 10 0 0 10 0 0 cm BI \(image) Q 9 9 9 9 re f")
    #expect(svg.contains("data:image/png"))
    #expect(svg.contains("m9 783"))
  }
}
