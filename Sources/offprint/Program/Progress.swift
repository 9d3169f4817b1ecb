/// The progress of a long task, for terminals and logs.
struct Progress: Codable, Sendable, Equatable {
  /// The task, such as “Importing”.
  var label: String
  /// The number of items done.
  var done: Int
  /// The number of all items; nil if unknown.
  var total: Int?
  /// The fraction done, from 0 to 1; nil if unknown.
  var fraction: Double?
  var elapsed: Duration
  /// The recent fraction per second; nil uses the average since the start.
  var recentSpeed: Double?

  private var seconds: Double {
    Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }

  /// Items per second; nil if unknown or very low.
  private var rate: Double? {
    guard seconds > 0.05, Double(done) / seconds >= 0.1 else { return nil }
    return Double(done) / seconds
  }

  /// The estimated time left in seconds.
  ///
  /// Nil at the end, before 1 % is done and in the first 2 s, because the start is not typical.
  private var secondsLeft: Double? {
    guard let fraction, fraction >= 0.01, fraction < 1, seconds >= 2 else { return nil }
    let speed = recentSpeed ?? fraction / seconds
    return speed > 0 ? (1 - fraction) / speed : nil
  }

  /// The progress as one line of text.
  var line: String {
    var parts = [total.map { "\(grouped(done)) of \(grouped($0))" } ?? grouped(done)]
    if let fraction { parts.append("\(Int(fraction * 100)) %") }
    if let rate { parts.append("\(rate < 10 ? tenths(rate) : grouped(Int(rate)))/s") }
    if let secondsLeft { parts.append("\(time(secondsLeft)) left") }
    return "\(label): " + parts.joined(separator: ", ")
  }

  /// The line with a bar, padded to the number of columns to cover the previous one.
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
    // Estimates are not more precise than this.
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 600 { return "\(seconds / 60) min \(seconds % 60) s" }
    if seconds < 3600 { return "\((seconds + 30) / 60) min" }
    return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  }
}

/// A number with thousands separators: “5,819”.
func grouped(_ number: Int) -> String {
  var text = ""
  for (index, digit) in String(abs(number)).reversed().enumerated() {
    if index > 0, index % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return (number < 0 ? "-" : "") + String(text.reversed())
}
