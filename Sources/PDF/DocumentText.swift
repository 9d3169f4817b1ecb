// ISO 32000-1 §14.8.2.2 calls this the page content order: the text of a document as it is read.

/// What was read from a file.
package struct DocumentText: Sendable {
  /// The pages that could be read, in their order.
  package var pages: [PageText]
  package var metadata: Metadata
  /// Empty when it was not asked for.
  package var structure = DocumentStructure()
  /// What it says for a record; nothing when its structure was not asked for.
  package var guesses = Guesses()
  /// What is wrong with the file.
  package var defects: [Defect]

  /// Whether any page has text.
  package var hasText: Bool { pages.contains { !$0.lines.isEmpty } }
}

/// The text of a page.
package struct PageText: Sendable, Equatable {
  /// The place of the page in the document, counted from 1.
  package var number: Int
  package var lines: [TextLine]

  /// The lines, one below the other, with an empty line before a paragraph.
  package var text: String {
    var text = ""
    for line in lines {
      if line.beginsParagraph, !text.isEmpty { text += "\n" }
      text += line.text
      text += "\n"
    }
    return text
  }
}

/// A line of text as it is read.
package struct TextLine: Sendable, Equatable {
  /// What a line is on its page.
  package enum Role: Sendable, Equatable {
    case body
    /// A header or footer that other pages have too.
    case runningHead
    case pageNumber
  }

  package var text: String
  package var role: Role
  /// Whether more than the usual distance, or another column, is between it and the line before.
  package var beginsParagraph: Bool

  /// Where it stands and how it looks.
  var shape = LineShape()

  package init(text: String, role: Role = .body, beginsParagraph: Bool = false) {
    self.text = text
    self.role = role
    self.beginsParagraph = beginsParagraph
  }
}
