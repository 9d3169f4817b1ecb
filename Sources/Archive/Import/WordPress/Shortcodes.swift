/// Removes the shortcodes of WordPress from HTML and keeps what they enclose.
///
/// In `[caption width="300"]…[/caption]` the words stay. Words in brackets that no plugin can have
/// meant, such as `[1]` and `[sic]`, stay too, and `[[name]]` is a shortcode that is shown.
enum Shortcodes {
  static func removed(from html: String) -> String {
    let bytes = Array(html.utf8)
    guard bytes.contains(UInt8(ascii: "[")) else { return html }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var removedNames: Set<String> = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "[") else {
        output.append(bytes[index])
        index += 1
        continue
      }
      if let end = escaped(bytes, index) {
        output += bytes[(index + 1)..<(end - 1)]
        index = end
      } else if let tag = Tag(bytes, index), isRemoved(tag, bytes, removedNames) {
        removedNames.insert(tag.name)
        index = tag.end
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The end of `[[…]]`; nil when there is none.
  private static func escaped(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "["),
      let tag = Tag(bytes, start + 1), tag.end < bytes.count, bytes[tag.end] == UInt8(ascii: "]")
    else { return nil }
    return tag.end + 1
  }

  private struct Tag {
    let name: String
    let isClosing: Bool
    let hasAttributes: Bool
    let end: Int

    init?(_ bytes: [UInt8], _ start: Int) {
      var index = start + 1
      isClosing = index < bytes.count && bytes[index] == UInt8(ascii: "/")
      if isClosing { index += 1 }
      let nameStart = index
      while index < bytes.count, Tag.isName(bytes[index]) { index += 1 }
      guard index > nameStart, !(0x30...0x39).contains(bytes[nameStart]) else { return nil }
      name = String(decoding: bytes[nameStart..<index], as: UTF8.self).lowercased()
      let attributesStart = index
      var quote: UInt8?
      while index < bytes.count, index - start < 10_000 {
        let byte = bytes[index]
        if let open = quote {
          if byte == open { quote = nil }
        } else if byte == UInt8(ascii: "]") {
          break
        } else if byte == UInt8(ascii: "[") {
          return nil
        } else if byte == UInt8(ascii: "\"") {
          quote = byte
        }
        index += 1
      }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "]") else { return nil }
      let attributes = bytes[attributesStart..<index]
      // “[see the report]” has words, and no attributes.
      guard attributes.isEmpty || [0x20, 0x0A, 0x0D, 0x09, 0x2F].contains(attributes.first) else {
        return nil
      }
      hasAttributes = attributes.contains(UInt8(ascii: "="))
      end = index + 1
    }

    private static func isName(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D
        || byte == 0x5F
    }
  }

  private static let known: Set<String> = [
    "gallery", "caption", "wp_caption", "embed", "audio", "video", "playlist",
  ]

  private static func isRemoved(_ tag: Tag, _ bytes: [UInt8], _ removed: Set<String>) -> Bool {
    if known.contains(tag.name) || tag.name.contains("_") { return true }
    if tag.isClosing { return removed.contains(tag.name) }
    if tag.hasAttributes { return true }
    let closing = Array("[/\(tag.name)]".utf8)
    var index = tag.end
    while index + closing.count <= bytes.count {
      if bytes[index] == UInt8(ascii: "["), bytes[index...].starts(with: closing) { return true }
      index += 1
    }
    return false
  }
}
