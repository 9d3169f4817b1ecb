import Archive
import PDF
import TextRepair

/// The output of `offprint extract --json`, which the server reads from its child.
struct Extraction: Codable, Equatable, Sendable {
  /// Increased when extraction improves, so that archives extract their files again.
  static let version = 4

  struct Page: Codable, Equatable, Sendable {
    /// The number of the page, from 1.
    var page: Int
    /// The page label, if it differs from the number.
    var label: String?
    var text: String
    var blocks: [ReadingBlock]
  }

  /// The file's own metadata.
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

  /// The number of pages of the file, even if not all are here.
  var pageCount: Int
  var pages: [Page]
  var metadata: Metadata?
  /// Metadata that is certain enough to fill the form.
  var findings: Findings
  /// Less certain metadata.
  var suggestions: Findings?
  /// nil if the file could not be opened, unless it needs a password.
  var facts: FileFacts?
  var outline: [OutlineEntry]
  var links: [FileContents.Link]
  /// What is wrong with a file that could partly be read.
  var defects: [String]
  /// Why nothing could be read.
  var error: String?

  /// Converts the text of a document, repaired.
  init(_ document: DocumentText, pages range: PageRange) {
    let structure = document.structure
    pageCount = document.pages.last?.number ?? 0
    // Pages without repairs, whose blocks need none.
    var whole: Set<Int> = []
    var pages: [Page] = []
    for page in document.pages where range.contains(page.number) {
      // A form feed separates pages in the output of the command.
      let repaired = repair(page.text.replacing("\u{C}", with: "\n"))
      if repaired.repairs.isEmpty { whole.insert(page.number) }
      pages.append(
        Page(
          page: page.number, label: structure.pageLabels[page.number], text: repaired.text,
          blocks: []))
    }
    let places = Dictionary(
      pages.enumerated().map { ($1.page, $0) }, uniquingKeysWith: { first, _ in first })
    for block in structure.blocks {
      guard let place = places[block.page] else { continue }
      pages[place].blocks.append(
        ReadingBlock(block, isWhole: whole.contains(block.page)))
    }
    self.pages = pages
    let found = document.metadata
    metadata = Metadata(
      title: found.title, authors: found.authors, subject: found.subject,
      keywords: found.keywords, creator: found.creator, producer: found.producer,
      created: found.created, modified: found.modified, language: found.language)
    let all = Findings(document.guesses)
    findings = all.certain
    suggestions = all.uncertain
    facts = FileFacts(document)
    outline = structure.outline.map {
      OutlineEntry(title: repair($0.title).text, page: $0.page, level: $0.level)
    }
    links = structure.links.filter { range.contains($0.page) }.map {
      FileContents.Link(page: $0.page, uri: $0.uri, text: $0.text)
    }
    defects = document.defects.map(\.description)
  }

  init(error: PDFError) {
    if error == .needsPassword {
      facts = FileFacts(needsPassword: true, isEncrypted: true)
    }
    pageCount = 0
    pages = []
    findings = Findings()
    outline = []
    links = []
    defects = []
    self.error = "\(error)"
  }

  /// The text of each page, followed by a form feed.
  var text: String { pages.map { $0.text + "\u{C}" }.joined() }

  /// The structure of the text.
  var contents: FileContents {
    FileContents(
      pageCount: pageCount, blocks: pages.flatMap(\.blocks), outline: outline,
      pageLabels: Dictionary(
        pages.compactMap { page in page.label.map { (page.page, $0) } },
        uniquingKeysWith: { first, _ in first }),
      links: links)
  }
}

extension ReadingBlock {
  /// Converts a block; `isWhole` says that its page needed no repair.
  init(_ block: TextBlock, isWhole: Bool) {
    let kind: Kind =
      switch block.kind {
      case .heading(let level): .heading(level: level)
      case .paragraph: .paragraph
      case .listItem(let marker): .listItem(marker: marker)
      case .footnote(let marker): .footnote(marker: marker)
      case .tableRow: .tableRow
      case .figure: .figure
      }
    self.init(
      kind: kind, text: isWhole ? block.text : repair(block.text).text, page: block.page,
      continuesOnNextPage: block.continuesOnNextPage)
  }
}

/// A range of pages counted from 1: `3`, `3-7`, `3-`, `-7`.
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
