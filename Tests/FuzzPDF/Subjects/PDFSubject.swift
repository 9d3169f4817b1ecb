package import PDF

/// A part of the reader, and how bytes that anybody makes up reach it: as what a small file holds
/// in one place, since text is asked of files alone.
package enum PDFSubject: UInt8, CaseIterable, Sendable {
  /// A whole file.
  case file
  /// The content of a page.
  case content
  /// A CMap that says what codes mean, and the same one that says what glyphs they select.
  case toUnicode, encoding
  /// Font programs, of simple fonts and of composite ones.
  case type1, trueType, compact, cidTrueType, cidCompact
  /// The data of a stream; the byte after the subject says of which filters.
  case filters
  /// The entries of a font, and of a page.
  case fontEntries, pageEntries
  /// What an object stream and a cross-reference stream hold.
  case objectStream, crossReferenceStream

  /// Reads what the bytes are, or are a part of; the first byte chooses the subject.
  ///
  /// What must hold of any bytes is a precondition, so that its failure is found as a crash is.
  package static func read(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let subject = allCases[Int(first) % allCases.count]
    check(subject.file(of: Array(input.dropFirst())))
  }

  /// Little enough that thousands of files are read in a second.
  package static let limits = Limits(
    streamBytes: 1 << 20, inflatedBytes: 4 << 20, nesting: 32, operators: 100_000, pages: 50,
    pageGlyphs: 20_000, textBytes: 1 << 18)

  private static func check(_ file: [UInt8]) {
    guard let document = try? text(of: file, limits: limits) else { return }
    precondition(document.pages.count <= limits.pages)
    precondition(document.defects.count <= 1000)
    var bytes = 0
    for page in document.pages {
      for line in page.lines {
        bytes += line.text.utf8.count
        precondition(!line.text.isEmpty)
        precondition(line.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
      }
    }
    // One line may go past the limit, and is not longer than a page's glyphs can make it.
    precondition(bytes <= limits.textBytes + limits.pageGlyphs * 4096)
    _ = document.defects.map(\.description)
  }

  // MARK: Files

  private func file(of bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .file: bytes
    case .content: Self.file(content: bytes)
    case .toUnicode: Self.file(font: Self.composite("/ToUnicode 5 0 R"), bytes)
    case .encoding: Self.file(font: Self.composite("", encoding: "5 0 R"), bytes)
    case .type1: Self.file(font: Self.simple("Type1", "FontFile"), bytes)
    case .trueType: Self.file(font: Self.simple("TrueType", "FontFile2"), bytes)
    case .compact:
      Self.file(font: Self.simple("Type1", "FontFile3"), bytes, entries: "/Subtype/Type1C")
    case .cidTrueType: Self.file(font: Self.composite("", program: "/FontFile2 5 0 R"), bytes)
    case .cidCompact:
      Self.file(
        font: Self.composite("", program: "/FontFile3 5 0 R"), bytes,
        entries: "/Subtype/CIDFontType0C")
    case .filters: Self.file(filtered: bytes)
    case .fontEntries: Self.file(fontEntries: bytes)
    case .pageEntries:
      Self.written([
        Self.catalog, Self.tree,
        Array("<</Type/Page/Parent 2 0 R/Contents 4 0 R".utf8) + bytes + Array(">>".utf8),
        Self.stream(Self.shown),
      ])
    case .objectStream:
      Self.written([
        Self.catalog, Array("null".utf8), Array("null".utf8), Self.stream(Self.shown),
        Self.stream(bytes, "/Type/ObjStm/N 3/First 14"),
      ])
    case .crossReferenceStream: Self.file(crossReferenceStream: bytes)
    }
  }

  private static let catalog = Array("<</Type/Catalog/Pages 2 0 R>>".utf8)
  private static let tree = Array(
    "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 612 792]>>".utf8)
  /// Codes of one byte and of two, in rows and in columns.
  private static let shown = Array(
    """
    BT /F1 12 Tf 72 700 Td (Rice \\001\\002\\200 of the delta) Tj 0 -14 Td
    [<00410042> -300 <00200043D83DDE00>] TJ T* <8140A1A1B0A1FE> ' ET
    """.utf8)

  private static func file(content: [UInt8]) -> [UInt8] {
    written([
      catalog, tree, page("/F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"), stream(content),
      stream(Array("BT /F1 9 Tf 10 20 Td (within) Tj ET".utf8), "/Subtype/Form/BBox[0 0 99 99]"),
    ])
  }

  private static func file(font: String, _ bytes: [UInt8], entries: String = "") -> [UInt8] {
    written([catalog, tree, page("/F1 \(font)"), stream(shown), stream(bytes, entries)])
  }

  private static func file(filtered bytes: [UInt8]) -> [UInt8] {
    let filters = ["Fl", "LZW", "AHx", "A85", "RL", "FlateDecode/LZWDecode", "A85/Fl", "Crypt/RL"]
    let chosen = Int(bytes.first ?? 0)
    let names = filters[chosen % filters.count]
    let predictor = [1, 2, 10, 12, 15, 0, 99, -1][chosen / filters.count % 8]
    let parameters = "<</Predictor \(predictor)/Columns 5/Colors 3/BitsPerComponent 8>>"
    return written([
      catalog, tree, page("/F1<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"),
      stream(
        Array(bytes.dropFirst()), "/Filter[/\(names)]/DecodeParms[\(parameters) \(parameters)]"),
    ])
  }

  private static func file(fontEntries bytes: [UInt8]) -> [UInt8] {
    written([
      catalog, tree, page("/F1 5 0 R"), stream(shown),
      Array("<</Type/Font".utf8) + bytes + Array(">>".utf8), stream(shown),
    ])
  }

  private static func file(crossReferenceStream bytes: [UInt8]) -> [UInt8] {
    var file = Array("%PDF-1.7\n".utf8)
    for (index, object) in [catalog, tree, page(""), stream(shown)].enumerated() {
      file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    let start = file.count
    file += Array("5 0 obj\n".utf8)
    file += stream(bytes, "/Type/XRef/W[1 2 1]/Index[0 6]/Size 6/Root 1 0 R")
    return file + Array("\nendobj\nstartxref\n\(start)\n%%EOF\n".utf8)
  }

  private static func page(_ fonts: String) -> [UInt8] {
    Array(
      """
      <</Type/Page/Parent 2 0 R/Contents 4 0 R\
      /Resources<</Font<<\(fonts)>>/XObject<</X 5 0 R>>>>>>
      """.utf8)
  }

  private static func simple(_ kind: String, _ program: String) -> String {
    """
    <</Type/Font/Subtype/\(kind)/BaseFont/ABCDEF+Made/FontDescriptor<</Type/FontDescriptor\
    /Flags 4/\(program) 5 0 R>>>>
    """
  }

  private static func composite(
    _ entries: String, encoding: String = "/Identity-H", program: String = ""
  ) -> String {
    """
    <</Type/Font/Subtype/Type0/BaseFont/Made/Encoding \(encoding)\(entries)/DescendantFonts[<<\
    /Type/Font/Subtype/CIDFontType2/W[1[500]]/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)\
    /Supplement 2>>/FontDescriptor<</Type/FontDescriptor/Flags 4\(program)>>>>]>>
    """
  }

  private static func stream(_ data: [UInt8], _ entries: String = "") -> [UInt8] {
    Array("<</Length \(data.count)\(entries)>>stream\n".utf8) + data + Array("\nendstream".utf8)
  }

  /// The objects in a file whose table is found by scanning, which costs least to write.
  private static func written(_ objects: [[UInt8]]) -> [UInt8] {
    var file = Array("%PDF-1.7\n".utf8)
    for (index, object) in objects.enumerated() {
      file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    return file + Array("trailer\n<</Root 1 0 R>>\n".utf8)
  }
}
