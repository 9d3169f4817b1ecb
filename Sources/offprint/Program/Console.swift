import Foundation
import System

/// Where a command writes: what it was asked for to one place, what else it has to say to another.
struct Console: Sendable {
  let output: Int32
  let errors: Int32

  static let standard = Console(output: STDOUT_FILENO, errors: STDERR_FILENO)

  /// Whether someone watches: progress is drawn for them and logged for others.
  var isWatched: Bool { Terminal(errors).isThere }

  /// The columns of the terminal; 80 when there is none that says.
  var columns: Int { Terminal(errors).columns ?? 80 }

  /// Writes to standard output; false when nobody reads it any more or it has no room.
  @discardableResult
  func write(_ text: String) -> Bool { write(Array(text.utf8), to: output) }

  @discardableResult
  func write(_ octets: [UInt8]) -> Bool { write(octets, to: output) }

  /// Writes a line to standard error.
  func say(_ text: String) { write(Array((text + "\n").utf8), to: errors) }

  /// Writes to standard error without ending the line.
  func draw(_ text: String) { write(Array(text.utf8), to: errors) }

  @discardableResult
  private func write(_ octets: [UInt8], to descriptor: Int32) -> Bool {
    (try? writeAll(octets, to: descriptor, path: "console")) != nil
  }
}
