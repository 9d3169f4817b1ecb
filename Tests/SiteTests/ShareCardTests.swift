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

  /// The indexes of all pixels; empty when the file is no such PNG.
  private func pixels(_ png: [UInt8]) throws -> [UInt8] {
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    var position = 8
    var rows: [UInt8] = []
    while position + 8 <= png.count {
      let length = png[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      let type = String(decoding: png[position + 4..<position + 8], as: UTF8.self)
      let data = Array(png[position + 8..<position + 8 + length])
      if type == "IHDR" { #expect(data == [0, 0, 4, 0xB0, 0, 0, 2, 0x76, 8, 3, 0, 0, 0]) }
      if type == "IDAT" { rows = try inflate(data, limit: 1 << 20) }
      position += 12 + length
    }
    #expect(position == png.count && rows.count == 630 * 1201)
    return rows
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
        sum + rows[row * 1201 + 1 + x.lowerBound..<row * 1201 + 1 + x.upperBound].count { $0 == 63 }
      }
    }
    #expect(ink(x: 84..<1116, y: 90..<530) > 1000)
    #expect(ink(x: 0..<70, y: 0..<630) == 0 && ink(x: 1130..<1200, y: 0..<630) == 0)
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
