import Markup

/// The parts that are the same on every page in one language, rendered once.
struct Frame: Sendable {
  /// The start of the page, up to the title.
  private(set) var start: HTML = ""
  private(set) var viewport: HTML = ""
  /// Links in the head of every page.
  private(set) var links: HTML = ""
  /// The end of the head and the beginning of the body.
  private(set) var script: HTML = ""
  /// The same on pages for staff, which have a style sheet and scripts of their own.
  private(set) var deskScript: HTML = ""
  /// The masthead of pages without an entry in the navigation.
  private(set) var masthead: HTML = ""
  /// The beginning of the footer, up to the links for readers.
  private(set) var colophon: HTML = ""
  /// The link for staff.
  private(set) var staffLink: HTML = ""

  init() {}

  init(_ pages: Pages) {
    let (settings, assets, words) = (pages.settings, pages.assets, pages.words)
    start = """
      <!doctype html>
      <html lang="\(words.tag)"\(if: words.isRightToLeft, " dir=\"rtl\"")\
      \(if: settings.isStaticCopy, " data-static")>
      <head>
      <meta charset="utf-8">

      """
    viewport = """
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">

      """
    links = pages.carrying(
      """
      \(assets.resource("offprint.css"), { "<link rel=\"stylesheet\" href=\"\($0)\">\n" })\
      \(assets.resource("icon.svg"), {
        "<link rel=\"icon\" type=\"image/svg+xml\" href=\"\($0)\">\n"
      })\
      <link rel="alternate" type="application/atom+xml" \
      title="\(words(.latestFeed, settings.name))" href="\(Resource.feed)">
      <link rel="search" type="application/opensearchdescription+xml" title="\(settings.name)" \
      href="\(Resource.openSearch)">

      """)
    let scripts: HTML = """
      \(assets.resource("offprint.js"), { "<script src=\"\($0)\" defer></script>\n" })
      """
    let body: HTML = """
      </head>
      <body>
      <a class="skip" href="#main">\(words[.skipToContent])</a>

      """
    script = "\(scripts)\(body)"
    deskScript = """
      \(assets.resource("desk.css"), { "<link rel=\"stylesheet\" href=\"\($0)\">\n" })\
      \(scripts)\
      \(each: assets.deskScripts, { "<script src=\"\($0)\" defer></script>\n" })\(body)
      """
    masthead = pages.carrying(pages.masthead(Pages.Head(title: "")))
    colophon = pages.carrying(
      """
      <footer class="colophon"><div class="band"><div class="bar">
      <p>\(settings.publisher)\(if: !settings.imprint.isEmpty, "<br>\(settings.imprint)")</p>
      <nav aria-label="\(words[.moreNavigation])"><ul>
      <li><a href="\(Resource.publications)">\(words[.allPublications])</a></li>
      <li><a href="\(Resource.authors)">\(words[.authorsAtoZ])</a></li>
      <li><a href="\(Resource.verify)">\(words[.verifyCopy])</a></li>
      <li><a href="\(Resource.feed)">\(words[.atomFeed])</a></li>
      \(if: !settings.isStaticCopy, """
        <li><a href="\(Resource.subscribe)">\(words[.mailingList])</a></li>
        """)
      \(each: settings.footerLinks, { "<li><a href=\"\($0.address)\">\($0.name)</a></li>" })

      """)
    guard !settings.isStaticCopy else { return }
    staffLink = pages.carrying("<li><a href=\"\(Resource.dashboard)\">\(words[.staff])</a></li>")
  }
}
