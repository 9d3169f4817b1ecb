import Archive
import HTTP
import Markup

/// The page on which staff upload PDFs that become drafts.
extension Site {
  func uploadPage(_ visit: StaffRequest) throws -> Response {
    try uploadPage(visit, .ok, isOutdated: false)
  }

  /// `isOutdated` tells whether a form of an earlier session was sent.
  func uploadPage(
    _ visit: StaffRequest, _ status: Status, isOutdated: Bool
  ) throws -> Response {
    let rows = try uploadRows(visit)
    return privatePage(
      status,
      visit.pages.upload(
        UploadView(
          staff: visit.staff, rows: rows, notice: visit.notice, isOutdated: isOutdated)))
  }

  /// Makes a draft of each PDF of a form.
  func uploadFiles(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    guard !form.files.isEmpty else {
      return seeOther(.upload, notice: .noFileChosen, after: visit.request)
    }
    for file in form.files {
      do throws(UploadError) {
        let upload = try archive.uploads.deposit(
          file.file, bytes: file.bytes, limit: settings.maxUploadOctets,
          by: visit.session.account, at: now, draft: emptyDraft)
        count(upload)
      } catch {
        counters.countUpload(.failed)
        guard case .noSpace = error else { throw error }
        // The files before it are drafts.
        return errorPage(.insufficientStorage, visit.request)
      }
    }
    return seeOther(.upload, after: visit.request)
  }

  /// The draft of an upload, of which nothing is known but the name of its file.
  func emptyDraft(_ upload: Upload) -> Draft {
    var form = RecordForm()
    form.title = ""
    guard
      case .success(let draft) = form.draft(
        readingFrom: today, named: upload.title, in: settings.timeZone)
    else { preconditionFailure("an empty form is a draft") }
    return draft
  }

  func count(_ upload: Upload) {
    switch upload.state {
    case .draft: counters.countUpload(.accepted)
    case .same, .refused: counters.countUpload(.refused)
    case .open: break
    }
  }

  /// The uploads of a member of staff with the publications they became.
  func uploadRows(_ visit: StaffRequest) throws -> [UploadRow] {
    try archive.uploads.list(of: visit.session.account.id).map { try row(of: $0, visit) }
  }

  func row(of upload: Upload, _ visit: StaffRequest) throws -> UploadRow {
    let id: Publication.ID? =
      switch upload.state {
      case .draft(let id), .same(let id): id
      case .open, .refused: nil
      }
    guard let publication = try id.flatMap({ try archive.publications.forStaff($0, at: now) })
    else { return UploadRow(upload: upload) }
    let isVisible = visit.session.maySee(publication, settings.authorsSee)
    return UploadRow(
      upload: upload, publication: isVisible ? publication : nil, isHidden: !isVisible)
  }
}

/// An upload with the publication that it became, or that has the same file.
struct UploadRow {
  var upload: Upload
  var publication: Publication?
  /// Whether there is one that the member of staff may not see.
  var isHidden = false

  /// Whether text is being extracted from its PDF.
  var isBeingRead: Bool {
    guard case .draft = upload.state else { return false }
    return publication?.file?.text == .waiting
  }
}
