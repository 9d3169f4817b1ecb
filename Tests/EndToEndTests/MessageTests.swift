import Testing

extension EndToEnd {
  @Suite("Messages on the wire follow RFC 9110 and 9112")
  struct MessageTests {
    let server: ServerProcess

    init() throws { server = try Demo.server }

    @Test(
      "A request that must be refused is refused, the connection ended, the next client served",
      arguments: [
        ("nonsense\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\nHost: two words\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n", [400]),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: \u{0}\r\n\r\n", [400]),
        ("GET / HTTP/7.7\r\nHost: a\r\n\r\n", [505]),
        ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", [400]),
        ("POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Length: 1x\r\n\r\n", [400]),
        ("POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", [400]),
        (
          "POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n",
          [400]
        ),
        (
          "POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775808\r\n\r\n",
          [400, 413]
        ),
        ("POST /subscribe HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: cow\r\n\r\n", [400]),
        (
          "POST /subscribe HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: cow, chunked\r\n\r\n", [501]
        ),
        (
          "POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded"
            + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", [400]
        ),
        (
          "POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded"
            + "\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\nhello\r\n", [400, 413]
        ),
      ] as [(String, [Int])])
    func refuses(_ message: String, with expected: [Int]) throws {
      let wire = try server.wire()
      try wire.send(message)
      let answer = try wire.answer()
      #expect(expected.contains(answer.status), "got \(answer.status)")
      #expect(try wire.ends())
      #expect(try server.fetch("/health/live").status == 200)
    }

    @Test("What is too long gets the status that says so")
    func limits() throws {
      #expect(try refusal("GET /\(String(repeating: "a", count: 9000)) HTTP/1.1\r\n") == 414)
      #expect(
        try refusal(
          "GET / HTTP/1.1\r\nHost: a\r\nX-Weight: \(String(repeating: "g", count: 20000))\r\n")
          == 431)
      #expect(
        try refusal("POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000000\r\n\r\n")
          == 413)
    }

    private func refusal(_ message: String) throws -> Int {
      let wire = try server.wire()
      // The server may close before it has read everything; its answer is there all the same.
      try? wire.send(message)
      return try wire.answer().status
    }

    @Test("Pipelined requests are answered in their order on one connection")
    func pipelining() throws {
      let wire = try server.wire()
      let targets = ["/health/live", "/nowhere", Demo.seed, Demo.long + ".pdf", "/health/live"]
      try wire.send(targets.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
      let statuses = try targets.map { _ in try wire.answer().status }
      #expect(statuses == [200, 404, 200, 200, 200])
    }

    @Test("Requests arrive in any pieces")
    func pieces() throws {
      let wire = try server.wire()
      for octet in "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".utf8 { try wire.send([octet]) }
      #expect(try wire.answer().status == 200)
    }

    @Test("A connection ends when the client asks, and after HTTP/1.0")
    func ends() throws {
      for head in [
        "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /health/live HTTP/1.0\r\n\r\n",
      ] {
        let wire = try server.wire()
        try wire.send(head)
        #expect(try wire.answer().status == 200)
        #expect(try wire.ends())
      }
    }

    @Test("A method that a resource does not have is answered with those it has")
    func methods() throws {
      let answer = try server.fetch(Demo.seed, method: "DELETE")
      #expect(answer.status == 405)
      let allowed = (answer["allow"] ?? "").split(separator: ",").map(\.trimmed)
      #expect(Set(allowed).isSuperset(of: ["GET", "HEAD"]))
      #expect(try server.fetch("/", method: "BREW").status == 501)
    }

    @Test(
      "HEAD has the fields of GET and no content",
      arguments: ["/", Demo.seed, Demo.long + ".pdf", "/health", "/nowhere", "/search?q=korea"])
    func head(_ target: String) throws {
      let wire = try server.wire()
      try wire.send("HEAD \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
      let head = try wire.answer(to: "HEAD")
      let get = try server.fetch(target)
      #expect(head.status == get.status)
      for name in ["content-type", "etag", "last-modified", "cache-control", "vary"] {
        #expect(head[name] == get[name], "\(name)")
      }
      try wire.send("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try wire.answer().status == 200)
    }

    @Test("A validator saves the second download", arguments: ["/", Demo.seed, Demo.long + ".pdf"])
    func conditions(_ target: String) throws {
      let first = try server.fetch(target)
      let tag = try #require(first["etag"])
      #expect(first.status == 200)
      for value in [tag, "\"other\", \(tag)", "*"] {
        let second = try server.fetch(target, ["If-None-Match: \(value)"])
        #expect(second.status == 304, "If-None-Match: \(value)")
        #expect(second["etag"] == tag)
      }
      #expect(try server.fetch(target, ["If-None-Match: \"other\""]).status == 200)
      #expect(try server.fetch(target, ["If-Match: \"other\""]).status == 412)
      if let date = first["last-modified"] {
        #expect(try server.fetch(target, ["If-Modified-Since: \(date)"]).status == 304)
      }
    }

    @Test("Ranges of a PDF are its octets")
    func ranges() throws {
      let target = Demo.long + ".pdf"
      let whole = try server.fetch(target)
      let length = whole.content.count
      try #require(length > 20_000)
      #expect(whole["accept-ranges"] == "bytes")
      for (range, expected) in [
        ("0-99", 0..<100), ("100-", 100..<length), ("-7", (length - 7)..<length),
        ("1000-9223372036854775807", 1000..<length),
      ] {
        let part = try server.fetch(target, ["Range: bytes=\(range)"])
        #expect(part.status == 206)
        #expect(
          part["content-range"]
            == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/\(length)")
        #expect(part.content == Array(whole.content[expected]))
      }
      let beyond = try server.fetch(target, ["Range: bytes=\(length)-"])
      #expect(beyond.status == 416)
      #expect(beyond["content-range"] == "bytes */\(length)")
      #expect(
        try server.fetch(target, ["Range: bytes=0-9", "If-Range: \"other\""]).status == 200)
      let tag = try #require(whole["etag"])
      #expect(try server.fetch(target, ["Range: bytes=0-9", "If-Range: \(tag)"]).status == 206)
    }

    @Test("Pages are compressed for those who ask, and for no one else")
    func coding() throws {
      let plain = try server.fetch(Demo.seed)
      let coded = try server.fetch(Demo.seed, ["Accept-Encoding: gzip"])
      #expect(plain["content-encoding"] == nil)
      #expect(coded["content-encoding"] == "gzip")
      #expect(coded.content.starts(with: [0x1F, 0x8B]))
      #expect(coded.content.count < plain.content.count)
      #expect(coded["etag"] != plain["etag"])
      for answer in [plain, coded] {
        #expect(answer["vary"]?.lowercased().contains("accept-encoding") == true)
      }
      #expect(
        try server.fetch(Demo.seed, ["Accept-Encoding: gzip;q=0"])["content-encoding"] == nil)
    }

    @Test("A client that waits is told to go on")
    func expectation() throws {
      let wire = try server.wire(patience: 5)
      let content = "email=reader%40example.org"
      try wire.send(
        "POST /subscribe HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
          + "Content-Type: application/x-www-form-urlencoded\r\n"
          + "Content-Length: \(content.utf8.count)\r\n\r\n")
      try wire.send(content)
      #expect([200, 202, 303].contains(try wire.answer().status))
    }

    @Test("Clients that vanish in the middle leave the server as it was")
    func vanishing() throws {
      for number in 0..<20 {
        let wire = try server.wire()
        try wire.send(
          number % 2 == 0
            ? "GET \(Demo.long).pdf HTTP/1.1\r\nHost: a\r\n\r\n"
            : "POST /subscribe HTTP/1.1\r\nHost: a\r\nContent-Len")
        wire.vanish()
      }
      #expect(try server.fetch("/health").status == 200)
    }

    @Test(
      "No target leaves the site",
      arguments: [
        "/../../../etc/hosts", "/publications/..%2F..%2F..%2Fetc%2Fhosts",
        "/%2e%2e/%2e%2e/etc/hosts", "/publications/%00", "/%", "/%G1", "/search?q=%E0%A4%A",
        "//etc/hosts", "/publications/" + String(repeating: "a", count: 3000),
      ])
    func traversal(_ target: String) throws {
      let answer = try server.fetch(target)
      #expect(answer.status < 500)
      #expect(!answer.text.contains("localhost"))
    }
  }
}
