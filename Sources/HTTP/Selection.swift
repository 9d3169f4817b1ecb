extension Response {
  /// What is sent of the response: the coding, the conditions, the ranges and HEAD of the request
  /// applied (RFC 9110 §12.5.3, §13, §14, §9.3.2).
  ///
  /// Every response passes through here, so no handler can forget one of them. Then `content`
  /// is what is sent, `entityTag` that of the selected coding, and `isReusable` false unless
  /// the response is still the one that the handler made.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - now: The value of `Date` in seconds since 1970.
  /// - Returns: The response to send.
  package func selected(for request: Request, at now: Int64? = nil) -> Response {
    var response = self
    if let now, let lastModified {
      // Never later than `Date` (RFC 9110 §8.8.2.1).
      response.lastModified = min(lastModified, now)
    }
    if variesByLanguage { response.addVary("accept-language") }
    let isAcceptable = response.chooseCoding(for: request)
    guard request.method == .get || request.method == .head else { return response }
    if status == .ok {
      guard isAcceptable else {
        return response.replaced(by: .notAcceptable)
      }
      response.applyConditions(of: request, now: now)
    }
    if request.method == .head { response.withholdContent() }
    return response
  }

  /// Replaces content in two codings by the one that the client prefers; by identity, which
  /// everybody accepts, when it accepts neither.
  ///
  /// - Returns: Whether the client accepts the coding.
  private mutating func chooseCoding(for request: Request) -> Bool {
    let accepted = request.acceptedCodings
    guard case .coded(let identity, let gzip) = content else {
      return accepted.acceptsIdentity || content.length == 0 || fields.has("content-encoding")
    }
    addVary("accept-encoding")
    if accepted.preferred == .gzip {
      content = .bytes(gzip())
      fields.set("content-encoding", to: "gzip")
      entityTag = entityTag.map { $0 + EntityTag.suffix(for: .gzip) }
    } else {
      content = .bytes(identity)
    }
    return accepted.preferred != nil
  }

  private mutating func applyConditions(of request: Request, now: Int64?) {
    // The tag has its suffix already.
    let validators = Validators(entityTag: entityTag, lastModified: lastModified)
    switch request.precondition(for: validators, now: now) {
    case .failed: self = replaced(by: .preconditionFailed)
    case .notModified: becomeNotModified()
    case .holds:
      if case .file = content { fields.set("accept-ranges", to: "bytes") }
      // HEAD has no ranges (RFC 9110 §14.2).
      guard request.method == .get, let field = request.fields["range"],
        request.rangeCounts(for: validators, now: now)
      else { return }
      applyRange(field)
    }
  }

  /// 304: the fields that a cache updates, and no content (RFC 9110 §15.4.5).
  private mutating func becomeNotModified() {
    status = .notModified
    content = .none
    isReusable = false
    // The tag makes `Last-Modified` redundant.
    if entityTag != nil { lastModified = nil }
    for name in Self.representationFields { fields.remove(name) }
  }

  /// 206, 416, or the whole when the field is ignored.
  private mutating func applyRange(_ field: String) {
    let piece: (Range<Int>) -> Piece
    switch content {
    case .bytes(let bytes): piece = { .bytes(bytes[$0]) }
    case .file(let file): piece = { .file(file, $0) }
    // Pieces are parts already, and not a representation.
    case .none, .coded, .pieces, .handOver, .withheld: return
    }
    let length = content.length
    switch RangeRequest(field: field, length: length) {
    case .whole: return
    case .part(let range):
      fields.set("content-range", to: Self.contentRange(range, length))
      content = .pieces([piece(range)])
    case .parts(let ranges): becomeMultipart(ranges, length, piece)
    case .unsatisfiable:
      self = replaced(by: .rangeNotSatisfiable)
      fields.set("content-range", to: "bytes */\(length)")
      return
    }
    status = .partialContent
    isReusable = false
  }

  /// Several parts as `multipart/byteranges` (RFC 9110 §14.6).
  private mutating func becomeMultipart(
    _ ranges: [Range<Int>], _ length: Int, _ piece: (Range<Int>) -> Piece
  ) {
    // It must not occur in the content: 128 bits that depend on the validator and the request
    // are no bytes of a document that was there before.
    let boundary = Self.boundary(entityTag ?? "", ranges, length)
    let type = fields["content-type"].map { "Content-Type: \($0)\r\n" } ?? ""
    var pieces: [Piece] = []
    for (index, range) in ranges.enumerated() {
      let head =
        "\(index == 0 ? "" : "\r\n")--\(boundary)\r\n\(type)"
        + "Content-Range: \(Self.contentRange(range, length))\r\n\r\n"
      pieces.append(.bytes(Array(head.utf8)[...]))
      pieces.append(piece(range))
    }
    pieces.append(.bytes(Array("\r\n--\(boundary)--\r\n".utf8)[...]))
    content = .pieces(pieces)
    fields.set("content-type", to: "multipart/byteranges; boundary=\(boundary)")
  }

  private static func boundary(_ tag: String, _ ranges: [Range<Int>], _ length: Int) -> String {
    var words: (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15)
    func add(_ value: UInt64) {
      words.0 = (words.0 ^ value) &* 0x0000_0100_0000_01B3
      words.1 = (words.1 &+ words.0) &* 0xBF58_476D_1CE4_E5B9
      words.1 ^= words.1 >> 29
    }
    tag.utf8.forEach { add(UInt64($0)) }
    add(UInt64(length))
    for range in ranges {
      add(UInt64(range.lowerBound))
      add(UInt64(range.upperBound))
    }
    return String(words.0, radix: 36) + String(words.1, radix: 36)
  }

  private static func contentRange(_ range: Range<Int>, _ length: Int) -> String {
    "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
  }

  private mutating func withholdContent() {
    switch content {
    case .none, .withheld: return
    case .handOver: content = .none
    case .bytes, .coded, .file, .pieces: content = .withheld(bytes: content.length)
    }
  }

  /// A response without a representation, and without its fields.
  private func replaced(by status: Status) -> Response {
    var kept = fields
    let others: [Fields.Name] = ["cache-control", "link", "repr-digest", "surrogate-key"]
    for name in Self.representationFields + others {
      kept.remove(name)
    }
    return Response(status, fields: kept)
  }

  private mutating func addVary(_ name: String) {
    guard let vary = fields["vary"] else { return fields.append("vary", name) }
    let isThere =
      vary == "*"
      || vary.lowercased().split(separator: ",").contains { $0.drop { $0 == " " } == name }
    if !isThere { fields.set("vary", to: "\(vary), \(name)") }
  }

  /// Fields of the representation, which are dropped when it is not sent.
  private static let representationFields: [Fields.Name] = [
    "accept-ranges", "content-disposition", "content-encoding", "content-language", "content-type",
  ]
}
