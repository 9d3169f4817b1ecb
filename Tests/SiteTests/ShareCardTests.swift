import Archive
import Compression
import HTTP
import Site
import Testing

@Suite("Share cards are valid PNG images")
struct ShareCardTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  private func card(_ title: String, authors: [String] = []) throws -> [UInt8] {
    let publication = try site.deposit(try TestSite.record(title, authors: authors), pdf: nil)
    let answer = site.get(Resource.shareCard(publication.slug).path)
    #expect(answer.status == .ok && answer.isReusable)
    #expect(answer.fields["Content-Type"] == "image/png")
    guard case .bytes(let octets) = answer.content else { return [] }
    return octets
  }

  /// The red samples of all pixels.
  private func pixels(_ png: [UInt8]) throws -> [UInt8] {
    let image = try #require(PNGImage(png, limit: 4 << 20))
    #expect(image.width == 1200 && image.height == 630)
    return (0..<630).flatMap { y in
      let row = image.row(y)
      return (0..<1200).map { row[4 * $0] }
    }
  }

  @Test(
    arguments: [
      "Plato", "Russia and the Koreas: Past Policies",
      "Příliš žluťoučký kůň — Việt Nam, Łódź & Ærø",
      String(repeating: "Donaudampfschifffahrtsgesellschaft", count: 9),
      String(repeating: "strategic implications ", count: 40),
    ])
  func titlesAreDrawnWithinThePicture(_ title: String) throws {
    let rows = try pixels(card(title, authors: ["Zoë Ångström", "Đặng Thị Ngọc"]))
    func ink(x: Range<Int>, y: Range<Int>) -> Int {
      y.reduce(0) { sum, row in
        sum + rows[row * 1200 + x.lowerBound..<row * 1200 + x.upperBound].count { $0 < 48 }
      }
    }
    #expect(ink(x: 72..<1128, y: 90..<530) > 1000)
    #expect(ink(x: 0..<60, y: 0..<630) == 0 && ink(x: 1140..<1200, y: 0..<630) == 0)
    #expect(ink(x: 0..<1200, y: 506..<530) == 0)
  }

  @Test func marksAreDrawnAndOtherScriptsAreLeftOut() throws {
    #expect(try card("e") != card("é"))
    // Of what cannot be drawn nothing is shown, rather than something wrong.
    #expect(try card("臺灣的未來") == card("日本の海"))
    #expect(try card("臺灣的未來") != card("Taiwan"))
  }

  @Test func thePageNamesItAndOnlyWhatIsPublicHasOne() throws {
    let publication = try site.deposit(try TestSite.record())
    let path = Resource.shareCard(publication.slug).path
    let page = site.get("/publications/russia-and-the-koreas").text
    let address = "https://papers.example.org\(path)"
    for tag in [
      "<meta property=\"og:image\" content=\"\(address)\">",
      "<meta property=\"og:image:type\" content=\"image/png\">",
      "<meta property=\"og:image:width\" content=\"1200\">",
      "<meta property=\"og:image:height\" content=\"630\">",
      "<meta name=\"twitter:image\" content=\"\(address)\">",
    ] { #expect(page.contains(tag), "\(tag)") }
    let draft = try site.deposit(try TestSite.record("Draft"), status: .draft)
    #expect(site.get(Resource.shareCard(draft.slug).path).status == .notFound)
    _ = try site.archive.publications.withdraw(publication.id, by: .program, at: site.now)
    #expect(site.get(path).status == .gone)
  }
}
