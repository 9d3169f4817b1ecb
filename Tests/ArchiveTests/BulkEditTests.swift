import Archive
import Search
import Testing

@Suite("Many publications are edited at once, as previewed, and the edit can be undone")
struct BulkEditTests {
  let store: TemporaryArchive
  var archive: Archive { store.archive }
  let later = noon.adding(seconds: 60)

  init() throws { store = try TemporaryArchive() }

  private func all(_ words: String = "") -> BulkSelection { .matching(DeskFilter(words: words)) }

  private func edit(
    _ change: BulkChange, _ selection: BulkSelection? = nil
  ) throws -> BulkEdit {
    let preview = try archive.bulkEdits.preview(
      change, of: selection ?? all(), by: librarian, at: noon)
    return try archive.bulkEdits.apply(preview.id, by: librarian, at: later)
  }

  private func record(_ id: Publication.ID) throws -> Record {
    try #require(try archive.publications.forStaff(id, at: later)).record
  }

  @Test(
    arguments: [
      (BulkChange(.topics, .add, " Trade "), "Sea; Trade", "Sea"),
      (BulkChange(.topics, .remove, "Sea"), "", "Sea"),
      (BulkChange(.topics, .replace, "ea", replacement: "ky"), "Sky", "Sea"),
      (BulkChange(.topics, .clear), "", "Sea"),
      (BulkChange(.authors, .add, "Bo Ek"), "Mira Koval; Bo Ek", "Mira Koval"),
      (BulkChange(.authors, .remove, "Mira Koval"), "", "Mira Koval"),
      (BulkChange(.authors, .replace, "Koval", replacement: "Kowal"), "Mira Kowal", "Mira Koval"),
      (BulkChange(.series, .set, "Working  Papers"), "Working Papers", "Briefs"),
      (BulkChange(.series, .clear), "", "Briefs"),
      (BulkChange(.number, .set, "9"), "9", ""),
      (BulkChange(.issn, .set, "20493630"), "2049-3630", ""),
      (BulkChange(.type, .set, "book"), "book", "report"),
      (BulkChange(.language, .set, "sv"), "sv", ""),
      (BulkChange(.licence, .set, "CC-BY-4.0"), "CC-BY-4.0", ""),
      (BulkChange(.published, .set, "2011-05"), "2011-05", "2010-02-25"),
      (
        BulkChange(.title, .replace, "Harbours", replacement: "Ports"), "Quiet Ports",
        "Quiet Harbours"
      ),
      (
        BulkChange(.abstract, .replace, " see", replacement: " say"), "What pilots say.",
        "What pilots see."
      ),
      (BulkChange(.abstract, .clear), "", "What pilots see."),
    ])
  func anOperation(_ change: BulkChange, writes after: String, over before: String) throws {
    let publication = try deposit("Quiet Harbours")
    let edit = try edit(change)
    #expect(edit[.applied] == 1)
    #expect(try value(change.field, publication.id) == after)
    #expect(try archive.publications.forStaff(publication.id, at: later)?.modified == later)
    let undone = try archive.bulkEdits.undo(edit.id, by: librarian, at: later)
    #expect(undone[.undone] == 1 && undone[.applied] == 0)
    #expect(try value(change.field, publication.id) == before)
    #expect(try record(publication.id).orcids == publication.record.orcids)
  }

  private func deposit(
    _ title: String, status: Publication.Status = .draft
  ) throws -> Publication {
    var record = ArchiveTests.record(
      title, abstract: "What pilots see.", authors: ["Mira Koval"], topics: ["Sea"])
    record.series = "Briefs"
    record.orcids["Mira Koval"] = ORCID("0000-0002-1825-0097")
    return try archive.publications.deposit(
      Draft(record: record, status: status), by: librarian, at: noon)
  }

  private func value(_ field: FieldError.Field, _ id: Publication.ID) throws -> String {
    let record = try record(id)
    return switch field {
    case .title: record.title
    case .abstract: record.abstract
    case .authors: record.authors.joined(separator: "; ")
    case .topics: record.topics.joined(separator: "; ")
    case .published: record.published.description
    case .type: record.type.rawValue
    case .series: record.series ?? ""
    case .issn: record.issn?.description ?? ""
    case .number: record.number ?? ""
    case .language: record.language ?? ""
    case .licence: record.licence ?? ""
    default: ""
    }
  }

  @Test(
    arguments: [
      (BulkChange(.language, .set, "what"), FieldError.Problem.missing),
      (BulkChange(.topics, .add, "  "), .missing), (BulkChange(.series, .set, ""), .missing),
      (BulkChange(.published, .set, "2011-02-30"), .notDate),
      (BulkChange(.issn, .set, "1234-5678"), .notISSN("1234-5678")),
      (BulkChange(.type, .set, "poem"), .notOffered), (BulkChange(.title, .clear), .notOffered),
      (BulkChange(.slug, .set, "a"), .notOffered),
      (BulkChange(.language, .set, "not a tag"), .notLanguage("not a tag")),
    ])
  func aChangeThatCannotBeMadeIsRefused(
    _ change: BulkChange, _ problem: FieldError.Problem
  ) throws {
    // “what” has the form of a tag.
    #expect(change.problem?.problem == (change.value == "what" ? nil : problem))
    guard change.problem != nil else { return }
    #expect(throws: FieldError.self) {
      try archive.bulkEdits.preview(change, of: all(), by: librarian, at: noon)
    }
  }

  @Test func aPreviewChangesNothingAndSaysWhatCannotBeChanged() throws {
    let one = try deposit("Harbours")
    let two = try deposit("Quiet Harbours")
    let preview = try archive.bulkEdits.preview(
      BulkChange(.title, .replace, "Harbours", replacement: ""), of: all(), by: librarian, at: noon)
    #expect(preview[.ready] == 1 && preview[.refused] == 1 && preview.applied == nil)
    let refused = try archive.bulkEdits.changes(of: preview.id, .refused)
    #expect(refused.map(\.slug) == [one.slug] && refused.first?.refusal == .titleMissing)
    let ready = try archive.bulkEdits.changes(of: preview.id, .ready)
    #expect(ready.first?.before == "Quiet Harbours" && ready.first?.after == "Quiet")
    #expect(try record(two.id).title == "Quiet Harbours")
    #expect(try archive.bulkEdits.list().total == 0)
  }

  @Test func whatHasTheValueAlreadyIsCounted() throws {
    _ = try deposit("One")
    let preview = try archive.bulkEdits.preview(
      BulkChange(.series, .set, "Briefs"), of: all(), by: librarian, at: noon)
    #expect(preview.unchanged == 1 && preview[.ready] == 0)
  }

  @Test func whatChangedAfterThePreviewIsLeftOut() throws {
    let (one, two, three) = (try deposit("One"), try deposit("Two"), try deposit("Three"))
    let preview = try archive.bulkEdits.preview(
      BulkChange(.series, .set, "Papers"), of: .listed([one.id, two.id]), by: librarian, at: noon)
    var draft = Draft(record: two.record)
    draft.record.subtitle = "Edited meanwhile"
    _ = try archive.publications.revise(two.id, to: draft, by: Actor("other"), at: later)
    let applied = try archive.bulkEdits.apply(preview.id, by: librarian, at: later)
    #expect(applied[.applied] == 1 && applied[.skipped] == 1)
    #expect(try archive.bulkEdits.changes(of: preview.id, .skipped).map(\.slug) == [two.slug])
    #expect(try record(one.id).series == "Papers")
    #expect(try record(two.id).series == "Briefs")
    #expect(try record(three.id).series == "Briefs")
    // Sent twice, it is done once.
    #expect(try archive.bulkEdits.apply(preview.id, by: librarian, at: later) == applied)
  }

  @Test func undoingKeepsWhatWasEditedSince() throws {
    let (one, two) = (try deposit("One"), try deposit("Two"))
    let edit = try edit(BulkChange(.series, .set, "Papers"))
    var draft = Draft(record: two.record)
    draft.record.series = "Books"
    _ = try archive.publications.revise(two.id, to: draft, by: librarian, at: later)
    // An edit of another field does not stand in the way.
    var other = Draft(record: try record(one.id))
    other.record.subtitle = "A study"
    _ = try archive.publications.revise(one.id, to: other, by: librarian, at: later)
    let undone = try archive.bulkEdits.undo(edit.id, by: Actor("other"), at: later)
    #expect(undone[.undone] == 1 && undone[.kept] == 1 && undone.undoneBy == "other")
    #expect(try record(one.id).series == "Briefs")
    #expect(try record(one.id).subtitle == "A study")
    #expect(try record(two.id).series == "Books")
  }

  @Test func undoingIsPossibleForThirtyDays() throws {
    let one = try deposit("One")
    let edit = try edit(BulkChange(.series, .set, "Papers"))
    let late = later.adding(seconds: BulkEdit.undoTime)
    #expect(edit.isUndoable(at: late.adding(seconds: -1)) && !edit.isUndoable(at: late))
    #expect(throws: DepositError.notFound) {
      try archive.bulkEdits.undo(edit.id, by: librarian, at: late)
    }
    // The values are removed then, but not which publications it changed.
    _ = try archive.bulkEdits.preview(
      BulkChange(.series, .clear), of: all(), by: librarian, at: late)
    let changes = try archive.bulkEdits.changes(of: edit.id, .applied)
    #expect(changes.map(\.slug) == [one.slug] && changes.first?.before == nil)
    #expect(try archive.bulkEdits.list(of: one.slug).items.map(\.id) == [edit.id])
  }

  @Test func oldPreviewsAreRemoved() throws {
    _ = try deposit("One")
    let change = BulkChange(.series, .clear)
    let old = try archive.bulkEdits.preview(change, of: all(), by: librarian, at: noon)
    let late = noon.adding(seconds: BulkEdit.previewTime)
    _ = try archive.bulkEdits.preview(change, of: all(), by: librarian, at: late)
    #expect(try archive.bulkEdits.find(old.id) == nil)
    #expect(throws: DepositError.notFound) {
      try archive.bulkEdits.apply(old.id, by: librarian, at: late)
    }
  }

  @Test func statusesFollowTheirRules() throws {
    let draft = try deposit("Draft")
    let file = try store.incoming()
    let withFile = try store.deposit("With file", status: .draft, file: file)
    let published = try store.deposit("Published")
    func refusals(_ operation: BulkChange.Operation) throws -> [String: BulkRefusal] {
      let preview = try archive.bulkEdits.preview(
        BulkChange(.status, operation), of: all(), by: librarian, at: noon)
      return Dictionary(
        uniqueKeysWithValues: try archive.bulkEdits.changes(of: preview.id, .refused).map {
          ($0.title, $0.refusal ?? .invalid)
        })
    }
    #expect(try refusals(.publish) == ["Draft": .noPDF, "With file": .waitingPDF])
    #expect(try refusals(.review) == ["Published": .notDraft])
    #expect(try refusals(.withdraw) == ["Draft": .notPublic, "With file": .notPublic])

    _ = try edit(BulkChange(.status, .review), .listed([draft.id, withFile.id]))
    #expect(try archive.publications.forStaff(draft.id, at: later)?.status == .review)
    let withdrawal = try edit(
      BulkChange(.status, .withdraw, "Printed twice"), .listed([published.id]))
    let withdrawn = try #require(try archive.publications.forStaff(published.id, at: later))
    #expect(withdrawn.status == .withdrawn && withdrawn.withdrawalReason == "Printed twice")
    #expect(try archive.publications.count(at: later) == 0)
    _ = try archive.bulkEdits.undo(withdrawal.id, by: librarian, at: later)
    let back = try #require(try archive.publications.forStaff(published.id, at: later))
    #expect(back.status == .published && back.withdrawalReason == nil)
    #expect(back.publicFrom == published.publicFrom && back.firstPublic == published.firstPublic)
    #expect(try archive.publications.count(at: later) == 1)
  }

  @Test func placeholdersAreNotPublished() throws {
    var draft = Draft(record: ArchiveTests.record("upload"))
    draft.blank = [.title, .published, .authors]
    let made = try archive.publications.deposit(
      draft, file: try store.incoming(), by: librarian, at: noon)
    try archive.texts.store(of: try #require(made.file), pages: ["Text"], at: noon)
    func refusals() throws -> [BulkRefusal?] {
      let preview = try archive.bulkEdits.preview(
        BulkChange(.status, .publish), of: .listed([made.id]), by: librarian, at: noon)
      return try archive.bulkEdits.changes(of: preview.id, .refused).map(\.refusal)
    }
    #expect(try refusals() == [.unchecked])
    // Also in review, until the values are known.
    _ = try edit(BulkChange(.status, .review), .listed([made.id]))
    #expect(try refusals() == [.unchecked])
    draft = Draft(record: ArchiveTests.record("Quiet Harbours"), status: .review)
    draft.blank = [.published]
    _ = try archive.publications.revise(made.id, to: draft, by: librarian, at: later)
    #expect(try refusals() == [.unchecked])
    _ = try edit(BulkChange(.published, .set, "2024-05"), .listed([made.id]))
    #expect(try refusals() == [])
  }

  @Test func readersFindTheNewValues() throws {
    try archive.prepareSearch()
    let publication = try store.deposit("Quiet Harbours", topics: ["Sea"])
    let before = archive.generation
    let edit = try edit(BulkChange(.topics, .add, "Beacons"))
    #expect(archive.generation > before)
    #expect(try archive.search(SearchQuery("beacons"), at: later).total == 1)
    #expect(
      try archive.publications.listForStaff(DeskFilter(bulkEdit: edit.id), at: later).items
        .map(\.id) == [publication.id])
    _ = try archive.bulkEdits.undo(edit.id, by: librarian, at: later)
    #expect(try archive.search(SearchQuery("beacons"), at: later).total == 0)
  }

  @Test func theAuditLogHasOneEntryForTheEdit() throws {
    _ = try deposit("One")
    _ = try deposit("Two")
    let edit = try edit(BulkChange(.series, .set, "Papers"))
    let entries = try archive.staff.auditLog().items.filter { $0.action == .editedInBulk }
    #expect(entries.count == 1)
    #expect(entries.first?.subject == "\(edit.id)" && entries.first?.after == "2")
    #expect(entries.first?.detail == "series set: Papers")
    // It is found by each publication.
    let found = try archive.staff.auditLog(AuditFilter(subject: "two")).items.map(\.action)
    #expect(found.contains(.editedInBulk))
    #expect(try archive.staff.auditLog(AuditFilter(subject: "three")).items.isEmpty)
  }

  @Test func aDeletedDraftIsNoLongerPartOfTheEdit() throws {
    let (one, two) = (try deposit("One"), try deposit("Two"))
    let edit = try edit(BulkChange(.series, .set, "Papers"))
    try archive.publications.deleteDraft(one.id, by: librarian, at: later)
    let undone = try archive.bulkEdits.undo(edit.id, by: librarian, at: later)
    #expect(undone[.undone] == 1)
    #expect(try record(two.id).series == "Briefs")
  }
}
