import Archive
import HTTP

/// What was typed into the form of a publication when the session it needs had ended: signing in
/// carries it along, so that nobody types it twice.
struct KeptForm: Equatable {
  /// Where it was sent.
  var resource: Resource
  /// The fields as a form encodes them.
  var encoded: String

  /// The names of its fields in the form that signs in.
  static let address: StaticString = "kept-address"
  static let typed: StaticString = "kept-form"
  /// The most octets that find room in the form that signs in.
  static let mostOctets = 48 * 1024

  /// Keeps a form that was sent; nil for one that is not of a publication, or too long.
  init?(_ fields: FormFields, for resource: Resource) {
    let typed = FormFields(
      fields.fields.filter { $0.name != FormToken.field && !$0.value.isEmpty })
    self.init(address: resource.path, encoded: typed.encoded)
  }

  /// Reads what the form that signs in carried; nil when it carried nothing.
  init?(signingIn form: FormFields) {
    self.init(address: form.text("\(KeptForm.address)"), encoded: form.text("\(KeptForm.typed)"))
  }

  private init?(address: String, encoded: String) {
    guard let resource = Resource(path: address), resource.takesUploads,
      (1...KeptForm.mostOctets).contains(encoded.utf8.count)
    else { return nil }
    self.resource = resource
    self.encoded = encoded
  }

  /// The form as it was filled in.
  var form: RecordForm { RecordForm(FormFields(octets: Array(encoded.utf8))) }
}
