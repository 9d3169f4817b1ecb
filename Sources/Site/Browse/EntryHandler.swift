import Archive
import HTTP
import Markup

/// The address of the page of an author, a topic or a series.
struct EntryAddress: Equatable {
  var list: NameList
  var slug: Slug
  /// Counted from 1.
  var page = 1

  var path: String {
    Query.address(.entry(list, slug), [("page", page > 1 ? "\(page)" : nil)])
  }

  func on(page: Int) -> EntryAddress { EntryAddress(list: list, slug: slug, page: page) }
}

/// Pages of authors, topics and series, and redirects from names that they had.
extension Site {
  func entry(_ list: NameList, _ slug: Slug, _ request: Request) throws -> Response {
    let number = Query(request.query).number("page", in: 1...1_000_000) ?? 1
    let address = EntryAddress(list: list, slug: slug, page: number)
    switch try archive.lists.find(slug, in: list, page: number, at: now) {
    case .moved(let slug):
      return moved(to: EntryAddress(list: list, slug: slug, page: number).path)
    case .none:
      return notFound(request)
    case .entry(let entry, let found):
      guard found.number <= found.pages else { return notFound(request) }
      return page(
        pages(for: request).entry(entry, found), at: address.path, request, of: [.lists])
    }
  }

  /// The redirect of an address with a topic, an author or a series that is called otherwise now;
  /// nil for any other address.
  func redirectOfFormerName(_ request: Request) throws -> Response? {
    guard request.method.isSafe, let query = request.query else { return nil }
    var isChanged = false
    let fields = try FormFields(query: query, limit: 50).fields.map { field in
      guard let list = NameList(followed: field.name),
        let name = try archive.lists.preferredName(for: field.value.trimmed, in: list, at: now)
      else { return field }
      isChanged = true
      return FormFields.Field(field.name, name)
    }
    return isChanged ? moved(to: "\(request.path)?\(FormFields(fields).encoded)") : nil
  }

  /// The page that shows the same as a list that is limited to one topic or one author.
  func entryAddress(of choice: Browse) throws -> EntryAddress? {
    guard choice.order == .date, choice.kinds.count == 1 else { return nil }
    let (list, name): (NameList, String)
    switch (choice.topic, choice.author) {
    case (let topic?, _): (list, name) = (.topics, topic)
    case (_, let author?): (list, name) = (.authors, author)
    default: return nil
    }
    return try archive.lists.publicSlug(of: name, in: list, at: now).map {
      EntryAddress(list: list, slug: $0, page: choice.page)
    }
  }

  /// The page of the series that an address names, since lists cannot be limited to a series.
  func seriesPage(_ query: Query) throws -> EntryAddress? {
    guard let series = query.text("series") else { return nil }
    return try archive.lists.publicSlug(of: series, in: .series, at: now).map {
      EntryAddress(list: .series, slug: $0)
    }
  }
}

extension NameList {
  /// The list that a field of an address has names of.
  fileprivate init?(followed field: String) {
    switch field {
    case "author": self = .authors
    case "topic": self = .topics
    case "series": self = .series
    default: return nil
    }
  }
}

extension ListEntry {
  /// How readers follow it; nil for a licence.
  var followed: Followed? {
    switch list {
    case .authors: .author(name)
    case .topics: .topic(name)
    case .series: .series(name)
    case .licences: nil
    }
  }
}
