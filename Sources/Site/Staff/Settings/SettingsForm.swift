import Archive
import HTTP

/// What was typed into the settings of the site.
struct SettingsForm: Equatable {
  /// By the name of the setting, and of the place and language of a text in messages.
  var texts: [String: String] = [:]
  /// The tags of the languages that are ticked.
  var languages: Set<String> = []
  var removesLogo = false

  /// The settings in force.
  init(_ settings: SiteSettings, offered: [Language]) {
    for option in SiteOption.allCases { texts[option.rawValue] = settings.text(of: option) }
    languages = Set(offered.map(\.tag))
    for (tag, text) in settings.mailOpenings { texts[MailTextPlace.opening.name(in: tag)] = text }
    for (tag, text) in settings.mailClosings { texts[MailTextPlace.closing.name(in: tag)] = text }
  }

  init(_ submission: Submission, installed: [Language]) {
    for option in SiteOption.allCases { texts[option.rawValue] = submission.text(option.rawValue) }
    for language in installed {
      if submission.text("language-\(language.tag)") == "yes" { languages.insert(language.tag) }
      for place in MailTextPlace.allCases {
        let name = place.name(in: language.tag)
        texts[name] = submission.text(name).replacing("\r\n", with: "\n")
      }
    }
    removesLogo = submission.text("remove-logo") == "yes"
  }

  subscript(option: SiteOption) -> String { texts[option.rawValue] ?? "" }

  /// What is to be stored: what differs from the operator's settings and defaults.
  ///
  /// - Parameters:
  ///   - settings: The operator's.
  ///   - old: What is stored, for what the form does not show.
  ///   - logo: A new logo.
  ///   - installed: The languages that are installed.
  /// - Returns: All values.
  /// - Throws: ``SettingsErrors``
  func values(
    of settings: SiteSettings, replacing old: SettingValues, logo: SettingValues.Logo?,
    installed: [Language]
  ) throws(SettingsErrors) -> SettingValues {
    var errors = SettingsErrors()
    var values = old
    func open(_ option: SiteOption) -> Bool { settings.operatorSet[option] == nil }
    for option in SiteOption.allCases where open(option) && option != .logo {
      let text = option == .footerLinks || option == .imprint ? lines(option) : self[option]
      if text.utf8.count > option.limit {
        errors[option.rawValue] = .tooLong(text.utf8.count, most: option.limit)
      }
      switch option {
      case .name where text.isEmpty: errors[option.rawValue] = .missing
      case .accent where Color(text) == nil: errors[option.rawValue] = .notColor(text)
      case .footerLinks where FooterLink.links(text) == nil: errors[option.rawValue] = .notLinks
      case .language where !installed.contains { $0.tag == text }:
        errors[option.rawValue] = .notOffered
      default: break
      }
      let stored = option == .languages ? chosenLanguages(installed) : text
      values.texts[option.rawValue] = stored == settings.text(of: option) ? nil : stored
    }
    for language in installed {
      for place in MailTextPlace.allCases {
        let name = place.name(in: language.tag)
        let text = texts[name] ?? ""
        if text.utf8.count > MailTextPlace.limit {
          errors[name] = .tooLong(text.utf8.count, most: MailTextPlace.limit)
        }
        values.texts[name] = text.nonEmpty
      }
    }
    if open(.logo) {
      if removesLogo { values.logo = nil }
      if let logo { values.logo = logo }
    }
    guard errors.isEmpty else { throw errors }
    return values
  }

  /// The tags of the chosen languages; empty for all.
  private func chosenLanguages(_ installed: [Language]) -> String {
    let chosen = installed.map(\.tag).filter { languages.contains($0) || $0 == self[.language] }
    return chosen.count == installed.count ? "" : chosen.joined(separator: " ")
  }

  /// A text of several lines, without empty ones.
  private func lines(_ option: SiteOption) -> String {
    self[option].split(whereSeparator: \.isNewline).map(\.trimmed).filter { !$0.isEmpty }
      .joined(separator: option == .footerLinks ? "; " : " ")
  }
}

/// What is wrong with the settings, by the names of the fields.
struct SettingsErrors: Error, Equatable {
  enum Problem: Equatable {
    case missing
    /// In bytes.
    case tooLong(Int, most: Int)
    case notColor(String)
    case notLinks
    case notOffered
    case logo(LogoProblem)
  }

  private(set) var problems: [(name: String, problem: Problem)] = []

  var isEmpty: Bool { problems.isEmpty }

  static func == (left: SettingsErrors, right: SettingsErrors) -> Bool {
    left.problems.map(\.name) == right.problems.map(\.name)
      && left.problems.map(\.problem) == right.problems.map(\.problem)
  }

  subscript(name: String) -> Problem? {
    get { problems.first { $0.name == name }?.problem }
    set { if let newValue { problems.append((name, newValue)) } }
  }
}

extension SiteSettings {
  /// The text of an option as the form shows and the database stores it.
  func text(of option: SiteOption) -> String {
    switch option {
    case .name: name
    case .tagline: tagline
    case .institution: institution
    case .accent: accent.description
    case .imprint: imprint
    case .footerLinks: footerLinks.map { "\($0.name) \($0.address)" }.joined(separator: "; ")
    case .language: language
    case .languages: languages.joined(separator: " ")
    case .logo: logo
    }
  }
}
