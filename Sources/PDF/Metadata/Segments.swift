/// The parts of a line that separators divide, as in running heads: “Harbour Notes | June 2020”.
enum Segments {
  static func of(_ line: String) -> [String] {
    var text = line
    for separator in [" · ", " | ", " / ", " – ", " — ", " • ", "\t", "; "] {
      text = text.replacing(separator, with: "\n")
    }
    return text.split(separator: "\n").map { String($0).trimmedSpaces }.filter { !$0.isEmpty }
  }
}
