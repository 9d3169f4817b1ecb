import Foundation

/// The settings in force, each with its origin.
///
/// A flag overrides the environment, which overrides the file, which overrides the default. Values
/// are read by the name of the declaration: `settings.maxUpload`.
@dynamicMemberLookup
struct Settings: Sendable {
  /// The origin of a value.
  enum Origin: Sendable, Equatable, CustomStringConvertible {
    case initial
    case given(SettingError.Place)

    var description: String {
      switch self {
      case .initial: "default"
      case .given(.variable(let name)): "environment \(name)"
      case .given(.flag(let name)): "flag \(name)"
      case .given(let place): "\(place)"
      }
    }
  }

  /// A valid text and its origin.
  struct Entry: Sendable, Equatable {
    let text: String
    let origin: Origin
  }

  /// The given values by the setting's name; others have their default.
  private var given: [String: Entry] = [:]

  /// Resolves the values in force.
  ///
  /// - Parameters:
  ///   - sections: The declared settings.
  ///   - file: Settings of a file.
  ///   - environment: The variables of the process; those beginning with `OFFPRINT_` are settings.
  ///   - flags: Names without hyphens in front, and values.
  /// - Throws: ``SettingError`` for the first thing that is unknown or not of its kind.
  init(
    sections: [SettingSection] = Declarations.sections, file: SettingsFile? = nil,
    environment: [String: String] = [:], flags: [(name: String, value: String)] = []
  ) throws(SettingError) {
    let declared = Dictionary(
      sections.flatMap(\.settings).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    if let file { try take(file, declared) }
    try take(environment, declared)
    for (name, value) in flags {
      try take(value, for: name, at: .flag("--\(name)"), declared)
    }
  }

  subscript<Value>(dynamicMember path: KeyPath<Declarations, Setting<Value>>) -> Value {
    let setting = Declarations.all[keyPath: path]
    guard let value = setting.kind.read(self[setting].text) else {
      // Given values have been checked, so this is a wrong declaration; a test reads all of them.
      preconditionFailure("\(setting.name) = \(setting.initial) is not \(setting.expectation)")
    }
    return value
  }

  /// The text in force for a setting and its origin.
  subscript(setting: some Declaration) -> Entry {
    given[setting.name] ?? Entry(text: setting.initial, origin: .initial)
  }

  private mutating func take(
    _ file: SettingsFile, _ declared: [String: any Declaration]
  ) throws(SettingError) {
    for line in file.lines {
      let place = SettingError.Place.file(path: file.path, line: line.number)
      if case .given(.file(_, let earlier)) = given[line.name]?.origin {
        throw .repeated(place, name: line.name, earlierLine: earlier)
      }
      try take(line.value, for: line.name, at: place, declared)
    }
  }

  private mutating func take(
    _ environment: [String: String], _ declared: [String: any Declaration]
  ) throws(SettingError) {
    for (variable, value) in environment.sorted(by: { $0.key < $1.key })
    where variable.hasPrefix("OFFPRINT_") && !Self.isOfOthers(variable) {
      var name = Self.name(of: variable)
      var value = value
      if declared[name] == nil, variable.hasSuffix("_FILE") {
        name = Self.name(of: String(variable.dropLast(5)))
        value = try Self.line(ofFile: value, named: variable)
      }
      guard declared[name] != nil else {
        let variables = declared.values.map(\.variable)
        throw .unknown(
          .variable("environment"), name: variable, nearest: nearest(to: variable, in: variables))
      }
      try take(value, for: name, at: .variable(variable), declared)
    }
  }

  private mutating func take(
    _ text: String, for name: String, at place: SettingError.Place,
    _ declared: [String: any Declaration]
  ) throws(SettingError) {
    guard let setting = declared[name] else {
      throw .unknown(place, name: name, nearest: nearest(to: name, in: declared.keys))
    }
    guard setting.accepts(text) else {
      throw .badValue(
        place, name: name, expected: setting.expectation, found: setting.isSecret ? nil : text)
    }
    given[name] = Entry(text: text, origin: .given(place))
  }

  /// Whether a variable is not a setting: the one for the file, and those that Kubernetes sets for
  /// a service named “offprint”.
  private static func isOfOthers(_ variable: String) -> Bool {
    variable == "OFFPRINT_CONFIG" || variable.hasPrefix("OFFPRINT_SERVICE_")
      || variable == "OFFPRINT_PORT" || variable.hasPrefix("OFFPRINT_PORT_")
  }

  private static func name(of variable: String) -> String {
    variable.dropFirst("OFFPRINT_".count).lowercased().replacing("_", with: "-")
  }

  private static func line(ofFile path: String, named variable: String) throws(SettingError)
    -> String
  {
    do {
      return try String(contentsOf: URL(filePath: path), encoding: .utf8)
        .trimmingCharacters(in: .whitespacesAndNewlines)
    } catch {
      throw .unreadableFile(path: "\(variable): \(path)", reason: systemReason(of: error))
    }
  }
}
