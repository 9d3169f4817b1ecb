extension Request {
  /// The media type to answer in, from `Accept` (RFC 9110 §12.5.1).
  ///
  /// Malformed members are ignored, and so are parameters other than the weight.
  ///
  /// - Parameter offered: Types such as `text/html`, the default first.
  /// - Returns: The one with the greatest weight; the default if the client accepts none of them.
  package func preferredType(of offered: [String]) -> String? {
    let members = fields.values(of: "accept").joined(separator: ",").split(separator: ",")
      .prefix(Self.acceptLimit).compactMap { AcceptedType($0) }
    guard !members.isEmpty else { return offered.first }
    let weights = offered.map { type in
      members.max { $0.precision(for: type) < $1.precision(for: type) }
        .map { $0.precision(for: type) > 0 ? $0.weight : 0 } ?? 0
    }
    guard let greatest = weights.max(), greatest > 0 else { return offered.first }
    return weights.firstIndex(of: greatest).map { offered[$0] }
  }

  /// The most members of `Accept` that are read; the rest are ignored.
  private static let acceptLimit = 64
}

/// A media range with its weight.
private struct AcceptedType {
  /// `type/subtype`, `type/*` or `*/*` in lower case.
  let range: String
  /// In thousandths.
  let weight: Int

  init?(_ member: Substring) {
    guard let type = MediaType(String(member)) else { return nil }
    range = type.essence
    guard let text = type["q"] else {
      weight = 1_000
      return
    }
    guard let value = Double(text), (0...1).contains(value) else { return nil }
    weight = Int(value * 1_000)
  }

  /// How precisely it names a type: 3 by name, 2 by its first part, 1 as any; 0 if it does not.
  func precision(for type: String) -> Int {
    if range == type { return 3 }
    if range.hasSuffix("/*"), type.hasPrefix(range.dropLast()) { return 2 }
    return range == "*/*" ? 1 : 0
  }
}
