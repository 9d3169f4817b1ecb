import Foundation
import Synchronization
import Testing

@testable import offprint

@Suite("A successor that hangs is stopped and logged")
struct SuccessorTests {
  @Test(arguments: [false, true])
  func hanging(hasAsked: Bool) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let log = try Log(format: .logfmt, level: .info, file: path)
    let socket = open("/dev/null", O_RDONLY)
    defer { close(socket) }
    let successor = Successor(program: "/bin/sh", arguments: ["-c", "exec tail -f /dev/null"])
    successor.start(sockets: [socket], log: log, patience: .milliseconds(50)) { hasAsked }
    let process = try #require(successor.runningProcess)
    func logged() -> String {
      log.flush()
      return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
    if hasAsked {
      // From then on it is the one that serves.
      usleep(200_000)
      #expect(successor.runningProcess == process)
      kill(process, SIGKILL)
    }
    while successor.runningProcess != nil { usleep(1000) }
    while !logged().contains("successor ended") { usleep(1000) }
    #expect(logged().contains("successor given up") == !hasAsked)
    #expect(logged().contains("signal=9"))
  }
}
