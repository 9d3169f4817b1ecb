import Archive

extension Session {
  /// The statuses that this member of staff may set.
  var statuses: [Publication.Status] {
    account.role >= .editor ? [.draft, .review, .scheduled, .published] : [.draft, .review]
  }

  /// Whether this member of staff may edit a publication: authors drafts only, editors everything.
  func mayEdit(_ publication: Publication) -> Bool {
    account.role >= .editor || statuses.contains(publication.status)
  }

  func problem(with draft: Draft?) -> FieldError? {
    guard let draft, !statuses.contains(draft.status) else { return nil }
    return FieldError(.status, .notForAuthors)
  }
}
