/// The handbook for staff in one language: a page for each task.
///
/// The texts are files in `Public/handbook/LANGUAGE`, ordered by their names: `10-upload.txt` is the
/// page `upload`. Markup is by line: `# ` begins the title, `## ` a heading, `- ` an item of a list
/// and `1. ` a step; other lines that follow each other are one paragraph. In a line, `[[name]]` is
/// the phrase `name` of the interface, and `[[name /staff/path]]` the same as a link; so the handbook
/// has the words that are on the buttons.
package struct Handbook: Sendable {
  package struct Page: Sendable {
    /// The last part of its address.
    package let name: String
    package let title: String
    package let blocks: [Block]
  }

  package enum Block: Sendable, Equatable {
    case heading([Span])
    case paragraph([Span])
    case list([[Span]])
    case steps([[Span]])
  }

  package enum Span: Sendable, Equatable {
    case text(String)
    /// The name of a phrase, and the path it links to.
    case phrase(String, path: String?)
  }

  package let pages: [Page]

  /// - Parameter files: The names of the files without `.txt`, and their texts.
  init(files: [(name: String, text: String)]) {
    pages = files.sorted { $0.name < $1.name }.map { name, text in
      let short = name.drop { $0.isNumber || $0 == "-" }
      return Page(name: String(short), text: text)
    }
  }

  func page(_ name: String) -> Page? { pages.first { $0.name == name } }

  /// Whether a part of an address may name a page.
  static func isName(_ text: some StringProtocol) -> Bool {
    (1...40).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") }
  }
}

extension Handbook.Page {
  init(name: String, text: String) {
    self.name = name
    var title = ""
    var blocks: [Handbook.Block] = []
    var paragraph: [Substring] = []
    func endParagraph() {
      if !paragraph.isEmpty {
        blocks.append(.paragraph(Handbook.Span.read(paragraph.joined(separator: " "))))
      }
      paragraph = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = Substring(line.trimmed)
      if line.isEmpty {
        endParagraph()
      } else if let rest = line.after("# ") {
        title = String(rest)
      } else if let rest = line.after("## ") {
        endParagraph()
        blocks.append(.heading(Handbook.Span.read(rest)))
      } else if let rest = line.after("- ") {
        endParagraph()
        guard case .list(let items)? = blocks.last else {
          blocks.append(.list([Handbook.Span.read(rest)]))
          continue
        }
        blocks[blocks.count - 1] = .list(items + [Handbook.Span.read(rest)])
      } else if let rest = line.afterNumber {
        endParagraph()
        guard case .steps(let items)? = blocks.last else {
          blocks.append(.steps([Handbook.Span.read(rest)]))
          continue
        }
        blocks[blocks.count - 1] = .steps(items + [Handbook.Span.read(rest)])
      } else {
        paragraph.append(line)
      }
    }
    endParagraph()
    self.title = title
    self.blocks = blocks
  }

  /// All runs of text in the page.
  package var spans: [Handbook.Span] {
    blocks.flatMap { block in
      switch block {
      case .heading(let spans), .paragraph(let spans): spans
      case .list(let items), .steps(let items): items.flatMap { $0 }
      }
    }
  }
}

extension Handbook.Span {
  /// Reads a line.
  static func read(_ line: some StringProtocol) -> [Handbook.Span] {
    var spans: [Handbook.Span] = []
    var rest = Substring(line)
    while let start = rest.firstRange(of: "[["),
      let end = rest[start.upperBound...].firstRange(of: "]]")
    {
      if start.lowerBound > rest.startIndex {
        spans.append(.text(String(rest[..<start.lowerBound])))
      }
      let parts = rest[start.upperBound..<end.lowerBound].split(separator: " ")
      spans.append(
        .phrase(String(parts.first ?? ""), path: parts.count > 1 ? String(parts[1]) : nil))
      rest = rest[end.upperBound...]
    }
    if !rest.isEmpty { spans.append(.text(String(rest))) }
    return spans
  }
}

extension Substring {
  fileprivate func after(_ prefix: String) -> Substring? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }

  /// The text after a number and a full stop.
  fileprivate var afterNumber: Substring? {
    let digits = prefix { $0.isNumber }
    return digits.isEmpty ? nil : dropFirst(digits.count).after(". ")
  }
}
