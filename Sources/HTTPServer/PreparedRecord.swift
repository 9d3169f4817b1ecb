import HTTP

/// A prepared answer in two codings as octets for a file, but for its content, which lies behind
/// them as it is.
struct PreparedRecord {
  /// The service's before it was asked.
  let generation: UInt64
  let target: [UInt8]
  /// How much of the target is the path.
  let pathOctets: Int
  let language: Int?
  let budget: Budget?
  /// Its field lines, coded.
  let fields: [UInt8]

  /// An answer as it is written.
  struct Parts {
    let description: [UInt8]
    let identity: [UInt8]
    let gzip: [UInt8]

    var octets: Int { description.count + identity.count + gzip.count }
  }

  /// Writes an answer down; nil for one that is not a representation in both codings.
  static func parts(of prepared: Prepared) -> Parts? {
    guard prepared.isSelectable, !prepared.isIdentityIndifferent, let gzip = prepared.gzip,
      case .octets(let plain) = prepared.identity.whole.content,
      case .octets(let zipped) = gzip.whole.content
    else { return nil }
    var writer = Writer()
    writer.append(Int(Int64(bitPattern: prepared.generation)))
    writer.append(prepared.target)
    writer.append(prepared.path.utf8.count)
    writer.append(prepared.language)
    writer.append(prepared.budget?.rawValue)
    var fields = Writer()
    for line in prepared.response.fields.lines {
      fields.append(Array(line.name.description.utf8))
      fields.append(Array(line.value.utf8))
    }
    writer.append(fields.octets)
    for form in [prepared.identity, gzip] {
      writer.append(form.whole.head)
      writer.append(form.notModified?.head)
      writer.append(form.partHead)
      writer.append(form.validators.entityTag.map { Array($0.utf8) })
      writer.append(form.validators.lastModified.map { Int($0) })
    }
    return Parts(description: writer.octets, identity: plain, gzip: zipped)
  }

  /// Reads an answer.
  ///
  /// - Parameters:
  ///   - parts: As they were written.
  ///   - dependencies: What the answer is made of.
  /// - Returns: The answer; nil when the description is none.
  static func prepared(_ parts: Parts, dependencies: [Response.Dependency]) -> Prepared? {
    var reader = Reader(parts.description)
    do throws(Reader.Cut) {
      let generation = try reader.number()
      let target = try reader.octets()
      let pathOctets = try reader.number()
      let language = try reader.optionalNumber()
      let budget = try reader.optionalNumber().flatMap(Budget.init)
      let fields = try reader.octets()
      let identity = try form(&reader, parts.identity)
      let gzip = try form(&reader, parts.gzip)
      guard (0...target.count).contains(pathOctets) else { return nil }
      return Prepared(
        PreparedRecord(
          generation: UInt64(bitPattern: Int64(generation)), target: target,
          pathOctets: pathOctets, language: language, budget: budget, fields: fields),
        identity: identity, gzip: gzip, dependencies: dependencies)
    } catch {
      return nil
    }
  }

  private static func form(
    _ reader: inout Reader, _ content: [UInt8]
  ) throws(Reader.Cut) -> Prepared.Form {
    let head = try reader.octets()
    let notModified = try reader.optionalOctets()
    let partHead = try reader.optionalOctets()
    let tag = try reader.optionalOctets()
    let lastModified = try reader.optionalNumber()
    return Prepared.Form(
      whole: Answer(status: 200, head: head, content: content),
      notModified: notModified.map { Answer(status: 304, head: $0, content: []) },
      partHead: partHead,
      validators: Validators(
        entityTag: tag.map { String(decoding: $0, as: UTF8.self) },
        lastModified: lastModified.map { Int64($0) }))
  }

  /// Reads field lines as they were written.
  static func decoded(_ octets: [UInt8]) -> Fields {
    var reader = Reader(octets)
    var fields = Fields()
    while let name = try? reader.octets(), let value = try? reader.octets() {
      fields.append(
        Fields.Name(String(decoding: name, as: UTF8.self)), String(decoding: value, as: UTF8.self))
    }
    return fields
  }

  /// Numbers have eight octets; octets follow their count, and what can be absent an octet that
  /// says whether it is there.
  private struct Writer {
    private(set) var octets: [UInt8] = []

    mutating func append(_ number: Int) {
      let number = UInt64(bitPattern: Int64(number))
      for shift in stride(from: 0 as UInt64, to: 64, by: 8) {
        octets.append(UInt8(truncatingIfNeeded: number >> shift))
      }
    }

    mutating func append(_ number: Int?) {
      octets.append(number == nil ? 0 : 1)
      if let number { append(number) }
    }

    mutating func append(_ others: [UInt8]) {
      append(others.count)
      octets += others
    }

    mutating func append(_ others: [UInt8]?) {
      octets.append(others == nil ? 0 : 1)
      if let others { append(others) }
    }
  }

  private struct Reader {
    /// There is less than there should be.
    struct Cut: Error {}

    private let all: [UInt8]
    private var position = 0

    init(_ octets: [UInt8]) { all = octets }

    mutating func number() throws(Cut) -> Int {
      guard all.count - position >= 8 else { throw Cut() }
      var number: UInt64 = 0
      for index in 0..<8 { number |= UInt64(all[position + index]) << UInt64(8 * index) }
      position += 8
      return Int(Int64(bitPattern: number))
    }

    mutating func octets() throws(Cut) -> [UInt8] {
      let count = try number()
      guard count >= 0, count <= all.count - position else { throw Cut() }
      defer { position += count }
      return Array(all[position..<position + count])
    }

    mutating func optionalNumber() throws(Cut) -> Int? { try isThere() ? try number() : nil }

    mutating func optionalOctets() throws(Cut) -> [UInt8]? { try isThere() ? try octets() : nil }

    private mutating func isThere() throws(Cut) -> Bool {
      guard position < all.count else { throw Cut() }
      defer { position += 1 }
      return all[position] != 0
    }
  }
}
