internal import Dispatch
internal import SQLite
internal import Synchronization

/// The drawn pages of PDFs: drawn when they are first asked for, then stored.
///
/// Simultaneous requests for one page share one drawing. A page whose drawing failed is drawn again
/// when it is asked for after a pause.
package final class Drawings: Sendable {
  /// Since the start.
  package struct Counts: Sendable, Equatable {
    package var drawn = 0
    package var failed = 0
    /// Drawings that could not be stored.
    package var unstored = 0
  }

  private struct Key: Hashable {
    let sha256: String
    let page: Int
    let form: PageDrawing.Form

    var name: String { "\(page).\(form.rawValue)" }
  }

  /// A drawing that others may wait for.
  private final class Run: Sendable {
    let running = DispatchGroup()
    let result = Mutex<Result<PageDrawing, DrawingFailure>?>(nil)
  }

  private struct State {
    var running: [Key: Run] = [:]
    var failures: [Key: (failure: DrawingFailure, until: ContinuousClock.Instant)] = [:]
    /// A page with each font, by the hash of its PDF, so that a font that was deleted can be made
    /// again.
    var pagesOfFonts: [String: [Int: Int]] = [:]
    var counts = Counts()
    var isUpkeepDue = false
    var isFolderOpen = false
  }

  /// How long a page is not drawn after its drawing failed.
  package static let pause: Duration = .seconds(600)
  private static let mostFailures = 10_000
  private static let mostFontLists = 5_000

  private let folder: DrawingFolder
  private let drawer: any PageDrawer
  private let clock: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())
  private let upkeep = DispatchQueue(label: "offprint.drawings", qos: .utility)

  /// - Parameters:
  ///   - path: The folder for drawings, which is created when it is needed.
  ///   - drawer: Draws pages.
  ///   - version: Differs when the program may draw differently.
  ///   - limit: The most bytes to store; a tenth of the free space if that is less.
  ///   - reserve: The free bytes below which nothing is stored.
  ///   - clock: The time; replaced by tests.
  package init(
    path: String, drawer: any PageDrawer, version: String, limit: Int = 2 << 30,
    reserve: Int = 0, clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    folder = DrawingFolder(path, version: version, limit: limit, reserve: reserve)
    self.drawer = drawer
    self.clock = clock
  }

  package var counts: Counts { state.withLock { $0.counts } }

  /// The bytes that are stored.
  package var bytes: Int { folder.bytes }

  /// How many times drawings were removed; what was stored at an earlier count may not be any more.
  package var removals: Int { folder.removals }

  // MARK: Pages

  /// A page of a PDF, drawn now if it is not stored.
  ///
  /// - Parameters:
  ///   - page: Its number, from 1.
  ///   - form: What the drawing is for.
  ///   - sha256: The hash of the PDF.
  ///   - open: Opens the PDF; called if the page is to be drawn.
  /// - Returns: The drawing.
  /// - Throws: ``DrawingFailure``, or what `open` throws.
  package func drawing(
    ofPage page: Int, as form: PageDrawing.Form, of sha256: String, open: () throws -> CheckedFile
  ) throws -> PageDrawing {
    let key = Key(sha256: sha256, page: page, form: form)
    if let stored = stored(key) { return stored }
    let (run, isFirst) = try join(key)
    guard isFirst else {
      run.running.wait()
      // Without a result the file could not be opened for the first one.
      guard let result = run.result.withLock({ $0 }) else {
        return try drawing(ofPage: page, as: form, of: sha256, open: open)
      }
      return try result.get()
    }
    defer {
      state.withLock { $0.running[key] = nil }
      run.running.leave()
    }
    if let stored = stored(key) {
      run.result.withLock { $0 = .success(stored) }
      return stored
    }
    let file = try open()
    let result = draw(key, file)
    run.result.withLock { $0 = result }
    return try result.get()
  }

  /// The stored drawing, if its fonts are stored too.
  private func stored(_ key: Key) -> PageDrawing? {
    guard let bytes = folder.read(key.name, of: key.sha256),
      let drawing = PageDrawing.decode(bytes, hasFonts: false)?.drawing,
      drawing.fonts.allSatisfy({
        folder.length(Self.fontName($0.number), of: key.sha256) == $0.bytes
      })
    else { return nil }
    noteFonts(of: drawing, key)
    return drawing
  }

  private func join(_ key: Key) throws(DrawingFailure) -> (Run, isFirst: Bool) {
    let now = clock()
    let outcome = state.withLock { state -> Result<(Run, isFirst: Bool), DrawingFailure> in
      if let run = state.running[key] { return .success((run, false)) }
      if let (failure, until) = state.failures[key] {
        if now < until { return .failure(failure) }
        state.failures[key] = nil
      }
      let run = Run()
      run.running.enter()
      state.running[key] = run
      return .success((run, true))
    }
    return try outcome.get()
  }

  private func draw(_ key: Key, _ file: CheckedFile) -> Result<PageDrawing, DrawingFailure> {
    do throws(DrawingFailure) {
      let known = key.form == .inline ? storedFonts(of: key.sha256) : []
      var (drawing, fonts) = try drawer.draw(key.page, as: key.form, of: file, known: known)
      if !fillLengths(of: &drawing, key) {
        // A font has been deleted meanwhile.
        (drawing, fonts) = try drawer.draw(key.page, as: key.form, of: file, known: [])
      }
      let isStored = store(drawing, fonts, key)
      state.withLock { state in
        state.counts.drawn += 1
        if !isStored { state.counts.unstored += 1 }
      }
      noteFonts(of: drawing, key)
      return .success(drawing)
    } catch {
      let now = clock()
      state.withLock { state in
        switch error {
        case .noSuchPage: return
        case .notStarted: state.counts.failed += 1
        case .unreadable, .tookTooLong, .tooLarge, .crashed:
          state.counts.failed += 1
          if state.failures.count >= Self.mostFailures { state.failures.removeAll() }
          state.failures[key] = (error, now + Self.pause)
        }
      }
      return .failure(error)
    }
  }

  /// The numbers of the fonts that are stored whole: their heads give their length (WOFF 1.0 §3).
  private func storedFonts(of sha256: String) -> [Int] {
    folder.names(of: sha256).filter { $0.hasSuffix(Self.fontSuffix) }.compactMap { name in
      guard let head = folder.head(name, of: sha256), head.count >= 12,
        folder.length(name, of: sha256) == head[8..<12].reduce(0, { $0 << 8 | Int($1) })
      else { return nil }
      return Int(name.dropLast(Self.fontSuffix.utf8.count))
    }
  }

  /// Adds the lengths of fonts that are stored; false if one is not.
  private func fillLengths(of drawing: inout PageDrawing, _ key: Key) -> Bool {
    for index in drawing.fonts.indices where drawing.fonts[index].bytes == 0 {
      let name = Self.fontName(drawing.fonts[index].number)
      guard let bytes = folder.length(name, of: key.sha256), bytes > 0 else { return false }
      drawing.fonts[index].bytes = bytes
    }
    return true
  }

  /// Stores a drawing after its fonts; false if that failed.
  private func store(_ drawing: PageDrawing, _ fonts: [PageDrawing.Font], _ key: Key) -> Bool {
    do {
      for font in fonts {
        let name = Self.fontName(font.number)
        guard folder.length(name, of: key.sha256) != font.woff.count else { continue }
        try folder.write(font.woff, as: name, of: key.sha256)
      }
      try folder.write(drawing.encoded(), as: key.name, of: key.sha256)
      return true
    } catch { return false }
  }

  /// The size of the first page of a PDF in points, if its drawing is stored.
  package func size(of sha256: String) -> (width: Double, height: Double)? {
    let name = Key(sha256: sha256, page: 1, form: .document).name
    return folder.head(name, of: sha256).flatMap { PageDrawing.size(inHead: $0) }
  }

  // MARK: Fonts

  /// A font that a drawn page uses; nil if no page with it is known.
  ///
  /// - Parameters:
  ///   - number: Its number in the document.
  ///   - sha256: The hash of the PDF.
  ///   - open: Opens the PDF; called if the font has been deleted.
  /// - Returns: The font.
  /// - Throws: ``DrawingFailure``, or what `open` throws.
  package func font(
    _ number: Int, of sha256: String, open: () throws -> CheckedFile
  ) throws -> [UInt8]? {
    if let woff = folder.read(Self.fontName(number), of: sha256) { return woff }
    guard let page = state.withLock({ $0.pagesOfFonts[sha256]?[number] }) else { return nil }
    _ = try drawing(ofPage: page, as: .inline, of: sha256, open: open)
    return folder.read(Self.fontName(number), of: sha256)
  }

  private static let fontSuffix = ".woff"

  private static func fontName(_ number: Int) -> String { "\(number)\(fontSuffix)" }

  private func noteFonts(of drawing: PageDrawing, _ key: Key) {
    guard !drawing.fonts.isEmpty else { return }
    state.withLock { state in
      if state.pagesOfFonts.count >= Self.mostFontLists { state.pagesOfFonts.removeAll() }
      for font in drawing.fonts {
        state.pagesOfFonts[key.sha256, default: [:]][font.number] = key.page
      }
    }
  }

  // MARK: Upkeep

  /// Removes in the background what an archive no longer needs: drawings of PDFs that are no
  /// publication's current file any more, or that of a withdrawn one.
  func noteChange(of core: ArchiveCore) {
    let isFirst = state.withLock { state in
      defer { state.isUpkeepDue = true }
      return !state.isUpkeepDue
    }
    guard isFirst else { return }
    upkeep.async { [self, weak core] in
      let isOpen = state.withLock { state in
        state.isUpkeepDue = false
        defer { state.isFolderOpen = true }
        return state.isFolderOpen
      }
      if !isOpen { folder.open() }
      let drawn = folder.files
      // If the database cannot be read now, they are removed after the next change.
      guard !drawn.isEmpty, let core, let needed = try? core.currentFiles() else { return }
      for sha256 in drawn where !needed.contains(sha256) { folder.remove(sha256) }
    }
  }

  /// Removes the drawings of a PDF.
  func remove(_ sha256: String) { folder.remove(sha256) }

  /// Waits until what follows from earlier changes has been done.
  package func finishUpkeep() { upkeep.sync {} }
}

extension ArchiveCore {
  /// The hashes of the files whose pages somebody may see.
  fileprivate func currentFiles() throws -> Set<String> {
    try read { connection in
      Set(
        try connection.rows(
          """
          SELECT sha256 FROM file WHERE id IN (
            SELECT file FROM publication WHERE status <> 'withdrawn' AND file NOT NULL)
          """
        ) { $0.text(0) })
    }
  }
}

extension Archive {
  /// A page of a publication's current file, drawn now if it is not stored.
  ///
  /// - Parameters:
  ///   - page: Its number, from 1.
  ///   - form: What the drawing is for.
  ///   - file: The file.
  /// - Returns: The drawing.
  /// - Throws: ``DrawingFailure``, ``FileDefect`` or ``FileFetcher/Failure``.
  package func drawing(
    ofPage page: Int, as form: PageDrawing.Form, of file: StoredFile
  ) throws -> PageDrawing {
    guard let drawings = options.drawings else { throw DrawingFailure.notStarted("no drawer") }
    return try drawings.drawing(ofPage: page, as: form, of: file.sha256) { try files.open(file) }
  }

  /// A font that pages of a file share; nil if no page with it is known.
  package func font(_ number: Int, of file: StoredFile) throws -> [UInt8]? {
    try options.drawings?.font(number, of: file.sha256) { try files.open(file) }
  }
}
