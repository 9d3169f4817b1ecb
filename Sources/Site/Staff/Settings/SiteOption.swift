package import Archive

/// A setting that staff may change on the desk where the operator has not set it.
package enum SiteOption: String, Sendable, CaseIterable {
  case name = "site-name"
  case tagline
  case institution
  case accent
  case imprint
  case footerLinks = "footer-links"
  case language
  case languages
  case logo

  /// The longest text, in bytes.
  var limit: Int {
    switch self {
    case .name, .institution: 120
    case .tagline: 240
    case .imprint: 1000
    case .footerLinks: 4000
    case .accent, .language, .logo: 40
    case .languages: 400
    }
  }
}

/// A text of the site's own in messages to subscribers, for each language.
enum MailTextPlace: String, CaseIterable {
  /// Above the publications.
  case opening = "mail-opening"
  /// Below them.
  case closing = "mail-closing"

  static let limit = 2000

  /// The name under which the text in a language is stored.
  func name(in tag: String) -> String { "\(rawValue).\(tag)" }
}

extension SiteSettings {
  /// These settings, with what staff have set where the operator has set nothing.
  ///
  /// A stored value that cannot be read, such as one of a later version, is left out.
  package func with(_ values: SettingValues) -> SiteSettings {
    var settings = self
    func text(_ option: SiteOption) -> String? {
      operatorSet[option] == nil ? values.texts[option.rawValue] : nil
    }
    if let name = text(.name) { settings.name = name }
    if let tagline = text(.tagline) { settings.tagline = tagline }
    if let institution = text(.institution) { settings.institution = institution }
    if let imprint = text(.imprint) { settings.imprint = imprint }
    if let links = text(.footerLinks).flatMap(FooterLink.links) { settings.footerLinks = links }
    if let accent = text(.accent).flatMap(Color.init) { settings.accent = accent }
    if let language = text(.language) { settings.language = language }
    if let languages = text(.languages) {
      settings.languages = languages.split(separator: " ").map(String.init)
    }
    if operatorSet[.logo] == nil, let logo = values.logo { settings.logo = logo.fileName }
    for (name, text) in values.texts {
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2, let place = MailTextPlace(rawValue: parts[0]) else { continue }
      switch place {
      case .opening: settings.mailOpenings[parts[1]] = text
      case .closing: settings.mailClosings[parts[1]] = text
      }
    }
    return settings
  }
}

extension FooterLink {
  /// Parses names and addresses, divided by semicolons or line ends; nil when one is neither a path
  /// of this site nor an address that a browser opens safely.
  package static func links(_ text: String) -> [FooterLink]? {
    var links: [FooterLink] = []
    for item in text.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
      let words = item.split(whereSeparator: \.isWhitespace)
      if words.isEmpty { continue }
      guard words.count > 1, let address = words.last,
        address.hasPrefix("/") && !address.hasPrefix("//")
          || ["https://", "http://", "mailto:"].contains(where: { address.hasPrefix($0) }),
        address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3C })
      else { return nil }
      links.append(
        FooterLink(name: words.dropLast().joined(separator: " "), address: String(address)))
    }
    return links
  }
}

extension SettingValues.Logo {
  /// The name of the logo among the files of the Public folder.
  var fileName: String { "site-logo.\(type.rawValue)" }
}
