/// How far a long piece of work is, as it is shown on a terminal and in a log.
struct Progress: Codable, Sendable, Equatable {
  /// What is done, as in “Importing”.
  var label: String
  /// How many are done.
  var done: Int
  /// Of how many; nil when that is not known.
  var total: Int?
  /// How much of the work that is, from 0 to 1; nil when it cannot be told.
  var fraction: Double?
  var elapsed: Duration
  /// How much of the work was done in a second lately; nil takes the mean of all the time.
  var recentSpeed: Double?

  private var seconds: Double {
    Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }

  /// How many are done in a second; nil when that cannot be told, or is next to nothing.
  private var rate: Double? {
    guard seconds > 0.05, Double(done) / seconds >= 0.1 else { return nil }
    return Double(done) / seconds
  }

  /// The time that is left at the present speed.
  ///
  /// nil at the end, and before a hundredth is done in at least 2 s: what comes first is seldom
  /// like the rest.
  private var secondsLeft: Double? {
    guard let fraction, fraction >= 0.01, fraction < 1, seconds >= 2 else { return nil }
    let speed = recentSpeed ?? fraction / seconds
    return speed > 0 ? (1 - fraction) / speed : nil
  }

  /// A line without a bar.
  var line: String {
    var parts = [total.map { "\(grouped(done)) of \(grouped($0))" } ?? grouped(done)]
    if let fraction { parts.append("\(Int(fraction * 100)) %") }
    if let rate { parts.append("\(rate < 10 ? tenths(rate) : grouped(Int(rate)))/s") }
    if let secondsLeft { parts.append("\(time(secondsLeft)) left") }
    return "\(label): " + parts.joined(separator: ", ")
  }

  /// The line with a bar in front, in exactly so many columns, so that it covers what it replaces.
  func bar(columns: Int) -> String {
    let line = line
    let width = min(40, columns - line.count - 3)
    var text = line
    if let fraction, width >= 8 {
      let full = Int((Double(width) * min(1, max(0, fraction))).rounded())
      text =
        "[" + String(repeating: "█", count: full) + String(repeating: "·", count: width - full)
        + "] " + line
    }
    let short = text.prefix(max(0, columns))
    return short + String(repeating: " ", count: max(0, columns - short.count))
  }

  private func tenths(_ number: Double) -> String {
    let tenths = Int(number * 10)
    return "\(tenths / 10).\(tenths % 10)"
  }

  private func time(_ seconds: Double) -> String {
    guard seconds < 172_800 else { return "more than 2 days" }
    let seconds = Int(seconds.rounded(.up))
    // No more digits than such an estimate is good for.
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 600 { return "\(seconds / 60) min \(seconds % 60) s" }
    if seconds < 3600 { return "\((seconds + 30) / 60) min" }
    return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  }
}

/// A number with a comma between each three digits: “5,819”.
func grouped(_ number: Int) -> String {
  var text = ""
  for (index, digit) in String(abs(number)).reversed().enumerated() {
    if index > 0, index % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return (number < 0 ? "-" : "") + String(text.reversed())
}
