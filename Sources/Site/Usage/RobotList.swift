import Foundation
import Synchronization

/// Tells programs that fetch by themselves from browsers in the hands of people.
package final class RobotList: Sendable {
  /// Clients repeat themselves; beyond so many different ones all begins anew.
  private static let mostKept = 4096

  private let expression: NSRegularExpression
  private let kept = Mutex<[String: Bool]>([:])

  package init() throws {
    let agents = RobotNames.agents.split(separator: "\n").map {
      NSRegularExpression.escapedPattern(for: String($0))
    }
    let patterns = RobotNames.patterns.split(separator: "\n").map { "(?:\($0))" } + agents
    expression = try NSRegularExpression(
      pattern: patterns.joined(separator: "|"), options: [.caseInsensitive])
  }

  /// Whether the value of a `User-Agent` field names a program; the lack of one does.
  package func matches(_ userAgent: String) -> Bool {
    if let known = kept.withLock({ $0[userAgent] }) { return known }
    let whole = NSRange(userAgent.startIndex..., in: userAgent)
    let found = expression.firstMatch(in: userAgent, range: whole) != nil
    kept.withLock { kept in
      if kept.count >= Self.mostKept { kept = [:] }
      kept[userAgent] = found
    }
    return found
  }
}
