import Archive
import Foundation
import Testing

@Suite("Every PDF is read again, and damage is known until it is repaired")
struct ScheduledVerificationTests {
  private let home: TemporaryArchive
  private let publications: [Publication]

  init() throws {
    home = try TemporaryArchive()
    publications = try ["Harbours", "Lighthouses", "Tides"].map { [home] title in
      try home.deposit(title, file: try home.incoming("%PDF-1.7\n\(title)"))
    }
  }

  private func path(_ index: Int) throws -> String {
    home.archive.files.path(of: try #require(publications[index].file))
  }

  /// Runs a pass to its end.
  private func pass(
    _ verification: ScheduledVerification, at now: Instant = noon
  ) throws -> (defects: [FileDefect], status: ScheduledVerification.Status) {
    var defects: [FileDefect] = []
    while true {
      switch try verification.step(at: now) {
      case .checked(let defect): defects += [defect].compactMap(\.self)
      case .ended(let status): return (defects, status)
      case .stopped: Issue.record("nobody stopped it")
      }
    }
  }

  @Test func wholeFiles() throws {
    let verification = try ScheduledVerification(home.archive)
    #expect(verification.isDue(at: noon))
    let (defects, status) = try pass(verification)
    #expect(defects.isEmpty)
    #expect(status.files == 3)
    #expect(status.lastSuccess == noon)
    #expect(try home.archive.verificationStatus() == status)
    #expect(!verification.isDue(at: noon.adding(seconds: 19 * 3600)))
    #expect(verification.isDue(at: noon.adding(seconds: 21 * 3600)))
    // The clock was set back.
    #expect(verification.isDue(at: noon.adding(seconds: -86_400)))
    let health = home.archive.health(at: noon)
    #expect(health.verification.lastSuccess == noon)
  }

  @Test(arguments: Damage.allCases)
  func damage(_ damage: Damage) throws {
    let verification = try ScheduledVerification(home.archive)
    _ = try pass(verification)
    let path = try path(1)
    let content = try Data(contentsOf: URL(filePath: path))
    try damage.happen(to: path)
    let later = noon.adding(seconds: 86_400)
    let (defects, status) = try pass(verification, at: later)
    #expect(defects.map(\.path) == [path])
    #expect(defects.first?.slugs == [publications[1].slug])
    #expect((status.damagedFiles, status.lastSuccess, status.lastPass) == (1, noon, later))
    #expect(try home.archive.files.damaged().map(\.path) == [path])

    // After a restart it is known at once.
    home.archive.close()
    let archive = try Archive.open(folder: home.folder, access: .exclusive)
    defer { archive.close() }
    #expect(try archive.verificationStatus() == status)
    let next = try ScheduledVerification(archive)
    #expect(try next.recheckDamaged().map(\.path) == [path])
    #expect(archive.health(at: noon).damagedFiles.map(\.slugs) == [[publications[1].slug]])

    try? FileManager.default.removeItem(atPath: path)
    try content.write(to: URL(filePath: path))
    #expect(try next.recheckDamaged().isEmpty)
    #expect(try archive.files.damaged().isEmpty)
    #expect(try pass(next, at: later).status.lastSuccess == later)
  }

  @Test("A change that leaves length and time of a file is found")
  func silentChange() throws {
    let verification = try ScheduledVerification(home.archive)
    _ = try pass(verification)
    let path = try path(0)
    let before = try FileManager.default.attributesOfItem(atPath: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.seek(toOffset: 10)
    try file.write(contentsOf: Data("X".utf8))
    try file.close()
    try FileManager.default.setAttributes(
      [.modificationDate: before[.modificationDate] ?? Date()], ofItemAtPath: path)
    #expect(try pass(verification).defects.map(\.path) == [path])
  }

  @Test("A pass continues after a restart, and repeats the file in which it was stopped")
  func continues() throws {
    let first = try ScheduledVerification(home.archive)
    #expect(try first.step(at: noon) == .checked(nil))
    #expect(try first.step(at: noon) { _ in false } == .stopped)
    try first.store()
    let second = try ScheduledVerification(home.archive)
    try Damage.bitFlipped.happen(to: try path(0))
    let (defects, status) = try pass(second)
    // The first file was read before it was damaged.
    #expect(defects.isEmpty)
    #expect(status.files == 3)
    #expect(try pass(second).defects.count == 1)
  }

  @Test("A draft that is deleted meanwhile is no damage")
  func deletedDraft() throws {
    let draft = try home.deposit(
      "Draft", status: .draft, file: try home.incoming("%PDF-1.7\ndraft"))
    let verification = try ScheduledVerification(home.archive)
    for _ in publications { #expect(try verification.step(at: noon) == .checked(nil)) }
    let step = try verification.step(at: noon) { [home] _ in
      do {
        try home.archive.publications.deleteDraft(draft.id, by: librarian)
      } catch {
        Issue.record("\(error)")
      }
      return true
    }
    #expect(step == .checked(nil))
    #expect(try pass(verification).status.damagedFiles == 0)
  }
}
