import HTTP
import Search

/// What stands behind `?` in a target: named values, the first of each name.
struct Query {
  private let fields: FormFields

  /// The fields of a form, read in the same way.
  init(_ fields: FormFields) { self.fields = fields }

  init(_ query: String?) { fields = FormFields(query: query, limit: 50) }

  /// The most characters that search fields take; nine bytes each, as those of Korean have in an
  /// address, still fit into a request line.
  static let mostTyped = 800

  /// The longest value that is looked at, in bytes.
  static let longestValue = SearchQuery.longestText

  /// A value without surrounding white space; nil when it is missing, empty or too long.
  func text(_ name: String) -> String? {
    guard let value = fields[name], value.utf8.count <= Query.longestValue else { return nil }
    let trimmed = value.trimmed
    return trimmed.isEmpty ? nil : trimmed
  }

  /// A value without surrounding white space, its beginning when it is too long; empty when it is
  /// missing.
  func words(_ name: String) -> String {
    raw(name).trimmed
  }

  /// A value as it was sent, its beginning when it is too long; empty when it is missing.
  func raw(_ name: String) -> String {
    String(decoding: (fields[name] ?? "").utf8.prefix(Query.longestValue), as: UTF8.self)
  }

  /// A decimal number within bounds; nil for anything else.
  func number(_ name: String, in bounds: ClosedRange<Int>) -> Int? {
    guard let value = fields[name], value.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
      let number = Int(value), bounds.contains(number)
    else { return nil }
    return number
  }

  /// A decimal number, the nearest within bounds; nil for anything else.
  func clamped(_ name: String, to bounds: ClosedRange<Int>) -> Int? {
    guard let value = fields[name], !value.isEmpty, value.utf8.allSatisfy({ 0x30...0x39 ~= $0 })
    else { return nil }
    return min(max(Int(value) ?? .max, bounds.lowerBound), bounds.upperBound)
  }

  /// A path with those of the values that are there, in their order.
  static func address(_ resource: Resource, _ values: [(String, String?)]) -> String {
    let fields = values.compactMap { name, value in value.map { FormFields.Field(name, $0) } }
    return fields.isEmpty ? resource.path : "\(resource.path)?\(FormFields(fields).encoded)"
  }
}
