import Archive
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
    --for-server      Reads a line such as “inline N” before the PDF, and prints what the
                      server stores: the drawing with the boxes of its words and its fonts, but
                      those whose numbers follow in the line.
    --memory-limit SIZE --cpu-limit TIME
                      Limits memory and processor time, and gives up writing files and gaining
                      privileges, as the server does.
    """
  static let settings: [any Declaration] = []

  private static let largestFile = 1 << 30

  /// The option by which the server has its children draw.
  static let serverOption = "--for-server"
  /// What the server reads when there is no such page; other text is why nothing can be read.
  static let noSuchPage = "no such page"

  private static let blankPage = "nothing of the page can be seen"

  private let isForServer: Bool
  private let path: String
  private let page: Int
  private let isJSON: Bool
  private let confinement: Confinement?

  init(_ arguments: inout Arguments) throws(UsageError) {
    isJSON = arguments.flag("--json")
    isForServer = arguments.flag(Self.serverOption)
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
    if isForServer { return try drawForServer(context) }
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

  /// Waits for a page to draw.
  private func drawForServer(_ context: Context) throws -> ExitStatus {
    let (line, bytes) = try Input.lineAndBytes(of: path, limit: Self.largestFile)
    try confinement?.apply()
    let words = line.split(separator: " ")
    guard words.count >= 2, let form = PageDrawing.Form(rawValue: String(words[0])),
      let page = Int(words[1])
    else { return .wrongUsage }
    let known = Set(words.dropFirst(2).compactMap { Int($0) })
    do throws(DrawingError) {
      var (drawing, fonts) = try drawing(of: page, as: form, in: bytes, known: known)
      if form.isPicture {
        guard let image = form.image(of: drawing.content), !form.isCover || !image.isBlank else {
          context.console.write(Array(Self.blankPage.utf8))
          return .foundSomethingWrong
        }
        drawing.content = image.png
        drawing.words = []
      }
      context.console.write(drawing.encoded(with: fonts))
      return .done
    } catch {
      let answer =
        switch error {
        case .noSuchPage: Self.noSuchPage
        case .unreadable(let reason): "\(reason)"
        }
      context.console.write(Array(answer.utf8))
      return .foundSomethingWrong
    }
  }

  /// The drawing with its fonts, but those that the server has.
  private func drawing(
    of page: Int, as form: PageDrawing.Form, in bytes: [UInt8], known: Set<Int>
  ) throws(DrawingError) -> (PageDrawing, [PageDrawing.Font]) {
    let drawing = try draw(page: page, of: bytes, fonts: form == .inline ? .linked : .inside)
    // Making a font takes longer than drawing a page of text.
    let fonts = drawing.fonts.filter { !known.contains($0.number) }.map {
      PageDrawing.Font(number: $0.number, woff: $0.woff)
    }
    func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
    let words = drawing.words.map {
      PageDrawing.Word(
        text: $0.text, x: rounded($0.x), y: rounded($0.y), width: rounded($0.width),
        height: rounded($0.height))
    }
    let references = drawing.fonts.map { font in
      PageDrawing.FontReference(
        number: font.number, bytes: fonts.first { $0.number == font.number }?.woff.count ?? 0)
    }
    return (
      PageDrawing(
        content: drawing.svg, width: drawing.width, height: drawing.height,
        pageCount: drawing.pageCount, missing: drawing.missing.map(\.rawValue), words: words,
        fonts: references), fonts
    )
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

extension PageDrawing.Form {
  fileprivate var isCover: Bool { self == .cover || self == .thumbnail }

  fileprivate var isPicture: Bool { isCover || self == .picture }

  /// A page in pixels, as wide as twice its width in the layout; nil if it cannot be made, and for
  /// what stays SVG.
  fileprivate func image(of svg: [UInt8]) -> RasterImage? {
    switch self {
    case .inline, .document: nil
    case .cover: rasterizeCover(svg, width: 450)
    case .thumbnail: rasterizeCover(svg, width: 240)
    case .picture: rasterize(svg, width: 240)
    }
  }
}

extension Kind where Value == Int {
  static let pageNumber = Kind(expectation: "the number of a page, from 1") { text in
    Int(text).flatMap { $0 > 0 ? $0 : nil }
  }
}
