import Archive
import Markup

/// The menu of the desk: sections, each with its pages.
///
/// A section's link leads to its first page that the member of staff may see; a section without
/// such a page is left out.
struct DeskMenu {
  struct Page {
    let resource: Resource
    let name: Phrase
    /// Who may see it.
    let role: Role

    init(_ resource: Resource, _ name: Phrase, _ role: Role = .author) {
      self.resource = resource
      self.name = name
      self.role = role
    }
  }

  struct Section {
    let name: Phrase
    let pages: [Page]

    init(_ name: Phrase, _ pages: [Page]) {
      self.name = name
      self.pages = pages
    }
  }

  static let sections = [
    Section(.dashboard, [Page(.dashboard, .dashboard), Page(.handbook, .handbook)]),
    Section(
      .publications,
      [
        Page(.publicationList, .deskList),
        Page(.upload, .upload),
        Page(.bulkEdits, .bulkEdits, .editor),
        Page(.catalogueImports, .importsHeading, .editor),
        Page(.duplicates, .duplicatesHeading),
        Page(.schedule, .scheduleHeading, .editor),
        Page(.featured, .featuredHeading, .editor),
        Page(.extraction, .extractionHeading),
        Page(.redirects, .redirects, .editor),
      ]),
    Section(
      .controlledLists,
      [
        Page(.list(.authors), .authors, .editor),
        Page(.list(.topics), .topics, .editor),
        Page(.list(.series), .series, .editor),
        Page(.types, .types, .editor),
        Page(.list(.licences), .licences, .editor),
      ]),
    Section(
      .readers,
      [
        Page(.statistics, .statistics),
        Page(.searches, .searches),
        Page(.synonyms, .synonyms, .editor),
        Page(.fileReports, .fileReports, .editor),
      ]),
    Section(
      .mailingList,
      [
        Page(.mailing, .mailing, .administrator),
        Page(.subscribers, .subscribers, .administrator),
      ]),
    Section(
      .administration,
      [
        Page(.siteSettings, .siteSettings, .administrator),
        Page(.accounts, .accounts, .administrator),
        Page(.auditLog, .auditLog),
      ]),
  ]

  let role: Role
  /// The page that is shown; nil for one that is not in the menu.
  let place: Resource?

  /// The sections that the member of staff sees, with the pages they see.
  var sections: [Section] {
    DeskMenu.sections.map { section in
      Section(section.name, section.pages.filter { $0.role <= role })
    }.filter { !$0.pages.isEmpty }
  }

  func holdsPlace(_ section: Section) -> Bool {
    section.pages.contains { $0.resource == place }
  }
}

extension Pages {
  /// The links to the sections.
  func deskSections(_ menu: DeskMenu) -> HTML {
    """
    <nav aria-label="\(words[.mainNavigation])"><ul>
    \(each: menu.sections, { section in
        let current: HTML =
          section.pages.first?.resource == menu.place
          ? " aria-current=\"page\"" : menu.holdsPlace(section) ? " aria-current=\"true\"" : ""
        return """
          <li><a href="\(section.pages[0].resource)"\(current)>\(words[section.name])</a></li>

          """
      })\
    </ul></nav>
    """
  }

  /// The links to the pages of the section that is shown.
  func deskPages(_ menu: DeskMenu) -> HTML {
    guard let section = menu.sections.first(where: menu.holdsPlace), section.pages.count > 1 else {
      return ""
    }
    return """
      <nav class="section-pages" aria-label="\(words[section.name])"><ul>
      \(each: section.pages, { page in
        """
        <li><a href="\(page.resource)"\(if: page.resource == menu.place, " aria-current=\"page\"")>\
        \(words[page.name])</a></li>

        """
      })\
      </ul></nav>
      """
  }
}
