import HTTPServer
import System
import Testing

@Suite("The site's resources follow RFC 9110 and RFC 9111")
struct SiteTests {
  static let methods = [
    Case(
      "9110 §15.5.6", "an article is only read", request("DELETE \(SiteServer.article)"), 405,
      ["allow": "GET, HEAD, OPTIONS"]),
    Case("9110 §15.5.6", "nor is a PDF put", request("PUT \(SiteServer.document)"), 405),
    Case(
      "9110 §10.2.1", "what is posted to says so", request("DELETE /subscribe"), 405,
      ["allow": "GET, HEAD, POST, OPTIONS"]),
    Case(
      "9110 §9.3.7", "OPTIONS of a resource", request("OPTIONS /"), 204,
      ["allow": "GET, HEAD, OPTIONS"]),
    Case("9110 §9.3.7", "OPTIONS *", request("OPTIONS *"), 204, ["allow": .present]),
    Case("9110 §15.5.5", "nothing there", get("/nowhere"), 404),
    Case(
      "9110 §15.4.2", "another spelling is moved", get("/publications/"), 301,
      ["location": "/publications"]),
    Case("9110 §9.3.2", "HEAD of what is not there", request("HEAD /nowhere"), 404),
    Case(
      "9110 §14.4", "a part of the PDF", get(SiteServer.document, "Range: bytes=0-7"), 206,
      ["content-range": .contains("bytes 0-7/"), "content-type": "application/pdf"],
      content: "%PDF-1.7"),
    Case(
      "9110 §15.5.17", "behind the PDF's end", get(SiteServer.document, "Range: bytes=9999-"), 416),
    Case(
      "9110 §15.5.16", "a form that is none",
      request("POST /subscribe", "Content-Type: text/plain", "Content-Length: 1", content: "a"),
      415, then: .kept),
  ]

  static let caching = [
    Case(
      "9111 §5.2.2", "pages are for shared caches", get(SiteServer.article), 200,
      ["cache-control": .contains("public, max-age="), "etag": .present, "vary": .present]),
    Case(
      "5861 §3", "and may be stale for a while", get("/"), 200,
      ["cache-control": .contains("stale-while-revalidate=")]),
    Case(
      "5861 §4", "or while the server fails", get("/"), 200,
      ["cache-control": .contains("stale-if-error=")]),
    Case(
      "9111 §5.2.2.10", "shared caches have an age of their own", get("/"), 200,
      ["cache-control": .contains("s-maxage=")]),
    Case(
      "9111 §5.2.2", "PDFs", get(SiteServer.document), 200,
      [
        "cache-control": "public, no-cache", "etag": .present,
        "last-modified": .present,
      ]),
    Case(
      "9111 §5.2.2", "searches", get("/search?q=sea"), 200,
      ["cache-control": .contains("max-age=30")]),
    Case(
      "9111 §5.2.2", "what is not there", get("/nowhere"), 404,
      ["cache-control": "public, max-age=10"]),
    Case(
      "9110 §10.1.1", "who waits for 100 hears at once that nothing is there",
      "POST /nowhere HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n", 404,
      then: .closed),
    Case(
      "9110 §10.1.1", "or that the method is not allowed",
      "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n", 405,
      then: .closed),
    Case(
      "9111 §5.2.2.5", "health is never stored", get("/health"), 200,
      ["cache-control": "no-store", "etag": nil]),
    Case(
      "9111 §5.2.2.5", "nor what is for staff", get("/staff/sign-in"), 200,
      ["cache-control": "no-store"]),
    Case(
      "9111 §5.2.2.5", "nor a refusal of a method", request("DELETE /"), 405,
      ["cache-control": "no-store"]),
    Case(
      "9111 §4.3", "a page is validated by its tag", get("/", "If-None-Match: *"), 304,
      ["cache-control": .contains("public"), "etag": .present, "vary": .present]),
    Case("6265 §3", "no cookie on a public page", get("/"), 200, ["set-cookie": nil]),
  ]

  @Test(arguments: methods + caching)
  func answer(_ wanted: Case) throws {
    try check(
      wanted, on: SiteServer.shared.get().port, probe: "/health/live", saying: "live")
  }

  @Test(
    "HEAD says what GET says (9110 §9.3.2)",
    arguments: [
      "/", "/publications", SiteServer.article, SiteServer.document, "/search?q=sea", "/feed.atom",
      "/sitemap.xml", "/robots.txt", "/api/search?q=sea", "/health/live", "/subscribe", "/nowhere",
      "/staff/sign-in",
    ])
  func head(_ target: String) throws {
    let server = try SiteServer.shared.get()
    for coding in ["identity", "gzip"] {
      let whole = try server.answer(to: get(target, "Accept-Encoding: \(coding)"))
      let head = try server.answer(
        to: request("HEAD \(target)", "Accept-Encoding: \(coding)"), method: "HEAD")
      #expect(head.status == whole.status)
      #expect(head["content-length"] == "\(whole.content.count)")
      for name in ["content-type", "etag", "last-modified", "cache-control", "vary"] {
        #expect(head[name] == whole[name], "\(name)")
      }
    }
  }

  @Test(
    "Two nodes give the same content the same validators (9110 §8.8)",
    arguments: ["/", SiteServer.article, SiteServer.document, "/feed.atom", "/sitemap.xml"])
  func nodes(_ target: String) throws {
    let one = try SiteServer.shared.get().answer(to: get(target))
    let other = try SiteServer().answer(to: get(target))
    #expect(one["etag"] != nil)
    #expect(one["etag"] == other["etag"])
    #expect(one.content == other.content)
  }

  @Test("Each rate class has its limit, and monitors have none (6585 §4)")
  func rates() throws {
    let server = try SiteServer { configuration in
      for rate in RateClass.allCases {
        configuration.rates[rate] = .init(perSecond: 0.01, burst: 2)
      }
    }
    let form = "Content-Type: application/x-www-form-urlencoded"
    let kinds = [
      [get("/"), get(SiteServer.article), get(SiteServer.document), get("/nowhere")],
      (0..<4).map { _ in
        request("POST /staff/sign-in", form, "Content-Length: 3", content: "a=b")
      },
      (0..<4).map { _ in request("POST /subscribe", form, "Content-Length: 3", content: "a=b") },
    ]
    for messages in kinds {
      for (number, message) in messages.enumerated() {
        let answer = try server.answer(to: message)
        #expect((answer.status == 429) == (number >= 2), "\(message)")
        #expect((answer["retry-after"] != nil) == (number >= 2), "\(message)")
      }
    }
    for _ in 0..<10 {
      for target in ["/health", "/health/live", "/metrics"] {
        #expect(try server.answer(to: get(target)).status == 200)
      }
    }
  }

  @Test("An unlimited network has no rate limit (6585 §4)")
  func unlimited() throws {
    let server = try SiteServer { configuration in
      configuration.rates[.page] = .init(perSecond: 0.01, burst: 1)
      configuration.limits.connectionsPerAddress = 1
      configuration.unlimited = [Network("127.0.0.0/8")].compactMap { $0 }
    }
    let open = try (0..<5).map { _ in try Wire(server.port) }
    for wire in open {
      wire.send(octets(get("/")))
      #expect(try wire.answer().status == 200)
    }
  }
}
