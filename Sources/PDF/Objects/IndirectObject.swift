// ISO 32000-1 §7.3.10 (indirect objects), §7.3.8 (stream objects).

/// Reads `12 0 obj … endobj` from the file.
struct IndirectObjectReader {
  let bytes: [UInt8]
  let limits: Limits
  /// Resolves the value of a stream's `Length`.
  let length: (Object) -> Int?

  struct Result {
    var reference: Reference
    var object: Object
    /// Where reading stopped.
    var end: Int
  }

  /// Reads the object at an offset, possibly after white space.
  func read(at offset: Int) -> Result? {
    guard offset >= 0, offset < bytes.count else { return nil }
    var scanner = Scanner(bytes, from: offset)
    scanner.skipWhite()
    guard let reference = Self.head(&scanner) else { return nil }
    var parser = ObjectParser(scanner, nesting: limits.nesting)
    var object = parser.object()
    if case .dictionary(let dictionary) = object {
      parser.scanner.skipWhite()
      if parser.scanner.matches("stream") {
        parser.scanner.position += 6
        let data = streamData(&parser.scanner, length: dictionary["Length"])
        object = .stream(Stream(dictionary: dictionary, data: data, reference: reference))
      }
    }
    return Result(reference: reference, object: object, end: parser.scanner.position)
  }

  /// Reads `12 0 obj`.
  static func head(_ scanner: inout Scanner) -> Reference? {
    guard let digit = scanner.next, isDigit(digit), let number = scanner.number().integer else {
      return nil
    }
    scanner.skipWhite()
    guard let digit = scanner.next, isDigit(digit), let generation = scanner.number().integer else {
      return nil
    }
    scanner.skipWhite()
    guard scanner.matches("obj"), number <= CrossReference.largestNumber else { return nil }
    scanner.position += 3
    return Reference(number: number, generation: generation)
  }

  /// The range of a stream's data: `Length` bytes if `endstream` follows, else up to the next
  /// `endstream`.
  private func streamData(_ scanner: inout Scanner, length: Object?) -> Range<Int> {
    // A line feed, alone or after a carriage return, follows the keyword (§7.3.8.1); some writers
    // use a carriage return alone, or a space before it.
    while scanner.next == 0x20 { scanner.position += 1 }
    if scanner.next == 13 { scanner.position += 1 }
    if scanner.next == 10 { scanner.position += 1 }
    let start = scanner.position
    if let length, let count = self.length(length), count >= 0, count <= bytes.count - start {
      var after = Scanner(bytes, from: start + count)
      after.skipWhite()
      if after.matches("endstream") || after.matches("endobj") {
        scanner.position = after.position
        return start..<start + count
      }
    }
    let end = endOfStream(from: start)
    scanner.position = end
    return start..<end
  }

  private func endOfStream(from start: Int) -> Int {
    let scanner = Scanner(bytes)
    var index = start
    let last = bytes.count - 6
    while index <= last {
      if bytes[index] == 0x65, bytes[index + 1] == 0x6E, bytes[index + 2] == 0x64,
        scanner.matches("endstream", at: index) || scanner.matches("endobj", at: index)
      {
        var end = index
        // The line end before the keyword is not data.
        if end > start, bytes[end - 1] == 10 { end -= 1 }
        if end > start, bytes[end - 1] == 13 { end -= 1 }
        return end
      }
      index += 1
    }
    return bytes.count
  }
}
