import Foundation

@main
struct Offprint {
  static func main() {
    // A reader who closes a tab must not end the server: `sendfile` knows no MSG_NOSIGNAL.
    signal(SIGPIPE, SIG_IGN)
    let program = Program(
      console: .standard, environment: ProcessInfo.processInfo.environment)
    exit(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }
}
