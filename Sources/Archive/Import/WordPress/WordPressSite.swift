internal import Foundation
internal import TextRepair

/// The addresses of a WordPress site: what belongs to it, and what its files are called.
struct WordPressSite: Sendable {
  /// The path of the site, without a slash at its end; empty at the root of its host.
  let base: String
  /// The identity of the site, which begins the origin of its records.
  let address: String
  private let hosts: Set<String>

  init(_ channel: WordPressChannel) {
    let blog = [channel.blogAddress, channel.link, channel.siteAddress].first { !$0.isEmpty } ?? ""
    address = blog.hasSuffix("/") ? String(blog.dropLast()) : blog
    base = WordPressSite.parts(address).map { WordPressSite.withoutSlash($0.path) } ?? ""
    hosts = Set(
      [channel.blogAddress, channel.link, channel.siteAddress].compactMap {
        WordPressSite.parts($0)?.host
      })
  }

  private static func withoutSlash(_ path: String) -> String {
    path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Host without `www.` and port, and the rest; nil for what is no address of the web.
  private static func parts(_ address: String) -> (host: String, path: String)? {
    guard let scheme = address.firstRange(of: "//") else { return nil }
    let rest = address[scheme.upperBound...]
    var host = rest.prefix { !"/?#:".contains($0) }.lowercased()
    if host.hasPrefix("www.") { host.removeFirst(4) }
    let path = rest.drop { !"/?#".contains($0) }
    return (host, path.hasPrefix("/") ? String(path) : "/" + path)
  }

  /// The path and query of an address on this site; nil for an address elsewhere.
  func path(of address: String) -> String? {
    let address = address.cleanedLine
    guard !address.isEmpty, !address.hasPrefix("#"), !address.hasPrefix("mailto:") else {
      return nil
    }
    if address.contains("://") || address.hasPrefix("//") {
      guard let parts = WordPressSite.parts(address), hosts.contains(parts.host) else { return nil }
      return parts.path
    }
    if address.hasPrefix("/") { return address }
    guard !address.prefix(12).contains(":") else { return nil }
    // Relative to the page, which is below the site.
    let rest = address.split(separator: "/").drop { $0 == ".." || $0 == "." }
    return base + "/" + rest.joined(separator: "/")
  }

  /// The path of a PDF on this site, decoded and without a query; nil for anything else.
  func filePath(of address: String) -> String? {
    guard let path = path(of: address)?.prefix(while: { $0 != "?" && $0 != "#" }),
      path.lowercased().hasSuffix(".pdf")
    else { return nil }
    return (String(path).removingPercentEncoding ?? String(path)).composed
  }

  /// The addresses of PDFs in HTML and custom fields, in their order.
  func pdfs(in text: String) -> [String] {
    guard text.range(of: ".pdf", options: .caseInsensitive) != nil else { return [] }
    var paths: [String] = []
    func add(_ address: String) {
      guard let path = filePath(of: address), !paths.contains(path) else { return }
      paths.append(path)
    }
    for link in links(ofWebPage: text) { add(link) }
    // In shortcodes, in the settings of blocks and in serialized fields.
    let delimiters = Set("\"'<>[]()=,;{} \n\r\t|".utf8)
    let bytes = Array(text.replacing("\\/", with: "/").utf8)
    var start = 0
    for index in bytes.indices {
      if delimiters.contains(bytes[index]) { start = index + 1 }
      guard bytes[index] | 0x20 == UInt8(ascii: "f"), index - start > 4,
        index + 1 == bytes.count || delimiters.contains(bytes[index + 1])
          || bytes[index + 1] == UInt8(ascii: "?") || bytes[index + 1] == UInt8(ascii: "#")
      else { continue }
      let word = String(decoding: bytes[start...index], as: UTF8.self)
      guard word.lowercased().hasSuffix(".pdf"), word.contains("/") else { continue }
      add(word)
    }
    return paths
  }

  /// Where a file may be in a folder of uploads, the likeliest first.
  static func places(of path: String, attached: String?) -> [String] {
    var places: [String] = []
    func add(_ place: some StringProtocol) {
      let relative = String(place.drop { $0 == "/" })
      if !relative.isEmpty, !places.contains(relative) { places.append(relative) }
    }
    if let attached, !attached.hasPrefix("/") { add(attached) }
    for folder in ["/uploads/", "/files/"] {
      if let range = path.range(of: folder, options: .backwards) { add(path[range.upperBound...]) }
    }
    if let range = path.firstRange(of: "/wp-content/") { add(path[range.lowerBound...]) }
    add(path)
    if let name = path.split(separator: "/").last { add(name) }
    // Files from a Mac have their accents behind the letters.
    for place in places { add(place.decomposedStringWithCanonicalMapping) }
    return places
  }
}
