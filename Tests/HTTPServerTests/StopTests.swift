import Dispatch
import Glibc
import HTTP
import HTTPServer
import Synchronization
import System
import Testing

@Suite("A server reports why it cannot start, and stops when requests have ended")
struct StopTests {
  @Test func aRunningRequestIsFinished() throws {
    let server = try TestServer()
    let idle = try server.client()
    idle.get("/")
    _ = try idle.hear()
    let client = try server.client()
    client.get("/wait")
    server.service.reached.wait()
    let stopped = DispatchSemaphore(value: 0)
    let inner = server.server
    DispatchQueue(label: "stop").async {
      inner.stop(within: .seconds(10))
      stopped.signal()
    }
    #expect(try idle.isOver())
    server.service.gate.signal()
    let answer = try client.hear()
    #expect(answer.text == "at last")
    #expect(answer.fields["connection"] == "close")
    #expect(try client.isOver())
    #expect(stopped.wait(timeout: .now() + 5) == .success)
    #expect(throws: Client.Failure.self) { try server.client() }
  }

  @Test func whatLastsTooLongIsCut() throws {
    let server = try TestServer()
    let client = try server.client()
    client.get("/wait")
    server.service.reached.wait()
    server.server.stop(within: .milliseconds(100))
    #expect(try client.isOver())
    server.service.gate.signal()
  }

  @Test func aDownloadIsFinished() throws {
    let server = try TestServer()
    let client = try server.client(buffer: 4096)
    client.get("/file")
    while server.service.calls.load(ordering: .relaxed) == 0 { sched_yield() }
    let inner = server.server
    let stopped = DispatchSemaphore(value: 0)
    DispatchQueue(label: "stop").async {
      inner.stop(within: .seconds(10))
      stopped.signal()
    }
    #expect(try client.hear().content == server.service.file.contents)
    #expect(stopped.wait(timeout: .now() + 5) == .success)
  }

  @Test func aTakenPortIsNamed() throws {
    let server = try TestServer()
    let address = try #require(SocketAddress("127.0.0.1:\(server.port)"))
    let other = Server(
      configuration: ServerConfiguration(listen: [address]), service: server.service)
    #expect(throws: ServerError.addressInUse(address)) { try other.start() }
  }

  @Test func anAddressOfAnotherMachineIsNamed() throws {
    let address = try #require(SocketAddress("192.0.2.1:0"))
    let server = Server(
      configuration: ServerConfiguration(listen: [address]), service: TestService())
    #expect(throws: ServerError.addressNotLocal(address)) { try server.start() }
  }

  @Test func aDescriptorThatDoesNotListenIsNamed() throws {
    var configuration = ServerConfiguration(listen: [])
    #expect(throws: ServerError.noAddress) {
      try Server(configuration: configuration, service: TestService()).start()
    }
    configuration.inheritedDescriptors = [0]
    #expect(throws: ServerError.notListening(descriptor: 0)) {
      try Server(configuration: configuration, service: TestService()).start()
    }
  }

  @Test func anInheritedSocketOutlivesTheServer() throws {
    let address = try #require(SocketAddress("127.0.0.1:0"))
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    #expect(listen(descriptor, 16) == 0)
    var configuration = ServerConfiguration(listen: [])
    configuration.inheritedDescriptors = [descriptor]
    var port: UInt16 = 0
    // The second server finds the same socket, and a client that came between them is served.
    for _ in 0..<2 {
      let early = port == 0 ? nil : try Client(port)
      let server = Server(configuration: configuration, service: TestService())
      let bound = try #require(try server.start().first)
      #expect(bound.address == address.address || bound.port != 0)
      port = bound.port
      let client = try early ?? Client(port)
      client.get("/")
      #expect(try client.hear().text == "hello")
      server.stop(within: .seconds(1))
    }
  }

  @Test func bothFamiliesAreListenedOn() throws {
    let addresses = try ["127.0.0.1:0", "[::1]:0"].map { try #require(SocketAddress($0)) }
    let server = Server(
      configuration: ServerConfiguration(listen: addresses), service: TestService())
    let bound = try server.start()
    defer { server.stop(within: .zero) }
    #expect(bound.count == 2)
    #expect(bound.allSatisfy { $0.port != 0 })
    #expect(bound.last?.description.hasPrefix("[::1]:") == true)
  }
}
