import Archive

/// `offprint verify`: whether everything that was acknowledged is there and whole.
struct VerifyCommand: Command {
  static let name = "verify"
  static let summary = "Checks the whole archive for missing and damaged files."
  static let forms = ["[--repair]"]
  static let details = """
    Checks the database and each file against the name that its content gave it. Works beside a
    running server, except with --repair. The exit status is 1 when something is lost or damaged.

    --repair   Removes files that belong to no publication and are older than a day.
    """
  static let settings: [any Declaration] = [Declarations.all.data]

  private let repairs: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    repairs = arguments.flag("--repair")
  }

  func run(_ context: Context) throws -> ExitStatus {
    let archive = try Archive.open(
      folder: context.settings.data, access: repairs ? .exclusive : .reading)
    defer { archive.close() }
    return try Self.verify(archive, repairs: repairs, on: context.console)
  }

  /// Verifies an archive and says what was found.
  static func verify(
    _ archive: Archive, repairs: Bool = false, on console: Console
  ) throws -> ExitStatus {
    let display = ProgressDisplay("Verifying", on: console)
    let found = try archive.verify(repairs: repairs) { done, total in
      display.show(done: done, of: total, fraction: Double(done) / Double(max(1, total)))
    }
    display.finish()
    for defect in found.defects { console.write("\(defect)\n") }
    let lost = found.defects.count(where: \.isLoss)
    console.write(
      "\(grouped(found.files)) files, \(Quantity.text(octets: found.octets)): "
        + (lost == 0 ? "all there and whole" : "\(grouped(lost)) lost or damaged")
        + (found.removed > 0 ? "; \(grouped(found.removed)) without a publication removed" : "")
        + ".\n")
    return lost == 0 ? .done : .foundSomethingWrong
  }
}
