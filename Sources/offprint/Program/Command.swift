/// One thing the program does: `offprint NAME …`.
protocol Command: Sendable {
  static var name: String { get }
  /// A line for the list of commands.
  static var summary: String { get }
  /// What stands behind the name, a form a line.
  static var forms: [String] { get }
  /// What to know, and its options, in lines of at most 80 characters.
  static var details: String { get }
  /// The settings it heeds, each of which is an option too. Without any it reads no configuration.
  static var settings: [any Declaration] { get }

  init(_ arguments: inout Arguments) throws(UsageError)

  /// Does it. What is thrown is told to the user in one line, and the status is 1.
  func run(_ context: Context) throws -> ExitStatus
}

/// How a command ended, as the shell sees it.
enum ExitStatus: Int32, Codable, Sendable {
  case done = 0
  case foundSomethingWrong = 1
  case wrongUsage = 2
}

/// What a command is given beside its arguments.
struct Context: Sendable {
  /// The command's name and its arguments, without settings.
  var words: [String] = []
  let settings: Settings
  let console: Console
  /// Reads the settings again, as a file may have changed; flags and environment are the same.
  let settingsAgain: @Sendable () throws -> Settings
}
