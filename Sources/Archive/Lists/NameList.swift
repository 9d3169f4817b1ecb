internal import Foundation
internal import SQLite
internal import Search

/// A controlled list: names that publications share, one entry for each thing they mean.
///
/// Lists grow by typing: a name that a publication is saved with becomes an entry.
package enum NameList: String, Sendable, CaseIterable {
  case authors, topics, series, licences

  /// Whether entries have pages for readers.
  package var hasPages: Bool { self != .licences }

  /// The field of a publication that has the names.
  package var field: FieldError.Field {
    switch self {
    case .authors: .authors
    case .topics: .topics
    case .series: .series
    case .licences: .licence
    }
  }

  /// What a name is compared by: names with the same key mean the same entry.
  func key(_ name: String) -> String {
    switch self {
    case .authors: AuthorName(name).key
    case .topics, .series: AuthorName.comparable(name)
    case .licences: AuthorName.comparable(SPDX.identifier(of: name) ?? name)
    }
  }

  /// A name as the list shows it: an author's in reading order, a licence's SPDX identifier.
  func displayed(_ name: String) -> String {
    switch self {
    case .authors: AuthorName(name).text
    case .topics, .series: name
    case .licences: SPDX.identifier(of: name) ?? name
    }
  }

  /// What the list is sorted by.
  func sortKey(_ name: String) -> String {
    switch self {
    case .authors: SortKey.author(AuthorName(name))
    case .topics, .licences: SortKey.title(name, language: "")
    case .series: SortKey.title(name, language: nil)
    }
  }

  /// What the three functions above return, found together.
  func parts(of name: String) -> (key: String, displayed: String, sortKey: String) {
    guard self == .authors else {
      let displayed = displayed(name)
      return (key(name), displayed, sortKey(displayed))
    }
    let author = AuthorName(name)
    return (author.key, author.text, SortKey.author(author))
  }

  /// The slug of an entry whose name has no letters that a slug can have.
  var slugWithoutLetters: Slug {
    switch self {
    case .authors: Slug(stored: "author")
    case .topics: Slug(stored: "topic")
    case .series: Slug(stored: "series")
    case .licences: Slug(stored: "licence")
    }
  }

  /// Selects the names that publications have, as `publication` and `name`.
  var uses: SQL {
    switch self {
    case .authors: "(SELECT publication, name FROM author)"
    case .topics: "(SELECT publication, name FROM topic)"
    case .series:
      "(SELECT id AS publication, series AS name FROM publication WHERE series NOT NULL)"
    case .licences:
      "(SELECT id AS publication, licence AS name FROM publication WHERE licence NOT NULL)"
    }
  }

  /// Selects the publications that have one of the names of an entry.
  func publications(of entry: Int64) -> SQL {
    """
    SELECT used.publication FROM \(uses) AS used
    WHERE used.name IN (SELECT name FROM list_name WHERE entry = \(entry))
    """
  }

  /// The kind of subscription that follows an entry; nil when entries cannot be followed.
  var subscriptionKind: String? {
    switch self {
    case .authors: "author"
    case .topics: "topic"
    case .series: "series"
    case .licences: nil
    }
  }
}

extension Folding {
  /// A name's words in plain lower-case letters, each after a space.
  mutating func words(of name: String) -> String {
    fold(name).split(separator: 0x20).map { " " + String(decoding: $0, as: UTF8.self) }.joined()
  }
}
