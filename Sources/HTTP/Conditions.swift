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
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ comparison: EntityTag.Comparison
  ) -> Bool {
    EntityTagList.matches(bytes, range, tag: entityTag, coding: coding, comparison: comparison)
  }

  func isModified(since bytes: Span<UInt8>, _ range: Range<Int>, now: Int64?) -> Bool? {
    guard let lastModified, let date = HTTPDate(bytes, range, now: now) else { return nil }
    return lastModified > date.seconds
  }
}

/// The result of the preconditions of a request (RFC 9110 §13.2.2).
package enum Precondition: Sendable, Equatable {
  /// All hold, or there are none.
  case holds
  /// The client has the current representation: 304.
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

  /// Whether `If-Range` lets `Range` apply.
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
  /// The same as `Request.precondition(for:now:)`, from the bytes that the head was read from.
  package func precondition(
    in bytes: Span<UInt8>, for validators: Validators, now: Int64?
  ) -> Precondition {
    validators.precondition(isRetrieval: method == .get || method == .head, now: now) {
      field, body in
      forEachValue(of: field) { value in
        body(bytes, value)
        return true
      }
    }
  }

  /// What `Range` asks of a representation, unless `If-Range` prevents it.
  package func rangeRequest(
    in bytes: Span<UInt8>, length: Int, for validators: Validators, now: Int64?
  ) -> RangeRequest {
    // Two fields are no list of ranges.
    guard let value = value(of: .range), !isRepeated(.range) else { return .whole }
    let counts = validators.rangeCounts(now: now) { field, body in
      forEachValue(of: field) { value in
        body(bytes, value)
        return true
      }
    }
    return counts ? RangeRequest(bytes, value, length: length) : .whole
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
    forEachValue(field) { bytes, range in
      isListed = isListed == true || self.isListed(bytes, range, comparison)
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
    forEachValue(field) { bytes, range in
      count += 1
      isModified = count == 1 ? self.isModified(since: bytes, range, now: now) : nil
    }
    return isModified
  }

  /// Whether `If-Range` lets `Range` apply; true without the field (RFC 9110 §13.1.5).
  ///
  /// A date is valid only when the representation cannot have changed twice in its second
  /// (RFC 9110 §8.8.2.2).
  fileprivate func rangeCounts(now: Int64?, _ forEachValue: Values) -> Bool {
    var counts = true
    var count = 0
    forEachValue(.ifRange) { bytes, range in
      count += 1
      counts = count == 1 && isCurrent(bytes, range, now: now)
    }
    return counts
  }

  private func isCurrent(_ bytes: Span<UInt8>, _ range: Range<Int>, now: Int64?) -> Bool {
    if let date = HTTPDate(bytes, range, now: now) {
      guard let lastModified else { return false }
      return date.seconds == lastModified && now.map { $0 > lastModified } ?? true
    }
    // One tag, no list and no `*`.
    guard let entityTag, let member = EntityTagList.member(bytes, range), !member.isWeak,
      member.opaque.upperBound + 1 == range.upperBound
    else { return false }
    return bytes.equals(member.opaque, entityTag, suffix: EntityTag.suffix(for: coding))
  }
}
