// ISO 32000-1 §14.8.4: standard structure types, as far as a reading view needs them.

/// The structure of a document beyond its plain text.
package struct DocumentStructure: Sendable, Equatable {
  /// In reading order, without running heads, feet and page numbers.
  package var blocks: [TextBlock] = []
  /// In document order.
  package var outline: [Bookmark] = []
  /// The label of each page (§12.4.2) that differs from its number; pages count from 1.
  package var pageLabels: [Int: String] = [:]
  package var links: [Link] = []
}

/// A paragraph, or another block-level element.
package struct TextBlock: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case heading(level: Int)
    case paragraph
    /// The marker is the bullet or number before the text.
    case listItem(marker: String)
    /// The marker is the note mark in the text; empty if there is none.
    case footnote(marker: String)
    /// The cells, separated by tabs.
    case tableRow
    /// The alternative text of an image.
    case figure
  }

  package var kind: Kind
  package var text: String
  /// The page on which it begins, from 1.
  package var page: Int
  /// Whether the first block of the same kind on the next page continues it.
  package var continuesOnNextPage = false
}

/// An outline item (§12.3.3).
package struct Bookmark: Sendable, Equatable {
  package var title: String
  /// From 1; nil if it leads to no page.
  package var page: Int?
  /// 1 for the highest.
  package var level: Int
}

/// A link to an external resource (§12.6.4.7).
package struct Link: Sendable, Equatable {
  /// From 1.
  package var page: Int
  package var uri: String
  /// The text that it covers.
  package var text: String
}
