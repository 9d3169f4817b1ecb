import Dispatch
import Glibc
import HTTP
import HTTPServer
import System
import Testing

@Suite("Slow clients and crowds do not block the server")
struct LimitTests {
  @Test func halfAHeadIsAnswered408() throws {
    let server = try TestServer { $0.deadlines.head = .milliseconds(150) }
    let client = try server.client()
    client.say("GET / HTTP/1.1\r\nHos")
    let answer = try client.hear()
    #expect(answer.status == 408)
    #expect(answer.fields["connection"] == "close")
    #expect(try client.isOver())
  }

  @Test func dribblingDoesNotMoveTheDeadlineOfAHead() throws {
    let server = try TestServer { $0.deadlines.head = .milliseconds(300) }
    let client = try server.client(wait: 1)
    let start = ContinuousClock.now
    var bytes = Array("GET / HTTP/1.1\r\nHost: h\r\nX: ".utf8)
    // An byte whenever a tenth of a second has passed without an answer.
    var option = timeval(tv_sec: 0, tv_usec: 100_000)
    setsockopt(
      client.descriptor, SOL_SOCKET, SO_RCVTIMEO, &option, socklen_t(MemoryLayout<timeval>.size))
    while ContinuousClock.now - start < .seconds(3) {
      client.say(bytes)
      bytes = [0x78]
      if let answer = try? client.hear() {
        #expect(answer.status == 408)
        break
      }
    }
    #expect(ContinuousClock.now - start < .seconds(2))
  }

  @Test func anIdleConnectionIsClosedSilently() throws {
    let server = try TestServer { $0.deadlines.idle = .milliseconds(150) }
    let fresh = try server.client()
    #expect(try fresh.isOver())
    let used = try server.client()
    used.get("/")
    _ = try used.hear()
    #expect(try used.isOver())
  }

  @Test(arguments: ["/echo", "/upload"])
  func contentThatStallsIsAnswered408(_ target: String) throws {
    let server = try TestServer { $0.deadlines.contentPause = .milliseconds(150) }
    let client = try server.client()
    client.ask("POST", target, ["Content-Length: 100"], [1])
    #expect(try client.hear().status == 408)
    #expect(try client.isOver())
  }

  @Test func whoDoesNotReadIsCut() throws {
    let server = try TestServer { $0.deadlines.writePause = .milliseconds(150) }
    let client = try server.client(buffer: 4096)
    for _ in 0..<10 { client.get("/file") }
    func isCut() -> Bool { server.log.records.contains { $0.isCut } }
    let start = ContinuousClock.now
    while !isCut(), ContinuousClock.now - start < .seconds(10) { sched_yield() }
    #expect(isCut())
    #expect(server.server.statistics.openConnections == 0)
  }

  @Test func aFullLineForTheWorkersIs503() throws {
    let server = try TestServer {
      $0.workers = 1
      $0.waitingRequests = 1
    }
    let first = try server.client()
    first.get("/wait")
    server.service.reached.wait()
    let second = try server.client()
    second.get("/")
    while server.server.statistics.waitingRequests == 0 { sched_yield() }
    let third = try server.client()
    third.get("/page")
    let answer = try third.hear()
    #expect(answer.status == 503)
    #expect(answer.fields["retry-after"] == "2")
    #expect(server.server.statistics.turnedAway == 1)
    server.service.gate.signal()
    #expect(try first.hear().text == "at last")
    #expect(try second.hear().status == 200)
    third.get("/")
    #expect(try third.hear().status == 200)
  }

  @Test func connectionsAreLimitedInAll() throws {
    let server = try TestServer { $0.limits.connections = 2 }
    var clients: [Client] = []
    for _ in 0..<2 {
      let client = try server.client()
      client.get("/")
      #expect(try client.hear().status == 200)
      clients.append(client)
    }
    let extra = try server.client()
    #expect(try extra.hear().status == 503)
    clients.removeLast()
    // As soon as the server has seen that one has left, there is room.
    var status = 0
    for _ in 0..<1000 where status != 200 {
      let client = try server.client()
      client.get("/")
      status = (try? client.hear().status) ?? 0
    }
    #expect(status == 200)
  }

  @Test func connectionsAreLimitedForAnAddress() throws {
    let server = try TestServer { $0.limits.connectionsPerAddress = 1 }
    let first = try server.client()
    first.get("/")
    #expect(try first.hear().status == 200)
    #expect(try server.client().hear().status == 503)
  }

  @Test(arguments: ["/page", "/nowhere", "/who"])
  func whoAsksTooOftenHasToWait(_ target: String) throws {
    let server = try TestServer {
      $0.loops = 1
      $0.rates = [
        .page: .init(perSecond: 0.01, burst: 3), .signIn: .init(perSecond: 0.01, burst: 3),
      ]
    }
    let client = try server.client()
    for number in 1...6 {
      client.get(target)
      let answer = try client.hear()
      #expect((answer.status == 429) == (number > 3))
      #expect(answer.fields["retry-after"] == (number > 3 ? "100" : nil))
      // What has no rate limit is always answered, and other limits are not touched.
      client.get("/")
      #expect(try client.hear().status == 200)
    }
    client.get(target == "/who" ? "/page" : "/who")
    #expect(try client.hear().status == 200)
    client.ask("POST", target, ["Content-Length: 3"], [1, 2, 3])
    #expect(try client.hear().status == 429)
    #expect(try client.isOver())
  }

  @Test func ratesAreThoseOfTheClientBehindTheProxy() throws {
    let server = try TestServer {
      $0.loops = 1
      $0.rates = [.page: .init(perSecond: 0.01, burst: 1)]
      $0.trustedProxies = [Network("127.0.0.1")].compactMap { $0 }
    }
    let client = try server.client()
    for (address, status) in [
      ("192.0.2.1", 200), ("192.0.2.2", 200), ("192.0.2.1", 429), ("2001:db8::1", 200),
      ("2001:db8::2", 429), ("2001:db8:0:1::2", 200),
    ] {
      client.get("/page", "X-Forwarded-For: \(address)")
      #expect(try client.hear().status == status)
    }
    for _ in 0..<3 {
      client.get("/page")
      #expect(try client.hear().status == 200)
    }
  }

  @Test func threeHundredQuietClients() throws {
    let server = try TestServer()
    var crowd: [Client] = []
    for _ in 0..<300 { crowd.append(try server.client()) }
    let client = try server.client(wait: 1)
    client.get("/")
    #expect(try client.hear().status == 200)
    for quiet in crowd { quiet.get("/page") }
    for quiet in crowd { #expect(try quiet.hear().status == 200) }
    #expect(server.server.statistics.openConnections == 301)
  }

  @Test func clientsVanish() throws {
    let server = try TestServer()
    for number in 0..<60 {
      let client = try server.client()
      switch number % 4 {
      case 0: client.get("/file")
      case 1: client.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Le")
      case 2: client.ask("POST", "/upload", ["Content-Length: 500000"], [1, 2, 3])
      default: client.get("/page")
      }
      client.vanish()
    }
    let client = try server.client()
    client.get("/")
    #expect(try client.hear().status == 200)
  }
}
