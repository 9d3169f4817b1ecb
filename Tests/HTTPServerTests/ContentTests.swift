import Glibc
import HTTP
import HTTPServer
import Synchronization
import Testing

@Suite("Content is received whole, within its limit (RFC 9110 §6.4, RFC 9112 §6)")
struct ContentTests {
  @Test func contentByLengthAndTheNextRequest() throws {
    let server = try TestServer()
    let client = try server.client()
    client.say(
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 7\r\n\r\nHarbourGET / HTTP/1.1\r\nHost: h\r\n\r\n"
    )
    #expect(try client.hear().text == "Harbour")
    #expect(try client.hear().text == "hello")
  }

  @Test func contentInChunks() throws {
    let server = try TestServer()
    let client = try server.client()
    client.ask("POST", "/echo", ["Transfer-Encoding: chunked"])
    for chunk in ["4\r\nHarb\r\n", "3;x=1\r\nour\r\n", "0\r\n", "X-Trailer: t\r\n\r\n"] {
      client.say(chunk)
    }
    #expect(try client.hear().text == "Harbour")
    client.get("/")
    #expect(try client.hear().text == "hello")
  }

  @Test func chunksBeyondTheLimitAreRefused() throws {
    let server = try TestServer()
    let client = try server.client()
    client.ask("POST", "/echo", ["Transfer-Encoding: chunked"])
    for _ in 0..<40 { client.say("20\r\n" + String(repeating: "x", count: 32) + "\r\n") }
    #expect(try client.hear().status == 413)
    #expect(try client.isOver())
  }

  @Test func theClientIsToldToGoOn() throws {
    let server = try TestServer()
    let client = try server.client()
    client.ask("POST", "/echo", ["Content-Length: 4", "Expect: 100-continue"])
    #expect(try client.hear().status == 100)
    client.say("Pier")
    #expect(try client.hear().text == "Pier")
    client.ask("POST", "/echo", ["Content-Length: 4000", "Expect: 100-continue"])
    #expect(try client.hear().status == 413)
    #expect(try client.isOver())
  }

  @Test(arguments: [1, 70_000, 262_144, 3_000_001])
  func contentGoesToAFileThatIsThenRemoved(_ count: Int) throws {
    let server = try TestServer()
    let client = try server.client()
    let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 + $0 >> 9) }
    client.ask("POST", "/upload", ["Content-Length: \(count)"], content)
    let sum = content.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) }
    #expect(try client.hear().text == "\(count) 600 \(sum)")
    #expect(entries(of: server.service.folder).isEmpty)
    client.get("/")
    #expect(try client.hear().text == "hello")
  }

  @Test func anUploadInChunksIsPutTogether() throws {
    let server = try TestServer()
    let client = try server.client()
    let piece = [UInt8](repeating: 0x61, count: 100_000)
    client.ask("POST", "/upload", ["Transfer-Encoding: chunked"])
    for _ in 0..<10 {
      client.say("186a0\r\n")
      client.say(piece)
      client.say("\r\n")
    }
    client.say("0\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(try client.hear().text.hasPrefix("1000000 600 "))
    #expect(try client.hear().text == "hello")
  }

  @Test func anUploadBeyondItsLimitLeavesNoFile() throws {
    let server = try TestServer()
    let client = try server.client()
    client.ask("POST", "/upload", ["Transfer-Encoding: chunked"])
    let chunk = Array("f4240\r\n".utf8) + [UInt8](repeating: 0, count: 1_000_000) + [13, 10]
    for _ in 0..<11 { client.say(chunk) }
    #expect(try client.hear().status == 413)
    #expect(try client.isOver())
    server.server.stop(within: .seconds(5))
    #expect(entries(of: server.service.folder).isEmpty)
  }

  @Test func anUploadThatIsGivenUpLeavesNoFile() throws {
    let server = try TestServer()
    do {
      let client = try server.client()
      client.ask(
        "POST", "/upload", ["Content-Length: 5000000"], [UInt8](repeating: 1, count: 2_000_000))
      client.vanish()
    }
    let client = try server.client()
    client.get("/")
    #expect(try client.hear().status == 200)
    server.server.stop(within: .seconds(5))
    #expect(entries(of: server.service.folder).isEmpty)
  }

  @Test func aFileThatCannotBeMadeIsTheServersFault() throws {
    let server = try TestServer()
    let client = try server.client()
    client.ask("POST", "/full", ["Content-Length: 5"], Array("hello".utf8))
    #expect(try client.hear().status == 500)
    #expect(try client.isOver())
  }

  @Test func halfOfTheContentIsNoRequest() throws {
    let server = try TestServer()
    let client = try server.client()
    client.ask("POST", "/echo", ["Content-Length: 100"], [1, 2, 3])
    client.finishSaying()
    #expect(try client.hear().status == 400)
    #expect(try client.isOver())
    #expect(server.service.calls.load(ordering: .relaxed) == 0)
  }

  @Test(
    "A body sent to a resource that takes none is cut off after at most 256 KiB",
    arguments: ["Content-Length: 67108864", "Transfer-Encoding: chunked"])
  func unwantedBody(_ framing: String) throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    client.ask("POST", "/bodiless", [framing])
    let piece = [UInt8](repeating: 0x61, count: 1 << 20)
    for _ in 0..<64 {
      if framing.hasPrefix("T") { client.say("100000\r\n") }
      client.say(piece)
      if framing.hasPrefix("T") { client.say("\r\n") }
    }
    while server.server.statistics.openConnections > 0 { sched_yield() }
    #expect(server.server.statistics.receivedBytes <= 256 << 10)
    #expect(server.service.calls.load(ordering: .relaxed) == 0)
  }

  @Test func aSmallBodyThatIsNotWantedIsDropped() throws {
    let server = try TestServer()
    let client = try server.client()
    client.ask("POST", "/bodiless", ["Content-Length: 5"], Array("hello".utf8))
    #expect(try client.hear().status == 404)
    client.get("/")
    #expect(try client.hear().text == "hello")
  }
}
