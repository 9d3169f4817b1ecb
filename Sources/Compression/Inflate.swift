/// Inflates zlib data (RFC 1950).
///
/// - Parameters:
///   - compressed: A zlib stream; bytes after its end are ignored.
///   - limit: The most bytes to return. A kilobyte can inflate to a megabyte, so there is no
///     default.
/// - Returns: The inflated bytes, all of them.
/// - Throws: ``InflateError``, also when only the end of the stream is damaged.
package func inflate(_ compressed: [UInt8], limit: Int) throws(InflateError) -> [UInt8] {
  let inflated = Inflated(compressed.span, format: .zlib, limit: limit)
  if let error = inflated.error { throw error }
  return inflated.bytes
}

/// What could be inflated of data that may be damaged.
package struct Inflated: Sendable, Equatable {
  /// What was inflated before the end or the damage.
  package var bytes: [UInt8] = []
  /// How many of the compressed bytes belong to it.
  package var bytesRead = 0
  /// Why it is not all; nil when it is.
  package var error: InflateError?

  /// Inflates as much as can be, and at most `limit` bytes.
  package init(_ compressed: Span<UInt8>, format: CompressedFormat = .detected, limit: Int) {
    var inflater = Inflater(format: format, limit: limit)
    do {
      _ = try inflater.inflate(compressed, into: &bytes)
      try inflater.finish()
    } catch {
      self.error = error
    }
    bytesRead = inflater.bytesRead
  }

  /// Inflates as much as can be of data that may be damaged, before and after the damage.
  ///
  /// When the data are damaged, they are read again by a decoder that continues after errors. When
  /// the header is wrong too, they may be deflate data from the start or after two bytes. The error
  /// is the one that zlib found.
  package init(salvaging compressed: Span<UInt8>, limit: Int) {
    self.init(compressed, limit: limit)
    switch error {
    case nil, .truncated, .exceedsLimit, .noMemory: return
    case .wrongChecksum:
      guard DamagedDeflate.isPremature(end: bytesRead, of: compressed.count) else { return }
    case .damaged: break
    }
    var data: [UInt8] = []
    data.reserveCapacity(compressed.count)
    for index in compressed.indices { data.append(compressed[index]) }
    let isHeaderGood = data.count > 1 && detectedFormat(data[0], data[1]) == .zlib
    if bytes.isEmpty || !isHeaderGood {
      for skipped in [0, 2] where skipped < data.count {
        let attempt = Inflated(compressed.extracting(skipped...), format: .raw, limit: limit)
        guard attempt.bytes.count > bytes.count || attempt.error == nil else { continue }
        self = attempt
        bytesRead += skipped
        if error == nil { return }
      }
    }
    for start in isHeaderGood ? [2] : [0, 2] {
      let attempt = DamagedDeflate(data, from: start, limit: limit)
      guard attempt.output.count > bytes.count else { continue }
      bytes = attempt.output
      bytesRead = data.count
    }
  }
}
