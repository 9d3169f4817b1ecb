/// What stands on one page, in reading order.
struct Page {
  var items: [Item] = []
  var links: [Link] = []

  enum Item {
    /// A line of a structure element, or of none: a running head, a page number.
    case line(PlacedLine, element: Int?)
    case rectangle(Rectangle, Colour)
  }

  /// A link to the top of another page of the same document.
  struct Link {
    var area: Rectangle
    var page: Int
  }

  static let width = 595.28
  static let height = 841.89
  static let left = 96.0
  static let top = 756.0
  static let bottom = 96.0
  static let measure = width - 2 * left
}

struct Rectangle {
  var x, y, width, height: Double
}

/// One line of text where it stands.
struct PlacedLine {
  var codes: [UInt8]
  var style: TextStyle
  var x: Double
  /// The height of its baseline.
  var y: Double
  /// What each space is wider than the font's own.
  var wordSpacing = 0.0
}

/// A part of the document's logical structure (ISO 32000-1 §14.8.4) and where its text stands.
struct StructureElement {
  var role: Role
  /// Page, and number of the marked content in it.
  var content: [(page: Int, identifier: Int)] = []

  enum Role: String {
    case heading1 = "H1"
    case heading2 = "H2"
    case paragraph = "P"
  }
}

/// A bookmark.
struct OutlineItem {
  var title: String
  var page: Int
  var y: Double
}
