import Archive

/// A message about what has just been done.
enum Notice: String, CaseIterable {
  case deposited, saved, published, withdrawn, replaced, welcome, resumed
  case signedOut = "signed-out"
  case readAgain = "read-again"
  case unsubscribed, suspended, deleted
  case deletedDraft = "deleted-draft"
  case unfollowed, told
  case mailingPaused = "mailing-paused"
  case mailingResumed = "mailing-resumed"
  case testSent = "test-sent"
  case nobodyTold = "nobody-told"
  case noteMissing = "note-missing"
  case passwordChanged = "password-changed"
  case sessionsEnded = "sessions-ended"
  case secondFactorOff = "second-factor-off"
  case invitationRevoked = "invitation-revoked"
  case roleSaved = "role-saved"
  case accountDisabled = "account-disabled"
  case accountEnabled = "account-enabled"
  case accountDeleted = "account-deleted"
  case bulkApplied = "bulk-applied"
  case bulkUndone = "bulk-undone"
  case noFileChosen = "no-file-chosen"
  case uploadCancelled = "upload-cancelled"
  case toldApart = "told-apart"
  case madeVersion = "made-version"
  case entryAdded = "entry-added"
  case namesMerged = "names-merged"
  case entryDeleted = "entry-deleted"
  case keptApart = "kept-apart"
  case sentForReview = "sent-for-review"
  case sentBack = "sent-back"
  case scheduled, merged, undone, renamed, restored
  case tooLateToUndo = "too-late-to-undo"
  case filledIn = "filled-in"
  case scheduleChanged = "schedule-changed"
  case scheduleCancelled = "schedule-cancelled"
  case notScheduled = "not-scheduled"
  case redirectAdded = "redirect-added"
  case redirectDeleted = "redirect-deleted"
  case unconfirmed
  case publishedUnconfirmed = "published-unconfirmed"

  var phrase: Phrase {
    switch self {
    case .deposited: .noticeDeposited
    case .saved: .noticeSaved
    case .published: .noticePublished
    case .withdrawn: .noticeWithdrawn
    case .replaced: .noticeReplaced
    case .welcome: .noticeWelcome
    case .resumed: .noticeResumed
    case .signedOut: .noticeSignedOut
    case .readAgain: .noticeReadAgain
    case .unsubscribed: .noticeUnsubscribed
    case .suspended: .noticeSuspended
    case .deleted: .noticeDeleted
    case .deletedDraft: .noticeDeletedDraft
    case .unfollowed: .noticeUnfollowed
    case .told: .noticeTold
    case .mailingPaused: .noticeMailingPaused
    case .mailingResumed: .noticeMailingResumed
    case .testSent: .noticeTestSent
    case .nobodyTold: .noticeNobodyTold
    case .noteMissing: .tellNoteMissing
    case .passwordChanged: .noticePasswordChanged
    case .sessionsEnded: .noticeSessionsEnded
    case .secondFactorOff: .noticeSecondFactorOff
    case .invitationRevoked: .noticeInvitationRevoked
    case .roleSaved: .noticeRoleSaved
    case .accountDisabled: .noticeAccountDisabled
    case .accountEnabled: .noticeAccountEnabled
    case .accountDeleted: .noticeAccountDeleted
    case .bulkApplied: .noticeBulkApplied
    case .bulkUndone: .noticeBulkUndone
    case .noFileChosen: .noticeNoFileChosen
    case .uploadCancelled: .noticeUploadCancelled
    case .toldApart: .noticeToldApart
    case .madeVersion: .noticeMadeVersion
    case .entryAdded: .noticeEntryAdded
    case .namesMerged: .noticeNamesMerged
    case .entryDeleted: .noticeEntryDeleted
    case .keptApart: .noticeKeptApart
    case .sentForReview: .noticeSentForReview
    case .sentBack: .noticeSentBack
    case .scheduled: .noticeScheduled
    case .merged: .noticeMerged
    case .undone: .noticeUndone
    case .renamed: .noticeRenamed
    case .restored: .noticeRestored
    case .tooLateToUndo: .noticeTooLateToUndo
    case .filledIn: .noticeFilledIn
    case .scheduleChanged: .noticeScheduleChanged
    case .scheduleCancelled: .noticeScheduleCancelled
    case .notScheduled: .noticeNotScheduled
    case .redirectAdded: .redirectAdded
    case .redirectDeleted: .redirectDeleted
    case .unconfirmed: .noticeUnconfirmed
    case .publishedUnconfirmed: .noticePublishedUnconfirmed
    }
  }

  /// What a change of the status did.
  static func step(_ old: Publication.Status, _ new: Publication.Status) -> Notice {
    switch (old, new) {
    case (.review, .draft): .sentBack
    case (.scheduled, .draft): .scheduleCancelled
    case (_, .review) where old != .review: .sentForReview
    case (_, .scheduled): .scheduled
    case (_, .published) where old != .published: .published
    default: .saved
    }
  }
}
