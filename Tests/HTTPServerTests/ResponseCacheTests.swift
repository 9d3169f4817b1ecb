import Dispatch
import Glibc
import HTTP
import HTTPServer
import Synchronization
import Testing

@Suite("A cached response is used until something that it depends on changes")
struct ResponseCacheTests {
  @Test func theServiceIsAskedOnceForEachCoding() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    for _ in 0..<10 {
      client.get("/page")
      #expect(try client.hear().content == TestService.page)
      client.get("/page", "Accept-Encoding: gzip")
      #expect(try client.hear().content == TestService.smallPage)
      client.ask("HEAD", "/page")
      #expect(try client.hear(toHead: true).status == 200)
    }
    // Once for each coding.
    #expect(server.service.calls.load(ordering: .relaxed) == 2)
    let statistics = server.server.statistics
    #expect(statistics.cacheHits == 28)
    #expect(statistics.cacheMisses == 2)
    #expect(statistics.cacheBytes > TestService.page.count)
  }

  @Test func whatMayBeForOnePersonIsNeverReused() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    for _ in 0..<3 {
      client.get("/page")
      #expect(try client.hear().status == 200)
      client.get("/page", "Cookie: theme=dark")
      #expect(try client.hear().status == 200)
    }
    #expect(server.service.calls.load(ordering: .relaxed) == 1)
    for _ in 0..<3 {
      client.get("/page", "Cookie: theme=dark; session=1")
      #expect(try client.hear().status == 200)
    }
    #expect(server.service.calls.load(ordering: .relaxed) == 4)
  }

  @Test func aNewGenerationIsAskedForAgain() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    for generation in 1...5 {
      server.service.counter.store(UInt64(generation), ordering: .relaxed)
      for _ in 0..<3 {
        client.get("/page")
        #expect(try client.hear().fields["etag"] == "\"v\(generation)\"")
      }
    }
    #expect(server.service.calls.load(ordering: .relaxed) == 5)
  }

  @Test func anotherQueryIsAnotherAnswer() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    for target in ["/page", "/page?", "/page?a", "/page?b", "/page", "/page?", "/page?a"] {
      client.get(target)
      #expect(try client.hear().status == 200)
    }
    #expect(server.service.calls.load(ordering: .relaxed) == 4)
  }

  @Test func eachLanguageHasAnAnswerOfItsOwn() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    let cases = [
      (nil, "en"), ("ko-KR, en;q=0.5", "ko"), ("de", "de"), ("fr", "en"), ("de", "de"),
      ("ko", "ko"), ("en-GB", "en"), (nil, "en"),
    ]
    for (value, expected) in cases {
      client.ask("GET", "/language", value.map { ["Accept-Language: \($0)"] } ?? [])
      let answer = try client.hear()
      #expect(answer.text == expected)
      #expect(answer.fields["vary"] == "accept-language")
    }
    #expect(server.service.calls.load(ordering: .relaxed) == 3)
    client.get("/language", "Accept-Language: de", "If-None-Match: \"de\"")
    let unchanged = try client.hear()
    #expect(unchanged.status == 304)
    #expect(unchanged.fields["vary"] == "accept-language")
    client.get("/language", "Accept-Language: de", "If-None-Match: \"en\"")
    #expect(try client.hear().status == 200)
  }

  @Test func anAnswerInAllLanguagesIsMadeOnce() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    for language in ["ko", "de", "en", "ko", "fr"] {
      client.get("/page", "Accept-Language: \(language)")
      let answer = try client.hear()
      #expect(answer.content == TestService.page)
      #expect(answer.fields["vary"] == "accept-encoding")
    }
    #expect(server.service.calls.load(ordering: .relaxed) == 1)
  }

  @Test func eachLoopAsksOnce() throws {
    let server = try TestServer { $0.loops = 4 }
    var clients: [Client] = []
    for _ in 0..<40 {
      let client = try server.client()
      client.get("/page", "Accept-Encoding: gzip")
      #expect(try client.hear().content == TestService.smallPage)
      clients.append(client)
    }
    #expect((1...4).contains(server.service.calls.load(ordering: .relaxed)))
    #expect(server.server.statistics.cacheMisses <= 4)
  }

  @Test func onlyWhatIsMadeOfTheChangedIsAskedForAgain() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    func calls() -> Int { server.service.calls.load(ordering: .relaxed) }
    func askAll() throws {
      for target in ["/made-of/1", "/made-of/2", "/made-of/1?and=2", "/made-of/nothing"] {
        client.get(target)
        #expect(try client.hear().status == 200)
      }
    }
    try askAll()
    try askAll()
    #expect(calls() == 4)
    server.service.change(1)
    try askAll()
    #expect(calls() == 6)
    server.service.change(2)
    server.service.change(3)
    try askAll()
    try askAll()
    #expect(calls() == 8)
  }

  @Test(
    "Conditions and ranges select from a cached response as from any other",
    arguments: [
      ("/file", "Range: bytes=0-9", 206, "bytes 0-9/3000000", 10),
      ("/file", "Range: bytes=2999990-", 206, "bytes 2999990-2999999/3000000", 10),
      ("/file", "Range: bytes=-5", 206, "bytes 2999995-2999999/3000000", 5),
      ("/file", "Range: bytes=1000000-1999999", 206, "bytes 1000000-1999999/3000000", 1_000_000),
      ("/file", "Range: bytes=3000000-", 416, "bytes */3000000", 0),
      ("/file", "Range: bytes=5-2", 200, nil, 3_000_000),
      ("/file", "Range: bytes=0-9\r\nRange: bytes=20-29", 200, nil, 3_000_000),
      ("/file", "Range: bytes=0-9\r\nIf-Range: \"file\"", 206, "bytes 0-9/3000000", 10),
      ("/file", "Range: bytes=0-9\r\nIf-Range: W/\"file\"", 200, nil, 3_000_000),
      ("/file", "Range: bytes=0-9\r\nIf-Range: \"other\"", 200, nil, 3_000_000),
      (
        "/file", "Range: bytes=0-9\r\nIf-Range: Tue, 14 Nov 2023 22:13:20 GMT", 206,
        "bytes 0-9/3000000", 10
      ),
      (
        "/file", "Range: bytes=0-9\r\nIf-Range: Tue, 14 Nov 2023 22:13:21 GMT", 200, nil, 3_000_000
      ),
      ("/file", "If-None-Match: \"file\"\r\nRange: bytes=0-9", 304, nil, 0),
      ("/file", "If-None-Match: W/\"a\", W/\"file\"", 304, nil, 0),
      ("/file", "If-None-Match: *", 304, nil, 0),
      ("/file", "If-None-Match: \"a\"\r\nIf-None-Match: \"file\"", 304, nil, 0),
      ("/file", "If-None-Match: \"other\"\r\nRange: bytes=0-9", 206, "bytes 0-9/3000000", 10),
      ("/file", "If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT", 304, nil, 0),
      ("/file", "If-Modified-Since: Wed, 15 Nov 2023 00:00:00 GMT", 304, nil, 0),
      ("/file", "If-Modified-Since: Tue, 14 Nov 2023 22:13:19 GMT", 200, nil, 3_000_000),
      (
        "/file", "If-None-Match: \"b\"\r\nIf-Modified-Since: Wed, 15 Nov 2023 00:00:00 GMT", 200,
        nil, 3_000_000
      ),
      ("/file", "If-Match: \"file\"\r\nRange: bytes=0-9", 206, "bytes 0-9/3000000", 10),
      ("/file", "If-Match: W/\"file\"", 412, nil, 0),
      ("/file", "If-Match: \"other\"\r\nIf-None-Match: \"file\"", 412, nil, 0),
      ("/file", "If-Unmodified-Since: Tue, 14 Nov 2023 22:13:19 GMT", 412, nil, 0),
      ("/file", "If-Unmodified-Since: Tue, 14 Nov 2023 22:13:20 GMT", 200, nil, 3_000_000),
      ("/file", "Accept-Encoding: identity;q=0, gzip", 406, nil, 0),
      ("/page", "Range: bytes=3-9", 206, "bytes 3-9/11100", 7),
      ("/page", "Accept-Encoding: gzip\r\nRange: bytes=4-9", 206, "bytes 4-9/15", 6),
      (
        "/page", "Accept-Encoding: gzip\r\nRange: bytes=4-9\r\nIf-Range: \"v1\"", 200, nil, 15
      ),
      (
        "/page", "Accept-Encoding: gzip\r\nRange: bytes=4-9\r\nIf-Range: \"v1-gzip\"", 206,
        "bytes 4-9/15", 6
      ),
      ("/page", "Accept-Encoding: gzip\r\nIf-None-Match: \"v1\"", 200, nil, 15),
      ("/page", "Accept-Encoding: gzip\r\nIf-None-Match: \"v1-gzip\"", 304, nil, 0),
    ] as [(String, String, Int, String?, Int)])
  func selection(
    _ target: String, _ fields: String, gives status: Int, _ contentRange: String?, bytes: Int
  ) throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    // The first response is made, the second comes from the cache.
    for turn in 1...2 {
      client.get(target, fields)
      let answer = try client.hear()
      #expect(answer.status == status, "turn \(turn)")
      #expect(answer.fields["content-range"] == contentRange, "turn \(turn)")
      #expect(answer.content.count == bytes, "turn \(turn)")
      if target == "/file", let contentRange, status == 206 {
        let first = contentRange.dropFirst(6).prefix { $0 != "-" }
        let start = try #require(Int(first))
        #expect(
          answer.content == Array(server.service.file.contents[start..<start + bytes]))
        #expect(answer.fields["etag"] == "\"file\"")
        #expect(answer.fields["content-type"] == "application/pdf")
      }
    }
    // What is asked for seldom is not kept: parts in one response, refusals.
    let isKept = status == 200 || status == 304 || contentRange?.contains("-") == true
    #expect((1...(isKept ? 1 : 2)).contains(server.service.calls.load(ordering: .relaxed)))
    client.ask("HEAD", target, fields.split(separator: "\r\n").map(String.init))
    let head = try client.hear(toHead: true)
    // A range is of GET alone.
    #expect(head.status == (status == 206 || status == 416 ? 200 : status))
    #expect(head.content.isEmpty)
  }

  @Test func anExpiredResponseIsMadeAgain() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    for target in ["/expires/0", "/expires/0", "/expires/40000000000", "/expires/40000000000"] {
      client.get(target)
      #expect(try client.hear().status == 200)
    }
    #expect(server.service.calls.load(ordering: .relaxed) == 3)
  }

  @Test func withoutRoomNothingIsKept() throws {
    let server = try TestServer {
      $0.loops = 1
      $0.limits.responseCacheBytes = 0
    }
    let client = try server.client()
    for _ in 0..<3 {
      client.get("/page")
      #expect(try client.hear().content == TestService.page)
    }
    #expect(server.service.calls.load(ordering: .relaxed) == 3)
    #expect(server.server.statistics.cacheBytes == 0)
  }

  @Test func whatIsNotReusableIsAlwaysAskedFor() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    for _ in 0..<3 {
      client.get("/")
      _ = try client.hear()
    }
    client.ask("POST", "/page", ["Content-Length: 0"])
    _ = try client.hear()
    #expect(server.service.calls.load(ordering: .relaxed) == 4)
  }

  @Test func theSizeIsBounded() throws {
    let server = try TestServer {
      $0.loops = 1
      $0.limits.responseCacheBytes = 200_000
    }
    let client = try server.client()
    for number in 0..<200 {
      client.get("/page?\(number)")
      #expect(try client.hear().content == TestService.page)
      // One that is always in use stays.
      client.get("/page")
      #expect(try client.hear().status == 200)
    }
    let statistics = server.server.statistics
    #expect(statistics.cacheBytes <= 200_000)
    #expect(statistics.cacheHits == 199)
  }

  @Test(arguments: [1, 4])
  func manyWhoAskAtOnceShareOneAnswer(loops: Int) throws {
    let server = try TestServer { $0.loops = loops }
    let clients = try askSlowly(server, "/slow")
    server.service.gate.signal()
    for client in clients { #expect(try client.hear().text == "1") }
    #expect(server.service.calls.load(ordering: .relaxed) == 1)
  }

  @Test func anAnswerMadeBeforeAChangeIsNotShared() throws {
    let server = try TestServer { $0.loops = 1 }
    let clients = try askSlowly(server, "/slow")
    server.service.counter.store(2, ordering: .relaxed)
    for _ in clients { server.service.gate.signal() }
    for client in clients.dropFirst() { #expect(try client.hear().text == "2") }
  }

  @Test func anAnswerThatIsNotReusableIsNotShared() throws {
    let server = try TestServer { $0.loops = 1 }
    let clients = try askSlowly(server, "/slow?own")
    for _ in clients { server.service.gate.signal() }
    for client in clients { #expect(try client.hear().status == 200) }
    #expect(server.service.calls.load(ordering: .relaxed) == clients.count)
  }

  /// Has several clients ask for a target that a worker has, and waits until all have been heard.
  private func askSlowly(_ server: TestServer, _ target: String) throws -> [Client] {
    var clients: [Client] = []
    for number in 0..<5 {
      let client = try server.client()
      client.get(target, "X-Number: \(number)")
      if number == 0 { server.service.reached.wait() }
      clients.append(client)
    }
    while server.server.statistics.cacheMisses < clients.count { sched_yield() }
    return clients
  }

  @Test func hitsAreInTheLog() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    for _ in 0..<3 {
      client.get("/page?q=secret")
      _ = try client.hear()
    }
    client.say("nonsense\r\n\r\n")
    _ = try client.hear()
    server.server.stop(within: .seconds(5))
    let records = server.log.records
    #expect(records.map(\.isReused) == [false, true, true, false])
    #expect(records.map(\.status) == [200, 200, 200, 400])
    #expect(records.map(\.path) == ["/page", "/page", "/page", ""])
    #expect(records.map(\.method) == [.get, .get, .get, nil])
    #expect(records.allSatisfy { $0.client == "127.0.0.1" && $0.id.count == 15 && !$0.isCut })
    #expect(records.first?.contentBytes == TestService.page.count)
    #expect(records.allSatisfy { $0.time > 1_600_000_000_000_000_000 && $0.duration > 0 })
    #expect(Set(records.map(\.id)).count == 4)
  }
}
