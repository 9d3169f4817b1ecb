import Glibc

/// An IP address without a port.
///
/// IPv4 is kept as an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2), so a client has one address
/// whichever socket it came by, and one comparison covers both families.
package struct Address: Sendable, Hashable, CustomStringConvertible {
  let high: UInt64
  let low: UInt64

  private static let mappedPrefix: UInt64 = 0xFFFF << 32

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  init(ipv4: UInt32) { self.init(high: 0, low: Self.mappedPrefix | UInt64(ipv4)) }

  /// Reads the usual notation of either family, without brackets, port or zone.
  package init?(_ text: String) {
    guard !text.utf8.contains(0) else { return nil }
    var octets = [UInt8](repeating: 0, count: 16)
    // Unsafe: inet_pton writes 4 or 16 octets for these families, and there is room for 16.
    if unsafe octets.withUnsafeMutableBytes({
      unsafe inet_pton(AF_INET6, text, $0.baseAddress)
    }) == 1 {
      self.init(
        high: octets[..<8].reduce(0) { $0 << 8 | UInt64($1) },
        low: octets[8...].reduce(0) { $0 << 8 | UInt64($1) })
    } else if unsafe octets.withUnsafeMutableBytes({
      unsafe inet_pton(AF_INET, text, $0.baseAddress)
    }) == 1 {
      self.init(ipv4: octets[..<4].reduce(0) { $0 << 8 | UInt32($1) })
    } else {
      return nil
    }
  }

  var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

  /// The address that connections are counted under: of IPv6 the first 64 bits, which one
  /// subscriber has to himself.
  var subscriber: Address { isIPv4 ? self : Address(high: high, low: 0) }

  /// In network order.
  var octets: [UInt8] {
    [high, low].flatMap { half in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> UInt64($0)) }
    }
  }

  package var description: String {
    let octets = self.octets
    if isIPv4 { return octets[12...].map { String($0) }.joined(separator: ".") }
    var text = [CChar](repeating: 0, count: 64)
    // Unsafe: inet_ntop reads 16 octets and writes at most 46 characters with the NUL.
    unsafe octets.withUnsafeBytes { source in
      unsafe text.withUnsafeMutableBufferPointer { target in
        _ = unsafe inet_ntop(AF_INET6, source.baseAddress, target.baseAddress, 64)
      }
    }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// The addresses that share a prefix, as in `192.0.2.0/24`; a lone address is a network of one.
package struct Network: Sendable, Hashable {
  private let address: Address
  /// Of the 128 bits that ``Address`` has.
  private let prefixBits: Int

  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = Address(String(first)) else { return nil }
    let width = first.contains(":") ? 128 : 32
    var length = width
    if parts.count == 2 {
      guard parts[1].utf8.count <= 3, parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
        let bits = Int(parts[1]), bits <= width
      else { return nil }
      length = bits
    }
    self.address = address
    prefixBits = 128 - width + length
  }

  package func contains(_ other: Address) -> Bool {
    func agree(_ left: UInt64, _ right: UInt64, bits: Int) -> Bool {
      bits <= 0 || (left ^ right) >> UInt64(64 - min(bits, 64)) == 0
    }
    return agree(address.high, other.high, bits: prefixBits)
      && agree(address.low, other.low, bits: prefixBits - 64)
  }
}

/// An address with a port, written `127.0.0.1:8080` or `[::1]:8080`.
package struct SocketAddress: Sendable, Hashable, CustomStringConvertible {
  package let address: Address
  /// Of a listener, 0 lets the system choose.
  package let port: UInt16

  package init(address: Address, port: UInt16) {
    self.address = address
    self.port = port
  }

  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    var host = text[..<colon]
    let digits = text[text.index(after: colon)...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
      let port = UInt16(digits)
    else { return nil }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if isBracketed { host = host.dropFirst().dropLast() }
    guard let address = Address(String(host)), address.isIPv4 != isBracketed else { return nil }
    self.init(address: address, port: port)
  }

  package var description: String {
    address.isIPv4 ? "\(address):\(port)" : "[\(address)]:\(port)"
  }
}
