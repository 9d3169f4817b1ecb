import Archive
import Foundation
import HTTP
import Markup

/// Adding subscribers from a file, for administrators.
extension Site {
  /// The largest file of subscribers, in bytes: some 100,000 lines.
  private static let largestImport = 16 << 20

  func subscriberImportForm(_ visit: StaffRequest) -> Response {
    privatePage(.ok, visit.pages.subscriberImport(nil, visit.staff))
  }

  func importSubscribers(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    guard let file = form.file else {
      return privatePage(
        .unprocessableContent,
        visit.pages.subscriberImport(nil, problem: .importNoFile, visit.staff))
    }
    guard form.fileOctets <= Site.largestImport else {
      return privatePage(
        .contentTooLarge,
        visit.pages.subscriberImport(nil, problem: .importTooLarge, visit.staff))
    }
    let result = try archive.subscribers.importList(
      Array(try Data(contentsOf: URL(fileURLWithPath: file.path))),
      by: visit.session.account.actor, at: now)
    report(
      .done(
        by: visit.session.account.name, action: "imported",
        subject: "\(result.added) subscribers"))
    return privatePage(
      result.errors.isEmpty ? .ok : .unprocessableContent,
      visit.pages.subscriberImport(result, visit.staff))
  }
}

extension Pages {
  func subscriberImport(
    _ result: SubscriberImport?, problem: Phrase? = nil, _ staff: StaffBar
  ) -> HTML {
    layout(
      Head(
        title: words[.importSubscribers],
        address: result == nil && problem == nil ? Resource.subscriberImport.path : nil,
        place: .subscribers, isIndexed: false, staff: staff),
      """
      <div class="stack measure">
      <h1>\(words[.importSubscribers])</h1>
      \(result.map(summary))
      <p>\(words[.importText])</p>
      <pre class="scroller" tabindex="0">address,consent_date,consent_source,follows,frequency,language
      name@example.org,2024-05-31,Old mailing list,topic:Korea,weekly,en
      </pre>
      <p>\(words[.importColumns])</p>
      <form action="\(Resource.subscriberImport)" method="post" enctype="multipart/form-data">
      \(hidden(FormToken.field, staff.formToken))
      <label class="label-line" for="file">\(words[.csvFile])</label>
      <input id="file" name="file" type="file" accept=".csv,text/csv" required\
      \(if: problem != nil, " aria-invalid=\"true\" aria-describedby=\"file-error\"")>
      \(problem, { "<p class=\"error\" id=\"file-error\">\(words[$0])</p>" })
      <div class="actions often"><button>\(words[.importButton])</button>
      <a href="\(Resource.subscribers)">\(words[.backToSubscribers])</a></div>
      </form>
      </div>
      """)
  }

  /// What became of a file.
  private func summary(_ result: SubscriberImport) -> HTML {
    let mostListed = 100
    return """
      <div class="notice\(if: !result.errors.isEmpty, " warning")" role="status">
      <p>\(words(
        .imported, words.count(.subscriber, result.added), words.number(result.unchanged)))</p>
      \(if: !result.errors.isEmpty, """
        <ul class="problems">
        \(each: result.errors.prefix(mostListed), {
          "<li>\(words(.importLine, words.number($0.line))): \(sentence(for: $0.reason))</li>\n"
        })\
        </ul>
        """)
      \(if: result.errors.count > mostListed, """
        <p>\(words(.firstErrors, words.number(mostListed)))</p>
        """)
      \(if: !result.unusedColumns.isEmpty, """
        <p>\(words(.unusedColumns, result.unusedColumns.joined(separator: ", ")))</p>
        """)
      </div>
      """
  }

  private func sentence(for reason: SubscriberImportError.Reason) -> HTML {
    switch reason {
    case .missingColumn(let name): words.html(.importMissingColumn, "<code>\(name)</code>")
    case .badValue(let column, _, let found):
      found.isEmpty
        ? words.html(.importMissingValue, "<code>\(column)</code>")
        : words.html(.importBadValue, "<code>\(column)</code>", "\(found)")
    case .suppressed: "\(words[.importSuppressed])"
    case .unterminated: "\(words[.importUnterminated])"
    }
  }
}
