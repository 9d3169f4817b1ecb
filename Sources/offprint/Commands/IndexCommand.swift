import Archive

/// `offprint index`: describes or rebuilds the search index.
struct IndexCommand: ArchiveCommand {
  static let name = "index"
  static let summary = "Shows the size of the search index, or recomputes related publications."
  static let forms = ["[--rebuild]"]
  static let details = """
    The search index is in memory and is built from records and page texts when the server starts.
    Related publications are stored in the database.

    --rebuild  Recomputes the related publications of every publication.
               A running server computes them when a page needs them.
    """
  static let settings: [any Declaration] = [
    Declarations.all.data, Declarations.all.freeSpaceReserve, Declarations.all.checkpoint,
  ]

  private let rebuilds: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    rebuilds = arguments.flag("--rebuild")
  }

  static var endsBetweenSteps: Bool { true }

  var writes: Bool { rebuilds }

  func run(on archive: Archive, _ session: CommandSession) throws -> ExitStatus {
    let start = ContinuousClock.now
    let size = try archive.measureIndex()
    let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
    session.output.write(
      "\(grouped(size.publications)) publications, \(grouped(size.pages)) pages, "
        + "\(grouped(size.words)) words: \(Quantity.text(bytes: size.bytes)) in memory, "
        + "built in \(grouped(milliseconds)) ms.\n")
    guard rebuilds else { return .done }
    let meter = ProgressMeter("Relating", on: session.output)
    let related = try archive.relateAll(isCancelled: session.isCancelled) { done, total in
      meter.show(done: done, of: total)
    }
    meter.finish()
    session.output.write("\(grouped(related)) publications recomputed.\n")
    guard !session.isCancelled() else {
      session.output.say("offprint: stopped; run the same command again to continue")
      return .foundSomethingWrong
    }
    return .done
  }
}
