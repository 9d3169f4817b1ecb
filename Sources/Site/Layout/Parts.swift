import Archive
import Markup

/// Parts that several pages use.
extension Pages {
  /// A publication date.
  func date(_ date: PublicationDate) -> HTML {
    "<time datetime=\"\(date)\">\(words.date(date))</time>"
  }

  /// The day of an instant in the site's time zone.
  func day(_ instant: Instant) -> String {
    settings.timeZone.localTime(at: instant).date.map(words.date) ?? instant.description
  }

  /// An instant to the minute in the site's time zone, with the difference from UTC.
  func moment(_ instant: Instant) -> String {
    words(
      .moment, day(instant), settings.timeZone.localTime(at: instant).time,
      settings.timeZone.offsetName(at: instant))
  }

  /// A link to a filtered list.
  func link(to choice: Browse, _ text: HTML) -> HTML {
    "<a href=\"\(choice.address)\">\(text)</a>"
  }

  /// A link to the page of an author or a topic, or to the filtered list if it has none.
  func link(to list: NameList, _ slug: Slug?, else choice: Browse, _ name: String) -> HTML {
    let address = slug.map { Resource.entry(list, $0).path } ?? choice.address
    return "<a href=\"\(address)\"><bdi>\(name)</bdi></a>"
  }

  /// The name of an actor in the audit log.
  func who(_ entry: AuditEntry) -> String { name(ofActor: entry.actor) }

  func name(ofActor actor: String) -> String {
    switch Actor(actor) {
    case .program: words[.theProgram]
    case .nobody: words[.somebody]
    default: actor
    }
  }

  /// A publication in a list.
  ///
  /// - Parameters:
  ///   - publication: The publication.
  ///   - level: The level of its heading, 2 or 3.
  ///   - body: The text below the authors; nil for the beginning of the abstract.
  ///   - hasCover: Whether its cover precedes it.
  ///   - ping: The attribute that reports clicks on the link.
  /// - Returns: A list item.
  func entry(
    _ publication: Publication, level: Int, body: HTML? = nil, hasCover: Bool = false,
    ping: HTML = ""
  ) -> HTML {
    let record = publication.record
    let title: HTML = """
      <a href="\(Resource.publication(publication.slug))"\(script(of: record))\(ping)>\(record.title)</a>
      """
    return """
      <li\(if: hasCover, " class=\"covered\"")>
      \(if: hasCover, cover(of: publication))
      <p class="date">\(date(record.published))</p>
      <div>
      \(level == 2 ? "<h2>\(title)</h2>" : "<h3>\(title)</h3>")
      \(record.subtitle, { "<p class=\"subtitle\"\(script(of: record))>\($0)</p>" })
      \(if: !record.authors.isEmpty, """
        <p class="authors" dir="auto">\(words.names(record.authors))</p>
        """)
      \(body ?? excerpt(of: record, limit: 240))
      \(kind(of: record))
      </div>
      </li>
      """
  }

  /// The cover: the first page, or one made from the record; its alternative text is empty, as its
  /// words are beside it.
  ///
  /// - Parameters:
  ///   - publication: The publication.
  ///   - isSmall: Whether it is one of many.
  /// - Returns: An image with the measures of all covers.
  func cover(of publication: Publication, isSmall: Bool = true) -> HTML {
    let address = publication.file.map { file -> Resource in
      isSmall
        ? .thumbnail(publication.slug, sha256: file.sha256)
        : .coverPicture(publication.slug, sha256: file.sha256)
    }
    return """
      <img class="cover" src="\(address ?? .cover(publication.slug))" alt="" \
      width="\(Cover.width)" height="\(Cover.height)" loading="lazy">
      """
  }

  func excerpt(of record: Record, limit: Int) -> HTML {
    let text = Wording.excerpt(record.abstract, limit: limit)
    return text.isEmpty ? "" : "<p class=\"excerpt\"\(script(of: record))>\(text)</p>"
  }

  /// Type, series and number in one line; nothing for a plain report.
  func kind(of record: Record) -> HTML {
    let parts = [
      record.typeName == TypeName(.report) && record.series == nil
        ? nil : words.name(of: record.typeName),
      words.series(record),
    ].compactMap { $0 }
    return parts.isEmpty ? "" : "<p class=\"small\">\(parts.joined(separator: " · "))</p>"
  }

  /// The attributes of text from a record: `lang` if it is not the language of the page, and `dir`.
  func script(of record: Record) -> HTML { script(of: record.language) }

  /// The same by language tag.
  func script(of tag: String?) -> HTML { words.script(of: tag) }

  /// A `lang` attribute if a text is not in the language of the page.
  func language(of record: Record) -> HTML {
    let other = record.language.flatMap { words.isOther($0) ? $0 : nil }
    return "\(other, { " lang=\"\($0)\"" })"
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
  func pageLinks(
    page: Int, of last: Int, label: String? = nil, address: (Int) -> String
  ) -> HTML {
    guard last > 1 else { return "" }
    let shown = Set([1, 2, last - 1, last, page - 1, page, page + 1]).filter { 1...last ~= $0 }
    var items: HTML = ""
    var previous = 0
    for number in shown.sorted() {
      if number > previous + 1 { items += "<li><span>…</span></li>" }
      items += """
        <li><a href="\(address(number))"\(if: number == page, " aria-current=\"page\"") \
        aria-label="\(words(.pageNumber, words.number(number)))">\(words.number(number))</a></li>
        """
      previous = number
    }
    let (back, on): (HTML, HTML) = words.isRightToLeft ? ("→", "←") : ("←", "→")
    return """
      <nav class="pages" aria-label="\(label ?? words[.pagesOfList])"><ul>
      \(if: page > 1, """
        <li><a rel="prev" href="\(address(page - 1))">\(back) \(words[.previousPage])</a></li>
        """)
      \(items)
      \(if: page < last, """
        <li><a rel="next" href="\(address(page + 1))">\(words[.nextPage]) \(on)</a></li>
        """)
      </ul></nav>
      """
  }

  /// The search form with its label above it.
  func searchForm(query: String = "") -> HTML {
    """
    <form action="\(Resource.search)" method="get" role="search">
    <label class="label-line" for="q">\(words[.searchAllSiteContent])</label>
    <div class="inline">
    <input id="q" name="q" type="search" value="\(query)" \
    maxlength="\(Query.mostTyped)" required>
    \(languageField)<button>\(words[.search])</button>
    </div>
    </form>
    """
  }
}
