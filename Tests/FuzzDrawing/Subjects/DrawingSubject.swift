internal import Drawing
internal import PDF

/// A part of a page that is drawn, made of any bytes.
package enum DrawingSubject: UInt8, CaseIterable, Sendable {
  /// A whole file.
  case file
  /// The content of a page.
  case content
  /// Font programs, of simple fonts and of composite ones.
  case type1, trueType, compact, cidTrueType, cidCompact
  /// The content of a Type 3 glyph.
  case type3
  /// The data of images, and the entries of an image.
  case jpeg, fax, samples, imageEntries
  /// The entries of a shading, a pattern, a function and a graphics state.
  case shading, pattern, function, graphicsState
  /// The program of a calculator function.
  case calculator
  /// The data of a mesh, after a byte for its type.
  case mesh

  /// Draws the page that the bytes are a part of; the first byte chooses the subject.
  ///
  /// What must hold of any bytes is a precondition, so that its failure is found as a crash is.
  package static func read(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let subject = allCases[Int(first) % allCases.count]
    check(subject.file(of: Array(input.dropFirst())))
  }

  private static let limits = Limits(
    streamBytes: 1 << 20, inflatedBytes: 4 << 20, nesting: 32, operators: 100_000, pages: 50,
    pageGlyphs: 20_000, textBytes: 1 << 18)
  private static let drawingLimits = DrawingLimits(
    elements: 5_000, bytes: 1 << 20, operators: 50_000, nesting: 8, imagePixels: 1 << 16,
    sampleBytes: 1 << 19, work: 1 << 20)

  private static func check(_ file: [UInt8]) {
    guard
      let drawing = try? draw(
        page: 1, of: file, limits: limits, drawingLimits: drawingLimits)
    else { return }
    precondition(drawing.width.isFinite && drawing.height.isFinite)
    let svg = drawing.svg
    precondition(
      svg.starts(with: Array("<svg ".utf8)) && svg.suffix(6).elementsEqual("</svg>".utf8))
    var depth = 0
    var index = 0
    while let start = svg[index...].firstIndex(of: UInt8(ascii: "<")) {
      guard let end = svg[start...].firstIndex(of: UInt8(ascii: ">")) else {
        preconditionFailure("a tag without an end")
      }
      let isEnd = svg[start + 1] == UInt8(ascii: "/")
      let isEmpty = svg[end - 1] == UInt8(ascii: "/")
      depth += isEnd ? -1 : isEmpty ? 0 : 1
      precondition(depth >= 0)
      index = end + 1
    }
    precondition(depth == 0)
  }

  // MARK: Files

  private func file(of bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    switch self {
    case .file: return bytes
    case .content: return Self.file("", Self.stream(bytes))
    case .type1: return Self.file(font: Self.simple("Type1", "FontFile"), bytes)
    case .trueType: return Self.file(font: Self.simple("TrueType", "FontFile2"), bytes)
    case .compact: return Self.file(font: Self.simple("Type1", "FontFile3"), bytes)
    case .cidTrueType: return Self.file(font: Self.composite("FontFile2"), bytes)
    case .cidCompact: return Self.file(font: Self.composite("FontFile3"), bytes)
    case .type3:
      return Self.file(
        font: """
          <</Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FirstChar 65/LastChar 66/Widths[50 50]\
          /Encoding<</Differences[65/A/A]>>/CharProcs<</A 5 0 R>>>>
          """, bytes)
    case .jpeg: return Self.file(image: "/Filter/DCTDecode/ColorSpace/DeviceRGB", bytes)
    case .fax:
      let k = [-1, 0, 4][Int(bytes.first ?? 0) % 3]
      return Self.file(
        image: "/Filter/CCITTFaxDecode/DecodeParms<</K \(k)/Columns 40>>/ImageMask true",
        Array(bytes.dropFirst()))
    case .samples: return Self.file(image: "/ColorSpace/DeviceCMYK", bytes)
    case .imageEntries: return Self.file(image: text, Array("0123456789".utf8))
    case .shading:
      return Self.file("/Shading<</S<</Function 5 0 R\(text)>>>>", Self.shown, more: Self.fade)
    case .pattern:
      return Self.file(
        "/Pattern<</P 5 0 R>>", Self.shown, more: Self.stream(Self.shown, "/PatternType 1" + text))
    case .function:
      return Self.file(
        "/Shading<</S<</ShadingType 2/Coords[0 0 9 9]/ColorSpace/DeviceRGB/Function 5 0 R>>>>",
        Self.shown, more: Array("<<\(text)>>".utf8))
    case .calculator:
      return Self.file(
        "/Shading<</S<</ShadingType 2/Coords[0 0 9 9]/ColorSpace/DeviceRGB/Function 5 0 R>>>>",
        Self.shown,
        more: Self.stream(bytes, "/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1]"))
    case .mesh:
      return Self.file(
        "/Shading<</S 5 0 R>>", Self.shown,
        more: Self.stream(
          Array(bytes.dropFirst()),
          """
          /ShadingType \(4 + (bytes.first ?? 0) % 4)/ColorSpace/DeviceGray/BitsPerFlag 8\
          /BitsPerCoordinate 8/BitsPerComponent 8/VerticesPerRow 2/Decode[0 99 0 99 0 1]
          """))
    case .graphicsState:
      return Self.file("/ExtGState<</G<<\(text)>>>>", Self.shown, more: Self.stream(Self.shown))
    }
  }

  private static let fade = Array("<</FunctionType 2/N 1/C0[0 0 0]/C1[1 1 1]/Domain[0 1]>>".utf8)
  /// Uses every resource by the names of the subjects.
  private static let shown = Array(
    """
    /G gs q 50 0 0 50 9 9 cm /X Do Q /S sh /Pattern cs /P scn 0 0 m 50 50 l 90 0 l b
    BT 2 Tr /F1 12 Tf 72 700 Td (AB) Tj [<00410042> -300 <0001>] TJ 7 Tr (A) Tj ET
    """.utf8)

  private static func file(
    _ resources: String, _ content: [UInt8], more: [UInt8] = Array("null".utf8)
  ) -> [UInt8] {
    let objects = [
      Array("<</Type/Catalog/Pages 2 0 R>>".utf8),
      Array("<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 612 792]>>".utf8),
      Array("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<\(resources)>>>>".utf8),
      content.starts(with: Array("<<".utf8)) ? content : stream(content), more,
    ]
    // The table is found by scanning, which costs least to write.
    var file = Array("%PDF-1.7\n".utf8)
    for (index, object) in objects.enumerated() {
      file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    return file + Array("trailer\n<</Root 1 0 R>>\n".utf8)
  }

  private static func file(font: String, _ bytes: [UInt8]) -> [UInt8] {
    file("/Font<</F1 \(font)>>", shown, more: stream(bytes))
  }

  private static func file(image entries: String, _ bytes: [UInt8]) -> [UInt8] {
    file(
      "/XObject<</X 5 0 R>>", shown,
      more: stream(bytes, "/Subtype/Image/Width 40/Height 20/BitsPerComponent 8\(entries)"))
  }

  private static func simple(_ kind: String, _ program: String) -> String {
    """
    <</Type/Font/Subtype/\(kind)/BaseFont/Made/FirstChar 65/LastChar 66/Widths[500 600]\
    /FontDescriptor<</Flags 4/\(program) 5 0 R>>>>
    """
  }

  private static func composite(_ program: String) -> String {
    """
    <</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[<<\
    /Type/Font/Subtype/CIDFontType2/FontDescriptor<</Flags 4/\(program) 5 0 R>>>>]>>
    """
  }

  private static func stream(_ data: [UInt8], _ entries: String = "") -> [UInt8] {
    Array("<</Length \(data.count)\(entries)>>stream\n".utf8) + data + Array("\nendstream".utf8)
  }
}
