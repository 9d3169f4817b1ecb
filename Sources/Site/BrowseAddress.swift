import Archive

/// The list of publications as an address: what the query does not say, or says badly, is not
/// chosen, and each choice has one address.
extension Browse {
  init(_ query: Query) {
    self.init(
      page: query.number("page", in: 1...1_000_000) ?? 1,
      year: query.number("year", in: 1000...9999),
      topic: query.text("topic"),
      type: query.text("type").flatMap(PublicationType.init(rawValue:)),
      author: query.text("author"),
      language: query.text("language"))
  }

  /// How many values are chosen.
  var filters: Int {
    [year != nil, topic != nil, type != nil, author != nil, language != nil].count { $0 }
  }

  /// The same choice, another page.
  func on(page: Int) -> Browse {
    var other = self
    other.page = page
    return other
  }

  /// Path and query.
  var address: String {
    Query.address(
      .publications,
      [
        ("year", year.map { String($0) }), ("topic", topic), ("type", type?.rawValue),
        ("author", author), ("language", language), ("page", page > 1 ? String(page) : nil),
      ])
  }

  /// What the choice is called above the list.
  var heading: String {
    guard isFiltered else { return "Publications" }
    var words = type.map { "Publications of type “\(Wording.type($0))”" } ?? "Publications"
    if let topic { words += " on “\(topic)”" }
    if let author { words += " by \(author)" }
    if let year { words += " from \(year)" }
    if let language { words += " in \(Wording.language(language))" }
    return words
  }
}
