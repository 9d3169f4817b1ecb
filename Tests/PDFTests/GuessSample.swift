import PDF
import TestSupport

/// A document whose lines have sizes and places, for tests of what is found on them.
struct GuessSample {
  typealias Line = (size: Int, y: Int, text: String)

  /// Running text in 10 pt.
  static let text: [Line] = (0..<12).map {
    (10, 500 - 12 * $0, "The channel of the harbour silts up and it is dredged by the port each")
  }

  private let pages: [[Line]]
  private let info: String

  /// - Parameters:
  ///   - first: The lines of the first page; a text in “**” is bold.
  ///   - more: The lines of the other pages.
  ///   - info: The document information.
  init(_ first: [Line], more: [[Line]] = [], info: String = "") {
    pages = [first] + more
    self.info = info
  }

  func guesses(isWord: @escaping @Sendable (String) -> Bool = { _ in false }) throws -> Guesses {
    var file = SampleFile(
      pages: pages.map { lines in lines.map(Self.content).joined(separator: "\n") },
      resources: "/Font<</F1 \(Self.font("Helvetica"))/F2 \(Self.font("Helvetica-Bold"))>>")
    if !info.isEmpty {
      file.add("<<\(info)>>")
      file.trailer += "/Info \(file.objects.count) 0 R"
    }
    return try PDF.text(of: file.bytes, hasStructure: true, isWord: isWord).guesses
  }

  private static func font(_ name: String) -> String {
    "<</Type/Font/Subtype/Type1/BaseFont/\(name)/Encoding/WinAnsiEncoding>>"
  }

  private static func content(_ line: Line) -> String {
    let isBold = line.text.hasPrefix("**")
    let text = (isBold ? String(line.text.dropFirst(2)) : line.text).replacing(/[\\()]/) {
      "\\\($0.0)"
    }
    // WinAnsiEncoding agrees with Latin 1 for letters.
    let bytes = text.unicodeScalars.map { scalar -> String in
      scalar.isASCII ? String(scalar) : "\\" + String(scalar.value, radix: 8)
    }
    return "BT /F\(isBold ? 2 : 1) \(line.size) Tf 72 \(line.y) Td (\(bytes.joined())) Tj ET"
  }
}
