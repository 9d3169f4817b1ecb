import Foundation

/// Tells programs that fetch by themselves from browsers in the hands of people.
package final class RobotList: Sendable {
  private let expression: NSRegularExpression

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
    let whole = NSRange(userAgent.startIndex..., in: userAgent)
    return expression.firstMatch(in: userAgent, range: whole) != nil
  }
}
