import Foundation
import Testing

@testable import offprint

@Suite("Inherited sockets are used if they were opened for this process")
struct InheritedSocketTests {
  @Test(
    arguments: [
      (["LISTEN_PID": "42", "LISTEN_FDS": "2"], [3, 4]),
      (["LISTEN_PID": "41", "LISTEN_FDS": "2"], []),
      (["LISTEN_FDS": "2"], []), (["LISTEN_PID": "42"], []),
      (["LISTEN_PID": "42", "LISTEN_FDS": "0"], []),
      (["LISTEN_PID": "42", "LISTEN_FDS": "-1"], []),
      (["LISTEN_PID": "42", "LISTEN_FDS": "2147483647"], []),
      (["LISTEN_PID": "x", "LISTEN_FDS": "y"], []), ([:], []),
    ] as [([String: String], [Int32])])
  func descriptors(_ environment: [String: String], are expected: [Int32]) {
    #expect(ServiceManager.descriptors(environment: environment, process: 42) == expected)
  }
}

@Suite("The response of a server is read to its end")
struct HealthAnswerTests {
  @Test(
    arguments: [
      ("HTTP/1.1 200 OK\r\nA: b\r\n\r\n{}", .init(status: 200, content: "{}")),
      ("HTTP/1.1 503 Service Unavailable\r\n\r\n", .init(status: 503, content: "")),
      ("HTTP/1.1 200 OK\r\n", nil), ("", nil), ("SSH-2.0-OpenSSH\r\n\r\n", nil),
      ("HTTP/1.1 x\r\n\r\n", nil),
    ] as [(String, HealthClient.Answer?)])
  func answer(_ text: String, is answer: HealthClient.Answer?) {
    #expect(HealthClient.read(Array(text.utf8)) == answer)
  }
}
