import Archive
import Foundation
import HTTP
import HTTPServer
import Site
import Synchronization
import Testing

/// Draws the same page for every one of a file.
private final class FakeDrawer: PageDrawer {
  let failure = Mutex<DrawingFailure?>(nil)
  let drawing: Mutex<PageDrawing>

  init(_ drawing: PageDrawing) { self.drawing = Mutex(drawing) }

  func draw(
    _ page: Int, as form: PageDrawing.Form, of file: CheckedFile, known: [Int]
  ) throws(DrawingFailure) -> (drawing: PageDrawing, fonts: [PageDrawing.Font]) {
    if let failure = failure.withLock({ $0 }) { throw failure }
    var drawing = drawing.withLock { $0 }
    if page > drawing.pageCount { throw .noSuchPage }
    guard form == .inline else { return (drawing, []) }
    let font = PageDrawing.Font(number: 3, woff: Array("wOFF-bytes".utf8))
    drawing.fonts = [.init(number: 3, bytes: font.woff.count)]
    return (drawing, [font])
  }
}

@Suite("Pages of PDFs are shown as drawings with text")
struct PageViewTests {
  private let drawer: FakeDrawer
  private let site: TestSite
  private let publication: Publication
  private let folder: String

  private static let svg = """
    <svg xmlns="http://www.w3.org/2000/svg" width="612pt" height="792pt" viewBox="0 0 612 792">\
    <path fill="#fff" d="m0 0h612v792h-612z"/><text x="72" y="100" font-family="f3">Bridges of \
    Seoul</text></svg>
    """

  init() throws {
    folder = NSTemporaryDirectory() + "offprint-drawings-" + UUID().uuidString
    drawer = FakeDrawer(
      PageDrawing(
        content: Array(Self.svg.utf8), width: 612, height: 792, pageCount: 3,
        words: [
          .init(text: "Bridges", x: 72, y: 90, width: 40, height: 12),
          .init(text: "of", x: 115, y: 90, width: 10, height: 12),
          .init(text: "Seoul", x: 128, y: 90, width: 30, height: 12),
        ]))
    var options = Archive.Options()
    options.drawings = Drawings(path: folder, drawer: drawer, version: "1")
    site = try TestSite(options: options)
    publication = try site.deposit(TestSite.record())
    var contents = FileContents(pages: ["Bridges of Seoul", "On bridging rivers", "End"])
    contents.pageLabels = [1: "iv"]
    contents.outline = (1...3).map { (page: Int) in
      OutlineEntry(title: "Part \(page)", page: page, level: 1)
    }
    let file = try #require(publication.file)
    try site.archive.texts.store(
      of: file, pages: ["Bridges of Seoul", "On bridging rivers", "End"],
      contents: contents, at: site.now)
  }

  private var sha256: String { publication.file?.sha256 ?? "" }
  private func path(_ page: Int) -> String { Resource.page(publication.slug, page).path }

  @Test func aPageOfThePDF() throws {
    let answer = site.get(path(2))
    #expect(answer.status == .ok)
    for part in [
      Self.svg, "<title>Russia and the Koreas, page 2 – ", "rel=\"prev\">Previous</a>",
      "rel=\"next\">Next</a>", "value=\"2\"", "of 3", "Part 3</a>",
      "rel=\"canonical\" href=\"https://papers.example.org/publications/russia-and-the-koreas\">",
      "<meta name=\"robots\" content=\"noindex, follow\">", "#page=2\">Open in the PDF",
      "/text?page=2#p2\">Read as text", "https://papers.example.org\(path(2))</a>",
      "files/\(sha256)/pages/2.css?v=1.2.3\">", "p. 2",
      "<img src=\"/publications/russia-and-the-koreas/files/\(sha256)/pages/3.png\" alt=\"\"",
      "/related?slug=russia-and-the-koreas&amp;page=2\"",
      "data-related=\"/related?slug=russia-and-the-koreas\"",
    ] {
      #expect(answer.text.contains(part), "\(part)")
    }
    let policy = answer.fields["Content-Security-Policy"] ?? ""
    // Pictures of the page are in it.
    #expect(policy.contains("img-src 'self' data:;") && policy.contains("font-src 'self'"))
    #expect(!policy.contains("unsafe"))
    #expect(site.get("/").fields["Content-Security-Policy"]?.contains("data:") == false)
    #expect(answer.fields["Surrogate-Key"]?.contains("pub-russia-and-the-koreas") == true)
    #expect(answer.isReusable && answer.entityTag != nil)
    // The label of the page is what is cited.
    #expect(site.get(path(1)).text.contains("p. iv"))
    #expect(!site.get(path(1)).text.contains("rel=\"prev\""))
    #expect(!site.get(path(3)).text.contains("rel=\"next\""))
  }

  @Test func fontsAreThoseOfTheDocument() {
    let style = site.get("/publications/russia-and-the-koreas/files/\(sha256)/pages/2.css?v=1.2.3")
    let font = "/publications/russia-and-the-koreas/files/\(sha256)/fonts/3.woff"
    #expect(
      style.text.hasSuffix("\n@font-face{font-family:f3;src:url(\(font)?v=1.2.3)}\n"))
    #expect(style.fields["Content-Type"] == "text/css; charset=utf-8")
    let answer = site.get(font + "?v=1.2.3")
    #expect(answer.text == "wOFF-bytes")
    #expect(answer.fields["Content-Type"] == "font/woff")
    #expect(answer.fields["Cache-Control"]?.contains("max-age=31536000") == true)
    for other in ["\(sha256)/fonts/4.woff", "\(String(repeating: "0a", count: 32))/fonts/3.woff"] {
      #expect(
        site.get("/publications/russia-and-the-koreas/files/\(other)").status == .notFound)
    }
  }

  @Test func smallPicturesOfPages() {
    drawer.drawing.withLock { $0.content = Array("picture".utf8) }
    let folder = "/publications/russia-and-the-koreas/files/"
    let answer = site.get("\(folder)\(sha256)/pages/2.png")
    #expect(answer.text == "picture")
    #expect(answer.fields["Content-Type"] == "image/png")
    #expect(answer.fields["X-Robots-Tag"] == "noindex")
    #expect(answer.fields["Cache-Control"]?.contains("max-age=31536000") == true)
    for other in ["\(sha256)/pages/4.png", "\(String(repeating: "0a", count: 32))/pages/2.png"] {
      #expect(site.get(folder + other).status == .notFound)
    }
    drawer.failure.withLock { $0 = .tookTooLong }
    #expect(site.get("\(folder)\(sha256)/pages/3.png").status == .serviceUnavailable)
  }

  @Test func theDrawingAlone() {
    let answer = site.get(Resource.drawing(publication.slug, 1).path)
    #expect(answer.text == Self.svg)
    #expect(answer.fields["Content-Type"] == "image/svg+xml")
    #expect(answer.fields["X-Robots-Tag"] == "noindex")
    let policy = answer.fields["Content-Security-Policy"] ?? ""
    #expect(policy.hasPrefix("default-src 'none'; style-src 'unsafe-inline'; font-src data:;"))
    #expect(policy.hasSuffix("sandbox"))
  }

  @Test(
    "A page that is not there is not found",
    arguments: ["4", "0", "01", "-1", "99999999999999999999", "x", "2.png", "4.svg", "1?page=9"])
  func noSuchPage(_ name: String) {
    #expect(site.get("/publications/russia-and-the-koreas/pages/\(name)").status == .notFound)
  }

  @Test(
    "The field for a page takes its label or its position",
    arguments: [
      ("iv", 1), ("IV", 1), ("2", 2), ("3", 3),
    ])
  func turned(_ wanted: String, to page: Int) {
    let answer = site.get(path(2) + "?page=\(wanted)&q=seoul")
    #expect(answer.status == .seeOther)
    #expect(answer.fields["Location"] == path(page) + "?q=seoul")
  }

  @Test(
    "Why a page is not drawn is said in words",
    arguments: [
      (.tookTooLong, "took too long"), (.crashed, "Something went wrong"),
      (.unreadable("it needs a password"), "damaged or protected"), (.tooLarge, "too complex"),
      (.notStarted("no memory"), "cannot be drawn right now"),
    ] as [(DrawingFailure, String)])
  func undrawn(_ failure: DrawingFailure, says words: String) {
    drawer.failure.withLock { $0 = failure }
    let answer = site.get(path(2))
    #expect(answer.status == .ok)
    for part in [words, "Read as text", "Open in the PDF", "rel=\"next\""] {
      #expect(answer.text.contains(part), "\(part)")
    }
    #expect(answer.fields["Cache-Control"]?.contains("no-store") == true)
    let drawing = site.get(Resource.drawing(publication.slug, 2).path)
    #expect(drawing.status == .serviceUnavailable)
    #expect(drawing.fields.has("retry-after"))
    #expect(site.get("/publications/russia-and-the-koreas").status == .ok)
  }

  @Test("A drawing that is not what the program writes is not put into a page")
  func foreignMarkup() {
    drawer.drawing.withLock {
      $0.content = Array("<svg><script>alert(1)</script></svg>".utf8)
    }
    let answer = site.get(path(2))
    #expect(!answer.text.contains("alert(1)"))
    #expect(answer.text.contains("Something went wrong"))
  }

  @Test func whatIsMissingIsNamed() {
    drawer.drawing.withLock { $0.missing = ["jbig2", "jpeg2000", "mesh-shading", "new-thing"] }
    let text = site.get(path(2)).text
    for part in ["Some things on this page", "<li>Pictures</li>", "gradients", "very complex page"]
    {
      #expect(text.contains(part), "\(part)")
    }
    #expect(text.components(separatedBy: "<li>Pictures</li>").count == 2)
    // Any program would replace a font that is not in the PDF.
    drawer.drawing.withLock { $0.missing = ["font"] }
    let other = site.get(path(3)).text
    #expect(other.contains("A similar one is shown."))
    #expect(!other.contains("Some things on this page"))
  }

  @Test func wordsOfASearchAreMarked() {
    let text = site.get(path(1) + "?q=bridge").text
    #expect(text.contains("1 hit for “bridge”"))
    #expect(text.contains("<g id=\"mark-1\"><rect x=\"71.04\" y=\"89.52\" width=\"41.92\""))
    #expect(!text.contains("mark-2"))
    // The links to other pages carry the words.
    #expect(text.contains("\(path(2))?q=bridge\" rel=\"next\""))
    // A phrase is marked as a whole, and its words elsewhere are not.
    let phrase = site.get(path(1) + "?q=%22bridges+of+seoul%22").text
    #expect(phrase.contains("<g id=\"mark-1\"><rect x=\"71.04\" y=\"89.52\" width=\"87.92\""))
    #expect(phrase.contains("#:~:text=Bridges%20of%20Seoul"))
    // Words that the drawing does not have are not marked.
    #expect(site.get(path(2) + "?q=rivers").text.contains("No matches for “rivers”"))
    #expect(!site.get(path(1) + "?q=bridge").isReusable)
  }

  @Test func termsOfTheSameMeaningAreMarked() throws {
    try site.archive.synonyms.replace(by: [["crossing", "bridge"]], by: .program, at: site.now)
    #expect(site.get(path(1) + "?q=crossing").text.contains("<g id=\"mark-1\"><rect x=\"71.04\""))
  }

  @Test func theArticleShowsTheFirstPages() {
    let text = site.get("/publications/russia-and-the-koreas").text
    #expect(text.contains("<object data=\"\(path(1)).svg\" type=\"image/svg+xml\""))
    #expect(text.contains("This browser does not support PDFs. Please download the PDF to view"))
    #expect(text.contains("<a href=\"\(path(2))\"><img src=\"\(path(2)).svg\" alt=\"Page 2\""))
    #expect(!text.contains("application/pdf\" class"))
  }

  @Test func drawingIsCostlyUntilItIsStored() {
    func cost(_ path: String) -> Bool {
      site.site.cost(of: Request(method: .get, path: path)) == .drawing
    }
    #expect(cost(path(1)) && cost(path(1) + ".svg"))
    _ = site.get(path(1))
    #expect(!cost(path(1)) && cost(path(1) + ".svg") && cost(path(2)))
    let styles = "/publications/\(publication.slug)/files/\(sha256)/pages/"
    #expect(!cost(styles + "1.css") && cost(styles + "2.css"))
  }

  @Test func staffSeePagesOfDrafts() throws {
    let draft = try site.deposit(
      TestSite.record("A draft"), status: .draft, pdf: Array("%PDF-1.4\ndraft".utf8))
    let path = Resource.staffDrawing(draft.slug, 1).path
    #expect(site.get(path).status == .seeOther)
    let staff = try site.signIn(as: .editor)
    let answer = site.get(path, staff.fields)
    #expect(answer.text == Self.svg)
    #expect(answer.fields["Cache-Control"] == "no-store")
    #expect(site.get(Resource.staffDrawing(draft.slug, 9).path, staff.fields).status == .notFound)
    let preview = site.get(Resource.preview(draft.slug).path, staff.fields).text
    #expect(preview.contains("<object data=\"\(path)\""))
    #expect(site.get(Resource.page(draft.slug, 1).path).status == .notFound)
  }

  @Test func metricsCountDrawings() {
    _ = site.get(path(1))
    let text = site.site.response(
      to: Request(method: .get, path: "/metrics", client: "127.0.0.1")
    ).text
    #expect(text.contains("offprint_drawings_total{result=\"drawn\"} 1"))
    #expect(text.contains("# TYPE offprint_drawings_size_bytes gauge"))
  }
}
