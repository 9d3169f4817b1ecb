// ISO 32000-1 §7.3: syntax of objects.

/// Parses objects.
///
/// Damaged objects are read as far as possible: an unclosed array or dictionary ends where
/// something follows that cannot be part of it.
struct ObjectParser {
  var scanner: Scanner
  /// The deepest nesting of arrays and dictionaries; deeper ones are read as null.
  let nesting: Int

  init(_ bytes: [UInt8], from position: Int = 0, to end: Int = .max, nesting: Int) {
    scanner = Scanner(bytes, from: position, to: end)
    self.nesting = nesting
  }

  init(_ scanner: Scanner, nesting: Int) {
    self.scanner = scanner
    self.nesting = nesting
  }

  /// A syntactic item.
  enum Item {
    case object(Object)
    /// A word that is not an object, such as `endobj` or an operator.
    case keyword(Range<Int>)
    case arrayEnd
    case dictionaryEnd
    case end
  }

  /// Reads an object; null if there is none.
  mutating func object() -> Object {
    if case .object(let object) = item() { return object }
    return .null
  }

  /// Reads the next item.
  mutating func item() -> Item { item(depth: 0) }

  private mutating func item(depth: Int) -> Item {
    scanner.skipWhite()
    guard let byte = scanner.next else { return .end }
    switch byte {
    case 0x30...0x39, 0x2B, 0x2D, 0x2E:
      return .object(numberOrReference())
    case 0x2F:
      return .object(.name(scanner.name()))
    case 0x28:
      var string: [UInt8] = []
      scanner.literalString(into: &string)
      return .object(.string(string))
    case 0x3C:
      if scanner.ahead(1) == 0x3C {
        scanner.position += 2
        // Null in place of deeper objects keeps the cost linear.
        return .object(depth < nesting ? dictionary(depth: depth + 1) : .null)
      }
      var string: [UInt8] = []
      scanner.hexadecimalString(into: &string)
      return .object(.string(string))
    case 0x5B:
      scanner.position += 1
      return .object(depth < nesting ? array(depth: depth + 1) : .null)
    case 0x5D:
      scanner.position += 1
      return .arrayEnd
    case 0x3E:
      scanner.position += scanner.ahead(1) == 0x3E ? 2 : 1
      return .dictionaryEnd
    case 0x29, 0x7B, 0x7D:
      scanner.position += 1
      return item(afterStrayIn: depth)
    default:
      let word = scanner.regular()
      if scanner.matches("true", at: word.lowerBound), word.count == 4 {
        return .object(.boolean(true))
      }
      if scanner.matches("false", at: word.lowerBound), word.count == 5 {
        return .object(.boolean(false))
      }
      if scanner.matches("null", at: word.lowerBound), word.count == 4 { return .object(.null) }
      return .keyword(word)
    }
  }

  /// Skips delimiters that are not part of the grammar, without recursion.
  private mutating func item(afterStrayIn depth: Int) -> Item {
    while true {
      scanner.skipWhite()
      guard let byte = scanner.next else { return .end }
      guard byte == 0x29 || byte == 0x7B || byte == 0x7D else { return item(depth: depth) }
      scanner.position += 1
    }
  }

  private mutating func array(depth: Int) -> Object {
    var elements: [Object] = []
    while true {
      let start = scanner.position
      switch item(depth: depth) {
      case .object(let object): elements.append(object)
      case .arrayEnd, .end: return .array(elements)
      case .keyword(let word) where !endsObject(word): continue
      case .dictionaryEnd, .keyword:
        scanner.position = start
        return .array(elements)
      }
    }
  }

  private mutating func dictionary(depth: Int) -> Object {
    var entries: [String: Object] = [:]
    while true {
      let start = scanner.position
      switch item(depth: depth) {
      case .object(.name(let key)):
        let valueStart = scanner.position
        switch item(depth: depth) {
        case .object(let value):
          // The first of two equal keys counts, as in other readers.
          if entries[key] == nil { entries[key] = value }
        case .dictionaryEnd, .end:
          return .dictionary(entries)
        case .arrayEnd:
          continue
        case .keyword(let word) where !endsObject(word): continue
        case .keyword:
          scanner.position = valueStart
          return .dictionary(entries)
        }
      case .object, .arrayEnd: continue
      case .keyword(let word) where !endsObject(word): continue
      case .dictionaryEnd, .end: return .dictionary(entries)
      case .keyword:
        scanner.position = start
        return .dictionary(entries)
      }
    }
  }

  /// Whether a word follows an object and only occurs in one that was not closed.
  ///
  /// Other words are parts of names with spaces, or malformed numbers.
  private func endsObject(_ word: Range<Int>) -> Bool {
    ["endobj", "obj", "stream", "endstream", "xref", "trailer", "startxref"].contains {
      scanner.matches($0, at: word.lowerBound)
    }
  }

  /// Reads a number, or a reference if a number and `R` follow.
  private mutating func numberOrReference() -> Object {
    let first = scanner.number()
    guard let number = first.integer else { return .real(first.value) }
    guard number >= 0, let byte = scanner.next, isWhite(byte) else { return .integer(number) }
    let after = scanner.position
    scanner.skipWhite()
    var digits = 0
    var generation = 0
    while let byte = scanner.next, isDigit(byte), digits < 6 {
      generation = generation * 10 + Int(byte - 0x30)
      digits += 1
      scanner.position += 1
    }
    if digits > 0, let byte = scanner.next, isWhite(byte) {
      scanner.skipWhite()
      if scanner.next == 0x52, scanner.ahead(1).map({ !isRegular($0) }) ?? true {
        scanner.position += 1
        return .reference(Reference(number: number, generation: generation))
      }
    }
    scanner.position = after
    return .integer(number)
  }
}
