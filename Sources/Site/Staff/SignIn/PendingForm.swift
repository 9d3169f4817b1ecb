import Archive
import HTTP

/// The form of a publication that was sent after the session had ended.
///
/// The sign-in form carries it along, so that nobody has to type it twice.
struct PendingForm: Equatable {
  /// The resource it was sent to.
  var resource: Resource
  /// The fields, form-encoded.
  var encoded: String

  /// The names of its fields in the sign-in form.
  static let address: StaticString = "kept-address"
  static let typed: StaticString = "kept-form"
  /// The largest encoded form that is carried, in bytes.
  static let mostOctets = 48 * 1024

  /// Makes one from a form that was sent; nil if it is no form of a publication, or too long.
  init?(_ fields: FormFields, for resource: Resource) {
    let typed = FormFields(
      fields.fields.filter { $0.name != FormToken.field && !$0.value.isEmpty })
    self.init(address: resource.path, encoded: typed.encoded)
  }

  /// Reads the one that a sign-in form carries; nil if there is none.
  init?(signingIn form: FormFields) {
    self.init(
      address: form.text("\(PendingForm.address)"), encoded: form.text("\(PendingForm.typed)"))
  }

  private init?(address: String, encoded: String) {
    guard let resource = Resource(path: address), resource.hasRecordForm,
      (1...PendingForm.mostOctets).contains(encoded.utf8.count)
    else { return nil }
    self.resource = resource
    self.encoded = encoded
  }

  var fields: FormFields { FormFields(bytes: Array(encoded.utf8)) }
  /// The form as it was typed.
  var form: RecordForm { RecordForm(fields) }
}

extension Resource {
  /// Whether it takes the form of a publication.
  fileprivate var hasRecordForm: Bool {
    switch self {
    case .record, .newPublication: true
    default: false
    }
  }
}
