import Dispatch
import HTTP
import HTTPServer
import Synchronization
import Testing

@Suite("Requests are answered in order (RFC 9112 §9.3)")
struct RequestTests {
  @Test func oneConnectionServesMany() throws {
    let server = try TestServer()
    let client = try server.client()
    for target in ["/", "/page", "/nowhere", "/"] {
      client.get(target)
      let answer = try client.hear()
      #expect(answer.status == (target == "/nowhere" ? 404 : 200))
      #expect(answer.fields["date"]?.hasSuffix("GMT") == true)
      #expect(answer.fields["x-request-id"]?.count == 15)
      #expect(answer.fields["connection"] == nil)
    }
  }

  @Test func pipelinedRequestsKeepTheirOrder() throws {
    let server = try TestServer()
    let client = try server.client()
    let targets = (0..<200).map { ["/", "/page", "/nowhere"][$0 % 3] }
    client.say(targets.map { "GET \($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
    for target in targets {
      let answer = try client.hear()
      switch target {
      case "/": #expect(answer.text == "hello")
      case "/page": #expect(answer.content == TestService.page)
      default: #expect(answer.status == 404)
      }
    }
  }

  @Test func aBurstOfPagesThatTheClientDoesNotTakeIsKept() throws {
    let server = try TestServer()
    let client = try server.client(buffer: 4096)
    client.get("/page")
    _ = try client.hear()
    // Three thousand pages are more than the system's buffers hold.
    let request = "GET /page HTTP/1.1\r\nHost: h\r\n\r\n"
    client.say(String(repeating: request, count: 3000))
    for _ in 0..<3000 { #expect(try client.hear().content == TestService.page) }
    client.get("/")
    #expect(try client.hear().text == "hello")
  }

  @Test func workersAnswerThousandsOfRequests() throws {
    let server = try TestServer()
    let clients = try (0..<16).map { _ in try server.client() }
    let burst = String(repeating: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", count: 500)
    for client in clients { client.say(burst) }
    for client in clients {
      for _ in 0..<500 { #expect(try client.hear().text == "hello") }
    }
    #expect(server.service.calls.load(ordering: .relaxed) <= 8000)
  }

  @Test func singleBytesMakeARequest() throws {
    let server = try TestServer()
    let client = try server.client()
    for byte in "GET / HTTP/1.1\r\nHost: h\r\n\r\n".utf8 { client.say([byte]) }
    #expect(try client.hear().text == "hello")
  }

  @Test func headIsGetWithoutContent() throws {
    let server = try TestServer()
    let client = try server.client()
    for target in ["/", "/page", "/page", "/file", "/file"] {
      client.ask("HEAD", target)
      let head = try client.hear(toHead: true)
      client.get(target)
      let whole = try client.hear()
      for name in ["content-length", "etag", "last-modified", "content-type", "vary"] {
        #expect(head.fields[name] == whole.fields[name], "\(target) \(name)")
      }
    }
  }

  @Test func closeIsSaidAndDone() throws {
    let server = try TestServer()
    for target in ["/", "/page", "/page"] {
      let client = try server.client()
      client.say("GET \(target) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      let answer = try client.hear()
      #expect(answer.fields["connection"] == "close")
      #expect(try client.isOver())
    }
  }

  @Test func nothingIsAnsweredBehindClose() throws {
    let server = try TestServer()
    let client = try server.client()
    client.say(
      "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(try client.hear().status == 200)
    #expect(try client.isOver())
  }

  @Test func http10IsClosedUnlessItAsks() throws {
    let server = try TestServer()
    let client = try server.client()
    client.say("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    #expect(try client.hear().fields["connection"] == "keep-alive")
    client.say("GET /page HTTP/1.0\r\n\r\n")
    #expect(try client.hear().fields["connection"] == "close")
    #expect(try client.isOver())
  }

  @Test(arguments: ["/", "/page", "/file", "/wait"])
  func aClientThatIsDoneTalkingIsAnswered(_ target: String) throws {
    let server = try TestServer()
    server.service.gate.signal()
    let client = try server.client()
    client.get(target)
    client.finishSaying()
    #expect(try client.hear().status == 200)
    #expect(try client.isOver())
  }

  @Test func closedListsOfRequestsAreAnsweredToTheLast() throws {
    let server = try TestServer()
    let client = try server.client()
    client.say(String(repeating: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", count: 20))
    client.finishSaying()
    for _ in 0..<20 { #expect(try client.hear().text == "hello") }
    #expect(try client.isOver())
  }

  @Test(
    arguments: [
      ("please give me the page\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\n\r\n", 400),
      ("GET / HTTP/7.7\r\nHost: h\r\n\r\n", 505),
      ("BREW / HTTP/1.1\r\nHost: h\r\n\r\n", 501),
      ("GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: h\r\nExpect: tea\r\n\r\n", 417),
      ("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 12abc\r\n\r\n", 400),
      ("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: cow, chunked\r\n\r\nmoo", 501),
      ("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
      ("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000000\r\n\r\n", 413),
      ("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n", 413),
      ("POST /refused HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n", 403),
      ("\u{16}\u{03}\u{01}\u{00}\u{05}\u{01}\u{00}\u{00}\u{01}\u{03}\r\n\r\n", 400),
    ] as [(String, Int)])
  func whatIsRefusedClosesTheConnection(_ bytes: String, status: Int) throws {
    let server = try TestServer()
    let client = try server.client()
    client.say(bytes)
    let answer = try client.hear()
    #expect(answer.status == status)
    #expect(answer.fields["connection"] == "close")
    #expect(try client.isOver())
    // The server is well afterwards.
    let other = try server.client()
    other.get("/")
    #expect(try other.hear().status == 200)
  }

  @Test(arguments: [("GET /", "long/", 414), ("GET / HTTP/1.1\r\nHost: h\r\nX: ", "ships", 431)])
  func whatHasNoEndIsRefused(_ beginning: String, _ rest: String, status: Int) throws {
    let server = try TestServer()
    let client = try server.client()
    client.say(beginning + String(repeating: rest, count: 40_000))
    #expect(try client.hear().status == status)
    #expect(try client.isOver())
  }

  @Test func aRefusalBehindGoodRequestsComesLast() throws {
    let server = try TestServer()
    let client = try server.client()
    client.say(
      "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /page HTTP/1.1\r\nHost: h\r\n\r\nnonsense\r\n\r\n")
    #expect(try client.hear().text == "hello")
    #expect(try client.hear().content == TestService.page)
    #expect(try client.hear().status == 400)
    #expect(try client.isOver())
  }
}
