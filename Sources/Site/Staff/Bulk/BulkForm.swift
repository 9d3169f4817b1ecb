import Archive
import HTTP

/// The form of a bulk edit: what is selected, and what is done with it, as it was typed.
struct BulkForm {
  var selection: BulkSelection
  /// The list that the selection was made in.
  var filter: DeskFilter
  /// A field and an operation: `series.set`.
  var change: String
  var value: String
  var replacement: String
  /// The type of publication, which has a list of its own.
  var type: String

  init(_ fields: FormFields, in zone: SiteTimeZone) {
    filter = DeskFilter(fields, in: zone)
    selection =
      fields["all"] == nil
      ? .listed(DeskListQuery.ticked(in: fields).sorted()) : .matching(filter)
    change = fields.text("change")
    value = (fields["value"] ?? "").replacing("\r\n", with: "\n")
    replacement = (fields["replacement"] ?? "").replacing("\r\n", with: "\n")
    type = fields.text("kind")
  }

  /// The selection and the filter as fields of a form.
  var hidden: [FormFields.Field] {
    switch selection {
    case .matching: filter.fields + [FormFields.Field("all", "1")]
    case .listed(let ids):
      filter.fields + [FormFields.Field("ticked", DeskListQuery.text(ofTicked: Set(ids)))]
    }
  }

  /// What is to be done; nil when nothing was chosen.
  var bulkChange: BulkChange? {
    let parts = change.split(separator: ".").map(String.init)
    guard parts.count == 2, let field = FieldError.Field(rawValue: parts[0]),
      let operation = BulkChange.Operation(rawValue: parts[1])
    else { return nil }
    let value = operation == .replace ? self.value : self.value.trimmed
    return BulkChange(
      field, operation, field == .type ? type : value, replacement: replacement)
  }
}
