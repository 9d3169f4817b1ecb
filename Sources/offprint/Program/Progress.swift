import Foundation
import Synchronization

/// How far a long piece of work is, as it is shown on a terminal and in a log.
struct Progress: Sendable, Equatable {
  /// What is done, as in “Importing”.
  var label: String
  /// How many are done.
  var done: Int
  /// Of how many; nil when that is not known.
  var total: Int?
  /// How much of the work that is, from 0 to 1; nil when it cannot be told.
  var fraction: Double?
  var elapsed: Duration

  private var seconds: Double {
    Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }

  /// How many are done in a second; nil before that can be told.
  private var rate: Double? { seconds > 0.05 && done > 0 ? Double(done) / seconds : nil }

  /// The time that is left at the rate so far; nil before that can be told.
  private var secondsLeft: Double? {
    guard let fraction, fraction > 0.001, seconds > 0.2 else { return nil }
    return seconds / fraction * (1 - fraction)
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
    let seconds = Int(min(seconds, 359_999).rounded(.up))
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
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

/// Shows progress: a bar that is drawn again for who watches, a line now and then for a log.
final class ProgressDisplay: Sendable {
  private let console: Console
  private let label: String
  private let isDrawn: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  private struct State {
    var last: ContinuousClock.Instant?
    var hasBar = false
  }

  init(_ label: String, on console: Console) {
    self.label = label
    self.console = console
    isDrawn = console.isWatched
  }

  /// Takes note of how far it is; what comes too soon after the last is not shown.
  func show(done: Int, of total: Int?, fraction: Double?) {
    let now = ContinuousClock.now
    state.withLock { state in
      let pause: Duration = isDrawn ? .milliseconds(100) : .seconds(5)
      guard (state.last ?? start).duration(to: now) >= pause else { return }
      state.last = now
      let progress = Progress(
        label: label, done: done, total: total, fraction: fraction,
        elapsed: start.duration(to: now))
      if isDrawn {
        // One column is left free: some terminals begin a new line when the last one is filled.
        console.draw("\r" + progress.bar(columns: console.columns - 1))
        state.hasBar = true
      } else {
        console.say(progress.line)
      }
    }
  }

  /// Takes the bar away.
  func finish() {
    state.withLock { state in
      guard state.hasBar else { return }
      console.draw("\r\u{1B}[K")
      state.hasBar = false
    }
  }

  /// Says something above the bar.
  func say(_ text: String) {
    finish()
    console.say(text)
  }

  var elapsed: Duration { start.duration(to: .now) }
}
