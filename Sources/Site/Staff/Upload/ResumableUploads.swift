import Archive
import Foundation
import HTTP
import Markup

/// Uploads in parts, by the core of tus 1.0 and its creation and termination extensions.
///
/// `POST /staff/uploads` with `Upload-Length` and `Upload-Metadata` begins an upload and answers
/// its address. `HEAD` and `GET` tell in `Upload-Offset` how much is on disk, `PATCH` adds a part
/// at that offset, and `DELETE` cancels. A request that changes something carries the token of the
/// page's form in `Form-Token`. Responses are JSON with a sentence for the person who uploads.
extension Site {
  func uploads(_ visit: StaffRequest) throws -> Response {
    guard visit.request.method == .post else {
      let rows = try uploadRows(visit)
      return json(.ok, .array(rows.map { visit.pages.json($0) }))
    }
    return try beginUpload(visit)
  }

  func storedUpload(_ token: String, _ visit: StaffRequest) throws -> Response {
    let account = visit.session.account
    switch visit.request.method {
    case .patch: return try addPart(to: token, visit)
    case .delete:
      try archive.uploads.remove(token, of: account.id)
      return tus(Response(.noContent))
    case .post:
      // The button of the page, without script.
      try archive.uploads.remove(token, of: account.id)
      return seeOther(.upload, notice: .uploadCancelled, after: visit.request)
    default:
      guard let upload = try archive.uploads.find(token, of: account.id) else {
        return failure(.notFound, .uploadGone, visit)
      }
      return try answer(.ok, upload, visit)
    }
  }

  private func beginUpload(_ visit: StaffRequest) throws -> Response {
    let fields = visit.request.fields
    guard let length = fields["Upload-Length"].flatMap({ Int($0) }), length >= 0,
      let metadata = UploadMetadata(fields["Upload-Metadata"] ?? ""),
      let purpose = Upload.Purpose(rawValue: metadata["purpose"] ?? Upload.Purpose.draft.rawValue)
    else { return failure(.badRequest, .badRequestText, visit) }
    let words = visit.pages.words
    let most = settings.maxUploadOctets
    guard length > 0, length <= most else {
      counters.countUpload(.refused)
      let problem: FieldError.Problem =
        length > 0 ? .fileTooLarge(bytes: length, most: most) : .notPDF(.empty)
      return failure(
        length > 0 ? .contentTooLarge : .unprocessableContent,
        words.sentence(FieldError(.file, problem)))
    }
    do throws(UploadError) {
      let upload = try archive.uploads.begin(
        name: metadata["filename"] ?? "", length: length, key: metadata["key"] ?? "",
        for: purpose, by: visit.session.account, at: now)
      var response = try answer(.created, upload, visit)
      response.fields.set("Location", to: Resource.storedUpload(token: upload.token).path)
      return response
    } catch {
      return refused(error, visit)
    }
  }

  private func addPart(to token: String, _ visit: StaffRequest) throws -> Response {
    let request = visit.request
    guard request.fields["Content-Type"] == UploadMetadata.partType else {
      return failure(.unsupportedMediaType, .unsupportedText, visit)
    }
    guard let offset = request.fields["Upload-Offset"].flatMap({ Int($0) }), offset >= 0 else {
      return failure(.badRequest, .badRequestText, visit)
    }
    let part: Uploads.Part =
      switch request.content {
      case .none: .bytes([])
      case .bytes(let bytes): .bytes(bytes)
      case .file(let path, let bytes): .file(path: path, bytes: bytes)
      }
    do throws(UploadError) {
      let upload = try archive.uploads.append(
        part, at: offset, to: token, of: visit.session.account, at: now, draft: emptyDraft)
      count(upload)
      if case .refused = upload.state { return try answer(.unprocessableContent, upload, visit) }
      return try answer(.ok, upload, visit)
    } catch {
      return refused(error, visit)
    }
  }

  /// The response about an upload.
  private func answer(
    _ status: Status, _ upload: Upload, _ visit: StaffRequest
  ) throws(UploadError) -> Response {
    let row: UploadRow
    do { row = try self.row(of: upload, visit) } catch { throw .failed("\(error)") }
    var response = tus(json(status, visit.pages.json(row)))
    response.fields.set("Upload-Offset", to: String(upload.offset))
    response.fields.set("Upload-Length", to: String(upload.length))
    return response
  }

  private func refused(_ error: UploadError, _ visit: StaffRequest) -> Response {
    switch error {
    case .notFound: return failure(.notFound, .uploadGone, visit)
    case .busy: return failure(.conflict, .uploadBusy, visit)
    case .wrongOffset(let offset):
      var response = failure(.conflict, .uploadBusy, visit)
      response.fields.set("Upload-Offset", to: String(offset))
      return response
    case .tooLong: return failure(.badRequest, .badRequestText, visit)
    case .tooMany: return failure(.tooManyRequests, .uploadsTooMany, visit)
    case .noSpace:
      counters.countUpload(.failed)
      return failure(.insufficientStorage, .noSpaceText, visit)
    case .failed(let reason):
      counters.countUpload(.failed)
      report(.failed(request: visit.request.id, path: visit.request.path, reason: reason))
      return failure(.internalServerError, .failedText, visit)
    }
  }

  private func failure(_ status: Status, _ phrase: Phrase, _ visit: StaffRequest) -> Response {
    failure(status, visit.pages.words[phrase])
  }

  private func failure(_ status: Status, _ sentence: String) -> Response {
    tus(json(status, .object([("message", .text(sentence))])))
  }

  private func json(_ status: Status, _ json: JSON) -> Response {
    Response(
      status,
      fields: ["Content-Type": "application/json", "Cache-Control": cacheControl(.never)],
      content: .bytes(json.bytes))
  }

  private func tus(_ response: Response) -> Response {
    var response = response
    response.fields.set("Tus-Resumable", to: "1.0.0")
    return response
  }

  // MARK: The guard

  /// Checks the session, its role, and for what changes something where it came from and the token
  /// of the page, and then calls the handler.
  func staffProgram(
    _ request: Request, atLeast role: Role, _ handler: (Site, StaffRequest) throws -> Response
  ) throws -> Response {
    guard let session = try session(of: request) else { return signedOutProgram(request) }
    let visit = visit(session, request)
    guard session.account.role >= role, !mustSetUpSecondFactor(session.account) else {
      return failure(.forbidden, .forbiddenText, visit)
    }
    if !request.method.isSafe {
      guard isFromHere(request), session.accepts(formToken: try formToken(of: request)) else {
        return failure(.forbidden, .forbiddenText, visit)
      }
    }
    return try handler(self, visit)
  }

  /// The response to a request of a script whose session has ended.
  func signedOutProgram(_ request: Request) -> Response {
    var response = failure(.unauthorized, pages(for: request).words[.uploadSignedOut])
    response.fields.set("WWW-Authenticate", to: "Cookie realm=\"staff\"")
    return response
  }

  private func formToken(of request: Request) throws -> String {
    if let token = request.fields["Form-Token"] { return token }
    guard request.method == .post, case .bytes = request.content else { return "" }
    let form = try Submission(request, folder: archive.folder.incoming)
    defer { form.discard() }
    return form.text(FormToken.field)
  }
}

/// The value of `Upload-Metadata`: names with values in Base64, separated by commas.
struct UploadMetadata: Equatable {
  private var values: [String: String] = [:]

  /// The media type of a part.
  static let partType = "application/offset+octet-stream"

  init?(_ field: String) {
    for pair in field.split(separator: ",") {
      let parts = pair.split(separator: " ")
      guard (1...2).contains(parts.count),
        let value = Data(base64Encoded: parts.count == 2 ? String(parts[1]) : ""),
        let text = String(validating: value, as: UTF8.self)
      else { return nil }
      values[String(parts[0])] = text
    }
  }

  subscript(name: String) -> String? { values[name] }
}

extension Pages {
  /// An upload for a script.
  func json(_ row: UploadRow) -> JSON {
    let upload = row.upload
    var members: [(name: String, value: JSON)] = [
      ("token", .text(upload.token)), ("name", .text(upload.name)),
      ("length", .integer(upload.length)), ("offset", .integer(upload.offset)),
      ("state", .text(state(of: upload))), ("message", .text(sentence(row))),
    ]
    if let publication = row.publication {
      members += [
        ("title", .text(publication.record.title)),
        ("address", .text(Resource.record(publication.slug).path)),
        ("isBeingRead", .bool(row.isBeingRead)),
      ]
    }
    return .object(members)
  }

  private func state(of upload: Upload) -> String {
    switch upload.state {
    case .open: "open"
    case .draft: "draft"
    case .same: "same"
    case .refused: "refused"
    }
  }

  /// What became of an upload; a link to the publication follows.
  func sentence(_ row: UploadRow) -> String {
    switch row.upload.state {
    case .open:
      words(
        .uploadStopped, words.binarySize(row.upload.offset), words.binarySize(row.upload.length))
    case .draft: words[row.publication == nil ? .uploadDraftDeleted : .uploadDraftMade]
    case .same where row.isHidden: words[.uploadSameHidden]
    case .same: words[row.publication == nil ? .uploadDraftDeleted : .uploadSameFile]
    case .refused(.notPDF(let found)): words.sentence(FieldError(.file, .notPDF(found)))
    case .refused(.tooLarge):
      words.sentence(
        FieldError(
          .file, .fileTooLarge(bytes: row.upload.length, most: settings.maxUploadOctets)))
    }
  }
}
