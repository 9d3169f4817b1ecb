import Archive

/// `offprint subscriber`: the addresses on the mailing list.
struct SubscriberCommand: Command {
  static let name = "subscriber"
  static let summary = "Lists, adds, unsubscribes and deletes addresses of the mailing list."
  static let forms = [
    "list [--status STATUS]", "add ADDRESS", "unsubscribe ADDRESS", "suspend ADDRESS",
    "delete ADDRESS",
  ]
  static let details = """
    STATUS is pending, confirmed, unsubscribed or suspended. “list” prints one address a line.
    “add” is for people who agreed elsewhere; it does not add people who unsubscribed. Use “-” as
    ADDRESS to read addresses from standard input, one a line. “suspend” is for an address whose
    mail bounces. “delete” erases an address, also from the audit log. Stop the server first for
    everything but “list”, or use the staff pages.
    """
  static let settings: [any Declaration] = [Declarations.all.data]

  private enum Action {
    case list(SubscriberStatus?)
    case add(String)
    case stop(String, as: SubscriberStatus)
    case delete(String)
  }

  private static let limit = 16 << 20

  private let action: Action

  init(_ arguments: inout Arguments) throws(UsageError) {
    let status = try arguments.value(of: "--status", Kind<SubscriberStatus>.choice)
    switch try arguments.word("list, add, unsubscribe, suspend or delete") {
    case "list": action = .list(status)
    case "add": action = .add(try arguments.word("ADDRESS"))
    case "unsubscribe": action = .stop(try arguments.word("ADDRESS"), as: .unsubscribed)
    case "suspend": action = .stop(try arguments.word("ADDRESS"), as: .suspended)
    case "delete": action = .delete(try arguments.word("ADDRESS"))
    case let other: throw .unexpectedWord(other)
    }
  }

  func run(_ context: Context) throws -> ExitStatus {
    let isReading = if case .list = action { true } else { false }
    let archive = try Archive.open(
      folder: context.settings.data, access: isReading ? .reading : .exclusive)
    defer { archive.close() }
    let console = context.console
    switch action {
    case .list(let status):
      try list(status, of: archive, on: console)
      return .done
    case .add(let word):
      return try forEach(word, console) { address in
        let (status, isNew) = try archive.addSubscriber(address, by: .program)
        console.write("\(address) is \(isNew ? "" : "left ")\(status.rawValue)\n")
        return true
      }
    case .stop(let word, let status):
      return try forEach(word, console) { address in
        guard try archive.stopMail(to: address, as: status, by: .program) else { return false }
        console.write("\(address) is \(status.rawValue)\n")
        return true
      }
    case .delete(let word):
      return try forEach(word, console) { address in
        guard try archive.deleteSubscriber(address, by: .program) else { return false }
        console.write("\(address) was deleted\n")
        return true
      }
    }
  }

  private func list(
    _ status: SubscriberStatus?, of archive: Archive, on console: Console
  ) throws {
    var number = 1
    while true {
      let page = try archive.subscribers(status: status, page: number, size: 10_000)
      for subscriber in page.items {
        console.write(
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
  ///   - console: Takes what is wrong.
  ///   - body: Answers false when the address is not on the list.
  /// - Returns: Whether all went well; what is wrong with one address does not stop the next.
  /// - Throws: What `body` throws, and when standard input cannot be read.
  private func forEach(
    _ word: String, _ console: Console, _ body: (EmailAddress) throws -> Bool
  ) throws -> ExitStatus {
    var lines = [word[...]]
    if word == "-" {
      let text = String(decoding: try Input.octets(of: word, limit: Self.limit), as: UTF8.self)
      lines = text.split(whereSeparator: \.isNewline)
    }
    var status = ExitStatus.done
    for line in lines where !line.allSatisfy(\.isWhitespace) {
      guard let address = EmailAddress(String(line)) else {
        console.say("“\(line)”: expected an email address such as name@example.org")
        status = .foundSomethingWrong
        continue
      }
      if try !body(address) {
        console.say("\(address): not on the list")
        status = .foundSomethingWrong
      }
    }
    return status
  }
}
