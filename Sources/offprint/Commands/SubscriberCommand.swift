import Archive
import Site

/// `offprint subscriber`: manages the mailing list.
struct SubscriberCommand: ArchiveCommand {
  static let name = "subscriber"
  static let summary = "Lists, imports, exports, adds and removes addresses of the mailing list."
  static let forms = [
    "list [--status STATUS]", "add ADDRESS", "unsubscribe ADDRESS", "suspend ADDRESS",
    "delete ADDRESS", "import FILE.csv", "export [--status STATUS]",
  ]
  static let details = """
    STATUS is pending, confirmed, unsubscribed or suspended. “list” prints one address a line.
    “add” is for people who agreed elsewhere; it does not add people who unsubscribed. Use “-” as
    ADDRESS to read addresses from standard input, one a line. “suspend” is for an address whose
    mail bounces. “delete” erases an address, also from the audit log.

    “export” prints comma-separated values with the columns address, status, language, follows,
    frequency, consent_date and consent_source. “import” reads such a file, “-” from standard input;
    the address and when and where its owner agreed are required. It skips people who unsubscribed
    or were erased. The exit status is 1 if a line could not be imported. What is followed is
    “everything”, topic:NAME, author:NAME, series:NAME or a search such as search:q=fish.
    """
  static let settings: [any Declaration] = [Declarations.all.data]

  private enum Action {
    case list(SubscriberStatus?)
    case add(String)
    case stop(String, as: SubscriberStatus)
    case delete(String)
    case importFile(String)
    case export(SubscriberStatus?)
  }

  private static let limit = 16 << 20

  private let action: Action

  init(_ arguments: inout Arguments) throws(UsageError) {
    let status = try arguments.value(of: "--status", Kind<SubscriberStatus>.choice)
    switch try arguments.word("list, add, unsubscribe, suspend, delete, import or export") {
    case "list": action = .list(status)
    case "add": action = .add(try arguments.word("ADDRESS"))
    case "unsubscribe": action = .stop(try arguments.word("ADDRESS"), as: .unsubscribed)
    case "suspend": action = .stop(try arguments.word("ADDRESS"), as: .suspended)
    case "delete": action = .delete(try arguments.word("ADDRESS"))
    case "import": action = .importFile(try arguments.word("FILE.csv"))
    case "export": action = .export(status)
    case let other: throw .unexpectedWord(other)
    }
  }

  var writes: Bool {
    switch action {
    case .list, .export: false
    case .add, .stop, .delete, .importFile: true
    }
  }

  func readInput(_ console: Console) throws -> [UInt8] {
    switch action {
    case .add("-"), .stop("-", _), .delete("-"): try Input.bytes(of: "-", limit: Self.limit)
    case .importFile(let path): try Input.bytes(of: path, limit: Self.limit)
    case .list, .add, .stop, .delete, .export: []
    }
  }

  func run(on archive: Archive, _ session: CommandSession) throws -> ExitStatus {
    let output = session.output
    switch action {
    case .list(let status):
      try list(status, of: archive, on: output)
      return .done
    case .add(let word):
      return try forEach(word, session) { address in
        switch try archive.subscribers.add(address, by: .program) {
        case .added: output.write("\(address) is confirmed\n")
        case .unchanged(let status): output.write("\(address) is left \(status.rawValue)\n")
        case .suppressed: output.write("\(address) was erased on request and is not added\n")
        }
        return true
      }
    case .stop(let word, let status):
      return try forEach(word, session) { address in
        guard try archive.subscribers.stopMail(to: address, as: status, by: .program) else {
          return false
        }
        output.write("\(address) is \(status.rawValue)\n")
        return true
      }
    case .export(let status):
      output.write(String(decoding: try SubscriberExport.csv(of: archive, status), as: UTF8.self))
      return .done
    case .importFile(let path):
      let result = try archive.subscribers.importList(session.input, by: .program)
      for error in result.errors { output.say("\(path): \(error)") }
      for column in result.unusedColumns { output.say("\(path): column “\(column)” is not used") }
      output.write(
        "\(grouped(result.added)) added, \(grouped(result.unchanged)) unchanged, "
          + "\(grouped(result.errors.count)) not imported.\n")
      return result.errors.isEmpty ? .done : .foundSomethingWrong
    case .delete(let word):
      return try forEach(word, session) { address in
        guard try archive.subscribers.delete(address, by: .program) else { return false }
        output.write("\(address) was deleted\n")
        return true
      }
    }
  }

  private func list(
    _ status: SubscriberStatus?, of archive: Archive, on output: any CommandOutput
  ) throws {
    var number = 1
    while true {
      let page = try archive.subscribers.list(status: status, page: number, size: 10_000)
      for subscriber in page.items {
        output.write(
          status == nil
            ? "\(subscriber.address)\t\(subscriber.status.rawValue)\n" : "\(subscriber.address)\n")
      }
      guard number * page.size < page.total else { return }
      number += 1
    }
  }

  /// Does something to one address, or to those on standard input.
  ///
  /// - Parameters:
  ///   - word: An address, or `-`.
  ///   - session: Has standard input, and takes messages about single addresses.
  ///   - body: Returns false when the address is not on the list.
  /// - Returns: Whether all went well; an error of one address does not stop the next.
  /// - Throws: What `body` throws.
  private func forEach(
    _ word: String, _ session: CommandSession, _ body: (EmailAddress) throws -> Bool
  ) throws -> ExitStatus {
    let text = word == "-" ? String(decoding: session.input, as: UTF8.self) : word
    var status = ExitStatus.done
    for line in text.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
      guard !session.isCancelled() else { return .foundSomethingWrong }
      guard let address = EmailAddress(String(line)) else {
        session.output.say("“\(line)”: expected an email address such as name@example.org")
        status = .foundSomethingWrong
        continue
      }
      if try !body(address) {
        session.output.say("\(address): not on the list")
        status = .foundSomethingWrong
      }
    }
    return status
  }
}
