import Archive
import Markup

/// What the desk shows.
struct Desk {
  var staff: Pages.StaffBar
  /// nil shows publications of every status.
  var status: Publication.Status?
  /// What is searched for; empty for nothing.
  var words: String
  var found: PageOf<Publication>
  /// Messages that wait for something to send them; nil when a program of ours does.
  var waitingMessages: Int?
  var readings: ReadingList
  var damaged: [FileDefect] = []
  var notice: Notice?

  var address: (Int) -> String {
    let (status, words) = (status, words)
    return { page in
      Query.address(
        .desk,
        [
          ("status", status?.rawValue), ("q", words.nonEmpty),
          ("page", page > 1 ? String(page) : nil),
        ])
    }
  }
}

extension Pages {
  func desk(_ desk: Desk) -> HTML {
    let isNarrowed = desk.status != nil || !desk.words.isEmpty
    return layout(
      Head(
        title: words[.desk], address: desk.address(desk.found.number), place: .desk,
        isIndexed: false, staff: desk.staff),
      """
      <div class="section-top">
      <h1>\(words[.desk])</h1>
      \(notice(desk.notice))
      \(if: !desk.damaged.isEmpty, damagedFiles(desk.damaged))
      <div class="actions desk-actions">
      <a class="button" href="\(Resource.deposit)">\(words[.uploadHeading])</a>
      <form class="inline" action="\(Resource.desk)" method="get" role="search">
      <label class="unseen" for="q">\(words[.findPublications])</label>
      <input id="q" name="q" type="search" value="\(desk.words)" \
      placeholder="\(words[.findPublications])">
      \(desk.status, { hidden("status", $0.rawValue) })
      \(languageField)<button class="quiet">\(words[.find])</button>
      </form>
      </div>
      <nav class="chips" aria-label="\(words[.status])">
      \(statusLink(nil, words[.all], desk))
      \(each: Publication.Status.allCases, { statusLink($0, words.name(of: $0), desk) })
      </nav>
      <p class="small">\(total(of: desk))\
      \(desk.waitingMessages, { " · \(words(.inOutbox, words.count(.message, $0)))" }) · <a href="\(Resource.readings)">\(summary(of: desk.readings))</a></p>
      </div>
      \(desk.found.items.isEmpty
        ? "<p>\(words[isNarrowed ? .nothingHere : .deskEmpty])</p>"
        : "<ol class=\"entries\">\(each: desk.found.items, deskEntry)</ol>")
      \(pageLinks(
        page: desk.found.number, of: desk.found.pages, label: words[.pagesOfDesk],
        address: desk.address))
      """)
  }

  private func damagedFiles(_ defects: [FileDefect]) -> HTML {
    """
    <section class="notice warning" role="alert" aria-labelledby="damaged">
    <h2 id="damaged">\(words[.damagedFiles])</h2>
    <p>\(words[.damagedFilesText])</p>
    <ul class="problems">\(each: defects, { defect in
      """
      <li>\(each: defect.slugs, { "<a href=\"\(Resource.record($0))\">\($0.description)</a> " })\
      <span lang="en">\(defect.path): \("\(defect.problem)")</span></li>

      """
    })</ul>
    </section>
    """
  }

  private func total(of desk: Desk) -> String {
    let count = words.count(.publication, desk.found.total)
    return desk.words.isEmpty ? count : words(.matchingWords, count, desk.words)
  }

  private func statusLink(_ status: Publication.Status?, _ name: String, _ desk: Desk) -> HTML {
    let address = Query.address(.desk, [("status", status?.rawValue), ("q", desk.words.nonEmpty)])
    return """
      <a href="\(address)"\(if: status == desk.status, " aria-current=\"page\"")>\(name)</a>

      """
  }

  private func deskEntry(_ publication: Publication) -> HTML {
    let record = publication.record
    return """
      <li>
      <p class="date">\(badge(publication))</p>
      <div>
      <h2><a href="\(Resource.record(publication.slug))"\(script(of: record))>\
      \(record.title)</a></h2>
      \(if: !record.authors.isEmpty, "<p class=\"authors\" dir=\"auto\">\(words.names(record.authors))</p>")
      <p class="small">\(date(record.published)) · \(state(of: publication.file)) · \
      \(words(.changedAt, moment(publication.modified)))</p>
      \(if: publication.status == .draft || publication.status == .review, """
        <p class="small">\(publication.file?.name, { "<bdi>\($0)</bdi> · " })\
        \(words(.uploadedAt, moment(publication.created)))</p>
        """)
      </div>
      </li>
      """
  }

  func badge(_ publication: Publication) -> HTML {
    let status = publication.status
    return "<span class=\"badge \(status.rawValue)\">\(words.name(of: status))</span>"
  }

  /// What is known of a file and of the text in it.
  func state(of file: StoredFile?) -> HTML {
    guard let file else { return "\(words[.noPDF])" }
    let size = words.size(file.octets)
    switch file.text {
    case .waiting: return "\(words(.pdfWaiting, size))"
    case .read: return "\(words(.pdfRead, extent(of: file)))"
    // The reason is the program's, as it stands in the log.
    case .unreadable(let reason):
      return words.html(.pdfUnreadable, "\(size)", "<span lang=\"en\">\(reason)</span>")
    }
  }
}
