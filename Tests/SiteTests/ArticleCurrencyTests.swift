import Archive
import HTTP
import Testing

@testable import Site

@Suite("An article page is valid until something on it changes")
struct ArticleCurrencyTests {
  private let librarian = Actor("librarian")

  /// A page as somebody keeps it who has asked for it.
  private struct Kept {
    let slug: Slug
    let text: String
    let tags: [Int]
    let expires: Int64
    let generation: UInt64
  }

  private func page(_ slug: Slug, on site: TestSite) -> Kept {
    // What has come due by the site's clock, which is ahead of the machine's, is counted first.
    let generation = site.site.lastChange(
      of: Response.anyChange, at: site.now.secondsSince1970)
    let response = site.get("/publications/\(slug)")
    return Kept(
      slug: slug, text: response.text, tags: response.cacheTags, expires: response.expires ?? .max,
      generation: generation)
  }

  private func isCurrent(_ page: Kept, on site: TestSite) -> Bool {
    let now = site.now.secondsSince1970
    return now < page.expires
      && page.tags.allSatisfy { site.site.lastChange(of: $0, at: now) <= page.generation }
  }

  /// Three publications with much in common and one with nothing, and what is related to each.
  private func library() throws -> (TestSite, [Publication]) {
    let site = try TestSite()
    let publications = try ["Winter ferries", "Ferries in winter storms", "Harbour ferries"].map {
      try site.deposit(
        TestSite.record($0, abstract: "Ferries cross the frozen strait in winter storms. \($0)."))
    }
    try site.deposit(TestSite.record("Pension reform", abstract: "Older people pay less."))
    for publication in publications { _ = page(publication.slug, on: site) }
    try relate(site)
    return (site, publications)
  }

  private func relate(_ site: TestSite) throws {
    while try site.archive.relate(at: site.now) > 0 {}
  }

  private func revise(
    _ publication: Publication, title: String, slug: Slug, on site: TestSite
  ) throws {
    var record = publication.record
    record.title = title
    _ = try site.archive.publications.revise(
      publication.id, to: Draft(record: record, slug: slug, status: .published), by: librarian,
      at: site.now)
  }

  @Test func whatChangesAPublicationEndsItsPage() throws {
    let (site, publications) = try library()
    let (archive, changed) = (site.archive, publications[0])
    func ends(_ name: String, _ change: () throws -> Void) throws {
      let before = page(changed.slug, on: site)
      #expect(isCurrent(before, on: site), "before \(name)")
      try change()
      #expect(!isCurrent(before, on: site), "after \(name)")
      #expect(page(changed.slug, on: site).text != before.text, "\(name)")
    }
    try ends("a new title") {
      try revise(changed, title: "Ice ferries", slug: changed.slug, on: site)
      try relate(site)
    }
    try ends("a correction") {
      try archive.publications.present(
        changed.id, as: Presentation(correction: "Not ice, snow."), by: librarian, at: site.now)
    }
    try ends("the end of a day with uses") {
      try archive.usage.add([
        DayUses(slug: changed.slug, day: Day(of: site.now), uses: Uses(investigations: 1))
      ])
      site.environment.wait(seconds: 86_400)
    }
    try ends("withdrawal") {
      _ = try archive.publications.withdraw(changed.id, by: librarian, at: site.now)
    }
  }

  @Test func whatOthersShowOfAPublicationChangesWithIt() throws {
    let (site, publications) = try library()
    let (changed, other) = (publications[0], publications[1].slug)
    #expect(page(other, on: site).text.contains("class=\"related\""))
    // Each change is seen by the page of another, whatever it has been until then.
    func follows(_ name: String, shows text: String?, _ change: () throws -> Void) throws {
      let before = page(other, on: site)
      #expect(isCurrent(before, on: site), "before \(name)")
      try change()
      #expect(!isCurrent(before, on: site), "after \(name)")
      let after = page(other, on: site).text
      if let text { #expect(after.contains(text), "\(name)") }
      #expect(after != before.text, "\(name)")
    }
    try follows("a new title", shows: "Ice ferries") {
      try revise(changed, title: "Ice ferries", slug: changed.slug, on: site)
      try relate(site)
    }
    let new = try #require(Slug("ice-ferries"))
    try follows("a new address", shows: "/publications/ice-ferries\"") {
      try revise(changed, title: "Ice ferries", slug: new, on: site)
      try relate(site)
    }
    try follows("withdrawal", shows: nil) {
      _ = try site.archive.publications.withdraw(changed.id, by: librarian, at: site.now)
    }
    #expect(!page(other, on: site).text.contains("Ice ferries"))
  }

  @Test func noChangeOfOthersEndsIt() throws {
    let (site, publications) = try library()
    let tags = page(publications[0].slug, on: site).tags
    #expect(tags.contains(CacheTag.publication(publications[0].slug).number))
    for tag in [CacheTag.all, .lists, .timestamps] { #expect(!tags.contains(tag.number)) }
  }

  @Test func usesOfTheDayLeaveThePageAndItsValidatorAlone() throws {
    let (site, publications) = try library()
    let slug = publications[0].slug
    func use(on day: Day) throws {
      try site.archive.usage.add([DayUses(slug: slug, day: day, uses: Uses(investigations: 1))])
    }
    try use(on: Day(number: Day(of: site.now).number - 1))
    let before = page(slug, on: site)
    let tag = site.get("/publications/\(slug)").entityTag
    #expect(tag != nil)
    try use(on: Day(of: site.now))
    #expect(isCurrent(before, on: site))
    #expect(page(slug, on: site).text == before.text)
    #expect(site.get("/publications/\(slug)").entityTag == tag)
  }

  @Test func whatComesDueIsSeen() throws {
    let site = try TestSite()
    let scheduled = try site.deposit(
      TestSite.record("Later"), status: .scheduled, publicFrom: site.now.adding(seconds: 60))
    #expect(site.get("/publications/\(scheduled.slug)").status == .notFound)
    site.environment.wait(seconds: 60)
    let after = page(scheduled.slug, on: site)
    #expect(after.text.contains("Later"))
    #expect(isCurrent(after, on: site))
  }
}
