import Archive

/// `offprint verify`: checks that everything that was confirmed is present and undamaged.
struct VerifyCommand: ArchiveCommand {
  static let name = "verify"
  static let summary = "Checks the whole archive for missing and damaged files."
  static let forms = ["[--repair]"]
  static let details = """
    Checks the database, each file against the SHA-256 that names it, and that other users of
    the machine cannot open any of it. The exit status is 1 when something
    is lost, damaged or open to others.

    --repair   Removes files that belong to no publication and are older than a day.
    """
  static let settings: [any Declaration] = [Declarations.all.data]

  private let repairs: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    repairs = arguments.flag("--repair")
  }

  var writes: Bool { repairs }

  func run(on archive: Archive, _ session: CommandSession) throws -> ExitStatus {
    try Self.verify(
      archive, repairs: repairs, on: session.output, isCancelled: session.isCancelled)
  }

  /// Verifies an archive and reports the result.
  static func verify(
    _ archive: Archive, repairs: Bool = false, on output: any CommandOutput,
    isCancelled: () -> Bool = { false }
  ) throws -> ExitStatus {
    let meter = ProgressMeter("Verifying", on: output)
    let found = try archive.verify(repairs: repairs, isCancelled: isCancelled) { meter.show($0) }
    meter.finish()
    for defect in found.defects { output.write("\(defect)\n") }
    guard found.isComplete else {
      output.say("offprint: stopped after \(grouped(found.files)) files; nothing was removed")
      return .foundSomethingWrong
    }
    output.write(
      "\(grouped(found.files)) files, \(Quantity.text(bytes: found.bytes)): "
        + (found.lost == 0 ? "all there and whole" : "\(grouped(found.lost)) lost or damaged")
        + (found.openToOthers > 0 ? "; \(grouped(found.openToOthers)) open to others" : "")
        + (found.removed > 0 ? "; \(grouped(found.removed)) without a publication removed" : "")
        + ".\n")
    return found.lost + found.openToOthers == 0 ? .done : .foundSomethingWrong
  }
}
