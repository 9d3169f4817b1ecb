import Archive
import Foundation
import Search
import Testing

@Suite("Lists grow by what is typed, and what is changed in them changes publications")
struct ListTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }
  private var lists: Lists { store.archive.lists }

  init() throws { store = try TemporaryArchive() }

  private func entry(_ name: String, _ list: NameList = .authors) throws -> ListEntry {
    try #require(try lists.forStaff(named: name, in: list))
  }

  private func names(_ list: NameList) throws -> [String] {
    try lists.page(of: list).items.map(\.name)
  }

  private func record(_ publication: Publication) throws -> Record {
    try #require(try archive.publications.forStaff(publication.id, at: noon)).record
  }

  // MARK: Growing

  @Test func namesOfSavedPublicationsAreEntries() throws {
    var full = ArchiveTests.record("Ports", authors: ["Berg, Anna", "Ministry of Trade"])
    full.topics = ["Ports", "Fish"]
    full.series = "Sea Papers"
    full.issn = ISSN("2049-3630")
    full.orcids = ["Berg, Anna": try #require(ORCID("0000-0002-1825-0097"))]
    full.licence = "https://creativecommons.org/licenses/by/4.0/"
    _ = try archive.publications.deposit(
      Draft(record: full, status: .draft), by: librarian, at: noon)
    #expect(try names(.authors) == ["Anna Berg", "Ministry of Trade"])
    #expect(try names(.topics) == ["Fish", "Ports"])
    #expect(try names(.series) == ["Sea Papers"])
    #expect(try names(.licences) == ["CC-BY-4.0"])
    let berg = try entry("ANNA BERG")
    #expect(berg.slug.description == "anna-berg" && berg.identifier == "0000-0002-1825-0097")
    #expect(berg.effectiveKind == .person && berg.publications == 1)
    #expect(try entry("Ministry of Trade").effectiveKind == .organization)
    #expect(try entry("Sea Papers", .series).identifier == "2049-3630")
  }

  @Test func anEntryThatNobodyEditedGoesWithItsLastPublication() throws {
    let draft = try store.deposit("Ports", authors: ["Mira Kov"], topics: ["Po"], status: .draft)
    _ = try archive.publications.revise(
      draft.id,
      to: Draft(
        record: ArchiveTests.record("Ports", authors: ["Mira Koval"], topics: ["Ports"]),
        status: .draft),
      by: librarian, at: noon)
    #expect(try names(.authors) == ["Mira Koval"])
    #expect(try names(.topics) == ["Ports"])
    let edited = try entry("Ports", .topics)
    var edit = ListEdit(edited)
    edit.description = "Where ships lie."
    _ = try lists.change(edited.id, to: edit, by: librarian, at: noon)
    try archive.publications.deleteDraft(draft.id, by: librarian, at: noon)
    #expect(try names(.authors) == [])
    #expect(try names(.topics) == ["Ports"])
  }

  @Test func aTypedTopicThatDiffersInCaseOnlyIsTheOneInTheList() throws {
    try store.deposit("One", topics: ["Foreign policy"])
    let two = try store.deposit("Two", topics: ["foreign  Policy", "Foreign policy"])
    #expect(try record(two).topics == ["Foreign policy"])
    #expect(try names(.topics) == ["Foreign policy"])
    // As title pages print them.
    let three = try store.deposit("Three", authors: ["ANNA BERG"])
    let four = try store.deposit("Four", authors: ["Berg, Anna"])
    #expect(try record(three).authors == ["ANNA BERG"])
    #expect(try record(four).authors == ["Berg, Anna"])
    #expect(try names(.authors) == ["Anna Berg"])
    #expect(try entry("Anna Berg").publications == 2)
  }

  @Test func anImportFillsTheListsAndKeepsSpellings() throws {
    var importer = Importer(into: archive) { _ in }
    let lines = [
      #"{"title":"One","published":"2010","authors":["Ann Lee"],"topics":["Ports"],"series":"S"}"#,
      #"{"title":"Two","published":"2011","authors":["Lee, Ann"],"topics":["ports"],"series":"s"}"#,
    ]
    for (number, line) in lines.enumerated() {
      try importer.take(Array(line.utf8), number: number + 1)
    }
    try importer.finish()
    #expect(try names(.topics) == ["Ports"])
    #expect(try entry("Ports", .topics).publications == 2)
    let topics = try archive.browse(Browse(), at: noon).items.map(\.record.topics)
    #expect(topics == [["ports"], ["Ports"]])
    #expect(try entry("Ann Lee").publications == 2)
  }

  // MARK: Renaming

  @Test func aNewNameChangesEveryPublicationOnce() throws {
    let one = try store.deposit("One", authors: ["Carl Dahl", "Anna Berg"])
    let two = try store.deposit("Two", authors: ["Berg, Anna"], status: .draft)
    let other = try store.deposit("Three", authors: ["Carl Dahl"])
    let later = noon.adding(seconds: 60)
    let old = try entry("Anna Berg")
    var edit = ListEdit(old)
    edit.name = "Anna Falk"
    #expect(try lists.publications(changedBy: edit, of: old.id) == 2)
    let outcome = try lists.change(old.id, to: edit, by: librarian, at: later)
    #expect(outcome.publications == 2)
    #expect(outcome.entry.slug.description == "anna-falk")
    #expect(outcome.entry.aliases == ["Anna Berg", "Berg, Anna"])
    #expect(try record(one).authors == ["Carl Dahl", "Anna Falk"])
    #expect(try record(two).authors == ["Anna Falk"])
    let stored = try archive.publications.forStaff(one.id, at: later)
    #expect(stored?.modified == later)
    #expect(try archive.publications.forStaff(other.id, at: later)?.modified == noon)
    // The index follows.
    #expect(try archive.browse(Browse(author: "Anna Falk"), at: later).total == 1)
    #expect(try archive.browse(Browse(author: "Anna Berg"), at: later).total == 0)
    #expect(try lists.preferredName(for: "BERG, ANNA", in: .authors, at: later) == "Anna Falk")
    #expect(try lists.preferredName(for: "Anna Falk", in: .authors, at: later) == nil)
    guard case .moved(let slug) = try lists.find(old.slug, in: .authors, at: later) else {
      Issue.record("the old slug does not redirect")
      return
    }
    #expect(slug.description == "anna-falk")
    // An alias that is typed later is saved as the preferred name, also by an import.
    let typed = try store.deposit("Four", authors: ["A. Dahl", "BERG, Anna"], at: later)
    #expect(try record(typed).authors == ["A. Dahl", "Anna Falk"])
    let audit = try archive.staff.auditLog(AuditFilter(subject: "Anna Falk")).items
    #expect(audit.first?.action == .renamedEntry)
    #expect(audit.first?.before?.contains("name: Anna Berg") == true)
    #expect(audit.first?.after?.contains("name: Anna Falk") == true)
    let own = try archive.staff.lastAudit(of: one.slug)
    #expect(own?.before == "authors: Anna Berg" && own?.after == "authors: Anna Falk")
  }

  @Test func aNameMayBeTakenBack() throws {
    try store.deposit("One", topics: ["Ports"])
    let ports = try entry("Ports", .topics)
    var edit = ListEdit(ports)
    edit.name = "Harbours"
    let renamed = try lists.change(ports.id, to: edit, by: librarian, at: noon).entry
    edit = ListEdit(renamed)
    edit.name = "Ports"
    edit.aliases = []
    let back = try lists.change(ports.id, to: edit, by: librarian, at: noon).entry
    #expect(back.slug == ports.slug && back.aliases == ["Harbours"])
    #expect(try lists.preferredName(for: "Harbours", in: .topics, at: noon) == "Ports")
    guard case .moved(let slug) = try lists.find(renamed.slug, in: .topics, at: noon) else {
      Issue.record("the slug between does not redirect")
      return
    }
    #expect(slug == ports.slug)
  }

  @Test func anORCIDIsGivenToPublicationsButNotInPlaceOfAnother() throws {
    let number = try #require(ORCID("0000-0002-1825-0097"))
    let namesake = try #require(ORCID("0000-0001-5109-3700"))
    var other = ArchiveTests.record("Two", authors: ["Anna Berg"])
    other.orcids = ["Anna Berg": namesake]
    let one = try store.deposit("One", authors: ["Berg, Anna"])
    let two = try archive.publications.deposit(
      Draft(record: other, status: .published), by: librarian, at: noon)
    let berg = try entry("Anna Berg")
    #expect(berg.identifier == namesake.description)
    var edit = ListEdit(berg)
    edit.identifier = ""
    _ = try lists.change(berg.id, to: edit, by: librarian, at: noon)
    #expect(try record(two).orcids == [:])
    edit.identifier = "https://orcid.org/0000000218250097"
    #expect(try lists.publications(changedBy: edit, of: berg.id) == 2)
    _ = try lists.change(berg.id, to: edit, by: librarian, at: noon)
    #expect(try record(one).orcids == ["Berg, Anna": number])
    #expect(try record(two).orcids == ["Anna Berg": number])
  }

  @Test(
    arguments: [
      ("", "", .nameMissing), ("  ", "", .nameMissing),
      (String(repeating: "a", count: 501), "", .tooLong(most: 500)),
      ("Anna Berg", "0000-0002-1825-0098", .notORCID("0000-0002-1825-0098")),
      ("Anna Berg", "x", .notORCID("x")),
    ] as [(String, String, ListError)])
  func badFieldsAreRefused(_ name: String, _ orcid: String, _ expected: ListError) throws {
    try store.deposit("One", authors: ["Anna Berg"])
    let berg = try entry("Anna Berg")
    #expect(throws: expected) {
      try lists.change(
        berg.id, to: ListEdit(name: name, identifier: orcid), by: librarian, at: noon)
    }
    #expect(try entry("Anna Berg") == berg)
  }

  @Test func aNameMeansOneEntry() throws {
    try store.deposit("One", authors: ["Anna Berg", "Carl Dahl"])
    let (berg, dahl) = (try entry("Anna Berg"), try entry("Carl Dahl"))
    for edit in [
      ListEdit(name: "DAHL, Carl"), ListEdit(name: "Anna Berg", aliases: ["C. Dahl", "Carl Dahl"]),
    ] {
      #expect(throws: ListError.taken(name: edit.aliases.last ?? edit.name, by: dahl)) {
        try lists.change(berg.id, to: edit, by: librarian, at: noon)
      }
    }
    #expect(throws: ListError.taken(name: "Carl Dahl", by: dahl)) {
      try lists.add(ListEdit(name: "Carl Dahl"), to: .authors, by: librarian, at: noon)
    }
    #expect(throws: ListError.inUse(publications: 1)) {
      try lists.delete(berg.id, by: librarian, at: noon)
    }
    let unused = try lists.add(
      ListEdit(name: "Eva Falk", aliases: ["E. Falk"]), to: .authors, by: librarian, at: noon)
    #expect(unused.aliases == ["E. Falk"])
    #expect(try lists.page(of: .authors, onlyUnused: true).items.map(\.name) == ["Eva Falk"])
    try lists.delete(unused.id, by: librarian, at: noon)
    #expect(try lists.forStaff(named: "E. Falk", in: .authors) == nil)
    #expect(throws: ListError.notFound) {
      try lists.delete(unused.id, by: librarian, at: noon)
    }
  }

  // MARK: Merging

  @Test func aMergeKeepsTheFirstPlaceAndNobodyTwice() throws {
    let one = try store.deposit("One", authors: ["R. Weitz", "Carl Dahl", "Richard Weitz"])
    let two = try store.deposit("Two", authors: ["Carl Dahl", "Weitz, R."])
    let (short, long) = (try entry("R. Weitz"), try entry("Richard Weitz"))
    let outcome = try lists.merge(short.id, into: long.id, by: librarian, at: noon)
    #expect(outcome.publications == 2 && outcome.entry.id == long.id)
    #expect(outcome.entry.aliases == ["R. Weitz", "Weitz, R."])
    #expect(try record(one).authors == ["Richard Weitz", "Carl Dahl"])
    #expect(try record(two).authors == ["Carl Dahl", "Richard Weitz"])
    guard case .moved(let slug) = try lists.find(short.slug, in: .authors, at: noon) else {
      Issue.record("the old slug does not redirect")
      return
    }
    #expect(slug == long.slug)
    let typed = try store.deposit("Three", authors: ["Weitz, R", "Richard Weitz"])
    #expect(try record(typed).authors == ["Richard Weitz"])
    #expect(try names(.authors) == ["Carl Dahl", "Richard Weitz"])
    #expect(throws: ListError.notFound) {
      try lists.merge(short.id, into: long.id, by: librarian, at: noon)
    }
    #expect(throws: ListError.notMergeable) {
      try lists.merge(long.id, into: long.id, by: librarian, at: noon)
    }
    #expect(try archive.publications.forStaff(two.id, at: noon)?.record.authors.count == 2)
  }

  @Test func topicsAndSeriesAreMergedToo() throws {
    var papers = ArchiveTests.record("One", topics: ["Harbours", "Fish", "Ports"])
    papers.series = "Sea Paper"
    let one = try archive.publications.deposit(
      Draft(record: papers, status: .published), by: librarian, at: noon)
    papers.series = "Sea Papers"
    papers.topics = ["Ports"]
    _ = try archive.publications.deposit(
      Draft(record: papers, status: .published), by: librarian, at: noon)
    _ = try lists.merge(
      try entry("Harbours", .topics).id, into: try entry("Ports", .topics).id, by: librarian,
      at: noon)
    _ = try lists.merge(
      try entry("Sea Paper", .series).id, into: try entry("Sea Papers", .series).id,
      by: librarian, at: noon)
    #expect(try record(one).topics == ["Ports", "Fish"])
    #expect(try record(one).series == "Sea Papers")
    #expect(throws: ListError.notMergeable) {
      try lists.merge(
        try entry("Fish", .topics).id, into: try entry("Sea Papers", .series).id, by: librarian,
        at: noon)
    }
  }

  @Test func aThousandPublicationsAreMergedInWellUnderASecond() throws {
    var importer = Importer(into: archive) { _ in }
    for number in 1...1000 {
      let line = """
        {"title":"Study \(number)","published":"2010","authors":["Carl Dahl","A. Berg"],\
        "topics":["Ports"]}
        """
      try importer.take(Array(line.utf8), number: number)
    }
    try importer.finish()
    try archive.prepareSearch()
    let target = try lists.add(ListEdit(name: "Anna Berg"), to: .authors, by: librarian, at: noon)
    let start = ContinuousClock.now
    let outcome = try lists.merge(
      try entry("A. Berg").id, into: target.id, by: librarian, at: noon)
    #expect(outcome.publications == 1000)
    // About 0.1 s in a debug build.
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(try archive.browse(Browse(author: "Anna Berg"), at: noon).total == 1000)
  }

  // MARK: Readers

  @Test func onlyWhatIsPublicHasAPage() throws {
    func isFound(_ name: String) throws -> Bool {
      let entry = try entry(name)
      if case .entry = try lists.find(entry.slug, in: .authors, at: noon) { return true }
      return false
    }
    try store.deposit("Draft", authors: ["Anna Berg"], status: .draft)
    try store.deposit(
      "Later", authors: ["Carl Dahl"], status: .scheduled, publicFrom: noon.adding(seconds: 5))
    try store.deposit(
      "Due", authors: ["Eva Falk"], status: .scheduled, publicFrom: noon.adding(seconds: -5))
    let withdrawn = try store.deposit("Gone", authors: ["Gun Holm"])
    #expect(try isFound("Gun Holm"))
    _ = try archive.publications.withdraw(withdrawn.id, by: librarian, at: noon)
    #expect(try !isFound("Anna Berg") && !isFound("Carl Dahl") && !isFound("Gun Holm"))
    #expect(try isFound("Eva Falk"))
    #expect(
      try lists.publicEntries(inRange: 0, at: noon).map(\.slug.description) == ["eva-falk"])
    #expect(try lists.ranges(at: noon) == [0])
    #expect(try lists.publicSlug(of: "Anna Berg", in: .authors, at: noon) == nil)
    // Neither does a former name tell of one.
    let berg = try entry("Anna Berg")
    _ = try lists.change(berg.id, to: ListEdit(name: "Anna Ek"), by: librarian, at: noon)
    if case .moved = try lists.find(berg.slug, in: .authors, at: noon) {
      Issue.record("the former slug of an entry of drafts redirects")
    }
  }

  @Test func namesWithoutLatinLettersHaveSlugs() throws {
    try store.deposit("One", topics: ["中国经济", "!!!", "???"])
    let slugs = try lists.page(of: .topics).items.map(\.slug.description)
    #expect(Set(slugs).count == 3)
    #expect(slugs.contains("topic") && slugs.contains("topic-2"))
  }

  // MARK: Suggestions and duplicates

  @Test func suggestionsAreFoundByBeginningsOfWordsAndByAliases() throws {
    for number in 0..<3 { try store.deposit("P\(number)", authors: ["Anna Berg"]) }
    try store.deposit("Q", authors: ["Bergman, Éva", "Carl Annas", "Dag Ek"])
    let ek = try entry("Dag Ek")
    _ = try lists.change(
      ek.id, to: ListEdit(name: "Dag Ek", aliases: ["D. Bergsten"]), by: librarian, at: noon)
    func suggested(_ text: String) throws -> [String] {
      try lists.suggestions(for: text, in: .authors).map {
        "\($0.name) \($0.publications)\($0.alias.map { " \($0)" } ?? "")"
      }
    }
    #expect(try suggested("ann") == ["Anna Berg 3", "Carl Annas 1"])
    #expect(try suggested("eva berg") == ["Éva Bergman 1"])
    #expect(try suggested("bergst") == ["Dag Ek 1 D. Bergsten"])
    #expect(try suggested("erg").isEmpty && suggested("").isEmpty && suggested("%").isEmpty)
  }

  @Test(
    arguments: [
      ("R. Weitz", "Richard Weitz", true), ("Richard J. Weitz", "Richard Weitz", true),
      ("Éva Bergman", "Eva Bergman", true), ("Richard Wietz", "Richard Weitz", false),
      ("Richard Weitzz", "Richard Weitz", true), ("Robert Weitz", "Richard Weitz", false),
      ("J. Lee", "K. Lee", false), ("Plato", "Platon", false),
    ])
  func authors(_ one: String, _ other: String, areNearlyTheSame expected: Bool) throws {
    try store.deposit("One", authors: [one, other])
    let pairs = try lists.duplicates(in: .authors)
    #expect(pairs.isEmpty != expected)
    guard let pair = pairs.first else { return }
    try lists.keepApart(pair.one.id, pair.other.id)
    #expect(try lists.duplicates(in: .authors).isEmpty)
  }

  @Test(
    arguments: [
      ("Foreign policy", "Foreign policies", false), ("Economics", "Economic", true),
      ("Policy, foreign", "Foreign policy", true),
      ("Workshop 12 on ice", "Workshop 13 on ice", false),
      ("Papers 1999", "Papers 199", false), ("Fish", "Fist", false),
    ])
  func topics(_ one: String, _ other: String, areNearlyTheSame expected: Bool) throws {
    try store.deposit("One", topics: [one, other])
    #expect(try lists.duplicates(in: .topics).isEmpty != expected)
  }
}
