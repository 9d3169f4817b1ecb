// ISO 32000-1 §14.8.4: standard structure types, as far as a reading view needs them.

/// What a reader sees on pages beside their plain text.
package struct DocumentStructure: Sendable, Equatable {
  /// In the order of reading, without running heads, feet and page numbers.
  package var blocks: [TextBlock] = []
  /// The bookmarks, in their order.
  package var outline: [Bookmark] = []
  /// What a page calls itself (§12.4.2), by its place from 1, where that is not its place.
  package var pageLabels: [Int: String] = [:]
  package var links: [Link] = []
}

/// A paragraph, or another thing that is read as one.
package struct TextBlock: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case heading(level: Int)
    case paragraph
    /// Its marker is what stands before it.
    case listItem(marker: String)
    /// Its marker is the mark that leads to it.
    case footnote(marker: String)
    /// Tabs are between its cells.
    case tableRow
    /// What a picture shows.
    case figure
  }

  package var kind: Kind
  package var text: String
  /// The page on which it begins, from 1.
  package var page: Int
  /// Whether the first block of the same kind on the next page is the rest of it.
  package var continuesOnNextPage = false
}

/// An outline item (§12.3.3).
package struct Bookmark: Sendable, Equatable {
  package var title: String
  /// From 1; nil when it leads to no page.
  package var page: Int?
  /// 1 for the highest.
  package var level: Int
}

/// A link to a resource outside (§12.6.4.7).
package struct Link: Sendable, Equatable {
  /// From 1.
  package var page: Int
  package var uri: String
  /// The words that it lies on.
  package var text: String
}
