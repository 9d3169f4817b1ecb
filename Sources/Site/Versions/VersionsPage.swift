import Archive
import HTTP
import Markup

/// What the page of a publication's versions shows.
struct VersionsView {
  let publication: Publication
  /// Newest first.
  let versions: [FileVersion]
  /// For each of them what it changed.
  let changes: [VersionChanges]
}

/// What a file changed in the text of the file before it.
enum VersionChanges: Sendable, Equatable {
  /// There is no file before it.
  case first
  /// The text of one of them was not extracted, or there is none.
  case noText
  case tooLong
  case compared(TextComparison)
}

extension Pages {
  func versions(_ view: VersionsView) -> HTML {
    let publication = view.publication
    let record = publication.record
    return layout(
      Head(
        title: words(.versionsTitle, record.title),
        canonical: Resource.versions(publication.slug).path, isIndexed: false),
      """
      <div class="stack versions">
      <p class="kicker">\(words[.allVersions])</p>
      <h1\(titleSize(record.title))\(script(of: record))>\
      <a href="\(Resource.publication(publication.slug))">\(record.title)</a></h1>
      <p>\(words[view.versions.count == 1 ? .oneVersionText : .versionsText])</p>
      <ol class="entries">
      \(each: zip(view.versions, view.changes), { version($0, $1, of: publication) })</ol>
      </div>
      """)
  }

  private func version(
    _ version: FileVersion, _ changes: VersionChanges, of publication: Publication
  ) -> HTML {
    let name = version.replaced.map { words(.versionUntil, day($0)) } ?? words[.currentVersion]
    return """
      <li>
      <p class="date">\(version.since, { "<time datetime=\"\(dayField($0))\">\(day($0))</time>" })</p>
      <div>
      <h2><a href="\(Resource.file(publication.slug, sha256: version.sha256))"\
      \(if: version.replaced != nil, " rel=\"nofollow\"")>\(name)</a></h2>
      \(version.reason, { "<p dir=\"auto\">\(words(.versionReason, $0))</p>" })
      <p class="small">\(extent(pages: version.pages, octets: version.bytes)), SHA-256:</p>
      \(hash(version.sha256, id: "sha256-\(version.sha256.prefix(12))"))
      \(self.changes(changes, of: publication))
      </div>
      </li>

      """
  }

  private func changes(_ changes: VersionChanges, of publication: Publication) -> HTML {
    switch changes {
    case .first: ""
    case .noText: "<p class=\"small\">\(words[.versionWithoutText])</p>"
    case .tooLong: "<p class=\"small\">\(words[.versionTooLong])</p>"
    case .compared(let comparison) where comparison.isSame:
      """
      <p class="small">\(words[.versionSameText])</p>
      \(notes(on: comparison))
      """
    case .compared(let comparison) where comparison.isRewritten:
      """
      <p>\(words[.versionRewritten])</p>
      \(notes(on: comparison))
      """
    case .compared(let comparison):
      """
      <details class="changes"><summary>\(words[.whatChanged]): \
      \(words.count(.textChange, comparison.count))</summary>
      \(notes(on: comparison))
      \(passages(comparison, of: publication.record))
      </details>
      """
    }
  }

  /// What applies to the whole text.
  private func notes(on comparison: TextComparison) -> HTML {
    """
    \(if: comparison.oldPages != comparison.newPages, """
      <p class="small">\(words(
        .versionPages, words.number(comparison.oldPages), words.number(comparison.newPages)))</p>
      """)
    \(if: !comparison.substitutions.isEmpty, """
      <p class="small">\(words(.versionSubstitutions, names(of: comparison.substitutions)))</p>
      """)
    """
  }

  /// The first of the characters.
  private func names(of substitutions: [TextComparison.Substitution]) -> String {
    substitutions.prefix(12).map { "\($0.old) → \($0.new.map(String.init) ?? "–")" }
      .joined(separator: ", ")
  }

  /// The changes of a text, page by page.
  func passages(_ comparison: TextComparison, of record: Record) -> HTML {
    let pages = comparison.changes.chunked { $0.page == $1.page }
    let left = comparison.count - comparison.changes.count
    return """
      \(each: pages, { changes in
        """
        <h3>\(words(.changesOnPage, words.number(changes.first?.page ?? 1)))</h3>
        <ul class="passages">
        \(each: changes, { change in
          "<li\(script(of: record))>\(each: change.parts, separator: " ", part)</li>\n"
        })</ul>

        """
      })\
      \(if: left > 0, "<p>\(words(.moreChanges, words.number(left)))</p>")
      """
  }

  private func part(_ part: TextComparison.Part) -> HTML {
    switch part.kind {
    case .same: "\(part.text)"
    case .deleted: "<del>\(part.text)</del>"
    case .inserted: "<ins>\(part.text)</ins>"
    }
  }

  /// The day of an instant in the site's time zone as `YYYY-MM-DD`.
  func dayField(_ instant: Instant) -> String {
    String(settings.timeZone.localTime(at: instant).fieldValue.prefix(10))
  }

  /// The hash of a file with a button that copies it.
  func hash(_ sha256: String, id: String) -> HTML {
    """
    <p class="hash small"><code id="\(id)">\(sha256)</code> \
    <button type="button" class="quiet" hidden data-copy="\(id)" data-done="\(words[.copied])" \
    aria-label="\(words[.copyHash])">\(words[.copyCitation])</button></p>
    """
  }
}

extension Array {
  /// Neighbours that belong together.
  fileprivate func chunked(by belong: (Element, Element) -> Bool) -> [[Element]] {
    reduce(into: []) { chunks, element in
      if let last = chunks.last?.last, belong(last, element) {
        chunks[chunks.count - 1].append(element)
      } else {
        chunks.append([element])
      }
    }
  }
}
