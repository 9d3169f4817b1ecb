// ISO 32000-1 §12.4.2: page labels.

/// The labels of a document's pages.
struct PageLabels {
  /// By page from 1, for pages whose label differs from their number.
  private(set) var labels: [Int: String] = [:]

  init(_ document: Document, pages: Int) {
    var ranges: [(first: Int, dictionary: [String: Object])] = []
    var pending = document.catalog?["PageLabels"].map { [$0] } ?? []
    var visited: Set<Int> = []
    var steps = 0
    while let node = pending.popLast(), steps < 1000 {
      steps += 1
      if let number = node.reference?.number, !visited.insert(number).inserted { continue }
      guard let dictionary = document.dictionary(node) else { continue }
      let leaves = document.array(dictionary["Nums"]) ?? []
      for index in stride(from: 0, to: leaves.count - 1, by: 2) where ranges.count < pages {
        guard let first = document.integer(leaves[index]), (0..<pages).contains(first),
          let label = document.dictionary(leaves[index + 1])
        else { continue }
        ranges.append((first, label))
      }
      pending += (document.array(dictionary["Kids"]) ?? []).reversed()
    }
    ranges.sort { $0.first < $1.first }
    for (place, range) in ranges.enumerated() {
      let end = place + 1 < ranges.count ? ranges[place + 1].first : pages
      let prefix =
        document.string(range.dictionary["P"]).flatMap { plainText(textString($0)) } ?? ""
      let start = min(max(document.integer(range.dictionary["St"]) ?? 1, 1), 1 << 20)
      let style = document.name(range.dictionary["S"])
      for page in range.first..<max(end, range.first) {
        let label = String(prefix.prefix(40)) + Self.number(start + page - range.first, style)
        if label != "\(page + 1)", !label.isEmpty { labels[page + 1] = label }
      }
    }
  }

  private static func number(_ number: Int, _ style: String?) -> String {
    switch style {
    case "D": "\(number)"
    case "R": roman(number).uppercased()
    case "r": roman(number)
    case "A": letters(number).uppercased()
    case "a": letters(number)
    default: ""
    }
  }

  private static func roman(_ number: Int) -> String {
    guard number < 5000 else { return "\(number)" }
    var (rest, text) = (number, "")
    for (value, digits) in [
      (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
      (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ] {
      while rest >= value {
        text += digits
        rest -= value
      }
    }
    return text
  }

  /// a to z, then aa to zz, and so on.
  private static func letters(_ number: Int) -> String {
    let letter = Character(Unicode.Scalar(UInt8(0x61 + (number - 1) % 26)))
    return String(repeating: letter, count: min((number - 1) / 26 + 1, 40))
  }
}
