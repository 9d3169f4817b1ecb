import Glibc

/// An IP address without a port.
///
/// IPv4 is kept as an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2), so a client has one address
/// whichever socket it came by, and one comparison covers both families.
package struct Address: Sendable, Hashable, CustomStringConvertible {
  /// The first 64 bits.
  package let high: UInt64
  package let low: UInt64

  private static let mappedPrefix: UInt64 = 0xFFFF << 32

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package static let loopback = Address(ipv4: 0x7F00_0001)

  package init(ipv4: UInt32) { self.init(high: 0, low: Self.mappedPrefix | UInt64(ipv4)) }

  /// Reads the usual notation of either family, without brackets, port or zone.
  package init?(_ text: String) {
    guard !text.utf8.contains(0) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    // Unsafe: inet_pton writes 4 or 16 bytes for these families, and there is room for 16.
    if unsafe bytes.withUnsafeMutableBytes({
      unsafe inet_pton(AF_INET6, text, $0.baseAddress)
    }) == 1 {
      self.init(
        high: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) },
        low: bytes[8...].reduce(0) { $0 << 8 | UInt64($1) })
    } else if unsafe bytes.withUnsafeMutableBytes({
      unsafe inet_pton(AF_INET, text, $0.baseAddress)
    }) == 1 {
      self.init(ipv4: bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) })
    } else {
      return nil
    }
  }

  package var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

  /// The address by which limits are counted: all of IPv4, the first 64 bits of IPv6, which are
  /// one customer's.
  package var subscriber: Address { isIPv4 ? self : Address(high: high, low: 0) }

  /// The network that an address belongs to, as a key to count and compare by.
  ///
  /// - Parameters:
  ///   - client: An address; any other text is its own network.
  ///   - ipv4Bytes: How many bytes of an IPv4 address are one party.
  ///   - ipv6Bytes: The same for IPv6.
  /// - Returns: The family and the bytes in hexadecimal digits.
  package static func network(of client: String, ipv4Bytes: Int, ipv6Bytes: Int = 8) -> String {
    guard let address = Address(client) else { return client }
    let bytes =
      address.isIPv4
      ? address.bytes.dropFirst(12).prefix(ipv4Bytes) : address.bytes.prefix(ipv6Bytes)
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return (address.isIPv4 ? "4:" : "6:") + digits
  }

  /// In network order.
  private var bytes: [UInt8] {
    [high, low].flatMap { half in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> UInt64($0)) }
    }
  }

  package var description: String {
    let bytes = self.bytes
    if isIPv4 { return bytes[12...].map { String($0) }.joined(separator: ".") }
    var text = [CChar](repeating: 0, count: 64)
    // Unsafe: inet_ntop reads 16 bytes and writes at most 46 characters with the NUL.
    unsafe bytes.withUnsafeBytes { source in
      unsafe text.withUnsafeMutableBufferPointer { target in
        _ = unsafe inet_ntop(AF_INET6, source.baseAddress, target.baseAddress, 64)
      }
    }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// The addresses that share a prefix, as in `192.0.2.0/24`; one address is a network too.
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

extension SocketAddress {
  /// Nil when it is not an IP address.
  init?(_ storage: sockaddr_storage) {
    var storage = storage
    // Unsafe: all offsets are in the 128 bytes of the storage.
    let (port, ipv4, high, low) = unsafe withUnsafeBytes(of: &storage) { bytes in
      unsafe (
        UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self)),
        UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
      )
    }
    switch Int32(storage.ss_family) {
    case AF_INET: self.init(address: Address(ipv4: ipv4), port: port)
    case AF_INET6: self.init(address: Address(high: high, low: low), port: port)
    default: return nil
    }
  }

  /// The system's form, and its length.
  var storage: (sockaddr_storage, socklen_t) {
    var storage = sockaddr_storage()
    storage.ss_family = sa_family_t(address.isIPv4 ? AF_INET : AF_INET6)
    let address = self.address
    // Unsafe: all offsets are in the 128 bytes of the storage.
    unsafe withUnsafeMutableBytes(of: &storage) { bytes in
      unsafe bytes.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
      if address.isIPv4 {
        let ipv4 = UInt32(truncatingIfNeeded: address.low)
        unsafe bytes.storeBytes(of: ipv4.bigEndian, toByteOffset: 4, as: UInt32.self)
      } else {
        unsafe bytes.storeBytes(of: address.high.bigEndian, toByteOffset: 8, as: UInt64.self)
        unsafe bytes.storeBytes(of: address.low.bigEndian, toByteOffset: 16, as: UInt64.self)
      }
    }
    let size = address.isIPv4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
    return (storage, socklen_t(size))
  }
}
