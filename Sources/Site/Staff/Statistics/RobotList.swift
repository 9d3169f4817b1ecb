import Foundation

/// Recognizes robots by their user agent.
///
/// Most patterns are plain text. The others are regular expressions, which are slow, so each is tried
/// only when a text occurs that all of its matches contain.
package final class RobotList: Sendable {
  private struct Pattern {
    /// The text that every match contains, in lower case.
    let text: [UInt8]
    /// Nil if the text is the whole pattern.
    let expression: NSRegularExpression?
  }

  private let patterns: [Pattern]
  /// The patterns by the first three bytes of their text.
  private let byStart: [UInt32: [Int]]
  /// The patterns with shorter texts.
  private let others: [Int]

  package init() throws {
    var patterns = RobotNames.agents.split(separator: "\n").map {
      Pattern(text: Array($0.lowercased().utf8), expression: nil)
    }
    for line in RobotNames.patterns.split(separator: "\n") {
      let (text, isPlain) = RobotList.requiredText(of: line)
      let expression =
        isPlain
        ? nil
        : try NSRegularExpression(pattern: String(line), options: [.caseInsensitive])
      patterns.append(Pattern(text: Array(text.lowercased().utf8), expression: expression))
    }
    var byStart: [UInt32: [Int]] = [:]
    var others: [Int] = []
    for (number, pattern) in patterns.enumerated() {
      if pattern.text.count < 3 {
        others.append(number)
      } else {
        byStart[RobotList.start(pattern.text, 0), default: []].append(number)
      }
    }
    (self.patterns, self.byStart, self.others) = (patterns, byStart, others)
  }

  /// Whether a `User-Agent` is that of a robot; an empty one is.
  package func matches(_ userAgent: String) -> Bool {
    for number in others where holds(number, for: userAgent) { return true }
    let bytes = userAgent.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard bytes.count >= 3 else { return false }
    var tried: [Int] = []
    for place in 0...bytes.count - 3 {
      guard let numbers = byStart[RobotList.start(bytes, place)] else { continue }
      for number in numbers
      where !tried.contains(number) && bytes[place...].starts(with: patterns[number].text) {
        if holds(number, for: userAgent) { return true }
        tried.append(number)
      }
    }
    return false
  }

  /// Whether the regular expression of a pattern matches.
  private func holds(_ number: Int, for userAgent: String) -> Bool {
    guard let expression = patterns[number].expression else { return true }
    let whole = NSRange(userAgent.startIndex..., in: userAgent)
    return expression.firstMatch(in: userAgent, range: whole) != nil
  }

  private static func start(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    UInt32(bytes[place]) << 16 | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2])
  }

  /// The longest text that every match of a regular expression contains.
  ///
  /// - Parameter pattern: An expression without nested groups.
  /// - Returns: The text, empty when none is found, and whether it is the whole expression.
  private static func requiredText(of pattern: Substring) -> (text: String, isPlain: Bool) {
    var (longest, run) = ("", "")
    var isPlain = true
    func endRun() {
      isPlain = false
      if run.utf8.count > longest.utf8.count { longest = run }
      run = ""
    }
    var rest = pattern[...]
    func skip(through end: Character) {
      while let character = rest.popFirst(), character != end {
        if character == "\\" { rest = rest.dropFirst() }
      }
    }
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        guard let escaped = rest.popFirst() else { break }
        // `\d` and `\s` stand for several characters, `\.` for itself.
        if escaped.isLetter || escaped.isNumber { endRun() } else { run.append(escaped) }
      case "(":
        endRun()
        skip(through: ")")
      case "[":
        endRun()
        skip(through: "]")
      case "{":
        run = String(run.dropLast())
        endRun()
        skip(through: "}")
      case "?", "*":
        run = String(run.dropLast())
        endRun()
      case "^", "$", ".", "+": endRun()
      case "|": return ("", false)
      default: run.append(character)
      }
    }
    let hadSpecial = !isPlain
    endRun()
    return (longest, !hadSpecial)
  }
}
