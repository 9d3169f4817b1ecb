/// The file of a language: a line for each phrase, `name = words`.
///
/// Empty lines and lines that begin with `#` are ignored.
enum LanguageFile {
  /// A malformed line.
  struct MalformedLine: Error {
    /// Counted from 1.
    let line: Int
  }

  static func entries(of text: String) throws(MalformedLine) -> [String: String] {
    var entries: [String: String] = [:]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let line = line.trimmed
      if line.isEmpty || line.hasPrefix("#") { continue }
      guard let sign = line.firstIndex(of: "=") else { throw MalformedLine(line: index + 1) }
      let name = line[..<sign].trimmed
      let words = line[line.index(after: sign)...].trimmed
      guard !name.isEmpty, !words.isEmpty else { throw MalformedLine(line: index + 1) }
      entries[name] = words
    }
    return entries
  }
}
