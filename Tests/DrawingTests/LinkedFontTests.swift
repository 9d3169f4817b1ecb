import Drawing
import Markup
import TestSupport
import Testing

@Suite("Pages of a document share fonts that do not depend on the page")
struct LinkedFontTests {
  private static let descriptor =
    "/FontDescriptor<</Type/FontDescriptor/Flags 32/Ascent 700/Descent -200/FontFile2 7 0 R>>"
  private static let font =
    "<</Type/Font/Subtype/TrueType/BaseFont/Sample/Encoding/WinAnsiEncoding/FirstChar 65/LastChar 66"
    + "/Widths[700 500]\(descriptor)>>"

  /// Two pages with a font that is object 8 or a part of their resources.
  private static func file(_ contents: [String], isObject: Bool) -> SampleFile {
    let other =
      "/F2<</Type/Font/Subtype/TrueType/BaseFont/Sample/Widths[400 400]/FirstChar 65"
      + "/Encoding<</Differences[65/B/A]>>\(descriptor)>>"
    var file = SampleFile(
      pages: contents,
      resources: "/Font<</F1 \(isObject ? "8 0 R" : font)\(other)>>")
    file.add(stream: SampleFont.trueType())
    file.add(font)
    return file
  }

  private static func page(_ number: Int, of file: SampleFile) throws -> Drawing {
    try draw(page: number, of: file.bytes, fonts: .linked)
  }

  @Test("Pages that show other characters have the same font", arguments: [true, false])
  func sharing(isObject: Bool) throws {
    let file = Self.file(
      ["BT /F1 10 Tf 50 700 Td (A) Tj ET", "BT /F1 10 Tf 50 700 Td (B) Tj ET"], isObject: isObject)
    let (first, second) = (try Self.page(1, of: file), try Self.page(2, of: file))
    let (one, other) = (try #require(first.fonts.first), try #require(second.fonts.first))
    #expect(first.fonts.count == 1)
    #expect(one.number == other.number)
    #expect(one.woff == other.woff)
    #expect(try Drawn.tables(one.woff)["hmtx"]?.count == 4 * 4)
    if isObject { #expect(one.number == 8 * 32) }
    let svg = String(decoding: second.svg, as: UTF8.self)
    #expect(svg.contains(#"font-family="\#(one.family)" font-size="10">B</text>"#))
    #expect(!svg.contains("<style") && !svg.contains("data:"))
    #expect(svg.contains(#" class="drawn-page""#))
  }

  @Test("Fonts with the same program and other encodings or widths are kept apart")
  func twoFonts() throws {
    let file = Self.file(
      ["BT /F1 10 Tf 50 700 Td (A) Tj /F2 10 Tf (AB) Tj ET", ""], isObject: true)
    let fonts = try Self.page(1, of: file).fonts
    #expect(fonts.count == 2)
    #expect(Set(fonts.map(\.number)).count == 2)
    let advances = try fonts.map { try #require(Drawn.tables($0.woff)["hmtx"]) }
    #expect(advances[0] != advances[1])
  }

  @Test("Parts of several pages in one document have names of their own")
  func names() throws {
    let content = "q 50 50 m 90 50 l 70 90 l W n 0 0 612 792 re f Q"
    let file = Self.file([content, content], isObject: true)
    for number in 1...2 {
      let svg = String(decoding: try Self.page(number, of: file).svg, as: UTF8.self)
      #expect(svg.contains(#"<clipPath id="c\#(number)-1">"#))
    }
  }

  @Test("The rules that drawings with linked fonts need hold for them alone")
  func rules() {
    let rules = SVGStyle.linkedRules.split(separator: "\n")
    #expect(rules.allSatisfy { $0.hasPrefix(".drawn-page ") && $0.hasSuffix("}") })
    #expect(rules.contains { $0.hasPrefix(".drawn-page text{white-space:pre") })
    #expect(rules.contains(".drawn-page .b0{mix-blend-mode:multiply}"))
  }

  @Test("A glyph for what a font lacks shows nothing else in its place")
  func missingGlyph() throws {
    let file = Drawn.file(
      "BT /F1 10 Tf 50 700 Td <00010002> Tj ET", program: SampleFont.trueType(hasMap: false),
      key: "FontFile2", subtype: "CIDFontType2", isComposite: true,
      toUnicode: "3 beginbfchar <0000> <0020> <0001> <0041> <0002> <0042> endbfchar")
    let fonts = try draw(page: 1, of: file.bytes, fonts: .linked).fonts
    let font = try #require(fonts.first)
    let metrics = try #require(Drawn.tables(font.woff)["hmtx"])
    // .notdef, A, B and the space between words.
    #expect(metrics.count == 4 * 4)
  }
}
