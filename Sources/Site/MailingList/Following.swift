import Archive

/// What is followed, as fields of addresses and forms.
extension Followed {
  /// Reads the fields; a combination of several is a search.
  init(_ query: Query) {
    let search = SearchForm(query).on(page: 1)
    let choice = search.choice
    let isPlain =
      search.words.isEmpty && choice.year == nil && choice.type == nil
      && choice.language == nil
    switch (choice.topic, choice.author, query.text("series")) {
    case (nil, nil, nil) where isPlain: self = .everything
    case (let topic?, nil, nil) where isPlain: self = .topic(topic)
    case (nil, let author?, nil) where isPlain: self = .author(author)
    case (nil, nil, let series?) where isPlain: self = .series(series)
    default: self = .search(search.followed)
    }
  }

  /// The fields from which it is read.
  var fields: [(String, String?)] {
    switch self {
    case .everything: []
    case .topic(let topic): [("topic", topic)]
    case .author(let author): [("author", author)]
    case .series(let series): [("series", series)]
    case .search(let query): SearchForm(Query(query)).followedValues
    }
  }

  /// The form that follows it.
  var subscribeAddress: String { Query.address(.subscribe, fields) }

  /// Its Atom feed.
  var feedAddress: String { Query.address(.feed, fields) }

  /// The page that shows it; nil for a series, which has none.
  var pageAddress: String? {
    switch self {
    case .everything: Browse().address
    case .topic(let topic): Browse(topic: topic).address
    case .author(let author): Browse(author: author).address
    case .series: nil
    case .search(let query): SearchForm(Query(query)).on(page: 1).address
    }
  }
}
