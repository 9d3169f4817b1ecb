/// Builds small PDFs, valid or deliberately damaged.
package struct SampleFile {
  /// The objects in order; the first has the number 1.
  package var objects: [[UInt8]] = []
  package var trailer = "/Root 1 0 R"
  package var header = "%PDF-1.7\n"

  package init() {}

  /// A document of pages with these contents, which share resources.
  ///
  /// Objects 1 and 2 are the catalogue and the page tree; each page object is followed by its
  /// content.
  package init(
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

  package static let helvetica =
    "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>"

  package mutating func add(_ object: String) { objects.append(Array(object.utf8)) }

  package mutating func add(stream data: String, _ entries: String = "") {
    add(stream: Array(data.utf8), entries)
  }

  package mutating func add(stream data: [UInt8], _ entries: String = "") {
    objects.append(Self.stream(data, entries))
  }

  package static func stream(_ data: [UInt8], _ entries: String = "") -> [UInt8] {
    Array("<</Length \(data.count)\(entries)>>stream\n".utf8) + data + Array("\nendstream".utf8)
  }

  /// The file with a cross-reference table.
  package var bytes: [UInt8] {
    var (file, offsets) = body
    let start = file.count
    file += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
    for offset in offsets { file += Array(Self.entry(offset).utf8) }
    file += Array(
      "trailer\n<</Size \(objects.count + 1)\(trailer)>>\nstartxref\n\(start)\n%%EOF\n".utf8)
    return file
  }

  package static func entry(_ offset: Int) -> String {
    String(repeating: "0", count: 10 - String(offset).utf8.count) + "\(offset) 00000 n \n"
  }

  /// The header and the objects, and the offset of each object.
  package var body: (bytes: [UInt8], offsets: [Int]) {
    var file = Array(header.utf8)
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(file.count)
      file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    return (file, offsets)
  }
}

extension SampleFile {
  /// A document whose pages have lines of text in printable ASCII.
  package init(lines pages: [[String]]) {
    self.init(
      pages: pages.map { lines in
        let shown = lines.map { line in
          let escaped = line.replacing(/[\\()]/) { "\\\($0.0)" }
          return "(\(escaped)) Tj T*\n"
        }
        return "BT /F1 12 Tf 16 TL 72 720 Td\n\(shown.joined())ET"
      })
  }

  /// Adds a comment that makes the file this much longer.
  package mutating func pad(by count: Int) {
    header += "%" + String(repeating: "x", count: count) + "\n"
  }
}
