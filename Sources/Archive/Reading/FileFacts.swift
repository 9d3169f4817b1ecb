internal import SQLite

/// What extraction found out about a file that readers with assistive technology and search engines
/// depend on.
package struct FileFacts: Sendable, Equatable, Codable {
  /// Whether it opens with a password only; nothing else is known then.
  package var needsPassword: Bool
  /// Whether it is encrypted, even if it opens without a password.
  package var isEncrypted: Bool
  /// The number of pages that are images without text.
  package var pagesWithoutText: Int
  /// Whether it is tagged (ISO 32000-1 §14.8).
  package var isTagged: Bool
  /// The language that it declares, as declared.
  package var language: String?
  /// The title in its properties; nil also for a title that is only a file name.
  package var title: String?

  package init(
    needsPassword: Bool = false, isEncrypted: Bool = false, pagesWithoutText: Int = 0,
    isTagged: Bool = false, language: String? = nil, title: String? = nil
  ) {
    self.needsPassword = needsPassword
    self.isEncrypted = isEncrypted
    self.pagesWithoutText = pagesWithoutText
    self.isTagged = isTagged
    self.language = language
    self.title = title
  }
}

/// What keeps some readers or search engines from using a file.
package enum FileProblem: String, Sendable, Hashable, CaseIterable {
  /// Pages are images without text.
  case noTextLayer = "no-text-layer"
  case passwordNeeded = "password-needed"
  /// Google Scholar indexes files up to 5 MB.
  case tooLarge = "too-large"
  case notTagged = "not-tagged"
  case noLanguage = "no-language"
  case noTitle = "no-title"

  /// The most bytes of a file that Google Scholar indexes.
  package static let largestIndexed = 5_000_000

  /// The problems of a file.
  ///
  /// - Parameters:
  ///   - facts: nil if extraction has not read the file yet, or could not; only its size is known.
  ///   - pages: The number of its pages.
  ///   - bytes: Its size.
  /// - Returns: The problems, in the order of the cases.
  static func problems(_ facts: FileFacts?, pages: Int?, bytes: Int) -> [FileProblem] {
    var problems: [FileProblem] = []
    let isTooLarge = bytes > largestIndexed
    guard let facts else { return isTooLarge ? [.tooLarge] : [] }
    if facts.needsPassword { return isTooLarge ? [.passwordNeeded, .tooLarge] : [.passwordNeeded] }
    // A single page without text among others is usually the cover.
    if facts.pagesWithoutText > 1 || facts.pagesWithoutText > 0 && facts.pagesWithoutText == pages {
      problems.append(.noTextLayer)
    }
    if isTooLarge { problems.append(.tooLarge) }
    if !facts.isTagged { problems.append(.notTagged) }
    if facts.language == nil { problems.append(.noLanguage) }
    if facts.title == nil { problems.append(.noTitle) }
    return problems
  }
}

/// The problems of a publication's current file.
package struct FileReport: Sendable, Equatable {
  package var slug: Slug
  package var title: String
  package var status: Publication.Status
  package var bytes: Int
  /// The number of its pages; nil if unknown.
  package var pages: Int?
  /// nil if extraction has not read the file yet, or could not.
  package var facts: FileFacts?
  package var problems: [FileProblem]
}

extension Texts {
  /// What is known of a file; nil if extraction has not read it yet, or could not.
  package func facts(of file: StoredFile) throws -> FileFacts? {
    try core.read { connection in
      try connection.row(
        "SELECT \(FileFacts.columns) FROM file_fact WHERE file = \(file.id)"
      ) { FileFacts($0, from: 0) } ?? nil
    }
  }

  /// The problems of a file.
  package func problems(of file: StoredFile) throws -> [FileProblem] {
    FileProblem.problems(try facts(of: file), pages: file.pages, bytes: file.bytes)
  }

  /// The current files of publications that have a problem.
  ///
  /// - Parameter problem: Only files with this problem; nil lists files with any.
  /// - Returns: The files, those of the newest publications first.
  /// - Throws: What the database throws.
  package func fileReports(with problem: FileProblem? = nil) throws -> [FileReport] {
    try core.read { connection in
      try connection.rows(
        """
        SELECT slug, publication.title, status, file.bytes, file.pages, \(FileFacts.columns)
        FROM publication JOIN file ON file.id = publication.file
          LEFT JOIN file_fact ON file_fact.file = file.id
        ORDER BY issued DESC, publication.id DESC
        """
      ) { row in
        let facts = FileFacts(row, from: 5)
        let pages = row.optionalInteger(4).map { Int($0) }
        return FileReport(
          slug: Slug(stored: row.text(0)), title: row.text(1),
          status: Publication.Status(rawValue: row.text(2)) ?? .draft, bytes: row.count(3),
          pages: pages, facts: facts,
          problems: FileProblem.problems(facts, pages: pages, bytes: row.count(3)))
      }.filter { report in
        problem.map(report.problems.contains) ?? !report.problems.isEmpty
      }
    }
  }
}

extension FileFacts {
  fileprivate static let columns: SQL =
    "needs_password, is_encrypted, pages_without_text, is_tagged, file_fact.language, file_fact.title"

  fileprivate init?(_ row: Row, from first: Int32) {
    guard let needsPassword = row.optionalInteger(first) else { return nil }
    self.init(
      needsPassword: needsPassword != 0, isEncrypted: row.integer(first + 1) != 0,
      pagesWithoutText: row.count(first + 2), isTagged: row.integer(first + 3) != 0,
      language: row.optionalText(first + 4), title: row.optionalText(first + 5))
  }
}

extension Connection {
  /// Replaces what is known of a file.
  func storeFacts(_ facts: FileFacts?, ofFile file: Int64) throws {
    try run("DELETE FROM file_fact WHERE file = \(file)")
    guard let facts else { return }
    try run(
      """
      INSERT INTO file_fact
        (file, needs_password, is_encrypted, pages_without_text, is_tagged, language, title)
      VALUES (\(file), \(facts.needsPassword), \(facts.isEncrypted), \(facts.pagesWithoutText),
        \(facts.isTagged), \(facts.language), \(facts.title))
      """)
  }
}
