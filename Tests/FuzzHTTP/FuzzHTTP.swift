import HTTP

/// What the octets of a run are given to; the first octet chooses.
enum Subject: UInt8, CaseIterable {
  case head, chunks, multipart, range, form, values

  static func chosen(by octet: UInt8) -> Subject {
    allCases[Int(octet) % allCases.count]
  }
}

/// Gives octets that libFuzzer makes up to what reads octets.
///
/// What must hold of any octets is a precondition, so that its failure is found as a crash is.
@main
enum FuzzHTTP {
  static func main() {
    var count = CommandLine.argc
    var arguments = unsafe CommandLine.unsafeArgv
    _ = unsafe runDriver(&count, &arguments) { start, count in
      unsafe fuzz(start, count)
    }
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ run: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

private func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard input.count >= 2 else { return 0 }
  let cut = Int(input[1])
  let octets = Array(input.dropFirst(2))
  switch Subject.chosen(by: input[0]) {
  case .head: fuzzHead(octets, cut: min(cut, octets.count))
  case .chunks: fuzzChunks(octets, cut: min(cut, octets.count))
  case .multipart: fuzzMultipart(octets, cut: min(cut, octets.count))
  case .range: fuzzRange(octets, length: cut)
  case .form: fuzzForm(octets)
  case .values: fuzzValues(octets)
  }
  return 0
}

/// A head is the same whole and in two pieces, and what selects an answer takes any good one.
private func fuzzHead(_ octets: [UInt8], cut: Int) {
  var whole = RequestParser()
  let outcome = Result { () throws(HeadError) in try whole.parse(octets.span) }
  var pieces = RequestParser()
  var other = Result { () throws(HeadError) in
    try pieces.parse(octets.span.extracting(first: cut))
  }
  if other == .success(.incomplete) {
    other = Result { () throws(HeadError) in try pieces.parse(octets.span) }
  }
  precondition(outcome == other, "the pieces come to something else")
  guard case .success(.head(let end)) = outcome else { return }
  precondition(end <= octets.count && whole.head.lines.count <= 100)
  let head = whole.head
  let request = head.request(in: octets.span, client: "", isSecure: false, id: "")
  precondition(request.path.hasPrefix("/") || request.path == "*")
  _ = head.preferredCoding(in: octets.span)
  _ = head.forwardedClient(in: octets.span, by: .forwarded) { _, range in range.count % 2 == 0 }
  _ = head.forwardedClient(in: octets.span, by: .xForwardedFor) { _, _ in true }
  _ = request.cookies
  let answer = Response(
    .ok, content: .coded(identity: Array(0..<100), gzip: Array(0..<40)), entityTag: "a",
    lastModified: 784_111_777)
  let selected = answer.selected(for: request, at: 784_111_800)
  precondition(request.method != .head || selected.content.length <= 100)
}

private func fuzzChunks(_ octets: [UInt8], cut: Int) {
  func decoded(_ ends: [Int]) -> (content: [UInt8], error: ContentError?, isWhole: Bool) {
    var decoder = ContentDecoder(.chunked, limit: 1 << 20)
    var content: [UInt8] = []
    var start = 0
    for end in ends {
      var position = 0
      let piece = octets.span.extracting(start..<end)
      reading: while true {
        do throws(ContentError) {
          switch try decoder.next(piece, at: &position) {
          case .needsMore: break reading
          case .content(let range):
            content += octets[start + range.lowerBound..<start + range.upperBound]
          case .end: return (content, nil, true)
          }
        } catch {
          return (content, error, false)
        }
      }
      start = end
    }
    return (content, nil, false)
  }
  precondition(decoded([octets.count]) == decoded([cut, octets.count]))
}

private func fuzzMultipart(_ octets: [UInt8], cut: Int) {
  func parts(_ ends: [Int]) -> (content: [UInt8], count: Int, error: MultipartError?) {
    var content: [UInt8] = []
    var count = 0
    do throws(MultipartError) {
      var reader = try MultipartReader(contentType: "multipart/form-data; boundary=b")
      var start = 0
      for end in ends {
        var position = 0
        let piece = octets.span.extracting(start..<end)
        reading: while true {
          switch try reader.next(piece, at: &position) {
          case .needsMore, .end: break reading
          case .part: count += 1
          case .content(let range):
            content += octets[start + range.lowerBound..<start + range.upperBound]
          case .heldContent(let held): content += held
          case .partEnd: content.append(0)
          }
        }
        start = end
      }
      try reader.finish()
    } catch {
      return (content, count, error)
    }
    return (content, count, nil)
  }
  let whole = parts([octets.count])
  let pieces = parts([cut, octets.count])
  precondition(whole.error == pieces.error && whole.count == pieces.count)
  precondition(whole.error != nil || whole.content == pieces.content)
}

private func fuzzRange(_ octets: [UInt8], length: Int) {
  let field = "bytes=" + String(decoding: octets, as: UTF8.self)
  for length in [length, 0, .max] {
    switch RangeRequest(field: field, length: length) {
    case .whole, .unsatisfiable: break
    case .part(let range): precondition(!range.isEmpty && range.upperBound <= length)
    case .parts(let ranges):
      precondition(ranges.allSatisfy { !$0.isEmpty && $0.upperBound <= length })
    }
  }
}

private func fuzzForm(_ octets: [UInt8]) {
  let fields = FormFields(octets: octets)
  precondition(fields.fields.count <= 200)
  precondition(FormFields(query: fields.encoded) == fields || fields.isTruncated)
}

private func fuzzValues(_ octets: [UInt8]) {
  let text = String(decoding: octets, as: UTF8.self)
  if let date = HTTPDate(text, now: 784_111_777) {
    precondition(HTTPDate(date.description) == date)
  }
  if let type = MediaType(text) { precondition(MediaType(type.description) == type) }
  var accepted = AcceptEncoding()
  accepted.add(octets.span, 0..<octets.count)
  _ = accepted.preferred
  let written = [
    ContentDisposition(.attachment, fileName: text).description,
    SetCookie(text, text, path: text, isSecure: false).description,
    PercentEncoding.encodedSegment(text),
  ]
  precondition(written.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } })
  precondition(PercentEncoding.decoded(PercentEncoding.encodedComponent(text)) == text)
  var request = Request(method: .get, path: "/")
  for name in ["if-match", "if-none-match", "if-range", "range", "cookie"] as [Fields.Name] {
    request.fields.append(name, text)
  }
  _ = request.precondition(for: Validators(entityTag: "a", lastModified: 0))
  _ = request.cookies
}
