import Foundation
import System

/// Asks for a password: twice and hidden on a terminal, else the first line of standard input.
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
    guard Terminal(STDIN_FILENO).isThere else {
      guard let line = readLine(strippingNewline: true), !line.isEmpty else { throw .nothingRead }
      return line
    }
    let first = try askUnseen("Password for \(name): ")
    guard try askUnseen("Repeat the password: ") == first else { throw .differs }
    return first
  }

  private func askUnseen(_ question: String) throws(Failure) -> String {
    console.draw(question)
    let terminal = Terminal(STDIN_FILENO)
    let before = terminal.hideInput()
    // Ctrl-C must not leave a terminal that hides what is typed.
    let signals = Signals([SIGINT, SIGTERM]) { number in
      terminal.restore(before)
      _exit(128 + number)
    }
    defer {
      withExtendedLifetime(signals) {}
      for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
      terminal.restore(before)
      console.say("")
    }
    guard let line = readLine(strippingNewline: true), !line.isEmpty else { throw .nothingRead }
    return line
  }
}
