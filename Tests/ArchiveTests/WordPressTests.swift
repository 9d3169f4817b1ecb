import Archive
import Foundation
import Testing

@Suite("A WordPress export is imported with nothing lost and nothing leaked")
struct WordPressTests {
  private let home: TemporaryArchive
  private let folder: String
  private var archive: Archive { home.archive }

  init() throws {
    var options = Archive.Options()
    options.clock = { noon }
    home = try TemporaryArchive(options)
    folder = home.folder + "/uploads"
  }

  // MARK: Making exports

  /// An item of an export.
  private struct Item {
    var id: Int
    var title = "A title"
    var link = ""
    var type = "post"
    var status = "publish"
    var name = ""
    var content = ""
    var excerpt = ""
    var date = "2012-05-06 10:00:00"
    var gmt = "2012-05-06 08:00:00"
    var parent = 0
    var password = ""
    var file = ""
    var terms = ""
    var meta: [(String, String)] = []

    func xml(_ prefix: String) -> String {
      func cdata(_ text: String) -> String { "<![CDATA[\(text)]]>" }
      return """
        <item><title>\(cdata(title))</title><link>\(link)</link>
        <dc:creator>\(cdata("mk"))</dc:creator><guid isPermaLink="false">http://old.example.org/?p=\(id)</guid>
        <content:encoded>\(cdata(content))</content:encoded>
        <excerpt:encoded>\(cdata(excerpt))</excerpt:encoded>
        <\(prefix):post_id>\(id)</\(prefix):post_id><\(prefix):post_date>\(date)</\(prefix):post_date>
        <\(prefix):post_date_gmt>\(gmt)</\(prefix):post_date_gmt>
        <\(prefix):post_name>\(name)</\(prefix):post_name><\(prefix):status>\(status)</\(prefix):status>
        <\(prefix):post_parent>\(parent)</\(prefix):post_parent>
        <\(prefix):post_type>\(type)</\(prefix):post_type>
        <\(prefix):post_password>\(password)</\(prefix):post_password>
        \(terms)\(file.isEmpty ? "" : "<\(prefix):attachment_url>\(file)</\(prefix):attachment_url>")
        \(meta.map { key, value in
          """
          <\(prefix):postmeta><\(prefix):meta_key>\(key)</\(prefix):meta_key>
          <\(prefix):meta_value>\(cdata(value))</\(prefix):meta_value></\(prefix):postmeta>
          """
        }.joined())
        </item>
        """
    }
  }

  private func export(
    _ items: [Item], version: String = "1.2", base: String = "http://old.example.org",
    prefix: String = "wp", channel: String = ""
  ) -> String {
    """
    <?xml version="1.0" encoding="UTF-8" ?>
    <!-- generator="WordPress/5.0" -->
    <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/\(version)/excerpt/"
      xmlns:content="http://purl.org/rss/1.0/modules/content/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:\(prefix)="http://wordpress.org/export/\(version)/">
    <channel><title>Old house</title><link>\(base)</link>
    <\(prefix):wxr_version>\(version)</\(prefix):wxr_version>
    <\(prefix):base_blog_url>\(base)</\(prefix):base_blog_url>
    <\(prefix):author><\(prefix):author_id>7</\(prefix):author_id>\
    <\(prefix):author_login>mk</\(prefix):author_login>\
    <\(prefix):author_display_name>Mira Koval</\(prefix):author_display_name></\(prefix):author>
    \(channel)
    \(items.map { $0.xml(prefix) }.joined(separator: "\n"))
    </channel></rss>
    """
  }

  private func write(_ text: String, to name: String = "export.xml") throws -> String {
    let path = home.folder + "/" + name
    try FileManager.default.createDirectory(
      atPath: URL(filePath: path).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  private func upload(_ name: String) throws {
    _ = try write("%PDF-1.4\n\(name)", to: "uploads/\(name)")
  }

  @discardableResult
  private func run(
    _ path: String, isTrial: Bool = false,
    _ change: (inout WordPressImport.Options) -> Void = { _ in }
  ) throws -> (Importer.Summary, WordPressSummary, errors: [ImportError]) {
    var options = WordPressImport.Options()
    options.filesFolder = folder
    options.isTrial = isTrial
    change(&options)
    var errors: [ImportError] = []
    var importer = Importer(into: archive, filesFolder: options.filesFolder, isTrial: isTrial) {
      errors.append($0)
    }
    var export = WordPressImport(path, into: archive, options: options)
    try export.run(&importer)
    return (importer.summary, export.summary, errors)
  }

  private func publication(_ slug: String) throws -> Publication {
    let slug = try #require(Slug(slug))
    return try #require(try archive.publications.forStaff(slug, at: noon))
  }

  private func target(_ address: String) throws -> String? {
    let parts = address.split(separator: "?", maxSplits: 1).map(String.init)
    switch try archive.redirects.target(
      path: parts[0], query: parts.count > 1 ? parts[1] : nil, at: noon)
    {
    case .publication(let slug): return slug.description
    case .document(let slug): return "\(slug).pdf"
    case .topic(let name): return "topic \(name)"
    case .author(let name): return "author \(name)"
    case .path(let path): return path
    case nil: return nil
    }
  }

  // MARK: Status

  @Test func onlyWhatEverybodyCouldReadBecomesPublic() throws {
    let later = "2031-01-01 09:30:00"
    let items = [
      Item(id: 1, title: "Public", link: "http://old.example.org/2012/05/public/", name: "public"),
      Item(
        id: 2, title: "Draft", link: "http://old.example.org/?p=2", status: "draft",
        gmt: "0000-00-00 00:00:00"),
      Item(
        id: 3, title: "Private", link: "http://old.example.org/2012/05/private/", status: "private",
        name: "private"),
      Item(
        id: 4, title: "Protected", link: "http://old.example.org/2012/05/protected/",
        name: "protected", password: "tide"),
      Item(id: 5, title: "Scheduled", status: "future", name: "scheduled", date: later, gmt: later),
      Item(id: 6, title: "Overdue", status: "future", name: "overdue"),
      Item(id: 7, title: "Pending", status: "pending"),
      Item(id: 8, title: "Trash", status: "trash"),
      Item(id: 9, title: "Automatic", status: "auto-draft"),
      Item(id: 10, title: "Odd", status: "archived"),
      Item(id: 11, title: "Secret later", status: "future", date: later, gmt: later, password: "x"),
      Item(id: 12, title: "Menu", type: "nav_menu_item"),
      Item(id: 13, title: "Revision", type: "revision", status: "inherit"),
    ]
    let path = try write(export(items))
    let foreseen = try run(path, isTrial: true)
    #expect(try archive.publications.listForStaff().total == 0)
    let (summary, found, errors) = try run(path)
    #expect(errors.isEmpty && summary.added == 9 && foreseen.0.added == 9)
    #expect(found.trashed == 1 && found.privatePosts == 1 && found.protectedPosts == 2)
    #expect(found.scheduled == 1 && found.overduePosts == 1 && found.inReview == 1)
    #expect(found.drafts == 2)
    #expect(found.leftOut == ["post": 1, "nav_menu_item": 1, "revision": 1])
    #expect(try archive.publications.count(at: noon) == 1)
    #expect(try publication("scheduled").status == .scheduled)
    #expect(try publication("scheduled").publicFrom?.description == "2031-01-01T09:30:00Z")
    for slug in ["draft", "private", "protected", "overdue", "odd", "secret-later"] {
      #expect(try publication(slug).status == .draft, "\(slug)")
    }
    #expect(try publication("pending").status == .review)
    // Old addresses of what is not public tell nothing.
    #expect(try target("/2012/05/public/") == "public" && target("/?p=1") == "public")
    for address in ["/?p=2", "/2012/05/private/", "/2012/05/protected/", "/?p=5", "/?p=8"] {
      #expect(try target(address) == nil, "\(address)")
    }
    // And lead to it once it is.
    _ = try archive.publications.publish(try publication("draft").id, by: librarian, at: noon)
    #expect(try target("/?p=2") == "draft")
    let again = try run(path)
    #expect(again.0.unchanged == 9 && again.0.added == 0 && again.0.changed == 0)
    // The password is nowhere.
    let text = try archive.publications.listForStaff().items.map { "\($0)" }.joined()
    #expect(!text.contains("tide"))
  }

  @Test func aSecondExportChangesWhatHasChanged() throws {
    var item = Item(id: 1, title: "One", status: "draft", name: "one")
    _ = try run(write(export([item])))
    item.status = "publish"
    item.title = "One and a half"
    let (summary, _, _) = try run(write(export([item, Item(id: 2, title: "One", name: "one")])))
    #expect(summary.changed == 1 && summary.added == 1)
    #expect(try publication("one").record.title == "One and a half")
    #expect(try publication("one").status == .published)
    #expect(try publication("one-2").record.title == "One")
    // An existing publication of the same name is another one.
    try home.deposit("Two")
    _ = try run(write(export([Item(id: 3, title: "Another two", name: "two")])))
    #expect(try publication("two").record.title == "Two")
    #expect(try publication("two-2").record.title == "Another two")
  }

  // MARK: Three structures of other sites

  @Test("Custom types, numbered addresses, a subfolder and nested categories")
  func subfolder() throws {
    let base = "https://www.old.example.org/house"
    func category(_ slug: String, _ name: String, _ parent: String, _ id: Int) -> String {
      """
      <w:category><w:term_id>\(id)</w:term_id><w:category_nicename>\(slug)</w:category_nicename>
      <w:category_parent>\(parent)</w:category_parent><w:cat_name><![CDATA[\(name)]]></w:cat_name></w:category>
      """
    }
    let channel =
      category("water", "Water &amp; Ice", "", 3) + category("rivers", "Rivers", "water", 4)
      + category("uncategorized", "Uncategorized", "", 1)
    let terms = """
      <category domain="category" nicename="rivers"><![CDATA[Rivers]]></category>
      <category domain="region" nicename="north"><![CDATA[North]]></category>
      <category domain="series" nicename="notes"><![CDATA[House notes]]></category>
      <category domain="language" nicename="de"><![CDATA[Deutsch]]></category>
      """
    try upload("2014/06/R%C3%BCckblick A.pdf".removingPercentEncoding ?? "")
    try upload("2014/06/annex.pdf")
    let report = Item(
      id: 21, title: "R&uuml;ckblick <em>eins</em>", link: "\(base)/archives/21",
      type: "policy_brief", name: "%c3%bcber-eis",
      content:
        "<p>See <a href='/house/wp-content/uploads/2014/06/R%C3%BCckblick%20A.pdf'>it</a>.</p>",
      terms: terms,
      meta: [
        ("authors", "Berg, Aino; Ministry of Fish"), ("_authors", "field_1"), ("paper_number", "7"),
        ("doi", "https://doi.org/10.1000/7"), ("shelf", "B 12"), ("_wp_old_slug", "eis"),
        ("pdf_2", "31"), ("publication_date", "3 May 2014"),
      ])
    let items = [
      Item(
        id: 31, title: "Annex", link: "\(base)/archives/21/annex", type: "attachment",
        status: "inherit", name: "annex",
        parent: 21, file: "\(base)/wp-content/uploads/2014/06/annex.pdf"),
      Item(
        id: 32, title: "Main", type: "attachment", status: "inherit", name: "main", parent: 21,
        file: "\(base)/wp-content/uploads/2014/06/R%C3%BCckblick%20A.pdf"),
      report,
      Item(
        id: 22, title: "None", link: "\(base)/archives/22", name: "none",
        terms: "<category domain=\"category\" nicename=\"uncategorized\">Uncategorized</category>"),
    ]
    let path = try write(export(items, version: "1.1", base: base, prefix: "w", channel: channel))
    let (summary, found, errors) = try run(path)
    #expect(errors.isEmpty && summary.added == 3 && summary.unusableFiles.isEmpty)
    let kept = try publication("uber-eis")
    let record = kept.record
    #expect(record.title == "Rückblick eins" && record.type == .brief)
    #expect(record.authors == ["Berg, Aino", "Ministry of Fish"])
    #expect(record.topics == ["Rivers", "Water & Ice", "North"] && record.series == "House notes")
    #expect(record.number == "7" && record.doi == "10.1000/7" && record.language == "de")
    #expect(record.published.description == "2014-05-03")
    #expect(record.unknown?.contains(#""shelf":"B 12""#) == true)
    #expect(kept.file != nil && found.extraPDFs == ["/house/wp-content/uploads/2014/06/annex.pdf"])
    let annex = try publication("annex")
    #expect(annex.status == .draft && annex.file != nil)
    for (address, expected) in [
      ("/house/archives/21", "uber-eis"), ("/house/archives/21/", "uber-eis"),
      ("/house/?p=21", "uber-eis"), ("/house/index.php?p=21&utm_source=x", "uber-eis"),
      ("/house/?policy_brief=%C3%9Cber-eis", "uber-eis"), ("/HOUSE/Archives/21/feed/", "uber-eis"),
      ("/house/wp-content/uploads/2014/06/R%c3%bcckblick%20a.pdf", "uber-eis.pdf"),
      // The annex is a draft, so its address leads to what it belongs to.
      ("/house/wp-content/uploads/2014/06/annex.pdf", "uber-eis"),
      ("/house/archives/21/annex", "uber-eis"), ("/house/?attachment_id=31", "uber-eis"),
      ("/house/category/water/rivers/", "topic Rivers"),
      ("/house/archives/category/rivers", "topic Rivers"),
      ("/house/category/water/page/2/", "topic Water & Ice"),
      ("/house/?cat=3", "topic Water & Ice"),
      ("/house/category/uncategorized/", "/publications"), ("/house", "/"),
      ("/house/author/mk/", "author Mira Koval"), ("/house/?author=7", "author Mira Koval"),
      ("/house/2012/05/", "/publications?year=2012"), ("/house/feed/", "/feed.atom"),
    ] { #expect(try target(address) == expected, "\(address)") }
    for address in ["/", "/archives/21", "/house/archives/99"] {
      #expect(try target(address) == nil, "\(address)")
    }
    #expect(try archive.redirects.brokenCount(at: noon) == 0)
    _ = try archive.publications.publish(annex.id, by: librarian, at: noon)
    #expect(try target("/house/?attachment_id=31") == "annex.pdf")
  }

  @Test("Plain addresses, an early version, files on another host, pages and several authors")
  func plainAddresses() throws {
    try upload("2010/01/one.pdf")
    try upload("shared.pdf")
    try upload("loose.pdf")
    let terms = """
      <category domain="author" nicename="cap-mk"><![CDATA[mk]]></category>
      <category domain="author" nicename="cap-ana"><![CDATA[Ana Ruiz]]></category>
      """
    func file(_ id: Int, _ name: String, _ parent: Int) -> Item {
      Item(
        id: id, title: "File \(id)", type: "attachment", status: "inherit", parent: parent,
        file: "https://cdn.example.net/\(name)", meta: [("_wp_attached_file", name)])
    }
    let link = "<a href=\"/wp-content/uploads/shared.pdf\">Shared</a>"
    let items = [
      Item(
        id: 1, title: "", link: "http://old.example.org/?p=1",
        content: "First words of it, and more.\n\nSecond.", terms: terms),
      Item(id: 2, title: "Has one", link: "http://old.example.org/?p=2", content: "Text"),
      Item(id: 3, title: "Shares", link: "http://old.example.org/?p=3", content: link),
      Item(id: 4, title: "Shares too", link: "http://old.example.org/?p=4", content: link),
      Item(
        id: 5, title: "About", link: "http://old.example.org/?page_id=5", type: "page",
        content: "<p>Us</p><a href='wp-content/uploads/loose.pdf'>Leaflet</a>"),
      file(6, "2010/01/one.pdf", 2), file(7, "shared.pdf", 3), file(8, "loose.pdf", 0),
      file(9, "absent.pdf", 5), file(10, "photo.png", 2), file(11, "table.xls", 2),
    ]
    let path = try write(export(items, version: "1.0"))
    let (summary, found, errors) = try run(path)
    #expect(errors.isEmpty && summary.added == 6)
    #expect(summary.unusableFiles.map(\.reason) == [.fileMissing("absent.pdf")])
    #expect(found.otherFiles == ["https://cdn.example.net/table.xls"] && found.untitled == 1)
    let first = try publication("first-words-of-it-and-more-second")
    #expect(first.record.authors == ["Mira Koval", "Ana Ruiz"])
    #expect(first.record.abstract == "First words of it, and more.\n\nSecond.")
    #expect(first.record.type == .other && first.file == nil)
    #expect(try publication("has-one").file != nil && publication("has-one").record.type == .report)
    #expect(try publication("shares").file == publication("shares-too").file)
    #expect(try publication("about").status == .published && publication("about").file == nil)
    #expect(try publication("file-8").status == .draft && publication("file-8").file != nil)
    #expect(try target("/?page_id=5") == "about" && target("/?attachment_id=10") == "has-one")
    #expect(try target("/wp-content/uploads/shared.pdf") == "shares.pdf")
    #expect(try target("/wp-content/uploads/loose.pdf") == "about")
    #expect(try run(path).0.unchanged == 6)
    // Without the folder the records come without files, and get them later.
    let only = try run(path) { $0.types = ["page"] }
    #expect(only.1.leftOut["post"] == 4)
  }

  @Test(
    "The text of a post is plain paragraphs",
    arguments: [
      ("One\ntwo\n\nThree", "One\ntwo\n\nThree"),
      (
        "<!-- wp:paragraph {\"a\":1} -->\n<p>One\ntwo<br>three</p>\n<!-- /wp:paragraph -->",
        "One two\nthree"
      ),
      ("a<!--more-->b<!--nextpage-->\n<h2>c</h2>d", "a\n\nb\n\nc\n\nd"),
      (
        "[gallery ids=\"1,2\"]\n\n[caption id=\"a\" width=\"300\"]<img src=\"x.png\" /> The lock[/caption]",
        "The lock"
      ),
      (
        "[note colour=\"blue\"]Cite [1] us[/note] [contact-form id=\"3\"] [unknown] a[0] [sic]",
        "Cite [1] us [unknown] a[0] [sic]"
      ),
      (
        "[[escaped]] [[gallery ids=\"1\"]] [embed]http://a.example/[/embed]",
        "[escaped] [gallery ids=\"1\"] http://a.example/"
      ),
      ("[vc_row][vc_column width=\"1/2\"]Text[/vc_column][/vc_row]", "Text"),
      (
        "x &lt; y &amp;&amp; y &gt; z<script>alert(\"<p>no</p>\")</script><style>p{}</style>, H<sub>2</sub>O, 10<sup>6</sup>",
        "x < y && y > z, H2O, 10⁶"
      ),
      (
        "<!-- wp:list --><ul><li>one</li>\n<li><p>two</p></li></ul><!-- /wp:list --><table><tr><th>Day</th><th>High</th></tr><tr><td>Mo</td><td>3</td></tr></table>",
        "• one\n\n• two\n\nDay | High\nMo | 3"
      ),
      (
        "<!-- wp:code --><pre><code>a\n  b</code></pre><!-- /wp:code --><figure><img src=\"a\"><figcaption>Caption</figcaption></figure>",
        "a\nb\n\nCaption"
      ),
      ("5 < 6 and <unclosed, <b>bold", "5 < 6 and <unclosed, bold"),
    ])
  func text(_ html: String, is text: String) throws {
    _ = try run(write(export([Item(id: 1, title: "A", name: "a", content: html)])))
    #expect(try publication("a").record.abstract == text)
    #expect(
      try run(write(export([Item(id: 1, title: "A", name: "a", content: html)]))).0.unchanged == 1)
  }

  @Test func theExcerptIsTheAbstractAndTheTextStays() throws {
    _ = try run(
      write(
        export([
          Item(
            id: 1, title: "A", name: "a", content: "<p>Long text</p>",
            excerpt: "An <em>excerpt</em> & more.")
        ])))
    let record = try publication("a").record
    #expect(record.abstract == "An excerpt & more.")
    #expect(record.unknown == #"{"content":"Long text"}"#)
  }

  // MARK: Bad input

  @Test(
    "An export that is not well-formed is refused with its place, and nothing is imported",
    arguments: [
      ("</item>\n</channel>", "</channel>", "expected </item>, found </channel>"),
      ("Old house", "Old & house", "begins no known reference"),
      ("Old house", "Old &nbsp; house", "begins no known reference"),
      ("<channel>", "<channel a=1>", "not quoted"),
      ("Old house", "Old \u{8} house", "U+0008"),
      (
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>", "<!DOCTYPE r [<!ENTITY a \"b\">]>",
        "declarations of entities"
      ),
      ("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"", "found iso-8859-1"),
      ("</rss>", "", "ends inside “rss”"), ("</rss>", "</rss><rss/>", "expected the end"),
      ("</rss>", "</rss>text", "found text"), ("wp:wxr_version", "wx:wxr_version", "not declared"),
      ("]]></title>", "</title>", "expected </title>"),
    ])
  func malformed(_ old: String, _ new: String, says words: String) throws {
    let text = export([Item(id: 1), Item(id: 2)]).replacing(old, with: new)
    let path = try write(text)
    let error = #expect(throws: WordPressError.self) { try run(path) }
    guard case .malformed(let place) = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(place.reason.contains(words), "\(place)")
    #expect(place.line > 1 || old.hasPrefix("<?xml") || old.hasPrefix("encoding"))
    #expect(try archive.publications.listForStaff().total == 0)
    #expect(try archive.redirects.list(at: noon).total == 0)
  }

  @Test func somethingElseIsRefused() throws {
    for text in ["<html></html>", "<rss version=\"2.0\"><channel/></rss>"] {
      let path = try write(text)
      #expect(throws: WordPressError.notExport) { try run(path) }
    }
    #expect(throws: WordPressError.self) { try run("/nowhere.xml") }
    let empty = try write("")
    #expect(throws: WordPressError.self) { try run(empty) }
  }

  @Test func everyCutOfAnExportIsRefused() throws {
    let text = Array(export([Item(id: 1, title: "Über <x>", content: "<p>Ä</p>")]).utf8)
    for length in stride(from: 0, to: text.count - 1, by: 13) {
      let path = try write(String(decoding: text[..<length], as: UTF8.self))
      #expect(throws: WordPressError.self) { try run(path) }
    }
    #expect(try archive.publications.listForStaff().total == 0)
  }

  // MARK: The sample

  /// Made by WordPress itself; not part of the project.
  private static let sample = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/data/wordpress-export.xml").standardizedFileURL.path

  @Test(.enabled(if: FileManager.default.fileExists(atPath: sample)))
  func anExportOfWordPressIsImported() throws {
    let uploads = Self.sample.replacing("export.xml", with: "uploads")
    func run() throws -> (Importer.Summary, WordPressSummary, errors: [ImportError]) {
      try self.run(Self.sample) { $0.filesFolder = uploads }
    }
    let (summary, found, errors) = try run()
    #expect(errors.isEmpty && summary.unusableFiles.isEmpty, "\(errors) \(summary.unusableFiles)")
    // 40 posts, a page, and the PDF that belongs to no post.
    #expect(summary.added == 42)
    #expect(found.comments == 15 && found.privatePosts == 1 && found.protectedPosts == 1)
    #expect(found.scheduled == 1 && found.drafts == 1 && found.untitled == 1)
    #expect(found.extraPDFs == ["/wp-content/uploads/2016/01/unattached.pdf"])
    #expect(try archive.publications.count(at: noon) == 37)
    #expect(try publication("buoys-2").record.number == "WP 2016/23")
    for (address, expected) in [
      ("/2011/03/tidal-gates-of-the-lower-ferrow/", "tidal-gates-of-the-lower-ferrow"),
      ("/wp-content/uploads/2012/02/Annex-1-tables.pdf", "gauge-readings-1893-1911.pdf"),
      ("/wp-content/uploads/2013/09/dredging-cost.pdf", "what-dredging-costs.pdf"),
      ("/2016/02/a-long-paper-in-three-pages/2/", "a-long-paper-in-three-pages"),
      ("/about-the-house/", "about-the-house"), ("/?page_id=69", "about-the-house"),
      ("/category/%CE%BB%CE%B9%CE%BC%CE%AC%CE%BD%CE%B9%CE%B1/", "topic Λιμάνια"),
      ("/wp-content/uploads/2016/01/unattached.pdf", "about-the-house"),
    ] { #expect(try target(address) == expected, "\(address)") }
    for id in [65, 66, 67, 58] { #expect(try target("/?p=\(id)") == nil, "\(id)") }
    #expect(try run().0.unchanged == 42)
  }
}
