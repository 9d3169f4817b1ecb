import Foundation
import System
import Testing

/// A folder that is removed with its last owner.
private final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID())").path

  init() throws { try FileSystem.makeFolder(path + "/a/b") }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite("Files are written whole, and failures name the path and the reason")
struct FileTests {
  private let folder: TemporaryFolder
  private var file: String { folder.path + "/a/file" }

  init() throws { folder = try TemporaryFolder() }

  private func content(_ path: String) throws -> String {
    var bytes: [UInt8] = []
    try FileSystem.read(path) {
      bytes += $0
      return true
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func creatingAndReading() throws {
    try FileSystem.create(file, Array("content".utf8))
    #expect(try content(file) == "content")
    #expect(FileSystem.bytes(of: file) == 7)
    #expect(try FileSystem.names(in: folder.path + "/a").sorted() == ["b", "file"])
    #expect(FileSystem.status(file)?.mode == 0o600)
    #expect(FileSystem.status(file)?.isOpenToOthers == false)
  }

  @Test func aFileIsNotCreatedOverAnother() throws {
    try FileSystem.create(file, [1])
    let error = #expect(throws: FileError.self) { try FileSystem.create(file, [2]) }
    #expect(error == FileError(path: file, code: EEXIST))
    #expect(error?.description == "\(file): File exists")
  }

  @Test func copying() throws {
    let source = folder.path + "/source"
    try FileSystem.create(source, [UInt8](repeating: 65, count: 300_000))
    var seen = 0
    try FileSystem.copy(source, to: file) { seen += $0.count }
    #expect(seen == 300_000)
    #expect(FileSystem.bytes(of: file) == 300_000)
    let missing = #expect(throws: FileError.self) {
      try FileSystem.copy(folder.path + "/none", to: folder.path + "/copy")
    }
    #expect(missing?.isMissing == true)
    #expect(FileSystem.status(folder.path + "/copy") == nil)
  }

  @Test func aFailedCopyLeavesNoFile() {
    #expect(throws: FileError.self) { try FileSystem.copy(folder.path, to: file) }
    #expect(FileSystem.status(file) == nil)
  }

  @Test func readingARange() throws {
    try FileSystem.create(file, Array("0123456789".utf8))
    let descriptor = try FileDescriptor(file, for: .reading)
    #expect(try descriptor.read(2..<5) == Array("234".utf8))
    #expect(try descriptor.read(8..<12) == Array("89".utf8))
    #expect(try descriptor.read(20..<22) == [])
    #expect(try descriptor.read(upTo: 3) == Array("012".utf8))
  }

  @Test func aLockIsHeldByOneUntilItIsClosed() throws {
    do {
      let first = try FileDescriptor(file, for: .updating)
      #expect(try first.lock())
      let second = try FileDescriptor(file, for: .updating)
      #expect(try !second.lock())
    }
    #expect(try FileDescriptor(file, for: .updating).lock())
  }

  @Test func theVersionChangesWithTheContent() throws {
    try FileSystem.create(file, [1])
    let before = try #require(FileSystem.status(file)?.version)
    #expect(FileSystem.status(file)?.version == before)
    try FileSystem.remove(file)
    try FileSystem.create(file, [1, 2])
    #expect(FileSystem.status(file)?.version != before)
  }

  @Test func aScratchFileHasNoName() throws {
    let scratch = try ScratchFile(in: folder.path)
    try scratch.append([1, 2, 3])
    try scratch.append([4])
    #expect(try scratch.bytes(in: 2..<4) == [3, 4])
    #expect(throws: FileError.self) { try scratch.bytes(in: 3..<5) }
    #expect(try FileSystem.names(in: folder.path) == ["a"])
  }

  @Test func aFolderInAFile() throws {
    try FileSystem.create(file, [])
    let error = #expect(throws: FileError.self) { try FileSystem.makeFolder(file + "/folder") }
    #expect(error?.code == ENOTDIR)
  }

  @Test(
    arguments: [
      ("/a/b", "/a"), ("/a", "/"), ("/", "/"), ("a", "."), ("a/b/", "a"),
    ])
  func parent(of path: String, is parent: String) {
    #expect(FileSystem.parent(of: path) == parent)
  }
}

@Suite("An address belongs to a network")
struct AddressTests {
  @Test(
    arguments: [
      ("192.0.2.77", "4:c00002"), ("::ffff:192.0.2.77", "4:c00002"),
      ("2001:db8:1:2:3::4", "6:20010db8000100"), ("mail.example", "mail.example"), ("", ""),
    ])
  func network(of client: String, is network: String) {
    #expect(Address.network(of: client, ipv4Bytes: 3, ipv6Bytes: 7) == network)
  }
}

@Suite("A password matches the hash that was made of it")
struct PasswordHashTests {
  @Test func hashing() throws {
    let setting = try #require(PasswordHash.newSetting())
    let hash = try #require(PasswordHash.hash("correct horse", setting: setting))
    #expect(hash.hasPrefix("$y$"))
    #expect(PasswordHash.hash("correct horse", setting: hash) == hash)
    #expect(PasswordHash.hash("Correct horse", setting: hash) != hash)
    #expect(PasswordHash.newSetting() != setting)
  }

  @Test func whatCannotBeHashed() {
    #expect(PasswordHash.hash("a\0b", setting: "$y$j9T$salt") == nil)
    #expect(PasswordHash.hash("a", setting: "") == nil)
  }
}
