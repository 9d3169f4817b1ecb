/// The help texts of the program.
enum Help {
  /// The output of `offprint help`.
  static func text(of commands: [any Command.Type]) -> String {
    let width = commands.map { $0.name.count }.max() ?? 0
    var text = """
      Offprint is a publication server for an institute: one program and one folder.

      Usage: offprint COMMAND …

      """
    for command in commands {
      let padding = String(repeating: " ", count: width - command.name.count)
      text += "  \(command.name)\(padding)  \(command.summary)\n"
    }
    text += """

      `offprint help COMMAND` describes a command. `offprint --version` prints the version.

      Settings are options, OFFPRINT_… environment variables, or lines of the file named by
      --config FILE or OFFPRINT_CONFIG. `offprint help config` lists them.

      Exit status: 0 success, 1 a problem was found, 2 wrong usage.

      """
    return text
  }

  /// The output of `offprint help COMMAND`.
  static func text(of command: any Command.Type) -> String {
    var text = command.summary + "\n\n"
    for (index, form) in command.forms.enumerated() {
      let line = "offprint \(command.name) \(form)"
      text += (index == 0 ? "Usage: " : "       ") + line.trimmed + "\n"
    }
    if !command.details.isEmpty { text += "\n" + command.details + "\n" }
    guard !command.settings.isEmpty else { return text }
    text += "\nSettings (described in Config/offprint.conf):\n"
    text += "  --config FILE\n"
    for setting in command.settings {
      text += "  \(setting.flag)" + (setting.initial.isEmpty ? "" : " \(setting.initial)") + "\n"
    }
    return text
  }
}

extension String {
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
