/// Why compressed bytes could not be inflated, or not all of them.
package enum InflateError: Error, Equatable, Sendable {
  /// The compressed data at about this byte are not deflate data, or not a header.
  case damaged(offset: Int)
  /// The data end before their end mark.
  case truncated
  /// All was inflated, but the checksum or the length at its end differs.
  case wrongChecksum
  /// There is more than the caller's limit, which the case holds.
  case exceedsLimit(Int)
  /// zlib had no memory for its window.
  case noMemory
}
