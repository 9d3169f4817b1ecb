/// Converts marked-up text of a catalogue to plain text on one line.
///
/// It removes HTML, JATS and MathML tags, replaces character references, even if they were escaped
/// twice, and converts simple TeX. Text that only looks like markup stays: “5 < 6 and 7 > 3”,
/// `<stdio.h>`. A second run changes nothing.
package func plainLine(ofMarkup text: String) -> String {
  guard mayHaveMarkup(text) else { return text }
  return plain(text).split(whereSeparator: \.isNewline).joined(separator: " ")
}

/// The same with paragraphs, separated by an empty line.
package func plainParagraphs(ofMarkup text: String) -> String {
  guard mayHaveMarkup(text) else { return text }
  return plain(text)
}

private func mayHaveMarkup(_ text: String) -> Bool {
  text.utf8.contains { $0 == 0x3C || $0 == 0x26 || $0 == 0x24 || $0 == 0x5C }
}

private func plain(_ text: String) -> String {
  var text = text
  // Each system on the way may have escaped it once.
  for _ in 0..<4 {
    let tree = MarkupTree(text)
    var writer = PlainTextWriter(isDivided: tree.hasBlocks, hasTags: tree.hasTags)
    writer.write(tree.nodes)
    let next = writer.finished
    if next == text { break }
    text = next
  }
  return TeXText.plain(text)
}

/// Writes the nodes of marked-up text as plain text.
struct PlainTextWriter {
  private var output = String.UnicodeScalarView()
  private let isDivided: Bool
  private let hasTags: Bool
  private var isBehindBullet = false

  init(isDivided: Bool, hasTags: Bool) {
    self.isDivided = isDivided
    self.hasTags = hasTags
  }

  var finished: String {
    var text = output[...]
    while text.last == "\n" || text.last == " " { text.removeLast() }
    return String(String.UnicodeScalarView(text))
  }

  mutating func write(_ nodes: [MarkupNode]) { for node in nodes { write(node) } }

  private mutating func write(_ node: MarkupNode) {
    switch node {
    case .text(let text): append(CharacterReferences.replaced(text))
    case .literal(let text): append(text)
    case .element("?", let nodes):
      // A tag without an end tag is a tag if there are others.
      write(hasTags ? Array(nodes.dropFirst()) : nodes)
    case .element(let name, let nodes): write(name, nodes)
    }
  }

  private mutating func append(_ text: String) {
    if !text.isEmpty { isBehindBullet = false }
    guard isDivided else { return output.append(contentsOf: text.unicodeScalars) }
    // A single line end is white space; an empty line stays.
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if index > 0 {
        let isEmpty = index < lines.count - 1 && line.allSatisfy(\.properties.isWhitespace)
        if isEmpty {
          breakParagraph()
        } else if output.last != "\n", !output.isEmpty {
          output.append(" ")
        }
      }
      let isStart =
        output.isEmpty || output.last == "\n" || (index > 0 && output.last == " ")
      output.append(contentsOf: isStart ? line.drop(while: \.properties.isWhitespace) : line)
    }
  }

  private mutating func breakParagraph() {
    guard !isBehindBullet else { return }
    while output.last == " " || output.last == "\n" { output.removeLast() }
    if !output.isEmpty { output.append(contentsOf: "\n\n".unicodeScalars) }
  }

  private mutating func write(_ name: String, _ nodes: [MarkupNode]) {
    switch name {
    case "br", "break", "tr":
      write(nodes)
      while output.last == " " { output.removeLast() }
      if !output.isEmpty, output.last != "\n" { output.append("\n") }
    case "li", "list-item":
      breakParagraph()
      output.append(contentsOf: "• ".unicodeScalars)
      isBehindBullet = true
      write(nodes)
      isBehindBullet = false
      breakParagraph()
    case "title", "h1", "h2", "h3", "h4", "h5", "h6":
      breakParagraph()
      // The heading “Abstract” above an abstract is dropped.
      let heading = plainText(nodes)
      let isAlone = output.isEmpty && PlainTextWriter.headings.contains(heading.lowercased())
      if !isAlone { append(heading) }
      breakParagraph()
    case "sup": append(Scripts.raised(plainText(nodes), behind: output.last))
    case "sub", "inf": append(Scripts.lowered(plainText(nodes), behind: output.last))
    case "q": append("“" + plainText(nodes) + "”")
    case "math": append(MathText.plain(nodes))
    case "alternatives": write(alternative(of: nodes))
    case "tex-math": append(TeXText.plain(plainText(nodes)))
    case _ where MarkupNames.dropped.contains(name) || MarkupNames.empty.contains(name): break
    case _ where MarkupNames.math.contains(name): append(MathText.plain([.element(name, nodes)]))
    case _ where MarkupNames.blocks.contains(name):
      breakParagraph()
      write(nodes)
      breakParagraph()
    default: write(nodes)
    }
  }

  /// The most readable of several notations of a formula.
  private func alternative(of nodes: [MarkupNode]) -> [MarkupNode] {
    let isMath = { (node: MarkupNode) in
      if case .element("math", _) = node { true } else { false }
    }
    return nodes.first(where: isMath).map { [$0] } ?? nodes
  }

  private func plainText(_ nodes: [MarkupNode]) -> String {
    var writer = PlainTextWriter(isDivided: isDivided, hasTags: hasTags)
    writer.write(nodes)
    return writer.finished
  }

  private static let headings: Set<String> = [
    "abstract", "summary", "abstract.", "abstract:", "résumé", "zusammenfassung", "resumen",
    "resumo", "riassunto", "sammanfattning", "samenvatting", "摘要", "要旨",
  ]
}
