import Archive
import HTTP

/// Changes of a publication that have their own page or button.
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

  /// Takes back a publication of a few minutes ago.
  func undoPublishing(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    do throws(DepositError) {
      return done(
        .undone,
        try archive.publications.undoPublishing(
          publication.id, by: visit.session.account.actor, at: now), visit)
    } catch .changedMeanwhile {
      return seeOther(.record(slug), notice: .tooLateToUndo, after: visit.request)
    } catch {
      return failed(error, visit.request)
    }
  }

  // MARK: Withdrawing

  func withdrawalForm(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    guard publication.status == .published else {
      return seeOther(.record(slug), after: visit.request)
    }
    return privatePage(.ok, visit.pages.withdrawal(publication, visit.staff))
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

  // MARK: Renaming

  func renamingForm(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try renamable(slug, visit)
    return privatePage(
      .ok, visit.pages.renaming(publication, slug.description, FieldErrors(), visit.staff))
  }

  func rename(_ slug: Slug, _ form: Submission, _ visit: StaffRequest) throws -> Response {
    let publication = try renamable(slug, visit)
    let typed = form.text("slug")
    func again(_ problem: FieldError.Problem) -> Response {
      privatePage(
        .unprocessableContent,
        visit.pages.renaming(
          publication, typed, FieldErrors(problems: [FieldError(.slug, problem)]), visit.staff))
    }
    guard let new = Slug(typed) else { return again(typed.isEmpty ? .missing : .notSlug) }
    var draft = Draft(publication)
    draft.slug = new
    do throws(DepositError) {
      return done(
        .renamed,
        try archive.publications.revise(
          publication.id, to: draft, by: visit.session.account.actor, at: now), visit)
    } catch .slugTaken {
      return again(.slugTaken)
    } catch {
      return failed(error, visit.request)
    }
  }

  /// The new slug of a withdrawn publication would be of no use.
  private func renamable(_ slug: Slug, _ visit: StaffRequest) throws -> Publication {
    let publication = try editable(slug, visit)
    guard publication.status != .withdrawn else { throw HandlerRefusal.forbidden }
    return publication
  }

  // MARK: Home page and correction

  func presentationForm(_ slug: Slug, _ visit: StaffRequest) throws -> Response {
    let publication = try editable(slug, visit)
    return privatePage(
      .ok,
      visit.pages.presentation(
        publication, try archive.publications.presentation(of: publication.id), visit.staff))
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

  func featured(_ visit: StaffRequest) throws -> Response {
    let publications = try archive.publications.featured(Publications.mostFeatured, at: now)
    return privatePage(.ok, visit.pages.featured(publications, visit.staff, visit.notice))
  }

  /// Moves a featured publication up or down, or takes it off the home page.
  func arrangeFeatured(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    guard let slug = Slug(form.text("slug")) else { throw HandlerRefusal.notFound }
    let publication = try editable(slug, visit)
    let actor = visit.session.account.actor
    switch form.text("move") {
    case "up": try archive.publications.moveFeatured(publication.id, up: true, by: actor, at: now)
    case "down":
      try archive.publications.moveFeatured(publication.id, up: false, by: actor, at: now)
    case "remove":
      var presentation = try archive.publications.presentation(of: publication.id)
      presentation.isFeatured = false
      try archive.publications.present(publication.id, as: presentation, by: actor, at: now)
    default: throw HandlerRefusal.notFound
    }
    return seeOther(.featured, notice: .saved, after: visit.request)
  }

  // MARK: Deleting

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
