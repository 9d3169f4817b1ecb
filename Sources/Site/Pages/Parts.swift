import Archive
import Markup

/// Parts that stand on several pages.
extension Pages {
  /// The date of issue, as exactly as it is known.
  func date(_ date: PublicationDate) -> HTML {
    "<time datetime=\"\(date)\">\(Wording.date(date))</time>"
  }

  /// A link to the list of what has a value.
  func link(to choice: Browse, _ text: HTML) -> HTML {
    "<a href=\"\(choice.address)\">\(text)</a>"
  }

  /// The names of authors as text.
  func names(_ authors: [String]) -> String {
    switch authors.count {
    case 0: ""
    case 1: authors[0]
    case 2...6: authors.dropLast().joined(separator: ", ") + " and " + (authors.last ?? "")
    default: authors.prefix(5).joined(separator: ", ") + " and \(authors.count - 5) others"
    }
  }

  /// A publication in a list.
  ///
  /// - Parameters:
  ///   - publication: What is listed.
  ///   - level: 2 or 3, of its heading.
  ///   - body: What stands below the authors; the beginning of the abstract when nil.
  /// - Returns: An item of a list.
  func entry(_ publication: Publication, level: Int, body: HTML? = nil) -> HTML {
    let record = publication.record
    let title: HTML = """
      <a href="\(Resource.publication(publication.slug))"\(language(of: record))>\
      \(record.title)</a>
      """
    return """
      <li>
      <p class="date">\(date(record.published))</p>
      <div>
      \(level == 2 ? "<h2>\(title)</h2>" : "<h3>\(title)</h3>")
      \(record.subtitle, { "<p class=\"subtitle\"\(language(of: record))>\($0)</p>" })
      \(if: !record.authors.isEmpty, "<p class=\"authors\">\(names(record.authors))</p>")
      \(body ?? excerpt(of: record))
      \(kind(of: record))
      </div>
      </li>
      """
  }

  private func excerpt(of record: Record) -> HTML {
    let text = Wording.excerpt(record.abstract, limit: 240)
    return text.isEmpty ? "" : "<p class=\"excerpt\"\(language(of: record))>\(text)</p>"
  }

  /// Type, series and number in one line; nothing for a plain report.
  private func kind(of record: Record) -> HTML {
    let parts = [
      record.type == .report && record.series == nil ? nil : Wording.type(record.type),
      record.series.map { series in record.number.map { "\(series), no. \($0)" } ?? series },
    ].compactMap { $0 }
    return parts.isEmpty ? "" : "<p class=\"small\">\(parts.joined(separator: " · "))</p>"
  }

  /// A `lang` attribute where a text is not in the page's language.
  func language(of record: Record) -> HTML {
    guard let tag = record.language, Pages.isLanguageTag(tag), !tag.hasPrefix("en") else {
      return ""
    }
    return " lang=\"\(tag)\""
  }

  /// Whether a text has the form of a BCP 47 tag: runs of up to 8 letters and digits.
  static func isLanguageTag(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.utf8.count) else { return false }
    return first.allSatisfy { $0.isASCII && $0.isLetter }
      && parts.dropFirst().allSatisfy {
        (1...8).contains($0.utf8.count)
          && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      }
  }

  /// Links to the pages of a long list; nothing when there is one page.
  func pageLinks(page: Int, of last: Int, label: String, address: (Int) -> String) -> HTML {
    guard last > 1 else { return "" }
    let shown = Set([1, 2, last - 1, last, page - 1, page, page + 1]).filter { 1...last ~= $0 }
    var items: HTML = ""
    var previous = 0
    for number in shown.sorted() {
      if number > previous + 1 { items += "<li><span>…</span></li>" }
      items += """
        <li><a href="\(address(number))"\(if: number == page, " aria-current=\"page\"")>\
        <span class="unseen">Page </span>\(Wording.number(number))</a></li>
        """
      previous = number
    }
    return """
      <nav class="pages" aria-label="\(label)"><ul>
      \(if: page > 1, "<li><a rel=\"prev\" href=\"\(address(page - 1))\">← Previous</a></li>")
      \(items)
      \(if: page < last, "<li><a rel=\"next\" href=\"\(address(page + 1))\">Next →</a></li>")
      </ul></nav>
      """
  }

  /// The search form with its label above it.
  func searchForm(query: String = "") -> HTML {
    """
    <form action="\(Resource.search)" method="get" role="search">
    <label class="label-line" for="q">Search All Site Content</label>
    <div class="inline">
    <input id="q" name="q" type="search" value="\(query)" required>
    <button>Search</button>
    </div>
    </form>
    """
  }

  /// The form that adds an address to the mailing list.
  ///
  /// The second field is hidden from people; programs that fill in everything fill it in too.
  func subscriptionForm(id: String = "email", address: String = "", problem: String? = nil) -> HTML
  {
    """
    <form action="\(Resource.subscribe)" method="post">
    <label class="label-line" for="\(id)">E-mail address</label>
    <div class="inline">
    <input id="\(id)" name="email" type="email" autocomplete="email" value="\(address)" required\
    \(if: problem != nil, " aria-invalid=\"true\" aria-describedby=\"\(id)-error\"")>
    <button>Subscribe</button>
    </div>
    \(problem, { "<p class=\"error\" id=\"\(id)-error\">\($0)</p>" })
    <div class="trap" aria-hidden="true">
    <label for="\(id)-website">Leave this field empty</label>
    <input id="\(id)-website" name="website" tabindex="-1" autocomplete="off">
    </div>
    </form>
    """
  }

  /// The mailing-list form with its heading.
  func mailingList() -> HTML {
    """
    <section class="letter" aria-labelledby="letter">
    <h2 id="letter">Subscribe to our Mailing List!</h2>
    <p>Sign up for our mailing list to keep up to date on all the latest developments.</p>
    \(subscriptionForm())
    </section>
    """
  }
}
