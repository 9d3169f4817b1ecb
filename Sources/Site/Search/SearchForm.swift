import Archive
import HTTP
import Search

/// The address of a search: words, filters and order.
struct SearchForm: Equatable, Sendable {
  var words: String
  /// Its page is that of the results.
  var choice: Browse
  var order: SearchOrder

  static let pageSize = 20
  /// The last page that is computed; only robots go further.
  static let lastPage = 50
  /// The most results of a search in the API, over all pages.
  static let mostListed = 10_000
  /// The most publications in an exported file.
  static let mostExported = 1000

  init(words: String, choice: Browse = Browse(), order: SearchOrder = .relevance) {
    self.words = words
    self.choice = choice
    self.order = order
  }

  init(_ query: Query) {
    self.init(
      words: query.words("q"), choice: Browse(query),
      order: query.text("sort").flatMap(SearchOrder.init(rawValue:)) ?? .relevance)
    choice.page = query.clamped("page", to: 1...(SearchForm.lastPage + 1)) ?? 1
  }

  var page: Int { choice.page }

  var isEmpty: Bool { words.isEmpty && !choice.isFiltered }

  var address: String { Query.address(.search, values) }

  /// The address that browsers report a click on a result to.
  func opening(ofPlace place: Int) -> String {
    Query.address(.resultClicks, [("q", words), ("place", String(place))])
  }

  /// The address of the results as a file.
  func address(as format: ExportFormat) -> String {
    Query.address(.search, on(page: 1).values + [("format", format.rawValue)])
  }

  /// The words and the filters, by field name.
  var followedValues: [(String, String?)] {
    [("q", words.isEmpty ? nil : words)] + choiceValues
  }

  /// The same as a query, which names a saved search.
  var followed: String {
    FormFields(
      followedValues.compactMap { name, value in
        value.map { FormFields.Field(name, $0) }
      }
    ).encoded
  }

  /// The words and the filters for people.
  func summary(in language: Language) -> String {
    let filters = choice.kinds.compactMap { language.value(of: $0, in: choice) }
    return ((words.isEmpty ? [] : [words]) + filters).joined(separator: ", ")
  }

  private var values: [(String, String?)] {
    followedValues + [
      ("sort", order == .relevance ? nil : order.rawValue),
      ("page", page > 1 ? String(page) : nil),
    ]
  }

  /// The filters and the order, by field name.
  var choiceValues: [(String, String?)] {
    [
      ("year", choice.year.map { String($0) }), ("topic", choice.topic),
      ("type", choice.type?.rawValue), ("author", choice.author), ("language", choice.language),
    ]
  }

  /// The same search, another page.
  func on(page: Int) -> SearchForm {
    SearchForm(words: words, choice: choice.on(page: page), order: order)
  }

  /// The first page of the search with another choice.
  func choosing(_ change: (inout Browse) -> Void) -> SearchForm {
    var other = on(page: 1)
    change(&other.choice)
    return other
  }
}
