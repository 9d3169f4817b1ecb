import Foundation
import System

/// Why the settings could not be read, and where.
enum SettingError: Error, Equatable, CustomStringConvertible {
  case unreadableFile(path: String, reason: String)
  /// A line of a file is not `name = value`.
  case malformedLine(Place, found: String)
  /// There is no setting of this name; `nearest` is one that may have been meant.
  case unknown(Place, name: String, nearest: String?)
  /// A file sets the same twice.
  case repeated(Place, name: String, earlierLine: Int)
  /// `found` is nil when it is a secret.
  case badValue(Place, name: String, expected: String, found: String?)

  /// Where a setting was given.
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

  /// Whether it was typed with the command.
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
      // A flag and a variable name the setting themselves.
      let subject = if case .file = place { "\(place): \(name)" } else { "\(place)" }
      return
        "\(subject): expected \(expected), found \(found.map { "“\($0)”" } ?? "something else")"
    }
  }
}

/// What the system says of a failure, without Foundation's sentence around it.
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

/// What the system calls an error number.
func systemReason(of number: Int32) -> String {
  errorDescription(number).lowercased()
}
