import Archive
import Markup

/// What the page of the site's settings shows.
struct SettingsView {
  var staff: Pages.StaffBar
  var form: SettingsForm
  /// Settings that cannot be changed here, and where they are set.
  var operatorSet: [SiteOption: String]
  var installed: [Language]
  /// Whether the first administrator has just come.
  var isFirst = false
  /// The accent colour as light pages show it, if it had to be made darker.
  var adjustedAccent: Color?
  var errors = SettingsErrors()
  var notice: Notice?
}

extension Pages {
  func siteSettings(_ view: SettingsView) -> HTML {
    layout(
      Head(
        title: words[.siteSettings], address: Resource.siteSettings.path, place: .siteSettings,
        isIndexed: false, staff: view.staff),
      """
      <div class="stack measure">
      <h1>\(words[.siteSettings])</h1>
      \(notice(view.notice))
      \(summary(view.errors))
      <p>\(words[view.isFirst ? .siteSettingsFirst : .siteSettingsText])</p>
      <form class="fields" action="\(Resource.siteSettings)" method="post" \
      enctype="multipart/form-data">
      \(hidden(FormToken.field, view.staff.formToken))
      \(line(.name, view, hint: .siteNameHint))
      \(line(.tagline, view, hint: .taglineHint))
      \(line(.institution, view, hint: .institutionHint))
      \(accent(view))
      \(logoField(view))
      \(area(.imprint, view, hint: .imprintHint, rows: 2))
      \(area(.footerLinks, view, hint: .footerLinksHint, rows: 3))
      \(languages(view))
      \(mailTexts(view))
      <div class="actions"><button>\
      \(words[view.isFirst ? .saveAndUpload : .saveSettings])</button>
      <a href="\(Resource.dashboard)">\(words[.backToDashboard])</a></div>
      </form>
      </div>
      """)
  }

  private func summary(_ errors: SettingsErrors) -> HTML {
    guard !errors.isEmpty else { return "" }
    return """
      <div class="notice warning" role="alert" tabindex="-1">
      <h2>\(words[.notSaved])</h2>
      <ul class="problems">
      \(each: errors.problems, { name, problem in
        "<li><a href=\"#\(name)\">\(label(of: name)): \(sentence(problem))</a></li>\n"
      })\
      </ul>
      </div>
      """
  }

  /// A field with its label, hint and error, or the value that the operator has set.
  private func field(
    _ name: String, _ view: SettingsView, option: SiteOption? = nil, hint: Phrase? = nil,
    _ control: (HTML) -> HTML
  ) -> HTML {
    if let option, let place = view.operatorSet[option] {
      return """
        <div class="field">
        <p class="label">\(label(of: name))</p>
        <p><bdi>\(view.form[option].nonEmpty ?? words[.emptyValue])</bdi></p>
        <p class="hint">\(words(.setByOperator, place))</p>
        </div>
        """
    }
    let problem = view.errors[name]
    let described = [
      hint == nil ? nil : "\(name)-hint", problem == nil ? nil : "\(name)-error",
    ].compactMap { $0 }.joined(separator: " ")
    let attributes: HTML = """
      id="\(name)" name="\(name)"\
      \(if: !described.isEmpty, " aria-describedby=\"\(described)\"")\
      \(if: problem != nil, " aria-invalid=\"true\"")
      """
    return """
      <div class="field">
      <label for="\(name)">\(label(of: name))</label>
      \(hint, { "<p class=\"hint\" id=\"\(name)-hint\">\(words[$0])</p>" })
      \(control(attributes))
      \(problem, { "<p class=\"error\" id=\"\(name)-error\">\(sentence($0))</p>" })
      </div>
      """
  }

  private func line(_ option: SiteOption, _ view: SettingsView, hint: Phrase) -> HTML {
    field(option.rawValue, view, option: option, hint: hint) {
      "<input type=\"text\" value=\"\(view.form[option])\" \($0)\(if: option == .name, " required")>"
    }
  }

  private func area(_ option: SiteOption, _ view: SettingsView, hint: Phrase, rows: Int) -> HTML {
    let text =
      option == .footerLinks
      ? view.form[option].replacing("; ", with: "\n") : view.form[option]
    return field(option.rawValue, view, option: option, hint: hint) {
      "<textarea rows=\"\(rows)\" \($0)>\n\(text)</textarea>"
    }
  }

  private func accent(_ view: SettingsView) -> HTML {
    """
    \(field(SiteOption.accent.rawValue, view, option: .accent, hint: .accentHint) {
      "<input type=\"color\" value=\"\(view.form[.accent])\" \($0)>"
    })
    \(view.adjustedAccent, { "<p class=\"hint\">\(words(.accentAdjusted, "\($0)"))</p>" })
    """
  }

  private func logoField(_ view: SettingsView) -> HTML {
    """
    \(field("logo-file", view, option: .logo, hint: .logoHint) {
      "<input type=\"file\" accept=\"image/png,image/svg+xml,.png,.svg\" \($0)>"
    })
    \(if: !view.form[.logo].isEmpty && view.operatorSet[.logo] == nil, """
      <div class="actions">\(logo)
      <input id="remove-logo" name="remove-logo" type="checkbox" value="yes">
      <label for="remove-logo">\(words[.removeLogo])</label></div>
      """)
    """
  }

  private func languages(_ view: SettingsView) -> HTML {
    guard view.installed.count > 1 else { return hidden("language", view.installed[0].tag) }
    return """
      \(field(SiteOption.language.rawValue, view, option: .language, hint: .defaultLanguageHint) {
        attributes in
        """
        <select \(attributes)>
        \(each: view.installed, { language in
          """
          <option value="\(language.tag)" lang="\(language.tag)"\
          \(if: language.tag == view.form[.language], " selected")>\(language[.languageName])</option>

          """
        })\
        </select>
        """
      })
      \(if: view.operatorSet[.languages] == nil, """
        <fieldset class="field">
        <legend>\(words[.offeredLanguages])</legend>
        \(each: view.installed, { language in
          let id = "language-\(language.tag)"
          return """
            <div class="actions">
            <input id="\(id)" name="\(id)" type="checkbox" value="yes"\
            \(if: view.form.languages.contains(language.tag), " checked")>
            <label for="\(id)" lang="\(language.tag)">\(language[.languageName])</label></div>

            """
        })\
        </fieldset>
        """)
      """
  }

  private func mailTexts(_ view: SettingsView) -> HTML {
    """
    \(each: view.installed.filter { view.form.languages.contains($0.tag) }, { language in
      """
      <fieldset class="field">
      <legend>\(words(.mailTextsIn, language[.languageName]))</legend>
      \(each: MailTextPlace.allCases, { place in
        field(
          place.name(in: language.tag), view,
          hint: place == .opening ? .mailOpeningHint : .mailClosingHint
        ) {
          """
          <textarea rows="3" lang="\(language.tag)" \($0)>
          \(view.form.texts[place.name(in: language.tag)] ?? "")</textarea>
          """
        }
      })
      </fieldset>
      """
    })
    """
  }

  private func label(of name: String) -> String {
    if name == "logo-file" { return words[.logo] }
    if let option = SiteOption(rawValue: name) {
      let phrase: Phrase =
        switch option {
        case .name: .siteName
        case .tagline: .tagline
        case .institution: .institution
        case .accent: .accent
        case .imprint: .imprint
        case .footerLinks: .footerLinks
        case .language: .defaultLanguage
        case .languages: .offeredLanguages
        case .logo: .logo
        }
      return words[phrase]
    }
    return words[name.hasPrefix(MailTextPlace.opening.rawValue) ? .mailOpening : .mailClosing]
  }

  private func sentence(_ problem: SettingsErrors.Problem) -> String {
    switch problem {
    case .missing: words[.settingMissing]
    case .tooLong(let bytes, let most):
      words(.settingTooLong, words.number(bytes), words.number(most))
    case .notColor(let text): words(.settingNotColor, text)
    case .notLinks: words[.settingNotLinks]
    case .notOffered: words[.settingNotOffered]
    case .logo(let problem): sentence(problem)
    }
  }

  private func sentence(_ problem: LogoProblem) -> String {
    switch problem {
    case .notImage: words[.logoNotImage]
    case .tooLarge: words(.logoTooLarge, words.binarySize(LogoImage.limit))
    case .unusablePNG: words(.logoUnusablePNG, words.number(LogoImage.longestSide))
    case .malformed(let line): words(.logoMalformed, words.number(line))
    case .hasEntities: words[.logoHasEntities]
    }
  }
}
