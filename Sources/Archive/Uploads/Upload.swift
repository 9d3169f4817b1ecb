internal import SQLite
internal import System

/// A PDF that a member of staff uploads in parts, or that waits with a form.
package struct Upload: Sendable, Equatable {
  /// What happens when it is complete.
  package enum Purpose: String, Sendable {
    /// It becomes a draft at once.
    case draft
    /// It waits for the form that names it.
    case form
  }

  package enum State: Sendable, Equatable {
    /// Not complete, or waiting for its form.
    case open
    /// It became a draft; nil when the draft has been deleted.
    case draft(Publication.ID?)
    /// A publication has, or had, the same file; nil when that has been deleted.
    case same(Publication.ID?)
    case refused(Problem)
  }

  /// Why a file was refused.
  package enum Problem: Sendable, Equatable {
    case notPDF(NotPDF)
    case tooLarge
  }

  package let token: String
  /// What the browser knows the file by.
  package let key: String
  /// The name of the file.
  package let name: String
  /// How long the whole file is, in bytes.
  package let length: Int
  /// How much of it is on disk.
  package internal(set) var offset: Int
  package let purpose: Purpose
  package internal(set) var state: State
  package let created: Instant

  /// The name as the title of a draft until its title is known.
  package var title: String { Upload.title(ofFile: name) }

  /// A file's name without `.pdf` and underscores.
  static func title(ofFile name: String) -> String {
    var stem = name
    if stem.lowercased().hasSuffix(".pdf") { stem = String(stem.dropLast(4)) }
    let title = stem.replacing("_", with: " ").replacing("%20", with: " ").cleanedLine
    return title.isEmpty ? "Untitled" : title
  }
}

/// Why an upload could not begin or continue.
package enum UploadError: Error, Equatable, Sendable {
  /// No such upload of this account: it never was, it was cancelled, or it is too old.
  case notFound
  /// The part does not begin where the file ends; so much has arrived.
  case wrongOffset(Int)
  /// The part ends after the end of the file.
  case tooLong
  /// Another request is adding to it.
  case busy
  /// The account has too many incomplete uploads.
  case tooMany
  /// The disk is full, or the reserve is reached.
  case noSpace
  /// The disk or the database failed, with the reason for the log.
  case failed(String)

  init(_ error: any Error) {
    switch error {
    case let error as UploadError: self = error
    case let error as FileError where error.isNoSpace: self = .noSpace
    case let error as SQLiteError where error.reason == .diskFull: self = .noSpace
    case DepositError.noSpace: self = .noSpace
    default: self = .failed("\(error)")
    }
  }
}

extension Upload {
  static let columns: SQL = """
    token, file_key, name, length, purpose, state, publication, problem, created
    """

  /// Reads a row; what has arrived is told by the folder.
  init?(_ row: Row, in folder: Folder) {
    guard let purpose = Purpose(rawValue: row.text(4)) else { return nil }
    let (token, length) = (row.text(0), row.count(3))
    let publication = row.optionalInteger(6)
    switch row.text(5) {
    case "open": state = .open
    case "draft": state = .draft(publication)
    case "same": state = .same(publication)
    default: state = .refused(Problem(stored: row.text(7)))
    }
    offset = state == .open ? FileSystem.bytes(of: folder.upload(token)) ?? 0 : length
    self.token = token
    key = row.text(1)
    name = row.text(2)
    self.length = length
    self.purpose = purpose
    created = Instant(secondsSince1970: row.integer(8))
  }
}

extension Upload.Problem {
  init(stored: String) {
    self = NotPDF(rawValue: stored).map(Upload.Problem.notPDF) ?? .tooLarge
  }

  var stored: String {
    switch self {
    case .notPDF(let found): found.rawValue
    case .tooLarge: "tooLarge"
    }
  }
}

extension Folder {
  /// The content of an upload.
  func upload(_ token: String) -> String { "\(uploads)/\(token)" }
}
