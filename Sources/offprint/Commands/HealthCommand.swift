/// `offprint health`: whether a running server can serve, for container health checks.
struct HealthCommand: Command {
  static let name = "health"
  static let summary = "Checks whether a running server can serve requests."
  static let forms = [""]
  static let details = """
    Requests /health at the first address of --listen and prints the response. The exit status is
    0 if the server is healthy, and 1 if it is not or cannot be reached.
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
