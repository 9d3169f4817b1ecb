/// MathML as a line of text.
enum MathText {
  static func plain(_ nodes: [MarkupNode]) -> String {
    var text = ""
    for node in nodes { text += plain(node, behind: text.unicodeScalars.last) }
    return text
  }

  private static func plain(_ node: MarkupNode, behind previous: Unicode.Scalar?) -> String {
    switch node {
    // White space between elements is formatting.
    case .text(let text): return CharacterReferences.replaced(text).trimmingSpaces
    case .literal(let text): return text
    case .element("?", let nodes): return plain(Array(nodes.dropFirst()))
    case .element(let name, let nodes): return plain(name, nodes, behind: previous)
    }
  }

  private static func plain(
    _ name: String, _ nodes: [MarkupNode], behind previous: Unicode.Scalar?
  ) -> String {
    let parts = nodes.filter { node in
      if case .text(let text) = node { !text.trimmingSpaces.isEmpty } else { true }
    }.map { plain($0, behind: nil) }
    guard let base = parts.first else { return "" }
    switch (name, parts.count) {
    case ("msup", 2): return base + Scripts.raised(parts[1], behind: base.unicodeScalars.last)
    case ("msub", 2): return base + Scripts.lowered(parts[1], behind: base.unicodeScalars.last)
    case ("msubsup", 3):
      let lowered = base + Scripts.lowered(parts[1], behind: base.unicodeScalars.last)
      return lowered + Scripts.raised(parts[2], behind: lowered.unicodeScalars.last)
    case ("mfrac", 2): return "\(grouped(base))/\(grouped(parts[1]))"
    case ("msqrt", _): return "√" + grouped(plain(nodes))
    case ("mroot", 2): return Scripts.raised(parts[1], behind: nil) + "√" + grouped(base)
    case ("mover", _), ("munder", _), ("munderover", _), ("semantics", _): return base
    case ("mfenced", _): return "(" + parts.joined(separator: ", ") + ")"
    case ("mo", _) where relations.contains(base): return " \(base) "
    case _ where MarkupNames.dropped.contains(name): return ""
    default: return plain(nodes)
    }
  }

  /// In parentheses, unless it is a single number or name.
  private static func grouped(_ text: String) -> String {
    let isOne = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "."
    }
    return isOne ? text : "(\(text))"
  }

  private static let relations: Set<String> = ["=", "<", ">", "≤", "≥", "≠", "≈", "→", "∈"]
}
