/// The message, a one bit, zeros, and its length in bits at the end of the last block.
func paddedMessage(_ message: [UInt8], block: Int, isBigEndian: Bool) -> [UInt8] {
  let lengthBytes = block / 8
  var padded = message
  padded.append(0x80)
  while padded.count % block != block - lengthBytes { padded.append(0) }
  let bits = UInt64(message.count) * 8
  var length = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
  length += [UInt8](repeating: 0, count: lengthBytes - 8)
  padded += isBigEndian ? length.reversed() : length
  return padded
}
