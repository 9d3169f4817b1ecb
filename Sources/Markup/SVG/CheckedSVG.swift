/// An SVG element made by ``SVG`` in another process, checked before it is put into an HTML page.
///
/// It has only the elements and attributes that ``SVG`` writes, one element at the top, every tag
/// closed, and references only into itself and to pictures in it. So a process that a hostile file
/// has taken over cannot put anything else into a page.
package struct CheckedSVG: Sendable, Equatable {
  package let bytes: [UInt8]

  /// Checks an element; nil if it is anything but what ``SVG`` writes.
  package init?(_ bytes: [UInt8]) {
    var checker = SVGChecker(bytes)
    guard checker.isSound() else { return nil }
    self.bytes = bytes
  }
}

private struct SVGChecker {
  private typealias Name = ArraySlice<UInt8>

  private static let elements: Set<Name> = names(SVG.Element.allCases.map(\.rawValue))
  private static let attributes: Set<Name> = names(SVG.Attribute.allCases.map(\.rawValue))
  private static let namespace = Array("http://www.w3.org/2000/svg".utf8)
  private static let pictures = ["data:image/png;base64,", "data:image/jpeg;base64,"].map {
    Array($0.utf8)
  }

  private static func names(_ names: [String]) -> Set<Name> {
    Set(names.map { Array($0.utf8)[...] })
  }

  private let bytes: [UInt8]
  private var index = 0
  private var open: [Name] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func isSound() -> Bool {
    var isFirst = true
    while let tag = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      // Only white space outside the element.
      if open.isEmpty, !bytes[index..<tag].allSatisfy({ $0 <= 0x20 }) { return false }
      index = tag + 1
      guard peek != UInt8(ascii: "/") else {
        index += 1
        guard let name = name(), open.popLast() == name, take(">") else { return false }
        continue
      }
      guard let name = name(), Self.elements.contains(name), isFirst || !open.isEmpty,
        !isFirst || name.elementsEqual("svg".utf8), areAttributesSound()
      else { return false }
      isFirst = false
      if take("/") {
        guard take(">") else { return false }
      } else {
        guard take(">") else { return false }
        open.append(name)
      }
    }
    return !isFirst && open.isEmpty && bytes[index...].allSatisfy { $0 <= 0x20 }
  }

  private mutating func areAttributesSound() -> Bool {
    while take(" ") {
      guard let name = name(), take("="), take("\""),
        let end = bytes[index...].firstIndex(of: UInt8(ascii: "\""))
      else { return false }
      let value = bytes[index..<end]
      index = end + 1
      guard !value.contains(UInt8(ascii: "<")), isSound(value, of: name) else { return false }
    }
    return true
  }

  private func isSound(_ value: ArraySlice<UInt8>, of name: Name) -> Bool {
    if name.elementsEqual("xmlns".utf8) { return value.elementsEqual(Self.namespace) }
    if name.elementsEqual("href".utf8) {
      if value.first == UInt8(ascii: "#") { return value.dropFirst().allSatisfy(Self.isNameByte) }
      return Self.pictures.contains { value.starts(with: $0) }
    }
    guard Self.attributes.contains(name) else { return false }
    // `url(` may only lead into the document.
    guard let bracket = value.firstIndex(of: UInt8(ascii: "(")),
      value[..<bracket].elementsEqual("url".utf8)
    else { return !value.containsURL }
    let rest = value[(bracket + 1)...]
    return rest.first == UInt8(ascii: "#") && rest.last == UInt8(ascii: ")")
      && rest.dropFirst().dropLast().allSatisfy(Self.isNameByte)
  }

  private var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func name() -> Name? {
    let name = bytes[index...].prefix(while: Self.isNameByte)
    index = name.endIndex
    return name.isEmpty ? nil : name
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether `url(` occurs, in any case.
  fileprivate var containsURL: Bool {
    indices.contains { index in
      self[index] == UInt8(ascii: "(") && index - startIndex >= 3
        && self[(index - 3)..<index].map { $0 | 0x20 }.elementsEqual("url".utf8)
    }
  }
}
