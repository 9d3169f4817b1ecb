import Archive
import Compression
import Foundation
import HTTP
import Site
import Synchronization
import Testing

/// Draws covers in one colour.
private final class CoverDrawer: PageDrawer {
  let failure = Mutex<DrawingFailure?>(nil)
  let forms = Mutex<[PageDrawing.Form]>([])

  /// A red picture.
  static let png = PNGWriter(width: 450, height: 600, pixels: .rgb)
    .file((0..<450 * 600).flatMap { _ in [255, 0, 0] as [UInt8] })

  func draw(
    _ page: Int, as form: PageDrawing.Form, of file: CheckedFile, known: [Int]
  ) throws(DrawingFailure) -> (drawing: PageDrawing, fonts: [PageDrawing.Font]) {
    forms.withLock { $0.append(form) }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return (PageDrawing(content: Self.png, width: 612, height: 792, pageCount: 1), [])
  }
}

@Suite("The first page of a PDF is the cover of its publication")
struct CoverTests {
  private let drawer = CoverDrawer()
  private let site: TestSite

  init() throws {
    var options = Archive.Options()
    options.drawings = Drawings(
      path: NSTemporaryDirectory() + "offprint-covers-" + UUID().uuidString, drawer: drawer,
      version: "1")
    site = try TestSite(options: options)
  }

  private func thumbnail(of publication: Publication) -> String {
    Resource.thumbnail(publication.slug, sha256: publication.file?.sha256 ?? "").path
  }

  private func large(of publication: Publication) -> String {
    Resource.coverPicture(publication.slug, sha256: publication.file?.sha256 ?? "").path
  }

  @Test("Lists show small covers, the page of the publication a large one")
  func pages() throws {
    let publication = try site.deposit(TestSite.record())
    let other = try site.deposit(TestSite.record("Bridges of Seoul"), pdf: nil)
    let home = site.get("/").text
    for path in [thumbnail(of: publication), Resource.cover(other.slug).path] {
      #expect(
        home.contains(
          """
          <img class="cover" src="\(path)" alt="" width="300" height="400" loading="lazy">
          """))
    }
    let article = site.get(Resource.publication(publication.slug).path).text
    #expect(article.contains("<img class=\"cover\" src=\"\(large(of: publication))\""))
    #expect(site.get(Resource.publication(other.slug).path).text.contains("<svg viewBox=\"0 0 300"))
  }

  @Test("A cover is drawn once in each size and cached")
  func picture() throws {
    let publication = try site.deposit(TestSite.record())
    for path in [thumbnail(of: publication), large(of: publication), thumbnail(of: publication)] {
      let answer = site.get(path)
      #expect(answer.status == .ok && answer.isReusable)
      #expect(answer.fields["Content-Type"] == "image/png")
      #expect(answer.fields["Cache-Control"]?.contains("immutable") == true)
      guard case .bytes(let bytes) = answer.content else {
        Issue.record("no bytes")
        return
      }
      #expect(bytes == CoverDrawer.png)
    }
    #expect(drawer.forms.withLock { $0 } == [.thumbnail, .cover])
  }

  @Test("A page that cannot be drawn leads to the cover made from the record")
  func failure() throws {
    let publication = try site.deposit(TestSite.record())
    drawer.failure.withLock { $0 = .crashed }
    let answer = site.get(thumbnail(of: publication))
    #expect(answer.status == .temporaryRedirect && !answer.isReusable)
    #expect(answer.fields["Location"] == Resource.cover(publication.slug).path)
    #expect(answer.fields["Cache-Control"]?.contains("immutable") == false)
    let card = site.get(Resource.shareCard(publication.slug).path)
    #expect(card.status == .ok && !card.isReusable)
  }

  @Test("Only what is public has a cover, and only of its current PDF")
  func visibility() throws {
    let draft = try site.deposit(TestSite.record("Draft"), status: .draft)
    #expect(site.get(thumbnail(of: draft)).status == .notFound)
    let publication = try site.deposit(TestSite.record())
    let path = thumbnail(of: publication)
    let other = Resource.thumbnail(publication.slug, sha256: String(repeating: "0", count: 64))
    #expect(site.get(other.path).status == .notFound)
    #expect(site.get(path).status == .ok)
    _ = try site.archive.publications.withdraw(publication.id, by: .program, at: site.now)
    #expect(site.get(path).status == .gone)
  }

  @Test("The share card shows the page beside the title")
  func shareCard() throws {
    let publication = try site.deposit(TestSite.record())
    let answer = site.get(Resource.shareCard(publication.slug).path)
    #expect(answer.isReusable)
    guard case .bytes(let bytes) = answer.content, let card = PNGImage(bytes, limit: 4 << 20) else {
      Issue.record("no picture")
      return
    }
    #expect(card.width == 1200 && card.height == 630 && bytes.count < 200 << 10)
    #expect(card.row(600)[900 * 4..<900 * 4 + 3] == [255, 0, 0])
    // The title is at the left, and its last letters are not under the page.
    var ink = 0
    for y in 100..<530 {
      let row = card.row(y)
      ink += (72..<622).count { row[$0 * 4] < 60 }
      #expect((623..<676).allSatisfy { row[$0 * 4] > 200 })
    }
    #expect(ink > 1000)
  }
}
