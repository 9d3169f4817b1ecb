import Foundation
import Synchronization
import System
import Testing

/// Does something on a thread of its own, which may be given up afterwards.
private func onThread(_ body: @escaping @Sendable () -> Void) {
  let done = DispatchSemaphore(value: 0)
  Thread {
    body()
    done.signal()
  }.start()
  done.wait()
}

@Suite("A confined process can open neither files nor the network")
struct ConfinementTests {
  private struct Attempts: Equatable {
    var reads = false
    var writes = false
    var connects = false
  }

  private static func attempt(_ folder: String) -> Attempts {
    func opens(_ path: String, _ flags: Int32) -> Bool {
      let descriptor = open(path, flags, 0o600)
      if descriptor >= 0 { close(descriptor) }
      return descriptor >= 0
    }
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if connection >= 0 { close(connection) }
    return Attempts(
      reads: opens("/etc/passwd", O_RDONLY),
      writes: opens("\(folder)/\(UUID())", O_WRONLY | O_CREAT), connects: connection >= 0)
  }

  private let folder = FileManager.default.temporaryDirectory.path

  @Test func allOfItTogether() {
    let found = Mutex<(before: Attempts, after: Attempts?)>((Attempts(), nil))
    onThread { [folder] in
      let before = Self.attempt(folder)
      let isClosed = (try? Confinement.closeOff()) != nil
      let after = isClosed ? Self.attempt(folder) : nil
      found.withLock { $0 = (before, after) }
    }
    let (before, after) = found.withLock { $0 }
    #expect(before == Attempts(reads: true, writes: true, connects: true))
    #expect(after == Attempts())
  }

  @Test func filesByLandlockAloneWhereTheKernelHasIt() {
    let found = Mutex<Attempts?>(nil)
    onThread { [folder] in
      guard (try? Confinement.forbidFiles()) == true else { return }
      let after = Self.attempt(folder)
      found.withLock { $0 = after }
    }
    guard let after = found.withLock({ $0 }) else { return }
    #expect(!after.reads)
    #expect(!after.writes)
  }
}
