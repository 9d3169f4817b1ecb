import Archive

/// A value that was found in a file, as the form shows it.
struct FoundValue: Equatable {
  let field: FieldError.Field
  let text: String
  /// Whether the form is filled with it; otherwise it is only suggested.
  let isCertain: Bool
  /// From 0 to 1.
  let confidence: Double
  let source: FindingSource
  /// The page on which it is; nil if it is not on one page.
  let page: Int?
}

extension Findings {
  /// The values that were found, in the order of the form.
  var values: [FoundValue] {
    [
      title.map { FoundValue(.title, $0.value, $0) },
      subtitle.map { FoundValue(.subtitle, $0.value, $0) },
      authors.map { FoundValue(.authors, $0.value.joined(separator: "\n"), $0) },
      published.map { FoundValue(.published, $0.value.description, $0) },
      abstract.map { FoundValue(.abstract, $0.value, $0) },
      series.map { FoundValue(.series, $0.value, $0) },
      number.map { FoundValue(.number, $0.value, $0) },
      language.map { FoundValue(.language, $0.value, $0) },
      doi.map { FoundValue(.doi, $0.value, $0) },
    ].compactMap(\.self)
  }
}

extension FoundValue {
  fileprivate init<Value>(_ field: FieldError.Field, _ text: String, _ finding: Finding<Value>) {
    self.init(
      field: field, text: text, isCertain: finding.isCertain, confidence: finding.confidence,
      source: finding.source, page: finding.page)
  }

  /// How sure it is, in words.
  var certainty: Phrase {
    switch confidence {
    case 0.9...: .almostCertain
    case 0.75...: .fairlySure
    case Confidence.certain...: .probably
    default: .unsure
    }
  }
}

extension Language {
  /// Where a value was found: “page 1”, “the file’s properties”.
  func place(of value: FoundValue) -> String {
    let page = value.page.map { self(.foundOnPage, number($0)) } ?? self[.foundOnFirstPages]
    return switch value.source {
    case .properties: self[.foundInProperties]
    case .pages: page
    case .both: self(.foundInBoth, page)
    }
  }
}

extension RecordForm {
  /// The value of a field for comparison with what was found; of the authors, their names.
  func says(_ field: FieldError.Field) -> String? {
    field == .authors
      ? AuthorLine.lines(of: authors).map(\.name).joined(separator: "\n") : self[field]?.trimmed
  }

  /// The form with its blank fields filled from what was found.
  func filled(_ blank: Set<FieldError.Field>, from findings: Findings) -> RecordForm {
    var form = self
    for field in blank { form[field] = "" }
    for value in findings.values where value.isCertain && blank.contains(value.field) {
      form[value.field] = value.text
    }
    return form
  }
}

/// The changes that repairs have made to a text.
struct TextRepairs {
  /// A run of words before and after.
  struct Change: Equatable {
    let before: String
    let after: String
  }

  let changes: [Change]
  /// The most words that are compared: a comparison takes the product of their numbers of changes.
  private static let mostWords = 3000

  /// Compares two texts word by word.
  init(from original: String, to repaired: String) {
    let before = original.split(whereSeparator: \.isWhitespace).prefix(Self.mostWords)
    let after = repaired.split(whereSeparator: \.isWhitespace).prefix(Self.mostWords)
    let difference = Array(after).difference(from: Array(before))
    let removed = Set(
      difference.removals.map { change in
        if case .remove(let offset, _, _) = change { offset } else { 0 }
      })
    let inserted = Set(
      difference.insertions.map { change in
        if case .insert(let offset, _, _) = change { offset } else { 0 }
      })
    var changes: [Change] = []
    var (left, right) = (0, 0)
    while left < before.count || right < after.count {
      var (old, new): ([Substring], [Substring]) = ([], [])
      while removed.contains(left) {
        old.append(before[left])
        left += 1
      }
      while inserted.contains(right) {
        new.append(after[right])
        right += 1
      }
      if !old.isEmpty || !new.isEmpty {
        changes.append(
          Change(before: old.joined(separator: " "), after: new.joined(separator: " ")))
      }
      (left, right) = (left + 1, right + 1)
    }
    self.changes = changes
  }
}
