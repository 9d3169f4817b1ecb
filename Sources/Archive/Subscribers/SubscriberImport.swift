internal import SQLite

/// Why a line of a list of subscribers was not imported.
package struct SubscriberImportError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Reason: Error, Equatable, Sendable {
    case missingColumn(String)
    case badValue(column: String, expected: String, found: String)
    /// Its owner asked to be erased, and can only sign up again in person.
    case suppressed
    /// A quotation mark without its pair.
    case unterminated
  }

  /// Counted from 1.
  package let line: Int
  package let reason: Reason

  package var description: String {
    switch reason {
    case .missingColumn(let name): "line \(line): expected a column “\(name)”"
    case .badValue(let column, let expected, let found):
      found.isEmpty
        ? "line \(line): \(column): expected \(expected)"
        : "line \(line): \(column): expected \(expected), found “\(found)”"
    case .suppressed: "line \(line): the address was erased at its owner's request"
    case .unterminated: "line \(line): a quotation mark is not closed"
    }
  }
}

/// What became of a list of subscribers.
package struct SubscriberImport: Sendable, Equatable {
  package var added = 0
  /// On the list already, or left it.
  package var unchanged = 0
  package var errors: [SubscriberImportError] = []
  /// Columns that mean nothing here.
  package var unusedColumns: [String] = []

  package init() {}
}

/// A subscription in a file of subscribers.
package struct ExportedSubscription: Sendable, Equatable {
  package static let columns = [
    "address", "status", "language", "follows", "frequency", "consent_date", "consent_source",
  ]

  /// The values of the columns.
  package let values: [String]
}

extension Subscribers {
  /// Adds subscribers who agreed elsewhere, from comma-separated values (RFC 4180) with a line of
  /// column names.
  ///
  /// The columns are those of ``ExportedSubscription``; the address and where and when its owner
  /// agreed are required. An address with several subscriptions has several lines. Whoever is on the
  /// list, left it or asked to be erased is not changed.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8.
  ///   - actor: Who says that the owners agreed.
  ///   - now: The moment.
  /// - Returns: What became of them.
  /// - Throws: What the database throws; then nobody was added.
  package func importList(
    _ bytes: [UInt8], by actor: Actor, at now: Instant = .now
  ) throws -> SubscriberImport {
    var file = SubscriberFile(bytes)
    file.read(at: now)
    let (subscribers, read) = (file.subscribers, file.result)
    return try core.change(.nothingPublic) { connection in
      var result = read
      for (line, subscriber) in subscribers {
        switch try connection.add(subscriber, by: actor, at: now) {
        case .added: result.added += 1
        case .unchanged: result.unchanged += 1
        case .suppressed:
          result.errors.append(SubscriberImportError(line: line, reason: .suppressed))
        }
      }
      result.errors.sort { $0.line < $1.line }
      return result
    }
  }

  /// The subscribers of a status, or all but those who have not confirmed, with a line for each
  /// subscription.
  package func exported(
    status: SubscriberStatus? = nil
  ) throws -> [ExportedSubscription] {
    let condition: SQL =
      status.map { "status = \($0.rawValue)" } ?? "status <> 'pending'"
    return try core.read { connection in
      try connection.rows(
        """
        SELECT address, status, ifnull(language, ''), ifnull(kind, ''), ifnull(value, ''),
          ifnull(frequency, ''), ifnull(confirmed, subscriber.asked),
          ifnull(consent, iif(confirmed IS NULL, '', 'confirmed by email'))
        FROM subscriber LEFT JOIN subscription
          ON subscription.subscriber = subscriber.id AND considered NOT NULL
        WHERE \(condition) ORDER BY address, subscription.id
        """
      ) { row in
        ExportedSubscription(
          values: [
            row.text(0), row.text(1), row.text(2),
            row.text(4).isEmpty ? row.text(3) : "\(row.text(3)):\(row.text(4))", row.text(5),
            Instant(secondsSince1970: row.integer(6)).description, row.text(7),
          ])
      }
    }
  }
}

/// Reads a list of subscribers.
private struct SubscriberFile {
  private var reader: CSVReader
  private(set) var result = SubscriberImport()
  /// With the line on which each is met first.
  private(set) var subscribers: [(line: Int, subscriber: ImportedSubscriber)] = []
  private var places: [String: Int] = [:]
  private var columns: [String] = []

  init(_ bytes: [UInt8]) { reader = CSVReader(bytes) }

  mutating func read(at now: Instant) {
    guard let (line, names) = reader.next() else {
      return fail(1, .missingColumn("address"))
    }
    columns = names.map { $0.lowercased() }
    for name in ["address", "consent_date", "consent_source"] where !columns.contains(name) {
      return fail(line, .missingColumn(name))
    }
    result.unusedColumns = columns.filter { !ExportedSubscription.columns.contains($0) }
    while let (line, values) = reader.next() {
      guard values.contains(where: { !$0.isEmpty }) else { continue }
      do throws(SubscriberImportError.Reason) {
        try take(Row(values: values, columns: columns), line, at: now)
      } catch {
        fail(line, error)
      }
    }
    if let line = reader.unterminated { fail(line, .unterminated) }
  }

  private mutating func fail(_ line: Int, _ reason: SubscriberImportError.Reason) {
    result.errors.append(SubscriberImportError(line: line, reason: reason))
  }

  private struct Row {
    let values: [String]
    let columns: [String]

    subscript(_ column: String) -> String {
      columns.firstIndex(of: column).flatMap { $0 < values.count ? values[$0] : nil }?.cleanedLine
        ?? ""
    }

    func value<Value>(
      _ column: String, _ expected: String, _ read: (String) -> Value?
    ) throws(SubscriberImportError.Reason) -> Value {
      guard let value = read(self[column]) else {
        throw .badValue(column: column, expected: expected, found: self[column])
      }
      return value
    }
  }

  /// nil for a kind that does not exist, and for a search that would find nothing.
  private static func followed(_ text: String) -> Followed? {
    let kind = text.prefix { $0 != ":" }
    let followed = Followed(kind: String(kind), value: String(text.dropFirst(kind.count + 1)))
    if case .search(let search) = followed, SavedSearch(search) == nil { return nil }
    return followed
  }

  private mutating func take(
    _ row: Row, _ line: Int, at now: Instant
  ) throws(SubscriberImportError.Reason) {
    let address = try row.value("address", "an email address such as name@example.org") {
      EmailAddress($0)
    }
    let date = try row.value("consent_date", "a date in the past such as 2024-05-31") { text in
      (Instant(text) ?? Instant("\(text)T00:00:00Z")).flatMap { $0 <= now ? $0 : nil }
    }
    let source = try row.value("consent_source", "where the owner of the address agreed") {
      $0.isEmpty ? nil : $0
    }
    let status = try row.value("status", "confirmed, unsubscribed or suspended") { text in
      text.isEmpty
        ? .confirmed : SubscriberStatus(rawValue: text).flatMap { $0 == .pending ? nil : $0 }
    }
    let frequency = try row.value("frequency", "at-once, weekly or monthly") {
      $0.isEmpty ? .weekly : Frequency(rawValue: $0)
    }
    let followed = try row.value("follows", "everything, or such as topic:Trade or search:q=fish") {
      $0.isEmpty ? .everything : Self.followed($0)
    }
    if let place = places[address.description.lowercased()] {
      return subscribers[place].subscriber.subscriptions.append((followed, frequency))
    }
    places[address.description.lowercased()] = subscribers.count
    subscribers.append(
      (
        line,
        ImportedSubscriber(
          address: address, status: status,
          language: row["language"].isEmpty ? nil : row["language"],
          subscriptions: [(followed, frequency)], consent: (date, source))
      ))
  }
}

/// Reads comma-separated values (RFC 4180); semicolons separate them when the first line has no
/// comma.
private struct CSVReader {
  private let bytes: [UInt8]
  private let separator: UInt8
  private var place = 0
  private var line = 1
  /// The line of a quotation mark that is not closed.
  private(set) var unterminated: Int?

  private static let quote = UInt8(ascii: "\"")

  init(_ bytes: [UInt8]) {
    self.bytes = Array(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...])
    let head = self.bytes.prefix { $0 != 0x0A }
    separator =
      head.contains(UInt8(ascii: ",")) || !head.contains(UInt8(ascii: ";"))
      ? UInt8(ascii: ",") : UInt8(ascii: ";")
  }

  /// The next row, and the line on which it begins.
  mutating func next() -> (line: Int, values: [String])? {
    guard place < bytes.count, unterminated == nil else { return nil }
    let start = line
    var values: [String] = []
    var value: [UInt8] = []
    var isQuoted = false
    while true {
      guard place < bytes.count else {
        if isQuoted { unterminated = start }
        break
      }
      let byte = bytes[place]
      place += 1
      if byte == 0x0A { line += 1 }
      switch byte {
      case Self.quote where isQuoted && place < bytes.count && bytes[place] == Self.quote:
        place += 1
        value.append(byte)
      case Self.quote where isQuoted || value.isEmpty: isQuoted.toggle()
      case separator where !isQuoted:
        values.append(String(decoding: value, as: UTF8.self))
        value.removeAll()
      case 0x0A where !isQuoted:
        values.append(String(decoding: value, as: UTF8.self))
        return (start, values)
      case 0x0D where !isQuoted: break
      default: value.append(byte)
      }
    }
    values.append(String(decoding: value, as: UTF8.self))
    return unterminated == nil ? (start, values) : nil
  }
}
