import Archive
import HTTP
import HTTPServer
import Site
import Testing

@Suite("Each resource behaves as its route declares")
struct RouteTests {
  private let site: TestSite

  init() throws {
    site = try TestSite()
    try site.deposit(TestSite.record())
  }

  private func request(
    _ method: HTTP.Method, _ resource: Resource, _ fields: Fields = [:], form: String? = nil
  ) -> Request {
    var request = Request(
      method: method, path: resource.path, fields: fields,
      content: form.map { .bytes(Array($0.utf8)) } ?? .none)
    if form != nil { request.fields.set("Content-Type", to: "application/x-www-form-urlencoded") }
    return request
  }

  @Test(arguments: Resource.samples) func onlyPathsOfStaffAreForStaff(_ resource: Resource) {
    let isBelowStaff =
      resource.path == "/staff" || resource.path.hasPrefix("/staff/")
      || resource.path.hasPrefix("/staff.")
    #expect(resource.isForStaff == isBelowStaff)
  }

  @Test(arguments: Resource.samples.filter(\.isForStaff))
  func nothingForStaffWithoutASession(_ resource: Resource) throws {
    guard case .staff = resource.route.access else { return }
    for fields: Fields in [[:], ["Cookie": "__Host-offprint-session=c2FtcGxlLXRva2VuLWZvci0"]] {
      for method in resource.route.methods {
        let answer = site.site.response(
          to: request(method, resource, fields, form: method == .post ? "title=A" : nil))
        if resource.route.body == .part {
          // For a script.
          #expect(answer.status == .unauthorized)
        } else if method == .post {
          #expect(answer.status == .forbidden)
        } else {
          #expect(answer.status == .seeOther)
          #expect(answer.fields["Location"] == "/staff/sign-in")
        }
        #expect(!answer.text.contains("Russia and the Koreas"))
      }
    }
  }

  @Test(arguments: Resource.samples, [Role.author, .editor])
  func nothingForAHigherRole(_ resource: Resource, _ role: Role) throws {
    guard case .staff(let least) = resource.route.access, role < least else { return }
    let staff = try site.signIn(as: role)
    for method in resource.route.methods {
      let answer = site.site.response(
        to: request(
          method, resource, staff.fields,
          form: method == .post ? "form-token=\(staff.token)&title=A" : nil))
      #expect(answer.status == .forbidden)
    }
  }

  @Test(arguments: Resource.samples) func formsOfStaffNeedTheirToken(_ resource: Resource) throws {
    guard case .staff(let role) = resource.route.access, resource.route.methods.contains(.post)
    else { return }
    let staff = try site.signIn(as: role)
    let answer = site.site.response(
      to: request(.post, resource, staff.fields, form: "form-token=0123456789abcdef&title=A"))
    #expect(answer.status == .forbidden)
  }

  @Test(arguments: Resource.samples) func whatIsForOnePersonIsStoredNowhere(_ resource: Resource)
    throws
  {
    guard resource.route.access != .everyone else { return }
    let staff = try site.signIn()
    for fields: Fields in [[:], staff.fields] where resource.route.methods.contains(.get) {
      let answer = site.site.response(to: request(.get, resource, fields))
      // The page that says that there is nothing is the same for everyone.
      #expect(
        answer.fields["Cache-Control"]?.contains("no-store") == true || answer.status == .notFound)
      #expect(!answer.isReusable)
      switch resource.route.security {
      case .privatePage: #expect(answer.fields["Referrer-Policy"] == "same-origin")
      case .tokenPage, .message, .drawing:
        #expect(answer.fields["Referrer-Policy"] == "no-referrer")
      case .page, .document, .drawnPage: break
      }
    }
  }

  @Test(arguments: Resource.samples) func headIsLikeGet(_ resource: Resource) throws {
    guard resource.route.methods.contains(.get) else { return }
    #expect(resource.route.methods.contains(.head))
    let staff = try site.signIn()
    for fields: Fields in [[:], staff.fields] {
      let get = site.site.response(to: request(.get, resource, fields))
      let head = site.site.response(to: request(.head, resource, fields))
      #expect(head.status == get.status)
      let lines = { (response: Response) in
        response.fields.lines.filter { $0.name != "set-cookie" }
      }
      #expect(lines(head) == lines(get))
    }
  }

  @Test(arguments: Resource.samples) func clientsAreLimited(_ resource: Resource) {
    let get = site.site.rate(of: request(.get, resource))
    let post = site.site.rate(of: request(.post, resource))
    switch resource.path {
    case "/health", "/health/live", "/metrics":
      // What a monitor asks for is never refused.
      #expect(get == nil)
    default:
      #expect(resource.route.methods == [.post] || get == .page)
    }
    guard resource.route.methods.contains(.post) else { return }
    #expect(post != nil)
    if resource.route.access == .signIn { #expect(post == .signIn) }
    if resource.route.access == .token { #expect(post == .mailingList) }
  }

  @Test(arguments: Resource.samples) func searchesAndFilteredListsAreCostly(_ resource: Resource) {
    let cost = { (query: String?) in
      site.site.cost(of: Request(method: .get, path: resource.path, query: query))
    }
    switch resource.path {
    case "/search", "/suggest", "/api/search", "/related", "/api/related", "/oai",
      "/counter/r51/reports/ir":
      #expect(cost(nil) == .costly)
      #expect(cost("q=a") == .costly)
    case "/publications", "/authors", "/feed.atom", "/api/publications":
      #expect(cost(nil) == .page)
      #expect(cost("page=3000") == .costly)
    default:
      // Files and pages, the most of which are cached, are never refused.
      #expect(cost(nil) != .costly)
    }
    if resource.route.access != .everyone { #expect(cost("a=b") == .page) }
  }

  @Test func browsersFetchStyleSheets() throws {
    let page = site.get("/").text
    let link = try #require(page.firstMatch(of: #/<link rel="stylesheet" href="([^"]*)"/#))
    #expect(site.site.cost(of: Request(method: .get, path: String(link.1))) == .styleSheet)
  }

  @Test func whatIsNotThereIsLimitedToo() {
    #expect(site.site.rate(of: Request(method: .get, path: "/nowhere")) == .page)
  }

  @Test(arguments: Resource.samples) func crawlersAreKeptFromWhatIsForOnePerson(
    _ resource: Resource
  ) {
    let closed = site.get("/robots.txt").text.split(separator: "\n").compactMap { line in
      line.hasPrefix("Disallow: ") ? String(line.dropFirst(10)) : nil
    }
    let isClosed = closed.contains { resource.path.hasPrefix($0) }
    if resource.route.access != .everyone { #expect(isClosed) }
    if resource.route.use != nil { #expect(!isClosed) }
  }
}
