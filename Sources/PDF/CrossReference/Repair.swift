// ISO 32000-1 Annex H.3: a damaged cross-reference table is rebuilt by scanning the file for
// objects.

/// Finds the objects of a file without its cross-reference table.
struct Repair {
  /// The result of a scan.
  struct Findings {
    var table = CrossReference()
    /// The object streams in file order; their objects are not yet in the table.
    var objectStreams: [Int] = []
    /// A document catalogue, if no trailer names one.
    var catalog: Reference?
  }

  let bytes: [UInt8]
  let limits: Limits

  func findings() -> Findings {
    var findings = Findings()
    var trailers: [[String: Object]] = []
    let scanner = Scanner(bytes)
    var index = 0
    let last = bytes.count - 3
    while index <= last {
      let byte = bytes[index]
      if byte == 0x6F, bytes[index + 1] == 0x62, bytes[index + 2] == 0x6A {
        if let start = headStart(before: index) {
          note(objectAt: start, in: &findings, trailers: &trailers)
        }
        index += 3
      } else if byte == 0x74, scanner.matches("trailer", at: index) {
        var parser = ObjectParser(bytes, from: index + 7, nesting: limits.nesting)
        if let trailer = parser.object().dictionary { trailers.append(trailer) }
        index += 7
      } else {
        index += 1
      }
    }
    // The newest trailer with a catalogue is used; older ones supply missing entries.
    for trailer in trailers.reversed() where trailer["Root"] != nil {
      findings.table.add(trailer: trailer)
    }
    for trailer in trailers.reversed() { findings.table.add(trailer: trailer) }
    if findings.table.trailer["Root"] == nil, let catalog = findings.catalog {
      findings.table.trailer["Root"] = .reference(catalog)
    }
    return findings
  }

  /// The start of `12 0 obj`, given the index of `obj`.
  private func headStart(before index: Int) -> Int? {
    var position = index
    guard let generation = numberStart(before: position), generation < position else { return nil }
    position = generation
    guard position > 0, isWhite(bytes[position - 1]) else { return nil }
    return numberStart(before: position)
  }

  /// The start of a number that ends before an index, possibly with white space between.
  private func numberStart(before index: Int) -> Int? {
    var position = index
    while position > 0, isWhite(bytes[position - 1]) { position -= 1 }
    let end = position
    while position > 0, end - position < 10, isDigit(bytes[position - 1]) { position -= 1 }
    return position < end ? position : nil
  }

  private func note(
    objectAt start: Int, in findings: inout Findings, trailers: inout [[String: Object]]
  ) {
    var scanner = Scanner(bytes, from: start)
    guard let reference = IndirectObjectReader.head(&scanner) else { return }
    // Of several objects with one number, the last in the file is the newest.
    findings.table.entries[reference.number] = .offset(start, generation: reference.generation)
    scanner.skipWhite()
    guard scanner.matches("<<") else { return }
    // Objects are read only in part: their kind is near the start, and reading each to its end
    // would take quadratic time.
    var parser = ObjectParser(
      bytes, from: scanner.position, to: min(bytes.count, scanner.position + 1024),
      nesting: limits.nesting)
    guard let dictionary = parser.object().dictionary else { return }
    switch dictionary["Type"]?.name {
    case "ObjStm": findings.objectStreams.append(reference.number)
    case "XRef": trailers.append(dictionary)
    case "Catalog" where dictionary["Pages"] != nil: findings.catalog = reference
    default: break
    }
  }
}
