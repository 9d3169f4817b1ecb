// ISO 32000-1 §7.5: file structure.

/// The objects of one file.
///
/// It is created for one call, such as ``text(of:limits:)``, and used on one thread.
package final class Document {
  let bytes: [UInt8]
  package let limits: Limits
  private(set) var trailer: [String: Object] = [:]
  private(set) var security: SecurityHandler?
  /// The defects, each once, in the order of discovery.
  private(set) var defects: [Defect] = []

  /// The numbers of streams whose data is or may be incomplete.
  package private(set) var damagedStreams: Set<Int> = []

  private var entries: [Int: CrossReference.Entry] = [:]
  private var objects: [Int: Object] = [:]
  private var objectStreams: [Int: ObjectStream] = [:]
  private var objectStreamBytes = 0
  /// Objects that are being read, to detect loops of lengths or object streams.
  private var reading: Set<Int> = []
  private var isRepaired = false
  var inflatedBytes = 0
  private let origin: Int

  package init(_ bytes: [UInt8], limits: Limits) throws(PDFError) {
    self.bytes = bytes
    self.limits = limits
    let header = Self.header(in: bytes)
    origin = header ?? 0
    var reader = CrossReferenceReader(
      bytes: bytes, origin: origin, limits: limits,
      decode: { stream in
        var budget = limits.streamBytes
        return Self.decode(stream, bytes: bytes, budget: &budget).bytes
      })
    if let table = reader.read() {
      entries = table.entries
      trailer = table.trailer
    }
    if catalog == nil { repair() }
    if header == nil, entries.isEmpty { throw .notPDF }
    if entries.isEmpty { throw .noPages(promised: 0) }
    try prepareSecurity()
  }

  /// The offset of `%PDF-`, which should be zero and is searched for in the first 1024 bytes (Annex
  /// H.3).
  private static func header(in bytes: [UInt8]) -> Int? {
    let scanner = Scanner(bytes)
    return (0..<min(1024, bytes.count)).first { scanner.matches("%PDF-", at: $0) }
  }

  /// The document catalogue (§7.7.2).
  package var catalog: [String: Object]? {
    guard let catalog = resolve(trailer["Root"])?.dictionary, catalog["Pages"] != nil else {
      return nil
    }
    return catalog
  }

  func note(_ defect: Defect) {
    if defects.count < 200, !defects.contains(defect) { defects.append(defect) }
  }

  // MARK: Objects

  /// The object that a reference leads to, or the object itself; nil for null and missing objects.
  package func resolve(_ object: Object?) -> Object? {
    guard var object else { return nil }
    var hops = 0
    while case .reference(let reference) = object {
      // A chain this long is a loop.
      guard hops < 32 else { return nil }
      hops += 1
      object = self.object(reference.number)
    }
    return object.isNull ? nil : object
  }

  package func dictionary(_ object: Object?) -> [String: Object]? { resolve(object)?.dictionary }
  package func array(_ object: Object?) -> [Object]? { resolve(object)?.array }
  package func name(_ object: Object?) -> String? { resolve(object)?.name }
  package func integer(_ object: Object?) -> Int? { resolve(object)?.integer }
  package func number(_ object: Object?) -> Double? { resolve(object)?.number }
  package func string(_ object: Object?) -> [UInt8]? { resolve(object)?.string }
  package func stream(_ object: Object?) -> Stream? { resolve(object)?.stream }
  package func isTrue(_ object: Object?) -> Bool {
    if case .boolean(true)? = resolve(object) { true } else { false }
  }

  /// An indirect object, or null.
  func object(_ number: Int) -> Object {
    if let known = objects[number] { return known }
    guard reading.insert(number).inserted else { return .null }
    defer { reading.remove(number) }
    var object = read(number)
    if object == nil, !isRepaired, let entry = entries[number], entry != .free {
      repair()
      object = read(number)
    }
    objects[number] = object ?? .null
    return object ?? .null
  }

  /// Like ``resolve(_:)``, for an object that is read only once and not cached.
  func resolveOnce(_ object: Object?) -> Object? {
    guard case .reference(let reference)? = object, objects[reference.number] == nil,
      reading.insert(reference.number).inserted
    else { return resolve(object) }
    defer { reading.remove(reference.number) }
    return resolve(read(reference.number))
  }

  private func read(_ number: Int) -> Object? {
    switch entries[number] {
    case nil, .free: return nil
    case .offset(let offset, _):
      let reader = IndirectObjectReader(
        bytes: bytes, limits: limits, length: { [unowned self] in integer($0) })
      guard let result = reader.read(at: offset), result.reference.number == number else {
        return nil
      }
      guard let security else { return result.object }
      return security.decrypted(result.object, of: result.reference)
    case .compressed(let stream, let index):
      return objectStream(stream)?.object(number, index: index, nesting: limits.nesting)
    }
  }

  private func objectStream(_ number: Int) -> ObjectStream? {
    if let known = objectStreams[number] { return known }
    // An object stream is never in an object stream.
    if case .compressed = entries[number] { return nil }
    guard case .stream(let stream) = object(number) else { return nil }
    let data = decode(stream)
    guard
      let result = ObjectStream(
        data, count: integer(stream.dictionary["N"]), first: integer(stream.dictionary["First"]))
    else { return nil }
    // Pages alternate between few object streams.
    if objectStreamBytes + data.count > 24 << 20 {
      objectStreams.removeAll()
      objectStreamBytes = 0
    }
    objectStreamBytes += data.count
    objectStreams[number] = result
    return result
  }

  /// Rebuilds the table from the objects found in the file.
  private func repair() {
    guard !isRepaired else { return }
    isRepaired = true
    let findings = Repair(bytes: bytes, limits: limits).findings()
    guard !findings.table.entries.isEmpty else { return }
    note(.rebuiltCrossReference)
    entries = findings.table.entries
    // The old trailer's encryption entry is used if the scan found no trailer.
    trailer = findings.table.trailer.merging(trailer) { found, _ in found }
    objects.removeAll()
    objectStreams.removeAll()
    if security == nil, trailer["Encrypt"] != nil { try? prepareSecurity() }
    for stream in findings.objectStreams {
      for (index, number) in (objectStream(stream)?.numbers ?? []).enumerated() {
        if case .offset = entries[number] { continue }
        entries[number] = .compressed(stream: stream, index: index)
      }
    }
    if catalog == nil { findCatalog() }
  }

  /// Searches all objects for a catalogue, or else creates one for the root of a page tree.
  private func findCatalog() {
    var root: Int?
    for number in entries.keys.sorted() {
      guard let dictionary = object(number).dictionary else { continue }
      switch name(dictionary["Type"]) {
      case "Catalog" where dictionary["Pages"] != nil:
        trailer["Root"] = .reference(Reference(number: number, generation: 0))
        return
      case "Pages" where dictionary["Parent"] == nil: root = root ?? number
      default: break
      }
    }
    guard let root else { return }
    trailer["Root"] = .dictionary([
      "Pages": .reference(Reference(number: root, generation: 0))
    ])
  }

  /// The numbers of all objects in ascending order.
  var objectNumbers: [Int] { entries.keys.sorted() }

  private func prepareSecurity() throws(PDFError) {
    guard let dictionary = self.dictionary(trailer["Encrypt"]) else { return }
    let resolved = dictionary.mapValues { resolve($0) ?? .null }
    let identifier = array(trailer["ID"])?.first.flatMap { string($0) } ?? []
    security = try SecurityHandler(
      resolved, identifier: identifier, encryptNumber: trailer["Encrypt"]?.reference?.number)
    // Objects read so far were not decrypted.
    objects.removeAll()
    objectStreams.removeAll()
  }

  // MARK: Streams

  /// The data of a stream, as far as it can be decoded.
  package func decode(_ stream: Stream) -> [UInt8] {
    let encoded = security?.decrypted(stream, in: bytes) ?? Array(bytes[stream.data])
    let decoder = StreamDecoder(
      limit: max(0, min(limits.streamBytes, limits.inflatedBytes - inflatedBytes)))
    let decoded = decoder.decode(encoded, steps: steps(stream.dictionary))
    inflatedBytes += decoded.bytes.count
    let number = stream.reference.number
    switch decoded.defect {
    case nil, .image: break
    case .damaged:
      damagedStreams.insert(number)
      note(.damagedStream(object: number))
    // Some writers compute it wrong, so a wrong checksum alone is not a defect.
    case .wrongChecksum: damagedStreams.insert(number)
    case .unknownFilter(let name):
      damagedStreams.insert(number)
      note(.unknownFilter(object: number, name: name))
    case .tooLarge:
      damagedStreams.insert(number)
      note(
        inflatedBytes >= limits.inflatedBytes
          ? .tooMuchData : .tooLargeStream(object: number))
    }
    return decoded.bytes
  }

  /// The filters of a stream (§7.3.8.2, table 5), or of an inline image with its abbreviated keys.
  func steps(_ dictionary: [String: Object]) -> [StreamDecoder.Step] {
    let filters: [String]
    switch resolve(dictionary["Filter"] ?? dictionary["F"]) {
    case .name(let name): filters = [name]
    case .array(let names): filters = names.prefix(16).compactMap { name($0) }
    default: return []
    }
    let all = resolve(dictionary["DecodeParms"] ?? dictionary["DP"])
    return filters.enumerated().map { index, filter in
      var parameters: [String: Object] = [:]
      if let array = all?.array {
        if index < array.count { parameters = self.dictionary(array[index]) ?? [:] }
      } else if let single = all?.dictionary, index == 0 || filters.count == 1 {
        parameters = single
      }
      return StreamDecoder.Step(
        filter: filter, parameters: parameters.mapValues { resolve($0) ?? .null })
    }
  }

  /// Decodes a stream without references in its dictionary, such as a cross-reference stream.
  private static func decode(_ stream: Stream, bytes: [UInt8], budget: inout Int) -> Decoded {
    var filters: [String] = []
    if let name = stream.dictionary["Filter"]?.name { filters = [name] }
    if let names = stream.dictionary["Filter"]?.array {
      filters = names.prefix(16).compactMap(\.name)
    }
    let all = stream.dictionary["DecodeParms"]
    let steps = filters.enumerated().map { index, filter in
      StreamDecoder.Step(
        filter: filter,
        parameters: all?.dictionary
          ?? all?.array.flatMap { index < $0.count ? $0[index].dictionary : nil } ?? [:])
    }
    return StreamDecoder(limit: budget).decode(Array(bytes[stream.data]), steps: steps)
  }
}
