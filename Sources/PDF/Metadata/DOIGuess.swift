/// Finds the document's own DOI: the only one of the first page, or one with a label.
struct DOIGuess {
  private(set) var found: Guess<String>?

  init(_ pages: [PageLines]) {
    for page in pages.prefix(2) {
      var labelled: Set<String> = []
      var all: Set<String> = []
      // On later pages, longer lines are references.
      for line in page.all
      where line.text.contains("10.") && (page.number == 1 || line.text.utf8.count < 60) {
        for (doi, hasLabel) in Self.dois(in: line.text) {
          all.insert(doi)
          if hasLabel { labelled.insert(doi) }
        }
      }
      if labelled.count == 1, let doi = labelled.first {
        found = Guess(doi, 0.92, .pages, page: page.number)
      } else if labelled.isEmpty, all.count == 1, let doi = all.first {
        found = Guess(doi, 0.75, .pages, page: page.number)
      }
      if !all.isEmpty { return }
    }
  }

  /// The DOIs of a line (ISO 26324): a prefix that begins with “10.”, a solidus and a suffix.
  private static func dois(in line: String) -> [(doi: String, hasLabel: Bool)] {
    var result: [(String, Bool)] = []
    let words = line.split { " \t".contains($0) }
    for (index, word) in words.enumerated() {
      guard let start = word.firstRange(of: "10.")?.lowerBound else { continue }
      let before = word[..<start].lowercased()
      let isStart =
        before.isEmpty || before.hasSuffix("/") || before.hasSuffix(":") || before.hasSuffix("(")
      var doi = String(word[start...])
      while let last = doi.last, ".,;:)>]”\"".contains(last) { doi.removeLast() }
      let parts = doi.split(separator: "/", maxSplits: 1)
      guard isStart, parts.count == 2, parts[1].count >= 2,
        (7...12).contains(parts[0].count), parts[0].dropFirst(3).allSatisfy(\.isNumber)
      else { continue }
      let previous = index > 0 ? words[index - 1].lowercased() : ""
      let label = before.isEmpty ? previous : before
      // A resolver's address is also used for references; a label is not.
      result.append((doi, label.hasPrefix("doi")))
    }
    return result
  }
}
