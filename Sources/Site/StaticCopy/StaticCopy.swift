package import Archive
import HTTP
import Markup
import System

/// Writes a copy of the public site that works from a disk and from any static host.
///
/// The pages are those that the site itself answers with, with links to files in place of
/// addresses; so nothing is in the copy that readers could not see. It follows the links from the
/// home page. Every file is written beside its name and renamed, and only if it has changed.
package struct StaticCopy {
  /// What was written.
  package struct Summary: Sendable, Equatable {
    package var files = 0
    /// Files that were new or have changed.
    package var changed = 0
    /// Files of an earlier copy that are no longer part of it.
    package var removed = 0
    /// Missing and damaged PDFs, which the copy does not have.
    package var lost: [FileDefect] = []
    /// False if it was cancelled.
    package var isComplete = false
  }

  /// Why no copy is written.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case occupied(String)

    package var description: String {
      switch self {
      case .occupied(let path):
        "\(path): there is something else in this folder; choose another one for the copy"
      }
    }
  }

  /// The list of the files, by which a later run knows what it may remove.
  static let list = "offprint-files.txt"
  static let searchIndex = "search-index.js"

  private typealias Target = StaticAddresses.Target

  private let site: Site
  private let folder: String
  private let addresses: StaticAddresses
  private var queue: [Target] = []
  private var queued: Set<Target> = []
  /// Targets that the site does not answer with a page.
  private var missing: Set<Target> = []
  private var moved: [Target: Target] = [:]
  private var files: Set<String> = []
  /// The files of an earlier run.
  private var earlier: Set<String> = []
  private var journal: FileJournal?
  private var summary = Summary()

  /// - Parameters:
  ///   - site: Answers the requests; its settings say that it is a static copy.
  ///   - folder: The folder of the copy: empty, or one that has an earlier copy.
  package init(of site: Site, in folder: String) {
    self.site = site
    self.folder = folder
    addresses = StaticAddresses(origin: site.settings.baseURL)
  }

  /// Writes the copy.
  ///
  /// - Parameters:
  ///   - isCancelled: Asked before each file; true ends the work.
  ///   - progress: Called after each step with the number done and of those known so far.
  /// - Returns: What was written.
  /// - Throws: ``Failure``, ``FileError``, and what the archive throws.
  package mutating func write(
    isCancelled: () -> Bool = { false }, progress: (_ done: Int, _ known: Int) -> Void = { _, _ in }
  ) throws -> Summary {
    earlier = try earlierFiles()
    journal = try FileJournal("\(folder)/\(Self.list)")
    for resource in [Resource.home, .search, .sitemap, .robots] {
      enqueue(Target(resource.path))
    }
    // All links are followed before a page is written, as pages link to what the copy has only.
    var next = 0
    while next < queue.count {
      guard !isCancelled() else { return summary }
      try follow(queue[next])
      next += 1
      progress(next, 2 * queue.count)
    }
    for (index, target) in queue.enumerated() {
      guard !isCancelled() else { return summary }
      try take(target)
      progress(queue.count + index + 1, 2 * queue.count)
    }
    try write(searchIndex(), to: Self.searchIndex)
    for file in earlier.subtracting(files).sorted() {
      try FileSystem.remove("\(folder)/\(file)")
      summary.removed += 1
    }
    try writeList(files)
    summary.files = files.count
    summary.isComplete = true
    return summary
  }

  // MARK: Targets

  private mutating func enqueue(_ target: Target) {
    if queued.insert(target).inserted { queue.append(target) }
  }

  private func response(at target: Target) -> Response {
    site.response(
      to: Request(method: .get, path: target.path, query: target.query, id: "static-copy"))
  }

  /// Copies a PDF, and notes the links of anything else.
  private mutating func follow(_ target: Target) throws {
    guard let file = addresses.file(of: target) else { return }
    if let document = try document(at: target) {
      guard try add(file) else { return }
      if let defect = try site.archive.files.copy(
        sha256: document.sha256, bytes: document.bytes, to: "\(folder)/\(file)")
      {
        files.remove(file)
        summary.lost.append(defect)
        missing.insert(target)
      }
      return
    }
    let response = response(at: target)
    guard response.status == .ok, let bytes = response.content.bytes else {
      let location = response.fields["Location"].flatMap { addresses.target(of: $0)?.target }
      if let location, location != target, moved[location] == nil {
        moved[target] = location
        enqueue(location)
      } else {
        missing.insert(target)
      }
      return
    }
    for link in rewritten(bytes, response, file).links { enqueue(link) }
  }

  /// Writes the file of a target, unless it is a PDF.
  private mutating func take(_ target: Target) throws {
    guard !missing.contains(target), moved[target] == nil,
      let file = addresses.file(of: target), !files.contains(file)
    else { return }
    let response = response(at: target)
    // It may have been withdrawn meanwhile.
    guard response.status == .ok, let bytes = response.content.bytes else { return }
    try write(rewritten(bytes, response, file).bytes, to: file)
  }

  /// Notes a file before it is written, so that a later run knows of it however this one ends.
  ///
  /// - Returns: Whether this run has not written it yet.
  private mutating func add(_ file: String) throws -> Bool {
    guard files.insert(file).inserted else { return false }
    if !earlier.contains(file) { try journal?.add(file) }
    return true
  }

  /// The PDF that is at an address; nil for anything else.
  private func document(at target: Target) throws -> StoredFile? {
    let resource = Resource(path: target.path)
    if case .document(let slug)? = resource { return try published(slug)?.file }
    guard case .file(let slug, let sha256)? = resource else { return nil }
    return try published(slug).flatMap { try site.archive.publications.file(sha256, of: $0) }
  }

  private func published(_ slug: Slug) throws -> Publication? {
    guard
      case .publication(let publication) = try site.archive.publications.find(
        slug, at: site.now)
    else { return nil }
    return publication
  }

  /// The address of the current PDF of a publication for one that names the file: the copy has it
  /// once.
  private func withoutHash(_ target: Target) -> Target {
    guard case .file(let slug, let sha256)? = Resource(path: target.path),
      let publication = try? published(slug), publication.file?.sha256 == sha256
    else { return target }
    return Target(Resource.document(slug).path)
  }

  // MARK: Links

  /// The content of a response with its links rewritten, and the targets of the links.
  private func rewritten(
    _ bytes: [UInt8], _ response: Response, _ file: String
  ) -> (bytes: [UInt8], links: [Target]) {
    var found: [Target] = []
    let rewriter = StaticRewriter(origin: addresses.origin) { link in
      guard let (target, fragment, isAbsolute) = addresses.target(of: link) else { return .kept }
      var goal = withoutHash(target)
      for _ in 0..<3 { goal = moved[goal] ?? goal }
      guard !missing.contains(goal), let name = addresses.file(of: goal) else { return .dropped }
      found.append(goal)
      let address =
        isAbsolute
        ? "\(addresses.origin)/\(name)" : StaticAddresses.relative(name, from: file)
      return .changed(address + fragment)
    }
    let type = response.fields["Content-Type"] ?? ""
    let isText =
      type.hasPrefix("text/") || type.contains("xml") || type.contains("json")
      || type.hasPrefix("application/x-")
    let result =
      type.hasPrefix("text/html")
      ? rewriter.page(bytes) : isText ? rewriter.text(bytes) : bytes
    return (result, found)
  }

  // MARK: Search

  /// What the script of the search page searches: a line for each publication.
  private func searchIndex() throws -> [UInt8] {
    var bytes = Array("window.offprintIndex = [\n".utf8)
    try site.archive.publications.forEachPublic(at: site.now) { publication in
      let record = publication.record
      guard let file = addresses.file(of: Target(Resource.publication(publication.slug).path))
      else { return }
      let line: JSON = .array([
        .text(file), .text(record.fullTitle), .text(record.authors.joined(separator: ", ")),
        .text(record.published.description), .text(record.abstract),
      ])
      bytes += line.bytes + Array(",\n".utf8)
    }
    return bytes + Array("];\n".utf8)
  }

  // MARK: Files

  /// The files that an earlier run has written.
  private func earlierFiles() throws -> Set<String> {
    try FileSystem.makeFolder(folder)
    let path = "\(folder)/\(Self.list)"
    guard FileSystem.bytes(of: path) != nil else {
      guard try FileSystem.names(in: folder).isEmpty else { throw Failure.occupied(folder) }
      try writeList([])
      return []
    }
    var bytes: [UInt8] = []
    try FileSystem.read(path) { piece in
      bytes += piece
      return true
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    // The list may have been edited.
    return Set(lines.filter { !$0.hasPrefix("/") && !$0.split(separator: "/").contains("..") })
  }

  private func writeList(_ files: Set<String>) throws {
    let text = files.sorted().map { $0 + "\n" }.joined()
    let part = "\(folder)/\(Self.list).part"
    try FileSystem.remove(part)
    try FileSystem.create(part, Array(text.utf8))
    try FileSystem.rename(part, to: "\(folder)/\(Self.list)")
  }

  /// Writes a file unless it has the content already.
  private mutating func write(_ bytes: [UInt8], to file: String) throws {
    _ = try add(file)
    let path = "\(folder)/\(file)"
    if FileSystem.bytes(of: path) == bytes.count {
      var index = 0
      var isSame = true
      try FileSystem.read(path) { piece in
        isSame = index + piece.count <= bytes.count && bytes[index...].starts(with: piece)
        index += piece.count
        return isSame
      }
      if isSame, index == bytes.count { return }
    }
    summary.changed += 1
    try FileSystem.makeFolder(FileSystem.parent(of: path))
    let part = path + ".part"
    try FileSystem.remove(part)
    let descriptor = try FileDescriptor(part, for: .creating)
    try descriptor.write(bytes)
    // A web server runs as another user.
    try descriptor.setMode(0o644)
    try FileSystem.rename(part, to: path)
  }
}

/// The list of the files, to which names are added.
private final class FileJournal {
  private let file: FileDescriptor

  init(_ path: String) throws { file = try FileDescriptor(path, for: .appending) }

  func add(_ name: String) throws { try file.write(Array((name + "\n").utf8)) }
}

extension Response.Content {
  /// The content if it is in memory.
  fileprivate var bytes: [UInt8]? {
    switch self {
    case .bytes(let bytes), .coded(let bytes, _): bytes
    case .none, .file, .pieces, .handOver, .withheld: nil
    }
  }
}
