internal import SQLite
internal import Search

/// Terms that staff have said to mean the same, such as “DPRK” and “North Korea”.
package struct SynonymList: Sendable {
  let core: ArchiveCore
  private let compiled = Cached<Synonyms>()

  init(_ core: ArchiveCore) { self.core = core }

  /// The groups of terms, in the order of the list.
  package func groups() throws -> [[String]] {
    try core.read { try $0.synonymGroups() }
  }

  /// Replaces all groups.
  ///
  /// - Parameters:
  ///   - groups: Terms in the order in which they are shown.
  ///   - actor: Who does it.
  ///   - now: The time.
  /// - Throws: What the database throws; then nothing is changed.
  package func replace(by groups: [[String]], by actor: Actor, at now: Instant = .now) throws {
    try core.change(.everything) { connection in
      let former = try connection.synonymGroups()
      guard former != groups else { return }
      try connection.run("DELETE FROM synonym")
      for (line, group) in groups.enumerated() {
        for (place, term) in group.enumerated() {
          try connection.run("INSERT INTO synonym VALUES (\(line), \(place), \(term))")
        }
      }
      let kept = Set(former), new = Set(groups)
      try connection.audit(
        .changedSetting, "synonyms", before: former.filter { !new.contains($0) }.asLines,
        after: groups.filter { !kept.contains($0) }.asLines, by: actor, at: now)
    }
  }

  /// The groups as searches use them.
  func synonyms(at now: Instant) throws -> Synonyms {
    try compiled.value(under: core.cacheKey(of: .site, at: now)) { Synonyms(try groups()) }
  }
}

extension [[String]] {
  /// A line for each group, as staff type them: “DPRK = North Korea”.
  package var asLines: String { map { $0.joined(separator: " = ") }.joined(separator: "\n") }
}

extension Connection {
  fileprivate func synonymGroups() throws -> [[String]] {
    var groups: [[String]] = []
    var last: Int64?
    for (line, term) in try rows(
      "SELECT line, term FROM synonym ORDER BY line, place", { ($0.integer(0), $0.text(1)) })
    {
      if line != last { groups.append([]) }
      groups[groups.count - 1].append(term)
      last = line
    }
    return groups
  }
}
