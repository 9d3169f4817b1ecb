import Archive
import HTTP
import Markup

/// Renders the pages of a site in one language.
struct Pages: Sendable {
  let settings: SiteSettings
  let assets: Assets
  /// The language of the interface.
  let words: Language
  /// Whether the language is in the address, so that links keep it.
  let carriesLanguage: Bool
  /// The parts that are the same on every page.
  private var frame = Frame()
  /// The page for requests that find no worker, kept because there may be very many.
  ///
  /// A browser fetches its style sheet, too, so a reader's next search gets a better claim.
  private(set) var busyPage: [UInt8] = []

  init(
    settings: SiteSettings, assets: Assets, words: Language? = nil, carriesLanguage: Bool = false
  ) {
    self.settings = settings
    self.assets = assets
    self.words = words ?? assets.languages[0]
    self.carriesLanguage = carriesLanguage
    frame = Frame(self)
    busyPage = error(.serviceUnavailable).bytes
  }

  /// What the layout needs to know about a page.
  struct Head {
    var title: String
    /// For search engines and shared links; nil for pages that are not indexed.
    var description: String?
    /// The canonical path and query; nil for none.
    var canonical: String?
    /// The path and query that show a page of staff again; nil for the response to a form.
    var address: String?
    /// The entry of the navigation that the page belongs to.
    var place: Resource?
    var isIndexed = true
    /// Whether the masthead has a search form; pages with their own have none.
    var hasSearch = true
    var more: HTML = ""
    /// What staff see above a page for readers; nil for nothing.
    var banner: HTML?
    /// The member of staff who is signed in; nil on pages for readers.
    var staff: StaffBar?

    /// Whether the masthead is the one of most pages.
    var isPlain: Bool { place == nil && hasSearch }
  }

  /// A member of staff who is signed in, with the token of their forms.
  struct StaffBar {
    var name: String
    var role: Role
    var formToken: String
  }

  /// An absolute address on this site.
  func absolute(_ path: String) -> String { settings.baseURL + path }

  /// Renders a whole page: masthead, main part and footer.
  func layout(_ head: Head, _ main: HTML) -> HTML {
    """
    \(frame.start)<title>\(head.title)\(if: head.title != settings.name, " – \(settings.name)")</title>
    \(frame.viewport)\
    \(head.description, { "<meta name=\"description\" content=\"\($0)\">\n" })\
    \(if: !head.isIndexed, "<meta name=\"robots\" content=\"noindex, follow\">\n")\
    \(head.canonical, { "<link rel=\"canonical\" href=\"\(absolute($0))\">\n" })\
    \(frame.links)\(carrying(head.more))\
    \(head.staff == nil ? frame.script : frame.deskScript)\
    \(head.banner.map(carrying))\
    \(head.staff != nil
      ? carrying(staffMasthead(head)) : head.isPlain ? frame.masthead : carrying(masthead(head)))
    <main id="main" class="band" tabindex="-1">
    \(carrying(main))
    </main>
    \(frame.colophon)\
    \(if: head.staff == nil, frame.staffLink)
    </ul></nav>
    \(if: head.staff == nil || head.address != nil, languageSwitch(head))
    </div></div></footer>
    \(head.staff, { carrying(shortcuts(for: $0.role)) })\
    </body>
    </html>

    """
  }

  /// The masthead of pages for readers.
  func masthead(_ head: Head) -> HTML {
    """
    <header class="masthead"><div class="band"><div class="bar">
    \(if: head.place != .home, "<a class=\"name\" href=\"\(Resource.home)\">\(logo)\(settings.name)</a>")
    <nav aria-label="\(words[.mainNavigation])"><ul>
    \(link(to: .publications, words[.publications], head))
    \(link(to: .browse, words[.browse], head))
    \(if: !settings.isStaticCopy, link(to: .subscribe, words[.mailingList], head))
    </ul></nav>
    \(if: head.hasSearch, """
      <form class="inline" action="\(Resource.search)" method="get" role="search">
      <label class="unseen" for="q">\(words[.searchAllSiteContent])</label>
      <input id="q" name="q" type="search" placeholder="\(words[.searchAllSiteContent])" \
      maxlength="\(Query.mostTyped)" required>
      \(languageField)<button>\(words[.search])</button>
      </form>
      """)
    </div></div></header>
    """
  }

  /// The logo; its alternative text is empty, as the name is beside it.
  var logo: HTML {
    guard !settings.logo.isEmpty, let resource = assets.resource(settings.logo) else { return "" }
    return "<img class=\"logo\" src=\"\(resource)\" alt=\"\" width=\"40\" height=\"40\">"
  }

  private func staffMasthead(_ head: Head) -> HTML {
    guard let staff = head.staff else { return "" }
    let menu = DeskMenu(role: staff.role, place: head.place)
    return """
      <header class="masthead"><div class="band"><div class="bar">
      <a class="name" href="\(Resource.home)">\(logo)\(settings.name)</a>
      \(deskSections(menu))
      <form class="actions" action="\(Resource.signOut)" method="post">
      <a href="\(Resource.ownAccount)"\(if: head.place == .ownAccount, " aria-current=\"page\"") \
      title="\(words[.ownAccount])">\(staff.name)</a>
      \(hidden(FormToken.field, staff.formToken))
      <button class="quiet">\(words[.signOut])</button>
      </form>
      </div>
      \(deskPages(menu))
      </div></header>
      """
  }

  private func link(to resource: Resource, _ text: String, _ head: Head) -> HTML {
    """
    <li><a href="\(resource)"\(if: head.place == resource, " aria-current=\"page\"")>\
    \(text)</a></li>
    """
  }

  func hidden(_ name: String, _ value: String) -> HTML {
    "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
  }

  func hidden(_ name: StaticString, _ value: String) -> HTML { hidden("\(name)", value) }
}
