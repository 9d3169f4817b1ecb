// ISO 32000-1 §14.8.2.2: page content order.

/// The text of a file.
package struct DocumentText: Sendable {
  /// The pages that could be read, in order.
  package var pages: [PageText]
  package var metadata: Metadata
  package var facts = DocumentFacts()
  /// Empty if it was not requested.
  package var structure = DocumentStructure()
  /// Proposed metadata; empty if the structure was not requested.
  package var guesses = Guesses()
  /// What is wrong with the file.
  package var defects: [Defect]
}

/// What readers with assistive technology and search engines depend on.
package struct DocumentFacts: Sendable, Equatable {
  /// Whether it is encrypted with an empty user password.
  package var isEncrypted = false
  /// The number of pages that are images without text.
  package var pagesWithoutText = 0
  /// Whether it is tagged (§14.8): marked as such, with a structure tree.
  package var isTagged = false
  /// The language that the catalog declares (§14.9.2).
  package var language: String?

  package init(
    isEncrypted: Bool = false, pagesWithoutText: Int = 0, isTagged: Bool = false,
    language: String? = nil
  ) {
    self.isEncrypted = isEncrypted
    self.pagesWithoutText = pagesWithoutText
    self.isTagged = isTagged
    self.language = language
  }
}

/// The text of a page.
package struct PageText: Sendable, Equatable {
  /// The number of the page in the document, from 1.
  package var number: Int
  package var lines: [TextLine]

  /// The lines, with an empty line before each paragraph.
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

/// A line of text.
package struct TextLine: Sendable, Equatable {
  /// The role of a line on its page.
  package enum Role: Sendable, Equatable {
    case body
    /// A header or footer that other pages also have.
    case runningHead
    case pageNumber
  }

  package var text: String
  package var role: Role
  /// Whether a larger distance than usual, or a column break, precedes it.
  package var beginsParagraph: Bool

  /// Its position and appearance.
  var shape = LineShape()

  package init(text: String, role: Role = .body, beginsParagraph: Bool = false) {
    self.text = text
    self.role = role
    self.beginsParagraph = beginsParagraph
  }
}
