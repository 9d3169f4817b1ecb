import Dispatch
import Glibc
import HTTP
import HTTPServer
import Synchronization
import System
import Testing

/// A service with one answer for each thing that a server has to do.
final class TestService: Service {
  let counter = Atomic<UInt64>(1)
  let calls = Atomic<Int>(0)
  /// `/wait` is answered when this is signalled.
  let gate = DispatchSemaphore(value: 0)
  /// Signalled when `/wait` has been asked for.
  let reached = DispatchSemaphore(value: 0)
  let folder: String
  /// Made once: its bytes take a while.
  let file = TestService.madeFile

  private static let madeFile = TestFile(
    bytes: (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 251) })

  static let page = Array(
    String(repeating: "<p>Fair winds on the Yellow Sea.</p>\n", count: 300).utf8)
  static let smallPage = Array("not really gzip".utf8)

  init() {
    folder = makeFolder()
  }

  deinit { rmdir(folder) }

  let languages = ["en", "de", "ko"]

  private var generation: UInt64 { counter.load(ordering: .relaxed) }

  /// By the number of what has changed.
  private let changes = Mutex<[Int: UInt64]>([:])

  func change(_ number: Int) {
    changes.withLock {
      $0[number] = generation + 1
      counter.add(1, ordering: .sequentiallyConsistent)
    }
  }

  func lastChange(of tag: Int, at now: Int64) -> UInt64 {
    tag == Response.anyChange ? generation : changes.withLock { $0[tag, default: 0] }
  }

  let personalCookies = ["session"]

  func rate(of request: Request) -> RateClass? {
    switch request.path {
    case "/": nil
    case "/who": .signIn
    default: .page
    }
  }

  func cost(of request: Request) -> Cost {
    switch request.path {
    case "/search", "/search/slow": .costly
    case "/style": .styleSheet
    default: .page
    }
  }

  func isStaff(_ request: Request) -> Bool { request.fields["cookie"] == "session=staff" }

  func bodyPolicy(for request: Request) -> BodyPolicy {
    switch request.path {
    case "/upload": .file(folder: folder, limit: 10_000_000)
    case "/full": .file(folder: "/dev/full", limit: 1000)
    case "/refused": .refuse(Response(.forbidden))
    case "/bodiless": .none
    default: .memory(limit: 1000)
    }
  }

  func response(to request: Request, worker: Int) -> Response {
    calls.add(1, ordering: .relaxed)
    switch request.path {
    case "/":
      return Response(.ok, content: .bytes(Array("hello".utf8)))
    case "/page":
      return Response(
        .ok, fields: ["content-type": "text/html"],
        content: .coded(identity: Self.page, gzip: { Self.smallPage }), entityTag: "v\(generation)",
        lastModified: 1_700_000_000, isReusable: true)
    case "/file":
      return Response(
        .ok, fields: ["content-type": "application/pdf"], content: .file(file), entityTag: "file",
        lastModified: 1_700_000_000, isReusable: request.query == nil)
    case "/who":
      return Response(
        .ok,
        content: .bytes(Array("\(request.client) \(request.isSecure) \(request.id)".utf8)))
    case "/made-of/1", "/made-of/2", "/made-of/nothing":
      var response = Response(.ok, content: .bytes([1]), isReusable: true)
      response.cacheTags =
        (request.path.split(separator: "/").dropFirst() + (request.query == nil ? [] : ["2"]))
        .compactMap { Int($0) }
      return response
    case "/expires/0", "/expires/40000000000":
      var response = Response(.ok, content: .bytes([1]), isReusable: true)
      response.expires = Int64(request.path.dropFirst(9))
      return response
    case "/style":
      return Response(
        .ok, content: .bytes(Array("p {}".utf8)), entityTag: "s", isReusable: true)
    case "/language":
      var response = Response(
        .ok, content: .bytes(Array(languages[request.language].utf8)),
        entityTag: languages[request.language], isReusable: true)
      response.variesByLanguage = true
      return response
    case "/wait", "/search/slow":
      reached.signal()
      gate.wait()
      return Response(.ok, content: .bytes(Array("at last".utf8)))
    case "/slow":
      reached.signal()
      gate.wait()
      return Response(
        .ok, content: .bytes(Array("\(generation)".utf8)), entityTag: "s\(generation)",
        isReusable: request.query != "own")
    case "/echo", "/upload":
      return echo(request)
    case let path where path.hasPrefix("/pages/"):
      let bytes = Self.page + Array(path.utf8)
      return Response(
        .ok, fields: ["content-type": "text/html"],
        content: .coded(identity: bytes, gzip: { Self.smallPage + Array(path.utf8) }),
        entityTag: "v\(generation)", isReusable: true)
    default:
      return Response(.notFound, content: .bytes(Array("nothing here".utf8)))
    }
  }

  private func echo(_ request: Request) -> Response {
    switch request.content {
    case .none: return Response(.ok)
    case .bytes(let bytes): return Response(.ok, content: .bytes(bytes))
    case .file(let path, let bytes):
      var state = stat()
      guard stat(path, &state) == 0, let content = readFile(path) else {
        return Response(.internalServerError)
      }
      let mode = String(state.st_mode & 0o777, radix: 8)
      let sum = content.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) }
      return Response(.ok, content: .bytes(Array("\(bytes) \(mode) \(sum)".utf8)))
    }
  }
}

/// A file without a name.
final class TestFile: OpenFile {
  let descriptor: Int32
  let contents: [UInt8]
  var bytes: Int { contents.count }

  init(bytes: [UInt8]) {
    contents = bytes
    var name = Array("/tmp/offprint-test-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    unlink(name)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        write(descriptor, $0.baseAddress, $0.count)
      }
      guard count > 0 else { break }
      written += count
    }
  }

  deinit { close(descriptor) }
}

/// Keeps what a server tells its log.
final class TestLog: AccessLog {
  private let kept = Mutex<[AccessRecord]>([])

  func take(_ records: inout [AccessRecord]) {
    let taken = records
    kept.withLock { $0 += taken }
    records.removeAll()
  }

  var records: [AccessRecord] { kept.withLock { $0 } }
}

/// A server on a free port of the loopback address, stopped when it goes out of scope.
final class TestServer {
  let service = TestService()
  let log = TestLog()
  let server: Server
  let port: UInt16

  init(_ change: (inout ServerConfiguration) -> Void = { _ in }) throws {
    let address = try #require(SocketAddress("127.0.0.1:0"))
    var configuration = ServerConfiguration(listen: [address], loops: 2, workers: 2)
    change(&configuration)
    server = Server(configuration: configuration, service: service, log: log)
    port = try #require(try server.start().first).port
  }

  deinit { server.stop(within: .zero) }

  func client(wait: Int = 5, buffer: Int32? = nil) throws -> Client {
    try Client(port, wait: wait, buffer: buffer)
  }
}

func makeFolder() -> String {
  var name = Array("/tmp/offprint-test-XXXXXX".utf8CString)
  mkdtemp(&name)
  return String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
}

func entries(of folder: String) -> [String] {
  guard let directory = opendir(folder) else { return [] }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}

func readFile(_ path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var content: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return content }
    content += buffer[..<count]
  }
}
