import Archive
import Digests
import HTTP

/// How a resource is stored in a static copy of the site.
package enum StaticForm: Sendable {
  /// A page, whose file ends in `.html`.
  case page
  /// A file whose name is its address.
  case file
}

/// The files of a static copy by the addresses of the site.
struct StaticAddresses: Sendable {
  /// Scheme and authority of the site.
  let origin: String

  /// Fields of queries that are part of the copy: pages of lists, and one filter.
  ///
  /// There are too many combinations of filters to write all of them.
  private static let filters: Set<String> = [
    "year", "topic", "type", "author", "language", "series", "letter",
  ]

  /// An address of the site in two parts.
  struct Target: Sendable, Hashable {
    var path: String
    var query: String?

    init(_ text: some StringProtocol) {
      let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      path = String(parts.first ?? "")
      query = parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : nil
    }
  }

  /// The target and the fragment of a link; nil for one that leaves the site or stays on its page.
  func target(of link: String) -> (target: Target, fragment: Substring, isAbsolute: Bool)? {
    var rest = link[...]
    let isAbsolute = rest.hasPrefix(origin + "/")
    if isAbsolute { rest = rest.dropFirst(origin.count) }
    guard rest.hasPrefix("/"), !rest.hasPrefix("//") else { return nil }
    let address = rest.prefix { $0 != "#" }
    return (Target(address), rest.dropFirst(address.count), isAbsolute)
  }

  /// The path of the file in the copy; nil for what is not part of it.
  func file(of target: Target) -> String? {
    guard let resource = Resource(path: target.path), let form = resource.route.staticForm else {
      return nil
    }
    var name = resource == .home ? "index" : String(resource.path.dropFirst())
    if let query = target.query {
      guard let suffix = Self.suffix(query) else { return nil }
      let dot = form == .file ? name.lastIndex(of: ".") ?? name.endIndex : name.endIndex
      name.insert(contentsOf: "_" + suffix, at: dot)
    }
    return form == .page ? name + ".html" : name
  }

  /// A part of a file's name that stands for a query; nil for queries that are not in the copy.
  private static func suffix(_ query: String) -> String? {
    let fields = FormFields(query: query, limit: 50).fields
    guard !fields.isEmpty, fields.allSatisfy({ $0.name == "page" || filters.contains($0.name) }),
      fields.count(where: { $0.name != "page" }) <= 1
    else { return nil }
    let text = fields.map { "\($0.name)-\($0.value)" }.joined(separator: "-")
    let plain = String(
      String.UnicodeScalarView(
        text.lowercased().unicodeScalars.map { scalar in
          switch scalar {
          case "a"..."z", "0"..."9", "-": scalar
          default: "-"
          }
        }.prefix(60)))
    // Names that differ in what was replaced are told apart by a hash.
    return plain == text
      ? plain : plain + "-" + SHA256.hash(Array(query.utf8)).hexadecimal.prefix(8)
  }

  /// The way from one file of the copy to another one.
  static func relative(_ file: String, from other: String) -> String {
    String(repeating: "../", count: other.utf8.count { $0 == UInt8(ascii: "/") }) + file
  }
}
