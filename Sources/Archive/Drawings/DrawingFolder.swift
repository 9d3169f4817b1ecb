internal import Foundation
internal import Synchronization
internal import System

/// The drawings on disk: a folder for each PDF with its drawn pages and their fonts.
///
/// Drawings by another version of the program are in another folder, which is removed. When there
/// are too many bytes, the drawings of the PDF that was asked for longest ago go, all at once, so that
/// no page loses its fonts. Anything here may be deleted at any time.
final class DrawingFolder: Sendable {
  /// The drawings of one PDF.
  private struct Entry {
    var bytes = 0
    /// Higher for those that were asked for later.
    var use = 0
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var uses = 0
    var bytes = 0
    var removals = 0

    mutating func touch(_ sha256: String) {
      uses += 1
      entries[sha256]?.use = uses
    }

    mutating func forget(_ sha256: String) {
      if let entry = entries.removeValue(forKey: sha256) { bytes -= entry.bytes }
    }
  }

  /// `data/drawings`.
  private let root: String
  private let path: String
  private let limit: Int
  /// The free bytes below which nothing is stored.
  private let reserve: Int
  private let state = Mutex(State())

  init(_ root: String, version: String, limit: Int, reserve: Int) {
    self.root = root
    self.limit = limit
    self.reserve = reserve
    path = "\(root)/\(version)"
  }

  var bytes: Int { state.withLock { $0.bytes } }

  /// How many times drawings were removed.
  var removals: Int { state.withLock { $0.removals } }

  /// The PDFs with drawings.
  var files: [String] { state.withLock { Array($0.entries.keys) } }

  // MARK: Reading

  /// The content of a file; nil if it is not there or cannot be read.
  func read(_ name: String, of sha256: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    do throws(FileError) {
      try FileSystem.read("\(folder(of: sha256))/\(name)") {
        bytes += $0
        return true
      }
    } catch { return nil }
    state.withLock { $0.touch(sha256) }
    return bytes
  }

  /// The beginning of a file; nil if there is none.
  func head(_ name: String, of sha256: String) -> [UInt8]? {
    let path = "\(folder(of: sha256))/\(name)"
    return try? FileDescriptor(path, for: .reading).read(upTo: 4096)
  }

  /// The length of a file in bytes; nil if there is none.
  func length(_ name: String, of sha256: String) -> Int? {
    FileSystem.bytes(of: "\(folder(of: sha256))/\(name)")
  }

  /// The names of the files of a PDF.
  func names(of sha256: String) -> [String] { names(in: folder(of: sha256)) }

  // MARK: Writing

  /// Stores a file, unless the disk is full.
  ///
  /// - Throws: ``FileError``, or what Foundation throws.
  func write(_ bytes: [UInt8], as name: String, of sha256: String) throws {
    let folder = folder(of: sha256)
    try state.withLock { state in
      if !FileSystem.isFolder(folder) {
        // Also when somebody has deleted it.
        state.forget(sha256)
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      }
      guard FileSystem.freeBytes(folder) - bytes.count > reserve else { return }
      let file = "\(folder)/\(name)"
      let former = FileSystem.bytes(of: file) ?? 0
      // Not flushed: what a power failure cuts short is noticed when it is read.
      let part = file + ".part"
      try FileSystem.remove(part)
      try FileDescriptor(part, for: .creating).write(bytes)
      try FileSystem.rename(part, to: file)
      state.entries[sha256, default: Entry()].bytes += bytes.count - former
      state.bytes += bytes.count - former
      state.touch(sha256)
      evict(&state)
    }
  }

  /// Removes the drawings of the PDFs that were asked for longest ago, until what is left is within
  /// the limit and a tenth of what is free.
  private func evict(_ state: inout State) {
    let room = min(limit, (FileSystem.freeBytes(path) + state.bytes) / 10)
    while state.bytes > room, let oldest = state.entries.min(by: { $0.value.use < $1.value.use }) {
      remove(oldest.key, &state)
    }
  }

  func remove(_ sha256: String) { state.withLock { remove(sha256, &$0) } }

  private func remove(_ sha256: String, _ state: inout State) {
    state.forget(sha256)
    state.removals += 1
    // What cannot be removed is counted again after the next start.
    try? FileManager.default.removeItem(atPath: folder(of: sha256))
  }

  /// Counts what is there, and removes the drawings by other versions.
  func open() {
    for name in names(in: root) where "\(root)/\(name)" != path {
      try? FileManager.default.removeItem(atPath: "\(root)/\(name)")
    }
    var found: [(sha256: String, bytes: Int, modified: Int64)] = []
    for shard in names(in: path) {
      for sha256 in names(in: "\(path)/\(shard)") {
        let folder = "\(path)/\(shard)/\(sha256)"
        let bytes = names(in: folder).reduce(0) { sum, name in
          sum + (FileSystem.bytes(of: "\(folder)/\(name)") ?? 0)
        }
        found.append((sha256, bytes, FileSystem.status(folder)?.modified ?? 0))
      }
    }
    state.withLock { state in
      // What has been drawn meanwhile counts as it is on disk.
      for (sha256, bytes, _) in found.sorted(by: { $0.modified < $1.modified }) {
        let isNew = state.entries[sha256] == nil
        state.bytes += bytes - (state.entries[sha256]?.bytes ?? 0)
        state.entries[sha256, default: Entry()].bytes = bytes
        if isNew { state.touch(sha256) }
      }
      evict(&state)
    }
  }

  private func names(in folder: String) -> [String] {
    (try? FileSystem.names(in: folder)) ?? []
  }

  private func folder(of sha256: String) -> String { "\(path)/\(sha256.prefix(2))/\(sha256)" }
}
