/// A page of a PDF drawn as SVG, as the child process sends it and as it is stored.
///
/// It is written as a head of lines, an empty line, and the parts whose lengths the head gives:
///
///     offprint-drawing 2
///     size 612 792
///     pages 12
///     missing jbig2 font
///     content 48211
///     words 9120
///     font 3 12044
///
/// Words are lines of four numbers and a text. The child sends the fonts behind them, but not those
/// that are known to be stored, which have no length; they are stored beside the pages that use them.
package struct PageDrawing: Sendable, Equatable {
  /// What a drawing is for.
  package enum Form: String, Sendable, CaseIterable {
    /// To be put into an HTML page, whose style sheet has its fonts.
    case inline
    /// A document of its own, with its fonts and its style in it.
    case document
    /// A cover in pixels, as PNG: for the page of a publication, and for lists.
    case cover, thumbnail
    /// The whole page in few pixels, as PNG: beside other pages.
    case picture
  }

  /// A word and the box around it, in points from the top left corner of the page.
  package struct Word: Sendable, Equatable {
    package var text: String
    package var x: Double
    package var y: Double
    package var width: Double
    package var height: Double

    package init(text: String, x: Double, y: Double, width: Double, height: Double) {
      self.text = text
      self.x = x
      self.y = y
      self.width = width
      self.height = height
    }
  }

  /// A font that pages of a document share.
  package struct Font: Sendable, Equatable {
    package var number: Int
    package var woff: [UInt8]

    package init(number: Int, woff: [UInt8]) {
      self.number = number
      self.woff = woff
    }
  }

  /// A font that a page uses.
  package struct FontReference: Sendable, Equatable {
    package var number: Int
    package var bytes: Int

    package init(number: Int, bytes: Int) {
      self.number = number
      self.bytes = bytes
    }
  }

  /// An SVG document; of forms in pixels, a PNG file.
  package var content: [UInt8]
  /// In points.
  package var width: Double
  package var height: Double
  /// The number of pages of the file.
  package var pageCount: Int
  /// The names of the kinds of content that are not drawn.
  package var missing: [String]
  package var words: [Word]
  /// The fonts that it needs; a document has its own in it.
  package var fonts: [FontReference]

  package init(
    content: [UInt8], width: Double, height: Double, pageCount: Int, missing: [String] = [],
    words: [Word] = [], fonts: [FontReference] = []
  ) {
    self.content = content
    self.width = width
    self.height = height
    self.pageCount = pageCount
    self.missing = missing
    self.words = words
    self.fonts = fonts
  }

  private static let title = "offprint-drawing 2"

  /// The most points of an edge: those of 400 inches, and as many more as `UserUnit` may make them.
  private static let largestEdge = 3e7

  /// The drawing, followed by fonts.
  package func encoded(with attached: [Font] = []) -> [UInt8] {
    let list = words.map { "\($0.x) \($0.y) \($0.width) \($0.height) \($0.text.onOneLine)\n" }
    let lines = Array(list.joined().utf8)
    var head = """
      \(Self.title)
      size \(width) \(height)
      pages \(pageCount)
      missing \(missing.joined(separator: " "))
      content \(content.count)
      words \(lines.count)

      """
    for font in fonts { head += "font \(font.number) \(font.bytes)\n" }
    head += "\n"
    return Array(head.utf8) + content + lines + attached.flatMap(\.woff)
  }

  /// Parses a drawing.
  ///
  /// - Parameters:
  ///   - bytes: What ``encoded(with:)`` returned.
  ///   - hasFonts: Whether its fonts follow it.
  /// - Returns: The drawing and the fonts; nil if anything of it is not as it should be.
  package static func decode(
    _ bytes: [UInt8], hasFonts: Bool
  ) -> (drawing: PageDrawing, fonts: [Font])? {
    var reader = Reader(bytes)
    guard let (width, height) = reader.size(), let pages = reader.values("pages"), pages.count == 1,
      let pageCount = Int(pages[0]),
      pageCount > 0, let missing = reader.values("missing"),
      let contentBytes = reader.length("content"), let wordBytes = reader.length("words")
    else { return nil }
    var references: [FontReference] = []
    while true {
      guard let line = reader.line() else { return nil }
      if line.isEmpty { break }
      let parts = line.split(separator: " ")
      guard parts.count == 3, parts[0] == "font", let number = Int(parts[1]), number >= 0,
        let bytes = Int(parts[2]), bytes >= 0
      else { return nil }
      references.append(FontReference(number: number, bytes: bytes))
    }
    guard let content = reader.take(contentBytes), let list = reader.take(wordBytes),
      let words = words(in: list)
    else { return nil }
    var fonts: [Font] = []
    for reference in references where hasFonts && reference.bytes > 0 {
      guard let woff = reader.take(reference.bytes) else { return nil }
      fonts.append(Font(number: reference.number, woff: Array(woff)))
    }
    guard reader.isAtEnd else { return nil }
    let drawing = PageDrawing(
      content: Array(content), width: width, height: height, pageCount: pageCount,
      missing: missing.map(String.init), words: words, fonts: references)
    return (drawing, fonts)
  }

  /// The size of a page by the beginning of its drawing.
  static func size(inHead head: [UInt8]) -> (width: Double, height: Double)? {
    var reader = Reader(head)
    return reader.size()
  }

  private static func words(in list: ArraySlice<UInt8>) -> [Word]? {
    var words: [Word] = []
    for line in list.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(
        separator: UInt8(ascii: " "), maxSplits: 4, omittingEmptySubsequences: false)
      let numbers = parts.prefix(4).compactMap { Double(String(decoding: $0, as: UTF8.self)) }
      guard parts.count == 5, numbers.count == 4, numbers.allSatisfy(\.isFinite) else { return nil }
      words.append(
        Word(
          text: String(decoding: parts[4], as: UTF8.self), x: numbers[0], y: numbers[1],
          width: numbers[2], height: numbers[3]))
    }
    return words
  }

  /// Reads lines, then parts.
  private struct Reader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }

    /// A line of the head without its end; nil if there is none.
    mutating func line() -> String? {
      let rest = bytes[index...].prefix(4096)
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      defer { index = end + 1 }
      return String(decoding: bytes[index..<end], as: UTF8.self)
    }

    /// The first two lines.
    mutating func size() -> (width: Double, height: Double)? {
      guard line() == title, let values = values("size"), values.count == 2,
        let width = Double(values[0]), let height = Double(values[1]),
        (0...largestEdge).contains(width), (0...largestEdge).contains(height)
      else { return nil }
      return (width, height)
    }

    /// The values of a line that begins with a name.
    mutating func values(_ name: String) -> [Substring]? {
      guard let parts = line()?.split(separator: " "), parts.first == name[...] else { return nil }
      return Array(parts.dropFirst())
    }

    mutating func length(_ name: String) -> Int? {
      guard let values = values(name), values.count == 1 else { return nil }
      return Int(values[0])
    }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
      guard count >= 0, count <= bytes.count - index else { return nil }
      defer { index += count }
      return bytes[index..<index + count]
    }
  }
}

extension String {
  fileprivate var onOneLine: String {
    contains(where: \.isNewline) ? String(filter { !$0.isNewline }) : self
  }
}

/// Why a page is not drawn.
package enum DrawingFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file has fewer pages.
  case noSuchPage
  /// Nothing of the file can be read, for a reason in words.
  case unreadable(String)
  /// Drawing took more time than it may.
  case tookTooLong
  /// The drawing is larger than it may be.
  case tooLarge
  /// The child process ended early: it ran out of memory, or met a fault of the program.
  case crashed
  /// No child process could be started, which says nothing of the file.
  case notStarted(String)

  package var description: String {
    switch self {
    case .noSuchPage: "there is no such page"
    case .unreadable(let reason): reason
    case .tookTooLong: "drawing took too long"
    case .tooLarge: "the drawing is too large"
    case .crashed: "drawing crashed or ran out of memory"
    case .notStarted(let reason): reason
    }
  }
}

/// Draws pages.
package protocol PageDrawer: Sendable {
  /// Draws a page of a file.
  ///
  /// - Parameters:
  ///   - page: Its number, from 1.
  ///   - form: What the drawing is for.
  ///   - file: The PDF.
  ///   - known: The numbers of fonts that need not be made.
  /// - Returns: The drawing and its other fonts.
  /// - Throws: ``DrawingFailure``
  func draw(
    _ page: Int, as form: PageDrawing.Form, of file: CheckedFile, known: [Int]
  ) throws(DrawingFailure) -> (drawing: PageDrawing, fonts: [PageDrawing.Font])
}
