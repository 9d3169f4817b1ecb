/// A setting: its name, kind, default and description.
struct Setting<Value: Sendable>: Declaration {
  /// Words joined by hyphens; the flag is `--name` and the variable `OFFPRINT_NAME`.
  let name: String
  let kind: Kind<Value>
  let initial: String
  /// One or more sentences.
  let purpose: String
  /// Whether the value is never shown.
  let isSecret: Bool

  init(
    name: String, kind: Kind<Value>, initial: String, purpose: String, isSecret: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.initial = initial
    self.purpose = purpose
    self.isSecret = isSecret
  }

  var expectation: String { kind.expectation }

  func accepts(_ text: String) -> Bool { kind.read(text) != nil }
}

/// A setting with any type of value.
protocol Declaration: Sendable {
  var name: String { get }
  var initial: String { get }
  var purpose: String { get }
  var expectation: String { get }
  var isSecret: Bool { get }

  func accepts(_ text: String) -> Bool
}

extension Declaration {
  var flag: String { "--\(name)" }

  var variable: String { "OFFPRINT_" + name.uppercased().replacing("-", with: "_") }
}

/// Settings under a common heading.
struct SettingSection: Sendable {
  let title: String
  let settings: [any Declaration]
}
