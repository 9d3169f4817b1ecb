import Archive
import Search
import Testing

@Suite("A site names, hides and adds types of publications")
struct TypeListTests {
  private let store: TemporaryArchive
  private var lists: Lists { store.archive.lists }

  init() throws { store = try TemporaryArchive() }

  private func set(
    adding added: (label: String, base: PublicationType)? = nil,
    _ change: (inout [TypeEntry]) -> Void = { _ in }
  ) throws {
    var types = try lists.types()
    change(&types)
    try lists.setTypes(types, adding: added, by: librarian, at: noon)
  }

  @Test(
    arguments: [
      ("report", "report"), ("working-paper:occasional-paper", "working-paper:occasional-paper"),
      ("novel", nil), ("report:", nil), ("report:Big", nil), ("report:a:b", nil), ("", nil),
    ] as [(String, String?)])
  func typeName(_ text: String, isReadAs expected: String?) {
    #expect(TypeName(rawValue: text)?.rawValue == expected)
  }

  @Test func aTypeOfTheSiteIsStoredWithTheOneItIsBasedOn() throws {
    try set(adding: ("Occasional paper", .workingPaper))
    let name = try #require(TypeName(rawValue: "working-paper:occasional-paper"))
    var own = record("One")
    own.typeName = name
    let one = try store.archive.publications.deposit(
      Draft(record: own, status: .published), by: librarian, at: noon)
    #expect(one.record.type == .workingPaper && one.record.ownType == name.own)
    try store.deposit("Two")
    for isIndexed in [false, true] {
      if isIndexed { try store.archive.prepareSearch() }
      #expect(try store.archive.browse(Browse(typeName: name), at: noon).total == 1)
      #expect(try store.archive.browse(Browse(type: .workingPaper), at: noon).total == 0)
      let facets = try store.archive.facets(of: Browse(), at: noon).types
      #expect(Set(facets.map(\.value)) == ["report", name.rawValue])
    }
    // Harvesters get them with the built-in type.
    let harvest = Harvest(group: .type(.workingPaper))
    #expect(try store.archive.publications.count(of: harvest, at: noon) == 1)
    #expect(throws: ListError.inUse(publications: 1)) {
      try set { $0.removeAll { $0.name == name } }
    }
    #expect(try lists.types().contains { $0.name == name && $0.publications == 1 })
  }

  @Test func anUnknownTypeOfAnotherSiteIsTheBuiltInOne() throws {
    var foreign = record("One")
    foreign.typeName = try #require(TypeName(rawValue: "brief:memo"))
    let one = try store.archive.publications.deposit(
      Draft(record: foreign, status: .published), by: librarian, at: noon)
    #expect(one.record.typeName == TypeName(.brief))
  }

  @Test func labelsAndWhatIsHiddenAreKeptUntilTakenBack() throws {
    let before = try lists.types()
    #expect(before.map(\.name) == PublicationType.allCases.map { TypeName($0) })
    try set {
      $0[0].label = " Study "
      $0[1].isHidden = true
    }
    let types = try lists.types()
    #expect(types[0].label == "Study" && types[1].isHidden)
    let audit = try store.archive.staff.auditLog().items.first { $0.subject == "report" }
    #expect(audit?.before == "report" && audit?.after == "Study")
    try set {
      $0[0].label = nil
      $0[1].isHidden = false
    }
    #expect(try lists.types() == before)
  }

  @Test func badTypesAreRefused() throws {
    #expect(throws: ListError.nameMissing) { try set(adding: ("  ", .report)) }
    #expect(throws: ListError.tooLong(most: 100)) {
      try set { $0[0].label = String(repeating: "a", count: 101) }
    }
    try set(adding: ("Memo", .brief))
    try set(adding: ("Memo", .brief))
    #expect(try lists.types().compactMap(\.name.own).map(\.description) == ["memo", "memo-2"])
    for number in 3...Lists.mostOwnTypes { try set(adding: ("T\(number)", .other)) }
    #expect(throws: ListError.tooMany(most: 50)) { try set(adding: ("T", .other)) }
    try set { $0.removeAll { $0.name.own?.description == "memo" } }
    #expect(try lists.types().compactMap(\.name.own).count == 49)
  }
}
