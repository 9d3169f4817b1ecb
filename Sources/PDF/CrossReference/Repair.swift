// ISO 32000-1 Annex H.3 asks readers to rebuild a damaged cross-reference table by scanning the
// file for objects.

/// Finds the objects of a file without its cross-reference table.
struct Repair {
  /// What stands in the file.
  struct Findings {
    var table = CrossReference()
    /// Object streams, the first of the file first.
    ///
    /// What they hold is not yet in the table.
    var objectStreams: [Int] = []
    /// A document catalogue, if no trailer names one.
    var catalog: Reference?
  }

  let octets: [UInt8]
  let limits: Limits

  func findings() -> Findings {
    var findings = Findings()
    var trailers: [[String: Object]] = []
    let scanner = Scanner(octets)
    var index = 0
    let last = octets.count - 3
    while index <= last {
      let octet = octets[index]
      if octet == 0x6F, octets[index + 1] == 0x62, octets[index + 2] == 0x6A {
        if let start = headStart(before: index) {
          note(objectAt: start, in: &findings, trailers: &trailers)
        }
        index += 3
      } else if octet == 0x74, scanner.matches("trailer", at: index) {
        var parser = ObjectParser(octets, from: index + 7, nesting: limits.nesting)
        if let trailer = parser.object().dictionary { trailers.append(trailer) }
        index += 7
      } else {
        index += 1
      }
    }
    // The newest trailer that names a catalogue counts; older ones fill in what it leaves out.
    for trailer in trailers.reversed() where trailer["Root"] != nil {
      findings.table.add(trailer: trailer)
    }
    for trailer in trailers.reversed() { findings.table.add(trailer: trailer) }
    if findings.table.trailer["Root"] == nil, let catalog = findings.catalog {
      findings.table.trailer["Root"] = .reference(catalog)
    }
    return findings
  }

  /// Where `12 0 obj` begins whose `obj` stands at an index.
  private func headStart(before index: Int) -> Int? {
    var position = index
    guard let generation = numberStart(before: position), generation < position else { return nil }
    position = generation
    guard position > 0, isWhite(octets[position - 1]) else { return nil }
    return numberStart(before: position)
  }

  /// Where a number begins that ends before an index, white space between them allowed.
  private func numberStart(before index: Int) -> Int? {
    var position = index
    while position > 0, isWhite(octets[position - 1]) { position -= 1 }
    let end = position
    while position > 0, end - position < 10, isDigit(octets[position - 1]) { position -= 1 }
    return position < end ? position : nil
  }

  private func note(
    objectAt start: Int, in findings: inout Findings, trailers: inout [[String: Object]]
  ) {
    var scanner = Scanner(octets, from: start)
    guard let reference = IndirectObjectReader.head(&scanner) else { return }
    // Of several objects with one number the last in the file is the newest.
    findings.table.entries[reference.number] = .offset(start, generation: reference.generation)
    scanner.skipWhite()
    guard scanner.matches("<<") else { return }
    // Objects are read only in part: their kind stands early, and a file of many objects that each
    // run to its end would otherwise cost the square of its size.
    var parser = ObjectParser(
      octets, from: scanner.position, to: min(octets.count, scanner.position + 1024),
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
