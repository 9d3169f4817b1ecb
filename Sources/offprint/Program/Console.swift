import Foundation
import System

/// The standard output and standard error of a command.
struct Console: Sendable {
  let output: Int32
  let errors: Int32

  static let standard = Console(output: STDOUT_FILENO, errors: STDERR_FILENO)

  /// Whether standard error is a terminal: progress is drawn there, and logged elsewhere.
  var isWatched: Bool { Terminal(errors).isThere }

  /// The columns of the terminal; 80 if unknown.
  var columns: Int { Terminal(errors).columns ?? 80 }

  /// Writes to standard output; false if it is closed or full.
  @discardableResult
  func write(_ text: String) -> Bool { write(Array(text.utf8), to: output) }

  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool { write(bytes, to: output) }

  /// Writes a line to standard error.
  func say(_ text: String) { write(Array((text + "\n").utf8), to: errors) }

  /// Writes to standard error without ending the line.
  func draw(_ text: String) { write(Array(text.utf8), to: errors) }

  @discardableResult
  private func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    (try? writeAll(bytes, to: descriptor, path: "console")) != nil
  }
}
