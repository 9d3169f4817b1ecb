/// A command of the program: `offprint NAME …`.
protocol Command: Sendable {
  static var name: String { get }
  /// One line for the list of commands.
  static var summary: String { get }
  /// The arguments after the name, one form per line.
  static var forms: [String] { get }
  /// Details and options, in lines of at most 80 characters.
  static var details: String { get }
  /// The settings that it uses, each of which is also an option. If empty, no configuration is
  /// read.
  static var settings: [any Declaration] { get }

  init(_ arguments: inout Arguments) throws(UsageError)

  /// Runs the command. Errors are printed on one line, with status 1.
  func run(_ context: Context) throws -> ExitStatus
}

/// The exit status of the program.
enum ExitStatus: Int32, Codable, Sendable {
  case done = 0
  case foundSomethingWrong = 1
  case wrongUsage = 2
}

/// The context of a command besides its arguments.
struct Context: Sendable {
  /// The command's name and its arguments, without settings.
  var words: [String] = []
  let settings: Settings
  let console: Console
  /// Reads the settings again, because the file may have changed.
  let settingsAgain: @Sendable () throws -> Settings
}
