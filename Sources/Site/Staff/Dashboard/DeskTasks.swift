import Archive
import Markup

/// Something that needs doing: a number, what it is of, and the list behind it.
struct DeskTask {
  let count: Int
  let name: Counted
  /// The path and query of the list.
  let address: String
  /// What to do, in a few words.
  let hint: Phrase
  /// Who sees it.
  var role = Role.author
}

/// What needs doing, as a member of staff sees it.
struct DeskTasks {
  let counts: DeskCounts
  /// Redirects that lead readers nowhere.
  let brokenRedirects: Int
  let now: Instant

  /// Days after which a backup is old.
  static let daysOfBackup: Int64 = 7
  /// A disk is nearly full with less than this many bytes.
  static let fewBytes = 2_000_000_000

  /// What is to be done, without what is done.
  func list(for role: Role) -> [DeskTask] {
    let all = [
      DeskTask(
        count: counts.draftsToCheck, name: .draftToCheck,
        address: DeskFilter(status: .draft, extraction: .read).address,
        hint: .draftToCheckHint),
      DeskTask(
        count: counts.inReview, name: .publicationInReview,
        address: DeskFilter(status: .review).address, hint: .publicationInReviewHint),
      DeskTask(
        count: counts.possibleDuplicates, name: .possibleDuplicate,
        address: Resource.duplicates.path, hint: .possibleDuplicateHint, role: .editor),
      DeskTask(
        count: counts.failedExtractions, name: .failedExtraction,
        address: DeskFilter(extraction: .unreadable).address, hint: .failedExtractionHint),
      DeskTask(
        count: counts.withoutAbstract, name: .missingAbstract,
        address: DeskFilter(status: .published, missing: [.abstract]).address,
        hint: .missingAbstractHint, role: .editor),
      DeskTask(
        count: brokenRedirects, name: .brokenRedirect,
        address: Query.address(.redirects, [("show", "broken")]), hint: .brokenRedirectHint,
        role: .editor),
      DeskTask(
        count: counts.mail.failed, name: .failedMessage,
        address: Resource.mailing.path, hint: .failedMessageHint, role: .administrator),
    ]
    return all.filter { $0.count > 0 && $0.role <= role }
  }

  /// Whether the last backup is too long ago, or there is none.
  var isBackupOld: Bool {
    counts.lastBackup.map { $0.adding(seconds: Self.daysOfBackup * 86_400) < now } ?? true
  }

  var isDiskFull: Bool { counts.freeBytes < Self.fewBytes }
}

extension Pages {
  /// What needs doing.
  func tasks(_ tasks: DeskTasks, for role: Role) -> HTML {
    let list = tasks.list(for: role)
    return """
      <section class="tasks stack" aria-labelledby="to-do">
      <h2 id="to-do">\(words[.toDo])</h2>
      \(list.isEmpty ? "<p>\(words[.nothingToDo])</p>" : """
        <ul class="task-list">\(each: list, { task in
          """
          <li><a href="\(task.address)">\(words.count(task.name, task.count))</a>
          <span class="small">\(words[task.hint])</span></li>

          """
        })</ul>
        """)
      </section>
      """
  }

  /// The publications that an account is to review; nothing if there are none.
  func assigned(_ publications: [Publication]) -> HTML {
    guard !publications.isEmpty else { return "" }
    return """
      <section class="stack" aria-labelledby="assigned">
      <h2 id="assigned">\(words[.assignedToYou])</h2>
      <ul class="task-list">\(each: publications, { publication in
        """
        <li><a href="\(Resource.record(publication.slug))"\(script(of: publication.record))>\
        \(publication.record.title)</a></li>

        """
      })</ul>
      </section>
      """
  }

  /// The scheduled publications that come first; nothing if there are none.
  func comingNext(_ counts: DeskCounts) -> HTML {
    guard !counts.next.isEmpty else { return "" }
    let others = counts.scheduled - counts.next.count
    let list = DeskFilter(status: .scheduled).address
    return """
      <section class="stack" aria-labelledby="coming-next">
      <h2 id="coming-next">\(words[.comingNext])</h2>
      <ol class="task-list">\(each: counts.next, { entry in
        """
        <li><a href="\(Resource.record(entry.slug))" dir="auto">\(entry.title)</a>
        <span class="small">\(moment(entry.at))</span></li>

        """
      })</ol>
      <p class="small"><a href="\(list)">\(words.count(.scheduledPublication, counts.scheduled))</a>\
      \(if: others > 0, " · \(words(.moreScheduled, words.number(others)))")</p>
      </section>
      """
  }

  /// The disk, the backups and the mail, with what is wrong first.
  func system(_ tasks: DeskTasks, for role: Role) -> HTML {
    let counts = tasks.counts
    let published = words.count(.publication, counts.published)
    let extraction =
      counts.waitingExtractions > 0
      ? words.count(.waitingFile, counts.waitingExtractions) : words[.allFilesRead]
    let disk = words(.freeSpace, words.size(counts.freeBytes))
    let verified =
      counts.verification.lastPass.map {
        words(.filesVerified, words.count(.pdfFile, counts.verification.files), moment($0))
      } ?? words[.filesNotVerified]
    let backup = counts.lastBackup.map(moment) ?? words[.noBackup]
    return """
      <section class="stack" aria-labelledby="system">
      <h2 id="system">\(words[.systemState])</h2>
      <dl class="system">
      \(line(.publicNow, "<a href=\"\(Resource.publications)\">\(published)</a>"))
      \(line(.textExtraction, "<a href=\"\(Resource.extraction)\">\(extraction)</a>"))
      \(line(.diskSpace, "\(disk)", isWrong: tasks.isDiskFull ? .diskFullHint : nil))
      \(line(.lastBackup, "\(backup)", isWrong: tasks.isBackupOld ? .backupHint : nil))
      \(line(.verification, "\(verified)"))
      \(if: role == .administrator, line(.mailQueue, mailQueue(counts.mail)))
      </dl>
      </section>
      """
  }

  private func line(_ name: Phrase, _ value: HTML, isWrong hint: Phrase? = nil) -> HTML {
    """
    <dt>\(words[name])</dt>
    <dd>\(value)\(hint, { "<br><strong class=\"small\">\(words[$0])</strong>" })</dd>

    """
  }

  private func mailQueue(_ mail: DeskCounts.Mail) -> HTML {
    let parts = [
      words.count(.plannedMessage, mail.planned),
      mail.deferred > 0 ? words.count(.deferredMessage, mail.deferred) : nil,
      mail.isPaused ? words[.mailIsPaused] : nil,
    ].compactMap { $0 }
    return "<a href=\"\(Resource.mailing)\">\(parts.joined(separator: ", "))</a>"
  }
}
