internal import SQLite

/// What staff tell each other about a publication, and who is to check it.
package struct Review: Sendable, Equatable {
  /// The oldest first.
  package var comments: [ReviewComment] = []
  /// The name of the account; nil for nobody.
  package var assignee: String?

  package init() {}
}

/// A comment of staff on a publication.
package struct ReviewComment: Sendable, Equatable {
  /// The name of the account.
  package let author: String
  package let at: Instant
  /// Empty for a new status without a comment.
  package let text: String
  /// The status that the publication got with it; nil if it kept its status.
  package let status: Publication.Status?
}

/// What comes with a change of a publication for other staff.
package struct ReviewNote: Sendable, Equatable {
  package enum Assignment: Sendable, Equatable {
    case unchanged, nobody
    case to(Account.ID)
  }

  /// A comment; empty for none.
  package var comment: String
  package var assignment: Assignment

  package init(comment: String = "", assignment: Assignment = .unchanged) {
    self.comment = comment
    self.assignment = assignment
  }

  var isEmpty: Bool { comment.cleanedParagraphs.isEmpty && assignment == .unchanged }
}

extension Publications {
  /// The comments on a publication, and who is to check it.
  package func review(of id: Publication.ID) throws -> Review {
    try core.read { connection in
      var review = Review()
      review.comments = try connection.rows(
        "SELECT author, at, text, status FROM review_comment WHERE publication = \(id) ORDER BY id"
      ) { row in
        ReviewComment(
          author: row.text(0), at: Instant(secondsSince1970: row.integer(1)), text: row.text(2),
          status: row.optionalText(3).flatMap(Publication.Status.init))
      }
      review.assignee = try connection.assignee(of: id)
      return review
    }
  }

  /// The publications in review, the one that was changed first coming first.
  ///
  /// - Parameters:
  ///   - account: Whom they are assigned to; nil for any or nobody.
  ///   - now: The time.
  /// - Returns: All of them.
  /// - Throws: What the database throws.
  package func inReview(
    assignedTo account: Account.ID? = nil, at now: Instant = .now
  ) throws -> [Publication] {
    let isChosen: SQL =
      account.map { "id IN (SELECT publication FROM assignment WHERE staff = \($0))" } ?? "1"
    return try core.read { connection in
      try connection.rows(
        """
        \(Publication.select(at: now))
        WHERE publication.id IN (SELECT id FROM publication WHERE status = 'review' AND \(isChosen))
        ORDER BY modified, publication.id
        """
      ) { Publication($0) }.compactMap { $0 }
    }
  }
}

extension Connection {
  fileprivate func assignee(of id: Publication.ID) throws -> String? {
    try row(
      """
      SELECT staff.name FROM assignment JOIN staff ON staff.id = assignment.staff
      WHERE assignment.publication = \(id)
      """
    ) { $0.text(0) }
  }

  /// Stores what came with a change of a publication.
  func keep(
    _ note: ReviewNote, of publication: Publication, from status: Publication.Status,
    by actor: Actor, at now: Instant
  ) throws {
    let slug = publication.slug.description
    let comment = note.comment.cleanedParagraphs
    let isStep =
      status != publication.status
      && (publication.status == .review || status == .review)
    if !comment.isEmpty || isStep {
      try run(
        """
        INSERT INTO review_comment (publication, author, at, text, status)
        VALUES (\(publication.id), \(actor.name), \(now.secondsSince1970), \(comment),
          \(isStep ? publication.status.rawValue : nil))
        """)
    }
    if !comment.isEmpty { try audit(.commented, slug, after: comment, by: actor, at: now) }
    let before = try assignee(of: publication.id)
    switch note.assignment {
    case .unchanged: return
    case .nobody: try run("DELETE FROM assignment WHERE publication = \(publication.id)")
    case .to(let account):
      try run(
        """
        INSERT INTO assignment (publication, staff, at)
        SELECT \(publication.id), id, \(now.secondsSince1970) FROM staff WHERE id = \(account)
        ON CONFLICT (publication) DO UPDATE SET staff = excluded.staff, at = excluded.at
        """)
    }
    let after = try assignee(of: publication.id)
    guard before != after else { return }
    try audit(.assigned, slug, before: before, after: after, by: actor, at: now)
  }
}
