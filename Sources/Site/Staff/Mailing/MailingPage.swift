import Archive
import Markup

/// What the page about mailing shows.
struct MailingView {
  var staff: Pages.StaffBar
  var status: MailingStatus
  /// Why messages cannot be sent; nil when nothing is known to be wrong.
  var problem: MailProblem?
  /// The frequency whose next digest is shown.
  var frequency: Frequency
  /// nil when there is nothing to announce.
  var digest: Digest?
  var subject = ""
  var text = ""
  var subscribers: [SubscriberStatus: Int]
  var history: [MailingRun]
  var growth: [(month: String, confirmed: Int, left: Int)]
  /// What was typed as the address of a test, and why it was refused.
  var test: (address: String, problem: String?)?
  var notice: Notice?
}

/// Why messages do not leave.
enum MailProblem: Equatable {
  /// No program is set; messages are kept in a folder.
  case noProgram(folder: String)
  /// The program is missing or cannot be run.
  case notExecutable(path: String)
}

extension Pages {
  func mailing(_ view: MailingView) -> HTML {
    layout(
      Head(
        title: words[.mailing], address: view.test == nil ? mailingAddress(view.frequency) : nil,
        place: .mailing, isIndexed: false, staff: view.staff),
      """
      <div class="section-top">
      <h1>\(words[.mailing])</h1>
      \(notice(view.notice))
      \(view.problem.map(problem))
      \(view.status.lastError.map(lastError))
      \(state(view))
      </div>
      <div class="wide">
      \(nextDigest(view))
      \(history(view.history))
      \(growth(view))
      </div>
      """)
  }

  func mailingAddress(_ frequency: Frequency) -> String {
    Query.address(
      .mailing, [("frequency", frequency == .weekly ? nil : frequency.rawValue)])
  }

  // MARK: State

  private func problem(_ problem: MailProblem) -> HTML {
    let sentence: HTML =
      switch problem {
      case .noProgram(let folder):
        words.html(.mailNoProgram, "<code>\(folder)</code>", "<code>sendmail</code>")
      case .notExecutable(let path):
        words.html(.mailNotExecutable, "<code>\(path)</code>", "<code>sendmail</code>")
      }
    return "<p class=\"notice warning\" role=\"alert\">\(sentence)</p>"
  }

  private func lastError(_ error: (at: Instant, reason: String)) -> HTML {
    """
    <p class="notice warning">\(words(.mailLastError, moment(error.at)))<br>\
    <code>\(error.reason)</code></p>
    """
  }

  private func state(_ view: MailingView) -> HTML {
    let counts = view.status.counts
    let failed = counts[.failed, default: 0]
    let confirmed = words.count(.subscriber, view.subscribers[.confirmed, default: 0])
    return """
      <p>\(words[view.status.isPaused ? .mailPaused : .mailRunning])</p>
      <p class="small"><a href="\(Query.address(.subscribers, [("status", "confirmed")]))">\
      \(confirmed)</a> · \(words(.inOutbox, words.count(.message, view.status.waiting)))\
      \(view.status.oldestWaiting, { " (\(words(.waitingSince, moment($0))))" }) · \
      \(words(.messagesAccepted, words.number(counts[.accepted, default: 0])))\
      \(if: failed > 0, " · \(words(.messagesFailed, words.number(failed)))")</p>
      <form class="actions" action="\(Resource.mailing)" method="post">
      \(hidden(FormToken.field, view.staff.formToken))
      \(view.status.isPaused
        ? "<button name=\"do\" value=\"resume\">\(words[.resumeMailing])</button>"
        : "<button class=\"quiet\" name=\"do\" value=\"pause\">\(words[.pauseMailing])</button>")
      </form>
      """
  }

  // MARK: The next digest

  private func nextDigest(_ view: MailingView) -> HTML {
    """
    <section class="stack" aria-labelledby="next">
    <h2 id="next">\(words[.nextDigest])</h2>
    <nav class="chips" aria-label="\(words[.howOften])">
    \(each: Frequency.allCases, { frequency in
      """
      <a href="\(mailingAddress(frequency))"\
      \(if: frequency == view.frequency, " aria-current=\"page\"")>\
      \(words.name(of: frequency))</a>

      """
    })
    </nav>
    \(view.status.nextDue[view.frequency].map { "<p>\(words(.nextDue, moment($0)))</p>" } ?? "")
    \(view.digest.map { preview($0, view) } ?? "<p>\(words[.nothingToAnnounce])</p>")
    \(testForm(view))
    </section>
    """
  }

  private func preview(_ digest: Digest, _ view: MailingView) -> HTML {
    let address = Query.address(
      .mailingPreview,
      [("frequency", view.frequency.rawValue), (Pages.languageField, words.tag)])
    return """
      <p>\(words(.digestHas, words.count(.publication, digest.publications.count)))</p>
      <p><b>\(words[.subjectLine]):</b> <span dir="auto">\(view.subject)</span></p>
      <iframe class="preview" sandbox src="\(address)" title="\(words[.previewOfMessage])"></iframe>
      <details>
      <summary>\(words[.plainText])</summary>
      <pre class="scroller" tabindex="0">\(view.text)</pre>
      </details>
      """
  }

  private func testForm(_ view: MailingView) -> HTML {
    """
    <form action="\(Resource.mailing)" method="post">
    \(hidden(FormToken.field, view.staff.formToken))\
    \(hidden("frequency", view.frequency.rawValue))
    <label class="label-line" for="email">\(words[.testAddress])</label>
    <div class="inline narrow">
    <input id="email" name="email" type="email" autocomplete="email" \
    value="\(view.test?.address ?? "")" required\
    \(if: view.test?.problem != nil, " aria-invalid=\"true\" aria-describedby=\"email-error\"")>
    <button class="quiet" name="do" value="test">\(words[.sendTest])</button>
    </div>
    \(view.test?.problem, { "<p class=\"error\" id=\"email-error\">\($0)</p>" })
    </form>
    """
  }

  // MARK: History and growth

  private func history(_ runs: [MailingRun]) -> HTML {
    let columns: [Phrase] = [
      .recipients, .accepted, .deferred, .failedMessages, .bounced, .unsubscribedBecause,
    ]
    return """
      <section class="stack" aria-labelledby="history">
      <h2 id="history">\(words[.mailingHistory])</h2>
      \(runs.isEmpty ? "<p>\(words[.nothingSentYet])</p>" : """
        <div class="scroller" role="region" aria-labelledby="history" tabindex="0"><table>
        <thead><tr><th scope="col">\(words[.sentAt])</th><th scope="col">\(words[.what])</th>\
        \(each: columns, { "<th scope=\"col\" class=\"figure\">\(words[$0])</th>" })</tr></thead>
        <tbody>
        \(each: runs, row)
        </tbody>
        </table></div>
        """)
      </section>
      """
  }

  private func row(_ run: MailingRun) -> HTML {
    let counts = [
      run.recipients, run.accepted, run.deferred, run.failed, run.bounced, run.unsubscribed,
    ]
    let kind: HTML =
      run.corrected.map { "<a href=\"\(Resource.publication($0))\">\(words[.correction])</a>" }
      ?? "\(words.name(of: run.frequency))"
    return """
      <tr><th scope="row">\(moment(run.at))</th><td>\(kind)</td>\
      \(each: counts, { "<td class=\"figure\">\(words.number($0))</td>" })</tr>

      """
  }

  /// The subscribers by month as a line and as a table.
  private func growth(_ view: MailingView) -> HTML {
    let months = view.growth
    guard months.contains(where: { $0.confirmed > 0 || $0.left > 0 }) else { return "" }
    // From the number of today backwards.
    var number = view.subscribers[.confirmed, default: 0]
    var totals: [Int] = []
    for month in months.reversed() {
      totals.insert(max(0, number), at: 0)
      number -= month.confirmed - month.left
    }
    let most = max(1, totals.max() ?? 1)
    let points = totals.enumerated().map { place, total in
      "\(place * 10),\(31 - min(30, total * 30 / most))"
    }.joined(separator: " ")
    return """
      <section class="stack" aria-labelledby="growth">
      <h2 id="growth">\(words[.subscriberGrowth])</h2>
      \(if: months.count > 1, """
        <svg class="sparkline" viewBox="0 0 \(10 * (months.count - 1)) 32" \
        preserveAspectRatio="none" role="img" aria-label="\(words[.subscriberGrowth])">
        <polyline points="\(points)"/>
        </svg>
        """)
      <details>
      <summary>\(words[.timelineTable])</summary>
      <table>
      <thead><tr><th scope="col">\(words[.month])</th>\
      <th scope="col" class="figure">\(words[.joined])</th>\
      <th scope="col" class="figure">\(words[.left])</th>\
      <th scope="col" class="figure">\(words[.subscribers])</th></tr></thead>
      <tbody>
      \(each: Array(zip(months, totals)).reversed(), { month, total in
        """
        <tr><th scope="row">\(PublicationDate(month.month), date)</th>\
        <td class="figure">\(words.number(month.confirmed))</td>\
        <td class="figure">\(words.number(month.left))</td>\
        <td class="figure">\(words.number(total))</td></tr>

        """
      })
      </tbody>
      </table>
      </details>
      </section>
      """
  }
}
