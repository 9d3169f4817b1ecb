/// Looks for tags that do not pair up, and for attributes without quotes.
///
/// Returns what it stumbled over; nil when there is nothing.
func imbalance(of markup: String, isXML: Bool = false) -> String? {
  let empty: Set<String> =
    isXML ? [] : ["meta", "link", "input", "br", "hr", "img", "!doctype"]
  var open: [String] = []
  var rest = markup[...]
  while let start = rest.firstIndex(of: "<") {
    guard let end = rest[start...].firstIndex(of: ">") else { return "an unfinished tag" }
    let tag = rest[rest.index(after: start)..<end]
    rest = rest[rest.index(after: end)...]
    if tag.hasPrefix("?") { continue }
    let name = tag.prefix { !$0.isWhitespace && $0 != "/" || $0 == tag.first && $0 == "/" }
    if tag.hasPrefix("/") {
      guard let last = open.popLast(), "/" + last == tag else { return "<\(tag)> in \(open)" }
      continue
    }
    guard !name.isEmpty else { return "<\(tag)>" }
    if tag.split(separator: "\"", omittingEmptySubsequences: false).count.isMultiple(of: 2) {
      return "an odd number of quotes in <\(tag)>"
    }
    // After each value in quotes comes a space, a slash or the end.
    let outside = tag.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    if outside.dropFirst().contains(where: { !($0.isEmpty || $0.hasPrefix(" ") || $0 == "/") }) {
      return "something behind a quote in <\(tag)>"
    }
    if tag.hasSuffix("/") || empty.contains(name.lowercased()) { continue }
    open.append(String(name))
  }
  return open.isEmpty ? nil : "not closed: \(open)"
}
