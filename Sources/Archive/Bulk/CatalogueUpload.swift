/// A catalogue that was uploaded on the desk: checked first, then imported.
package struct CatalogueUpload: Sendable, Equatable, Identifiable {
  package enum State: String, Sendable, CaseIterable {
    case uploaded, checking, checked, importing, imported, failed

    /// Whether something runs in the background.
    package var isRunning: Bool { self == .checking || self == .importing }
  }

  /// What became of a record, or would.
  package enum Result: String, Sendable, CaseIterable {
    case wrong, new, changed, same
  }

  package let id: Int64
  package let name: String
  package let format: CatalogueFormat
  /// The encoding that it was converted from; nil for UTF-8.
  package let converted: String?
  package let mapping: ColumnMapping
  /// How many PDFs came with it.
  package let files: Int
  /// Whether new publications are drafts, and not published.
  package let addsDrafts: Bool
  /// Whether subscribers hear of new publications.
  package let announces: Bool
  package let state: State
  /// Why it failed, for staff.
  package let failure: String?
  package let actor: String
  package let uploaded: Instant
  package let finished: Instant?
  package internal(set) var counts: [Result: Int] = [:]

  package subscript(result: Result) -> Int { counts[result] ?? 0 }

  /// Seconds for which the files of an unfinished upload are kept: a week.
  package static let keepingTime: Int64 = 7 * 86_400
}

/// What became of one record of an uploaded catalogue, or would.
package struct CatalogueUploadRow: Sendable, Equatable {
  package let line: Int
  /// In characters, from 1; nil when the whole record is meant.
  package let column: Int?
  package let title: String?
  /// The fields that change.
  package let fields: [FieldError.Field]
  /// Why it is wrong.
  package let reason: String?
  package let slug: Slug?
}

/// Why a catalogue cannot be uploaded or imported.
package enum CatalogueUploadError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The end of its name tells no format.
  case unknownFormat(String)
  case empty
  case tooLarge(most: Int)
  /// A ZIP file among its files, and why it is refused.
  case badZIP(String, reason: String)
  /// Lines are wrong, and nobody asked to leave them out.
  case wrongLines(Int)
  /// It is being checked or imported.
  case running
  case notFound
  case failed(String)

  package var description: String {
    switch self {
    case .unknownFormat(let name): "\(name): expected .csv, .jsonl, .bib or .ris"
    case .empty: "the file is empty"
    case .tooLarge(let most): "the catalogue is larger than \(most >> 20) MiB"
    case .badZIP(let name, let reason): "\(name): \(reason)"
    case .wrongLines(let count): "\(count) lines are wrong"
    case .running: "it is being checked or imported"
    case .notFound: "upload not found"
    case .failed(let reason): reason
    }
  }
}
