internal import Foundation
internal import SQLite
internal import Synchronization
internal import System

/// The uploads of staff: PDFs that arrive in parts, and PDFs that wait with a form.
///
/// The content of each is a file in `uploads/`, and its length is what has arrived. Both survive a
/// restart. An upload belongs to an account, not to a session, and is removed after a day.
package struct Uploads: Sendable {
  let core: ArchiveCore
  private let busy = BusyUploads()

  /// Seconds after which an upload is removed, complete or not.
  package static let lifetime: Int64 = 24 * 3600
  /// The most uploads of an account that are not complete.
  package static let mostOpen = 1000
  /// The most files of an account that wait with forms; older ones are removed.
  package static let mostForForms = 8

  init(_ core: ArchiveCore) { self.core = core }

  /// Begins an upload, or finds the one of the same file that was not completed.
  ///
  /// - Parameters:
  ///   - name: The file's name.
  ///   - length: Its length in bytes.
  ///   - key: What the browser knows the file by; empty always begins a new upload.
  ///   - purpose: What happens when it is complete.
  ///   - account: Whose upload it is.
  ///   - now: The time.
  /// - Returns: The upload.
  /// - Throws: ``UploadError``
  package func begin(
    name: String, length: Int, key: String = "", for purpose: Upload.Purpose,
    by account: Account, at now: Instant = .now
  ) throws(UploadError) -> Upload {
    do {
      sweep(at: now)
      let found = try own(account.id, "state = 'open' AND purpose = \(purpose.rawValue)")
      if !key.isEmpty, let same = found.first(where: { $0.key == key && $0.length == length }) {
        return same
      }
      guard found.count < Uploads.mostOpen else { throw UploadError.tooMany }
      guard FileSystem.freeBytes(core.folder.path) - core.options.reserveBytes >= length else {
        throw UploadError.noSpace
      }
      return try insert(name: name, length: length, key: key, purpose, account, at: now)
    } catch {
      throw UploadError(error)
    }
  }

  /// An upload of an account; nil when there is none.
  package func find(_ token: String, of account: Account.ID) throws -> Upload? {
    try own(account, "token = \(token)").first
  }

  /// The uploads of an account that are drafts or become drafts, the last begun first.
  package func list(of account: Account.ID) throws -> [Upload] {
    try own(account, "purpose = 'draft'")
  }

  /// Adds a part to an upload; when it returns, the part is on disk.
  ///
  /// The last part makes the draft. Sent again, it returns what became of the upload the first time.
  ///
  /// - Parameters:
  ///   - part: The bytes, in memory or in a file.
  ///   - offset: Where the part begins.
  ///   - token: Names the upload.
  ///   - account: Whose upload it is.
  ///   - now: The time.
  ///   - draft: Makes the draft of a complete file.
  /// - Returns: The upload with the part.
  /// - Throws: ``UploadError``
  package func append(
    _ part: Part, at offset: Int, to token: String, of account: Account,
    at now: Instant = .now, draft: (Upload) -> Draft
  ) throws(UploadError) -> Upload {
    guard busy.insert(token) else { throw .busy }
    defer { busy.remove(token) }
    do {
      guard var upload = try find(token, of: account.id) else { throw UploadError.notFound }
      guard upload.state == .open else { return upload }
      guard offset == upload.offset else { throw UploadError.wrongOffset(upload.offset) }
      guard part.bytes <= upload.length - offset else { throw UploadError.tooLong }
      guard FileSystem.freeBytes(core.folder.path) - core.options.reserveBytes >= part.bytes
      else { throw UploadError.noSpace }
      let path = core.folder.upload(token)
      try part.append(to: path)
      upload.offset = offset + part.bytes
      let isComplete = upload.offset == upload.length
      if offset < FileStore.headLength, isComplete || upload.offset >= FileStore.headLength,
        let found = try FileStore.problem(of: path)
      {
        return try refuse(upload, .notPDF(found))
      }
      guard isComplete, upload.purpose == .draft else { return upload }
      return try finish(upload, as: draft(upload), by: account.actor, at: now)
    } catch {
      throw UploadError(error)
    }
  }

  /// Makes a draft of a file that has arrived whole.
  ///
  /// - Parameters:
  ///   - file: In `incoming/`.
  ///   - bytes: Its length.
  ///   - limit: The most bytes of a PDF.
  ///   - account: Who uploaded it.
  ///   - now: The time.
  ///   - draft: Makes the draft.
  /// - Returns: What became of it.
  /// - Throws: ``UploadError``
  package func deposit(
    _ file: IncomingFile, bytes: Int, limit: Int, by account: Account, at now: Instant = .now,
    draft: (Upload) -> Draft
  ) throws(UploadError) -> Upload {
    do {
      var upload = try insert(
        name: file.name ?? "", length: bytes, key: "", .draft, account, at: now)
      guard bytes <= limit else { return try refuse(upload, .tooLarge) }
      if let found = try FileStore.problem(of: file.path) {
        return try refuse(upload, .notPDF(found))
      }
      try take(file, as: &upload)
      return try finish(upload, as: draft(upload), by: account.actor, at: now)
    } catch {
      throw UploadError(error)
    }
  }

  /// Keeps the PDF of a form that could not be saved.
  ///
  /// - Parameters:
  ///   - file: In `incoming/`; it is no longer there afterwards.
  ///   - bytes: Its length.
  ///   - account: Whose form it is.
  ///   - now: The time.
  /// - Returns: The upload, whose token the form carries.
  /// - Throws: ``UploadError``
  package func keep(
    _ file: IncomingFile, bytes: Int, of account: Account, at now: Instant = .now
  ) throws(UploadError) -> Upload {
    do {
      sweep(at: now)
      let kept = try own(account.id, "state = 'open' AND purpose = 'form'")
      for upload in kept.dropFirst(Uploads.mostForForms - 1) { try remove(upload.token) }
      var upload = try insert(
        name: file.name ?? "", length: bytes, key: "", .form, account, at: now)
      try take(file, as: &upload)
      return upload
    } catch {
      throw UploadError(error)
    }
  }

  /// The file of a form, under a name of its own, so that a form that is sent twice finds it twice.
  ///
  /// - Parameters:
  ///   - token: Names the upload.
  ///   - account: Whose form it is.
  ///   - now: The time.
  /// - Returns: The file in `incoming/` and its length; nil when it is not complete, of another
  ///   account, or not there any more.
  package func file(
    _ token: String, of account: Account.ID, at now: Instant = .now
  ) -> (file: IncomingFile, bytes: Int)? {
    sweep(at: now)
    guard let upload = try? find(token, of: account), upload.purpose == .form,
      upload.state == .open, upload.offset == upload.length,
      let file = try? link(upload)
    else { return nil }
    return (file, upload.length)
  }

  /// Removes an upload: it was cancelled, or its form has been saved.
  package func remove(_ token: String, of account: Account.ID) throws {
    guard let upload = try find(token, of: account) else { return }
    try remove(upload.token)
  }

  // MARK: Cleaning up

  /// Removes the uploads that began more than a day ago.
  package func sweep(at now: Instant) {
    // What cannot be removed now is removed the next time.
    let old = try? core.read { connection in
      try connection.rows(
        "SELECT token FROM upload WHERE created <= \(now.secondsSince1970 - Uploads.lifetime)"
      ) { $0.text(0) }
    }
    for token in old ?? [] where busy.insert(token) {
      try? remove(token)
      busy.remove(token)
    }
  }

  /// Removes old uploads, and files without a row; called when the archive is opened.
  func removeOrphans(at now: Instant) throws {
    sweep(at: now)
    let tokens = try core.read { connection in
      Set(try connection.rows("SELECT token FROM upload WHERE state = 'open'") { $0.text(0) })
    }
    for name in try FileSystem.names(in: core.folder.uploads) where !tokens.contains(name) {
      try FileSystem.remove(core.folder.upload(name))
    }
  }
}

extension Uploads {
  private func own(_ account: Account.ID, _ condition: SQL) throws -> [Upload] {
    let folder = core.folder
    return try core.read { connection in
      try connection.rows(
        """
        SELECT \(Upload.columns) FROM upload WHERE staff = \(account) AND \(condition)
        ORDER BY created DESC, name, token
        """
      ) { Upload($0, in: folder) }.compactMap(\.self)
    }
  }

  private func insert(
    name: String, length: Int, key: String, _ purpose: Upload.Purpose, _ account: Account,
    at now: Instant
  ) throws -> Upload {
    let token = SystemRandomNumberGenerator.token(octets: 16)
    let name = String(name.cleanedLine.prefix(200))
    try core.change(.nothingPublic) { connection in
      try connection.run(
        """
        INSERT INTO upload (token, staff, file_key, name, length, purpose, created)
        VALUES (\(token), \(account.id), \(String(key.prefix(500))), \(name), \(length),
          \(purpose.rawValue), \(now.secondsSince1970))
        """)
    }
    return Upload(
      token: token, key: key, name: name, length: length, offset: 0, purpose: purpose,
      state: .open, created: now)
  }

  /// Moves a whole file into the folder of uploads.
  private func take(_ file: IncomingFile, as upload: inout Upload) throws {
    let path = core.folder.upload(upload.token)
    try FileSystem.flush(file.path)
    try FileSystem.rename(file.path, to: path)
    try FileSystem.flushFolder(core.folder.uploads)
    upload.offset = upload.length
  }

  private func link(_ upload: Upload) throws -> IncomingFile {
    let name = SystemRandomNumberGenerator.token(octets: 12)
    let path = "\(core.folder.incoming)/\(name)"
    try FileManager.default.linkItem(atPath: core.folder.upload(upload.token), toPath: path)
    return IncomingFile(path: path, name: upload.name)
  }

  private func refuse(_ upload: Upload, _ problem: Upload.Problem) throws -> Upload {
    try core.change(.nothingPublic) { connection in
      try connection.run(
        """
        UPDATE upload SET state = 'refused', problem = \(problem.stored)
        WHERE token = \(upload.token)
        """)
    }
    try FileSystem.remove(core.folder.upload(upload.token))
    var refused = upload
    refused.state = .refused(problem)
    return refused
  }

  /// Makes the draft of a complete upload, unless a publication has the same file.
  private func finish(
    _ upload: Upload, as draft: Draft, by actor: Actor, at now: Instant
  ) throws -> Upload {
    let file = try link(upload)
    let kept: FileStore.Kept
    do throws(DepositError) {
      kept = try core.fileStore.keep(file)
    } catch {
      try FileSystem.remove(file.path)
      throw error
    }
    let record = draft.record.interpreted.cleaned
    let made = try core.change({ _, made in
      made.slug.map { .beside([$0]) } ?? .nothingPublic
    }) { connection -> (state: Upload.State, slug: Slug?) in
      if let other = try connection.publication(withFile: kept.sha256) {
        try connection.end(upload, "same", other)
        return (.same(other), nil)
      }
      let row = try Publications(core).checkedFileRow(kept, connection, at: now)
      let id = try connection.insert(
        record, slug: try connection.freeSlug(title: record.title), status: .draft,
        publicFrom: nil, file: row, at: now)
      try connection.keepFileName(upload.name, of: id)
      try connection.keepBlank(draft.blank, of: id)
      try connection.keepOwner(actor, of: id)
      let publication = try connection.publication(id, at: now)
      try connection.auditDeposit(of: publication, by: actor, at: now)
      try connection.end(upload, "draft", id)
      return (.draft(id), publication.slug)
    }
    try FileSystem.remove(core.folder.upload(upload.token))
    var finished = upload
    finished.state = made.state
    return finished
  }

  private func remove(_ token: String) throws {
    try core.change(.nothingPublic) { connection in
      try connection.run("DELETE FROM upload WHERE token = \(token)")
    }
    try FileSystem.remove(core.folder.upload(token))
  }
}

extension Uploads {
  /// A part of a file.
  package enum Part: Sendable {
    case bytes([UInt8])
    case file(path: String, bytes: Int)

    var bytes: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .file(_, let bytes): bytes
      }
    }

    /// Adds it to a file and flushes that.
    fileprivate func append(to path: String) throws(FileError) {
      let file = try FileDescriptor(path, for: .appending)
      switch self {
      case .bytes(let bytes): try file.write(bytes)
      case .file(let source, _):
        let part = try FileDescriptor(source, for: .reading)
        while true {
          let piece = try part.read()
          if piece.isEmpty { break }
          try file.write(piece)
        }
      }
      try file.flush()
      try FileSystem.flushFolder(FileSystem.parent(of: path))
    }
  }
}

/// The uploads to which a request is adding.
private final class BusyUploads: Sendable {
  private let tokens = Mutex<Set<String>>([])

  func insert(_ token: String) -> Bool { tokens.withLock { $0.insert(token).inserted } }
  func remove(_ token: String) { tokens.withLock { _ = $0.remove(token) } }
}

extension Connection {
  /// A publication that has or had a file; the oldest of several.
  fileprivate func publication(withFile sha256: String) throws -> Publication.ID? {
    try row(
      """
      SELECT min(id) FROM (
        SELECT publication.id FROM publication JOIN file ON file.id = publication.file
        WHERE sha256 = \(sha256)
        UNION ALL
        SELECT former_file.publication FROM former_file JOIN file ON file.id = former_file.file
        WHERE sha256 = \(sha256))
      """
    ) { $0.optionalInteger(0) } ?? nil
  }

  fileprivate func end(_ upload: Upload, _ state: String, _ id: Publication.ID) throws {
    try run(
      "UPDATE upload SET state = \(state), publication = \(id) WHERE token = \(upload.token)")
  }
}
