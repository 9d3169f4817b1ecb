import Foundation
import Glibc
import Synchronization

/// What tests leave behind when they end early: processes, by id, and folders.
enum Cleanup {
  private struct Remains {
    var processes: Set<pid_t> = []
    var folders: Set<String> = []
  }

  private static let remains = Mutex(Remains())
  private static let atEnd: Void = {
    atexit {
      Cleanup.remains.withLock { remains in
        for process in remains.processes { kill(process, SIGKILL) }
        for folder in remains.folders { try? FileManager.default.removeItem(atPath: folder) }
      }
    }
  }()

  static func started(_ process: pid_t) {
    atEnd
    remains.withLock { _ = $0.processes.insert(process) }
  }

  static func ended(_ process: pid_t) { remains.withLock { _ = $0.processes.remove(process) } }

  static func made(_ folder: String) {
    atEnd
    remains.withLock { _ = $0.folders.insert(folder) }
  }

  static func remove(_ folder: String) {
    try? FileManager.default.removeItem(atPath: folder)
    remains.withLock { _ = $0.folders.remove(folder) }
  }
}
