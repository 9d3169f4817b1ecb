import Archive
import HTTP
import Markup

/// What is followed, as fields of addresses and forms.
extension Followed {
  /// Reads the fields; a combination of several is a search.
  init(_ query: Query) {
    self.init(SearchForm(query), series: query.text("series"))
  }

  /// What a filtered list shows.
  init(_ choice: Browse) { self.init(SearchForm(words: "", choice: choice)) }

  /// What a search finds.
  init(_ search: SearchForm, series: String? = nil) {
    let choice = search.choice
    let isPlain =
      search.words.isEmpty && choice.year == nil && choice.type == nil
      && choice.language == nil
    switch (choice.topic, choice.author, series) {
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

  /// Whether it takes the search index.
  var isSearch: Bool {
    if case .search(let query) = self { return !SearchForm(Query(query)).words.isEmpty }
    return false
  }

  /// The page that shows it.
  var pageAddress: String {
    switch self {
    case .everything: Browse().address
    case .topic(let topic): Browse(topic: topic).address
    case .author(let author): Browse(author: author).address
    // It leads to the page of the series.
    case .series: Query.address(.publications, fields)
    case .search(let query): SearchForm(Query(query)).on(page: 1).address
    }
  }
}

extension Language {
  /// What is followed, in a sentence: “all publications”, “Korea”, “the search “sea””.
  func name(of followed: Followed) -> String {
    if case .search = followed { return self(.followSearchFor, title(of: followed)) }
    return title(of: followed)
  }

  /// The same by itself.
  func title(of followed: Followed) -> String {
    switch followed {
    case .everything: self[.followAll]
    case .topic(let name), .author(let name), .series(let name): name
    case .search(let query): SearchForm(Query(query)).summary(in: self)
    }
  }
}

extension Pages {
  /// The links that follow what a page shows.
  func followLinks(_ followed: Followed) -> HTML {
    """
    <p class="small">\(if: !settings.isStaticCopy, """
      <a href="\(followed.subscribeAddress)" rel="nofollow">\
      \(words[.followByEmail])</a> · \

      """)<a href="\(followed.feedAddress)">\(words[.atomFeed])</a></p>
    """
  }

  /// The same for the head of the page.
  func feedLink(_ followed: Followed) -> HTML {
    """
    <link rel="alternate" type="application/atom+xml" title="\(settings.name): \
    \(words.title(of: followed))" href="\(followed.feedAddress)">

    """
  }
}
