import HTTP

/// Ranges lie inside the representation, and none twice.
func checkRanges(_ input: [UInt8]) throws(FuzzSubject.Broken) {
  guard let first = input.first else { return }
  let field = "bytes=" + String(decoding: input.dropFirst(), as: UTF8.self)
  for length in [Int(first), 0, 5_000_000_000, .max] {
    var ranges: [Range<Int>] = []
    switch RangeRequest(field: field, length: length) {
    case .whole, .unsatisfiable: break
    case .part(let range): ranges = [range]
    case .parts(let several):
      ranges = several
      try require((2...RangeRequest.limit).contains(several.count), "too many or too few parts")
    }
    for range in ranges {
      try require(!range.isEmpty && range.upperBound <= length, "a part that is not there")
    }
    let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
    let isApart = zip(sorted, sorted.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
    try require(isApart, "parts that overlap")
  }
  var request = Request(method: .get, path: "/", fields: ["range": field])
  let content = Array(repeating: first, count: Int(first))
  let answer = Response(.ok, content: .bytes(content), entityTag: "a", lastModified: 784_111_777)
  try require(
    answer.selected(for: request, at: 784_111_800).content.length <= 1 << 14,
    "an answer larger than its parts")
  request.fields.set("if-range", to: field)
  _ = answer.selected(for: request, at: 784_111_800)
}

/// What is read from the values of fields is the same when it is written, and what is written is
/// a field's value whatever it was made of.
func checkValues(_ input: [UInt8]) throws(FuzzSubject.Broken) {
  let text = String(decoding: input, as: UTF8.self)
  if let date = HTTPDate(text, now: 784_111_777) {
    try require(HTTPDate(date.description) == date, "a date does not survive")
  }
  if let type = MediaType(text) {
    try require(MediaType(type.description) == type, "a media type does not survive")
  }
  var accepted = AcceptEncoding()
  accepted.add(input.span, 0..<input.count)
  if accepted.preferred == .identity {
    try require(accepted.acceptsIdentity, "a coding that is not accepted")
  }
  let written = [
    ContentDisposition(.attachment, fileName: text).description,
    SetCookie(text, text, path: text, isSecure: false).description,
    PercentEncoding.encodedSegment(text),
  ]
  let isPrintable = written.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }
  try require(isPrintable, "bytes that no field's value should have")
  var request = Request(method: .get, path: "/")
  for name in ["if-match", "if-none-match", "if-range", "range", "cookie"] as [Fields.Name] {
    request.fields.append(name, text)
  }
  let isBroken = request.fields.lines.contains { $0.value.utf8.contains(0x0A) }
  try require(!isBroken, "a value that begins a line")
  _ = request.precondition(for: Validators(entityTag: "a", lastModified: 0))
  _ = request.cookies
}
