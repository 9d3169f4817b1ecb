internal import SQLite

/// What a member of staff has typed into the form of a publication and not saved.
package struct UnsavedForm: Sendable, Equatable {
  /// The fields, form-encoded.
  package let form: String
  package let at: Instant
}

extension Publications {
  /// What a member of staff has typed into the form of a publication; nil for nothing.
  package func unsavedForm(
    of id: Publication.ID, by account: Account.ID
  ) throws -> UnsavedForm? {
    try core.read { connection in
      try connection.row(
        "SELECT form, at FROM unsaved_form WHERE publication = \(id) AND staff = \(account)"
      ) { UnsavedForm(form: $0.text(0), at: Instant(secondsSince1970: $0.integer(1))) }
    }
  }

  /// Stores what a member of staff has typed, in place of what they had typed before.
  ///
  /// What nobody has looked at for 90 days is deleted.
  package func keepUnsavedForm(
    _ form: String, of id: Publication.ID, by account: Account.ID, at now: Instant = .now
  ) throws {
    try core.change(.nothingPublic) { connection in
      let oldest = now.adding(seconds: -90 * 86_400).secondsSince1970
      try connection.run("DELETE FROM unsaved_form WHERE at < \(oldest)")
      try connection.run(
        """
        INSERT OR REPLACE INTO unsaved_form (publication, staff, at, form)
        VALUES (\(id), \(account), \(now.secondsSince1970), \(form))
        """)
    }
  }

  /// Deletes what a member of staff has typed.
  package func deleteUnsavedForm(of id: Publication.ID, by account: Account.ID) throws {
    try core.change(.nothingPublic) { connection in
      try connection.run(
        "DELETE FROM unsaved_form WHERE publication = \(id) AND staff = \(account)")
    }
  }
}

extension Connection {
  func deleteUnsavedForm(of id: Publication.ID, by actor: Actor) throws {
    try run(
      """
      DELETE FROM unsaved_form
      WHERE publication = \(id) AND staff = (SELECT id FROM staff WHERE name = \(actor.name))
      """)
  }
}
