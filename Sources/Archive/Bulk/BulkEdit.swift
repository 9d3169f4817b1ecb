/// An edit of many publications at once: previewed, then applied, then perhaps undone.
package struct BulkEdit: Sendable, Equatable, Identifiable {
  package let id: Int64
  package let change: BulkChange
  package let actor: String
  package let previewed: Instant
  /// nil for a preview.
  package let applied: Instant?
  package let undone: Instant?
  package let undoneBy: String?
  /// How many of the selected publications it leaves as they are.
  package let unchanged: Int
  package fileprivate(set) var counts: [BulkChangeState: Int]

  /// How many of its changes have a state.
  package subscript(state: BulkChangeState) -> Int { counts[state] ?? 0 }

  /// Seconds for which an edit can be undone: 30 days.
  package static let undoTime: Int64 = 30 * 86_400
  /// Seconds for which a preview can be applied: a day.
  package static let previewTime: Int64 = 86_400

  package func isUndoable(at now: Instant) -> Bool {
    guard let applied, undone == nil else { return false }
    return now < applied.adding(seconds: BulkEdit.undoTime)
  }

  /// The last moment at which it can be undone; nil for a preview.
  package var undoEnd: Instant? { applied?.adding(seconds: BulkEdit.undoTime) }

  init(
    id: Int64, change: BulkChange, actor: String, previewed: Instant, applied: Instant?,
    undone: Instant?, undoneBy: String?, unchanged: Int, counts: [BulkChangeState: Int] = [:]
  ) {
    self.id = id
    self.change = change
    self.actor = actor
    self.previewed = previewed
    self.applied = applied
    self.undone = undone
    self.undoneBy = undoneBy
    self.unchanged = unchanged
    self.counts = counts
  }

  func with(counts: [BulkChangeState: Int]) -> BulkEdit {
    var edit = self
    edit.counts = counts
    return edit
  }
}

/// What has become of the change of one publication.
package enum BulkChangeState: String, Sendable, CaseIterable {
  /// Previewed, and to be applied.
  case ready
  /// Previewed, and cannot be applied.
  case refused
  case applied
  /// Not applied, because somebody changed the publication after the preview.
  case skipped
  case undone
  /// Not undone, because somebody edited the field after the bulk edit.
  case kept
}

/// The change of one publication in a bulk edit.
package struct BulkChangeEntry: Sendable, Equatable {
  package let slug: Slug
  package let title: String
  /// BCP 47 tag of the title; nil when not known.
  package let language: String?
  package let state: BulkChangeState
  package let refusal: BulkRefusal?
  /// The value of the field, authors and topics one a line; nil for none.
  package let before: String?
  package let after: String?
}

/// Why a publication cannot be changed as a bulk edit wants.
package enum BulkRefusal: String, Sendable, CaseIterable {
  case titleMissing = "title missing"
  case tooLong = "too long"
  case tooMany = "too many"
  case invalid
  /// To be published, and has no PDF, an unreadable one, or one that waits for extraction.
  case noPDF = "no PDF"
  case unreadablePDF = "unreadable PDF"
  case waitingPDF = "waiting PDF"
  /// To be published, and fields wait to be filled in from the PDF.
  case unchecked
  /// To be published, and was withdrawn.
  case withdrawn
  /// To be reviewed, and is no draft.
  case notDraft = "not a draft"
  /// To be withdrawn, and is not public.
  case notPublic = "not public"

  init(_ error: FieldError) {
    self =
      switch error.problem {
      case .missing: .titleMissing
      case .tooLong: .tooLong
      case .tooMany: .tooMany
      default: .invalid
      }
  }
}

/// The publications that a bulk edit is to change.
package enum BulkSelection: Sendable, Hashable {
  case matching(DeskFilter)
  case listed([Publication.ID])
}
