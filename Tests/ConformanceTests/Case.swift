import Testing

/// A message of a table, the section that speaks of it, and what has to come of it.
struct Case: Sendable, CustomTestStringConvertible {
  /// What becomes of the connection.
  enum End: Sendable {
    /// It stays, and the next request on it is read where it begins.
    case kept
    /// It ends behind the answer; what was sent behind the request is never answered.
    case closed
  }

  /// Of RFC 9110, 9111, 9112 or another that is named.
  let section: String
  let claim: String
  let message: [UInt8]
  let method: String
  let status: Int
  let fields: [String: FieldRule]
  let content: String?
  let end: End

  /// A message and the answer to its first request.
  ///
  /// - Parameters:
  ///   - section: Where it is written.
  ///   - claim: What the case shows.
  ///   - message: Octets; each scalar, up to U+00FF, is one.
  ///   - status: Of the answer.
  ///   - fields: What is said of fields of the answer, by name in lower case.
  ///   - content: Of the answer; nil for any.
  ///   - end: What becomes of the connection; closed for refusals when not told otherwise.
  init(
    _ section: String, _ claim: String, _ message: String, _ status: Int,
    _ fields: [String: FieldRule] = [:], content: String? = nil, then end: End? = nil
  ) {
    self.section = section
    self.claim = claim
    self.message = octets(message)
    method = message.prefix { $0 != " " }.description
    self.status = status
    self.fields = fields
    self.content = content
    self.end = end ?? ([400, 408, 413, 414, 417, 431, 501, 505].contains(status) ? .closed : .kept)
  }

  var testDescription: String { "\(section): \(claim)" }
}

/// What is said of a field of an answer.
enum FieldRule: Sendable, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
  case value(String)
  case absent
  case present
  case contains(String)

  init(stringLiteral value: String) { self = .value(value) }
  init(nilLiteral: ()) { self = .absent }

  func holds(of value: String?) -> Bool {
    switch self {
    case .value(let expected): value == expected
    case .absent: value == nil
    case .present: value != nil
    case .contains(let part): value?.contains(part) == true
    }
  }
}

func octets(_ text: String) -> [UInt8] {
  text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
}

/// A request in HTTP/1.1 with a good `Host` and more fields.
func request(_ line: String, _ fields: String..., content: String = "") -> String {
  "\(line) HTTP/1.1\r\nHost: papers.example\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
    + content
}

func get(_ target: String, _ fields: String...) -> String {
  "GET \(target) HTTP/1.1\r\nHost: papers.example\r\n" + fields.map { $0 + "\r\n" }.joined()
    + "\r\n"
}

func post(_ fields: String..., content: String) -> String {
  "POST /echo HTTP/1.1\r\nHost: papers.example\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
    + content
}

/// A request whose content is chunked.
func chunked(_ content: String) -> String {
  post("Transfer-Encoding: chunked", content: content)
}

/// How a message is given to the system.
enum Delivery: Sendable {
  case whole
  case singleOctets
}

/// Sends a case's message with another request behind it, and checks what comes back.
func check(
  _ wanted: Case, on port: UInt16, _ delivery: Delivery = .whole,
  probe target: String = "/probe", saying probed: String = "probe"
) throws {
  let wire = try Wire(port)
  let behind = octets(get(target))
  switch delivery {
  case .whole: wire.send(wanted.message + behind)
  case .singleOctets: for octet in wanted.message + behind { wire.send([octet]) }
  }
  var answer = try wire.answer(to: wanted.method)
  // An interim answer may come before the final one (RFC 9110 §15.2).
  while answer.status == 100 { answer = try wire.answer(to: wanted.method) }
  #expect(answer.status == wanted.status, "\(wanted.testDescription)")
  for (name, rule) in wanted.fields {
    #expect(
      rule.holds(of: answer[name]), "\(wanted.testDescription): \(name) is \(answer[name] ?? "-")")
  }
  if let content = wanted.content {
    #expect(answer.text == content, "\(wanted.testDescription)")
  }
  checkAlways(answer, to: wanted)
  switch wanted.end {
  case .kept:
    let next = try wire.answer(to: "GET")
    #expect(next.status == 200 && next.text.contains(probed), "\(wanted.testDescription): framing")
  case .closed:
    #expect(answer["connection"] == "close", "\(wanted.testDescription)")
    #expect(try wire.isOver(), "\(wanted.testDescription): something is answered behind it")
  }
}

/// What holds of every answer.
private func checkAlways(_ answer: Answer, to wanted: Case) {
  let claim = wanted.testDescription
  // An origin server with a clock (RFC 9110 §6.6.1), in the one form that is sent (§5.6.7).
  #expect(answer["date"]?.wholeMatch(of: httpDate) != nil, "\(claim): Date")
  #expect(answer["transfer-encoding"] == nil, "\(claim)")
  let isBare = answer.status == 204 || answer.status == 304
  #expect((answer["content-length"] == nil) == isBare, "\(claim): Content-Length")
  switch answer.status {
  case 206:
    let isMultipart = answer["content-type"]?.hasPrefix("multipart/byteranges") == true
    #expect((answer["content-range"] != nil) != isMultipart, "\(claim): Content-Range")
  case 401: #expect(answer["www-authenticate"] != nil, "\(claim)")
  case 405: #expect(answer["allow"] != nil, "\(claim)")
  case 416: #expect(answer["content-range"]?.hasPrefix("bytes */") == true, "\(claim)")
  case 429, 503: #expect(answer["retry-after"] != nil, "\(claim)")
  default: break
  }
}

nonisolated(unsafe) let httpDate =
  /(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT/
