internal import Archive
internal import Typesetting

/// A sample publication: its record, and the PDF that belongs to it.
struct DemoPublication: Sendable {
  let slug: Slug
  let record: Record
  private let manuscript: Manuscript

  /// nil when the slug or the date is none.
  init?(_ source: DemoManuscript) {
    let (year, month, day) = source.published
    guard let slug = Slug(source.slug),
      let published = PublicationDate(year: year, month: month, day: day)
    else { return nil }
    self.slug = slug
    record = Record(
      title: source.title, subtitle: source.subtitle,
      abstract: source.abstract.joined(separator: "\n\n"), authors: source.authors,
      published: published, type: source.type, series: source.series, number: source.number,
      topics: source.topics, language: source.language, licence: source.licence)
    manuscript = Manuscript(
      title: source.title, subtitle: source.subtitle, authors: source.authors,
      institution: DemoArchive.institution,
      series: source.series.map { series in
        source.number.map { "\(series) \(DemoPublication.numberSign(source.language)) \($0)" }
          ?? series
      },
      date: DemoPublication.date(source.published, language: source.language),
      issued: published.description, language: source.language, abstract: source.abstract,
      sections: source.sections, keywords: source.topics)
  }

  /// Typesets its text, equal octets each time.
  func makePDF() -> [UInt8] { Typesetter().pdf(of: manuscript) }

  private static func numberSign(_ language: String) -> String {
    switch language {
    case "sv": "nr"
    case "fr": "n°"
    default: "No."
    }
  }

  /// The date as a title page says it.
  private static func date(_ date: (year: Int, month: Int, day: Int), language: String) -> String {
    let months =
      switch language {
      case "sv":
        [
          "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
          "oktober", "november", "december",
        ]
      case "fr":
        [
          "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre",
        ]
      default:
        [
          "January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December",
        ]
      }
    let month = months[min(max(date.month, 1), 12) - 1]
    switch language {
    case "sv": return "\(date.day) \(month) \(date.year)"
    case "fr": return "\(date.day == 1 ? "1er" : "\(date.day)") \(month) \(date.year)"
    default: return "\(month) \(date.day), \(date.year)"
    }
  }
}
