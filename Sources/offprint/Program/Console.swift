import Foundation

/// Where a command writes: what it was asked for to one place, what else it has to say to another.
struct Console: Sendable {
  let output: Int32
  let errors: Int32

  static let standard = Console(output: STDOUT_FILENO, errors: STDERR_FILENO)

  /// Whether someone watches: progress is drawn for them and logged for others.
  var isWatched: Bool { isatty(errors) == 1 }

  /// The columns of the terminal; 80 when there is none that says.
  var columns: Int {
    var size = winsize()
    guard unsafe ioctl(errors, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

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
    unsafe octets.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = unsafe Foundation.write(
          descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        if count > 0 {
          written += count
        } else if errno == EAGAIN {
          // A descriptor shared with someone who made it non-blocking: wait until it takes more.
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = unsafe poll(&waiting, 1, -1)
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
  }
}
