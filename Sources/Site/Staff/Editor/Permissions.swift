import Archive

/// Which publications authors see on the desk before they are published.
package enum AuthorsSee: String, Sendable, CaseIterable {
  /// Those that they have made.
  case own
  case all
}

extension Session {
  /// The statuses that this member of staff may set.
  var statuses: [Publication.Status] {
    account.role >= .editor ? [.draft, .review, .scheduled, .published] : [.draft, .review]
  }

  /// Whether this member of staff may see a publication on the desk.
  ///
  /// Editors see everything; authors what is public, and what they have made or `authors` allows.
  func maySee(_ publication: Publication, _ authors: AuthorsSee) -> Bool {
    account.role >= .editor || publication.status == .published || authors == .all
      || publication.owner == account.id
  }

  /// Whether this member of staff may edit a publication: authors drafts only, editors everything.
  func mayEdit(_ publication: Publication, _ authors: AuthorsSee) -> Bool {
    maySee(publication, authors)
      && (account.role >= .editor || statuses.contains(publication.status))
  }

  func problem(with draft: Draft?) -> FieldError? {
    guard let draft, !statuses.contains(draft.status) else { return nil }
    return FieldError(.status, .notForAuthors)
  }
}

extension DeskFilter {
  /// The same among what a member of staff may see on the desk.
  func visible(to session: Session, _ authors: AuthorsSee) -> DeskFilter {
    var filter = self
    filter.visibleTo =
      session.account.role >= .editor || authors == .all ? nil : session.account.id
    return filter
  }
}
