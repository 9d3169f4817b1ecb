/// The parts of a line that separators divide, as in running heads: “Harbour Notes | June 2020”.
enum Segments {
  static func of(_ line: String) -> [String] {
    let characters = Array(line)
    var segments: [String] = []
    var start = 0
    func end(at index: Int) {
      let segment = String(characters[start..<index]).trimmedSpaces
      if !segment.isEmpty { segments.append(segment) }
      start = index + 1
    }
    for (index, character) in characters.enumerated() {
      func isSpace(_ offset: Int) -> Bool {
        characters.indices.contains(index + offset) && characters[index + offset] == " "
      }
      switch character {
      case "\t": end(at: index)
      case "·", "|", "/", "–", "—", "•": if isSpace(-1), isSpace(1) { end(at: index) }
      case ";": if isSpace(1) { end(at: index) }
      default: break
      }
    }
    end(at: characters.count)
    return segments
  }
}
