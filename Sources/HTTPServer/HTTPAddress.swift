/// The address of a resource on a server without TLS: `http://HOST[:PORT][/PATH]`.
package struct HTTPAddress: Sendable, Hashable, CustomStringConvertible {
  /// A name, or an IP address without brackets.
  package let host: String
  package let port: UInt16
  /// Begins with a slash, and may have a query.
  package let path: String

  /// Parses an address; nil if it is of another form.
  package init?(_ text: String) {
    let scheme = "http://"
    guard text.lowercased().hasPrefix(scheme),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x23 })
    else { return nil }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let target = rest.dropFirst(authority.count)
    guard target.isEmpty || target.hasPrefix("/") else { return nil }

    var host = authority
    var port: UInt16 = 80
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      host = authority[authority.index(after: authority.startIndex)..<end]
      guard host.contains(":") else { return nil }
      let tail = authority[authority.index(after: end)...]
      guard let read = Self.port(tail) else { return nil }
      port = read
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
      guard let read = Self.port(authority[colon...]) else { return nil }
      port = read
    }
    guard !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
    self.init(host: String(host), port: port, path: target.isEmpty ? "/" : String(target))
  }

  private init(host: String, port: UInt16, path: String) {
    self.host = host
    self.port = port
    self.path = path
  }

  /// The address with more path behind it, which begins with a slash.
  package func appending(_ more: String) -> HTTPAddress {
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    return HTTPAddress(host: host, port: port, path: folder + more)
  }

  /// The value of `Host`.
  package var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == 80 ? name : "\(name):\(port)"
  }

  package var description: String { "http://\(authority)\(path)" }

  /// Reads an empty text, or a colon and a port.
  private static func port(_ text: Substring) -> UInt16? {
    guard !text.isEmpty else { return 80 }
    let digits = text.dropFirst()
    guard text.hasPrefix(":"), digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
      let port = UInt16(digits), port > 0
    else { return nil }
    return port
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5F: true
    default: false
    }
  }
}
