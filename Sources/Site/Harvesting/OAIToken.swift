import Archive

/// A resumption token: all that is needed to go on with a list, and a proof that it was made here.
///
/// Nothing is kept of it, so it never expires, and the same token gives the same page again, also
/// after a restart.
struct OAIToken: Equatable {
  var verb: OAIRequest.Verb
  var harvest: Harvest
  /// How many records came before.
  var cursor: Int
  /// How many the list had when it began.
  var size: Int

  /// What is proved: the fields in their order, divided by what stands in none of them.
  private var text: String {
    let fields: [String] = [
      verb.rawValue, OAISet.spec(of: harvest.group),
      harvest.from.map { "\($0.secondsSince1970)" } ?? "",
      harvest.until.map { "\($0.secondsSince1970)" } ?? "", "\(harvest.after)",
      harvest.through.map { "\($0)" } ?? "", "\(cursor)", "\(size)",
    ]
    return fields.joined(separator: ",")
  }

  /// The token as a harvester brings it back.
  func signed(by archive: Archive) throws -> String {
    "\(text),\(try archive.harvestProof(of: text))"
  }

  init(verb: OAIRequest.Verb, harvest: Harvest, cursor: Int, size: Int) {
    self.verb = verb
    self.harvest = harvest
    self.cursor = cursor
    self.size = size
  }

  /// Reads a token; nil when it was not made here, or for another verb.
  ///
  /// - Parameters:
  ///   - token: What a harvester brought.
  ///   - verb: What it asks for.
  ///   - archive: What may have made it.
  /// - Throws: What the database throws.
  init?(_ token: String, for verb: OAIRequest.Verb, by archive: Archive) throws {
    let fields = token.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard token.utf8.count <= 8192, fields.count == 9, fields[0] == verb.rawValue else {
      return nil
    }
    let proof = try archive.harvestProof(of: fields.dropLast().joined(separator: ","))
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
