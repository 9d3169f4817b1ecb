import Archive
import Testing

@Suite("Publications that may be the same work are found")
struct DuplicateTests {
  private let temporary: TemporaryArchive

  init() throws { temporary = try TemporaryArchive() }

  private var archive: Archive { temporary.archive }

  private func duplicates(of publication: Publication) throws -> [Duplicate] {
    while try archive.duplicates.compare() > 0 {}
    return try archive.duplicates.list(of: publication.id, at: noon)
  }

  @Test(
    arguments: [
      ("Russia and the Koreas: Past Policies", "RUSSIA AND THE KOREAS – Past policies", true),
      ("Crisis of the Pacific Fisheries in Autumn", "Crisis of Pacific Fisheries in Autumn", true),
      ("Les forêts boréales du Québec", "Les forets boreales du Quebec", true),
      ("Annual Report of the Institute 2023", "Annual Report of the Institute 2024", false),
      ("Annual report", "Annual report", false),
      ("Fog over the Harbour", "Fog in the Mountains", false),
      ("The Cost of Shipping Grain", "The Cost of Shipping Oil by Rail and by Sea", false),
    ])
  func titles(_ one: String, _ other: String, areNearlyTheSame expected: Bool) throws {
    let published = try temporary.deposit(one)
    let draft = try temporary.deposit(other, status: .draft)
    let found = try duplicates(of: draft)
    #expect(found.map(\.publication.id) == (expected ? [published.id] : []))
    #expect(found.allSatisfy { $0.reasons == [.title] })
    // The published one asks too.
    #expect(try duplicates(of: published).map(\.publication.id) == (expected ? [draft.id] : []))
    #expect(try archive.duplicates.undecided().count == (expected ? 1 : 0))
  }

  @Test func theSameDOIAndTheSameFile() throws {
    var first = record("Fog over the Harbour")
    first.doi = "10.1000/ABC"
    var second = record("An entirely different title")
    second.doi = "10.1000/abc"
    let one = try archive.publications.deposit(
      Draft(record: first, status: .published), file: try temporary.incoming(), by: librarian)
    let two = try archive.publications.deposit(
      Draft(record: second), file: try temporary.incoming(), by: librarian)
    let found = try #require(try duplicates(of: two).first)
    #expect(found.publication.id == one.id && found.reasons == [.file, .doi])
  }

  /// Pages of made-up words; `share` of them are of the first text, the others of the second.
  private func pages(_ share: Double) -> [String] {
    (0..<5).map { page in
      (0..<400).map { word in
        "\(Double(word) < 400 * share ? "alpha" : "beta")\((page * 400 + word) * 7919 % 100_003)"
      }.joined(separator: " ")
    }
  }

  private func draft(_ title: String, _ pages: [String]) throws -> Publication {
    let made = try temporary.deposit(
      title, status: .draft, file: try temporary.incoming("%PDF-1.7\n\(title)"))
    if let file = made.file { try archive.texts.store(of: file, pages: pages) }
    return made
  }

  @Test(arguments: [(1.0, true), (0.9, true), (0.75, true), (0.3, false), (0.0, false)])
  func texts(_ share: Double, areNearlyTheSame expected: Bool) throws {
    let one = try draft("Fog", pages(1))
    let other = try draft("Lanterns", pages(share))
    let found = try duplicates(of: other)
    #expect(found.map(\.publication.id) == (expected ? [one.id] : []))
    guard expected, case .text(let similarity)? = found.first?.reasons.first else { return }
    // Of two texts that agree in `share` of their pages, so much of both together is common.
    #expect(abs(similarity - share / (2 - share)) < 0.15)
  }

  @Test func aCoverAloneSaysNothing() throws {
    _ = try draft("Fog", ["Institute of Pacific Studies", "Report"])
    let other = try draft("Lanterns", ["Institute of Pacific Studies", "Report"])
    #expect(try duplicates(of: other).isEmpty)
  }

  @Test func whatStaffToldApartIsNotAskedAgain() throws {
    let one = try temporary.deposit("Fog over the Harbour")
    let other = try temporary.deposit("Fog over the Harbour", status: .draft)
    #expect(try duplicates(of: other).count == 1)
    try archive.duplicates.distinguish(other, from: one, by: librarian, at: noon)
    #expect(try duplicates(of: other).isEmpty && duplicates(of: one).isEmpty)
    #expect(try archive.duplicates.undecided().count == 0)
    // Also when it is compared again.
    _ = try archive.publications.revise(
      other.id, to: Draft(record: record("Fog over the harbour")), by: librarian)
    #expect(try duplicates(of: other).isEmpty)
  }

  @Test func aDraftBecomesANewVersion() throws {
    let old = try temporary.deposit(
      "Fog over the Harbour", file: try temporary.incoming("%PDF-1.7\nfirst"))
    let draft = try temporary.deposit(
      "Fog over the Harbour", status: .draft, file: try temporary.incoming("%PDF-1.7\nsecond"))
    let revised = try archive.duplicates.makeVersion(
      draft.id, of: old.id, note: "Corrected table 3", by: librarian, at: noon)
    #expect(revised.id == old.id && revised.file?.sha256 == draft.file?.sha256)
    #expect(revised.record == old.record && revised.status == .published)
    #expect(try archive.publications.forStaff(draft.id) == nil)
    #expect(try archive.publications.findWithContext(old.slug).context.formerFiles.count == 1)
    let entry = try #require(try archive.staff.auditLog().items.first { $0.action == .replaced })
    #expect(entry.subject == old.slug.description && entry.detail == "Corrected table 3")
    // What was public is no draft.
    #expect(throws: DepositError.changedMeanwhile) {
      try archive.duplicates.makeVersion(old.id, of: old.id, note: "", by: librarian)
    }
  }
}
