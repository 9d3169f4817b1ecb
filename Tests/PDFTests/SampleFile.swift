import PDF

/// Builds small files, right or deliberately wrong ones.
struct SampleFile {
  /// Objects by their place; the first has the number 1.
  var objects: [[UInt8]] = []
  var trailer = "/Root 1 0 R"
  var header = "%PDF-1.7\n"

  init() {}

  /// A document of pages with these contents, which share some resources.
  ///
  /// Objects 1 and 2 are the catalogue and the page tree; each page has a page object and after it
  /// its content.
  init(
    pages contents: [String],
    resources: String = SampleFile.helvetica,
    page: String = "",
    more: [String] = []
  ) {
    let kids = contents.indices.map { "\(3 + 2 * $0) 0 R" }.joined(separator: " ")
    add("<</Type/Catalog/Pages 2 0 R>>")
    add("<</Type/Pages/Kids[\(kids)]/Count \(contents.count)/MediaBox[0 0 612 792]>>")
    for (index, content) in contents.enumerated() {
      add(
        "<</Type/Page/Parent 2 0 R/Contents \(4 + 2 * index) 0 R/Resources<<\(resources)>>\(page)>>"
      )
      add(stream: content)
    }
    for object in more { add(object) }
  }

  static let helvetica =
    "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>"

  mutating func add(_ object: String) { objects.append(Array(object.utf8)) }

  mutating func add(stream data: String, _ entries: String = "") {
    add(stream: Array(data.utf8), entries)
  }

  mutating func add(stream data: [UInt8], _ entries: String = "") {
    objects.append(Self.stream(data, entries))
  }

  static func stream(_ data: [UInt8], _ entries: String = "") -> [UInt8] {
    Array("<</Length \(data.count)\(entries)>>stream\n".utf8) + data + Array("\nendstream".utf8)
  }

  /// The file with a cross-reference table.
  var bytes: [UInt8] {
    var (file, offsets) = body
    let start = file.count
    file += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
    for offset in offsets { file += Array(Self.entry(offset).utf8) }
    file += Array(
      "trailer\n<</Size \(objects.count + 1)\(trailer)>>\nstartxref\n\(start)\n%%EOF\n".utf8)
    return file
  }

  static func entry(_ offset: Int) -> String {
    String(repeating: "0", count: 10 - String(offset).utf8.count) + "\(offset) 00000 n \n"
  }

  /// The header and the objects, and where each begins.
  var body: (bytes: [UInt8], offsets: [Int]) {
    var file = Array(header.utf8)
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(file.count)
      file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    return (file, offsets)
  }
}

/// The lines of all pages of a file.
func lines(_ bytes: [UInt8], limits: Limits = .standard) throws -> [String] {
  try text(of: bytes, limits: limits).pages.flatMap { $0.lines.map(\.text) }
}

/// The lines of a single page with some content.
func lines(
  showing content: String, resources: String = SampleFile.helvetica, page: String = "",
  more: [String] = []
) throws -> [String] {
  try lines(
    SampleFile(pages: [content], resources: resources, page: page, more: more).bytes)
}
