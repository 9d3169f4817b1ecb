/// Converts the HTML of a web page to paragraphs of plain text, separated by an empty line.
///
/// Every tag counts as one, unlike in ``plainParagraphs(ofMarkup:)``. Scripts, styles and other
/// content that is not text are left out; list items get a bullet, cells of a table a vertical line
/// between them.
///
/// - Parameters:
///   - html: The HTML of a body.
///   - keepsLines: Whether line ends in the text divide lines, and empty lines paragraphs, as in
///     texts that were written without tags for them.
///   - isDropped: Whether a paragraph that consists of links alone is left out, by their addresses.
/// - Returns: The text.
package func plainText(
  ofWebPage html: String, keepsLines: Bool = false,
  droppingLinksTo isDropped: (String) -> Bool = { _ in false }
) -> String {
  var reader = WebText(html, keepsLines: keepsLines)
  reader.read()
  return reader.text(isDropped)
}

/// The addresses that the HTML of a web page links to or embeds, in their order.
package func links(ofWebPage html: String) -> [String] {
  var reader = WebText(html, keepsLines: false)
  reader.read()
  return reader.links
}

private struct WebText {
  private struct Paragraph {
    var text = String.UnicodeScalarView()
    /// The addresses of its links, if there is no text outside of them.
    var links: [String] = []
    var hasOtherText = false
  }

  private let bytes: [UInt8]
  private let keepsLines: Bool
  private var index = 0
  private var paragraphs: [Paragraph] = []
  private var current = Paragraph()
  private var linkDepth = 0
  private var preDepth = 0
  /// Whether a list item has just begun, whose first paragraph follows the bullet.
  private var isBehindBullet = false
  private(set) var links: [String] = []

  init(_ html: String, keepsLines: Bool) {
    bytes = Array(html.utf8)
    self.keepsLines = keepsLines
  }

  func text(_ isDropped: (String) -> Bool) -> String {
    paragraphs.compactMap { paragraph in
      if !paragraph.hasOtherText, !paragraph.links.isEmpty,
        paragraph.links.allSatisfy(isDropped)
      {
        return nil
      }
      let text = String(paragraph.text).trimmingSpaces
      return text.isEmpty || text == "•" ? nil : text
    }.joined(separator: "\n\n")
  }

  mutating func read() {
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<"), readTag() { continue }
      let start = index
      index += 1
      while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
      append(String(decoding: bytes[start..<index], as: UTF8.self))
    }
    endParagraph()
  }

  // MARK: Output

  private mutating func append(_ source: String) {
    let text = CharacterReferences.replaced(source)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where keepsLines || preDepth > 0:
        if current.text.last == "\n", preDepth == 0 { endParagraph() } else { breakLine() }
      case _ where scalar.properties.isWhitespace:
        if let last = current.text.last, last != " ", last != "\n" { current.text.append(" ") }
      default:
        if linkDepth == 0 { current.hasOtherText = true }
        isBehindBullet = false
        current.text.append(scalar)
      }
    }
  }

  private mutating func breakLine() {
    while current.text.last == " " { current.text.removeLast() }
    if !current.text.isEmpty { current.text.append("\n") }
  }

  private mutating func endParagraph() {
    guard !isBehindBullet else { return }
    if !current.text.isEmpty { paragraphs.append(current) }
    current = Paragraph()
  }

  // MARK: Tags

  /// Reads a tag, a comment or a declaration; false when there is none, so that `<` is text.
  private mutating func readTag() -> Bool {
    if has("<!--") {
      // WordPress divides pages and cuts summaries by comments.
      let end = find("-->", from: index + 4) ?? bytes.count
      let comment = bytes[(index + 4)..<end]
      if comment.starts(with: "more".utf8) || comment.starts(with: "nextpage".utf8) {
        endParagraph()
      }
      index = min(bytes.count, end + 3)
      return true
    }
    if has("<![CDATA[") {
      index += 9
      return true
    }
    if has("<!") || has("<?") {
      index = (find(">", from: index) ?? bytes.count - 1) + 1
      return true
    }
    var position = index + 1
    let isEnd = position < bytes.count && bytes[position] == UInt8(ascii: "/")
    if isEnd { position += 1 }
    let start = position
    while position < bytes.count, WebText.isName(bytes[position]) { position += 1 }
    guard position > start, (0x61...0x7A).contains(bytes[start] | 0x20),
      let end = endOfTag(from: position)
    else { return false }
    let name = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
    let attributes = position..<end
    index = end + 1
    if isEnd { close(name) } else { open(name, attributes) }
    return true
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D
      || byte == 0x3A
  }

  private func has(_ text: StaticString) -> Bool {
    bytes[index...].starts(with: text.description.utf8)
  }

  private func find(_ text: StaticString, from start: Int) -> Int? {
    let pattern = Array(text.description.utf8)
    guard start <= bytes.count - pattern.count else { return nil }
    return (start...(bytes.count - pattern.count)).first {
      bytes[$0] == pattern[0] && bytes[$0...].starts(with: pattern)
    }
  }

  /// The index of the `>` of a tag.
  private func endOfTag(from start: Int) -> Int? {
    var quote: UInt8?
    for position in start..<bytes.count {
      let byte = bytes[position]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: ">") {
        return position
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "<") {
        return nil
      }
    }
    return nil
  }

  private func value(of name: String, in range: Range<Int>) -> String? {
    let text = String(decoding: bytes[range], as: UTF8.self)
    var rest = text[...]
    while let found = rest.firstRange(of: name) {
      let before =
        found.lowerBound == text.startIndex ? " " : text[text.index(before: found.lowerBound)]
      rest = rest[found.upperBound...]
      let value = rest.drop(while: \.isWhitespace)
      guard before.isWhitespace || before == "\"" || before == "'", value.first == "=" else {
        continue
      }
      let content = value.dropFirst().drop(while: \.isWhitespace)
      if let quote = content.first, quote == "\"" || quote == "'" {
        return CharacterReferences.replaced(String(content.dropFirst().prefix { $0 != quote }))
      }
      return String(content.prefix { !$0.isWhitespace })
    }
    return nil
  }

  private mutating func open(_ name: String, _ attributes: Range<Int>) {
    let isEmpty =
      attributes.upperBound > attributes.lowerBound
      && bytes[attributes.upperBound - 1] == UInt8(ascii: "/")
    switch name {
    case _ where WebText.dropped.contains(name): if !isEmpty { skip(name) }
    case "br":
      current.text.last == "\n" ? endParagraph() : breakLine()
    case "li":
      isBehindBullet = false
      endParagraph()
      current.text.append(contentsOf: "• ".unicodeScalars)
      isBehindBullet = true
    case "tr": breakLine()
    case "td", "th":
      if let last = current.text.last, last != "\n" {
        if last != " " { current.text.append(" ") }
        current.text.append(contentsOf: "| ".unicodeScalars)
      }
    case "pre":
      endParagraph()
      preDepth += 1
    case "a":
      if let address = value(of: "href", in: attributes) {
        links.append(address)
        current.links.append(address)
        linkDepth += 1
      }
    case "embed", "source", "frame":
      if let address = value(of: "src", in: attributes) { links.append(address) }
    case "sup", "sub": script(name)
    case "q": append("“")
    case _ where WebText.blocks.contains(name): endParagraph()
    default: break
    }
  }

  private mutating func close(_ name: String) {
    switch name {
    case "a": linkDepth = max(0, linkDepth - 1)
    case "pre":
      preDepth = max(0, preDepth - 1)
      endParagraph()
    case "li":
      isBehindBullet = false
      endParagraph()
    case "q": append("”")
    case _ where WebText.blocks.contains(name): endParagraph()
    default: break
    }
  }

  /// Raises or lowers a short text without tags.
  private mutating func script(_ name: String) {
    let limit = min(bytes.count, index + 40)
    guard let end = bytes[index..<limit].firstIndex(of: UInt8(ascii: "<")) else { return }
    let text = CharacterReferences.replaced(String(decoding: bytes[index..<end], as: UTF8.self))
    let last = current.text.last
    append(name == "sup" ? Scripts.raised(text, behind: last) : Scripts.lowered(text, behind: last))
    index = end
  }

  /// Skips the content of an element that is not text.
  private mutating func skip(_ name: String) {
    if name == "object" || name == "iframe", let start = bytes[..<index].lastIndex(of: 0x3C) {
      let attribute = name == "object" ? "data" : "src"
      if let address = value(of: attribute, in: start..<index) { links.append(address) }
    }
    let pattern = Array("</\(name)".utf8)
    var position = index
    while position + pattern.count <= bytes.count {
      if bytes[position] == UInt8(ascii: "<"),
        zip(bytes[position...], pattern).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
      {
        index = (bytes[position...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1) + 1
        return
      }
      position += 1
    }
    index = bytes.count
  }

  private static let dropped: Set<String> = [
    "script", "style", "template", "svg", "iframe", "object", "audio", "video", "head", "title",
    "select", "textarea", "noscript", "math", "canvas",
  ]

  private static let blocks: Set<String> = [
    "p", "div", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tbody",
    "thead", "tfoot", "caption", "blockquote", "section", "article", "aside", "header", "footer",
    "main", "nav", "figure", "figcaption", "hr", "form", "fieldset", "address", "details",
    "summary",
    "body", "html", "center",
  ]
}
