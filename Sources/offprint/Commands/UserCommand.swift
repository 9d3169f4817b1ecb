import Archive

/// `offprint user`: manages staff accounts.
struct UserCommand: ArchiveCommand {
  static let name = "user"
  static let summary = "Creates, lists and changes staff accounts."
  static let forms = [
    "add NAME --role ROLE", "list", "password NAME", "role NAME --role ROLE", "disable NAME",
    "enable NAME", "reset-second-factor NAME", "remove NAME",
  ]
  static let details = """
    ROLE is author, editor or administrator. The password is asked for on a terminal, and is
    otherwise the first line of standard input. A disabled account stays, but nobody can sign in
    with it. reset-second-factor turns off two-step sign-in for somebody who lost their phone and
    their recovery codes.
    """
  static let settings: [any Declaration] = [Declarations.all.data]

  private enum Action {
    case add(name: String, Role)
    case list
    case setPassword(name: String)
    case setRole(name: String, Role)
    case disable(name: String)
    case enable(name: String)
    case resetSecondFactor(name: String)
    case remove(name: String)
  }

  private let action: Action

  init(_ arguments: inout Arguments) throws(UsageError) {
    let role = try arguments.value(of: "--role", Kind<Role>.choice)
    func required() throws(UsageError) -> Role {
      guard let role else { throw .missingWord("--role ROLE") }
      return role
    }
    switch try arguments.word(
      "add, list, password, role, disable, enable, reset-second-factor or remove"
    ) {
    case "add": action = .add(name: try arguments.word("NAME"), try required())
    case "list": action = .list
    case "password": action = .setPassword(name: try arguments.word("NAME"))
    case "role": action = .setRole(name: try arguments.word("NAME"), try required())
    case "disable": action = .disable(name: try arguments.word("NAME"))
    case "enable": action = .enable(name: try arguments.word("NAME"))
    case "reset-second-factor":
      action = .resetSecondFactor(name: try arguments.word("NAME"))
    case "remove": action = .remove(name: try arguments.word("NAME"))
    case let other: throw .unexpectedWord(other)
    }
  }

  var writes: Bool { if case .list = action { false } else { true } }

  func readInput(_ console: Console) throws -> [UInt8] {
    switch action {
    case .add(let name, _), .setPassword(let name):
      Array(try PasswordPrompt(console: console).ask(for: name).utf8)
    case .list, .setRole, .disable, .enable, .resetSecondFactor, .remove: []
    }
  }

  func run(on archive: Archive, _ session: CommandSession) throws -> ExitStatus {
    let password = String(decoding: session.input, as: UTF8.self)
    let output = session.output
    switch action {
    case .add(let name, let role):
      try archive.staff.add(name: name, role: role, password: password, by: .program)
      output.write("\(name) is \(role.rawValue) now.\n")
    case .list:
      let accounts = try archive.staff.accounts()
      let width = accounts.map(\.name.count).max() ?? 0
      for account in accounts {
        let padding = String(repeating: " ", count: width - account.name.count)
        let notes = [
          account.role.rawValue, account.disabled.map { "disabled since \($0)" },
          account.hasSecondFactor ? "second factor" : nil,
          account.lastSignIn.map { "last sign-in \($0)" },
        ]
        output.write(
          "\(account.name)\(padding)  \(notes.compactMap(\.self).joined(separator: ", "))\n")
      }
    case .setPassword(let name):
      try archive.staff.setPassword(password, of: name, by: .program)
      output.write("The password of \(name) was changed.\n")
    case .setRole(let name, let role):
      try archive.staff.setRole(role, of: name, by: .program)
      output.write("\(name) is \(role.rawValue) now.\n")
    case .disable(let name):
      try archive.staff.disable(name, by: .program)
      output.write("\(name) can no longer sign in.\n")
    case .enable(let name):
      try archive.staff.enable(name, by: .program)
      output.write("\(name) can sign in again.\n")
    case .resetSecondFactor(let name):
      try archive.staff.turnOffSecondFactor(of: name, by: .program)
      output.write("\(name) signs in with the password only now.\n")
    case .remove(let name):
      try archive.staff.remove(name, by: .program)
      output.write("The account of \(name) was removed.\n")
    }
    return .done
  }
}
