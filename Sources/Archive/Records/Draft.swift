/// What staff or a catalogue want kept of a publication.
package struct Draft: Sendable, Equatable {
  package var record: Record
  /// nil takes the slug the title suggests, or leaves the one there is.
  package var slug: Slug?
  /// Not `withdrawn`; that is a step of its own.
  package var status: Publication.Status
  /// When it is to become public; needed for `scheduled`, otherwise without effect.
  package var publicFrom: Instant?
  /// The fields that were left blank until the file is read; what `record` has there is a
  /// placeholder.
  package var blank: Set<FieldError.Field> = []

  package init(
    record: Record, slug: Slug? = nil, status: Publication.Status = .draft,
    publicFrom: Instant? = nil
  ) {
    self.record = record
    self.slug = slug
    self.status = status
    self.publicFrom = publicFrom
  }

  /// What of the draft cannot be kept.
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

/// A whole file in the archive's folder `incoming/`, to be taken into the archive.
package struct IncomingFile: Sendable, Equatable {
  package let path: String
  /// The name that the sender gave it; nil when none is known.
  package let name: String?

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
}

/// Why a deposit, or a change of one, was not kept; nothing of it is.
package enum DepositError: Error, Equatable, Sendable, CustomStringConvertible {
  case invalid([FieldError])
  /// What was found instead.
  case notPDF(NotPDF)
  /// Another publication has, or had, the slug.
  case slugTaken(Slug)
  /// The disk is full, or so nearly that the reserve is reached.
  case noSpace
  /// No such publication.
  case notFound
  /// Somebody has changed it since the version that was given.
  case changedMeanwhile
  /// The disk or the database failed; the words are for the log.
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
