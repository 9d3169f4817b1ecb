// ISO 32000-1 §7.8.2 (content streams): operands and operators.

/// An operand of a content stream.
package enum Operand {
  case number(Double)
  /// A string, as a range of ``ContentReader/strings``.
  case string(Int, Int)
  case name(String)
  case arrayStart
  case arrayEnd
  case dictionary([String: Object])
  case other
}

/// Reads the operands and operators of a content stream.
///
/// Storage is reused for each operator, because a page has tens of thousands.
package struct ContentReader {
  var scanner: Scanner
  let nesting: Int
  package private(set) var operands: [Operand] = []
  /// The bytes of the string operands.
  package private(set) var strings: [UInt8] = []
  /// The number of strings, dictionaries and images without an end.
  ///
  /// Each was read to the end of the content, so after some they are no longer looked for.
  private var unclosed = 0
  private var isUnbalanced: Bool { unclosed > Self.mostUnclosed }
  /// Whether something had no end.
  package var isDamaged: Bool { unclosed > 0 }

  package init(_ bytes: [UInt8], nesting: Int) {
    scanner = Scanner(bytes)
    self.nesting = nesting
  }

  /// Operators take at most six operands, except for the array of `TJ`.
  private static let mostOperands = 100_000
  /// Damaged content has few; content made to waste time has many.
  private static let mostUnclosed = 16

  /// Reads up to the next operator.
  ///
  /// - Returns: The operator, its bytes in the order of a big-endian number, or nil at the end.
  package mutating func next() -> UInt32? {
    operands.removeAll(keepingCapacity: true)
    strings.removeAll(keepingCapacity: true)
    while true {
      scanner.skipWhite()
      guard let byte = scanner.next else { return nil }
      switch byte {
      case 0x30...0x39, 0x2B, 0x2D, 0x2E:
        add(.number(scanner.number().value))
      case 0x28:
        let start = strings.count
        let place = scanner.position
        if !isUnbalanced { scanner.literalString(into: &strings) }
        if isUnbalanced || isUnclosed(place, by: 0x29) {
          strings.removeSubrange(start...)
          readDamagedString(from: place)
        }
        add(.string(start, strings.count))
      case 0x2F:
        add(.name(scanner.name()))
      case 0x5B:
        scanner.position += 1
        add(.arrayStart)
      case 0x5D:
        scanner.position += 1
        add(.arrayEnd)
      case 0x3C:
        let place = scanner.position
        if scanner.ahead(1) == 0x3C {
          var parser = ObjectParser(scanner, nesting: nesting)
          let dictionary = isUnbalanced ? nil : parser.object().dictionary
          scanner.position = isUnbalanced ? place + 2 : parser.scanner.position
          if isUnclosed(place, by: 0x3E) { scanner.position = place + 2 }
          add(dictionary.map { .dictionary($0) } ?? .other)
        } else {
          let start = strings.count
          if !isUnbalanced { scanner.hexadecimalString(into: &strings) }
          if isUnbalanced || isUnclosed(place, by: 0x3E) {
            strings.removeSubrange(start...)
            scanner.position = place + 1
          }
          add(.string(start, strings.count))
        }
      case 0x3E, 0x29, 0x7B, 0x7D:
        scanner.position += 1
      default:
        if let name = operatorName() { return name }
      }
    }
  }

  /// Whether an object ran to the end of the content without its closing byte.
  private mutating func isUnclosed(_ place: Int, by closing: UInt8) -> Bool {
    guard scanner.isAtEnd, scanner.bytes[scanner.end - 1] != closing else { return false }
    unclosed += 1
    return true
  }

  /// Reads a string of damaged content, which ends at the next parenthesis or line end.
  private mutating func readDamagedString(from place: Int) {
    var index = place + 1
    while index < scanner.end, ![0x29, 0x28, 10, 13].contains(scanner.bytes[index]) {
      if scanner.bytes[index] == 0x5C { index += 1 }
      if index < scanner.end { strings.append(scanner.bytes[index]) }
      index += 1
    }
    let isClosed = index < scanner.end && scanner.bytes[index] == 0x29
    scanner.position = isClosed ? index + 1 : index
  }

  private mutating func add(_ operand: Operand) {
    if operands.count < Self.mostOperands { operands.append(operand) }
  }

  private mutating func operatorName() -> UInt32? {
    let range = scanner.regular()
    guard range.count <= 4 else {
      // `true`, `false` and `null` are operands; no operator is as long as the rest.
      add(.other)
      return range.count == 5 && scanner.matches("false", at: range.lowerBound) ? nil : 0
    }
    var name: UInt32 = 0
    for index in range { name = name << 8 | UInt32(scanner.bytes[index]) }
    if name == Self.code("true") || name == Self.code("null") {
      add(.other)
      return nil
    }
    return name
  }

  /// The number that represents an operator.
  static func code(_ name: String) -> UInt32 {
    name.utf8.reduce(0) { $0 << 8 | UInt32($1) }
  }

  // MARK: Operands by place

  /// The last numbers before the operator; nil if there are fewer.
  package func numbers(_ count: Int) -> [Double]? {
    guard operands.count >= count else { return nil }
    var result: [Double] = []
    for operand in operands.suffix(count) {
      guard case .number(let value) = operand else { return nil }
      result.append(value)
    }
    return result
  }

  package var number: Double? {
    if case .number(let value)? = operands.last { return value }
    return nil
  }

  package func number(at index: Int) -> Double? {
    guard index < operands.count, case .number(let value) = operands[index] else { return nil }
    return value
  }

  package func name(at index: Int) -> String? {
    guard index < operands.count, case .name(let value) = operands[index] else { return nil }
    return value
  }

  // MARK: Inline images

  /// Reads an inline image (§8.9.7) after `BI`, including `EI`.
  ///
  /// - Returns: The image; nil if there is none.
  @discardableResult
  package mutating func inlineImage() -> InlineImage? {
    let start = scanner.position
    var image = InlineImage(dictionary: [:], data: [])
    var key: String?
    while true {
      scanner.skipWhite()
      if scanner.matches("ID"), scanner.ahead(2).map(isWhite) ?? true { break }
      var parser = ObjectParser(scanner, nesting: nesting)
      switch parser.item() {
      case .end:
        // There is no image here.
        scanner.position = isUnbalanced ? scanner.end : start
        unclosed += 1
        return nil
      case .object(let object):
        if let name = key {
          image.dictionary[InlineImage.keys[name] ?? name] = object
          key = nil
        } else {
          key = object.name
        }
      default: break
      }
      scanner.position = max(parser.scanner.position, scanner.position + 1)
    }
    scanner.position = min(scanner.position + 3, scanner.end)
    let bytes = scanner.bytes
    let first = scanner.position
    // Plain samples have a known length, and some writers put no space after them.
    if let length = image.plainLength, length <= scanner.end - first {
      var end = Scanner(bytes, from: first + length, to: scanner.end)
      end.skipWhite()
      if end.matches("EI"), end.ahead(2).map(isWhite) ?? true {
        scanner.position = end.position + 2
        image.data = Array(bytes[first..<first + length])
        return image
      }
    }
    var index = first
    while index + 1 < scanner.end {
      if bytes[index] == 0x45, bytes[index + 1] == 0x49, index > 0, isWhite(bytes[index - 1]),
        isFollowedByContent(index + 2)
      {
        scanner.position = index + 2
        image.data = Array(bytes[first..<max(first, index - 1)])
        return image
      }
      index += 1
    }
    scanner.position = scanner.end
    unclosed += 1
    return nil
  }

  /// Whether content follows a place, and not image data that contains `EI` by chance.
  private func isFollowedByContent(_ start: Int) -> Bool {
    guard start < scanner.end else { return true }
    guard isWhite(scanner.bytes[start]) else { return false }
    return scanner.bytes[start..<min(start + 16, scanner.end)].allSatisfy {
      $0 < 0x7F && ($0 >= 0x20 || isWhite($0)) && $0 != 0
    }
  }
}
