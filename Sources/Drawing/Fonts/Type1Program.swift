// Adobe Type 1 Font Format §2 (structure), §7 (encryption).

internal import PDF

/// The charstrings of a Type 1 font program.
struct Type1Program {
  private(set) var charStrings: [String: [UInt8]] = [:]
  /// The glyph names in the order of the program.
  private(set) var names: [String] = []
  private(set) var subroutines: [Int: [UInt8]] = [:]
  /// From glyph space to the em.
  private(set) var matrix = Matrix(a: 0.001, d: 0.001)
  /// The number of random bytes before each charstring.
  private var skipped = 4

  private static let mostGlyphs = 20_000

  /// Nil if no glyphs are found.
  init?(_ file: [UInt8]) {
    let bytes = Self.withoutSegmentHeaders(file)
    guard let start = Self.find("eexec", in: bytes, from: 0) else { return nil }
    readMatrix(Array(bytes[..<start]))
    var place = start + 5
    while place < bytes.count, [9, 10, 13, 32].contains(bytes[place]) { place += 1 }
    let encrypted = Array(bytes[place...])
    let isHexadecimal = encrypted.prefix(4).allSatisfy { Self.digit($0) != nil }
    let data = isHexadecimal ? Self.bytes(hexadecimal: encrypted) : encrypted
    read(Self.decrypt(data, key: 55665, skipping: 4))
    guard !charStrings.isEmpty else { return nil }
  }

  /// The outline of a glyph, in thousandths of the em.
  func outline(of name: String) -> Outline {
    guard let charString = charStrings[name] else { return Outline() }
    var interpreter = Type1Interpreter(program: self)
    let outline = interpreter.run(charString)
    if matrix == Matrix(a: 0.001, d: 0.001) { return outline }
    return outline.transformed(by: matrix.concatenated(Matrix(a: 1000, d: 1000)))
  }

  // MARK: Reading

  private mutating func readMatrix(_ head: [UInt8]) {
    guard let start = Self.find("/FontMatrix", in: head, from: 0) else { return }
    let text = String(decoding: head[start...].prefix(200), as: UTF8.self)
    guard let open = text.firstIndex(where: { $0 == "[" || $0 == "{" }),
      let close = text[open...].firstIndex(where: { $0 == "]" || $0 == "}" })
    else { return }
    let numbers = text[text.index(after: open)..<close].split(whereSeparator: \.isWhitespace)
      .compactMap { Double($0) }
    if numbers.count == 6, abs(numbers[0]) > 1e-6 { matrix = Matrix(numbers: numbers) }
  }

  private mutating func read(_ bytes: [UInt8]) {
    if let start = Self.find("/lenIV", in: bytes, from: 0) {
      var place = start + 6
      skipped = Self.number(bytes, &place) ?? 4
    }
    let glyphs = Self.find("/CharStrings", in: bytes, from: 0) ?? bytes.count
    if let start = Self.find("/Subrs", in: bytes, from: 0) {
      readSubroutines(bytes, from: start + 6, to: start < glyphs ? glyphs : bytes.count)
    }
    readGlyphs(bytes, from: glyphs + 12)
  }

  private mutating func readSubroutines(_ bytes: [UInt8], from start: Int, to end: Int) {
    var place = start
    while subroutines.count < 65536, let next = Self.find("dup", in: bytes, from: place),
      next < end
    {
      place = next + 3
      guard let index = Self.number(bytes, &place), let count = Self.number(bytes, &place),
        let data = Self.data(bytes, count, &place)
      else { continue }
      subroutines[index] = Self.decrypt(data, key: 4330, skipping: skipped)
    }
  }

  private mutating func readGlyphs(_ bytes: [UInt8], from start: Int) {
    var place = start
    while place < bytes.count, names.count < Self.mostGlyphs {
      if bytes[place] == 0x65, Self.matches("end", in: bytes, at: place), !names.isEmpty { return }
      guard bytes[place] == 0x2F else {
        place += 1
        continue
      }
      var end = place + 1
      while end < bytes.count, bytes[end] > 32 { end += 1 }
      let name = String(decoding: bytes[place + 1..<end], as: UTF8.self)
      place = end
      guard let count = Self.number(bytes, &place), let data = Self.data(bytes, count, &place)
      else { continue }
      if charStrings[name] == nil { names.append(name) }
      charStrings[name] = Self.decrypt(data, key: 4330, skipping: skipped)
    }
  }

  /// Reads a number after white space.
  private static func number(_ bytes: [UInt8], _ place: inout Int) -> Int? {
    while place < bytes.count, bytes[place] <= 32 { place += 1 }
    let start = place
    var value = 0
    while place < bytes.count, bytes[place] &- 0x30 < 10, value < 1 << 24 {
      value = value * 10 + Int(bytes[place] - 0x30)
      place += 1
    }
    return place > start ? value : nil
  }

  /// Reads the binary data after `RD` and one space.
  private static func data(_ bytes: [UInt8], _ count: Int, _ place: inout Int) -> [UInt8]? {
    var index = place
    while index < bytes.count, bytes[index] <= 32 { index += 1 }
    while index < bytes.count, bytes[index] > 32 { index += 1 }
    index += 1
    guard count <= bytes.count - index else { return nil }
    place = index + count
    return Array(bytes[index..<index + count])
  }

  private static func matches(_ word: String, in bytes: [UInt8], at place: Int) -> Bool {
    let word = Array(word.utf8)
    return place + word.count <= bytes.count
      && bytes[place..<place + word.count].elementsEqual(word)
  }

  private static func find(_ word: String, in bytes: [UInt8], from start: Int) -> Int? {
    let word = Array(word.utf8)
    var place = start
    while place + word.count <= bytes.count {
      if bytes[place] == word[0], bytes[place..<place + word.count].elementsEqual(word) {
        return place
      }
      place += 1
    }
    return nil
  }

  /// Removes the segment headers of a PFB file.
  private static func withoutSegmentHeaders(_ file: [UInt8]) -> [UInt8] {
    guard file.first == 0x80 else { return file }
    var result: [UInt8] = []
    var place = 0
    while place + 6 <= file.count, file[place] == 0x80, file[place + 1] < 3 {
      let count = (2..<6).reversed().reduce(0) { $0 << 8 | Int(file[place + $1]) }
      let end = min(place + 6 + count, file.count)
      result += file[(place + 6)..<end]
      place = end
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  private static func bytes(hexadecimal text: [UInt8]) -> [UInt8] {
    let digits = text.compactMap(digit)
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  private static func decrypt(_ bytes: [UInt8], key: UInt16, skipping count: Int) -> [UInt8] {
    var state = key
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      result.append(byte ^ UInt8(state >> 8))
      state = (UInt16(byte) &+ state) &* 52845 &+ 22719
    }
    return Array(result.dropFirst(count))
  }
}
