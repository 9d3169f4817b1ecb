import Archive
import Foundation
import Testing

@Suite("With a replicator beside it, the archive leaves the write-ahead log alone")
struct CheckpointTests {
  @Test(arguments: [true, false])
  func logAfterClosing(_ leavesCheckpoints: Bool) throws {
    var options = Archive.Options()
    options.leavesCheckpoints = leavesCheckpoints
    let archive = try TemporaryArchive(options)
    try archive.deposit("Quiet Harbours")
    archive.archive.close()
    let log = archive.archive.folder.database + "-wal"
    #expect(FileManager.default.fileExists(atPath: log) == leavesCheckpoints)
    let again = try Archive.open(folder: archive.folder, access: .exclusive)
    defer { again.close() }
    #expect(try again.publications.count() == 1)
  }
}
