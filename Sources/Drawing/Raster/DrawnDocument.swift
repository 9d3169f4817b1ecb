internal import Markup

/// The elements of a drawing, read back from its SVG.
///
/// This reads what ``SVG`` writes and nothing else: no comments, no namespaces, no document types.
/// Values stay where they are in the source, since most of it is data of images and fonts.
struct DrawnDocument {
  struct Node {
    /// Nil for text.
    var element: SVG.Element?
    var attributes: [(name: SVG.Attribute, value: Range<Int>)] = []
    /// The value of `href`.
    var reference: Range<Int>?
    /// The source of text.
    var text: Range<Int> = 0..<0
    var firstChild = -1
    var nextSibling = -1
    fileprivate var lastChild = -1
  }

  let bytes: [UInt8]
  /// The first is the root.
  private(set) var nodes: [Node] = []
  /// The content of the style element.
  private(set) var style: Range<Int> = 0..<0
  /// Elements by identifier.
  private(set) var identified: [String: Int] = [:]
  /// Whether there is anything that this does not know, or too much of it.
  private(set) var isPartial = false

  /// The most elements and texts; the rest is left out.
  private static let mostNodes = 600_000
  private static let deepest = 120

  /// Nil for what is no drawing.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    read()
    guard nodes.first?.element == .svg else { return nil }
  }

  private static let elements = Dictionary(
    uniqueKeysWithValues: SVG.Element.allCases.map { ($0.rawValue, $0) })
  private static let attributes = Dictionary(
    uniqueKeysWithValues: SVG.Attribute.allCases.map { ($0.rawValue, $0) })

  // MARK: Reading

  private mutating func read() {
    var place = 0
    var open: [Int] = []
    /// The depth of an element that is left out, with all in it.
    var skipped = 0
    while place < bytes.count, nodes.count < Self.mostNodes {
      guard bytes[place] == UInt8(ascii: "<") else {
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
        if skipped == 0, let parent = open.last, isText(nodes[parent].element) {
          var node = Node()
          node.text = start..<place
          append(node, to: parent)
        }
        continue
      }
      if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "/") {
        while place < bytes.count, bytes[place] != UInt8(ascii: ">") { place += 1 }
        place += 1
        if skipped > 0 { skipped -= 1 } else { _ = open.popLast() }
        if open.isEmpty { return }
        continue
      }
      place += 1
      let name = name(&place)
      if name == "style" {
        readStyle(&place)
        continue
      }
      var node = Node()
      node.element = Self.elements[name]
      let isEmpty = readAttributes(&place, &node)
      guard skipped == 0, node.element != nil, open.count < Self.deepest,
        !open.isEmpty || nodes.isEmpty
      else {
        isPartial = true
        if !isEmpty { skipped += 1 }
        continue
      }
      let index = nodes.count
      if let parent = open.last { append(node, to: parent) } else { nodes.append(node) }
      if let range = node.attributes.first(where: { $0.name == .id })?.value {
        identified[text(range)] = index
      }
      if !isEmpty { open.append(index) }
    }
    isPartial = true
  }

  private func isText(_ element: SVG.Element?) -> Bool { element == .text || element == .tspan }

  private mutating func append(_ node: Node, to parent: Int) {
    let index = nodes.count
    nodes.append(node)
    if nodes[parent].lastChild < 0 {
      nodes[parent].firstChild = index
    } else {
      nodes[nodes[parent].lastChild].nextSibling = index
    }
    nodes[parent].lastChild = index
  }

  private func name(_ place: inout Int) -> String {
    let start = place
    while place < bytes.count, bytes[place] > 0x20, bytes[place] != UInt8(ascii: "="),
      bytes[place] != UInt8(ascii: ">"), bytes[place] != UInt8(ascii: "/")
    {
      place += 1
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  /// Reads to the end of a tag; whether the element has no content.
  private mutating func readAttributes(_ place: inout Int, _ node: inout Node) -> Bool {
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: ">"):
        place += 1
        return false
      case UInt8(ascii: "/"):
        place += 2
        return true
      case 0...0x20: place += 1
      default:
        let name = name(&place)
        guard place + 1 < bytes.count, bytes[place] == UInt8(ascii: "="),
          bytes[place + 1] == UInt8(ascii: "\"")
        else {
          isPartial = true
          place += 1
          continue
        }
        let start = place + 2
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += 1 }
        place = end + 1
        if name == "href" {
          node.reference = start..<end
        } else if let attribute = Self.attributes[name] {
          node.attributes.append((attribute, start..<end))
        } else if name != "xmlns" {
          isPartial = true
        }
      }
    }
    return true
  }

  private mutating func readStyle(_ place: inout Int) {
    while place < bytes.count, bytes[place] != UInt8(ascii: ">") { place += 1 }
    let start = min(place + 1, bytes.count)
    place = start
    while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
    style = start..<place
    while place < bytes.count, bytes[place] != UInt8(ascii: ">") { place += 1 }
    place += 1
  }

  // MARK: Values

  func children(of node: Int) -> some Sequence<Int> {
    sequence(state: nodes[node].firstChild) { next -> Int? in
      guard next >= 0 else { return nil }
      defer { next = nodes[next].nextSibling }
      return next
    }
  }

  func value(_ attribute: SVG.Attribute, of node: Int) -> ArraySlice<UInt8>? {
    for (name, range) in nodes[node].attributes where name == attribute { return bytes[range] }
    return nil
  }

  func number(_ attribute: SVG.Attribute, of node: Int) -> Double? {
    value(attribute, of: node).flatMap { DrawnValues.numbers($0, most: 1).first }
  }

  func matrix(_ attribute: SVG.Attribute, of node: Int) -> [Double]? {
    guard let value = value(attribute, of: node), value.starts(with: Array("matrix(".utf8)) else {
      return nil
    }
    let numbers = DrawnValues.numbers(value.dropFirst(7), most: 6)
    return numbers.count == 6 ? numbers : nil
  }

  /// The element that `url(#…)` or `#…` leads to.
  func target(_ value: ArraySlice<UInt8>?) -> Int? {
    guard let value, let start = value.firstIndex(of: UInt8(ascii: "#")) else { return nil }
    let name = value[(start + 1)...].prefix { $0 != UInt8(ascii: ")") }
    return identified[String(decoding: name, as: UTF8.self)]
  }

  /// The text of a range, with its entities resolved.
  func text(_ range: Range<Int>) -> String {
    let text = String(decoding: bytes[range], as: UTF8.self)
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...].dropFirst()
      guard let end = rest.firstIndex(of: ";") else { break }
      let name = rest[..<end]
      rest = rest[end...].dropFirst()
      if let known = Self.entities[name] {
        result += known
      } else if name.hasPrefix("#"), let code = Self.code(name.dropFirst()),
        let scalar = Unicode.Scalar(code)
      {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + rest
  }

  private static let entities: [Substring: String] = [
    "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'",
  ]

  private static func code(_ digits: Substring) -> UInt32? {
    digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
  }
}
