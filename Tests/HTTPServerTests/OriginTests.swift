import HTTP
import HTTPServer
import System
import Testing

@Suite("Only trusted proxies determine the client address (RFC 7239)")
struct OriginTests {
  @Test(
    arguments: [
      ([], "127.0.0.1 false"),
      (["X-Forwarded-For: 192.0.2.7"], "192.0.2.7 false"),
      (["X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.1.2.3"], "192.0.2.7 false"),
      (["X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 192.0.2.7"], "192.0.2.7 false"),
      (["X-Forwarded-For: 192.0.2.7:4711", "X-Forwarded-Proto: https"], "192.0.2.7 true"),
      (["X-Forwarded-For: 2001:db8::7"], "2001:db8::7 false"),
      (["X-Forwarded-For: 192.0.2.7, unknown"], "127.0.0.1 false"),
      (["X-Forwarded-For: 10.1.2.3"], "10.1.2.3 false"),
      (["Forwarded: for=192.0.2.7;proto=https;by=10.0.0.1"], "192.0.2.7 true"),
      (["Forwarded: for=6.6.6.6, For=\"[2001:db8::7]:4711\""], "2001:db8::7 false"),
      (["Forwarded: for=_hidden"], "127.0.0.1 false"),
      (["X-Forwarded-For: 300.300.300.300"], "127.0.0.1 false"),
      (["Forwarded: for=6.6.6.6", "X-Forwarded-For: 192.0.2.7"], "127.0.0.1 false"),
      (["Forwarded: for=192.0.2.7", "X-Forwarded-For: 192.0.2.7"], "192.0.2.7 false"),
      (["X-Forwarded-Proto: https, http"], "127.0.0.1 false"),
    ] as [([String], String)])
  func fieldsOfATrustedProxy(_ fields: [String], say expected: String) throws {
    let server = try TestServer {
      $0.trustedProxies = ["127.0.0.0/8", "10.0.0.0/8"].compactMap { Network($0) }
    }
    let client = try server.client()
    client.ask("GET", "/who", fields + ["X-Request-Id: abc-1"])
    let answer = try client.hear()
    #expect(answer.text == expected + " abc-1")
    #expect(answer.fields["x-request-id"] == "abc-1")
  }

  @Test(
    "Who came by TLS is told to go on so, and nobody else (RFC 6797 §7.2)",
    arguments: [
      (["X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https"], true),
      (["X-Forwarded-Proto: https"], true),
      (["X-Forwarded-Proto: http"], false),
      (["Forwarded: for=192.0.2.7;proto=https"], true),
      (["Forwarded: for=192.0.2.7;proto=http"], false),
      ([], false),
    ] as [([String], Bool)])
  func transport(_ fields: [String], isSecure: Bool) throws {
    for isTrusted in [true, false] {
      let server = try TestServer {
        $0.loops = 1
        if isTrusted { $0.trustedProxies = [Network("127.0.0.1")].compactMap { $0 } }
      }
      let client = try server.client()
      let expected = isTrusted && isSecure ? "max-age=31536000" : nil
      // Made by a worker, prepared, a part, not modified, nowhere.
      for (target, more) in [
        ("/page", []), ("/page", []), ("/page", ["Range: bytes=0-9"]),
        ("/page", ["If-None-Match: *"]), ("/nowhere", []), ("/refused", ["Content-Length: 1"]),
      ] {
        client.ask("GET", target, fields + more)
        #expect(try client.hear().fields["strict-transport-security"] == expected, "\(target)")
      }
    }
  }

  @Test func whereAllComeByTLSAllAreTold() throws {
    let server = try TestServer { $0.isBehindTLS = true }
    let client = try server.client()
    client.get("/who")
    let answer = try client.hear()
    #expect(answer.text.hasPrefix("127.0.0.1 true "))
    #expect(answer.fields["strict-transport-security"] != nil)
    client.say("nonsense\r\n\r\n")
    #expect(try client.hear().fields["strict-transport-security"] != nil)
  }

  @Test func otherPeersAreNotBelieved() throws {
    let server = try TestServer { $0.trustedProxies = [Network("10.0.0.0/8")].compactMap { $0 } }
    let client = try server.client()
    client.get(
      "/who", "X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https", "X-Request-Id: mine")
    let answer = try client.hear()
    #expect(answer.text.hasPrefix("127.0.0.1 false "))
    #expect(answer.fields["x-request-id"] != "mine")
  }

  @Test func aCachedResponseIsLoggedForTheClientBehindTheProxy() throws {
    let server = try TestServer {
      $0.loops = 1
      $0.trustedProxies = [Network("127.0.0.1")].compactMap { $0 }
    }
    let client = try server.client()
    for number in 1...3 {
      client.get("/page", "X-Forwarded-For: 192.0.2.\(number)")
      #expect(try client.hear().status == 200)
    }
    server.server.stop(within: .seconds(5))
    #expect(server.log.records.map(\.client) == ["192.0.2.1", "192.0.2.2", "192.0.2.3"])
    #expect(server.log.records.map(\.isReused) == [false, true, true])
  }

  @Test func recordsNameTheUserAgentOfTheirOwnRequest() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    let long = String(repeating: "x", count: 600)
    for line in ["User-Agent: Reader/1", "User-Agent: Reader/2", "User-Agent: \(long)", "Via: a"] {
      client.get("/page", line)
      #expect(try client.hear().status == 200)
    }
    server.server.stop(within: .seconds(5))
    #expect(
      server.log.records.map(\.userAgent) == ["Reader/1", "Reader/2", String(long.prefix(512)), ""])
  }

  @Test func recordsTellWhatABrowserLoadsAheadOfTime() throws {
    let server = try TestServer { $0.loops = 1 }
    let client = try server.client()
    let lines = [
      ("Via: a", false), ("Sec-Purpose: prefetch", true), ("Sec-Purpose: prefetch;prerender", true),
      ("SEC-PURPOSE: x, Prefetch ; anonymous-client-ip", true), ("Purpose: prefetch", true),
      ("X-Moz: prefetch", true), ("Sec-Purpose: prefetching", false), ("Purpose: reading", false),
      ("Purpose: prefetch", true), ("Via: a", false),
    ]
    for path in ["/page", "/"] {
      for (line, _) in lines {
        client.get(path, line)
        #expect(try client.hear().status == 200)
      }
    }
    server.server.stop(within: .seconds(5))
    #expect(server.log.records.map(\.isPrefetch) == (lines + lines).map(\.1))
  }

  @Test(
    arguments: [
      ("192.0.2.0/24", "192.0.2.255", true),
      ("192.0.2.0/24", "192.0.3.0", false),
      ("192.0.2.1", "192.0.2.1", true),
      ("192.0.2.1", "192.0.2.2", false),
      ("0.0.0.0/0", "203.0.113.9", true),
      ("0.0.0.0/0", "2001:db8::1", false),
      ("2001:db8::/32", "2001:db8:ffff::1", true),
      ("2001:db8::/32", "2001:db9::1", false),
      ("2001:db8::/65", "2001:db8::8000:0:0:1", false),
      ("::ffff:192.0.2.0/120", "192.0.2.77", true),
    ] as [(String, String, Bool)])
  func networks(_ network: String, contain address: String, _ expected: Bool) throws {
    let network = try #require(Network(network))
    #expect(network.contains(try #require(Address(address))) == expected)
  }

  @Test(
    arguments: [
      "", "192.0.2", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "2001:db8::/129", "localhost",
      "192.0.2.0/24/8", "192.0.2.0/0x8",
    ])
  func whatIsNoNetwork(_ text: String) { #expect(Network(text) == nil) }

  @Test(
    arguments: [
      ("127.0.0.1:8080", "127.0.0.1:8080"), ("[::1]:0", "[::1]:0"),
      ("0.0.0.0:65535", "0.0.0.0:65535"),
      ("127.0.0.1", nil), ("127.0.0.1:", nil), ("127.0.0.1:65536", nil), ("::1:80", nil),
      ("[::1]", nil), ("[127.0.0.1]:80", nil), ("127.0.0.1:+80", nil), (":80", nil),
    ] as [(String, String?)])
  func socketAddresses(_ text: String, reads expected: String?) {
    #expect(SocketAddress(text)?.description == expected)
  }
}
