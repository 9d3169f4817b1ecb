/// A text to be typeset, in the order in which it is read.
package struct Manuscript: Sendable, Equatable {
  package var title: String
  package var subtitle: String?
  package var authors: [String]
  package var institution: String
  /// The series and the number in it, as the cover says them.
  package var series: String?
  /// The date as the cover says it, such as “February 25, 2010”.
  package var date: String
  /// The same date as `YYYY-MM-DD`, for the metadata; nil when it is not known to the day.
  package var issued: String?
  /// A BCP 47 tag.
  package var language: String
  /// The paragraphs of the abstract.
  package var abstract: [String]
  package var sections: [Section]
  package var keywords: [String]

  package init(
    title: String, subtitle: String? = nil, authors: [String] = [], institution: String,
    series: String? = nil, date: String, issued: String? = nil, language: String = "en",
    abstract: [String] = [], sections: [Section] = [], keywords: [String] = []
  ) {
    self.title = title
    self.subtitle = subtitle
    self.authors = authors
    self.institution = institution
    self.series = series
    self.date = date
    self.issued = issued
    self.language = language
    self.abstract = abstract
    self.sections = sections
    self.keywords = keywords
  }

  /// A part of the text under a heading.
  package struct Section: Sendable, Equatable {
    package var heading: String
    package var blocks: [Block]

    package init(_ heading: String, _ blocks: [Block]) {
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// A paragraph or an item of a list; a plain string is a paragraph.
  package enum Block: Sendable, Equatable, ExpressibleByStringLiteral {
    case paragraph(String)
    case item(String)

    package init(stringLiteral text: String) { self = .paragraph(text) }
  }
}
