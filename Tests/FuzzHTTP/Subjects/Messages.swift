import HTTP

/// Requests are the same however their bytes arrive, and what selects an answer takes any of them.
func checkRequest(_ input: [UInt8]) throws(FuzzSubject.Broken) {
  guard let input = CutInput(input) else { return }
  var whole: Conversation?
  for ends in input.ends {
    var conversation = Conversation()
    for end in ends {
      guard try conversation.read(input.bytes, upTo: end) else { break }
    }
    try require(whole == nil || whole == conversation, "the pieces come to something else")
    whole = conversation
  }
}

/// What a stream of bytes comes to: each request with its content, and how it ends.
private struct Conversation: Equatable {
  struct Exchange: Equatable {
    var method: Method
    var target: String
    var fields: Fields
    var framing: ContentFraming
    var content: [UInt8] = []
  }

  private var exchanges: [Exchange] = []
  private var headError: HeadError?
  private var contentError: ContentError?
  private var parser = RequestParser()
  private var decoder: ContentDecoder?
  /// The first byte of what is being read.
  private var start = 0

  static func == (left: Conversation, right: Conversation) -> Bool {
    left.exchanges == right.exchanges && left.headError == right.headError
      && left.contentError == right.contentError
  }

  /// Reads what has arrived; false when nothing behind it counts.
  mutating func read(_ bytes: [UInt8], upTo end: Int) throws(FuzzSubject.Broken) -> Bool {
    while headError == nil, contentError == nil, exchanges.count < 100 {
      let isWaiting =
        decoder == nil
        ? try readHead(bytes, upTo: end) : try readContent(bytes, upTo: end)
      if isWaiting { return true }
    }
    return false
  }

  /// Reads a head; true when the rest of it has not arrived.
  private mutating func readHead(
    _ bytes: [UInt8], upTo end: Int
  ) throws(FuzzSubject.Broken) -> Bool {
    guard start < end else { return true }
    let piece = bytes.span.extracting(start..<end)
    do throws(HeadError) {
      if try parser.parse(piece) == .incomplete { return true }
    } catch {
      headError = error
      return false
    }
    let head = parser.head
    try require(head.bytes <= piece.count && head.lines.count <= 100, "a head beyond its limits")
    let request = head.request(in: piece, client: "", isSecure: false, id: "")
    try require(request.path.hasPrefix("/") || request.path == "*", "a path from nowhere")
    _ = head.acceptedCodings(in: piece)
    _ = head.forwardedClient(in: piece, by: .forwarded) { _, range in range.count % 2 == 0 }
    _ = head.forwardedClient(in: piece, by: .xForwardedFor) { _, _ in true }
    try checkSelection(request)
    exchanges.append(
      Exchange(
        method: request.method, target: "\(request.path)?\(request.query ?? "-")",
        fields: request.fields, framing: head.framing))
    decoder = ContentDecoder(head.framing, limit: 1 << 20)
    start += head.bytes
    return false
  }

  private mutating func readContent(
    _ bytes: [UInt8], upTo end: Int
  ) throws(FuzzSubject.Broken) -> Bool {
    guard var decoder else { return false }
    var position = 0
    let event: ContentDecoder.Event
    do throws(ContentError) {
      event = try decoder.next(bytes.span.extracting(start..<end), at: &position)
    } catch {
      contentError = error
      return false
    }
    try require(decoder.bytes <= 1 << 20, "more content than the limit")
    self.decoder = event == .end ? nil : decoder
    if case .content(let range) = event {
      exchanges[exchanges.count - 1].content +=
        bytes[start + range.lowerBound..<start + range.upperBound]
    }
    start += position
    return event == .needsMore
  }
}

/// Any request selects an answer that says no more than there is.
private func checkSelection(_ request: Request) throws(FuzzSubject.Broken) {
  let answer = Response(
    .ok, content: .coded(identity: Array(0..<100), gzip: { Array(0..<40) }), entityTag: "a",
    lastModified: 784_111_777)
  let selected = answer.selected(for: request, at: 784_111_800)
  if case .withheld = selected.content {
    try require(request.method == .head, "content is withheld from GET")
  }
  if selected.status == .notModified {
    try require(selected.content.length == 0, "a 304 with content")
  }
  _ = request.cookies
}

/// The chunks of a message come to the same content in any pieces.
func checkChunked(_ input: [UInt8]) throws(FuzzSubject.Broken) {
  guard let input = CutInput(input) else { return }
  var whole: [UInt8]?
  var wholeOutcome: Result<Bool, ContentError>?
  for ends in input.ends {
    var content: [UInt8] = []
    let outcome = Result { () throws(ContentError) in
      try decode(input.bytes, ends, into: &content)
    }
    if let whole, let wholeOutcome {
      try require(wholeOutcome == outcome, "the pieces end otherwise")
      // A chunk that is too long is refused as soon as that is known, which pieces make later.
      let isSame = content == whole || outcome == .failure(.tooLarge(limit: contentLimit))
      try require(isSame, "the pieces come to other content")
      try require(content.count <= contentLimit, "more content than the limit")
    }
    whole = content
    wholeOutcome = outcome
  }
}

private let contentLimit = 512

/// Decodes chunks.
///
/// - Returns: Whether the last one came.
private func decode(
  _ bytes: [UInt8], _ ends: [Int], into content: inout [UInt8]
) throws(ContentError) -> Bool {
  var decoder = ContentDecoder(.chunked, limit: contentLimit)
  var start = 0
  for end in ends {
    var position = 0
    reading: while true {
      let piece = bytes.span.extracting(start..<end)
      switch try decoder.next(piece, at: &position) {
      case .needsMore: break reading
      case .content(let range):
        content += bytes[start + range.lowerBound..<start + range.upperBound]
      case .end: return true
      }
    }
    start = end
  }
  return false
}
