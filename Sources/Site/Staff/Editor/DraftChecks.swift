import Archive
import HTTP

/// Checks of a draft beyond its fields.
extension Site {
  /// A publication cannot be scheduled for a time in the past.
  func timeProblem(of draft: Draft?) -> FieldError? {
    guard let draft, draft.status == .scheduled, let moment = draft.publicFrom, moment <= now
    else { return nil }
    return FieldError(.publicFrom, .past)
  }

  /// A publication without a PDF cannot become public, unless it is already.
  func fileProblem(
    of publication: Publication, _ draft: Draft, _ form: Submission
  ) -> FieldError? {
    guard draft.status.isForReaders, !publication.status.isForReaders, publication.file == nil,
      form.file == nil, publication.firstPublic == nil
    else { return nil }
    return FieldError(.file, .missing)
  }

  /// A PDF that cannot be shown is published only after a confirmation.
  func showingProblem(
    of publication: Publication?, _ draft: Draft, _ form: Submission
  ) -> FieldError? {
    guard draft.status.isForReaders, form.text(RecordForm.anyway).isEmpty else { return nil }
    let reason: String?
    if let file = form.file {
      reason = defect(file)
    } else {
      // A public one was confirmed before.
      reason = publication?.status == .published ? nil : publication?.file?.defect
    }
    return reason.map { FieldError(.file, .notShowable($0)) }
  }

  /// Much larger files are refused before they are read (`bodyPolicy`).
  func sizeProblem(of form: Submission) -> FieldError? {
    guard form.fileOctets > settings.maxUploadOctets else { return nil }
    return FieldError(
      .file, .fileTooLarge(bytes: form.fileOctets, most: settings.maxUploadOctets))
  }
}

extension Publication.Status {
  /// Whether readers see it, now or from its time on.
  var isForReaders: Bool { self == .published || self == .scheduled }
}
