/// The head of a request, as positions in the bytes it was read from.
///
/// It owns nothing of these bytes: callers pass the same span again. The storage
/// is used again by the parser for the next head, so reading heads allocates nothing once the
/// largest has been seen.
package struct RequestHead: Sendable {
  package enum Version: Sendable, Equatable {
    case http10
    /// HTTP/1.1, also for later minor versions (RFC 9110 §2.5).
    case http11
  }

  /// The form of a request-target (RFC 9112 §3.2); `CONNECT` alone has the fourth.
  package enum TargetForm: Sendable, Equatable {
    case origin, absolute, asterisk
  }

  /// One field line.
  package struct Line: Sendable {
    let nameStart: UInt16
    let nameEnd: UInt16
    let valueStart: UInt16
    let valueEnd: UInt16
    /// Nil for a field that the server itself does not read.
    package let known: KnownField?

    package var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }
    /// Without white space at both ends.
    package var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
  }

  package internal(set) var method = Method.get
  package internal(set) var version = Version.http11
  package internal(set) var form = TargetForm.origin
  /// The whole request-target, as it was sent.
  package internal(set) var target = 0..<0
  /// The path: begins with `/`, or is `*` for `OPTIONS *`; empty when an absolute-form has none,
  /// which means `/`, or `*` when the form is `.asterisk`.
  package internal(set) var path = 0..<0
  /// The query after `?`; nil without one.
  package internal(set) var query: Range<Int>?
  /// Host and port: of an absolute-form, else of `Host`; nil in HTTP/1.0 without both.
  package internal(set) var authority: Range<Int>?
  package internal(set) var lines: [Line] = []
  package internal(set) var framing = ContentFraming.none
  /// The bytes of the head with the empty line, and with those before the request-line.
  package internal(set) var bytes = 0

  /// Whether the client waits for 100 before it sends content (RFC 9110 §10.1.1).
  package internal(set) var expectsContinue = false

  /// Whether the client wants to keep the connection after the response (RFC 9112 §9.3).
  ///
  /// An HTTP/1.0 client must be told so with `Connection: keep-alive`.
  package internal(set) var keepsAlive = true

  /// For each known field the index of its first line plus 1; 0 without one.
  private var first = InlineArray<32, UInt8>(repeating: 0)
  /// A bit for each known field that has more than one line.
  private var repeated: UInt32 = 0

  package init() {}

  /// Whether the field has a line.
  package func has(_ field: KnownField) -> Bool { first[Int(field.rawValue)] != 0 }

  /// Whether the field has more than one line.
  package func isRepeated(_ field: KnownField) -> Bool { repeated >> field.rawValue & 1 == 1 }

  /// Whether conditions or a range decide what is sent.
  package var isConditional: Bool {
    has(.ifNoneMatch) || has(.ifModifiedSince) || has(.range) || has(.ifMatch)
      || has(.ifUnmodifiedSince)
  }

  /// The value of the first line with this field; nil without one.
  package func value(of field: KnownField) -> Range<Int>? {
    let number = Int(first[Int(field.rawValue)])
    return number == 0 ? nil : lines[number - 1].value
  }

  /// Calls `body` with the value of each line with this field, in order, until it returns false.
  package func forEachValue(of field: KnownField, _ body: (Range<Int>) -> Bool) {
    let number = Int(first[Int(field.rawValue)])
    guard number != 0 else { return }
    guard isRepeated(field) else {
      _ = body(lines[number - 1].value)
      return
    }
    for line in lines[(number - 1)...] where line.known == field {
      if !body(line.value) { return }
    }
  }

  mutating func begin() {
    lines.removeAll(keepingCapacity: true)
    first = InlineArray(repeating: 0)
    repeated = 0
    query = nil
    authority = nil
    framing = .none
    expectsContinue = false
    keepsAlive = true
  }

  mutating func append(_ line: Line) {
    lines.append(line)
    guard let known = line.known else { return }
    let slot = Int(known.rawValue)
    if first[slot] == 0 {
      first[slot] = UInt8(truncatingIfNeeded: lines.count)
    } else {
      repeated |= 1 << UInt32(known.rawValue)
    }
  }
}

extension RequestHead {
  /// The request as a value of its own, without content.
  ///
  /// - Parameters:
  ///   - bytes: The bytes that the head was read from.
  ///   - client: The client's address without a port.
  ///   - isSecure: Whether the client came by TLS.
  ///   - id: Identifies the request in the log.
  ///   - language: The index of the language among those offered.
  /// - Returns: The request.
  package func request(
    in bytes: Span<UInt8>, client: String, isSecure: Bool, id: String, language: Int = 0
  ) -> Request {
    var fields = Fields()
    for line in lines {
      fields.append(
        line.known.map(Fields.Name.init) ?? Fields.Name(bytes.text(line.name)),
        bytes.text(line.value))
    }
    // The host of an absolute-form replaces what `Host` says (RFC 9112 §3.2.2).
    if form == .absolute, let authority { fields.set("host", to: bytes.text(authority)) }
    let emptyPath = form == .asterisk ? "*" : "/"
    return Request(
      method: method, path: path.isEmpty ? emptyPath : bytes.text(path),
      query: query.map { bytes.text($0) }, fields: fields, client: client, isSecure: isSecure,
      id: id, language: language)
  }
}

extension Fields.Name {
  init(_ known: KnownField) { self.init(lowercased: known.name) }
}
