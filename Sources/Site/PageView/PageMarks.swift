import Archive
import HTTP
import Markup
import Search

extension Site {
  /// The matches of a search on a page; none while the search index is being built.
  func marks(
    of words: String, onPage page: Int, of file: StoredFile, _ drawing: PageDrawing
  ) throws -> [PageMark] {
    do {
      return try archive.marks(
        of: SearchQuery(words), onPage: page, of: file, in: drawing, at: now)
    } catch is IndexNotReady {
      return []
    }
  }
}

extension Pages {
  /// How many matches a page has, and a link to each.
  func matches(_ marks: [PageMark], _ view: PageView) -> HTML {
    let query = view.form.words ?? ""
    guard !marks.isEmpty else {
      return "<p class=\"small\" role=\"status\">\(words(.noMarks, query))</p>"
    }
    return """
      <nav class="matches" aria-label="\(words[.matchesOnPage])">
      <p class="small" role="status">\(words(.hitsFor, words.count(.hit, marks.count), query))</p>
      <ol class="chips">
      \(each: marks.indices.prefix(Self.mostLinks), { index in
        """
        <li><a href="#mark-\(index + 1)"><span class="unseen">\(words[.match]) </span>\
        \(words.number(index + 1))</a></li>

        """
      })\
      </ol>
      <p class="small"><a href="\(view.form.withoutWords.address)">\(words[.clearFind])</a> · \
      <a href="\(view.form.withoutWords.address)\(fragment(marks[0].text))" rel="nofollow">\
      \(words[.linkToMatch])</a></p>
      </nav>
      """
  }

  private static let mostLinks = 50

  /// The directive that has a browser go to a text and mark it.
  private func fragment(_ text: String) -> String {
    let phrase = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return "#:~:text=" + PercentEncoding.encodedComponent(phrase).replacing("-", with: "%2D")
  }

  /// The boxes of the matches, over the drawing: they let it show through.
  ///
  /// Under the text they would be hidden by pictures and coloured areas.
  func overlay(_ marks: [PageMark], _ size: PageSize) -> HTML {
    guard !marks.isEmpty else { return "" }
    return """
      <svg class="marks" viewBox="0 0 \(rounded(size.width)) \(rounded(size.height))" \
      aria-hidden="true" focusable="false">
      \(each: marks.enumerated(), { index, mark in
        """
        <g id="mark-\(index + 1)">\(each: mark.boxes, { box in
          """
          <rect x="\(rounded(box.x))" y="\(rounded(box.y))" width="\(rounded(box.width))" \
          height="\(rounded(box.height))"/>
          """
        })</g>

        """
      })\
      </svg>
      """
  }

  private func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
