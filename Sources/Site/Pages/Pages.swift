import Archive
import Markup

/// Makes the pages of one site.
struct Pages: Sendable {
  let settings: SiteSettings
  let assets: Assets

  init(settings: SiteSettings, assets: Assets) {
    self.settings = settings
    self.assets = assets
  }

  /// What a page says about itself in its head.
  struct Head {
    var title: String
    /// For search engines and shared links; nil for pages that are not to be found.
    var description: String?
    /// The path and query under which the page is known; nil for a page without an address.
    var canonical: String?
    /// The entry of the navigation that the page belongs to.
    var place: Resource?
    var isIndexed = true
    /// Whether the search form stands in the masthead; pages with their own have none there.
    var hasSearch = true
    var more: HTML = ""
    /// The name of the member of staff who is signed in, with the token of their forms.
    var staff: StaffBar?
  }

  /// Who is signed in.
  struct StaffBar {
    var name: String
    var formToken: String
  }

  /// An absolute address on this site.
  func absolute(_ path: String) -> String { settings.baseURL + path }

  /// A page: masthead, main part and colophon.
  func layout(_ head: Head, _ main: HTML) -> HTML {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <title>\(head.title)\(if: head.title != settings.name, " – \(settings.name)")</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    \(head.description, { "<meta name=\"description\" content=\"\($0)\">\n" })\
    \(if: !head.isIndexed, "<meta name=\"robots\" content=\"noindex, follow\">\n")\
    \(head.canonical, { "<link rel=\"canonical\" href=\"\(absolute($0))\">\n" })\
    \(assets.resource("offprint.css"), { "<link rel=\"stylesheet\" href=\"\($0)\">\n" })\
    \(assets.resource("icon.svg"), {
      "<link rel=\"icon\" type=\"image/svg+xml\" href=\"\($0)\">\n"
    })\
    <link rel="alternate" type="application/atom+xml" \
    title="\(settings.name): latest publications" href="\(Resource.feed)">
    <link rel="search" type="application/opensearchdescription+xml" title="\(settings.name)" \
    href="\(Resource.openSearch)">
    \(head.more)\
    \(assets.resource("offprint.js"), { "<script src=\"\($0)\" defer></script>\n" })\
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    \(head.staff == nil ? masthead(head) : deskMasthead(head))
    <main id="main" class="band" tabindex="-1">
    \(main)
    </main>
    \(colophon(head))
    </body>
    </html>

    """
  }

  private func masthead(_ head: Head) -> HTML {
    """
    <header class="masthead"><div class="band"><div class="bar">
    \(if: head.place != .home, "<a class=\"name\" href=\"\(Resource.home)\">\(settings.name)</a>")
    <nav aria-label="Main"><ul>
    \(link(to: .publications, "Publications", head))
    \(link(to: .browse, "Browse", head))
    \(link(to: .subscribe, "Mailing list", head))
    </ul></nav>
    \(if: head.hasSearch, """
      <form class="inline" action="\(Resource.search)" method="get" role="search">
      <label class="unseen" for="q">Search All Site Content</label>
      <input id="q" name="q" type="search" placeholder="Search All Site Content" required>
      <button>Search</button>
      </form>
      """)
    </div></div></header>
    """
  }

  private func deskMasthead(_ head: Head) -> HTML {
    """
    <header class="masthead"><div class="band"><div class="bar">
    <a class="name" href="\(Resource.home)">\(settings.name)</a>
    <nav aria-label="Main"><ul>
    \(link(to: .desk, "Desk", head))
    \(link(to: .deposit, "Upload", head))
    \(link(to: .statistics, "Statistics", head))
    </ul></nav>
    \(head.staff, { staff in
      """
      <form class="actions" action="\(Resource.signOut)" method="post">
      <span>\(staff.name)</span>
      \(hidden(FormToken.field, staff.formToken))
      <button class="quiet">Sign out</button>
      </form>
      """
    })
    </div></div></header>
    """
  }

  private func link(to resource: Resource, _ text: String, _ head: Head) -> HTML {
    """
    <li><a href="\(resource)"\(if: head.place == resource, " aria-current=\"page\"")>\
    \(text)</a></li>
    """
  }

  private func colophon(_ head: Head) -> HTML {
    """
    <footer class="colophon"><div class="band"><div class="bar">
    <p>\(settings.publisher)</p>
    <nav aria-label="More"><ul>
    <li><a href="\(Resource.publications)">All publications</a></li>
    <li><a href="\(Resource.feed)">Atom feed</a></li>
    <li><a href="\(Resource.subscribe)">Mailing list</a></li>
    \(if: head.staff == nil, "<li><a href=\"\(Resource.desk)\">Staff</a></li>")
    </ul></nav>
    </div></div></footer>
    """
  }

  func hidden(_ name: String, _ value: String) -> HTML {
    "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
  }

  func hidden(_ name: StaticString, _ value: String) -> HTML { hidden("\(name)", value) }
}
