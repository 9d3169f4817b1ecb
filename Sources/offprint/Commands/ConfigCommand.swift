import Markup

/// `offprint config`: the settings in force and where they come from.
struct ConfigCommand: Command {
  static let name = "config"
  static let summary = "Prints each setting, its value and where the value comes from."
  static let forms = ["[--json]", "--example", "--limits"]
  static let details = """
    --json     Prints a JSON object: name → {"value", "origin"}.
    --example  Prints Config/offprint.conf: every setting with its description.
    --limits   Prints every limit: those that are settings with the value in force, and those
               that are fixed with the reason.
    """
  static let settings = Declarations.sections.flatMap(\.settings)

  private let isJSON: Bool
  private let isExample: Bool
  private let listsLimits: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    isJSON = arguments.flag("--json")
    isExample = arguments.flag("--example")
    listsLimits = arguments.flag("--limits")
  }

  func run(_ context: Context) throws -> ExitStatus {
    if isExample {
      context.console.write(SettingsFile.example(of: Declarations.sections))
    } else if listsLimits {
      context.console.write(Self.limits(context.settings))
    } else if isJSON {
      context.console.write(Self.json(context.settings, of: Self.settings) + [0x0A])
    } else {
      context.console.write(Self.table(context.settings, of: Self.settings))
    }
    return .done
  }

  static func table(_ settings: Settings, of declared: [any Declaration]) -> String {
    let lines = declared.map { setting in
      (text: "\(setting.name) = \(shown(setting, settings))", origin: settings[setting].origin)
    }
    let width = min(48, lines.map(\.text.count).max() ?? 0)
    return lines.map { line in
      let padding = String(repeating: " ", count: max(0, width - line.text.count))
      return "\(line.text)\(padding)  # \(line.origin)\n"
    }.joined()
  }

  /// A line for each limit: what it limits, its value, and the setting or the reason.
  static func limits(_ settings: Settings) -> String {
    let rows =
      Declarations.limits.map { setting in
        Limit("\(setting.name)", settings[setting].text, "setting")
      } + Limit.fixed
    let nameWidth = rows.map(\.name.count).max() ?? 0
    let valueWidth = rows.map(\.value.count).max() ?? 0
    func padded(_ text: String, to width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    return rows.map { row in
      "\(padded(row.name, to: nameWidth))  \(padded(row.value, to: valueWidth))  \(row.reason)\n"
    }.joined()
  }

  static func json(_ settings: Settings, of declared: [any Declaration]) -> [UInt8] {
    let members = declared.map { setting -> (name: String, value: JSON) in
      (
        name: "\(setting.name)",
        value: [
          "value": .text(shown(setting, settings)),
          "origin": .text(settings[setting].origin.description),
        ]
      )
    }
    return JSON.object(members).bytes
  }

  private static func shown(_ setting: any Declaration, _ settings: Settings) -> String {
    let text = settings[setting].text
    return setting.isSecret && !text.isEmpty ? "(secret)" : text
  }
}
