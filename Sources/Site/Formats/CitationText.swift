import Archive
import Markup

/// A citation as text, to copy into a list of references.
struct CitationText: Sendable {
  /// `APA`, `Chicago` or `MLA`.
  let style: String
  /// One line with the title in italics.
  let text: HTML

  /// The citation of a publication in each style.
  ///
  /// - Parameters:
  ///   - publication: What is cited.
  ///   - names: Its authors.
  ///   - pages: The site that publishes it.
  ///   - page: The label of the page that is cited; nil for the whole.
  /// - Returns: APA (7th edition), Chicago (17th edition, bibliography) and MLA (9th edition).
  static func all(
    of publication: Publication, by names: [AuthorName], on pages: Pages, page: String? = nil
  ) -> [CitationText] {
    let source = Source(publication, by: names, on: pages, page: page)
    return [
      CitationText(style: "APA", text: apa(source)),
      CitationText(style: "Chicago", text: chicago(source)),
      CitationText(style: "MLA", text: mla(source)),
    ]
  }

  private struct Source {
    let record: Record
    let names: [AuthorName]
    let publisher: String
    let address: String
    let page: String?
    let title: HTML
    let endsSentence: Bool

    init(_ publication: Publication, by names: [AuthorName], on pages: Pages, page: String?) {
      record = publication.record
      // Works without authors are attributed to the publisher.
      self.names = names.isEmpty ? [AuthorName(pages.settings.publisher)] : names
      publisher = pages.settings.publisher
      address = pages.settings.persistentAddress(of: publication)
      self.page = page
      let title = record.fullTitle
      self.title = "<i>\(title)</i>"
      endsSentence = CitationText.endsSentence(title)
    }

    /// The publisher, unless it is the author.
    var otherPublisher: String? {
      names.count == 1 && names[0].text == publisher ? nil : publisher
    }
  }

  // MARK: APA

  private static func apa(_ source: Source) -> HTML {
    let record = source.record
    let series = record.series.map { series in
      record.number.map { "\(series) No. \($0)" } ?? series
    }
    let kind: String? =
      switch record.type {
      case .dataset: "Data set"
      case .thesis: "Thesis"
      default: nil
      }
    let details = [series ?? record.number.map { "No. \($0)" }, source.page.map { "p. \($0)" }]
      .compactMap { $0 }
    let authors = apaAuthors(source.names)
    return """
      \(ended(authors)) (\(record.published.year)). \(source.title)\
      \(if: !details.isEmpty, " (\(details.joined(separator: ", ")))")\
      \(kind, { " [\($0)]" })\
      \(if: !details.isEmpty || kind != nil || !source.endsSentence, ".")\
      \(source.otherPublisher, { " \(ended($0))" }) \(source.address)
      """
  }

  private static func apaAuthors(_ names: [AuthorName]) -> String {
    let all = names.map { name in
      guard let person = name.person else { return name.text }
      return "\(person.family), \(initials(person.given))"
        + (person.suffix.map { ", \($0)" } ?? "")
    }
    switch all.count {
    case 1: return all[0]
    case 2...20: return all.dropLast().joined(separator: ", ") + ", & " + (all.last ?? "")
    default: return all.prefix(19).joined(separator: ", ") + ", … " + (all.last ?? "")
    }
  }

  /// `J.-P.` for `Jean-Paul`.
  static func initials(_ given: String) -> String {
    given.words.map { word in
      word.split(separator: "-").compactMap { part in
        part.first.map { $0.isLetter ? "\(String($0).uppercased())." : String($0) }
      }.joined(separator: "-")
    }.joined(separator: " ")
  }

  // MARK: Chicago

  private static func chicago(_ source: Source) -> HTML {
    let record = source.record
    let series = record.series.map { series in record.number.map { "\(series) \($0)" } ?? series }
    let place = [source.otherPublisher, date(record.published)].compactMap { $0 }
    return """
      \(ended(chicagoAuthors(source.names))) \(source.title)\
      \(if: !source.endsSentence, ".")\
      \(series, { " \(ended($0))" }) \
      \(place.joined(separator: ", "))\(source.page, { ", \($0)" }). \(source.address).
      """
  }

  private static func chicagoAuthors(_ names: [AuthorName]) -> String {
    let all = [names[0].inverted] + names.dropFirst().map(\.text)
    switch all.count {
    case 1: return all[0]
    case 2...10: return all.dropLast().joined(separator: ", ") + ", and " + (all.last ?? "")
    default: return all.prefix(7).joined(separator: ", ") + ", et al."
    }
  }

  // MARK: MLA

  private static func mla(_ source: Source) -> HTML {
    let record = source.record
    let series = record.series.map { series in
      record.number.map { "\(series), no. \($0)" } ?? series
    }
    let parts = [
      source.otherPublisher, series, shortDate(record.published),
      source.page.map { "p. \($0)" }, source.address,
    ].compactMap { $0 }
    return """
      \(ended(mlaAuthors(source.names))) \(source.title)\
      \(if: !source.endsSentence, ".") \(parts.joined(separator: ", ")).
      """
  }

  private static func mlaAuthors(_ names: [AuthorName]) -> String {
    switch names.count {
    case 1: names[0].inverted
    case 2: "\(names[0].inverted), and \(names[1].text)"
    default: "\(names[0].inverted), et al."
    }
  }

  // MARK: Parts

  fileprivate static func endsSentence(_ text: String) -> Bool {
    switch text.unicodeScalars.last {
    case nil, ".", "?", "!", "…": true
    default: false
    }
  }

  private static func ended(_ text: String) -> String { endsSentence(text) ? text : text + "." }

  /// `February 25, 2010`; citation styles have the months in English.
  private static func date(_ date: PublicationDate) -> String {
    guard let month = date.month else { return "\(date.year)" }
    return date.day.map { "\(months[month - 1]) \($0), \(date.year)" }
      ?? "\(months[month - 1]) \(date.year)"
  }

  /// `25 Feb. 2010`.
  private static func shortDate(_ date: PublicationDate) -> String {
    guard let month = date.month else { return "\(date.year)" }
    let name = months[month - 1]
    // May, June and July are not shortened.
    let short = name.count <= 4 ? name : name == "September" ? "Sept." : "\(name.prefix(3))."
    return (date.day.map { "\($0) " } ?? "") + "\(short) \(date.year)"
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}
