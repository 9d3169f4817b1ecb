import Foundation
import PDF
import System
import TextRepair

/// `offprint extract`: the text of a PDF, page by page.
struct ExtractCommand: Command {
  static let name = "extract"
  static let summary = "Prints the text of a PDF with a form feed after each page."
  static let forms = ["FILE.pdf [--json] [--pages A-B]"]
  static let details = """
    FILE can be “-” for standard input. Problems with the file are printed on standard error.

    --json            Prints {"pages": [{"page", "text", "blocks"}], "metadata", "findings",
                      "suggestions", "facts", "outline", "links", "defects"}, or {"error"}.
    --pages A-B       Only these pages: 3, 3-7, 3- or -7.
    --memory-limit SIZE --cpu-limit TIME
                      Limits memory and processor time, and gives up writing files and gaining
                      privileges, as the server does.
    """
  static let settings: [any Declaration] = []

  private static let largestFile = 1 << 30

  private let path: String
  private let isJSON: Bool
  private let pages: PageRange
  private let confinement: Confinement?

  init(_ arguments: inout Arguments) throws(UsageError) {
    isJSON = arguments.flag("--json")
    pages =
      try arguments.value(of: "--pages", .pages) ?? .all
    let memory = try arguments.value(of: "--memory-limit", .bytes(atLeast: 1 << 20))
    let time = try arguments.value(of: "--cpu-limit", .duration(atLeast: .seconds(1)))
    confinement =
      memory == nil && time == nil
      ? nil
      : Confinement(memory: memory ?? 512 << 20, processorTime: time ?? .seconds(60))
    path = try arguments.word("FILE.pdf")
  }

  func run(_ context: Context) throws -> ExitStatus {
    // Confined processes may not be able to open files.
    let bytes = try Input.bytes(of: path, limit: Self.largestFile)
    try confinement?.apply()
    let extraction = read(bytes)
    if isJSON {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      context.console.write(try Array(encoder.encode(extraction)) + [0x0A])
    } else {
      context.console.write(extraction.text)
      for said in extraction.defects + [extraction.error].compactMap(\.self) {
        context.console.say("offprint: \(path): \(said)")
      }
    }
    return extraction.error == nil ? .done : .foundSomethingWrong
  }

  private func read(_ bytes: [UInt8]) -> Extraction {
    do throws(PDFError) {
      let document = try text(of: bytes, hasStructure: isJSON, isWord: isEnglishWord)
      return Extraction(document, pages: pages)
    } catch {
      return Extraction(error: error)
    }
  }
}

extension Kind where Value == PageRange {
  static let pages = Kind(expectation: "pages such as 3, 3-7, 3- or -7") { PageRange($0) }
}

extension Arguments {
  /// The value of an option; nil without the option.
  mutating func value<Value>(of name: String, _ kind: Kind<Value>) throws(UsageError) -> Value? {
    guard let text = try value(of: name) else { return nil }
    guard let value = kind.read(text) else {
      throw .badValue(option: name, expected: kind.expectation, found: text)
    }
    return value
  }
}
