import Markup

/// A phrase with parameters: `{1} and {2}`.
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

  /// Fills in text; a missing parameter is empty.
  func filled(with parts: [String]) -> String {
    pieces.reduce(into: "") { text, piece in
      switch piece {
      case .words(let words): text += words
      case .place(let number): if parts.indices.contains(number) { text += parts[number] }
      }
    }
  }

  /// Fills in markup.
  func filled(with parts: [HTML]) -> HTML {
    pieces.reduce(into: "") { html, piece in
      switch piece {
      case .words(let words): html += "\(words)"
      case .place(let number): if parts.indices.contains(number) { html += parts[number] }
      }
    }
  }
}
