/// The text of a message: paragraphs in lines of at most 76 characters where the words allow.
struct PlainTextMessage {
  private(set) var text = ""

  private static let width = 76

  /// Adds a paragraph; nothing for an empty one.
  mutating func add(_ paragraph: String) { add(rows: [paragraph]) }

  /// Adds a paragraph with a line break after each row; empty rows are left out.
  mutating func add(rows: [String]) {
    let rows = rows.filter { !$0.isEmpty }
    guard !rows.isEmpty else { return }
    separate()
    for row in rows { wrap(row) }
  }

  /// Adds a heading.
  mutating func add(underlined heading: String) {
    add(heading)
    text += String(repeating: "-", count: min(heading.count, Self.width)) + "\n"
  }

  /// Adds an address in a line of its own, which mail programs make a link.
  mutating func add(link address: String) {
    separate()
    text += address + "\n"
  }

  mutating func addRule() {
    separate()
    text += String(repeating: "_", count: 40) + "\n"
  }

  private mutating func separate() { if !text.isEmpty { text += "\n" } }

  private mutating func wrap(_ row: String) {
    var width = 0
    for word in row.words {
      let length = word.unicodeScalars.count
      if width > 0 {
        let fits = width + 1 + length <= Self.width
        text += fits ? " " : "\n"
        width = fits ? width + 1 : 0
      }
      text += word
      width += length
    }
    text += "\n"
  }
}
