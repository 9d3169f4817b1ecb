import Foundation

/// Asks for a password: twice and unseen on a terminal, else the first line of standard input.
struct PasswordPrompt {
  enum Failure: Error, CustomStringConvertible {
    case nothingRead
    case differs

    var description: String {
      switch self {
      case .nothingRead:
        "expected a password on standard input, found nothing"
      case .differs: "the two passwords differ; nothing was changed, please try again"
      }
    }
  }

  let console: Console

  func ask(for name: String) throws(Failure) -> String {
    guard isatty(STDIN_FILENO) == 1 else {
      guard let line = readLine(strippingNewline: true), !line.isEmpty else { throw .nothingRead }
      return line
    }
    let first = try askUnseen("Password for \(name): ")
    guard try askUnseen("Repeat the password: ") == first else { throw .differs }
    return first
  }

  private func askUnseen(_ question: String) throws(Failure) -> String {
    console.draw(question)
    var before = termios()
    unsafe tcgetattr(STDIN_FILENO, &before)
    var unseen = before
    unseen.c_lflag &= ~tcflag_t(ECHO)
    unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen)
    // Ctrl-C must not leave a terminal that shows nothing any more.
    let signals = Signals([SIGINT, SIGTERM]) { [before] number in
      var before = before
      unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
      _exit(128 + number)
    }
    defer {
      withExtendedLifetime(signals) {}
      for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
      unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
      console.say("")
    }
    guard let line = readLine(strippingNewline: true), !line.isEmpty else { throw .nothingRead }
    return line
  }
}
