import Foundation

/// A settings file: lines `name = value`, empty lines, and comments after `#`.
struct SettingsFile: Sendable {
  struct Line: Sendable, Equatable {
    /// From 1.
    let number: Int
    let name: String
    let value: String
  }

  let path: String
  let lines: [Line]

  /// Reads the file at a path.
  init(path: String) throws(SettingError) {
    let text: String
    do {
      text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    } catch {
      throw .unreadableFile(path: path, reason: systemReason(of: error))
    }
    try self.init(path: path, text: text)
  }

  init(path: String, text: String) throws(SettingError) {
    var lines: [Line] = []
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let content = line.trimmingCharacters(in: .whitespaces)
      guard !content.isEmpty, !content.hasPrefix("#") else { continue }
      let parts = content.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts[0].trimmingCharacters(in: .whitespaces)
      guard parts.count == 2, !name.isEmpty else {
        throw .malformedLine(.file(path: path, line: number), found: content)
      }
      lines.append(
        Line(number: number, name: name, value: parts[1].trimmingCharacters(in: .whitespaces)))
    }
    self.path = path
    self.lines = lines
  }

  /// The text of Config/offprint.conf: every setting with its description, values and default.
  static func example(of sections: [SettingSection]) -> String {
    var text = """
      # The settings of Offprint, each with a description, the values it accepts and its default.
      # Remove the # before a name to set it.
      #
      # A flag (--max-upload "64 MiB") overrides an environment variable (OFFPRINT_MAX_UPLOAD), which
      # overrides this file, which overrides the default. `offprint config` prints each value and
      # where it comes from. Use this file with --config FILE or OFFPRINT_CONFIG; without them
      # /etc/offprint/offprint.conf is used, if it exists. The variable OFFPRINT_MAX_UPLOAD_FILE names
      # a file that contains the value, and so on for each setting. Relative paths start at the
      # working directory.

      """
    for section in sections {
      text += "\n\n# \(section.title)\n# \(String(repeating: "-", count: section.title.count))\n"
      for setting in section.settings {
        text += "\n"
        for line in wrapped(setting.purpose, to: 96) { text += "# \(line)\n" }
        for line in wrapped("Value: \(setting.expectation).", to: 96) { text += "# \(line)\n" }
        text += "#\(setting.name) = \(setting.initial)".trimmingCharacters(in: .whitespaces) + "\n"
      }
    }
    return text
  }
}

/// Wraps a text at spaces.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, last.count + word.count < width {
      lines[lines.count - 1] += " \(word)"
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
