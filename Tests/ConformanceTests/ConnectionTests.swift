import Glibc
import Testing

func yield() { sched_yield() }

@Suite("Connections persist and close as required (RFC 9112 §9)")
struct ConnectionTests {
  static let cases = [
    Case("9112 §9.3", "HTTP/1.1 persists", get("/probe"), 200, ["connection": nil]),
    Case("9112 §9.6", "close ends it", get("/probe", "Connection: close"), 200, then: .closed),
    Case(
      "9110 §7.6.1", "options in any case", get("/probe", "Connection: Close"), 200, then: .closed),
    Case(
      "9110 §7.6.1", "close in a list", get("/probe", "Connection: a, close"), 200, then: .closed),
    Case(
      "9110 §7.6.1", "close on the second line",
      get("/probe", "Connection: a", "Connection: close"), 200, then: .closed),
    Case(
      "9112 §9.3", "close wins", get("/probe", "Connection: keep-alive, close"), 200, then: .closed),
    Case("9110 §7.6.1", "an option nobody knows", get("/probe", "Connection: tea"), 200),
    Case("9110 §7.6.1", "no option that only looks so", get("/probe", "Connection: closed"), 200),
    Case(
      "9112 §9.3", "HTTP/1.0 does not persist", "GET /probe HTTP/1.0\r\n\r\n", 200, then: .closed),
    Case(
      "9112 §9.3", "HTTP/1.0 persists when it asks, and is told so",
      "GET /probe HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 200, ["connection": "keep-alive"]),
    Case(
      "9110 §7.8", "an upgrade that is not offered is passed over",
      get("/probe", "Connection: upgrade", "Upgrade: h2c"), 200, ["upgrade": nil]),
    Case("9110 §10.1.4", "TE is passed over", get("/probe", "Connection: TE", "TE: trailers"), 200),
    Case("9112 §9.3", "it persists behind an error", get("/nowhere"), 404),
    Case(
      "9112 §9.3", "it persists behind a redirection", get("/moved"), 301, ["location": "/page"]),
    Case("9112 §9.3", "it persists behind 405", request("DELETE /page"), 405),
    Case(
      "9112 §9.3", "content that nobody wanted is read to its end",
      request("PUT /page", "Content-Length: 5", content: "hello"), 405),
    Case(
      "9110 §10.2.3", "who is busy says when to come again", get("/busy"), 503,
      ["retry-after": "120"]),
  ]

  @Test(arguments: cases)
  func connection(_ wanted: Case) throws {
    try check(wanted, on: LibraryServer.shared.get().port)
  }

  @Test("Pipelined requests of all kinds are answered in order (9112 §9.3.2)")
  func pipelining() throws {
    let wire = try Wire(LibraryServer.shared.get().port)
    let requests = [
      ("GET", get("/page"), 200), ("POST", chunked("1\r\na\r\n0\r\n\r\n"), 200),
      ("HEAD", request("HEAD /page"), 200), ("GET", get("/nowhere"), 404),
      ("GET", get("/file", "Range: bytes=0-9"), 206),
      ("GET", get("/page", "If-None-Match: \"v1\""), 304),
      ("POST", post("Content-Length: 1", content: "b"), 200), ("GET", get("/nothing"), 204),
      ("OPTIONS", request("OPTIONS *"), 204), ("DELETE", request("DELETE /page"), 405),
    ]
    let rounds = 20
    for _ in 0..<rounds { wire.send(octets(requests.map(\.1).joined())) }
    for _ in 0..<rounds {
      for (method, message, status) in requests {
        #expect(try wire.answer(to: method).status == status, "\(message)")
      }
    }
  }

  @Test("A half-closed client gets all responses (9112 §9.6)")
  func halfClosed() throws {
    let wire = try Wire(LibraryServer.shared.get().port)
    wire.send(octets(get("/page") + get("/probe") + get("/file")))
    wire.finishSending()
    for _ in 0..<3 { #expect(try wire.answer().status == 200) }
    #expect(try wire.isOver())
  }

  @Test("A refusal comes after earlier responses (9112 §9.3.2)")
  func refusalBehindAnswers() throws {
    let wire = try Wire(LibraryServer.shared.get().port)
    wire.send(octets(get("/page") + get("/echo") + "nonsense\r\n\r\n" + get("/probe")))
    #expect(try wire.answer().status == 200)
    #expect(try wire.answer().text.hasPrefix("GET /echo"))
    #expect(try wire.answer().status == 400)
    #expect(try wire.isOver())
  }
}
