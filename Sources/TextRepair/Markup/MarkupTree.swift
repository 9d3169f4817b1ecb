/// A node of marked-up text.
indirect enum MarkupNode {
  /// Text with character references.
  case text(String)
  /// A CDATA section, or a tag that is kept as text.
  case literal(String)
  /// The element's name without prefix, in lower case.
  case element(String, [MarkupNode])
}

/// Parses HTML, JATS and MathML tags in a text; other tags stay text.
///
/// Ordinary texts also contain `<`: “5 < 6”, `<stdio.h>`, `List<T>`. A tag counts if its name is
/// known and its attributes have values. One without an end tag counts if other tags do, or if the
/// end tag is optional in HTML.
struct MarkupTree {
  private(set) var nodes: [MarkupNode] = []
  /// Whether elements divide the text into paragraphs, so that line ends are white space.
  private(set) var hasBlocks = false
  /// Whether there is any markup besides character references.
  private(set) var hasTags = false

  private struct Open {
    let name: String
    let source: String
    let hasAttributes: Bool
    var nodes: [MarkupNode] = []
  }

  private let scalars: [Unicode.Scalar]
  private var open = [Open(name: "", source: "", hasAttributes: false)]
  private var textStart = 0

  /// The most open elements; tags of deeper ones are dropped.
  private static let mostOpen = 64
  /// The longest tag or comment, so that unclosed ones cost little.
  private static let longestTag = 2000

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      guard scalars[index] == "<", let end = takeTag(at: index) else {
        index += 1
        continue
      }
      index = end
      textStart = end
    }
    endText(at: scalars.count)
    while open.count > 1 { closeLast(isExplicit: false) }
    nodes = open[0].nodes
  }

  private mutating func endText(at end: Int) {
    if textStart < end { append(.text(source(textStart..<end))) }
  }

  private mutating func append(_ node: MarkupNode) { open[open.count - 1].nodes.append(node) }

  private func source(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  // MARK: Tags

  /// Parses the tag, comment or section at an index.
  ///
  /// - Returns: Its end; nil if there is none.
  private mutating func takeTag(at start: Int) -> Int? {
    if let end = takeSection(at: start) { return end }
    var index = start + 1
    let isEnd = index < scalars.count && scalars[index] == "/"
    if isEnd { index += 1 }
    guard let name = name(at: &index), let known = MarkupNames.local(name) else { return nil }
    let attributesStart = index
    guard let isClosed = skipAttributes(&index) else { return nil }
    let hasAttributes = scalars[attributesStart..<index].contains("=")
    endText(at: start)
    let tag = source(start..<index)
    if isEnd {
      close(known)
    } else if isClosed || MarkupNames.empty.contains(known) {
      note(known)
      append(.element(known, []))
    } else {
      begin(Open(name: known, source: tag, hasAttributes: hasAttributes))
    }
    return index
  }

  /// A comment, a CDATA section, a declaration or a processing instruction.
  private mutating func takeSection(at start: Int) -> Int? {
    for (opening, closing) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?xml", "?>")]
    where has(opening, at: start) {
      guard let end = find(closing, from: start + opening.utf8.count) else { return nil }
      endText(at: start)
      hasTags = true
      if opening == "<![CDATA[" { append(.literal(source(start + 9..<end - 3))) }
      return end
    }
    return nil
  }

  private func has(_ text: String, at start: Int) -> Bool {
    scalars[start...].starts(with: text.unicodeScalars)
  }

  private func find(_ text: String, from start: Int) -> Int? {
    guard start <= scalars.count, let first = text.unicodeScalars.first else { return nil }
    let length = text.unicodeScalars.count
    let end = min(scalars.count, start + MarkupTree.longestTag)
    var index = start
    while index + length <= end {
      if scalars[index] == first, has(text, at: index) { return index + length }
      index += 1
    }
    return nil
  }

  private func name(at index: inout Int) -> String? {
    let start = index
    while index < scalars.count, index - start < 40, MarkupTree.isNamePart(scalars[index]) {
      index += 1
    }
    guard index > start, scalars[start].properties.isAlphabetic else { return nil }
    return source(start..<index).lowercased()
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-"
        || scalar == ":" || scalar == "_" || scalar == ".")
  }

  /// Skips attributes and the end of a tag.
  ///
  /// - Returns: Whether the tag is self-closing; nil if it is not a tag.
  private func skipAttributes(_ index: inout Int) -> Bool? {
    while true {
      let start = index
      skipSpace(&index)
      guard index < scalars.count else { return nil }
      if scalars[index] == ">" {
        index += 1
        return false
      }
      if scalars[index] == "/" {
        index += 1
        skipSpace(&index)
        guard index < scalars.count, scalars[index] == ">" else { return nil }
        index += 1
        return true
      }
      guard index > start, name(at: &index) != nil else { return nil }
      skipSpace(&index)
      guard index < scalars.count, scalars[index] == "=" else { return nil }
      index += 1
      skipSpace(&index)
      guard skipValue(&index) else { return nil }
    }
  }

  private func skipValue(_ index: inout Int) -> Bool {
    guard index < scalars.count else { return false }
    let quote = scalars[index]
    if quote == "\"" || quote == "'" {
      let limit = min(scalars.count, index + MarkupTree.longestTag)
      guard let end = scalars[min(index + 1, limit)..<limit].firstIndex(of: quote) else {
        return false
      }
      index = end + 1
      return true
    }
    let start = index
    while index < scalars.count, scalars[index] != ">", scalars[index] != "<",
      !scalars[index].properties.isWhitespace
    {
      index += 1
    }
    return index > start
  }

  private func skipSpace(_ index: inout Int) {
    while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
  }

  // MARK: Elements

  private mutating func note(_ name: String) {
    hasTags = true
    if MarkupNames.blocks.contains(name) { hasBlocks = true }
  }

  private mutating func begin(_ element: Open) {
    // A paragraph ends at the next one.
    if MarkupNames.endsParagraph.contains(element.name), open.last?.name == "p" {
      closeLast(isExplicit: true)
    }
    if element.hasAttributes || MarkupNames.mayStayOpen.contains(element.name) {
      note(element.name)
    }
    if open.count < MarkupTree.mostOpen { open.append(element) }
  }

  private mutating func close(_ name: String) {
    hasTags = true
    guard let index = open.lastIndex(where: { $0.name == name }), index > 0 else { return }
    note(name)
    while open.count > index + 1 { closeLast(isExplicit: false) }
    closeLast(isExplicit: true)
  }

  private mutating func closeLast(isExplicit: Bool) {
    guard open.count > 1, let element = open.popLast() else { return }
    if isExplicit || element.hasAttributes || MarkupNames.mayStayOpen.contains(element.name) {
      append(.element(element.name, element.nodes))
    } else {
      // Whether it is a tag is decided at the end.
      append(.element("?", [.literal(element.source)] + element.nodes))
    }
  }
}
