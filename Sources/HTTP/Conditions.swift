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
    if fields.has("if-match") {
      guard lists("if-match", validators, .strong) else { return .failed }
    } else if let value = fields["if-unmodified-since"],
      validators.isModified(since: value.utf8.span, 0..<value.utf8.count, now: now) == true
    {
      return .failed
    }
    let isRetrieval = method == .get || method == .head
    if fields.has("if-none-match") {
      guard lists("if-none-match", validators, .weak) else { return .holds }
      return isRetrieval ? .notModified : .failed
    }
    if isRetrieval, let value = fields["if-modified-since"],
      validators.isModified(since: value.utf8.span, 0..<value.utf8.count, now: now) == false
    {
      return .notModified
    }
    return .holds
  }

  private func lists(
    _ name: Fields.Name, _ validators: Validators, _ comparison: EntityTag.Comparison
  ) -> Bool {
    fields.lines.contains { line in
      line.name == name
        && validators.isListed(line.value.utf8.span, 0..<line.value.utf8.count, comparison)
    }
  }

  /// Whether `If-Range` lets `Range` count; true without the field (RFC 9110 §13.1.5).
  ///
  /// A date counts only when the representation cannot have changed twice in its second
  /// (RFC 9110 §8.8.2.2).
  func rangeCounts(for validators: Validators, now: Int64?) -> Bool {
    guard let value = fields["if-range"] else { return true }
    let octets = value.utf8.span
    let range = 0..<value.utf8.count
    if let date = HTTPDate(octets, range, now: now) {
      guard let lastModified = validators.lastModified else { return false }
      return date.seconds == lastModified && now.map { $0 > lastModified } ?? true
    }
    // One tag, no list and no `*`.
    guard let tag = validators.entityTag, let member = EntityTagList.member(octets, range),
      !member.isWeak, member.opaque.upperBound + 1 == range.upperBound
    else { return false }
    return octets.equals(member.opaque, tag, suffix: EntityTag.suffix(for: validators.coding))
  }
}
