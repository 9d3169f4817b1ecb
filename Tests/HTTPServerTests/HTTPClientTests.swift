import Dispatch
import Glibc
import HTTP
import HTTPServer
import Testing

/// A server that answers its first connection with bytes that a test has chosen.
private final class ScriptedServer: @unchecked Sendable {
  let port: UInt16
  private let descriptor: Int32
  private let ended = DispatchSemaphore(value: 0)
  private var received: [UInt8] = []

  /// - Parameters:
  ///   - pieces: What to send, one after another.
  ///   - isLeftOpen: Whether the connection stays open until the client has left.
  init(_ pieces: [String], isLeftOpen: Bool = false) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = self.descriptor
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(descriptor, $0, length)
        _ = listen(descriptor, 1)
        _ = getsockname(descriptor, $0, &length)
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    DispatchQueue(label: "scripted").async { [self] in
      let client = accept(descriptor, nil, nil)
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = recv(client, &buffer, buffer.count, 0)
      received = Array(buffer.prefix(max(0, count)))
      for piece in pieces {
        let bytes = Array(piece.utf8)
        _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      }
      if isLeftOpen { _ = recv(client, &buffer, buffer.count, 0) }
      close(client)
      ended.signal()
    }
  }

  deinit { close(descriptor) }

  /// What the client has sent.
  var request: String {
    ended.wait()
    return String(decoding: received, as: UTF8.self)
  }
}

@Suite("A client reads one response of a plain HTTP server")
struct HTTPClientTests {
  private func exchange(
    _ server: ScriptedServer, limit: Int = 1000, patience: Int = 5
  ) throws -> (status: Int, content: String) {
    var client = HTTPClient()
    client.contentLimit = limit
    client.patience = patience
    var content: [UInt8] = []
    let address = try #require(HTTPAddress("http://127.0.0.1:\(server.port)/a?b=c"))
    let answer = try client.send("PURGE", to: address, fields: ["Surrogate-Key": "x y"]) {
      content += $1
    }
    return (answer.status, String(decoding: content, as: UTF8.self))
  }

  @Test(
    arguments: [
      (["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"], 200, "{}"),
      (["HTTP/1.1 200 OK\r\nContent-Le", "ngth: 4\r\n", "\r\nab", "cd"], 200, "abcd"),
      (["HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"], 503, ""),
      (["HTTP/1.1 200 OK\r\n\r\nup to ", "the end"], 200, "up to the end"),
      (["HTTP/1.0 200\r\n\r\n"], 200, ""),
      (
        [
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
          "1\r\nd\r\n0\r\n\r\n",
        ],
        200, "abcd"
      ),
      (["HTTP/1.1 204 No Content\r\n\r\n"], 204, ""),
      (["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"], 200, "x"),
      // Bytes after the content are no part of it.
      (["HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxyz"], 200, "x"),
    ] as [([String], Int, String)])
  func response(_ pieces: [String], has status: Int, content: String) throws {
    let server = ScriptedServer(pieces)
    let answer = try exchange(server)
    #expect(answer == (status, content))
    #expect(
      server.request == """
        PURGE /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nsurrogate-key: x y\r\n\
        Connection: close\r\n\r\n
        """)
  }

  @Test(
    arguments: [
      ([], .interrupted), (["HTTP/1.1 200 OK\r\n"], .interrupted),
      (["HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab"], .interrupted),
      (["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"], .interrupted),
      (["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz"], .malformed),
      (["HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"], .malformed),
      (["HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"], .malformed),
      (["HTTP/1.1 200 OK\r\n: x\r\n\r\n"], .malformed),
      (["SSH-2.0-OpenSSH\r\n\r\n"], .malformed), (["HTTP/1.1 x\r\n\r\n"], .malformed),
      (["HTTP/1.1 20\r\n\r\n"], .malformed),
      (["HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"], .tooLarge(limit: 1000)),
      (["HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 1001)], .tooLarge(limit: 1000)),
    ] as [([String], HTTPClient.Failure)])
  func response(_ pieces: [String], is failure: HTTPClient.Failure) {
    #expect(throws: failure) { try exchange(ScriptedServer(pieces)) }
  }

  @Test func aSilentServerIsLeft() {
    let server = ScriptedServer(["HTTP/1.1 200 OK\r\n"], isLeftOpen: true)
    #expect(throws: HTTPClient.Failure.tooSlow) { try exchange(server, patience: 1) }
  }

  @Test func whereNobodyListensIsUnreachable() throws {
    let address = try #require(HTTPAddress("http://127.0.0.1:1/"))
    #expect {
      try HTTPClient().send("GET", to: address)
    } throws: { error in
      guard case .unreachable = error as? HTTPClient.Failure else { return false }
      return true
    }
  }

  @Test(
    arguments: [
      ("http://127.0.0.1:6081", "http://127.0.0.1:6081/"),
      ("http://cache.example.org/", "http://cache.example.org/"),
      ("HTTP://cache.example.org:80/a/b?c", "http://cache.example.org/a/b?c"),
      ("http://[::1]:6081/x", "http://[::1]:6081/x"), ("http://[::1]", "http://[::1]/"),
      ("https://cache.example.org/", nil), ("cache.example.org", nil), ("http://", nil),
      ("http:///path", nil), ("http://host:0/", nil), ("http://host:65536/", nil),
      ("http://host:/", nil), ("http://ho st/", nil), ("http://user@host/", nil),
      ("http://host/a b", nil), ("http://host/a\r\nX: y", nil), ("http://host/#part", nil),
      ("http://::1/", nil), ("http://[cache]/", nil), ("http://host?query", nil),
    ] as [(String, String?)])
  func address(_ text: String, is expected: String?) {
    #expect(HTTPAddress(text)?.description == expected)
  }

  @Test func aPathIsAppended() throws {
    let bucket = try #require(HTTPAddress("http://store:8333/bucket/"))
    #expect(bucket.appending("/files/x").description == "http://store:8333/bucket/files/x")
    let root = try #require(HTTPAddress("http://store"))
    #expect(root.appending("/files/x").description == "http://store/files/x")
  }
}
