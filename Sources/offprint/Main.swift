import Foundation

@main
struct Offprint {
  static func main() {
    // A reader who closes a tab must not end the server: `sendfile` knows no MSG_NOSIGNAL.
    signal(SIGPIPE, SIG_IGN)
    // What it makes is for its own user, whatever the shell that starts it allows.
    umask(0o077)
    let program = Program(
      console: .standard, environment: ProcessInfo.processInfo.environment)
    exit(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }
}
