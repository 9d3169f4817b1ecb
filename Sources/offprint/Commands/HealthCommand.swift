/// `offprint health`: whether a running server is able to serve, for container checks.
struct HealthCommand: Command {
  static let name = "health"
  static let summary = "Asks a running server whether it is able to serve."
  static let forms = [""]
  static let details = """
    Asks on the first address of --listen and prints the answer. The exit status is 0 when the
    server is able to serve, 1 when it is not or cannot be reached.
    """
  static let settings: [any Declaration] = [Declarations.all.listen]

  init(_ arguments: inout Arguments) throws(UsageError) {}

  func run(_ context: Context) throws -> ExitStatus {
    guard let address = context.settings.listen.first else { return .foundSomethingWrong }
    let answer = try HealthClient(address: address).ask()
    context.console.write(answer.content.hasSuffix("\n") ? answer.content : answer.content + "\n")
    return answer.status == 200 ? .done : .foundSomethingWrong
  }
}
