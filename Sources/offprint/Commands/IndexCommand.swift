import Archive

/// `offprint index`: what search is made of.
struct IndexCommand: Command {
  static let name = "index"
  static let summary = "Tells how large the search index is, or makes what is kept of it anew."
  static let forms = ["[--rebuild]"]
  static let details = """
    The words are kept in memory and made from records and page texts whenever a server starts, so
    they cannot differ from these. What is related to what is kept in the database. Works beside a
    running server.

    --rebuild  Computes anew what is related to each publication.
    """
  static let settings: [any Declaration] = [Declarations.all.data]

  private let rebuilds: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    rebuilds = arguments.flag("--rebuild")
  }

  func run(_ context: Context) throws -> ExitStatus {
    let archive = try Archive.open(folder: context.settings.data, access: .reading)
    defer { archive.close() }
    let start = ContinuousClock.now
    let size = try archive.measureIndex()
    let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
    context.console.write(
      "\(grouped(size.publications)) publications, \(grouped(size.pages)) pages, "
        + "\(grouped(size.words)) words: \(Quantity.text(octets: size.octets)) in memory, "
        + "made in \(grouped(milliseconds)) ms.\n")
    guard rebuilds else { return .done }
    let display = ProgressDisplay("Relating", on: context.console)
    let related = try archive.relateAll { done, total in
      display.show(done: done, of: total, fraction: Double(done) / Double(max(1, total)))
    }
    display.finish()
    context.console.write("\(grouped(related)) publications related anew.\n")
    return .done
  }
}
