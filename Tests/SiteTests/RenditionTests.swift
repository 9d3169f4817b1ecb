import Archive
import HTTP
import Testing

@testable import Site

@Suite("A page that was made before it was asked for is the page that would be made now")
struct RenditionTests {
  private let librarian = Actor("librarian")

  /// A page as it is made now, whatever was made before: what is asked with a query is not looked
  /// up.
  private func made(_ slug: Slug, on site: TestSite) throws -> [UInt8] {
    Array(site.get("/publications/\(slug)?new").text.utf8)
  }

  private func isRendered(_ slug: Slug, on site: TestSite) throws -> Bool {
    try site.archive.rendered(slug, version: site.site.renditionVersion, at: site.now) != nil
  }

  private func content(_ slug: Slug, on site: TestSite) throws -> [UInt8] {
    let response = site.get("/publications/\(slug)")
    guard case .coded(let identity, _) = response.content else { return [] }
    return identity
  }

  /// Three publications with much in common and one with nothing, and what is related to each.
  private func library() throws -> (TestSite, [Publication]) {
    let site = try TestSite()
    let publications = try ["Winter ferries", "Ferries in winter storms", "Harbour ferries"].map {
      try site.deposit(
        TestSite.record($0, abstract: "Ferries cross the frozen strait in winter storms. \($0)."))
    }
    try site.deposit(TestSite.record("Pension reform", abstract: "Older people pay less."))
    while try site.archive.relate(at: site.now) > 0 {}
    return (site, publications)
  }

  @Test func pagesAreTheSame() throws {
    let (site, publications) = try library()
    let before = try publications.map { try content($0.slug, on: site) }
    let links = site.get("/publications/\(publications[0].slug)").fields["link"]
    #expect(try site.site.renderMissing() == 4)
    #expect(try site.site.renderMissing() == 0)
    for (publication, octets) in zip(publications, before) {
      #expect(try isRendered(publication.slug, on: site))
      #expect(try content(publication.slug, on: site) == octets)
      #expect(String(decoding: octets, as: UTF8.self).contains("class=\"related\""))
    }
    #expect(site.get("/publications/\(publications[0].slug)").fields["link"] == links)
  }

  @Test func otherLanguagesAreMadeWhenAskedFor() throws {
    let (site, publications) = try library()
    let path = "/publications/\(publications[0].slug)?lang=sv"
    let before = site.get(path).text
    _ = try site.site.renderMissing()
    #expect(site.get(path).text == before)
  }

  @Test func whatChangesAPublicationTakesItsRendition() throws {
    let (site, publications) = try library()
    let archive = site.archive
    let changed = publications[0]
    func takes(_ name: String, _ change: () throws -> Void) throws {
      while try site.site.renderMissing() > 0 {}
      #expect(try isRendered(changed.slug, on: site), "before \(name)")
      try change()
      #expect(try !isRendered(changed.slug, on: site), "after \(name)")
      #expect(try content(changed.slug, on: site) == made(changed.slug, on: site), "\(name)")
    }
    var record = changed.record
    record.title = "Ferries in the ice of winter"
    try takes("a new title") {
      _ = try archive.revise(
        changed.id, to: Draft(record: record, slug: changed.slug, status: .published),
        by: librarian, at: site.now)
    }
    // What others say of it is new as well.
    while try archive.relate(at: site.now) > 0 {}
    while try site.site.renderMissing() > 0 {}
    for other in publications.dropFirst() {
      #expect(try isRendered(other.slug, on: site))
      let page = String(decoding: try content(other.slug, on: site), as: UTF8.self)
      #expect(page.contains(record.title))
    }
    try takes("a correction") {
      try archive.present(
        changed.id, as: Presentation(correction: "Not ice, snow."), by: librarian, at: site.now)
    }
    try takes("use") {
      try archive.add([
        DayUses(slug: changed.slug, day: Day(of: site.now), uses: Uses(investigations: 1))
      ])
    }
    try takes("more use") {
      try archive.add([
        DayUses(slug: changed.slug, day: Day(of: site.now), uses: Uses(investigations: 1))
      ])
    }
    while try site.site.renderMissing() > 0 {}
    _ = try archive.withdraw(changed.id, by: librarian, at: site.now)
    #expect(try !isRendered(changed.slug, on: site))
    #expect(site.get("/publications/\(changed.slug)").status == .gone)
    while try site.site.renderMissing() > 0 {}
    #expect(site.get("/publications/\(changed.slug)").status == .gone)
    // Nobody names what was withdrawn.
    for other in publications.dropFirst() {
      let page = String(decoding: try content(other.slug, on: site), as: UTF8.self)
      #expect(!page.contains(record.title))
      #expect(try isRendered(other.slug, on: site))
    }
    #expect(try archive.verify().defects.isEmpty)
  }

  @Test func aNewAddressHasANewPage() throws {
    let (site, publications) = try library()
    _ = try site.site.renderMissing()
    let new = try #require(Slug("ice-ferries"))
    _ = try site.archive.revise(
      publications[0].id,
      to: Draft(record: publications[0].record, slug: new, status: .published), by: librarian,
      at: site.now)
    #expect(site.get("/publications/\(publications[0].slug)").status == .movedPermanently)
    #expect(try content(new, on: site) == made(new, on: site))
    while try site.archive.relate(at: site.now) > 0 {}
    while try site.site.renderMissing() > 0 {}
    let other = String(decoding: try content(publications[1].slug, on: site), as: UTF8.self)
    #expect(other.contains("/publications/ice-ferries\""))
  }

  @Test func settingsAreAVersion() throws {
    let (site, publications) = try library()
    _ = try site.site.renderMissing()
    var settings = TestSite.settings
    settings.imprint = "Harbour Street 1"
    let other = try site.restarted(settings)
    #expect(other.renditionVersion != site.site.renditionVersion)
    #expect(try site.restarted(TestSite.settings).renditionVersion == site.site.renditionVersion)
    let slug = publications[0].slug
    #expect(try site.archive.rendered(slug, version: other.renditionVersion, at: site.now) == nil)
    #expect(try other.renderMissing() == 4)
    #expect(try site.archive.rendered(slug, version: other.renditionVersion, at: site.now) != nil)
    #expect(try !isRendered(slug, on: site))
  }

  @Test func whatWasMadeBeforeAChangeIsNotKept() throws {
    let (site, publications) = try library()
    let generation = site.archive.generation
    let old = site.site.rendition(of: publications[0], Surroundings())
    _ = try site.archive.publish(publications[1].id, by: librarian, at: site.now)
    #expect(
      try !site.archive.keep(
        [(publications[0].id, old)], version: site.site.renditionVersion, madeIn: generation))
    #expect(try !isRendered(publications[0].slug, on: site))
  }

  @Test func whatIsNotPublicIsNotMade() throws {
    let site = try TestSite()
    let draft = try site.deposit(TestSite.record("A draft"), status: .draft)
    let due = site.now.adding(seconds: 60)
    let scheduled = try site.deposit(
      TestSite.record("Later"), status: .scheduled, publicFrom: due)
    #expect(try site.site.renderMissing() == 0)
    #expect(try !isRendered(draft.slug, on: site))
    site.surroundings.wait(seconds: 60)
    #expect(try site.site.renderMissing() == 1)
    #expect(try isRendered(scheduled.slug, on: site))
    #expect(try content(scheduled.slug, on: site) == made(scheduled.slug, on: site))
  }
}
