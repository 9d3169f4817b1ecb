/// A publication as staff or a catalogue want it stored.
package struct Draft: Sendable, Equatable {
  package var record: Record
  /// nil makes one from the title, or keeps the present one.
  package var slug: Slug?
  /// Not `withdrawn`; see ``Publications/withdraw(_:reason:by:at:)``.
  package var status: Publication.Status
  /// When it becomes public; needed for `scheduled`, otherwise ignored.
  package var publicFrom: Instant?
  /// The fields left blank until the file is read; `record` has placeholders there.
  package var blank: Set<FieldError.Field> = []
  /// What readers are told about why the file is replaced; nil for nothing.
  package var fileNote: String?

  /// A publication as it is.
  ///
  /// - Parameter publication: Not a withdrawn one.
  package init(_ publication: Publication) {
    self.init(
      record: publication.record, status: publication.status, publicFrom: publication.publicFrom)
    blank = publication.blank
  }

  package init(
    record: Record, slug: Slug? = nil, status: Publication.Status = .draft,
    publicFrom: Instant? = nil
  ) {
    self.record = record
    self.slug = slug
    self.status = status
    self.publicFrom = publicFrom
  }

  /// The problems that prevent storing the draft.
  var problems: [FieldError] {
    var problems = record.problems
    if status == .scheduled, publicFrom == nil {
      problems.append(FieldError(.publicFrom, .missing))
    }
    if status == .withdrawn {
      problems.append(FieldError(.status, .notOffered))
    }
    return problems
  }
}

/// A complete file in `incoming/`, to be moved into the archive.
package struct IncomingFile: Sendable, Equatable {
  package let path: String
  /// The name that the sender gave it; nil when unknown.
  package let name: String?

  /// The name as the title of a draft until its title is known; nil when there is none.
  package var title: String? { name.map(Upload.title(ofFile:)) }

  package init(path: String, name: String? = nil) {
    self.path = path
    self.name = name
  }
}

/// Who did something, for the audit log.
package struct Actor: Sendable, Equatable {
  package let name: String

  package init(_ name: String) { self.name = name }

  /// The server itself, or a command.
  package static let program = Actor("offprint")
  /// Somebody who has not signed in.
  package static let nobody = Actor("")
}

/// Why a deposit or a change of one failed; nothing of it was stored.
package enum DepositError: Error, Equatable, Sendable, CustomStringConvertible {
  case invalid([FieldError])
  /// What was found instead.
  case notPDF(NotPDF)
  /// Another publication has, or had, the slug.
  case slugTaken(Slug)
  /// The disk is full, or the reserve is reached.
  case noSpace
  /// No such publication.
  case notFound
  /// Somebody has changed it since the given version.
  case changedMeanwhile
  /// The disk or the database failed, with the reason for the log.
  case failed(String)

  package var description: String {
    switch self {
    case .invalid(let problems): problems.map(\.description).joined(separator: "; ")
    case .notPDF(let found): "This file is not a PDF: \(found)"
    case .slugTaken(let slug): "another publication uses the slug “\(slug)”"
    case .noSpace: "the disk is full"
    case .notFound: "publication not found"
    case .changedMeanwhile: "someone else has changed it"
    case .failed(let reason): reason
    }
  }
}
