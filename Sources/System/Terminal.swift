import Glibc

/// The terminal behind a descriptor, if there is one.
package struct Terminal: Sendable {
  private let descriptor: Int32

  package init(_ descriptor: Int32) { self.descriptor = descriptor }

  package var isThere: Bool { isatty(descriptor) == 1 }

  /// How many characters a line has; nil when there is no terminal that says.
  package var columns: Int? {
    var size = winsize()
    // Unsafe: the system writes one winsize.
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// The settings of a terminal, to restore them.
  package struct Settings: Sendable { fileprivate let flags: termios }

  /// Stops showing what is typed.
  ///
  /// - Returns: The settings before.
  package func hideInput() -> Settings {
    var flags = termios()
    // Unsafe: the system writes and reads one termios.
    unsafe tcgetattr(descriptor, &flags)
    var hidden = flags
    hidden.c_lflag &= ~tcflag_t(ECHO)
    unsafe tcsetattr(descriptor, TCSAFLUSH, &hidden)
    return Settings(flags: flags)
  }

  package func restore(_ settings: Settings) {
    var flags = settings.flags
    // Unsafe: the system reads one termios.
    unsafe tcsetattr(descriptor, TCSAFLUSH, &flags)
  }
}
