/// Rewrites the links of pages and files of the site for a static copy.
///
/// It reads what Offprint itself has written: tags whose attribute values are in double quotes and
/// escaped. Everything else is copied as it is.
struct StaticRewriter {
  /// What becomes of a link.
  enum Link: Equatable {
    /// It leaves the site, or stays on its page.
    case kept
    case changed(String)
    /// It leads to what the copy does not have.
    case dropped
  }

  /// Scheme and authority of the site.
  let origin: String
  /// Decides on the address of a link.
  let decide: (String) -> Link

  /// Attributes with an address.
  private static let addresses: Set<String> = ["href", "src", "action", "data", "poster"]

  private static let endOfAddress: Set<UInt8> = Set("\"'<>\\ \t\r\n(){}|^`".utf8)

  // MARK: HTML

  /// A page with its links rewritten.
  func page(_ html: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(html.count + html.count / 8)
    var index = 0
    while index < html.count {
      guard let start = html[index...].firstIndex(of: UInt8(ascii: "<")) else { break }
      output += text(html[index..<start])
      guard let tag = Tag(html, at: start) else {
        output.append(html[start])
        index = start + 1
        continue
      }
      index = tag.end
      if let rewritten = rewritten(tag, of: html) {
        output += rewritten
      } else if tag.name == "form" {
        index = end(of: "form", in: html, from: index)
      }
      if tag.name == "script" || tag.name == "style" {
        let end = end(of: tag.name, in: html, from: index)
        output += text(html[index..<end])
        index = end
      }
    }
    return output + text(html[index...])
  }

  /// A start tag with its attributes.
  private struct Tag {
    var name: String
    /// The range of each attribute with the space before it, and of its value.
    var attributes: [(name: String, range: Range<Int>, value: Range<Int>)] = []
    let start: Int
    /// Behind `>`.
    var end: Int

    /// Parses a tag; nil for an end tag, a comment and a `<` that begins none.
    init?(_ html: [UInt8], at start: Int) {
      self.start = start
      var index = start + 1
      func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
      guard index < html.count, isLetter(html[index]) else { return nil }
      let nameEnd =
        html[index...].firstIndex { !isLetter($0) && !(0x30...0x39).contains($0) && $0 != 0x2D }
        ?? html.count
      name = String(decoding: html[index..<nameEnd], as: UTF8.self).lowercased()
      index = nameEnd
      while index < html.count, html[index] != UInt8(ascii: ">") {
        let begin = index
        while index < html.count, html[index] <= 0x20 || html[index] == UInt8(ascii: "/") {
          index += 1
        }
        let word = index
        while index < html.count, html[index] > 0x20, !"=>/".utf8.contains(html[index]) {
          index += 1
        }
        let attribute = String(decoding: html[word..<index], as: UTF8.self).lowercased()
        guard index + 1 < html.count, html[index] == UInt8(ascii: "="),
          html[index + 1] == UInt8(ascii: "\"")
        else {
          if index == begin { index += 1 }
          continue
        }
        let value = index + 2
        guard let quote = html[value...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        attributes.append((attribute, begin..<quote + 1, value..<quote))
        index = quote + 1
      }
      guard index < html.count else { return nil }
      end = index + 1
    }
  }

  /// The tag with its links rewritten; nil if it is to be left out.
  private func rewritten(_ tag: Tag, of html: [UInt8]) -> [UInt8]? {
    var output: [UInt8] = []
    var index = tag.start
    for (name, range, value) in tag.attributes {
      guard Self.addresses.contains(name) || name == "content" || name == "ping" else { continue }
      let link = name == "ping" ? .dropped : decide(Self.unescaped(html[value]))
      switch link {
      case .kept: continue
      case .changed(let address):
        output += html[index..<value.lowerBound]
        output += Self.escaped(address)
        index = value.upperBound
      case .dropped:
        if name == "content" { continue }
        if tag.name == "link" || tag.name == "form" { return nil }
        output += html[index..<range.lowerBound]
        index = range.upperBound
      }
    }
    return output + html[index..<tag.end]
  }

  private func end(of name: String, in html: [UInt8], from index: Int) -> Int {
    let closing = Array("</\(name)".utf8)
    var place = index
    while let next = html[place...].firstIndex(of: UInt8(ascii: "<")) {
      if html[next...].starts(with: closing) {
        guard name == "form" else { return next }
        return (html[next...].firstIndex(of: UInt8(ascii: ">")) ?? html.count - 1) + 1
      }
      place = next + 1
    }
    return html.count
  }

  private static func unescaped(_ value: ArraySlice<UInt8>) -> String {
    String(decoding: value, as: UTF8.self).replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&amp;", with: "&")
  }

  private static func escaped(_ value: String) -> [UInt8] {
    Array(value.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").utf8)
  }

  // MARK: Other texts

  /// A text with the absolute addresses of the site rewritten.
  func text(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let bytes = Array(bytes)
    let prefix = Array((origin + "/").utf8)
    guard let first = prefix.first, bytes.count >= prefix.count else { return bytes }
    var output: [UInt8] = []
    var copied = 0
    var index = 0
    while let place = bytes[index...].firstIndex(of: first) {
      index = place + 1
      guard bytes[place...].starts(with: prefix) else { continue }
      var end = bytes[place...].firstIndex { Self.endOfAddress.contains($0) } ?? bytes.count
      // A full stop or a comma may be the sentence's.
      while end > place + prefix.count, ".,;:".utf8.contains(bytes[end - 1]) { end -= 1 }
      let address = String(decoding: bytes[place..<end], as: UTF8.self)
      index = end
      guard case .changed(let changed) = decide(address.replacing("&amp;", with: "&")) else {
        continue
      }
      output += bytes[copied..<place]
      output += changed.utf8
      copied = end
    }
    return output + bytes[copied...]
  }
}
