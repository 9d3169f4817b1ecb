import Dispatch
import Glibc
import HTTP
import HTTPServer
import Synchronization
import Testing

@Suite("What is prepared before it is asked for is what would be answered")
final class AnswerFileTests {
  private let folder = makeFolder()

  deinit { rmdir(folder) }

  private func server(capacity: Int = 1 << 20, loops: Int = 1) throws -> TestServer {
    try TestServer {
      $0.loops = loops
      $0.answerFile = .init(folder: folder, capacity: capacity)
    }
  }

  @Test func everyFormIsTheSame() throws {
    let prepared = try server()
    #expect(prepared.server.prepare("/page") != nil)
    // Recalled from the file, then kept; and an answer that was never in a file.
    let other = try TestServer()
    let clients = try [prepared.client(), prepared.client(), other.client()]
    let cases: [(String, [String])] = [
      ("GET", []), ("HEAD", []), ("GET", ["Accept-Encoding: gzip"]),
      ("HEAD", ["Accept-Encoding: gzip"]), ("GET", ["If-None-Match: \"v1\""]),
      ("GET", ["If-None-Match: \"v1-gzip\"", "Accept-Encoding: gzip"]),
      ("GET", ["If-None-Match: \"other\""]), ("GET", ["If-Match: \"other\""]),
      ("GET", ["If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT"]),
      ("GET", ["If-Unmodified-Since: Mon, 13 Nov 2023 22:13:20 GMT"]),
      ("GET", ["Range: bytes=10-19"]), ("GET", ["Range: bytes=-5", "Accept-Encoding: gzip"]),
      ("GET", ["Range: bytes=0-1", "If-Range: \"v1\""]), ("GET", ["Range: bytes=99999-"]),
      ("GET", ["Accept-Encoding: identity;q=0"]),
    ]
    for (method, lines) in cases {
      let answers = try clients.map { client in
        client.ask(method, "/page", lines)
        return try client.hear(toHead: method == "HEAD")
      }
      let expected = answers[2]
      for answer in answers[..<2] {
        #expect(answer.status == expected.status, "\(method) \(lines)")
        #expect(answer.content == expected.content, "\(method) \(lines)")
        for name in [
          "content-type", "etag", "last-modified", "content-length", "content-range",
          "content-encoding", "vary", "accept-ranges",
        ] {
          #expect(answer.fields[name] == expected.fields[name], "\(method) \(lines) \(name)")
        }
      }
    }
    #expect(prepared.service.calls.load(ordering: .relaxed) == 1)
  }

  @Test func severalPartsAreSelectedFromIt() throws {
    let server = try server()
    _ = server.server.prepare("/page")
    let client = try server.client()
    client.get("/page", "Range: bytes=0-2,10-12")
    let answer = try client.hear()
    #expect(answer.status == 206)
    #expect(answer.fields["content-type"]?.hasPrefix("multipart/byteranges") == true)
    #expect(answer.text.contains("<p>"))
  }

  @Test func theFileHasNoName() throws {
    let server = try server()
    #expect(server.server.prepare("/page") != nil)
    #expect(entries(of: folder).isEmpty)
  }

  @Test func nothingIsMadeTwice() throws {
    let server = try server()
    let first = try #require(server.server.prepare("/page"))
    #expect(first.isNew && first.octets > TestService.page.count)
    let second = try #require(server.server.prepare("/page"))
    #expect(!second.isNew && second.octets == first.octets)
    #expect(server.service.calls.load(ordering: .relaxed) == 1)
    #expect(server.server.statistics.filedAnswers == 1)
    #expect(server.server.statistics.filedOctets == first.octets)
  }

  @Test func whatIsAskedForOftenIsKeptInMemory() throws {
    let server = try server()
    _ = server.server.prepare("/page")
    for _ in 0..<5 {
      // A new connection each time, and another head.
      let client = try server.client()
      client.get("/page", "X-Number: \(Int.random(in: 0...Int.max))")
      #expect(try client.hear().content == TestService.page)
    }
    let statistics = server.server.statistics
    #expect(statistics.recalls == 2)
    #expect(statistics.reuseHits == 5)
    #expect(statistics.reuseMisses == 0)
    #expect(statistics.preparedOctets > TestService.page.count)
  }

  @Test func aChangeEndsIt() throws {
    let server = try server()
    let client = try server.client()
    for generation in 1...3 {
      server.service.counter.store(UInt64(generation), ordering: .relaxed)
      client.get("/page", "X-Before: \(generation)")
      #expect(try client.hear().fields["etag"] == "\"v\(generation)\"")
      #expect(server.server.prepare("/page")?.isNew == true)
      #expect(server.server.prepare("/page")?.isNew == false)
    }
    #expect(server.service.calls.load(ordering: .relaxed) == 6)
  }

  @Test(arguments: ["/", "/file", "/nothing", "/who", "/language", "/made-of/1"])
  func whatIsNoPageInTwoCodingsIsNotKept(path: String) throws {
    let server = try server()
    #expect(server.server.prepare(path) == nil)
    #expect(server.server.statistics.filedAnswers == 0)
    let client = try server.client()
    client.get(path)
    #expect(try client.hear().status == (path == "/nothing" ? 404 : 200))
  }

  @Test func theOldestMakeWay() throws {
    let capacity = 100_000
    let server = try server(capacity: capacity)
    for number in 0..<40 {
      #expect(server.server.prepare("/pages/\(number)")?.isNew == true)
      #expect(server.server.statistics.filedOctets <= capacity)
    }
    #expect(server.server.statistics.filedAnswers >= 4)
    #expect(server.server.preparingRoom < capacity)
    let calls = server.service.calls.load(ordering: .relaxed)
    let client = try server.client()
    for number in [39, 38, 0, 20] {
      client.get("/pages/\(number)")
      let answer = try client.hear()
      #expect(answer.text.hasSuffix("/pages/\(number)"))
    }
    // The first two were there still.
    #expect(server.service.calls.load(ordering: .relaxed) == calls + 2)
  }

  @Test func whatIsTooLargeForTheFileIsNotKept() throws {
    let server = try server(capacity: 8_000)
    #expect(server.server.prepare("/page") == nil)
    let client = try server.client()
    client.get("/page")
    #expect(try client.hear().content == TestService.page)
  }

  @Test func withoutAFolderPagesAreMadeWhenAskedFor() throws {
    let server = try TestServer {
      $0.answerFile = .init(folder: "/nonexistent/folder", capacity: 1 << 20)
    }
    #expect(server.server.prepare("/page") == nil)
    #expect(server.server.preparingRoom == 0)
    let client = try server.client()
    client.get("/page")
    #expect(try client.hear().content == TestService.page)
  }

  @Test func nobodyReadsWhatIsBeingWrittenOver() throws {
    let server = try server(capacity: 70_000, loops: 2)
    let port = server.port
    let isOver = Atomic(false)
    let group = DispatchGroup()
    let wrong = Atomic<Int>(0)
    for _ in 0..<2 {
      DispatchQueue.global().async(group: group) {
        guard let client = try? Client(port, wait: 5) else { return }
        var number = 0
        while !isOver.load(ordering: .relaxed) {
          number += 1
          let path = "/pages/\(number % 9)"
          client.get(path, "X-Number: \(number)")
          if (try? client.hear())?.text.hasSuffix(path) != true {
            wrong.add(1, ordering: .relaxed)
          }
        }
      }
    }
    for round in 0..<60 {
      server.service.counter.add(1, ordering: .relaxed)
      for number in 0..<9 { #expect(server.server.prepare("/pages/\(number)") != nil, "\(round)") }
    }
    isOver.store(true, ordering: .relaxed)
    group.wait()
    #expect(wrong.load(ordering: .relaxed) == 0)
  }
}
