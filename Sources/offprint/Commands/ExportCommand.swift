import Archive
import Foundation
import Site
import System

/// `offprint export`: the publications for other programs, or with their PDFs into a folder.
struct ExportCommand: Command {
  static let name = "export"
  static let summary = "Exports the publications for other programs, or with their PDFs."
  static let forms = [
    "[--format jsonl|bibtex|ris|csl|csv] [--drafts] [--output FILE]",
    "--csv|--bibtex|--ris [--drafts] [--output FILE]",
    "--folder DIR [--drafts]",
    "--bag DIR [--public]",
    "--static DIR",
    "--crossref [--doi-prefix PREFIX] [--output FILE]",
  ]
  static let details = """
    The default format is one JSON object a line, which “import” reads back unchanged. Import it
    with --files DATA/files to include the PDFs. Works while the server runs.

    --format NAME        jsonl (default), bibtex, ris, csl or csv.
    --csv, --bibtex, --ris   The same as --format csv, bibtex or ris.
    --folder DIR         Writes catalogue.jsonl and the PDFs into a folder, which is created. Import
                         it with: offprint import DIR/catalogue.jsonl --files DIR
    --bag DIR            Writes a complete copy for preservation or for another system: a BagIt bag
                         (RFC 8493) with all PDFs, records, page texts, earlier versions, lists and
                         old addresses, described by an RO-Crate. Drafts and what else readers
                         cannot see are in its folder data/not-public. Accounts, subscribers and
                         passwords are not in it; `offprint backup` copies those too. DIR appears
                         when the bag is complete; a run that is cut off continues from DIR.part.
                         Read it back with: offprint import --bag DIR
    --static DIR         Writes a copy of the public site that works from a disk and from any web
                         server: pages, PDFs, metadata files, feeds and a small search. Set
                         base-url to its address. A later run to the same folder writes what has
                         changed and removes what is no longer public.
    --public             Leaves data/not-public out, for copies that others get.
    --drafts             Includes drafts and publications that are in review, scheduled or
                         withdrawn. In JSON lines they have their status.
    --crossref           Writes a Crossref deposit that registers the DOIs of the records.
    --doi-prefix PREFIX  Only DOIs with this prefix, such as 10.1234.
    --output FILE        The file to write (default: standard output).
    """
  static let settings: [any Declaration] = [
    Declarations.all.data, Declarations.all.siteName, Declarations.all.institution,
    Declarations.all.baseURL, Declarations.all.contact, Declarations.all.tagline,
    Declarations.all.language, Declarations.all.languages, Declarations.all.timeZone,
    Declarations.all.accent, Declarations.all.logo, Declarations.all.imprint,
    Declarations.all.footerLinks, Declarations.all.uncitedTypes, Declarations.all.aiCrawlers,
    Declarations.all.publicFolder,
  ]

  private let format: ExportFormat
  private let isCrossref: Bool
  private let prefix: String?
  private let output: String?
  private let folder: String?
  private let bag: String?
  private let copy: String?
  private let isPublicOnly: Bool
  private let hasDrafts: Bool

  init(_ arguments: inout Arguments) throws(UsageError) {
    isCrossref = arguments.flag("--crossref")
    var format = try arguments.value(of: "--format", Kind<ExportFormat>.choice)
    for short in [ExportFormat.csv, .bibtex, .ris] where arguments.flag("--\(short.rawValue)") {
      format = short
    }
    folder = try arguments.value(of: "--folder")
    bag = try arguments.value(of: "--bag")
    copy = try arguments.value(of: "--static")
    isPublicOnly = arguments.flag("--public")
    hasDrafts = arguments.flag("--drafts")
    self.format = format ?? .jsonl
    prefix = try arguments.value(of: "--doi-prefix")
    output = try arguments.value(of: "--output")
  }

  func run(_ context: Context) throws -> ExitStatus {
    let settings = context.settings
    let archive = try Archive.open(folder: settings.data, access: .reading)
    defer { archive.close() }
    var site = SiteSettings()
    site = settings.siteSettings(
      origin: settings.baseURL.isEmpty ? site.baseURL : settings.baseURL)
    site = site.with(try archive.settings.values())
    if let copy { return try writeCopy(in: copy, of: archive, context) }
    if let bag { return try write(bag, of: archive, site, context) }
    if let folder {
      let meter = ProgressMeter("Exporting", on: TerminalOutput(context.console))
      let count = try ExportFolder(folder, archive).write(hasDrafts: hasDrafts) {
        meter.show(done: $0, of: nil)
      }
      meter.finish()
      context.console.say("\(grouped(count)) publications written")
      return .done
    }
    let file = try output.map(OutputFile.init)
    let write = { (bytes: [UInt8]) throws in
      guard let file else {
        // The reader of standard output has closed it.
        if !context.console.write(bytes) { throw ExportError.notTaken }
        return
      }
      try file.write(bytes)
    }
    let count =
      isCrossref
      ? try deposit(of: archive, site, settings, write) : try list(of: archive, site, write)
    try file?.finish()
    context.console.say("\(grouped(count)) publications written")
    return .done
  }

  private func write(
    _ bag: String, of archive: Archive, _ site: SiteSettings, _ context: Context
  ) throws -> ExitStatus {
    let meter = ProgressMeter("Exporting", on: TerminalOutput(context.console))
    let summary = try BagExport(bag, of: archive, on: site, hasHidden: !isPublicOnly).write {
      meter.show(done: $0, of: $1, fraction: $2)
    }
    meter.finish()
    for defect in summary.lost { context.console.say("\(defect); not in the bag") }
    context.console.say(
      "\(bag): \(grouped(summary.publications)) publications and \(grouped(summary.files)) files")
    return summary.lost.isEmpty ? .done : .foundSomethingWrong
  }

  private func writeCopy(
    in folder: String, of archive: Archive, _ context: Context
  ) throws -> ExitStatus {
    let settings = context.settings
    let origin = settings.baseURL.isEmpty ? SiteSettings().baseURL : settings.baseURL
    if settings.baseURL.isEmpty {
      context.console.say(
        "offprint: base-url is not set, so feeds, sitemap and metadata name \(origin)")
    }
    let appearance = try settings.appearance(origin: origin, of: archive, isStaticCopy: true)
    let composer = MailComposer(
      appearance: appearance, address: settings.mailSender(origin: origin).address)
    let site = Site(
      archive: archive, appearance: appearance, composer: composer,
      outbox: Maildir(path: archive.folder.mail))
    let meter = ProgressMeter("Exporting", on: TerminalOutput(context.console))
    let stop = StopRequest()
    var copy = StaticCopy(of: site, in: folder)
    let summary = try copy.write(isCancelled: { stop.hasBeenMade }) {
      meter.show(done: $0, of: $1)
    }
    meter.finish()
    for defect in summary.lost { context.console.say("\(defect); not in the copy") }
    guard summary.isComplete else {
      context.console.say("offprint: stopped; run the same command again to continue")
      return .foundSomethingWrong
    }
    context.console.say(
      "\(folder): \(grouped(summary.files)) files, \(grouped(summary.changed)) changed, "
        + "\(grouped(summary.removed)) removed")
    return summary.lost.isEmpty ? .done : .foundSomethingWrong
  }

  private func list(
    of archive: Archive, _ site: SiteSettings, _ write: ([UInt8]) throws -> Void
  ) throws -> Int {
    var count = 0
    try write(format.beginning())
    try archive.publications.forEach(hasDrafts: hasDrafts) { publication in
      try write(format.entry(publication, on: site, isFirst: count == 0))
      count += 1
    }
    try write(format.end())
    return count
  }

  private func deposit(
    of archive: Archive, _ site: SiteSettings, _ settings: Settings,
    _ write: ([UInt8]) throws -> Void
  ) throws -> Int {
    guard !settings.contact.isEmpty, !settings.baseURL.isEmpty else {
      throw ExportError.missingSettings
    }
    var publications: [Publication] = []
    try archive.publications.forEachPublic { publication in
      if CrossrefBatch.takes(publication, prefix: prefix) { publications.append(publication) }
    }
    guard !publications.isEmpty else { throw ExportError.noDOI }
    let now = Instant.now
    let batch = CrossrefBatch(
      identifier: "offprint-\(now.secondsSince1970)", made: now,
      depositor: (site.institution.isEmpty ? site.name : site.institution, settings.contact),
      site: site)
    try write(batch.bytes(of: publications))
    return publications.count
  }
}

/// Why nothing was exported.
enum ExportError: Error, Equatable, CustomStringConvertible {
  /// Standard output was closed.
  case notTaken
  case noDOI
  /// Crossref needs an address for answers and the address of the pages.
  case missingSettings

  var description: String {
    switch self {
    case .notTaken: "standard output was closed before the end"
    case .noDOI: "no public publication has a DOI with this prefix"
    case .missingSettings: "set contact and base-url first: a Crossref deposit contains both"
    }
  }
}

/// A file that appears under its name when it is complete.
final class OutputFile {
  private let path: String
  private let temporary: String
  private let file: FileDescriptor

  init(_ path: String) throws {
    self.path = path
    temporary = "\(path).\(UUID().uuidString).part"
    file = try FileDescriptor(temporary, for: .creating)
  }

  func write(_ bytes: [UInt8]) throws { try file.write(bytes) }

  func finish() throws {
    try file.flush()
    try FileSystem.rename(temporary, to: path)
  }
}
