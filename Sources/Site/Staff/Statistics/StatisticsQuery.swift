import Archive

/// What a page of statistics is about, as its address says.
struct StatisticsQuery {
  /// What the rows of the table are.
  enum Group: String, CaseIterable {
    case publication, topic, author, month, year

    var phrase: Phrase {
      switch self {
      case .publication: .byPublication
      case .topic: .byTopic
      case .author: .byAuthor
      case .month: .byMonth
      case .year: .byYear
      }
    }
  }

  /// A period that is offered as a link.
  enum Period: CaseIterable {
    case twelveMonths, thisYear, lastYear, everything

    var phrase: Phrase {
      switch self {
      case .twelveMonths: .lastMonths
      case .thisYear: .thisYear
      case .lastYear: .lastYear
      case .everything: .allTime
      }
    }

    /// The months of the period; `earliest` is the first month with use, nil if there is none.
    func months(at current: Month, earliest: Month?) -> (first: Month, last: Month) {
      switch self {
      case .twelveMonths: (current.adding(months: -11), current)
      case .thisYear: (current.adding(months: 1 - current.number), current)
      case .lastYear:
        (current.adding(months: -11 - current.number), current.adding(months: -current.number))
      case .everything: (min(earliest ?? current, current), current)
      }
    }
  }

  var first: Month
  var last: Month
  var group = Group.publication
  var scope = UsageScope.all

  /// The longest span of months.
  static let mostMonths = 240

  /// Reads a query; the last twelve months if it names none or they are invalid.
  init(_ query: Query, at now: Instant) {
    let current = Month(of: now)
    let last = query.text("to").flatMap { Month($0) } ?? current
    let first = query.text("from").flatMap { Month($0) } ?? last.adding(months: -11)
    let isPeriod = first <= last && first.adding(months: Self.mostMonths) > last
    (self.first, self.last) = (isPeriod ? first : last.adding(months: -11), last)
    if let slug = query.text("publication").flatMap({ Slug($0) }) {
      scope = .publication(slug)
    } else if let topic = query.text("topic") {
      scope = .topic(topic)
    } else if let author = query.text("author") {
      scope = .author(author)
    }
    group = query.text("by").flatMap(Group.init) ?? .publication
    // The rows of one publication, topic or author are months or years.
    if scope != .all, group != .year { group = .month }
  }

  /// The fields of an address that shows this.
  var fields: [(String, String?)] {
    let named: (String, String?) =
      switch scope {
      case .all: ("publication", nil)
      case .publication(let slug): ("publication", slug.description)
      case .topic(let name): ("topic", name)
      case .author(let name): ("author", name)
      }
    return [
      named, ("by", group == .publication ? nil : group.rawValue), ("from", first.description),
      ("to", last.description),
    ]
  }

  func address(_ resource: Resource = .statistics) -> String { Query.address(resource, fields) }

  func with(_ group: Group) -> StatisticsQuery {
    var other = self
    other.group = group
    return other
  }

  func with(_ months: (first: Month, last: Month)) -> StatisticsQuery {
    var other = self
    (other.first, other.last) = months
    return other
  }

  /// The same period for one publication, topic or author.
  func about(_ scope: UsageScope) -> StatisticsQuery {
    var other = self
    other.scope = scope
    other.group = .month
    return other
  }
}
