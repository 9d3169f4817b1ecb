/// A block of the reading view: a paragraph, heading, list item, footnote, table row or figure.
package struct ReadingBlock: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// `level` is 1 for the highest of the document, 6 for the lowest.
    case heading(level: Int)
    case paragraph
    /// `marker` precedes it: “•”, “3.”, “(b)”.
    case listItem(marker: String)
    /// `marker` is its mark in the text; empty when it has none.
    case footnote(marker: String)
    /// The text of each cell, with a tab between cells.
    case tableRow
    /// The alternative text of a picture.
    case figure
  }

  package var kind: Kind
  /// On one line.
  package var text: String
  /// The position of the page on which it begins, from 1.
  package var page: Int
  /// Whether the first block of this kind on the next page continues it.
  package var continuesOnNextPage: Bool

  package init(kind: Kind, text: String, page: Int, continuesOnNextPage: Bool = false) {
    self.kind = kind
    self.text = text
    self.page = page
    self.continuesOnNextPage = continuesOnNextPage
  }
}

extension ReadingBlock: Codable {
  private enum Key: String, CodingKey { case kind, level, marker, text, page, continues }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func marker() throws -> String {
      try container.decodeIfPresent(String.self, forKey: .marker) ?? ""
    }
    kind =
      switch try container.decode(String.self, forKey: .kind) {
      case "heading":
        .heading(level: min(max(try container.decode(Int.self, forKey: .level), 1), 6))
      case "item": .listItem(marker: try marker())
      case "footnote": .footnote(marker: try marker())
      case "row": .tableRow
      case "figure": .figure
      default: .paragraph
      }
    text = try container.decode(String.self, forKey: .text)
    page = try container.decode(Int.self, forKey: .page)
    continuesOnNextPage = try container.decodeIfPresent(Bool.self, forKey: .continues) ?? false
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch kind {
    case .heading(let level):
      try container.encode("heading", forKey: .kind)
      try container.encode(level, forKey: .level)
    case .paragraph: try container.encode("paragraph", forKey: .kind)
    case .listItem(let marker):
      try container.encode("item", forKey: .kind)
      if !marker.isEmpty { try container.encode(marker, forKey: .marker) }
    case .footnote(let marker):
      try container.encode("footnote", forKey: .kind)
      if !marker.isEmpty { try container.encode(marker, forKey: .marker) }
    case .tableRow: try container.encode("row", forKey: .kind)
    case .figure: try container.encode("figure", forKey: .kind)
    }
    try container.encode(text, forKey: .text)
    try container.encode(page, forKey: .page)
    if continuesOnNextPage { try container.encode(true, forKey: .continues) }
  }
}
