// ISO 32000-1 §7.5.4 (cross-reference table), §7.5.5 (trailer), §7.5.6 (incremental updates),
// §7.5.8 (cross-reference streams, hybrid files).

/// The locations of a file's objects.
struct CrossReference {
  enum Entry: Equatable {
    case free
    /// An object at an offset.
    case offset(Int, generation: Int)
    /// An object in an object stream (§7.5.7).
    case compressed(stream: Int, index: Int)
  }

  var entries: [Int: Entry] = [:]
  /// The entries of all trailers; newer ones take precedence.
  var trailer: [String: Object] = [:]

  /// The largest object number (Annex C.2).
  static let largestNumber = 8_388_607

  /// Adds an entry of an older section unless the object has one.
  mutating func add(_ number: Int, _ entry: Entry) {
    guard number >= 0, number <= Self.largestNumber, entries[number] == nil else { return }
    entries[number] = entry
  }

  mutating func add(trailer older: [String: Object]) {
    trailer.merge(older) { newer, _ in newer }
  }
}

/// Reads the sections of a cross-reference table from newest to oldest.
struct CrossReferenceReader {
  let bytes: [UInt8]
  /// The position of the header, from which offsets count (§7.5.2).
  let origin: Int
  let limits: Limits
  /// Decodes a cross-reference stream.
  let decode: (Stream) -> [UInt8]

  private(set) var result = CrossReference()
  private var visited: Set<Int> = []

  init(
    bytes: [UInt8], origin: Int, limits: Limits, decode: @escaping (Stream) -> [UInt8]
  ) {
    self.bytes = bytes
    self.origin = origin
    self.limits = limits
    self.decode = decode
  }

  /// Follows the table from `startxref`; nil if a section cannot be read.
  mutating func read() -> CrossReference? {
    guard let start = lastStart() else { return nil }
    var pending = [start]
    while let offset = pending.popLast() {
      guard visited.insert(offset).inserted else { continue }
      guard let trailer = section(at: offset) else { return nil }
      result.add(trailer: trailer)
      if let previous = trailer["Prev"]?.integer { pending.append(previous) }
      // The objects of a hybrid file's stream take precedence over older sections.
      if let hybrid = trailer["XRefStm"]?.integer { pending.append(hybrid) }
    }
    return result.trailer["Root"] == nil ? nil : result
  }

  /// The offset after the last `startxref`.
  private func lastStart() -> Int? {
    let scanner = Scanner(bytes)
    var index = bytes.count - 9
    let first = max(0, bytes.count - 2048)
    while index >= first {
      if bytes[index] == 0x73, scanner.matches("startxref", at: index) {
        var number = Scanner(bytes, from: index + 9)
        number.skipWhite()
        guard let digit = number.next, isDigit(digit) else { return nil }
        return number.number().integer
      }
      index -= 1
    }
    return nil
  }

  /// Reads the section at an offset and returns its trailer.
  private mutating func section(at offset: Int) -> [String: Object]? {
    guard offset >= 0, offset < bytes.count - origin else { return nil }
    for start in origin == 0 ? [offset] : [offset + origin, offset] {
      var scanner = Scanner(bytes, from: start)
      scanner.skipWhite()
      if scanner.matches("xref") {
        scanner.position += 4
        return table(&scanner)
      }
      if let digit = scanner.next, isDigit(digit), let trailer = stream(scanner) { return trailer }
    }
    return nil
  }

  /// Reads the subsections after `xref`, and the trailer.
  private mutating func table(_ scanner: inout Scanner) -> [String: Object]? {
    while true {
      scanner.skipWhite()
      guard let byte = scanner.next else { return nil }
      guard isDigit(byte) else { break }
      guard let first = scanner.number().integer else { return nil }
      scanner.skipWhite()
      guard let digit = scanner.next, isDigit(digit), let count = scanner.number().integer else {
        return nil
      }
      var number = first
      var left = count
      while left > 0 {
        scanner.skipWhite()
        // The table is shorter than declared.
        guard let digit = scanner.next, isDigit(digit) else { break }
        guard let offset = scanner.number().integer else { return nil }
        scanner.skipWhite()
        guard let generation = scanner.number().integer else { return nil }
        scanner.skipWhite()
        switch scanner.next {
        case 0x6E: result.add(number, .offset(offset + origin, generation: generation))
        case 0x66: result.add(number, .free)
        default: return nil
        }
        scanner.position += 1
        guard number < CrossReference.largestNumber else { return nil }
        number += 1
        left -= 1
      }
    }
    guard scanner.matches("trailer") else { return nil }
    scanner.position += 7
    var parser = ObjectParser(scanner, nesting: limits.nesting)
    return parser.object().dictionary
  }

  /// Reads a cross-reference stream (§7.5.8.2).
  private mutating func stream(_ scanner: Scanner) -> [String: Object]? {
    guard
      let read = IndirectObjectReader(bytes: bytes, limits: limits, length: { $0.integer })
        .read(at: scanner.position),
      let stream = read.object.stream,
      stream.dictionary["Type"]?.name == "XRef"
    else { return nil }
    CrossReferenceStream(stream, origin: origin, data: decode(stream))?.add(to: &result)
    return stream.dictionary
  }
}

/// The entries of a cross-reference stream (§7.5.8.3).
struct CrossReferenceStream {
  private let data: [UInt8]
  private let origin: Int
  private let widths: [Int]
  private let sections: [Object]

  /// Decodes a stream; nil if its dictionary does not give the field widths.
  init?(_ stream: Stream, origin: Int, data: [UInt8]) {
    guard let fields = stream.dictionary["W"]?.array, fields.count >= 3 else { return nil }
    widths = fields.prefix(3).map { $0.integer ?? -1 }
    guard widths.allSatisfy({ (0...8).contains($0) }), widths.contains(where: { $0 > 0 }) else {
      return nil
    }
    sections =
      stream.dictionary["Index"]?.array
      ?? [.integer(0), stream.dictionary["Size"] ?? .integer(.max)]
    self.data = data
    self.origin = origin
  }

  func add(to table: inout CrossReference) {
    let width = widths[0] + widths[1] + widths[2]
    var position = 0
    var section = 0
    while section + 1 < sections.count {
      guard var number = sections[section].integer, var left = sections[section + 1].integer,
        number >= 0
      else { return }
      section += 2
      while left > 0, position <= data.count - width, number <= CrossReference.largestNumber {
        let type = widths[0] == 0 ? 1 : field(position, widths[0])
        let second = field(position + widths[0], widths[1])
        let third = field(position + widths[0] + widths[1], widths[2])
        switch type {
        case 0: table.add(number, .free)
        case 1 where second <= Int.max - origin:
          table.add(number, .offset(second + origin, generation: third))
        case 2: table.add(number, .compressed(stream: second, index: third))
        default: break
        }
        position += width
        number += 1
        left -= 1
      }
    }
  }

  /// A big-endian field; an impossible offset if it does not fit.
  private func field(_ start: Int, _ width: Int) -> Int {
    var value: UInt64 = 0
    for index in start..<start + width { value = value << 8 | UInt64(data[index]) }
    return Int(exactly: value) ?? Int.max
  }
}
