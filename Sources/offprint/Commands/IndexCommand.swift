import Archive

/// `offprint index`: what search is made of.
struct IndexCommand: Command {
  static let name = "index"
  static let summary = "Shows the size of the search index, or recomputes related publications."
  static let forms = ["[--rebuild]"]
  static let details = """
    The search index is in memory and is built from records and page texts when the server starts.
    Related publications are stored in the database. The size can be shown while a server runs.

    --rebuild  Recomputes the related publications of every publication. Stop the server first;
               a running server does this itself for what is new or changed.
    """
  static let settings: [any Declaration] = [
    Declarations.all.data, Declarations.all.freeSpaceReserve, Declarations.all.checkpoint,
  ]

  private let rebuilds: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    rebuilds = arguments.flag("--rebuild")
  }

  func run(_ context: Context) throws -> ExitStatus {
    let archive = try open(context.settings)
    defer { archive.close() }
    let start = ContinuousClock.now
    let size = try archive.measureIndex()
    let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
    context.console.write(
      "\(grouped(size.publications)) publications, \(grouped(size.pages)) pages, "
        + "\(grouped(size.words)) words: \(Quantity.text(octets: size.octets)) in memory, "
        + "built in \(grouped(milliseconds)) ms.\n")
    guard rebuilds else { return .done }
    let display = ProgressDisplay("Relating", on: context.console)
    let related = try archive.relateAll { done, total in
      display.show(done: done, of: total, fraction: Double(done) / Double(max(1, total)))
    }
    display.finish()
    context.console.write("\(grouped(related)) publications recomputed.\n")
    return .done
  }

  private func open(_ settings: Settings) throws -> Archive {
    guard rebuilds else { return try Archive.open(folder: settings.data, access: .reading) }
    do throws(ArchiveError) {
      return try settings.openArchive()
    } catch {
      guard case .locked(let folder, let process) = error else { throw error }
      throw RebuildError(folder: folder, process: process)
    }
  }
}

/// Why nothing is rebuilt.
private struct RebuildError: Error, CustomStringConvertible {
  let folder: String
  let process: Int32?

  var description: String {
    let user = process.map { "process \($0)" } ?? "another process"
    return "\(folder): nothing was rebuilt, as \(user) is using this folder; "
      + "stop the server first, then run this again"
  }
}
