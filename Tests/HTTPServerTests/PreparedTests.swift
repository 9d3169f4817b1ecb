import Dispatch
import Glibc
import HTTP
import HTTPServer
import Synchronization
import Testing

@Suite("What is prepared is given until the service's generation changes")
struct PreparedTests {
  @Test func theServiceIsAskedOnce() throws {
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
    #expect(server.service.calls.load(ordering: .relaxed) == 1)
    let statistics = server.server.statistics
    #expect(statistics.reuseHits == 29)
    #expect(statistics.reuseMisses == 1)
    #expect(statistics.preparedOctets > TestService.page.count)
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

  @Test func theRoomForPreparedAnswersIsBounded() throws {
    let server = try TestServer {
      $0.loops = 1
      $0.limits.preparedOctets = 200_000
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
    #expect(statistics.preparedOctets <= 200_000)
    #expect(statistics.reuseHits == 199)
  }

  @Test func manyWhoAskAtOnceShareOneAnswer() throws {
    let server = try TestServer { $0.loops = 1 }
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
    while server.server.statistics.reuseMisses < clients.count { sched_yield() }
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
    #expect(records.first?.contentOctets == TestService.page.count)
    #expect(records.allSatisfy { $0.seconds > 1_600_000_000 && $0.duration > .zero })
    #expect(Set(records.map(\.id)).count == 4)
  }
}
