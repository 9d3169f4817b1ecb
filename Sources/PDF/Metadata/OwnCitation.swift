/// The citation of a document in itself, which journals have in running feet.
enum OwnCitation {
  /// The journal and the issue in the document's own citation: “Title. Journal of Ports, 4(44), 122.”
  static func read(
    _ pages: [PageLines], title: String?
  ) -> (found: SeriesGuess.Found, page: Int)? {
    guard let title, title.utf8.count > 12 else { return nil }
    let plain = title.lowercased().filter { $0.isLetter || $0.isNumber }
    for page in pages {
      // It is at the head or the foot.
      for lines in [page.edges[...], page.body.prefix(6), page.body.suffix(6)] {
        let text = lines.map(\.text).joined(separator: " ")
        guard let end = end(of: plain, in: text) else { continue }
        if let found = journal(String(text[end...].prefix(200))) { return (found, page.number) }
      }
    }
    return nil
  }

  /// The end of the last place of letters and digits in a text, whatever is between them.
  private static func end(of plain: String, in text: String) -> String.Index? {
    let letters = text.indices.filter { text[$0].isLetter || text[$0].isNumber }
    let folded = letters.map { Character(text[$0].lowercased().first.map(String.init) ?? "") }
    let wanted = Array(plain)
    guard !wanted.isEmpty, folded.count >= wanted.count else { return nil }
    for start in stride(from: folded.count - wanted.count, through: 0, by: -1)
    where folded[start] == wanted[0] && Array(folded[start..<start + wanted.count]) == wanted {
      return text.index(after: letters[start + wanted.count - 1])
    }
    return nil
  }

  /// A journal with its volume and issue at the beginning of a text.
  private static func journal(_ text: String) -> SeriesGuess.Found? {
    let rest = text.drop { !$0.isLetter && $0 != "(" }
    guard text.first.map({ ".,;:”\" ".contains($0) }) == true,
      let comma = rest.firstIndex(of: ","), let first = rest.first, first.isUppercase
    else { return nil }
    let name = String(rest[..<comma]).trimmedSpaces
    guard (4...100).contains(name.count), name.split(separator: " ").count <= 12,
      !name.contains(where: \.isNumber)
    else { return nil }
    // “4(44), 122”, “12, 3–15”; a page number of the foot can be between the lines.
    let tokens = rest[rest.index(after: comma)...].split { " ,;".contains($0) }.prefix(3)
    let issue = tokens.first { token in
      token.contains("(") && token.hasSuffix(")")
        && token.allSatisfy { $0.isNumber || "()–-/".contains($0) }
    }
    guard let volume = issue ?? tokens.first.flatMap({ $0.allSatisfy(\.isNumber) ? $0 : nil }),
      volume.count <= 12
    else { return nil }
    return SeriesGuess.Found(series: name, number: String(volume))
  }
}
