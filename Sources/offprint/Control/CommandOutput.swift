import Foundation
import Synchronization

/// Where a command's results, messages and progress go.
///
/// A command that runs inside the server writes to the command that asked for it.
protocol CommandOutput: Sendable {
  /// Writes results to standard output.
  func write(_ text: String)
  /// Writes a line to standard error.
  func say(_ text: String)
  /// Shows how far the work is; calls that come too soon after the last one are dropped.
  func show(_ progress: Progress)
  /// Removes what ``show(_:)`` drew.
  func endProgress()
}

/// The terminal or the pipes that the command was started with.
///
/// Progress is a bar on a terminal, and a line every five seconds in a log.
final class TerminalOutput: CommandOutput {
  private let console: Console
  private let drawsBar: Bool
  private let state: Mutex<State>

  private struct State {
    var lastShown: ContinuousClock.Instant
    var hasBar = false
    /// How far the work was, lately.
    var marks: [(moment: ContinuousClock.Instant, fraction: Double)] = []

    /// The share of the work done per second over the last minute; nil in the first 5 s.
    mutating func speed(_ fraction: Double?, at now: ContinuousClock.Instant) -> Double? {
      guard let fraction else { return nil }
      marks.append((now, fraction))
      // The last one that is older than a minute stays.
      while marks.count > 2, marks[1].moment.duration(to: now) >= .seconds(60) {
        marks.removeFirst()
      }
      let seconds = marks[0].moment.duration(to: now) / .seconds(1)
      return seconds >= 5 ? (fraction - marks[0].fraction) / seconds : nil
    }
  }

  init(_ console: Console) {
    self.console = console
    drawsBar = console.isWatched
    state = Mutex(State(lastShown: .now))
  }

  func write(_ text: String) {
    endProgress()
    console.write(text)
  }

  func say(_ text: String) {
    endProgress()
    console.say(text)
  }

  func show(_ progress: Progress) {
    let now = ContinuousClock.now
    state.withLock { state in
      let pause: Duration = drawsBar ? .milliseconds(100) : .seconds(5)
      guard state.lastShown.duration(to: now) >= pause else { return }
      state.lastShown = now
      var progress = progress
      progress.recentSpeed = state.speed(progress.fraction, at: now)
      if drawsBar {
        // The last column stays free: some terminals wrap when it is filled.
        console.draw("\r" + progress.bar(columns: console.columns - 1))
        state.hasBar = true
      } else {
        console.say(progress.line)
      }
    }
  }

  func endProgress() {
    state.withLock { state in
      state.marks = []
      guard state.hasBar else { return }
      console.draw("\r\u{1B}[K")
      state.hasBar = false
    }
  }
}

/// Measures one piece of work and shows its progress.
struct ProgressMeter: Sendable {
  private let label: String
  private let output: any CommandOutput
  private let start = ContinuousClock.now

  init(_ label: String, on output: any CommandOutput) {
    self.label = label
    self.output = output
  }

  /// Shows progress as a count.
  ///
  /// - Parameters:
  ///   - done: How many are done.
  ///   - total: Of how many; nil when that is not known.
  ///   - fraction: The share of the work that is done, 0 to 1; nil takes `done` of `total`.
  func show(done: Int, of total: Int?, fraction: Double? = nil) {
    output.show(
      Progress(
        label: label, done: done, total: total,
        fraction: fraction ?? total.map { Double(done) / Double(max(1, $0)) }, elapsed: elapsed))
  }

  func finish() { output.endProgress() }

  var elapsed: Duration { start.duration(to: .now) }
}
