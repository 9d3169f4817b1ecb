/// The validators of the representation that a request selects (RFC 9110 §8.8).
package struct Validators: Sendable {
  /// The strong tag of the identity coding, without quotes.
  package var entityTag: String?
  /// The coding that was selected; its suffix belongs to the tag.
  package var coding: ContentCoding
  /// Seconds since 1970.
  package var lastModified: Int64?

  package init(entityTag: String?, coding: ContentCoding = .identity, lastModified: Int64?) {
    self.entityTag = entityTag
    self.coding = coding
    self.lastModified = lastModified
  }

  func isListed(
    _ octets: Span<UInt8>, _ range: Range<Int>, _ comparison: EntityTag.Comparison
  ) -> Bool {
    EntityTagList.matches(octets, range, tag: entityTag, coding: coding, comparison: comparison)
  }

  func isModified(since octets: Span<UInt8>, _ range: Range<Int>, now: Int64?) -> Bool? {
    guard let lastModified, let date = HTTPDate(octets, range, now: now) else { return nil }
    return lastModified > date.seconds
  }
}

/// What the preconditions of a request come to (RFC 9110 §13.2.2).
package enum Precondition: Sendable, Equatable {
  /// All hold, or there are none.
  case holds
  /// The client has what it would be sent: 304.
  case notModified
  /// 412.
  case failed
}

extension Request {
  /// Evaluates `If-Match`, `If-Unmodified-Since`, `If-None-Match` and `If-Modified-Since` in the
  /// order of RFC 9110 §13.2.2.
  ///
  /// `Response.selected(for:at:)` does so for GET and HEAD. A handler that changes a
  /// representation calls this before it does.
  ///
  /// - Parameters:
  ///   - validators: Of the current representation.
  ///   - now: Seconds since 1970.
  /// - Returns: What to do.
  package func precondition(for validators: Validators, now: Int64? = nil) -> Precondition {
    validators.precondition(isRetrieval: method == .get || method == .head, now: now, forEachValue)
  }

  /// Whether `If-Range` lets `Range` count.
  func rangeCounts(for validators: Validators, now: Int64?) -> Bool {
    validators.rangeCounts(now: now, forEachValue)
  }

  private func forEachValue(
    of field: KnownField, _ body: (Span<UInt8>, Range<Int>) -> Void
  ) {
    for line in fields.lines where line.name.description == field.name {
      body(line.value.utf8.span, 0..<line.value.utf8.count)
    }
  }
}

extension RequestHead {
  /// The same as `Request.precondition(for:now:)`, from the octets that the head was read from.
  package func precondition(
    in octets: Span<UInt8>, for validators: Validators, now: Int64?
  ) -> Precondition {
    validators.precondition(isRetrieval: method == .get || method == .head, now: now) {
      field, body in
      forEachValue(of: field) { value in
        body(octets, value)
        return true
      }
    }
  }

  /// What `Range` asks of a representation, unless `If-Range` keeps it from counting.
  package func rangeRequest(
    in octets: Span<UInt8>, length: Int, for validators: Validators, now: Int64?
  ) -> RangeRequest {
    // Two fields are no list of ranges.
    guard let value = value(of: .range), !isRepeated(.range) else { return .whole }
    let counts = validators.rangeCounts(now: now) { field, body in
      forEachValue(of: field) { value in
        body(octets, value)
        return true
      }
    }
    return counts ? RangeRequest(octets, value, length: length) : .whole
  }
}

extension Validators {
  /// Calls its second argument with each value of a field.
  typealias Values = (KnownField, (Span<UInt8>, Range<Int>) -> Void) -> Void

  fileprivate func precondition(
    isRetrieval: Bool, now: Int64?, _ forEachValue: Values
  ) -> Precondition {
    switch lists(.ifMatch, .strong, forEachValue) {
    case false?: return .failed
    case true?: break
    case nil:
      if isModified(since: .ifUnmodifiedSince, now, forEachValue) == true { return .failed }
    }
    switch lists(.ifNoneMatch, .weak, forEachValue) {
    case false?: return .holds
    case true?: return isRetrieval ? .notModified : .failed
    case nil: break
    }
    guard isRetrieval else { return .holds }
    return isModified(since: .ifModifiedSince, now, forEachValue) == false ? .notModified : .holds
  }

  /// Whether a line of the field names the tag; nil without the field.
  private func lists(
    _ field: KnownField, _ comparison: EntityTag.Comparison, _ forEachValue: Values
  ) -> Bool? {
    var isListed: Bool?
    forEachValue(field) { octets, range in
      isListed = isListed == true || self.isListed(octets, range, comparison)
    }
    return isListed
  }

  /// Whether the representation has changed since the date of a field; nil without a good date or
  /// with several.
  private func isModified(
    since field: KnownField, _ now: Int64?, _ forEachValue: Values
  ) -> Bool? {
    var isModified: Bool?
    var count = 0
    forEachValue(field) { octets, range in
      count += 1
      isModified = count == 1 ? self.isModified(since: octets, range, now: now) : nil
    }
    return isModified
  }

  /// Whether `If-Range` lets `Range` count; true without the field (RFC 9110 §13.1.5).
  ///
  /// A date counts only when the representation cannot have changed twice in its second
  /// (RFC 9110 §8.8.2.2).
  fileprivate func rangeCounts(now: Int64?, _ forEachValue: Values) -> Bool {
    var counts = true
    var count = 0
    forEachValue(.ifRange) { octets, range in
      count += 1
      counts = count == 1 && isCurrent(octets, range, now: now)
    }
    return counts
  }

  private func isCurrent(_ octets: Span<UInt8>, _ range: Range<Int>, now: Int64?) -> Bool {
    if let date = HTTPDate(octets, range, now: now) {
      guard let lastModified else { return false }
      return date.seconds == lastModified && now.map { $0 > lastModified } ?? true
    }
    // One tag, no list and no `*`.
    guard let entityTag, let member = EntityTagList.member(octets, range), !member.isWeak,
      member.opaque.upperBound + 1 == range.upperBound
    else { return false }
    return octets.equals(member.opaque, entityTag, suffix: EntityTag.suffix(for: coding))
  }
}
