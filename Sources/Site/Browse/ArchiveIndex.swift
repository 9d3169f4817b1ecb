import Archive
import Search

/// A line of an index: a value, its number of publications, and the address of their list.
struct IndexEntry {
  var name: String
  var publications: Int
  var choice: Browse
  /// The page of the value; nil for the list of its publications.
  var page: EntryAddress?

  var address: String { page?.path ?? choice.address }
}

/// The values to browse by.
struct ArchiveIndex {
  var years: [IndexEntry]
  var topics: [IndexEntry]
  var types: [IndexEntry]
  var languages: [IndexEntry]
  var authors: [IndexEntry]

  /// - Parameters:
  ///   - facets: The facets of the chosen publications.
  ///   - choice: The active filters; each line adds its value.
  ///   - words: The language of the names of types and languages.
  init(_ facets: Facets, within choice: Browse = Browse(), in words: Language) {
    let choice = choice.on(page: 1)
    func entries(
      _ facets: [Facet], name: (String) -> String = { $0 }, _ add: (inout Browse, String) -> Void
    ) -> [IndexEntry] {
      facets.map { facet in
        var added = choice
        add(&added, facet.value)
        return IndexEntry(
          name: name(facet.value), publications: facet.publications, choice: added)
      }
    }
    years = facets.years.map { year in
      var added = choice
      added.year = year.year
      return IndexEntry(name: "\(year.year)", publications: year.publications, choice: added)
    }
    topics = entries(facets.topics) { $0.topic = $1 }
    types = entries(facets.types, name: { words.name(ofType: $0) }) {
      $0.type = TypeName(rawValue: $1)
    }
    languages = entries(facets.languages, name: { words.name(ofLanguage: $0) }) {
      $0.language = $1
    }
    authors = entries(facets.authors) { $0.author = $1 }
  }

  /// Lets the lines of topics and authors lead to their pages.
  mutating func link(topics topicSlugs: [String: Slug], authors authorSlugs: [String: Slug]) {
    for index in topics.indices {
      topics[index].page = topicSlugs[topics[index].name].map {
        EntryAddress(list: .topics, slug: $0)
      }
    }
    for index in authors.indices {
      authors[index].page = authorSlugs[authors[index].name].map {
        EntryAddress(list: .authors, slug: $0)
      }
    }
  }

  func entries(of kind: Browse.Kind) -> [IndexEntry] {
    switch kind {
    case .year: years
    case .topic: topics
    case .type: types
    case .language: languages
    case .author: authors
    }
  }
}
