import Archive

/// The errors in the fields of a form; empty for none.
struct FieldErrors: Error, Equatable {
  var problems: [FieldError] = []

  init(problems: [FieldError] = []) { self.problems = problems }

  /// The errors of fields that the archive found.
  init(_ error: DepositError) {
    switch error {
    case .invalid(let problems): self.problems = problems
    case .notPDF(let found): problems = [FieldError(.file, .notPDF(found))]
    case .slugTaken: problems = [FieldError(.slug, .slugTaken)]
    case .noSpace, .notFound, .changedMeanwhile, .failed: problems = []
    }
  }

  subscript(field: FieldError.Field) -> FieldError? { problems.first { $0.field == field } }

  mutating func add(_ problem: FieldError?) {
    if let problem { problems.append(problem) }
  }
}

extension Language {
  func label(of field: FieldError.Field) -> String {
    switch field {
    case .title: self[.title]
    case .subtitle: self[.subtitle]
    case .authors: self[.authors]
    case .published: self[.publishedField]
    case .abstract: self[.abstract]
    case .topics: self[.topics]
    case .type: self[.type]
    case .series: self[.series]
    case .issn: self[.issn]
    case .number: self[.number]
    case .language: self[.language]
    case .doi: self[.doi]
    case .licence: self[.licence]
    case .source: self[.source]
    case .status: self[.status]
    case .publicFrom: self[.publicFrom]
    case .slug: self[.address]
    case .file: self[.pdf]
    }
  }

  /// The error message.
  func sentence(_ error: FieldError) -> String {
    let label = label(of: error.field)
    switch error.problem {
    case .missing: return self(error.field == .file ? .fileMissing : .fieldMissing, label)
    case .tooLong(let octets, let most):
      return self(.fieldTooLong, label, count(.bytes, octets), count(.bytes, most))
    case .tooMany(let most): return self(.fieldTooMany, label, number(most))
    case .notOffered: return self(.fieldNotOffered, label)
    case .notDate: return self(.fieldNotDate, label)
    case .notTime: return self(.fieldNotTime, label)
    case .notLanguage(let found): return self(.fieldNotLanguage, label, found)
    case .notDOI(let found): return self(.fieldNotDOI, label, found)
    case .notISSN(let found): return self(.fieldNotISSN, label, found)
    case .notORCID(let found): return self(.fieldNotORCID, label, found)
    case .notSlug: return self(.fieldNotSlug, label)
    case .slugTaken: return self(.fieldSlugTaken, label)
    case .notPDF(let found): return self(.fileNotPDF, self[found.phrase])
    case .fileTooLarge(let octets, let most):
      return self(.fieldFileTooLarge, label, binarySize(octets), binarySize(most))
    case .past: return self(.fieldPast, label)
    case .notShowable(let reason): return self(.fileNotShowable, reason)
    case .notForAuthors: return self(.fieldNotForAuthors, label)
    }
  }
}

extension NotPDF {
  fileprivate var phrase: Phrase {
    switch self {
    case .empty: .fileIsEmpty
    case .archive: .fileIsArchive
    case .oldOffice: .fileIsOldOffice
    case .png: .fileIsPNG
    case .jpeg: .fileIsJPEG
    case .postScript: .fileIsPostScript
    case .richText: .fileIsRichText
    case .webPage: .fileIsWebPage
    case .unknown: .fileIsUnknown
    }
  }
}
