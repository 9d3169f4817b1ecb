/// A field that cannot be stored as typed, and why.
package struct FieldError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Field: String, Sendable, CaseIterable {
    case title, subtitle, authors, published, abstract, topics, type, series, issn, number
    case language, doi, licence, source, status, publicFrom = "public-from", slug, file
  }

  /// What is wrong with it.
  package enum Problem: Equatable, Sendable {
    case missing
    case tooLong(bytes: Int, most: Int)
    case tooMany(most: Int)
    /// Not one of the allowed values.
    case notOffered
    case notDate, notTime
    case notLanguage(String), notDOI(String), notISSN(String), notORCID(String)
    case notSlug
    /// Another publication has, or had, the address.
    case slugTaken
    case notPDF(NotPDF)
    case fileTooLarge(bytes: Int, most: Int)
    /// Authors may not publish.
    case notForAuthors
    /// A scheduled time is not in the future.
    case past
    /// Readers would see nothing of the file, with the reason for staff.
    case notShowable(String)
  }

  package let field: Field
  package let problem: Problem

  package init(_ field: Field, _ problem: Problem) {
    self.field = field
    self.problem = problem
  }

  package var description: String { "\(field.rawValue) \(problem)" }
}

extension FieldError.Problem: CustomStringConvertible {
  /// The words after the field's name: “is missing”.
  package var description: String {
    switch self {
    case .missing: "is missing"
    case .tooLong(let bytes, let most):
      "is too long: \(bytes) bytes, at most \(most) are allowed"
    case .tooMany(let most): "has more than \(most) entries"
    case .notOffered: "is not one of the options"
    case .notDate: "is not a date such as 2010-02-25, 2010-02 or 2010"
    case .notTime: "is not a date and time such as 2026-12-01 09:00"
    case .notLanguage(let found): "is not a language tag such as “en” or “pt-BR”: “\(found)”"
    case .notDOI(let found): "is not a DOI such as 10.1000/182: “\(found)”"
    case .notISSN(let found): "is not an ISSN such as 2049-3630, or a digit is wrong: “\(found)”"
    case .notORCID(let found):
      "contain a wrong ORCID, expected one such as 0000-0002-1825-0097: “\(found)”"
    case .notSlug:
      "is not a slug: use lowercase letters a to z, digits and single hyphens"
    case .slugTaken: "is used by another publication"
    case .notPDF(let found): "is not a PDF: \(found)"
    case .fileTooLarge(let bytes, let most):
      "is too large: \(bytes) bytes, at most \(most) are allowed"
    case .notForAuthors: "cannot be set by authors; choose review"
    case .past: "is in the past"
    case .notShowable(let reason): "cannot be shown to readers: \(reason)"
    }
  }
}

/// What a file seems to be that does not begin like a PDF.
package enum NotPDF: String, Sendable, Equatable, CaseIterable, CustomStringConvertible {
  case empty, archive, oldOffice, png, jpeg, postScript, richText, webPage, unknown

  /// Recognizes a file by its first bytes.
  init(_ head: [UInt8]) {
    let kinds: [([UInt8], NotPDF)] = [
      (Array("PK".utf8), .archive), ([0xD0, 0xCF, 0x11, 0xE0], .oldOffice),
      ([0x89, 0x50, 0x4E, 0x47], .png), ([0xFF, 0xD8, 0xFF], .jpeg),
      (Array("%!PS".utf8), .postScript), (Array("{\\rtf".utf8), .richText),
      (Array("<".utf8), .webPage),
    ]
    self = kinds.first { head.starts(with: $0.0) }?.1 ?? .unknown
  }

  package var description: String {
    switch self {
    case .empty: "it is empty"
    case .archive: "it looks like a ZIP file or an Office document"
    case .oldOffice: "it looks like an old Office document"
    case .png: "it looks like a PNG image"
    case .jpeg: "it looks like a JPEG image"
    case .postScript: "it looks like PostScript"
    case .richText: "it looks like an RTF document"
    case .webPage: "it looks like a web page"
    case .unknown: "it does not begin with “%PDF-”"
    }
  }
}
