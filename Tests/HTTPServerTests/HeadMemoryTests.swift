import HTTP
import HTTPServer
import Synchronization
import Testing

@Suite("A head that comes again is answered as the first time, but for what its octets do not tell")
struct HeadMemoryTests {
  private let server: TestServer
  private let client: Client

  init() throws {
    server = try TestServer { $0.loops = 1 }
    client = try server.client()
  }

  @Test("What differs between two heads differs between their answers")
  func differences() throws {
    let heads: [(String, [String], status: Int, octets: Int)] = [
      ("GET", [], 200, TestService.page.count),
      ("HEAD", [], 200, 0),
      ("GET", ["Accept-Encoding: gzip"], 200, TestService.smallPage.count),
      ("GET", ["Accept-Encoding: gzip;q=0"], 200, TestService.page.count),
      ("GET", ["If-None-Match: \"v1\""], 304, 0),
      ("GET", ["If-None-Match: \"v2\""], 200, TestService.page.count),
      ("GET", ["Range: bytes=0-9"], 206, 10),
      ("GET", ["Range: bytes=0-8"], 206, 9),
      ("GET", ["If-Match: \"v9\""], 412, 0),
      ("GET", ["If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT"], 304, 0),
      ("GET", ["If-Modified-Since: Tue, 14 Nov 2023 22:13:19 GMT"], 200, TestService.page.count),
      ("GET", ["X: \(String(repeating: "x", count: 2000))"], 200, TestService.page.count),
    ]
    for _ in 0..<4 {
      for (method, fields, status, octets) in heads {
        client.ask(method, "/page", fields)
        let answer = try client.hear(toHead: method == "HEAD")
        #expect(answer.status == status)
        #expect(answer.content.count == octets)
      }
    }
    #expect(server.service.calls.load(ordering: .relaxed) == 1)
  }

  @Test("Each answer has a request id of its own and a line in the log")
  func records() throws {
    var identifiers: Set<String> = []
    for _ in 0..<5 {
      client.get("/page", "User-Agent: Reader/1")
      identifiers.insert(try #require(try client.hear().fields["x-request-id"]))
    }
    server.server.stop(within: .seconds(5))
    let records = server.log.records
    #expect(identifiers.count == 5)
    #expect(Set(records.map(\.id)) == identifiers)
    #expect(records.map(\.isReused) == [false, true, true, true, true])
    #expect(records.allSatisfy { $0.path == "/page" && $0.userAgent == "Reader/1" })
    #expect(records.allSatisfy { $0.contentOctets == TestService.page.count })
    #expect(server.server.statistics.reuseHits == 4)
  }

  @Test("A change is seen at once")
  func changes() throws {
    for generation in 1...4 {
      server.service.counter.store(UInt64(generation), ordering: .relaxed)
      for _ in 0..<3 {
        client.get("/page", "If-None-Match: \"v2\"")
        #expect(try client.hear().status == (generation == 2 ? 304 : 200))
      }
    }
  }

  @Test("A connection is kept or closed as the head says", arguments: [1, 3])
  func connection(times: Int) throws {
    for _ in 0..<times {
      let old = try server.client()
      for _ in 0..<3 {
        old.say("GET /page HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(try old.hear().fields["connection"] == "keep-alive")
      }
      old.say("GET /page HTTP/1.0\r\n\r\n")
      #expect(try old.hear().fields["connection"] == "close")
      #expect(try old.isOver())
      let new = try server.client()
      for _ in 0..<3 {
        new.get("/page")
        #expect(try new.hear().fields["connection"] == nil)
      }
      new.get("/page", "Connection: close")
      #expect(try new.hear().fields["connection"] == "close")
      #expect(try new.isOver())
    }
  }

  @Test("Heads that come together or in pieces are answered as those that come alone")
  func pieces() throws {
    let head = "GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for _ in 0..<2 {
      client.say(head)
      #expect(try client.hear().status == 200)
    }
    client.say(head + head + head)
    for _ in 0..<3 { #expect(try client.hear().content == TestService.page) }
    client.say(String(head.prefix(25)))
    client.get("/page")  // Makes a field out of what stands there: `Host: localGET /page HTTP/1.1`.
    #expect(try client.hear().status == 400)
  }

  @Test("Who asks too often is told so also with the same octets")
  func budget() throws {
    let server = try TestServer {
      $0.loops = 1
      $0.rates = [.page: .init(perSecond: 0.01, burst: 5)]
    }
    let client = try server.client()
    var statuses: [Int] = []
    for _ in 0..<7 {
      client.get("/page")
      statuses.append(try client.hear().status)
    }
    #expect(statuses == [200, 200, 200, 200, 200, 429, 429])
  }

  @Test("What a proxy says is read each time")
  func proxy() throws {
    let server = try TestServer {
      $0.loops = 1
      $0.trustedProxies = [Network("127.0.0.1")].compactMap { $0 }
      $0.rates = [.page: .init(perSecond: 0.01, burst: 2)]
    }
    let client = try server.client()
    for number in [1, 1, 2, 2, 3, 1, 2, 3] {
      client.get("/page", "X-Forwarded-For: 192.0.2.\(number)")
      _ = try client.hear()
    }
    server.server.stop(within: .seconds(5))
    #expect(server.log.records.map(\.status) == [200, 200, 200, 200, 200, 429, 429, 200])
  }
}
