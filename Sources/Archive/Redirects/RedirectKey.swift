internal import Foundation

/// An address of an earlier site in the form in which redirects are stored and found.
///
/// Percent-encoding, letter case, slashes at the end, `index.php` and the order of a query do not
/// matter.
struct RedirectKey: Sendable, Hashable, CustomStringConvertible {
  let description: String

  /// The longest address that is stored or looked for, in bytes.
  private static let longest = 2000

  /// Takes a path and a query as they were sent; nil for the home page itself, and for an address
  /// that is too long.
  init?(path: String, query: String? = nil) {
    let pairs = RedirectKey.pairs(query)
    let path = RedirectKey.path(path)
    guard path != "/" || !pairs.isEmpty else { return nil }
    self.init(path, pairs)
  }

  /// Takes a complete address or a path with its query; nil for the home page itself.
  init?(address: String) {
    var rest = address.cleanedLine[...]
    if let scheme = rest.range(of: "://") {
      let host = rest[scheme.upperBound...]
      rest = host.firstIndex { "/?#".contains($0) }.map { host[$0...] } ?? "/"
    }
    rest = rest.prefix { $0 != "#" }
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    self.init(path: String(parts.first ?? ""), query: parts.count > 1 ? String(parts[1]) : nil)
  }

  private init?(_ path: String, _ pairs: [String]) {
    let text = pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    guard text.utf8.count <= RedirectKey.longest else { return nil }
    description = text
  }

  /// The keys under which a redirect of a request may be stored, the most exact first.
  ///
  /// A query that is not stored does not matter, nor do the numbers of pages, feeds and comments
  /// that WordPress puts behind a path.
  static func candidates(path: String, query: String?) -> [RedirectKey] {
    let pairs = pairs(query)
    let whole = RedirectKey.path(path)
    var paths = [whole]
    if let shorter = withoutSuffix(whole) { paths.append(shorter) }
    var keys: [RedirectKey] = []
    for path in paths {
      if pairs.count > 1, let key = RedirectKey(path, pairs) { keys.append(key) }
      keys += pairs.prefix(8).compactMap { RedirectKey(path, [$0]) }
      if path != "/", let key = RedirectKey(path, []) { keys.append(key) }
    }
    return keys
  }

  private static func path(_ text: String) -> String {
    let segments = decoded(text).split(separator: "/").filter { $0 != "index.php" }
    return "/" + segments.joined(separator: "/")
  }

  /// The pairs of a query in a fixed order, without those that only count visits.
  private static func pairs(_ query: String?) -> [String] {
    guard let query, !query.isEmpty else { return [] }
    return query.split(separator: "&").prefix(50).map { decoded(String($0)) }
      .filter { pair in !ignored.contains { pair.hasPrefix($0) } }
      .sorted()
  }

  private static let ignored = ["utm_", "fbclid=", "gclid=", "mc_cid=", "mc_eid="]

  private static func withoutSuffix(_ path: String) -> String? {
    var segments = path.split(separator: "/")
    guard segments.count > 1, let last = segments.popLast() else { return nil }
    let isNumber = last.utf8.allSatisfy { 0x30...0x39 ~= $0 }
    if isNumber, segments.last == "page" { segments.removeLast() }
    guard !segments.isEmpty,
      isNumber || ["feed", "embed", "amp", "trackback"].contains(last)
        || last.hasPrefix("comment-page-")
    else { return nil }
    return "/" + segments.joined(separator: "/")
  }

  /// Decoded, composed and in lower case.
  private static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text.lowercased().composed }
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
        let high = Character(Unicode.Scalar(source[index + 1])).hexDigitValue,
        let low = Character(Unicode.Scalar(source[index + 2])).hexDigitValue
      {
        bytes.append(UInt8(high * 16 + low))
        index += 3
      } else {
        bytes.append(source[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self).lowercased().composed
  }
}
