import Drawing
import Foundation
import Markup
import System

/// `offprint draw`: a page of a PDF as SVG.
struct DrawCommand: Command {
  static let name = "draw"
  static let summary = "Draws a page of a PDF as SVG with selectable text."
  static let forms = ["FILE.pdf --page N [--json]"]
  static let details = """
    FILE can be “-” for standard input. The SVG document on standard output is self-contained;
    what could not be drawn is named in data-missing of its root element.

    --page N          The number of the page, from 1.
    --json            Prints {"page", "pageCount", "width", "height", "words", "missing"} instead,
                      or {"error"}. Words are {"text", "x", "y", "width", "height"} in points from
                      the top left corner.
    --memory-limit SIZE --cpu-limit TIME
                      Limits memory and processor time, and gives up writing files and gaining
                      privileges, as the server does.
    """
  static let settings: [any Declaration] = []

  private static let largestFile = 1 << 30

  private let path: String
  private let page: Int
  private let isJSON: Bool
  private let confinement: Confinement?

  init(_ arguments: inout Arguments) throws(UsageError) {
    isJSON = arguments.flag("--json")
    page = try arguments.value(of: "--page", .pageNumber) ?? 1
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
    do throws(DrawingError) {
      let drawing = try draw(page: page, of: bytes, hasWords: isJSON)
      context.console.write(isJSON ? json(drawing).bytes + [0x0A] : drawing.svg + [0x0A])
      return .done
    } catch {
      if isJSON {
        context.console.write(JSON.object([("error", .text("\(error)"))]).bytes + [0x0A])
      } else {
        context.console.say("offprint: \(path): \(error)")
      }
      return .foundSomethingWrong
    }
  }

  private func json(_ drawing: Drawing) -> JSON {
    func rounded(_ value: Double) -> JSON { .decimal((value * 100).rounded() / 100) }
    return [
      "page": .integer(page), "pageCount": .integer(drawing.pageCount),
      "width": rounded(drawing.width), "height": rounded(drawing.height),
      "words": .array(
        drawing.words.map { word in
          [
            "text": .text(word.text), "x": rounded(word.x), "y": rounded(word.y),
            "width": rounded(word.width), "height": rounded(word.height),
          ]
        }),
      "missing": .array(drawing.missing.map { .text($0.rawValue) }),
    ]
  }
}

extension Kind where Value == Int {
  static let pageNumber = Kind(expectation: "the number of a page, from 1") { text in
    Int(text).flatMap { $0 > 0 ? $0 : nil }
  }
}
