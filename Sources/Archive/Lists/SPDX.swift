/// Licences by their identifiers in the SPDX list (spdx.org/licenses), those that publications and
/// data have.
package enum SPDX {
  package struct Licence: Sendable, Equatable {
    package let identifier: String
    package let name: String

    /// The page of the licence in the SPDX list.
    package var address: String { "https://spdx.org/licenses/\(identifier)" }
  }

  /// The identifier that a text means: an identifier in any case and with spaces for hyphens, or
  /// the address of a Creative Commons licence; nil for anything else.
  package static func identifier(of text: String) -> String? {
    let folded = String(text.uppercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
    if let known = identifiers[folded] { return known }
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
  private static let identifiers = Dictionary(
    licences.map { ($0.identifier.uppercased(), $0.identifier) }, uniquingKeysWith: { $1 })

  /// The licences, the most frequent of publications first.
  package static let licences: [Licence] =
    ["4.0", "3.0", "2.5", "2.0", "1.0"].flatMap { version in
      creativeCommons.map { terms, name in
        Licence(
          identifier: "CC-\(terms)-\(version)",
          name:
            "Creative Commons \(name) \(version) \(version == "4.0" ? "International" : "Generic")"
        )
      }
    } + others

  private static let creativeCommons = [
    ("BY", "Attribution"), ("BY-SA", "Attribution Share Alike"),
    ("BY-NC", "Attribution Non Commercial"), ("BY-ND", "Attribution No Derivatives"),
    ("BY-NC-SA", "Attribution Non Commercial Share Alike"),
    ("BY-NC-ND", "Attribution Non Commercial No Derivatives"),
  ]

  private static let others = [
    Licence(identifier: "CC0-1.0", name: "Creative Commons Zero v1.0 Universal"),
    Licence(identifier: "OGL-UK-3.0", name: "Open Government Licence v3.0"),
    Licence(identifier: "OGL-UK-2.0", name: "Open Government Licence v2.0"),
    Licence(identifier: "OGL-Canada-2.0", name: "Open Government Licence - Canada"),
    Licence(identifier: "etalab-2.0", name: "Etalab Open License 2.0"),
    Licence(identifier: "DL-DE-BY-2.0", name: "Data licence Germany – attribution – version 2.0"),
    Licence(identifier: "NLOD-2.0", name: "Norwegian Licence for Open Government Data (NLOD) 2.0"),
    Licence(identifier: "ODbL-1.0", name: "Open Data Commons Open Database License v1.0"),
    Licence(identifier: "ODC-By-1.0", name: "Open Data Commons Attribution License v1.0"),
    Licence(
      identifier: "PDDL-1.0", name: "Open Data Commons Public Domain Dedication & License 1.0"),
    Licence(identifier: "GFDL-1.3-or-later", name: "GNU Free Documentation License v1.3 or later"),
    Licence(identifier: "GFDL-1.2-or-later", name: "GNU Free Documentation License v1.2 or later"),
    Licence(identifier: "MIT", name: "MIT License"),
    Licence(identifier: "Apache-2.0", name: "Apache License 2.0"),
    Licence(identifier: "GPL-3.0-or-later", name: "GNU General Public License v3.0 or later"),
    Licence(identifier: "GPL-2.0-or-later", name: "GNU General Public License v2.0 or later"),
  ]
}
