import HTTP
import Synchronization
import System

/// A CSV file that is written row by row to the disk, for tables that may not fit in memory.
final class TableFile: Sendable {
  private struct State {
    var table: CSV
    var length = 0
    var failure: FileError?
  }

  private let file: ScratchFile
  private let state: Mutex<State>

  /// The bytes that are collected before they are written.
  private static let pieceLength = 64 * 1024

  /// - Parameters:
  ///   - columns: The first row.
  ///   - folder: The folder on whose disk the file is; it has no name there.
  /// - Throws: ``FileError``
  init(columns: [String], folder: String) throws(FileError) {
    file = try ScratchFile(in: folder)
    state = Mutex(State(table: CSV(columns)))
  }

  /// Adds a row.
  ///
  /// - Returns: Whether to go on; false after the disk has failed, which ``finished()`` throws.
  @discardableResult
  func add(_ row: [String]) -> Bool {
    state.withLock { state in
      state.table.add(row)
      if state.table.bytes.count >= Self.pieceLength { write(&state) }
      return state.failure == nil
    }
  }

  /// The file, to be sent.
  func finished() throws(FileError) -> any OpenFile {
    let state = state.withLock { state in
      write(&state)
      return (length: state.length, failure: state.failure)
    }
    if let failure = state.failure { throw failure }
    return SentFile(file, bytes: state.length)
  }

  private func write(_ state: inout State) {
    guard state.failure == nil else { return }
    let bytes = state.table.takeBytes()
    do throws(FileError) {
      try file.append(bytes)
      state.length += bytes.count
    } catch {
      state.failure = error
    }
  }

  private final class SentFile: OpenFile {
    private let file: ScratchFile
    let bytes: Int
    var descriptor: Int32 { file.descriptor }

    init(_ file: ScratchFile, bytes: Int) {
      self.file = file
      self.bytes = bytes
    }
  }
}
