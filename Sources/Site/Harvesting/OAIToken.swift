import Archive

/// A resumption token: the position in a list, signed.
///
/// The server stores nothing about it. So it never expires, and it gives the same page again after a
/// restart.
struct OAIToken: Equatable {
  var verb: OAIRequest.Verb
  var harvest: Harvest
  /// The number of records before this page.
  var cursor: Int
  /// The length of the list when it was begun.
  var size: Int

  /// The signed text: the fields in order, joined by a character that is in none of them.
  private var text: String {
    let fields: [String] = [
      verb.rawValue, OAISet.spec(of: harvest.group),
      harvest.from.map { "\($0.secondsSince1970)" } ?? "",
      harvest.until.map { "\($0.secondsSince1970)" } ?? "", "\(harvest.after)",
      harvest.through.map { "\($0)" } ?? "", "\(cursor)", "\(size)",
    ]
    return fields.joined(separator: ",")
  }

  /// The token as text.
  func signed(by archive: Archive) throws -> String {
    "\(text),\(try archive.publications.harvestProof(of: text))"
  }

  init(verb: OAIRequest.Verb, harvest: Harvest, cursor: Int, size: Int) {
    self.verb = verb
    self.harvest = harvest
    self.cursor = cursor
    self.size = size
  }

  /// Parses a token; nil if its signature or verb is wrong.
  ///
  /// - Parameters:
  ///   - token: The token as text.
  ///   - verb: The verb of the request.
  ///   - archive: The archive with the key.
  /// - Throws: Errors of the database.
  init?(_ token: String, for verb: OAIRequest.Verb, by archive: Archive) throws {
    let fields = token.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard token.utf8.count <= 8192, fields.count == 9, fields[0] == verb.rawValue else {
      return nil
    }
    let proof = try archive.publications.harvestProof(of: fields.dropLast().joined(separator: ","))
    guard FormToken.isEqual(proof, fields[8]) else { return nil }
    func instant(_ field: String) -> Instant? { Int64(field).map(Instant.init) }
    var harvest = Harvest(from: instant(fields[2]), until: instant(fields[3]))
    if !fields[1].isEmpty { harvest.group = try OAISet.group(fields[1]) }
    guard let after = Int64(fields[4]), let cursor = Int(fields[6]), let size = Int(fields[7])
    else { return nil }
    harvest.after = after
    harvest.through = Int64(fields[5])
    self.init(verb: verb, harvest: harvest, cursor: cursor, size: size)
  }
}
