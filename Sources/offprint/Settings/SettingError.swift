import Foundation
import System

/// Why the settings could not be read, and where.
enum SettingError: Error, Equatable, CustomStringConvertible {
  case unreadableFile(path: String, reason: String)
  /// A line of a file is not `name = value`.
  case malformedLine(Place, found: String)
  /// There is no setting of this name; `nearest` is a similar one.
  case unknown(Place, name: String, nearest: String?)
  /// A file has the same setting twice.
  case repeated(Place, name: String, earlierLine: Int)
  /// A value is invalid; `found` is nil for secrets.
  case badValue(Place, name: String, expected: String, found: String?)

  /// The place of a setting.
  enum Place: Sendable, Equatable, CustomStringConvertible {
    case file(path: String, line: Int)
    case variable(String)
    case flag(String)

    var description: String {
      switch self {
      case .file(let path, let line): "\(path):\(line)"
      case .variable(let name): name
      case .flag(let name): name
      }
    }
  }

  /// Whether it was given on the command line.
  var isOfCommandLine: Bool {
    switch self {
    case .badValue(.flag, _, _, _), .unknown(.flag, _, _): true
    default: false
    }
  }

  var description: String {
    switch self {
    case .unreadableFile(let path, let reason):
      return "\(path): \(reason)"
    case .malformedLine(let place, let found):
      return "\(place): expected “name = value”, found “\(found)”"
    case .unknown(let place, let name, let nearest):
      let hint = nearest.map { "; did you mean “\($0)”?" } ?? ""
      return "\(place): unknown setting “\(name)”\(hint)"
    case .repeated(let place, let name, let earlierLine):
      return "\(place): \(name): already set on line \(earlierLine)"
    case .badValue(let place, let name, let expected, let found):
      // Flags and variables already name the setting.
      let subject = if case .file = place { "\(place): \(name)" } else { "\(place)" }
      return
        "\(subject): expected \(expected), found \(found.map { "“\($0)”" } ?? "something else")"
    }
  }
}

/// The reason of a failure in the system's words.
func systemReason(of error: any Error) -> String {
  let error = error as NSError
  if let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError,
    cause.domain == NSPOSIXErrorDomain
  {
    return systemReason(of: Int32(cause.code))
  }
  switch error.code {
  case NSFileReadNoSuchFileError: return systemReason(of: ENOENT)
  case NSFileReadNoPermissionError: return systemReason(of: EACCES)
  case NSFileReadInapplicableStringEncodingError: return "not UTF-8 text"
  default: return error.localizedDescription
  }
}

/// The description of an error number.
func systemReason(of number: Int32) -> String {
  errorDescription(number).lowercased()
}
