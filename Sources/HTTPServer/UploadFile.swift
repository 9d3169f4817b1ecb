import Synchronization
import System

/// The file that a request's body is written to, piece by piece.
final class UploadFile: Sendable {
  private struct State: ~Copyable {
    var file: FileDescriptor?
    var isCreated = false
  }

  let path: String
  private let state = Mutex(State())

  /// - Parameter folder: Where the file is created, under a random name.
  init(folder: String) {
    var random = SystemRandomNumberGenerator()
    path = "\(folder)/\(String(random.next(), radix: 16))\(String(random.next(), radix: 16)).part"
  }

  /// Appends a piece.
  ///
  /// - Parameters:
  ///   - bytes: The piece.
  ///   - isLast: Whether the file is then complete, and closed.
  /// - Throws: ``FileError``
  func write(_ bytes: [UInt8], isLast: Bool) throws(FileError) {
    try state.withLock { state throws(FileError) in
      if !state.isCreated {
        state.file = try FileDescriptor(path, for: .creating)
        state.isCreated = true
      }
      guard let file = state.file.take() else { return }
      try file.write(bytes)
      if isLast {
        try file.close()
      } else {
        state.file = .some(consume file)
      }
    }
  }

  /// Removes what has been written.
  func discard() {
    let isCreated = state.withLock { state in
      state.file = nil
      return state.isCreated
    }
    if isCreated { try? FileSystem.remove(path) }
  }
}
