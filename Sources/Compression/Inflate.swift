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

  /// Inflates data whose header may be wrong, as in files that were repaired by hand or badly.
  ///
  /// When nothing comes of the data as they call themselves, they are tried as deflate data alone,
  /// first from the start, then after two octets of a header.
  package init(salvaging compressed: Span<UInt8>, limit: Int) {
    self.init(compressed, limit: limit)
    guard octets.isEmpty, case .damaged = error else { return }
    for skipped in [0, 2] where skipped < compressed.count {
      let attempt = Inflated(compressed.extracting(skipped...), format: .raw, limit: limit)
      if attempt.octets.count > octets.count {
        self = attempt
        octetsRead += skipped
      }
    }
  }
}
