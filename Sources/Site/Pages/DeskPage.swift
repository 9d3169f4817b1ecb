import Archive
import Markup

/// What the desk shows.
struct Desk {
  var staff: Pages.StaffBar
  /// nil shows publications of every status.
  var status: Publication.Status?
  /// Words of the title that are looked for; empty for none.
  var words: String
  var found: PageOf<Publication>
  /// Messages that wait for something to send them; nil when a program of ours does.
  var waitingMessages: Int?
  var readings: ReadingList
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
    layout(
      Head(title: "Desk", place: .desk, isIndexed: false, staff: desk.staff),
      """
      <div class="section-top">
      <h1>Desk</h1>
      \(notice(desk.notice))
      <div class="actions desk-actions">
      <a class="button" href="\(Resource.deposit)">Upload a publication</a>
      <form class="inline" action="\(Resource.desk)" method="get" role="search">
      <label class="unseen" for="q">Words of the title</label>
      <input id="q" name="q" type="search" value="\(desk.words)" placeholder="Words of the title">
      \(desk.status, { hidden("status", $0.rawValue) })
      <button class="quiet">Find</button>
      </form>
      </div>
      <nav class="chips" aria-label="Status">
      \(statusLink(nil, "All", desk))
      \(each: Publication.Status.allCases, { statusLink($0, Wording.status($0), desk) })
      </nav>
      <p class="small">\(Wording.count(desk.found.total, "publication"))\
      \(if: !desk.words.isEmpty, " with “\(desk.words)” in the title")\
      \(desk.waitingMessages, { count in
        """
         · \(Wording.count(count, "message")) in the outbox
        """
      }) · <a href="\(Resource.readings)">\(summary(of: desk.readings))</a></p>
      </div>
      \(desk.found.items.isEmpty
        ? "<p>There is nothing here.</p>"
        : "<ol class=\"entries\">\(each: desk.found.items, deskEntry)</ol>")
      \(pageLinks(
        page: desk.found.number, of: desk.found.pages, label: "Pages of the desk",
        address: desk.address))
      """)
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
      <h2><a href="\(Resource.record(publication.slug))"\(language(of: record))>\
      \(record.title)</a></h2>
      \(if: !record.authors.isEmpty, "<p class=\"authors\">\(words.names(record.authors))</p>")
      <p class="small">\(date(record.published)) · \(state(of: publication.file)) · changed \
      \(Wording.moment(publication.modified))</p>
      </div>
      </li>
      """
  }

  func badge(_ publication: Publication) -> HTML {
    let status = publication.status
    return "<span class=\"badge \(status.rawValue)\">\(Wording.status(status))</span>"
  }

  /// What is known of a file and of the text in it.
  func state(of file: StoredFile?) -> String {
    guard let file else { return "no PDF" }
    switch file.text {
    case .waiting: return "PDF of \(Wording.size(file.octets)), its text is still to be read"
    case .read: return "PDF, \(extent(of: file)), text read"
    case .unreadable(let reason):
      return "PDF of \(Wording.size(file.octets)), its text could not be read: \(reason)"
    }
  }
}
