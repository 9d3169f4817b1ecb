import Archive
import HTTP
import Markup
import Synchronization

/// Checks whether a PDF that a reader has is one of the site's: `/verify`.
///
/// A browser with script hashes the file itself and asks `/files/{sha256}`. Otherwise the file is
/// uploaded, hashed, compared by its text and deleted; nothing of it is stored or logged.
extension Site {
  func verify(_ request: Request) throws -> Response {
    let pages = pages(for: request)
    guard request.method == .post else {
      return page(pages.verify(), at: Resource.verify.path, request, of: [])
    }
    let form = try Submission(request, folder: archive.folder.incoming)
    defer { form.discard() }
    guard let file = form.file, form.fileOctets > 0 else {
      return privatePage(.unprocessableContent, pages.verify(problem: pages.words[.verifyNoFile]))
    }
    let examined: ExaminedFile
    do {
      examined = try ExaminedFile(file)
    } catch {
      guard case .notPDF(let found) = error else { throw error }
      let problem = pages.words.sentence(FieldError(.file, .notPDF(found)))
      return privatePage(.unprocessableContent, pages.verify(problem: problem))
    }
    let matches = try archive.publications.matches(ofFile: examined.sha256, at: now)
    if !matches.isEmpty {
      return privatePage(.ok, pages.fileStatus(examined.sha256, matches))
    }
    // One at a time: extraction takes a core for some seconds.
    guard
      isReadingCopy.withLock({ isReading in
        defer { isReading = true }
        return !isReading
      })
    else { return busyVerifying(request) }
    defer { isReadingCopy.withLock { $0 = false } }
    guard let text = readText(file) else {
      return privatePage(.ok, pages.unknownCopy(examined.sha256, .verifyUnreadable))
    }
    guard let original = try archive.duplicates.original(ofText: text, at: now) else {
      return privatePage(.ok, pages.unknownCopy(examined.sha256, .verifyNotOurs))
    }
    return privatePage(.ok, pages.copy(examined.sha256, of: original))
  }

  /// The response while another copy is read.
  func busyVerifying(_ request: Request) -> Response {
    let pages = pages(for: request)
    var response = privatePage(
      .serviceUnavailable, pages.verify(problem: pages.words[.verifyBusy]))
    response.fields.append("Retry-After", "10")
    return response
  }
}
