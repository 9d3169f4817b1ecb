/// Inflates zlib data (RFC 1950).
///
/// - Parameters:
///   - compressed: A zlib stream; octets after its end are ignored.
///   - limit: The most octets to return. A kilobyte can inflate to a megabyte, so there is no
///     default.
/// - Returns: The inflated octets, all of them.
/// - Throws: ``InflateError``, also when only the end of the stream is damaged.
package func inflate(_ compressed: [UInt8], limit: Int) throws(InflateError) -> [UInt8] {
  let inflated = Inflated(compressed.span, format: .zlib, limit: limit)
  if let error = inflated.error { throw error }
  return inflated.octets
}

/// What could be inflated of data that may be damaged.
package struct Inflated: Sendable, Equatable {
  /// What was inflated before the end or the damage.
  package var octets: [UInt8] = []
  /// How many of the compressed octets belong to it.
  package var octetsRead = 0
  /// Why it is not all; nil when it is.
  package var error: InflateError?

  /// Inflates as much as can be, and at most `limit` octets.
  package init(_ compressed: Span<UInt8>, format: CompressedFormat = .detected, limit: Int) {
    var inflater = Inflater(format: format, limit: limit)
    do {
      _ = try inflater.inflate(compressed, into: &octets)
      try inflater.finish()
    } catch {
      self.error = error
    }
    octetsRead = inflater.octetsRead
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
      guard DamagedDeflate.isPremature(end: octetsRead, of: compressed.count) else { return }
    case .damaged: break
    }
    var data: [UInt8] = []
    data.reserveCapacity(compressed.count)
    for index in compressed.indices { data.append(compressed[index]) }
    let isHeaderGood = data.count > 1 && detectedFormat(data[0], data[1]) == .zlib
    if octets.isEmpty || !isHeaderGood {
      for skipped in [0, 2] where skipped < data.count {
        let attempt = Inflated(compressed.extracting(skipped...), format: .raw, limit: limit)
        guard attempt.octets.count > octets.count || attempt.error == nil else { continue }
        self = attempt
        octetsRead += skipped
        if error == nil { return }
      }
    }
    for start in isHeaderGood ? [2] : [0, 2] {
      let attempt = DamagedDeflate(data, from: start, limit: limit)
      guard attempt.output.count > octets.count else { continue }
      octets = attempt.output
      octetsRead = data.count
    }
  }
}
