import Glibc
import HTTP
import HTTPServer
import Synchronization
import System
import Testing

/// A service with one resource for each thing that RFC 9110 tells apart.
final class Library: Service {
  static let tag = "v1"
  static let modified = "Sun, 06 Nov 1994 08:49:37 GMT"
  private static let modifiedSeconds: Int64 = 784_111_777
  static let page = "<p>Fair winds on the Yellow Sea.</p>"
  static let coded = "not really gzip"
  /// A hundred octets, of which each ten begin with their own digit.
  static let chapters = (0..<10).map { "\($0)abcdefghi" }.joined()

  private let file = ChapterFile(Array(Library.chapters.utf8))

  func lastChange(of tag: Int, at now: Int64) -> UInt64 { 1 }

  func bodyPolicy(for request: Request) -> BodyPolicy {
    request.path == "/closed" ? .refuse(Response(.forbidden)) : .memory(limit: 1000)
  }

  func response(to request: Request, worker: Int) -> Response {
    if request.method == .options { return Response(.noContent, fields: ["allow": Self.allowed]) }
    if request.path == "/echo" { return echo(request) }
    guard request.method == .get || request.method == .head else {
      return Response(.methodNotAllowed, fields: ["allow": Self.allowed])
    }
    switch request.path {
    case "/probe", "/": return Response(.ok, content: .bytes(Array("probe".utf8)))
    // The same representation, kept by the server and made for each request.
    case "/page", "/fresh":
      return Response(
        .ok,
        fields: ["content-type": "text/html", "cache-control": "public, max-age=60"],
        content: .coded(identity: Array(Self.page.utf8), gzip: { Array(Self.coded.utf8) }),
        entityTag: Self.tag, lastModified: Self.modifiedSeconds,
        isReusable: request.path == "/page")
    case "/file", "/file-fresh":
      return Response(
        .ok,
        fields: ["content-type": "application/pdf", "cache-control": "public, max-age=3600"],
        content: .file(file), entityTag: Self.tag, lastModified: Self.modifiedSeconds,
        isReusable: request.path == "/file")
    case "/octets":
      return Response(
        .ok, fields: ["content-type": "text/plain"],
        content: .bytes(Array(Self.chapters.utf8)), entityTag: Self.tag,
        lastModified: Self.modifiedSeconds)
    case "/undated":
      return Response(.ok, content: .bytes(Array("no validators".utf8)))
    case "/dated":
      return Response(
        .ok, content: .bytes(Array("a date".utf8)), lastModified: Self.modifiedSeconds,
        isReusable: true)
    case "/tomorrow":
      return Response(.ok, content: .bytes(Array("soon".utf8)), lastModified: 40_000_000_000)
    case "/empty":
      return Response(.ok, content: .bytes([]), entityTag: Self.tag)
    case "/nothing": return Response(.noContent)
    case "/moved": return Response(.movedPermanently, fields: ["location": "/page"])
    case "/busy":
      return Response(.serviceUnavailable, fields: ["retry-after": "120"])
    default: return Response(.notFound, content: .bytes(Array("nothing here".utf8)))
    }
  }

  static let allowed = "GET, HEAD, OPTIONS"

  /// What was understood of a request.
  private func echo(_ request: Request) -> Response {
    var content: [UInt8] = []
    if case .bytes(let octets) = request.content { content = octets }
    let query = request.query.map { "?\($0)" } ?? ""
    let host = request.fields["host"] ?? "-"
    let field = request.fields["x"].map { " x=\($0)" } ?? ""
    return Response(
      .ok,
      content: .bytes(
        Array("\(request.method.rawValue) \(request.path)\(query) \(host)\(field) ".utf8)
          + content))
  }
}

/// A file without a name.
private final class ChapterFile: OpenFile {
  let descriptor: Int32
  let bytes: Int

  init(_ contents: [UInt8]) {
    var name = Array("/tmp/offprint-conformance-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    unlink(name)
    self.descriptor = descriptor
    bytes = contents.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  deinit { close(descriptor) }
}

/// A server of the library on a free port of the loopback address.
final class LibraryServer: Sendable {
  let server: Server
  let port: UInt16

  /// The one that most tests share, as they change nothing in it.
  static let shared = Result { try LibraryServer() }

  init(_ change: (inout ServerConfiguration) -> Void = { _ in }) throws {
    let address = try #require(SocketAddress("127.0.0.1:0"))
    var configuration = ServerConfiguration(listen: [address], loops: 2, workers: 2)
    change(&configuration)
    server = Server(configuration: configuration, service: Library())
    port = try #require(try server.start().first).port
  }

  deinit { server.stop(within: .zero) }
}
