/// One setting: its name, what it may be, what it is when nobody says, and what it is for.
struct Setting<Value: Sendable>: Declaration {
  /// Words joined by hyphens; the flag is `--name`, the variable `OFFPRINT_NAME`.
  let name: String
  let kind: Kind<Value>
  let initial: String
  /// A sentence or several.
  let purpose: String
  /// A secret's value is shown to nobody.
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

/// A setting whatever the type of its value.
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

/// Settings that belong together, with a heading.
struct SettingSection: Sendable {
  let title: String
  let settings: [any Declaration]
}
