import Archive
import Foundation
import Synchronization
import Testing

@Suite("Pages are drawn when they are first asked for, then stored")
struct DrawingsTests {
  /// Draws a text in place of a page, and counts.
  final class Drawer: PageDrawer {
    let drawn = Mutex<[String]>([])
    let failure = Mutex<DrawingFailure?>(nil)
    /// Called while a page is drawn.
    let meanwhile = Mutex<@Sendable () -> Void>({})
    let fontBytes: Int

    init(fontBytes: Int = 0) { self.fontBytes = fontBytes }

    /// Bytes with a head that gives their number.
    private static func woff(_ count: Int) -> [UInt8] {
      Array("wOFF----\0\0\0".utf8) + [UInt8](repeating: UInt8(count), count: max(0, count - 11))
    }

    func draw(
      _ page: Int, as form: PageDrawing.Form, of file: CheckedFile, known: [Int]
    ) throws(DrawingFailure) -> (drawing: PageDrawing, fonts: [PageDrawing.Font]) {
      drawn.withLock { $0.append("\(page) \(form)") }
      meanwhile.withLock { $0 }()
      if let failure = failure.withLock({ $0 }) { throw failure }
      if page > 9 { throw .noSuchPage }
      let font = PageDrawing.Font(number: 3, woff: Self.woff(fontBytes))
      let hasFont = form == .inline && fontBytes > 0
      let isKnown = known.contains(3)
      let drawing = PageDrawing(
        content: Array("<svg>\(page)</svg>".utf8), width: 612, height: 792.5, pageCount: 9,
        missing: ["font"],
        words: [.init(text: "a word", x: 1, y: 2.25, width: 30, height: 12)],
        fonts: hasFont ? [.init(number: 3, bytes: isKnown ? 0 : fontBytes)] : [])
      return (drawing, hasFont && !isKnown ? [font] : [])
    }
  }

  /// Removed with its owner.
  final class Folder: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "drawings-\(UUID())").path
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  /// A clock that stands still until it is moved.
  final class Clock: Sendable {
    private let passed = Mutex<Duration>(.zero)
    private let start = ContinuousClock.now
    var now: ContinuousClock.Instant { passed.withLock { start + $0 } }
    func wait(_ time: Duration) { passed.withLock { $0 += time } }
  }

  private let folder = Folder()
  private let drawer = Drawer(fontBytes: 100)
  private let clock = Clock()

  private func drawings(version: String = "1", limit: Int = 1 << 30) -> Drawings {
    Drawings(
      path: folder.path, drawer: drawer, version: version, limit: limit,
      clock: { [clock] in clock.now })
  }

  private func archive(_ drawings: Drawings) throws -> (TemporaryArchive, StoredFile) {
    var options = Archive.Options()
    options.drawings = drawings
    let archive = try TemporaryArchive(options)
    return (archive, try #require(try deposit("First", in: archive).file))
  }

  private func deposit(
    _ title: String, in archive: TemporaryArchive, status: Publication.Status = .published
  ) throws -> Publication {
    try archive.deposit(title, status: status, file: archive.incoming("%PDF-1.4\n\(title)\n"))
  }

  private func files() -> [String] {
    let all = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
    return all.compactMap { $0 as? String }.filter { $0.contains(".") }.sorted()
  }

  @Test func drawnOnceAndStored() throws {
    let (temporary, file) = try archive(drawings())
    let archive = temporary.archive
    let first = try archive.drawing(ofPage: 2, as: .inline, of: file)
    #expect(first.content == Array("<svg>2</svg>".utf8))
    #expect(first.height == 792.5 && first.missing == ["font"] && first.words.count == 1)
    #expect(try archive.drawing(ofPage: 2, as: .inline, of: file) == first)
    #expect(try archive.font(3, of: file)?.count == 100)
    _ = try archive.drawing(ofPage: 2, as: .document, of: file)
    #expect(drawer.drawn.withLock { $0 } == ["2 inline", "2 document"])
    // Also after a restart, but not by another version.
    #expect(
      try drawings().drawing(ofPage: 2, as: .inline, of: file.sha256, open: notOpened) == first)
    #expect(throws: NotOpened.self) {
      try drawings(version: "2").drawing(ofPage: 2, as: .inline, of: file.sha256, open: notOpened)
    }
  }

  private struct NotOpened: Error {}

  private func notOpened() throws -> CheckedFile { throw NotOpened() }

  @Test("What was deleted, cut short or damaged on disk is drawn again")
  func deleted() throws {
    let (temporary, file) = try archive(drawings())
    let archive = temporary.archive
    let drawing = try archive.drawing(ofPage: 1, as: .inline, of: file)
    for (times, name) in ["3.woff", "1.inline"].enumerated() {
      let path = try #require(files().first { $0.hasSuffix(name) })
      let url = URL(fileURLWithPath: "\(folder.path)/\(path)")
      let bytes = try Data(contentsOf: url)
      try bytes.dropLast().write(to: url)
      #expect(try archive.drawing(ofPage: 1, as: .inline, of: file) == drawing)
      #expect(try Data(contentsOf: url) == bytes)
      #expect(drawer.drawn.withLock { $0.count } == times + 2)
    }
    try FileManager.default.removeItem(atPath: folder.path)
    // A browser may ask for the font alone.
    #expect(try archive.font(3, of: file)?.count == 100)
    #expect(try archive.font(4, of: file) == nil)
    #expect(try archive.drawing(ofPage: 1, as: .inline, of: file) == drawing)
    #expect(drawer.drawn.withLock { $0.count } == 4)
  }

  @Test func simultaneousRequestsDrawOnce() throws {
    let (temporary, file) = try archive(drawings())
    let archive = temporary.archive
    let others = DispatchGroup()
    let results = Mutex(0)
    drawer.meanwhile.withLock {
      $0 = {
        for _ in 0..<4 {
          DispatchQueue.global().async(group: others) {
            if (try? archive.drawing(ofPage: 1, as: .document, of: file)) != nil {
              results.withLock { $0 += 1 }
            }
          }
        }
      }
    }
    _ = try archive.drawing(ofPage: 1, as: .document, of: file)
    others.wait()
    #expect(results.withLock { $0 } == 4)
    #expect(drawer.drawn.withLock { $0.count } == 1)
  }

  @Test(
    "A drawing that failed is tried again after a pause only",
    arguments: [
      (.tookTooLong, false), (.crashed, false), (.unreadable("no"), false), (.tooLarge, false),
      (.notStarted("busy"), true),
    ] as [(DrawingFailure, Bool)])
  func failure(_ failure: DrawingFailure, isTriedAtOnce: Bool) throws {
    let drawings = drawings()
    let (temporary, file) = try archive(drawings)
    let archive = temporary.archive
    drawer.failure.withLock { $0 = failure }
    func draw() throws { _ = try archive.drawing(ofPage: 1, as: .inline, of: file) }
    #expect(throws: failure) { try draw() }
    #expect(throws: failure) { try draw() }
    #expect(drawer.drawn.withLock { $0.count } == (isTriedAtOnce ? 2 : 1))
    drawer.failure.withLock { $0 = nil }
    _ = try archive.drawing(ofPage: 2, as: .inline, of: file)
    clock.wait(Drawings.pause)
    try draw()
    #expect(drawings.counts.drawn == 2)
  }

  @Test func aPageThatIsNotThereIsNoFailure() throws {
    let drawings = drawings()
    let (temporary, file) = try archive(drawings)
    let archive = temporary.archive
    #expect(throws: DrawingFailure.noSuchPage) {
      try archive.drawing(ofPage: 10, as: .inline, of: file)
    }
    #expect(drawings.counts.failed == 0)
  }

  @Test("Above the limit the drawings of what was asked for longest ago go")
  func limit() throws {
    let drawings = drawings(limit: 1000)
    let (temporary, first) = try archive(drawings)
    let archive = temporary.archive
    let others = try (0..<6).map { try #require(try deposit("No. \($0)", in: temporary).file) }
    let files = [first] + others
    for file in files {
      _ = try archive.drawing(ofPage: 1, as: .inline, of: file)
      _ = try archive.drawing(ofPage: 1, as: .inline, of: files[0])
      #expect(drawings.bytes <= 1000)
    }
    // The first was asked for all the time.
    #expect(drawer.drawn.withLock { $0.count } == files.count)
    #expect(drawings.size(of: files[0].sha256) == nil)
    _ = try archive.drawing(ofPage: 1, as: .inline, of: files[1])
    #expect(drawer.drawn.withLock { $0.count } == files.count + 1)
    #expect(drawings.removals > 0)
  }

  @Test("Drawings go with their file: withdrawn, replaced, deleted")
  func unneeded() throws {
    let drawings = drawings()
    let (temporary, first) = try archive(drawings)
    let archive = temporary.archive
    let withdrawn = try deposit("Second", in: temporary)
    let replaced = try deposit("Third", in: temporary)
    let deleted = try deposit("Fourth", in: temporary, status: .draft)
    for file in [first] + [withdrawn, replaced, deleted].compactMap(\.file) {
      _ = try archive.drawing(ofPage: 1, as: .document, of: file)
    }
    drawings.finishUpkeep()
    #expect(files().count == 4)
    _ = try archive.publications.withdraw(withdrawn.id, reason: "Wrong", by: librarian)
    try archive.publications.deleteDraft(deleted.id, by: librarian)
    _ = try archive.publications.revise(
      replaced.id, to: Draft(record: replaced.record, status: .published),
      file: temporary.incoming("%PDF-1.4\nnew\n"), by: librarian)
    drawings.finishUpkeep()
    #expect(files().count == 1)
    #expect(files().allSatisfy { $0.contains(first.sha256) })
  }

  @Test(
    "What is not a drawing is not read as one",
    arguments: [
      "", "offprint-drawing 1\n",
      "offprint-drawing 2\nsize 1 1\npages 1\nmissing\nsvg 0\nwords 0\n\n",
      "offprint-drawing 1\nsize 1 nan\npages 1\nmissing\nsvg 0\nwords 0\n\n",
      "offprint-drawing 1\nsize 1 -1\npages 1\nmissing\nsvg 0\nwords 0\n\n",
      "offprint-drawing 1\nsize 1 1\npages 0\nmissing\nsvg 0\nwords 0\n\n",
      "offprint-drawing 1\nsize 1 1\npages 1\nmissing\nsvg 9223372036854775807\nwords 0\n\n",
      "offprint-drawing 1\nsize 1 1\npages 1\nmissing\nsvg -1\nwords 0\n\n",
      "offprint-drawing 1\nsize 1 1\npages 1\nmissing\nsvg 1\nwords 0\n\n",
      "offprint-drawing 1\nsize 1 1\npages 1\nmissing\nsvg 0\nwords 4\n\n1 2\n",
      "offprint-drawing 1\nsize 1 1\npages 1\nmissing\nsvg 0\nwords 0\nfont 1 2\n\n",
      "offprint-drawing 1\nsize 1 1\npages 1\nmissing\nsvg 0\nwords 0\n\nmore",
    ])
  func noDrawing(_ text: String) {
    #expect(PageDrawing.decode(Array(text.utf8), hasFonts: true) == nil)
  }
}
