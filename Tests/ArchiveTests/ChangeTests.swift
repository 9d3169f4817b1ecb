import Archive
import Testing

@Suite("A change makes old what is made of it, and nothing else")
struct ChangeTests {
  private let store: TemporaryArchive
  private var archive: Archive { store.archive }

  init() throws { store = try TemporaryArchive() }

  /// Which of the tags are newer after `change` than before it.
  private func changed(
    among tags: [CacheTag], at now: Instant = noon, by change: () throws -> Void
  ) rethrows -> [CacheTag] {
    let before = archive.generation
    try change()
    return tags.filter {
      archive.lastChange(of: $0.number, at: now) > before
    }
  }

  private func tags(_ publications: Publication...) -> [CacheTag] {
    [.all, .lists, .timestamps] + publications.map { .publication($0.slug) }
  }

  @Test func oneThatIsRevisedIsChangedWithTheListsItIsIn() throws {
    let one = try store.deposit("Harbours")
    let other = try store.deposit("Straits of the Yellow Sea")
    let seen = tags(one, other)
    let found = try changed(among: seen) {
      _ = try archive.publications.revise(
        one.id, to: Draft(record: record("Ports"), slug: one.slug, status: .published),
        by: librarian, at: noon)
    }
    #expect(found == [.all, .lists, .timestamps, .publication(one.slug)])
  }

  @Test func aNewSlugChangesBothAddresses() throws {
    let one = try store.deposit("Harbours")
    let new = try #require(Slug("ports"))
    let found = try changed(among: [.publication(one.slug), .publication(new)]) {
      _ = try archive.publications.revise(
        one.id, to: Draft(record: one.record, slug: new, status: .published), by: librarian,
        at: noon)
    }
    #expect(found.count == 2)
  }

  @Test func aDraftChangesNoList() throws {
    let other = try store.deposit("Straits of the Yellow Sea")
    let found = try changed(among: tags(other)) {
      _ = try store.deposit("Harbours", status: .draft)
    }
    #expect(found == [.all])
  }

  @Test func countedUsesChangeNothing() throws {
    let one = try store.deposit("Harbours")
    let found = try changed(among: tags(one)) {
      try archive.usage.add([
        DayUses(slug: one.slug, day: Day(number: 20_000), uses: Uses(investigations: 1))
      ])
    }
    #expect(found.isEmpty)
  }

  @Test func whatIsReadFromAFileChangesNoListAndNoOtherPage() throws {
    let one = try store.deposit("Harbours", file: try store.incoming("%PDF-1.7\n"))
    let other = try store.deposit("Straits of the Yellow Sea")
    let file = try #require(one.file)
    let found = try changed(among: tags(one, other)) {
      try archive.texts.store(of: file, pages: ["Quays and moles."], at: noon)
    }
    #expect(found == [.all, .timestamps, .publication(one.slug)])
  }

  @Test func aPublicationThatComesDueChangesByItself() throws {
    let soon = Instant.now.adding(seconds: 3600)
    let other = try store.deposit("Straits of the Yellow Sea")
    let one = try store.deposit("Harbours", status: .scheduled, publicFrom: soon)
    let seen = tags(one, other)
    #expect(changed(among: seen, at: soon.adding(seconds: -1)) {}.isEmpty)
    #expect(
      changed(among: seen, at: soon) {} == [.all, .lists, .timestamps, .publication(one.slug)])
  }

  @Test func aPlaceThatIsNoneStandsForAll() throws {
    _ = try store.deposit("Harbours")
    for place in [-1, 4100, .max, .min] {
      #expect(archive.lastChange(of: place, at: noon) == archive.generation)
    }
  }
}
