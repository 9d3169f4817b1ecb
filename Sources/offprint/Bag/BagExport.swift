import Archive
import Foundation
import Site
import System

/// Writes an archive as a bag (BagIt 1.0, RFC 8493) described by an RO-Crate.
///
/// Everything is written to `DIR.part`, which gets its name at the end. A run that was cut off
/// leaves the PDFs there, and the next one does not copy them again.
struct BagExport {
  /// What was written.
  struct Summary {
    var publications = 0
    var files = 0
    /// PDFs that are missing or damaged in the archive, which the bag does not have.
    var lost: [FileDefect] = []
  }

  private let target: String
  private let part: String
  private let archive: Archive
  private let site: SiteSettings
  private let hasHidden: Bool
  private let now: Instant

  /// Prepares the export.
  ///
  /// - Parameters:
  ///   - folder: The folder of the bag, which is not there or is empty.
  ///   - archive: The archive.
  ///   - site: Who publishes it, and at which address.
  ///   - hasHidden: Whether the bag has what readers cannot see.
  ///   - now: The time, which decides what is public.
  /// - Throws: ``BagError`` when there is something in the folder.
  init(
    _ folder: String, of archive: Archive, on site: SiteSettings, hasHidden: Bool,
    at now: Instant = .now
  ) throws {
    target = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    part = target + ".part"
    (self.archive, self.site, self.hasHidden, self.now) = (archive, site, hasHidden, now)
    guard FileSystem.status(target) == nil || (try? FileSystem.names(in: target)) == [] else {
      throw BagError.exists(target)
    }
  }

  private var data: String { "\(part)/\(Bag.payload)" }

  /// Writes the bag.
  ///
  /// - Parameter progress: Called after each PDF with the number done, of all, and the share of
  ///   bytes done.
  /// - Returns: What was written.
  /// - Throws: ``FileError``, and what the archive throws.
  func write(progress: (_ done: Int, _ total: Int, _ fraction: Double) -> Void) throws -> Summary {
    try FileSystem.makeFolder(data)
    try removeOldRecords()
    let frozen = try archive.frozen(in: "\(part)/database")
    defer { frozen.close() }
    var summary = Summary()
    let files = try frozen.writeRecords(to: data, hasHidden: hasHidden, at: now)
    let written = try copy(files, &summary, progress)
    let folders = ["records", "texts", PreservedFile.hiddenFolder].filter { name in
      FileSystem.isFolder("\(data)/\(name)") || name == PreservedFile.hiddenFolder && hasHidden
    }
    var crate = try CrateWriter(
      path: "\(data)/\(ROCrate.fileName)",
      ROCrate(site: site, folders: Set(folders), made: now))
    summary.publications = try writeCatalogues(of: frozen, files: written, &crate)
    try crate.finish()
    frozen.close()
    try FileManager.default.removeItem(atPath: "\(part)/database")
    try FileSystem.create("\(data)/README.txt", Array(Self.readme.utf8))
    try removeOthers(than: Set(written.map { "\(Bag.payload)/\($0.path)" }))
    try writeTags(
      Dictionary(
        written.map { ("\(Bag.payload)/\($0.path)", $0.sha256) },
        uniquingKeysWith: { first, _ in first }))
    try FileSystem.flushFolder(part)
    try FileSystem.rename(part, to: target)
    try FileSystem.flushFolder(FileSystem.parent(of: target))
    return summary
  }

  /// Removes what an earlier run wrote, except PDFs.
  private func removeOldRecords() throws {
    let manager = FileManager.default
    for path in [
      "\(part)/database", "\(data)/records", "\(data)/texts",
      "\(data)/\(PreservedFile.hiddenFolder)/records",
      "\(data)/\(PreservedFile.hiddenFolder)/texts",
    ] where FileSystem.status(path) != nil {
      try manager.removeItem(atPath: path)
    }
    for path in BagFolder(part).payload where !path.hasSuffix(".pdf") {
      try FileSystem.remove("\(part)/\(path)")
    }
    for name in [Bag.declaration, Bag.information, Bag.manifest, Bag.tagManifest] {
      try FileSystem.remove("\(part)/\(name)")
    }
  }

  /// Copies the PDFs.
  ///
  /// - Returns: Those that the bag has.
  private func copy(
    _ files: [PreservedFile], _ summary: inout Summary,
    _ progress: (Int, Int, Double) -> Void
  ) throws -> [PreservedFile] {
    let total = files.reduce(0) { $0 + $1.bytes }
    var bytes = 0
    var written: [PreservedFile] = []
    for (index, file) in files.enumerated() {
      if let defect = try archive.files.copy(
        sha256: file.sha256, bytes: file.bytes, to: "\(data)/\(file.path)")
      {
        summary.lost.append(defect)
      } else {
        written.append(file)
      }
      bytes += file.bytes
      progress(index + 1, files.count, total > 0 ? Double(bytes) / Double(total) : 1)
    }
    summary.files = written.count
    return written
  }

  /// Writes what other programs import: the public publications, and the others by themselves.
  private func writeCatalogues(
    of frozen: Archive, files: [PreservedFile], _ crate: inout CrateWriter
  ) throws -> Int {
    let paths = Dictionary(files.map { ($0.sha256, $0) }, uniquingKeysWith: { first, _ in first })
    var shown = Set<Publication.ID>()
    var count = 0
    try Catalogue("\(data)/catalogue.jsonl").write(frozen, hasDrafts: false, at: now) {
      shown.insert($0.id)
      count += 1
      try crate.add(
        $0, file: $0.file.flatMap { paths[$0.sha256] },
        former: frozen.publications.formerFiles(of: $0.id).compactMap { former in
          paths[former.sha256].map { (former, $0) }
        })
    }
    guard hasHidden else { return count }
    let published = shown
    let folder = "\(data)/\(PreservedFile.hiddenFolder)"
    try Catalogue("\(folder)/catalogue.jsonl", where: { !published.contains($0.id) })
      .write(frozen, hasDrafts: true, at: now) { _ in count += 1 }
    return count
  }

  /// Removes PDFs of an earlier run that no record names any more.
  private func removeOthers(than paths: Set<String>) throws {
    for path in BagFolder(part).payload where path.hasSuffix(".pdf") && !paths.contains(path) {
      try FileSystem.remove("\(part)/\(path)")
    }
  }

  /// Writes the manifests; the SHA-256 of PDFs is known already.
  private func writeTags(_ known: [String: String]) throws {
    let payload = BagFolder(part)
    let manifest = try payload.payload.sorted().map { path in
      ManifestEntry(
        sha256: try known[path] ?? FileSystem.sha256(of: "\(part)/\(path)"), path: path)
    }
    let texts = [
      (Bag.declaration, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
      (Bag.information, information(size: payload.size)),
      (Bag.manifest, manifest.map(\.line).joined()),
    ]
    for (name, text) in texts { try FileSystem.create("\(part)/\(name)", Array(text.utf8)) }
    let tags = try texts.map { name, _ in
      ManifestEntry(sha256: try FileSystem.sha256(of: "\(part)/\(name)"), path: name)
    }
    try FileSystem.create(
      "\(part)/\(Bag.tagManifest)",
      Array(tags.sorted { $0.path < $1.path }.map(\.line).joined().utf8))
  }

  private func information(size: String) -> String {
    let bytes = Int(size.prefix { $0 != "." }) ?? 0
    let lines: [(String, String)] = [
      ("Source-Organization", site.institution.isEmpty ? site.name : site.institution),
      ("Contact-Email", site.contact),
      ("External-Description", "The publications of \(site.name)"),
      ("External-Identifier", site.baseURL),
      ("Bagging-Date", String(now.description.prefix(10))),
      ("Bag-Size", Quantity.text(bytes: bytes)),
      ("Payload-Oxum", size),
      ("Bag-Software-Agent", "Offprint \(Program.version)"),
      (Bag.recordVersion, "\(Archive.recordVersion)"),
      (Bag.contents, hasHidden ? "complete, with what is not public" : "public"),
    ]
    return lines.filter { !$0.1.isEmpty }.map { name, text in
      "\(name): \(text.split(whereSeparator: \.isNewline).joined(separator: " "))\n"
    }.joined()
  }

  private static let readme = """
    The publications of an institute, as Offprint exported them.

    files/ab/cd/SHA256.pdf    The PDFs, current and earlier ones, named by their SHA-256.
    catalogue.jsonl           The publications, one JSON object a line. “pdf” is below files/.
    ro-crate-metadata.json    The same as an RO-Crate (https://w3id.org/ro/crate).
    texts/ab/cd/SHA256.jsonl  The text of each page of a PDF, one JSON object a line.
    records/TABLE.jsonl       Everything else that is stored: one JSON object for each row of a
                              table of the database. Times are seconds since 1970 in UTC, and days
                              are days since then. publication.jsonl has the publications;
                              former_file.jsonl the earlier files with the dates and reasons of
                              their replacement; list_entry.jsonl authors, topics, series and
                              licences; redirect.jsonl and former_slug.jsonl old addresses.
    not-public/               The same of drafts and of publications that are in review, scheduled
                              or withdrawn, and what only staff see. Not in every copy.

    Accounts, subscribers, passwords and the audit log are not part of the copy.
    “offprint import --bag FOLDER” makes an archive of it, without losing a field.

    """
}

/// Why a bag cannot be written or read.
enum BagError: Error, Equatable, CustomStringConvertible {
  case exists(String)
  /// There is no `bagit.txt`.
  case noBag(String)
  /// The list has been shown.
  case invalid(String, problems: Int)
  /// A bag of another program.
  case foreign(String)

  var description: String {
    switch self {
    case .exists(let path):
      "\(path): there is something in this folder; choose another one for the bag"
    case .noBag(let path): "\(path): expected a folder with \(Bag.declaration), found none"
    case .invalid(let path, let problems):
      "\(path): \(grouped(problems)) \(problems == 1 ? "problem" : "problems"), so nothing was imported"
    case .foreign(let path):
      "\(path): a bag that Offprint did not write (\(Bag.information) has no “\(Bag.recordVersion)”)"
    }
  }
}
