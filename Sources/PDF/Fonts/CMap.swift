// ISO 32000-1 §9.7.5 (CMaps), §9.10.3 (ToUnicode CMaps); Adobe Technical Notes 5014 and 5411.

/// Splits strings into character codes and maps codes to glyphs.
struct CMap {
  /// Codes of a number of bytes, each byte between two bounds.
  struct CodeSpace {
    var bytes: Int
    var low: Int
    var high: Int

    func contains(_ code: Int) -> Bool {
      for place in 0..<bytes {
        let shift = 8 * place
        let byte = code >> shift & 255
        if byte < low >> shift & 255 || byte > high >> shift & 255 { return false }
      }
      return true
    }
  }

  /// Empty for all two-byte codes.
  var codeSpaces: [CodeSpace] = []
  /// The glyph of each code plus one, because zero is a glyph.
  private var glyphs = CodeMap()
  /// The characters of codes, for ToUnicode CMaps.
  var text = CodeMap()
  var isVertical = false
  /// Whether two-byte codes are glyph numbers.
  var isIdentity = false
  /// The Unicode encoding form of the codes; nil for other codes.
  var form: UnicodeForm?
  /// The characters of codes above FFFF.
  var scalarOfWide: ((Int) -> UInt32)?

  static func identity(isVertical: Bool) -> CMap {
    CMap(isVertical: isVertical, isIdentity: true)
  }

  /// Reads the next code of a string.
  ///
  /// Bytes that begin no code are a code of the shortest length (TN 5014 §7.2).
  ///
  /// - Parameters:
  ///   - string: The bytes.
  ///   - position: Where the code begins; moved behind it.
  /// - Returns: The code and how many bytes it has.
  func code(in string: ArraySlice<UInt8>, at position: inout Int) -> (code: Int, bytes: Int) {
    if let form {
      let start = position
      let code = Int(form.scalar(in: string, at: &position))
      return (code, position - start)
    }
    if codeSpaces.isEmpty {
      let high = Int(string[position])
      position += 1
      guard position < string.endIndex else { return (high, 1) }
      position += 1
      return (high << 8 | Int(string[position - 1]), 2)
    }
    var code = 0
    let start = position
    for count in 1...4 {
      guard start + count <= string.endIndex else { break }
      code = code << 8 | Int(string[start + count - 1])
      for space in codeSpaces where space.bytes == count && space.contains(code) {
        position = start + count
        return (code, count)
      }
    }
    let shortest = codeSpaces.map(\.bytes).min() ?? 1
    let count = min(shortest, string.endIndex - start)
    code = 0
    for byte in string[start..<start + count] { code = code << 8 | Int(byte) }
    position = start + count
    return (code, count)
  }

  /// The glyph of a code.
  func cid(_ code: Int) -> Int {
    if isIdentity { return code }
    let glyph = Int(glyphs[code])
    return glyph > 0 ? glyph - 1 : 0
  }

  mutating func select(_ cid: Int, for code: Int) {
    guard (0...0xFFFF).contains(cid) else { return }
    glyphs[code] = UInt32(cid + 1)
  }
}

/// Parses CMap files and streams.
struct CMapParser {
  private var parser: ObjectParser
  private let pool: TextPool
  private(set) var result: CMap
  /// The name before `usecmap`.
  private(set) var used: String?
  /// A map has at most 65536 codes; this bounds one that repeats them.
  private var budget = 300_000

  init(_ bytes: [UInt8], pool: TextPool, nesting: Int, base: CMap = CMap()) {
    parser = ObjectParser(bytes, nesting: nesting)
    self.pool = pool
    result = base
  }

  mutating func parse() {
    var last: [Object] = []
    while budget > 0 {
      switch parser.item() {
      case .object(let object):
        last.append(object)
        if last.count > 4 { last.removeFirst() }
      case .keyword(let range):
        switch parser.scanner.text(range) {
        case "begincodespacerange": codeSpaces()
        case "beginbfchar": characters()
        case "beginbfrange": ranges()
        case "begincidchar": cidCharacters()
        case "begincidrange": cidRanges()
        case "usecmap": used = last.last?.name
        case "def" where last.count >= 2 && last[last.count - 2].name == "WMode":
          result.isVertical = last.last?.integer == 1
        default: break
        }
        last.removeAll(keepingCapacity: true)
      case .end: return
      case .arrayEnd, .dictionaryEnd: break
      }
      budget -= 1
    }
  }

  /// The objects up to the next keyword, which ends a section.
  private mutating func operands(_ count: Int) -> [Object]? {
    var objects: [Object] = []
    while objects.count < count {
      guard budget > 0, case .object(let object) = parser.item() else { return nil }
      objects.append(object)
      budget -= 1
    }
    return objects
  }

  private func code(_ object: Object) -> Int? {
    if let string = object.string {
      guard (1...4).contains(string.count) else { return nil }
      return string.reduce(0) { $0 << 8 | Int($1) }
    }
    return object.integer
  }

  private mutating func codeSpaces() {
    while let pair = operands(2) {
      guard let low = code(pair[0]), let high = code(pair[1]), let count = pair[1].string?.count,
        result.codeSpaces.count < 200
      else { continue }
      result.codeSpaces.append(CMap.CodeSpace(bytes: count, low: low, high: high))
    }
  }

  /// The scalars of a destination.
  private func scalars(_ object: Object) -> [UInt32] {
    if let name = object.name { return GlyphNames.scalars(name) }
    if let number = object.integer {
      return number > 0 && number < 0x110000 ? [UInt32(number)] : []
    }
    guard let string = object.string else { return [] }
    if string.count == 1 { return [UInt32(string[0])] }
    let units = stride(from: 0, to: min(string.count, 1024) - 1, by: 2).map {
      UInt16(string[$0]) << 8 | UInt16(string[$0 + 1])
    }
    return scalarsOf(utf16: units)
  }

  private mutating func characters() {
    while let pair = operands(2) {
      guard let code = code(pair[0]) else { continue }
      result.text[code] = pool.text(scalars(pair[1]))
    }
  }

  private mutating func ranges() {
    while let triple = operands(3) {
      guard let low = code(triple[0]), let high = code(triple[1]), low <= high, low <= 0xFFFF
      else { continue }
      let end = min(high, 0xFFFF)
      budget -= end - low
      if let destinations = triple[2].array {
        for (place, destination) in destinations.enumerated() where place <= end - low {
          result.text[low + place] = pool.text(scalars(destination))
        }
        continue
      }
      var scalars = scalars(triple[2])
      guard let first = scalars.last else { continue }
      for code in low...end {
        let next = first + UInt32(code - low)
        guard next < 0x110000 else { break }
        scalars[scalars.count - 1] = next
        result.text[code] = pool.text(scalars)
        if budget <= 0 { return }
      }
    }
  }

  private mutating func cidCharacters() {
    while let pair = operands(2) {
      guard let code = code(pair[0]), let cid = pair[1].integer else { continue }
      result.select(cid, for: code)
    }
  }

  private mutating func cidRanges() {
    while let triple = operands(3) {
      guard let low = code(triple[0]), let high = code(triple[1]), let cid = triple[2].integer,
        (0...0xFFFF).contains(cid), low <= high, low <= 0xFFFF
      else { continue }
      let end = min(high, 0xFFFF)
      budget -= end - low
      for code in low...end { result.select(cid + (code - low), for: code) }
    }
  }
}
