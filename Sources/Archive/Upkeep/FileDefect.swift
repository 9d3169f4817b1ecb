internal import SQLite
internal import System

/// A missing or damaged PDF, with the publications that have it.
package struct FileDefect: Error, Sendable, Hashable, CustomStringConvertible {
  /// The SHA-256 that the file should have.
  package let sha256: String
  /// The publications that have or had it.
  package let slugs: [Slug]
  package let path: String
  package let problem: Problem

  package enum Problem: Sendable, Hashable, CustomStringConvertible {
    case missing
    /// In bytes.
    case length(expected: Int, found: Int)
    /// The length is right and the SHA-256 is not.
    case content
    /// The system's reason.
    case unreadable(String)

    package var description: String {
      switch self {
      case .missing: "is missing"
      case .length(let expected, let found):
        "is damaged (expected \(expected) bytes, found \(found))"
      case .content: "is damaged (its content has changed)"
      case .unreadable(let reason): "cannot be read (\(reason))"
      }
    }
  }

  package init(sha256: String, slugs: [Slug], path: String, problem: Problem) {
    self.sha256 = sha256
    self.slugs = slugs
    self.path = path
    self.problem = problem
  }

  package var description: String {
    let used = slugs.isEmpty ? "" : " (\(slugs.map(\.description).joined(separator: ", ")))"
    return "\(path)\(used): \(problem)"
  }
}

/// A file that the database names.
struct NamedFile: Sendable {
  let sha256: String
  let bytes: Int
  let slugs: [Slug]

  /// Every file that the database names, oldest first.
  static func all(in database: Database) throws -> [NamedFile] {
    try database.read { connection in
      try connection.rows(
        """
        SELECT sha256, bytes, ifnull((
          SELECT group_concat(slug, ' ') FROM (
            SELECT slug FROM publication WHERE publication.file = file.id
            UNION SELECT slug FROM former_file
            JOIN publication ON publication.id = former_file.publication
            WHERE former_file.file = file.id)), '')
        FROM file ORDER BY id
        """
      ) { row in
        NamedFile(
          sha256: row.text(0), bytes: row.count(1),
          slugs: row.text(2).split(separator: " ").compactMap { Slug($0) })
      }
    }
  }

  /// Reads the file at a path to its end; nil if it is undamaged.
  func defect(at path: String) -> FileDefect? {
    guard let found = FileSystem.bytes(of: path) else { return defect(.missing, at: path) }
    guard found == bytes else {
      return defect(.length(expected: bytes, found: found), at: path)
    }
    do throws(FileError) {
      let hash = try FileSystem.sha256(of: path)
      return hash == sha256 ? nil : defect(.content, at: path)
    } catch {
      return defect(.unreadable(error.reason), at: path)
    }
  }

  func defect(_ problem: FileDefect.Problem, at path: String) -> FileDefect {
    FileDefect(sha256: sha256, slugs: slugs, path: path, problem: problem)
  }
}

/// The progress of work on files.
package struct FileProgress: Sendable {
  package fileprivate(set) var files = 0
  package let totalFiles: Int
  private var bytes = 0
  private let totalBytes: Int

  init(_ files: [NamedFile]) {
    totalFiles = files.count
    totalBytes = files.reduce(0) { $0 + $1.bytes }
  }

  /// From 0 to 1, by bytes: the lengths of files differ a thousandfold.
  package var fraction: Double {
    totalBytes > 0 ? Double(bytes) / Double(totalBytes) : 1
  }

  mutating func add(_ file: NamedFile) {
    files += 1
    bytes += file.bytes
  }
}
