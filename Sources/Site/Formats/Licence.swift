/// The address of a licence that a record gives by SPDX identifier, address or name.
enum Licence {
  /// A well-known address; nil if there is none.
  static func address(_ text: String?) -> String? {
    guard let text else { return nil }
    if let identifier = spdxIdentifier(text) { return "https://spdx.org/licenses/\(identifier)" }
    let isAddress =
      (text.hasPrefix("https://") || text.hasPrefix("http://"))
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E && $0 != 0x22 }
    return isAddress ? text : nil
  }

  /// The SPDX identifier of a text or a Creative Commons address.
  static func spdxIdentifier(_ text: String) -> String? {
    let folded = text.uppercased().map { $0 == " " || $0 == "_" ? "-" : $0 }
    if let known = identifiers[String(folded)] { return known }
    for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
      var parts = text.dropFirst(scheme.count).split(separator: "/").map(String.init)
      guard parts.first == "creativecommons.org" || parts.first == "www.creativecommons.org" else {
        return nil
      }
      parts.removeFirst()
      guard parts.count >= 3 else { return nil }
      if parts[0] == "publicdomain", parts[1] == "zero" { return "CC0-1.0" }
      return parts[0] == "licenses" ? identifiers["CC-\(parts[1].uppercased())-\(parts[2])"] : nil
    }
    return nil
  }

  /// Identifiers by their spelling in capitals.
  private static let identifiers: [String: String] = {
    var known: [String: String] = [:]
    for terms in ["BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA", "BY-NC-ND"] {
      for version in ["1.0", "2.0", "2.5", "3.0", "4.0"] {
        known["CC-\(terms)-\(version)"] = "CC-\(terms)-\(version)"
      }
    }
    for identifier in [
      "CC0-1.0", "MIT", "Apache-2.0", "ODbL-1.0", "ODC-By-1.0", "PDDL-1.0", "GFDL-1.2-or-later",
      "GFDL-1.3-or-later", "GPL-3.0-or-later", "GPL-2.0-or-later", "OGL-UK-2.0", "OGL-UK-3.0",
      "OGL-Canada-2.0", "etalab-2.0", "DL-DE-BY-2.0", "NLOD-2.0",
    ] {
      known[identifier.uppercased()] = identifier
    }
    return known
  }()
}
