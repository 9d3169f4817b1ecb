import Foundation

/// A file of settings: lines `name = value`, empty lines, and lines that begin with `#`.
struct SettingsFile: Sendable {
  struct Line: Sendable, Equatable {
    /// Counts from 1.
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

  /// The file that Config/offprint.conf is: every setting with its purpose, kind and initial
  /// value, as a comment.
  static func example(of sections: [SettingSection]) -> String {
    var text = """
      # Settings of Offprint: each with its purpose, what it may be, and what it is when it is not
      # set. Take the # away before a name to set it.
      #
      # A flag (--max-upload "64 MiB") wins over the environment (OFFPRINT_MAX_UPLOAD), that over
      # this file, and that over what is built in. `offprint config` prints what is in force and
      # where it came from. This file is read when it is named: --config FILE or OFFPRINT_CONFIG.
      # Instead of OFFPRINT_MAX_UPLOAD, OFFPRINT_MAX_UPLOAD_FILE may name a file with the value.
      # Paths that do not begin with / are from the working directory.

      """
    for section in sections {
      text += "\n\n# \(section.title)\n# \(String(repeating: "-", count: section.title.count))\n"
      for setting in section.settings {
        text += "\n"
        for line in wrapped(setting.purpose, to: 96) { text += "# \(line)\n" }
        for line in wrapped("Expects \(setting.expectation).", to: 96) { text += "# \(line)\n" }
        text += "#\(setting.name) = \(setting.initial)".trimmingCharacters(in: .whitespaces) + "\n"
      }
    }
    return text
  }
}

/// A text in lines of at most so many characters, broken at spaces.
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
