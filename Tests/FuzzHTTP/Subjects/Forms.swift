import HTTP

/// The parts of a form are the same in any pieces.
func checkMultipart(_ input: [UInt8]) throws(FuzzSubject.Broken) {
  guard let input = CutInput(input) else { return }
  var whole: Form?
  for ends in input.ends {
    var form = Form()
    do throws(MultipartError) {
      try form.read(input.bytes, ends)
    } catch {
      form.error = error
    }
    if let whole {
      try require(whole.error == form.error, "the pieces end otherwise")
      try require(whole.parts == form.parts, "the pieces come to other parts")
      // Bytes that only may begin a delimiter are told later in smaller pieces.
      let isSame = whole.error != nil || whole.content == form.content
      try require(isSame, "the pieces come to other content")
    }
    whole = form
  }
}

private struct Form {
  var parts: [MultipartPart] = []
  /// Of all parts, with an byte that ends each.
  var content: [UInt8] = []
  var error: MultipartError?

  mutating func read(_ bytes: [UInt8], _ ends: [Int]) throws(MultipartError) {
    var reader = try MultipartReader(contentType: "multipart/form-data; boundary=b")
    var start = 0
    for end in ends {
      var position = 0
      let piece = bytes.span.extracting(start..<end)
      reading: while true {
        switch try reader.next(piece, at: &position) {
        case .needsMore, .end: break reading
        case .part(let part): parts.append(part)
        case .content(let range):
          content += bytes[start + range.lowerBound..<start + range.upperBound]
        case .heldContent(let held): content += held
        case .partEnd: content.append(0)
        }
      }
      start = end
    }
    try reader.finish()
  }
}

/// The fields of a form are bounded, and written down they are the same again.
func checkForms(_ input: [UInt8]) throws(FuzzSubject.Broken) {
  let form = FormFields(bytes: input)
  try require(form.fields.count <= 200, "more fields than the limit")
  let again = FormFields(query: form.encoded)
  try require(again.fields == form.fields, "the fields do not survive being written")
  let text = String(decoding: input, as: UTF8.self)
  let encoded = PercentEncoding.encodedComponent(text)
  try require(PercentEncoding.decoded(encoded) == text, "a component does not survive")
  _ = PercentEncoding.decoded(text)
}
