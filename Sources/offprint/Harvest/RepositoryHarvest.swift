import Archive
import Foundation
import System

/// What `offprint import --oai` asks another repository for.
struct HarvestRequest {
  let address: String
  let set: String?
  /// The date from which on records are asked for; nil continues after the last import.
  let since: String?
  let hasFiles: Bool
  let withdraws: Bool

  init(_ address: String, _ arguments: inout Arguments) throws(UsageError) {
    guard let url = URL(string: address), ["http", "https"].contains(url.scheme ?? ""),
      url.host != nil
    else {
      throw .badValue(
        option: "--oai", expected: "an address such as https://repository.example.org/oai",
        found: address)
    }
    self.address = address
    set = try arguments.value(of: "--set")
    since = try arguments.value(of: "--since")
    if let since, PublicationDate(since)?.day == nil {
      throw .badValue(option: "--since", expected: "a date such as 2020-01-01", found: since)
    }
    hasFiles = arguments.flag("--with-files")
    withdraws = arguments.flag("--withdraw")
  }

  /// The name under which the time of the last import is stored.
  var name: String { address + (set.map { " \($0)" } ?? "") }
}

/// Imports the records of another repository by OAI-PMH 2.0 (oai_dc).
///
/// Requests are made one after another, and as late as the repository asks for. The time of its first
/// answer is stored when the list was read to its end, so that the next import asks for what has
/// changed since.
struct RepositoryHarvest {
  private let request: HarvestRequest
  private let archive: Archive
  private let isTrial: Bool
  private var deleted: [String] = []
  private var withdrawn = 0
  private var filesMissing: [String] = []

  /// The largest PDF that is fetched.
  private static let mostFileBytes = 1 << 30
  /// How often a request is repeated when the repository is busy.
  private static let mostTries = 6
  /// The longest wait in seconds that a repository may ask for.
  private static let longestWait = 600

  init(_ request: HarvestRequest, into archive: Archive, isTrial: Bool) {
    self.request = request
    self.archive = archive
    self.isTrial = isTrial
  }

  /// Imports the records.
  ///
  /// - Parameters:
  ///   - importer: Takes the records.
  ///   - session: Where messages go, and whether to stop.
  ///   - folder: Where fetched files are stored meanwhile, which is the importer's folder of files;
  ///     nil when none are fetched.
  ///   - progress: Is told how many records came, and the size of the list if it is known.
  /// - Throws: ``SourceError`` when the repository fails; what came before is imported.
  mutating func run(
    _ importer: inout Importer, _ session: CommandSession, folder: String?,
    progress: (_ done: Int, _ total: Int?) -> Void
  ) throws {
    let client: WebClient
    do throws(WebClient.Failure) {
      client = try WebClient(isCancelled: session.isCancelled)
    } catch {
      throw failure("\(error)")
    }
    let identify = try answer("verb=Identify", client, session)
    var query = "verb=ListRecords&metadataPrefix=oai_dc"
    if let set = request.set { query += "&set=\(Self.encoded(set))" }
    let last = try archive.publications.lastHarvest(of: request.name)
    if let from = request.since ?? last {
      let day = String(from.prefix(10))
      query += "&from=\(Self.encoded(identify.hasSeconds && from.count > 10 ? from : day))"
    }
    var date: String?
    var number = 0
    while !session.isCancelled() {
      let response = try answer(query, client, session)
      date = date ?? response.date
      if let error = response.error {
        guard error.code == "noRecordsMatch" else {
          try importer.finish()
          throw failure("\(error.code): \(error.message)")
        }
        break
      }
      for record in response.records {
        number += 1
        try take(record, number, client, &importer, session, folder)
        if session.isCancelled() { break }
      }
      progress(number, response.listSize)
      guard let token = response.resumptionToken else { break }
      query = "verb=ListRecords&resumptionToken=\(Self.encoded(token))"
    }
    try importer.finish()
    let isWhole = !session.isCancelled() && importer.summary.failed == 0
    if isWhole, !isTrial, let date, !date.isEmpty {
      try archive.publications.noteHarvest(of: request.name, date: date)
    }
  }

  private func failure(_ reason: String) -> SourceError {
    SourceError(name: request.address, reason: reason)
  }

  private static func encoded(_ text: String) -> String {
    let plain = CharacterSet(charactersIn: "-._~").union(.alphanumerics)
    return text.addingPercentEncoding(withAllowedCharacters: plain) ?? text
  }

  /// Asks the repository, and again later when it is busy.
  private func answer(
    _ query: String, _ client: WebClient, _ session: CommandSession
  ) throws -> HarvestResponse {
    let separator = request.address.contains("?") ? "&" : "?"
    for attempt in 1... {
      let answer: WebClient.Answer
      do throws(WebClient.Failure) {
        answer = try client.get(request.address + separator + query)
      } catch {
        throw failure("\(error)")
      }
      if answer.status == 200 {
        do {
          return try HarvestResponse(answer.content)
        } catch {
          throw failure("\(error)")
        }
      }
      guard answer.status == 503 || answer.status == 429, attempt < Self.mostTries else {
        throw failure("status \(answer.status)")
      }
      let seconds = min(
        answer.fields["retry-after"].flatMap { Int($0) } ?? 30, Self.longestWait)
      session.output.say("\(request.address): busy, trying again in \(seconds) s")
      let end = ContinuousClock.now + .seconds(seconds)
      while ContinuousClock.now < end {
        guard !session.isCancelled() else { throw failure("stopped") }
        Thread.sleep(forTimeInterval: 0.1)
      }
    }
    throw failure("no answer")
  }

  private mutating func take(
    _ record: HarvestResponse.Record, _ number: Int, _ client: WebClient,
    _ importer: inout Importer, _ session: CommandSession, _ folder: String?
  ) throws {
    if record.isDeleted {
      guard let publication = try archive.publications.imported(from: record.identifier),
        publication.status == .published || publication.status == .scheduled
      else { return }
      deleted.append(publication.slug.description)
      guard request.withdraws, !isTrial else { return }
      _ = try archive.publications.withdraw(publication.id, by: .program)
      withdrawn += 1
      return
    }
    var file: String?
    if let folder {
      let host = URL(string: request.address)?.host
      if let address = record.fileAddresses.first(where: { URL(string: $0)?.host == host }) {
        let name = "\(number).pdf"
        do throws(WebClient.Failure) {
          let isThere = try client.download(
            address, to: "\(folder)/\(name)", mostBytes: Self.mostFileBytes)
          if isThere { file = name } else { filesMissing.append(address) }
        } catch {
          filesMissing.append(address)
        }
      }
    }
    try importer.take(record.entry(number: number, file: file))
  }

  /// What the import found beside the records.
  var text: String {
    func list(_ names: [String]) -> String {
      names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", …" : "")
    }
    var text = ""
    if !deleted.isEmpty {
      text += "Records deleted there: \(grouped(deleted.count)) (\(list(deleted)))"
      text += withdrawn > 0 ? "; now withdrawn.\n" : "; --withdraw withdraws them.\n"
    }
    if !filesMissing.isEmpty {
      text +=
        "Files that could not be fetched: \(grouped(filesMissing.count)) (\(list(filesMissing))).\n"
    }
    return text
  }
}
