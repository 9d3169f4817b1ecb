import PDF

/// What `offprint extract --json` prints, and the server reads from its child.
struct Extraction: Codable, Equatable, Sendable {
  struct Page: Codable, Equatable, Sendable {
    /// The place in the document, from 1.
    var page: Int
    var text: String
  }

  struct Metadata: Codable, Equatable, Sendable {
    var title: String?
    var authors: [String]
    var subject: String?
    var keywords: [String]
    var creator: String?
    var producer: String?
    var created: String?
    var modified: String?
    var language: String?
  }

  var pages: [Page]
  var metadata: Metadata?
  /// What is wrong with a file of which something could be read.
  var defects: [String]
  /// Why nothing could be read.
  var error: String?

  init(_ document: DocumentText, pages range: PageRange) {
    pages = document.pages.filter { range.contains($0.number) }.map { page in
      // A form feed ends a page in the command's output, and means nothing within one.
      Page(page: page.number, text: page.text.replacing("\u{C}", with: "\n"))
    }
    let found = document.metadata
    metadata = Metadata(
      title: found.title, authors: found.authors, subject: found.subject,
      keywords: found.keywords, creator: found.creator, producer: found.producer,
      created: found.created, modified: found.modified, language: found.language)
    defects = document.defects.map(\.description)
  }

  init(error: String) {
    pages = []
    defects = []
    self.error = error
  }

  /// The text of each page with a form feed behind it.
  var text: String { pages.map { $0.text + "\u{C}" }.joined() }
}

/// Pages of a document, counted from 1: `3`, `3-7`, `3-`, `-7`.
struct PageRange: Equatable, Sendable {
  private let first: Int
  private let last: Int

  static let all = PageRange(first: 1, last: .max)

  private init(first: Int, last: Int) {
    self.first = first
    self.last = last
  }

  init?(_ text: String) {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    func number(_ part: Substring, or missing: Int) -> Int? {
      if part.isEmpty { return missing }
      guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return Int(part)
    }
    guard text != "-", let start = number(parts[0], or: parts.count == 2 ? 1 : 0),
      let end = parts.count == 2 ? number(parts[1], or: .max) : start, start >= 1, start <= end
    else { return nil }
    self.init(first: start, last: end)
  }

  func contains(_ page: Int) -> Bool { first <= page && page <= last }
}
