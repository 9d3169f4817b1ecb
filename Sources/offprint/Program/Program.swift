import Foundation

/// Parses a command line and runs the command.
struct Program {
  static let version = "0.1.0"

  /// The file of settings of the Debian package; read if it exists and no other one is named.
  static let installedSettings = "/etc/offprint/offprint.conf"

  static let commands: [any Command.Type] = [
    ServeCommand.self, ImportCommand.self, ExportCommand.self, ExtractCommand.self,
    DrawCommand.self, SearchCommand.self, IndexCommand.self, VerifyCommand.self,
    BackupCommand.self, RestoreCommand.self, UserCommand.self, SubscriberCommand.self,
    MailCommand.self, ConfigCommand.self, HealthCommand.self,
  ]

  let console: Console
  let environment: [String: String]

  /// Runs a command line and prints errors to standard error.
  func run(_ words: [String]) -> ExitStatus {
    do {
      return try follow(words)
    } catch let error as UsageError {
      let command = words.first.flatMap { name in Self.commands.first { $0.name == name } }
      let help = command.map { "offprint help \($0.name)" } ?? "offprint help"
      console.say("offprint: \(error); see `\(help)`")
      return .wrongUsage
    } catch let error as SettingError {
      console.say("offprint: \(error)")
      return error.isOfCommandLine ? .wrongUsage : .foundSomethingWrong
    } catch {
      console.say("offprint: \(explanation(of: error))")
      return .foundSomethingWrong
    }
  }

  private func follow(_ words: [String]) throws -> ExitStatus {
    guard let first = words.first else { throw UsageError.noCommand }
    switch first {
    case "--version":
      console.write("offprint \(Self.version)\n")
      return .done
    case "help", "--help", "-h":
      guard words.count > 1 else {
        console.write(Help.text(of: Self.commands))
        return .done
      }
      console.write(Help.text(of: try command(named: words[1])))
      return .done
    default:
      return try run(command(named: first), Arguments(words.dropFirst()))
    }
  }

  private func command(named name: String) throws(UsageError) -> any Command.Type {
    if let command = Self.commands.first(where: { $0.name == name }) { return command }
    throw .unknownCommand(name, nearest: nearest(to: name, in: Self.commands.map { $0.name }))
  }

  private func run(_ type: any Command.Type, _ arguments: Arguments) throws -> ExitStatus {
    var arguments = arguments
    if arguments.flag("--help") {
      console.write(Help.text(of: type))
      return .done
    }
    let read = try settings(for: type, &arguments)
    let settings = try read()
    let words = [type.name] + arguments.all
    let command = try type.init(&arguments)
    try arguments.finish()
    return try command.run(
      Context(words: words, settings: settings, console: console, settingsAgain: read))
  }

  /// Returns a function that reads the settings of a command; takes their flags from the arguments.
  private func settings(
    for type: any Command.Type, _ arguments: inout Arguments
  ) throws -> @Sendable () throws -> Settings {
    guard !type.settings.isEmpty else { return { try Settings() } }
    var flags: [(name: String, value: String)] = []
    for setting in type.settings {
      guard let value = try arguments.value(of: setting.flag) else { continue }
      flags.append((setting.name, value))
    }
    let path =
      try arguments.value(of: "--config") ?? environment["OFFPRINT_CONFIG"]
      ?? (FileManager.default.fileExists(atPath: Self.installedSettings)
        ? Self.installedSettings : nil)
    return { [environment, flags] in
      let file = try path.flatMap { try $0.isEmpty ? nil : SettingsFile(path: $0) }
      return try Settings(file: file, environment: environment, flags: flags)
    }
  }
}

/// The text of an error that ended a command.
func explanation(of error: any Error) -> String {
  error is CocoaError || error is POSIXError ? systemReason(of: error) : "\(error)"
}
