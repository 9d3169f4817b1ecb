/// Makes a small PDF whose pages hold given lines, readable by any reader.
///
/// - Parameters:
///   - pages: The lines of each page; characters of printable ASCII.
///   - padding: Octets of a comment that makes the file as long as a test needs.
/// - Returns: The octets of the file.
func samplePDF(pages: [[String]], padding: Int = 0) -> [UInt8] {
  var file = Array("%PDF-1.7\n%\u{E2}\u{E3}\n".utf8)
  var offsets: [Int] = []
  func object(_ text: String) {
    offsets.append(file.count)
    file += Array("\(offsets.count) 0 obj\n\(text)\nendobj\n".utf8)
  }
  let kids = pages.indices.map { "\(4 + 2 * $0) 0 R" }.joined(separator: " ")
  object("<< /Type /Catalog /Pages 2 0 R >>")
  object("<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>")
  object(
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
  for (index, lines) in pages.enumerated() {
    object(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        + "/Resources << /Font << /F1 3 0 R >> >> /Contents \(5 + 2 * index) 0 R >>")
    let shown = lines.map { line in
      let escaped = line.replacing(/[\\()]/) { "\\\($0.0)" }
      return "(\(escaped)) Tj T*\n"
    }
    let content = "BT /F1 12 Tf 16 TL 72 770 Td\n\(shown.joined())ET"
    object("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
  }
  if padding > 0 { file += [0x25] + [UInt8](repeating: 0x78, count: padding) + [0x0A] }
  let start = file.count
  file += Array("xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n".utf8)
  for offset in offsets {
    let digits = String(offset)
    file += Array((String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8)
  }
  file += Array(
    "trailer\n<< /Size \(offsets.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8)
  return file
}
