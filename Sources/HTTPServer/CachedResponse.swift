import HTTP

/// A response to a target in one language and one coding, encoded once.
final class CachedResponse: Sendable {
  /// Path and query as they were sent.
  let target: [UInt8]
  let path: String
  let route: (any Sendable)?
  /// The language it is in; nil when it is the same in all of them.
  let language: Int?
  /// The coding it is in; nil when it has only one.
  let coding: ContentCoding?
  /// The rate limit of requests for it.
  let rate: RateClass?
  let isStyleSheet: Bool
  /// The service's before it was asked.
  let generation: UInt64
  let tags: [Int]
  /// In seconds since 1970.
  let expires: Int64

  let whole: EncodedResponse
  /// The 304; nil without validators.
  let notModified: EncodedResponse?
  /// The head of a 206 without `Content-Range` and `Content-Length`; nil when there are no parts.
  let partHead: [UInt8]?
  let validators: Validators
  /// Whether conditions and ranges of requests apply.
  let isSelectable: Bool
  /// The approximate memory in bytes.
  let size: Int

  /// The largest response that is cached.
  private static let sizeLimit = 4 << 20

  /// Encodes a reusable response; nil when it is too large, or the request accepts no coding of it.
  init?(
    _ response: Response, to request: Request, rate: RateClass?, isStyleSheet: Bool = false,
    generation: UInt64, at now: Int64
  ) {
    let accepted = request.acceptedCodings
    if case .coded = response.content {
      guard let preferred = accepted.preferred else { return nil }
      coding = preferred
    } else {
      guard accepted.acceptsIdentity else { return nil }
      coding = nil
    }
    target = request.targetBytes
    path = request.path
    route = request.route
    language = response.variesByLanguage ? request.language : nil
    self.rate = rate
    self.isStyleSheet = isStyleSheet
    self.generation = generation
    tags = response.cacheTags
    expires = response.expires ?? .max
    isSelectable = response.status == .ok

    // The coding is chosen once: the second selection must not compress again.
    var plain = Request(
      method: .get, path: "/", fields: ["accept-encoding": (coding ?? .identity).rawValue])
    let selected = response.selected(for: plain, at: now)
    whole = EncodedResponse(selected.withoutSpareCapacity)
    validators = Validators(
      entityTag: selected.entityTag, lastModified: selected.lastModified)
    if let tag = selected.entityTag {
      plain.fields.set("if-none-match", to: EntityTag(tag).description)
    } else if let seconds = selected.lastModified {
      plain.fields.set("if-modified-since", to: HTTPDate(seconds: seconds).description)
    }
    plain.fields.remove("accept-encoding")
    let conditional = selected.selected(for: plain, at: now)
    notModified = conditional.status == .notModified ? EncodedResponse(conditional) : nil
    if isSelectable, whole.contentLength > 0 {
      var part = selected
      part.status = .partialContent
      partHead = part.headWithoutLength
    } else {
      partHead = nil
    }
    size =
      512 + target.count + path.utf8.count + whole.size + (notModified?.size ?? 0)
      + (partHead?.capacity ?? 0)
    guard target.count <= 2048, size <= Self.sizeLimit else { return nil }
  }

  /// Whether it answers a request in this language by a client that accepts these codings.
  func matches(language: Int, _ accepted: AcceptEncoding) -> Bool {
    if let own = self.language, own != language { return false }
    guard let coding else { return accepted.acceptsIdentity }
    return accepted.preferred == coding
  }

  /// What of it answers a request; nil for rare forms, which the service makes.
  func selection(
    for head: RequestHead, in bytes: Span<UInt8>, at now: Int64
  ) -> Selection? {
    guard isSelectable, head.isConditional else { return .whole }
    switch head.precondition(in: bytes, for: validators, now: now) {
    case .failed: return nil
    case .notModified: return notModified.map { .notModified($0) }
    case .holds:
      guard head.method == .get, head.has(.range), let partHead else { return .whole }
      let range = head.rangeRequest(
        in: bytes, length: whole.contentLength, for: validators, now: now)
      return switch range {
      case .whole: .whole
      case .part(let part): EncodedResponse(part, of: whole, head: partHead).map { .part($0) }
      case .parts, .unsatisfiable: nil
      }
    }
  }

  enum Selection {
    case whole
    case notModified(EncodedResponse)
    case part(EncodedResponse)
  }
}

extension Response {
  /// The same with its bytes in no more memory than they need.
  fileprivate var withoutSpareCapacity: Response {
    guard case .bytes(let bytes) = content, bytes.capacity - bytes.count > bytes.count / 8 else {
      return self
    }
    var copy: [UInt8] = []
    copy.reserveCapacity(bytes.count)
    copy += bytes
    var response = self
    response.content = .bytes(copy)
    return response
  }
}
