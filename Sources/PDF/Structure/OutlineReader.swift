// ISO 32000-1 §12.3.2 (destinations) and §12.3.3 (document outline).

/// Reads the outline of a document.
struct OutlineReader {
  private let document: Document
  private let pages: [Int: Int]
  private let pageCount: Int

  private static let mostEntries = 20_000

  init(_ document: Document, pages: [Page]) {
    self.document = document
    var numbers: [Int: Int] = [:]
    for (index, page) in pages.enumerated() {
      if let number = page.number { numbers[number] = numbers[number] ?? index + 1 }
    }
    self.pages = numbers
    pageCount = pages.count
  }

  /// The entries in order, children after their parent.
  func entries() -> [Bookmark] {
    guard let root = document.dictionary(document.catalog?["Outlines"]) else { return [] }
    var entries: [Bookmark] = []
    // The items to visit, the next one last.
    var pending: [(item: Object, level: Int)] = root["First"].map { [($0, 1)] } ?? []
    var visited: Set<Int> = []
    while let (item, level) = pending.popLast(), entries.count < Self.mostEntries {
      // Only indirect objects can form a loop.
      guard let number = item.reference?.number, visited.insert(number).inserted,
        let dictionary = document.dictionary(item)
      else { continue }
      if let next = dictionary["Next"] { pending.append((next, level)) }
      if let first = dictionary["First"], level < document.limits.nesting {
        pending.append((first, level + 1))
      }
      guard let bytes = document.string(dictionary["Title"]),
        let title = plainText(textString(Array(bytes.prefix(2048))))
      else { continue }
      entries.append(Bookmark(title: title, page: page(of: dictionary), level: level))
    }
    return entries
  }

  /// The page that an item or its action leads to.
  private func page(of item: [String: Object]) -> Int? {
    if let destination = item["Dest"] { return page(destination, depth: 0) }
    guard let action = document.dictionary(item["A"]), document.name(action["S"]) == "GoTo" else {
      return nil
    }
    return page(action["D"], depth: 0)
  }

  private func page(_ destination: Object?, depth: Int) -> Int? {
    guard depth < 4 else { return nil }
    switch document.resolve(destination) {
    case .array(let parts)?:
      if let number = parts.first?.reference?.number, let page = pages[number] { return page }
      // A page number instead of a page object is meant for remote files (§12.3.2.2), but occurs.
      guard let index = parts.first?.integer, (0..<pageCount).contains(index) else { return nil }
      return index + 1
    case .dictionary(let dictionary)?: return page(dictionary["D"], depth: depth + 1)
    case .name(let name)?:
      let all = document.dictionary(document.catalog?["Dests"])
      return page(all?[name] ?? named(Array(name.utf8)), depth: depth + 1)
    case .string(let name)?: return page(named(name), depth: depth + 1)
    default: return nil
    }
  }

  /// The value of a name in a name tree (§7.9.6).
  private func named(_ name: [UInt8]) -> Object? {
    let names = document.dictionary(document.catalog?["Names"])
    var pending = names?["Dests"].map { [$0] } ?? []
    var steps = 0
    while let node = pending.popLast(), steps < 2000 {
      steps += 1
      guard let dictionary = document.dictionary(node) else { continue }
      if let limits = document.array(dictionary["Limits"]), limits.count == 2,
        let low = document.string(limits[0]), let high = document.string(limits[1]),
        name.lexicographicallyPrecedes(low) || high.lexicographicallyPrecedes(name)
      {
        continue
      }
      let leaves = document.array(dictionary["Names"]) ?? []
      for index in stride(from: 0, to: leaves.count - 1, by: 2)
      where document.string(leaves[index]) == name {
        return leaves[index + 1]
      }
      pending += (document.array(dictionary["Kids"]) ?? []).reversed()
    }
    return nil
  }
}
