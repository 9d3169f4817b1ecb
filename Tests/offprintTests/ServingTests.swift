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
