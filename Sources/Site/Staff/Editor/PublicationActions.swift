import Archive
import HTTP

/// Changes of a publication that have their own button.
extension Site {
  func publish(_ slug: Slug, _ form: Submission, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    guard publication.file?.defect == nil || !form.text(RecordForm.anyway).isEmpty else {
      return try recordPage(publication, visit, .unprocessableContent)
    }
    do throws(DepositError) {
      return done(
        .published,
        try archive.publications.publish(publication.id, by: visit.session.account.actor, at: now),
        visit)
    } catch {
      return failed(error, visit.request)
    }
  }

  func withdraw(_ slug: Slug, _ form: Submission, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    do throws(DepositError) {
      return done(
        .withdrawn,
        try archive.publications.withdraw(
          publication.id, reason: form.text("reason"), by: visit.session.account.actor, at: now),
        visit)
    } catch {
      return failed(error, visit.request)
    }
  }

  func present(_ slug: Slug, _ form: Submission, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    try archive.publications.present(
      publication.id,
      as: Presentation(
        isFeatured: !form.text("featured").isEmpty,
        correction: form.text("correction").nonEmpty),
      by: visit.session.account.actor, at: now)
    return done(.saved, publication, visit)
  }

  func deletionForm(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    guard publication.isDeletable else { throw HandlerRefusal.forbidden }
    return privatePage(.ok, visit.pages.draftDeletion(publication, visit.staff))
  }

  func deleteDraft(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    do throws(DepositError) {
      try archive.publications.deleteDraft(publication.id, by: visit.session.account.actor, at: now)
    } catch {
      return failed(error, visit.request)
    }
    report(
      .done(
        by: visit.session.account.name, action: Notice.deletedDraft.rawValue,
        subject: publication.slug.description))
    return seeOther(.dashboard, notice: .deletedDraft, after: visit.request)
  }
}
