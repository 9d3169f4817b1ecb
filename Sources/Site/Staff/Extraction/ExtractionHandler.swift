import Archive
import HTTP

extension Site {
  func extractionStatus(_ visit: StaffRequest) throws -> Response {
    privatePage(
      .ok, visit.pages.extraction(try archive.texts.status(), visit.staff, notice: visit.notice)
    )
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
