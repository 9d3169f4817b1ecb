import Archive
import Digests

extension RecordForm {
  /// The fields that can be filled from a file.
  static let readable: [FieldError.Field] = [
    .title, .subtitle, .authors, .published, .abstract, .language, .series, .number, .doi,
  ]

  /// The fields of the form.
  static let fields:
    [(field: FieldError.Field, text: any WritableKeyPath<RecordForm, String> & Sendable)] = [
      (.title, \.title), (.subtitle, \.subtitle), (.authors, \.authors), (.published, \.published),
      (.abstract, \.abstract), (.topics, \.topics), (.type, \.type), (.series, \.series),
      (.issn, \.issn), (.number, \.number), (.language, \.language), (.doi, \.doi),
      (.licence, \.licence), (.status, \.status), (.publicFrom, \.publicFrom), (.slug, \.slug),
    ]

  /// The value of a field; nil for a field that is not in the form.
  subscript(field: FieldError.Field) -> String? {
    get { RecordForm.fields.first { $0.field == field }.map { self[keyPath: $0.text] } }
    set {
      guard let newValue, let found = RecordForm.fields.first(where: { $0.field == field }) else {
        return
      }
      self[keyPath: found.text] = newValue
    }
  }

  /// Whether all fields say the same.
  func says(theSameAs other: RecordForm) -> Bool {
    RecordForm.fields.allSatisfy { self[keyPath: $0.text] == other[keyPath: $0.text] }
  }

  /// A short digest of each field, separated by hyphens.
  var digests: String {
    RecordForm.fields.map { RecordForm.digest(of: self[keyPath: $0.text]) }.joined(separator: "-")
  }

  static func digest(of text: String) -> String { String(SHA256.hash(text).hexadecimal.prefix(12)) }
}

/// What two members of staff have made of one record.
///
/// The form holds a digest of each field as it was when the form was made, so that it is known who
/// has changed what. A field that only one of them has changed keeps that change.
struct RecordMerge {
  /// A field that both have changed.
  struct Conflict: Equatable {
    let field: FieldError.Field
    let mine: String
    let theirs: String
  }

  /// What would be saved: where both have changed a field, the value that was typed here.
  private(set) var form: RecordForm
  private(set) var conflicts: [Conflict] = []
  /// The fields whose value was changed by the other only.
  private(set) var taken: [FieldError.Field] = []

  /// - Parameters:
  ///   - typed: The form that was sent.
  ///   - current: The form of the record as it is now.
  init(_ typed: RecordForm, onto current: RecordForm) {
    form = typed
    form.version = current.version
    form.seen = current.digests
    let seen = typed.seen.split(separator: "-").map(String.init)
    for (place, (field, text)) in RecordForm.fields.enumerated() {
      let (mine, theirs) = (typed[keyPath: text], current[keyPath: text])
      guard mine != theirs else { continue }
      // Without digests every difference is for the person to decide.
      let base = seen.count == RecordForm.fields.count ? seen[place] : nil
      if base == RecordForm.digest(of: theirs) { continue }
      if base == RecordForm.digest(of: mine) {
        form[keyPath: text] = theirs
        taken.append(field)
      } else {
        conflicts.append(Conflict(field: field, mine: mine, theirs: theirs))
      }
    }
  }
}
