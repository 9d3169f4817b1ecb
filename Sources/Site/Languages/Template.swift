import Markup

/// Words with places for what is put in, as they stand in a language's file: `{1} and {2}`.
struct Template: Sendable {
  let words: String
  private let pieces: [Piece]

  private enum Piece {
    case words(String)
    /// Counted from 0.
    case place(Int)
  }

  init(_ words: String) {
    self.words = words
    var pieces: [Piece] = []
    var rest = words[...]
    while let brace = rest.firstIndex(of: "{") {
      let after = rest.index(after: brace)
      guard let digit = rest[after...].first?.wholeNumberValue, digit > 0,
        let close = rest.index(after, offsetBy: 1, limitedBy: rest.endIndex), close < rest.endIndex,
        rest[close] == "}"
      else {
        pieces.append(.words(String(rest[..<after])))
        rest = rest[after...]
        continue
      }
      if brace > rest.startIndex { pieces.append(.words(String(rest[..<brace]))) }
      pieces.append(.place(digit - 1))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.words(String(rest))) }
    self.pieces = pieces
  }

  /// The words with text in their places; nothing where a part is missing.
  func filled(with parts: [String]) -> String {
    pieces.reduce(into: "") { text, piece in
      switch piece {
      case .words(let words): text += words
      case .place(let number): if parts.indices.contains(number) { text += parts[number] }
      }
    }
  }

  /// The words with markup in their places.
  func filled(with parts: [HTML]) -> HTML {
    pieces.reduce(into: "") { html, piece in
      switch piece {
      case .words(let words): html += "\(words)"
      case .place(let number): if parts.indices.contains(number) { html += parts[number] }
      }
    }
  }
}
