/// An entry of a controlled list.
package struct ListEntry: Sendable, Equatable, Identifiable {
  package let id: Int64
  package let list: NameList
  package var slug: Slug
  /// The preferred name.
  package var name: String
  /// What staff have chosen; nil when the name tells.
  package var kind: Kind?
  /// An author's ORCID, a series' ISSN or a licence's address; nil when not known.
  package var identifier: String?
  /// Paragraphs for readers; empty for none.
  package var description: String
  /// Other names that are saved as the preferred one, in order.
  package var aliases: [String]
  /// Whether staff have added or edited it.
  package var isEdited: Bool
  /// How many publications have it, whatever their status.
  package var publications: Int

  /// What an author is.
  package enum Kind: String, Sendable, CaseIterable {
    case person, organization
  }

  package var orcid: ORCID? { list == .authors ? identifier.flatMap(ORCID.init) : nil }
  package var issn: ISSN? { list == .series ? identifier.flatMap(ISSN.init) : nil }

  /// Whether an author is a person or an organization, chosen or told by the name.
  package var effectiveKind: Kind {
    kind ?? (AuthorName(name).kind == .organization ? .organization : .person)
  }
}

/// The fields of an entry as staff want them.
package struct ListEdit: Sendable, Equatable {
  package var name: String
  package var kind: ListEntry.Kind?
  /// As it was typed; empty for none.
  package var identifier: String
  package var description: String
  package var aliases: [String]

  package init(
    name: String, kind: ListEntry.Kind? = nil, identifier: String = "", description: String = "",
    aliases: [String] = []
  ) {
    self.name = name
    self.kind = kind
    self.identifier = identifier
    self.description = description
    self.aliases = aliases
  }

  /// The fields of an entry as they are.
  package init(_ entry: ListEntry) {
    self.init(
      name: entry.name, kind: entry.kind, identifier: entry.identifier ?? "",
      description: entry.description, aliases: entry.aliases)
  }
}

/// Why a list was not changed.
package enum ListError: Error, Equatable, Sendable {
  case nameMissing
  /// A name or a description is too long.
  case tooLong(most: Int)
  /// Another entry has the name, preferred or not; the two can be merged.
  case taken(name: String, by: ListEntry)
  case notORCID(String), notISSN(String), notAddress(String)
  /// There is no room for more.
  case tooMany(most: Int)
  /// Publications have it.
  case inUse(publications: Int)
  case notFound
  /// The entries are the same one, or of different lists.
  case notMergeable
  /// The disk or the database failed, with the reason for the log.
  case failed(String)

  init(_ error: any Error) { self = error as? ListError ?? .failed("\(error)") }
}
