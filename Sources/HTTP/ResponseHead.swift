extension Response {
  /// The status line and field lines as bytes, each with its CRLF (RFC 9112 §4, §5), without the
  /// fields that differ each time a response is sent: `Date`, `Connection` and `X-Request-Id`.
  package var head: [UInt8] {
    var head = headWithoutLength
    // These have neither content nor a length (RFC 9110 §8.6).
    let code = status.code
    if code >= 200, code != 204, code != 304, !content.endsWithConnection {
      head += "content-length: \(content.length)\r\n".utf8
    }
    return head
  }

  /// The same without `Content-Length`.
  package var headWithoutLength: [UInt8] {
    var head: [UInt8] = []
    head.reserveCapacity(1024)
    func line(_ name: String, _ value: String) {
      head += name.utf8
      head += ": ".utf8
      head += value.utf8
      head += "\r\n".utf8
    }
    head += "HTTP/1.1 \(status)\r\n".utf8
    for field in fields.lines where field.name != "content-range" {
      line(field.name.description, field.value)
    }
    if let tag = entityTag { line("etag", EntityTag(tag).description) }
    if let seconds = lastModified {
      line("last-modified", HTTPDate(seconds: seconds).description)
    }
    // Last, where that of a part of a cached response stands.
    if let range = fields["content-range"] { line("content-range", range) }
    return head
  }
}
