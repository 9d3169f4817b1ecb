import Archive
import Foundation
import Search
import Synchronization
import Testing

@Suite("A backup beside uploads has everything that was confirmed before it")
struct BackupBesideUploadsTests {
  @Test func publishingMeanwhile() throws {
    let home = try TemporaryArchive()
    let target = home.folder + "-backup"
    let restored = home.folder + "-restored"
    defer {
      for path in [target, restored] { try? FileManager.default.removeItem(atPath: path) }
    }
    for number in 0..<20 {
      try home.deposit("Before \(number)", file: try home.incoming("%PDF-1.7\nb\(number)"))
    }
    let isDone = Atomic(false)
    let done = DispatchGroup()
    let failures = Mutex<[any Error]>([])
    for lane in 0..<2 {
      DispatchQueue.global().async(group: done) {
        var number = 0
        while number < 5 || !isDone.load(ordering: .relaxed) {
          do {
            try home.deposit(
              "Meanwhile \(lane) \(number)", file: try home.incoming("%PDF-1.7\n\(lane)/\(number)"))
          } catch { failures.withLock { $0.append(error) } }
          number += 1
        }
      }
    }
    let backups = try (0..<3).map { _ in try home.archive.backUp(to: target) }
    isDone.store(true, ordering: .relaxed)
    done.wait()
    #expect(failures.withLock { $0.isEmpty })
    #expect(backups.allSatisfy { $0.findings.isEmpty })

    let report = try Archive.restore(from: target, to: restored)
    #expect(report.findings.isEmpty)
    let copy = try Archive.open(folder: restored, access: .exclusive)
    defer { copy.close() }
    #expect(try copy.verify().defects.isEmpty)
    let count = try copy.publications.count(at: noon)
    #expect((20...(try home.archive.publications.count(at: noon))).contains(count))
    try copy.publications.forEach(hasDrafts: true, at: noon) { publication in
      let file = try #require(publication.file)
      _ = try copy.files.open(file)
    }
  }
}

@Suite("An archive that was destroyed gives the same answers after a restore")
struct RestoreDrillTests {
  /// What readers and staff are told.
  private static func answers(_ archive: Archive) throws -> [String] {
    var answers: [String] = []
    try archive.publications.forEach(hasDrafts: true, at: noon) { publication in
      answers.append("\(publication)")
      answers.append("\(try archive.publications.formerFiles(of: publication.id))")
      if let file = publication.file {
        let content = FileManager.default.contents(atPath: archive.files.path(of: file))
        answers.append("\(file.sha256) \(content?.base64EncodedString() ?? "none")")
      }
    }
    for words in ["fog", "harbours", "mist author:fog"] {
      let found = try archive.search(SearchQuery(words), at: noon)
      answers.append("\(words): \(found.total)")
    }
    answers.append("\(try archive.publications.count(at: noon))")
    return answers
  }

  @Test func drill() throws {
    let home = try TemporaryArchive()
    let target = home.folder + "-backup"
    defer { try? FileManager.default.removeItem(atPath: target) }
    for number in 0..<12 {
      try home.deposit(
        "Fog over harbours \(number)", abstract: "Mist.", authors: ["Ida Fog"],
        status: number % 4 == 3 ? .draft : .published,
        file: try home.incoming("%PDF-1.7\n\(number)"))
    }
    let before = try Self.answers(home.archive)
    _ = try home.archive.backUp(to: target)
    home.archive.close()
    try FileManager.default.removeItem(atPath: home.folder)

    // A restore that is cut off can be repeated: here one of the files came along.
    let name = try #require(
      try FileManager.default.subpathsOfDirectory(atPath: target).sorted()
        .first { $0.hasSuffix(".pdf") })
    let place = "\(home.folder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: URL(filePath: place).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: "\(target)/\(name)", toPath: place)
    var shown = 0
    let report = try Archive.restore(from: target, to: home.folder) { shown = $0.files }
    #expect((report.kept, report.copied, shown) == (1, 11, 12))
    let archive = try Archive.open(folder: home.folder, access: .exclusive)
    defer { archive.close() }
    #expect(try archive.verify().defects.isEmpty)
    #expect(try Self.answers(archive) == before)
  }
}
