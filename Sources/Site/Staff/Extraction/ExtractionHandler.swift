import Archive
import HTTP
import Markup

extension Site {
  func extractionStatus(_ visit: StaffRequest) throws -> Response {
    privatePage(
      .ok, visit.pages.extraction(try archive.texts.status(), visit.staff, notice: visit.notice)
    )
  }

  /// Whether the text of a publication's PDF has been extracted, as JSON.
  func extractionState(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try visible(slug, visit)
    let isWaiting = publication.file?.text == .waiting
    return Response(
      .ok,
      fields: ["Content-Type": "application/json", "Cache-Control": cacheControl(.never)],
      content: .bytes(JSON.object([("isBeingRead", .bool(isWaiting))]).bytes))
  }

  func extractAgain(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    do throws(DepositError) {
      return done(
        .readAgain,
        try archive.texts.readAgain(publication.id, by: visit.session.account.actor, at: now), visit
      )
    } catch {
      return failed(error, visit.request)
    }
  }
}
