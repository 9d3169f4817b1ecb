/// A line of a catalogue that was not imported, and why.
package struct ImportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Counted from 1.
  package let line: Int
  package let reason: Reason

  package enum Reason: Error, Equatable, CustomStringConvertible {
    /// The parser's message.
    case unreadable(String)
    case notJSON(String)
    case notObject
    case missing(key: String)
    case wrongValue(key: String, expected: String, found: String)
    /// The path is outside the folder of files.
    case fileOutside(String)
    case fileMissing(String)
    case fileUnusable(String, reason: String)
    /// The slug is on an earlier line too.
    case slugTwice(String, firstLine: Int)
    case refused(DepositError)

    package var description: String {
      switch self {
      case .unreadable(let reason): reason
      case .notJSON(let reason): "not JSON: \(reason)"
      case .notObject: "expected a JSON object"
      case .missing(let key): "“\(key)” is missing"
      case .wrongValue(let key, let expected, let found):
        "“\(key)”: expected \(expected), found \(found)"
      case .fileOutside(let path): "“pdf”: \(path) is outside the folder of files"
      case .fileMissing(let path): "“pdf”: file \(path) does not exist"
      case .fileUnusable(let path, let reason): "“pdf”: \(path): \(reason)"
      case .slugTwice(let slug, let line): "“slug”: \(slug) is already on line \(line)"
      case .refused(let error): error.description
      }
    }
  }

  package init(line: Int, _ reason: Reason) {
    self.line = line
    self.reason = reason
  }

  package var description: String { "line \(line): \(reason)" }
}
