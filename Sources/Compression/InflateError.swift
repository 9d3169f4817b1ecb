/// Why compressed octets could not be inflated, or not all of them.
package enum InflateError: Error, Equatable, Sendable {
  /// What stands at about this octet of the compressed data is no deflate data, or no header.
  case damaged(offset: Int)
  /// The data end before their end is said.
  case truncated
  /// All was inflated, but it is not what was compressed, by the checksum or length at its end.
  case wrongChecksum
  /// There is more than the caller's limit, which the case holds.
  case exceedsLimit(Int)
  /// zlib had no memory for its window.
  case noMemory
}
