import Archive
import HTTP
import Markup

extension Pages {
  /// The progress of text extraction.
  func extraction(_ list: ExtractionStatus, _ staff: StaffBar, notice: Notice?) -> HTML {
    layout(
      Head(
        title: words[.extractionHeading], address: Resource.extraction.path, place: .extraction,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.extractionHeading])</h1>
      \(self.notice(notice))
      <p class="small">\(summary(of: list)) · <a href="\(Resource.extraction)">\(words[.refresh])</a></p>
      </div>
      \(entries(words[.beingExtracted], "running", list.running, staff))
      \(entries(words[.waitingForExtraction], "waiting", list.waiting, staff))
      \(entries(words[.extractionFailed], "failed", list.failed, staff))
      <p class="small">\(words[.extractionText])</p>
      """)
  }

  /// The number of PDFs in each state.
  func summary(of list: ExtractionStatus) -> String {
    let others: [(Phrase, Int)] = [
      (.countRunning, list.running.count), (.countWaiting, list.waitingCount),
      (.countOutdated, list.outdated), (.countFailed, list.failedCount),
    ]
    let parts =
      [words(.countRead, words.count(.pdfFile, list.read))]
      + others.filter { $0.1 > 0 }.map { words($0.0, words.number($0.1)) }
    return parts.joined(separator: " · ")
  }

  private func entries(
    _ heading: String, _ id: String, _ entries: [ExtractionStatus.Entry], _ staff: StaffBar
  ) -> HTML {
    guard !entries.isEmpty else { return "" }
    return """
      <section aria-labelledby="\(id)">
      <div class="section-head"><h2 id="\(id)">\(heading)</h2></div>
      <ol class="entries">\(each: entries, { entry in
        """
        <li>
        <p class="date">\(words.size(entry.bytes))</p>
        <div>
        <h3>\(title(of: entry))</h3>
        \(entry.reason, { "<p class=\"small\" lang=\"en\">\($0)</p>" })
        \(entry.reason == nil ? nil : entry.slug, { readAgain($0, staff) })
        </div>
        </li>

        """
      })</ol>
      </section>
      """
  }

  private func title(of entry: ExtractionStatus.Entry) -> HTML {
    guard let slug = entry.slug else { return "\(words[.earlierFile])" }
    return "<a href=\"\(Resource.record(slug))\">\(entry.title)</a>"
  }

  /// The button that extracts the text of a file again.
  func readAgain(_ slug: Slug, _ staff: StaffBar) -> HTML {
    """
    <form class="inline" action="\(Resource.extractAgain(slug))" method="post">
    \(hidden(FormToken.field, staff.formToken))
    <button class="quiet">\(words[.readItAgain])</button>
    </form>
    """
  }
}
