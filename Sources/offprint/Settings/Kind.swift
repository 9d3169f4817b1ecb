import Archive
import HTTPServer
import Site
import System

/// The kind of a setting's value.
struct Kind<Value: Sendable>: Sendable {
  /// The description after “expected ”.
  let expectation: String
  /// Parses a value; nil if the text is invalid.
  let read: @Sendable (String) -> Value?
}

extension Kind where Value == String {
  /// Any single line; may be empty.
  static let text = Kind(expectation: "text") { $0 }

  /// The path of a folder, absolute or from the working directory.
  static let folder = Kind(expectation: "the path of a folder") { $0.isEmpty ? nil : $0 }

  /// The path of a file or folder, or nothing.
  static let optionalPath = Kind(expectation: "a path, or nothing") { $0 }

  /// An email address, or nothing.
  static let optionalAddress = Kind(
    expectation: "an email address such as “library@example.org”, or nothing"
  ) { text in
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let isAddress =
      parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E && $0 != 0x2C }
    return text.isEmpty || isAddress ? text : nil
  }

  /// The origin of the public site without a trailing slash, or nothing.
  static let optionalOrigin = Kind(
    expectation: "an address such as “https://papers.example.org”, or nothing"
  ) { text in
    guard !text.isEmpty else { return text }
    let origin = text.hasSuffix("/") ? String(text.dropLast()) : text
    for scheme in ["https://", "http://"] where origin.hasPrefix(scheme) {
      let authority = origin.utf8.dropFirst(scheme.utf8.count)
      let isAuthority = authority.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5B, 0x5D: true
        default: false
        }
      }
      return authority.isEmpty || !isAuthority ? nil : origin
    }
    return nil
  }
}

extension Kind where Value == String {
  /// A language tag.
  static let languageTag = Kind(expectation: "a language tag such as “en” or “pt-BR”") {
    let isTag =
      !$0.isEmpty && $0.utf8.count <= 35
      && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return isTag ? $0 : nil
  }
}

extension Kind where Value == [String] {
  /// Language tags, separated by commas; may be empty.
  static let languageTags = Kind(expectation: "language tags such as “en, sv”, or nothing") {
    text in
    let tags = text.split { $0 == "," || $0.isWhitespace }.map(String.init)
    return tags.allSatisfy { Kind<String>.languageTag.read($0) != nil } ? tags : nil
  }
}

extension Kind where Value == SiteTimeZone {
  static let timeZone = Kind(
    expectation: "a time zone such as “Europe/Stockholm” or “UTC”"
  ) { SiteTimeZone($0) }
}

extension Kind where Value == Color {
  static let color = Kind(expectation: "a colour such as “#8c2f1b”") { Color($0) }
}

extension Kind where Value == [FooterLink] {
  /// Names and addresses of links, separated by semicolons; may be empty.
  static let links = Kind(
    expectation: "names and addresses such as “Privacy /privacy; Press https://example.org/”, "
      + "or nothing"
  ) { FooterLink.links($0) }
}

extension Kind where Value == Bool {
  static let boolean = Kind(expectation: "“yes” or “no”") { text in
    switch text.lowercased() {
    case "yes", "true", "on", "1": true
    case "no", "false", "off", "0": false
    default: nil
    }
  }
}

extension Kind where Value == Int {
  static func integer(in range: ClosedRange<Int>) -> Kind {
    Kind(expectation: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
      guard let number = Int(text), range.contains(number) else { return nil }
      return number
    }
  }

  /// A size in bytes.
  static func bytes(atLeast least: Int = 0) -> Kind {
    Kind(
      expectation: "a size such as “64 MiB”"
        + (least > 0 ? ", at least \(Quantity.text(bytes: least))" : "")
    ) {
      guard let bytes = Quantity.bytes($0), bytes >= least else { return nil }
      return bytes
    }
  }
}

extension Kind where Value == Duration {
  /// A duration of at most ten thousand days, so that adding it to a time does not overflow.
  static func duration(atLeast least: Duration) -> Kind {
    Kind(expectation: "a duration such as “30 s”, at least \(Quantity.text(least))") {
      guard let duration = Quantity.duration($0), duration >= least,
        duration <= .seconds(10_000 * 86_400)
      else { return nil }
      return duration
    }
  }
}

extension Kind where Value == ServerConfiguration.Rate? {
  /// A rate; bursts may use the amount of ten seconds.
  static let rate = Kind(expectation: "a rate such as “20 / s” or “60 / min”, or 0 for no limit") {
    text in
    guard text != "0" else { return .some(nil) }
    let parts = text.split(separator: "/").map { $0.filter { $0 != " " } }
    guard parts.count == 2, let count = Int(parts[0]), (1...1_000_000).contains(count) else {
      return nil
    }
    let seconds: Double
    switch parts[1] {
    case "s": seconds = 1
    case "min": seconds = 60
    default: return nil
    }
    let perSecond = Double(count) / seconds
    return ServerConfiguration.Rate(perSecond: perSecond, burst: max(10, 10 * perSecond))
  }
}

extension Kind where Value == HourRange {
  static let hours = Kind(expectation: "hours of the day such as “1-5” or “22-4”") { HourRange($0) }
}

extension Kind where Value == Int {
  /// Bytes a second.
  static let megabytesPerSecond = Kind(
    expectation: "megabytes a second such as “20 MB/s”, or 0 for never"
  ) { text in
    let number = text.hasSuffix("MB/s") ? text.dropLast(4).filter { $0 != " " } : text
    guard let megabytes = Int(number), (0...100_000).contains(megabytes) else { return nil }
    return megabytes * 1_000_000
  }
}

extension Kind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  static var choice: Kind {
    let names = Value.allCases.map { "“\($0.rawValue)”" }
    return Kind(expectation: names.joined(separator: " or ")) { Value(rawValue: $0) }
  }
}

extension Kind where Value == Set<PublicationType> {
  /// Publication types, separated by commas; may be empty.
  static let publicationTypes = Kind(
    expectation: "types such as “dataset, other”, or nothing"
  ) { text in
    let types = items(of: text).map(PublicationType.init(rawValue:))
    return types.contains(nil) ? nil : Set(types.compactMap(\.self))
  }
}

extension Kind where Value == Set<Role> {
  /// Roles of staff, separated by commas; may be empty.
  static let roles = Kind(
    expectation: "roles such as “administrator, editor”, or nothing"
  ) { text in
    let roles = items(of: text).map(Role.init(rawValue:))
    return roles.contains(nil) ? nil : Set(roles.compactMap(\.self))
  }
}

extension Kind where Value == [SocketAddress] {
  /// One or more addresses with ports, separated by commas.
  static let addresses = Kind(
    expectation: "an address and a port such as “127.0.0.1:8080” or “[::1]:8080”"
  ) { text in
    let addresses = items(of: text).map { SocketAddress($0) }
    let known = addresses.compactMap(\.self)
    return known.isEmpty || known.count != addresses.count ? nil : known
  }
}

extension Kind where Value == HTTPAddress? {
  /// An address without TLS and without a query, or nothing.
  static let httpOrigin = Kind(
    expectation: "an address such as “http://10.0.0.5:8080” or “http://store/bucket”, or nothing"
  ) { text in
    guard !text.isEmpty else { return .some(nil) }
    guard let address = HTTPAddress(text), !address.path.contains("?") else { return nil }
    return .some(address)
  }
}

extension Kind where Value == [HTTPAddress] {
  /// Addresses without TLS, separated by commas; may be empty.
  static let httpAddresses = Kind(
    expectation: "addresses such as “http://127.0.0.1:6081/”, or nothing"
  ) { text in
    let addresses = items(of: text).map { HTTPAddress($0) }
    let known = addresses.compactMap(\.self)
    return known.count == addresses.count ? known : nil
  }
}

extension Kind where Value == [Network] {
  /// Addresses and networks, separated by commas; may be empty.
  static let networks = Kind(
    expectation: "addresses and networks such as “192.0.2.7, 10.0.0.0/8”, or nothing"
  ) { text in
    let networks = items(of: text).map { Network($0) }
    let known = networks.compactMap(\.self)
    return known.count == networks.count ? known : nil
  }
}

/// The items of a list separated by commas or spaces.
private func items(of text: String) -> [String] {
  text.split { $0 == "," || $0 == " " || $0 == "\t" }.map(String.init)
}
