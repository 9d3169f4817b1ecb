import HTTP
import HTTPServer
import Testing

@Suite("Cached and other responses are selected alike (RFC 9110 §12 to §14)")
struct DownloadTests {
  @Test(
    arguments: [
      ("bytes=0-1023", 206, 0..<1024),
      ("bytes=2999000-", 206, 2_999_000..<3_000_000),
      ("bytes=-512", 206, 2_999_488..<3_000_000),
      ("bytes=500000-2599999", 206, 500_000..<2_600_000),
      ("bytes=3000000-", 416, 0..<0),
      ("lines=1-2", 200, 0..<3_000_000),
    ] as [(String, Int, Range<Int>)])
  func partsOfAFile(_ field: String, status: Int, range: Range<Int>) throws {
    let server = try TestServer()
    let client = try server.client()
    // First from a worker, then from what is prepared, then from a worker that has no choice.
    for target in ["/file", "/file", "/file?x"] {
      client.get(target, "Range: \(field)")
      let answer = try client.hear()
      #expect(answer.status == status)
      #expect(answer.content == Array(server.service.file.contents[range]))
      if status == 206 {
        #expect(
          answer.fields["content-range"]
            == "bytes \(range.lowerBound)-\(range.upperBound - 1)/3000000")
      }
    }
  }

  @Test func severalPartsOfAFile() throws {
    let server = try TestServer()
    let client = try server.client()
    client.get("/file", "Range: bytes=0-9,1000000-2500000,-5")
    let answer = try client.hear()
    #expect(answer.status == 206)
    #expect(answer.fields["content-type"]?.hasPrefix("multipart/byteranges") == true)
    #expect(answer.content.count > 1_500_016)
    client.get("/")
    #expect(try client.hear().text == "hello")
  }

  @Test func slowReadersGetTheWholeFileAndHoldNobody() throws {
    // One loop has them all.
    let server = try TestServer { $0.loops = 1 }
    let slow = try (0..<20).map { _ in try server.client(buffer: 4096) }
    for client in slow { client.get("/file") }
    let other = try server.client()
    for _ in 0..<20 {
      other.get("/")
      #expect(try other.hear().text == "hello")
    }
    for client in slow { #expect(try client.hear().content == server.service.file.contents) }
  }

  @Test func filesAndPagesArePipelined() throws {
    let server = try TestServer()
    let client = try server.client(buffer: 8192)
    let targets = ["/file", "/page", "/file", "/", "/page"]
    client.say(targets.map { "GET \($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
    for target in targets {
      let content = try client.hear().content
      switch target {
      case "/file": #expect(content == server.service.file.contents)
      case "/page": #expect(content == TestService.page)
      default: #expect(content == Array("hello".utf8))
      }
    }
  }

  @Test(
    arguments: [
      ("If-None-Match: \"v1\"", 304),
      ("If-None-Match: W/\"v1\"", 304),
      ("If-None-Match: \"v0\", \"v1\"", 304),
      ("If-None-Match: *", 304),
      ("If-None-Match: \"v2\"", 200),
      ("If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT", 304),
      ("If-Modified-Since: Wed, 15 Nov 2023 22:13:20 GMT", 304),
      ("If-Modified-Since: Mon, 13 Nov 2023 22:13:20 GMT", 200),
      ("If-Match: \"v1\"", 200),
      ("If-Match: \"v2\"", 412),
      ("If-Unmodified-Since: Mon, 13 Nov 2023 22:13:20 GMT", 412),
    ])
  func conditionsHoldForCachedAndForNewResponses(_ field: String, status: Int) throws {
    let server = try TestServer()
    let client = try server.client()
    for _ in 0..<3 {
      client.get("/page", field)
      let answer = try client.hear()
      #expect(answer.status == status)
      if status != 412 { #expect(answer.fields["etag"] == "\"v1\"") }
      if status == 304 { #expect(answer.fields["content-length"] == nil) }
    }
  }

  @Test func twoCodingsHaveTwoTags() throws {
    let server = try TestServer()
    let client = try server.client()
    for _ in 0..<3 {
      client.get("/page", "Accept-Encoding: gzip, br")
      let small = try client.hear()
      #expect(small.fields["content-encoding"] == "gzip")
      #expect(small.content == TestService.smallPage)
      client.get("/page", "Accept-Encoding: gzip;q=0, identity")
      let large = try client.hear()
      #expect(large.fields["content-encoding"] == nil)
      #expect(large.content == TestService.page)
      #expect(small.fields["etag"] != large.fields["etag"])
      #expect(small.fields["vary"] == "accept-encoding")
      client.get(
        "/page", "Accept-Encoding: gzip", "If-None-Match: \(small.fields["etag"] ?? "")")
      #expect(try client.hear().status == 304)
      client.get("/page", "If-None-Match: \(small.fields["etag"] ?? "")")
      #expect(try client.hear().status == 200)
    }
  }
}
