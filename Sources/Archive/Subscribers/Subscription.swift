internal import SQLite

/// What a subscriber follows.
package enum Followed: Sendable, Hashable {
  /// Every publication.
  case everything
  case topic(String)
  case author(String)
  case series(String)
  /// A saved search, as the query part of its address on the site: `q=korea&topic=Trade`.
  case search(String)
}

extension Followed {
  /// The longest name or search, in bytes.
  static let longestValue = 1000

  /// As it is stored: a kind and a value, which is empty for everything.
  var stored: (kind: String, value: String) {
    switch self {
    case .everything: ("everything", "")
    case .topic(let name): ("topic", name)
    case .author(let name): ("author", name)
    case .series(let name): ("series", name)
    case .search(let query): ("search", query)
    }
  }

  /// nil for a kind that does not exist and for an empty or overlong value.
  init?(kind: String, value: String) {
    guard kind == "everything" || (1...Self.longestValue).contains(value.utf8.count) else {
      return nil
    }
    switch kind {
    case "everything": self = .everything
    case "topic": self = .topic(value)
    case "author": self = .author(value)
    case "series": self = .series(value)
    case "search": self = .search(value)
    default: return nil
    }
  }

  /// Of two subscriptions that match a publication, it is listed under the one with the lower rank.
  var rank: Int {
    switch self {
    case .search: 0
    case .author: 1
    case .series: 2
    case .topic: 3
    case .everything: 4
    }
  }
}

/// How often a subscriber hears of what they follow.
package enum Frequency: String, Sendable, CaseIterable {
  /// Within `mail-delay` of becoming public.
  case atOnce = "at-once"
  case weekly, monthly
}

/// One thing that a subscriber follows.
package struct Subscription: Sendable, Equatable {
  package let id: Int64
  package let followed: Followed
  package let frequency: Frequency

  package init(id: Int64, followed: Followed, frequency: Frequency) {
    self.id = id
    self.followed = followed
    self.frequency = frequency
  }
}

extension Subscription {
  static let columns: SQL = "subscription.id, kind, value, frequency"

  /// Reads `columns` from the given column on; nil for what no version of ours writes.
  init?(_ row: Row, from column: Int32 = 0) {
    guard let followed = Followed(kind: row.text(column + 1), value: row.text(column + 2)),
      let frequency = Frequency(rawValue: row.text(column + 3))
    else { return nil }
    self.init(id: row.integer(column), followed: followed, frequency: frequency)
  }
}
