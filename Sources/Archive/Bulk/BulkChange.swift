/// What a bulk edit does to each publication: one operation on one field.
package struct BulkChange: Sendable, Hashable {
  package enum Operation: String, Sendable, CaseIterable {
    case set, clear, add, remove, replace
    /// Of the status.
    case review, publish, withdraw
  }

  package var field: FieldError.Field
  package var operation: Operation
  /// The new value, the name to add or remove, the text to find, or the reason of a withdrawal.
  package var value: String
  /// What replaces the text to find; may be empty.
  package var replacement: String

  package init(
    _ field: FieldError.Field, _ operation: Operation, _ value: String = "",
    replacement: String = ""
  ) {
    self.field = field
    self.operation = operation
    self.value = value
    self.replacement = replacement
  }

  /// The fields that can be edited in bulk, each with its operations.
  package static let offered: [(field: FieldError.Field, operations: [Operation])] = [
    (.topics, [.add, .remove, .replace, .clear]),
    (.authors, [.add, .remove, .replace]),
    (.series, [.set, .replace, .clear]),
    (.number, [.set, .replace, .clear]),
    (.issn, [.set, .clear]),
    (.type, [.set]),
    (.language, [.set, .clear]),
    (.licence, [.set, .replace, .clear]),
    (.published, [.set]),
    (.title, [.replace]),
    (.subtitle, [.replace, .clear]),
    (.abstract, [.replace, .clear]),
    (.doi, [.replace, .clear]),
    (.status, [.review, .publish, .withdraw]),
  ]

  /// Why it cannot be made at all; nil when it can.
  package var problem: FieldError? {
    let isOffered = BulkChange.offered.contains {
      $0.field == field && $0.operations.contains(operation)
    }
    guard isOffered else { return FieldError(field, .notOffered) }
    switch operation {
    case .clear, .review, .publish, .withdraw: return nil
    case .add, .remove, .replace:
      return value.cleanedLine.isEmpty ? FieldError(field, .missing) : nil
    case .set:
      guard !value.cleanedLine.isEmpty else { return FieldError(field, .missing) }
      var probe = BulkChange.blank
      guard probe.set(field, to: value) else {
        return FieldError(
          field, field == .published ? .notDate : field == .issn ? .notISSN(value) : .notOffered)
      }
      return probe.cleaned.problems.first { $0.field == field }
    }
  }

  /// The record after the change, its field as it is stored.
  func applied(to record: Record) -> Record {
    var changed = record
    switch operation {
    case .set: _ = changed.set(field, to: value)
    case .clear: _ = changed.set(field, to: nil)
    case .add: changed.edit(field) { $0 + [value] }
    case .remove:
      let name = value.cleanedLine
      changed.edit(field) { $0.filter { $0 != name } }
    case .replace:
      if field == .authors || field == .topics {
        changed.edit(field) { $0.map { $0.replacing(value, with: replacement) } }
      } else if let text = record.text(of: field) {
        _ = changed.set(field, to: text.replacing(value, with: replacement))
      }
    case .review, .publish, .withdraw: return record
    }
    guard changed != record else { return record }
    // Only the edited field is cleaned: the others were when they were stored, and texts with
    // markup take time.
    var probe = BulkChange.blank
    probe.copy(field, from: changed)
    probe = probe.interpreted.cleaned
    changed.copy(field, from: probe)
    return changed
  }

  private static let blank = Record(
    title: "–", published: PublicationDate(of: Instant(secondsSince1970: 0)) ?? .distantPast)
}

extension PublicationDate {
  /// The first date there is.
  fileprivate static let distantPast: PublicationDate = {
    guard let date = PublicationDate(year: 1000) else { fatalError("1000 is a year") }
    return date
  }()
}

extension Record {
  /// The text of a field; nil when it has none.
  ///
  /// Authors and topics are one a line, an author's ORCID iD after a tab.
  func text(of field: FieldError.Field) -> String? {
    switch field {
    case .title: return title
    case .subtitle: return subtitle
    case .abstract: return abstract.isEmpty ? nil : abstract
    case .authors:
      let lines = authors.map { name in orcids[name].map { "\(name)\t\($0)" } ?? name }
      return lines.isEmpty ? nil : lines.joined(separator: "\n")
    case .topics: return topics.isEmpty ? nil : topics.joined(separator: "\n")
    case .published: return published.description
    case .type: return typeName.rawValue
    case .series: return series
    case .issn: return issn?.description
    case .number: return number
    case .language: return language
    case .doi: return doi
    case .licence: return licence
    case .source: return source
    case .status, .publicFrom, .slug, .file: return nil
    }
  }

  /// Sets a field to a text, as ``text(of:)`` returns it; nil clears it.
  ///
  /// - Returns: Whether the text is a value of the field.
  mutating func set(_ field: FieldError.Field, to text: String?) -> Bool {
    switch field {
    case .title: title = text ?? ""
    case .subtitle: subtitle = text
    case .abstract: abstract = text ?? ""
    case .authors:
      authors = []
      orcids = [:]
      for (name, orcid) in Publication.authors(text ?? "") {
        authors.append(name)
        if let orcid = orcid.flatMap(ORCID.init) { orcids[name] = orcid }
      }
    case .topics: topics = Publication.lines(text ?? "")
    case .published:
      guard let date = text.flatMap({ PublicationDate($0) }) else { return false }
      published = date
    case .type:
      guard let type = text.flatMap(TypeName.init) else { return false }
      typeName = type
    case .series: series = text
    case .issn:
      let number = text.flatMap(ISSN.init)
      guard text == nil || number != nil else { return false }
      issn = number
    case .number: number = text
    case .language: language = text
    case .doi: doi = text
    case .licence: licence = text
    case .source: source = text
    case .status, .publicFrom, .slug, .file: return false
    }
    return true
  }

  /// Changes the authors or topics.
  fileprivate mutating func edit(
    _ field: FieldError.Field, _ edit: ([String]) -> [String]
  ) {
    if field == .authors {
      let names = edit(authors)
      // A name that is spelt otherwise keeps its number.
      if names.count == authors.count {
        for (old, new) in zip(authors, names) where old != new { orcids[new] = orcids[old] }
      }
      authors = names
    } else {
      topics = edit(topics)
    }
  }

  fileprivate mutating func copy(_ field: FieldError.Field, from other: Record) {
    switch field {
    case .title: title = other.title
    case .subtitle: subtitle = other.subtitle
    case .abstract: abstract = other.abstract
    case .authors: (authors, orcids) = (other.authors, other.orcids)
    case .topics: topics = other.topics
    case .published: published = other.published
    case .type: typeName = other.typeName
    case .series: series = other.series
    case .issn: issn = other.issn
    case .number: number = other.number
    case .language: language = other.language
    case .doi: doi = other.doi
    case .licence: licence = other.licence
    case .source: source = other.source
    case .status, .publicFrom, .slug, .file: break
    }
  }
}
