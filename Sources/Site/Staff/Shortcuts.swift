import Archive
import Markup

/// A keyboard shortcut of the desk that opens a page.
struct Shortcut {
  /// The keys that are pressed one after the other.
  let keys: [String]
  let resource: Resource
  let name: Phrase

  init(_ keys: String..., opens resource: Resource, _ name: Phrase) {
    self.keys = keys
    self.resource = resource
    self.name = name
  }

  static let all = [
    Shortcut("g", "d", opens: .dashboard, .dashboard),
    Shortcut("g", "u", opens: .upload, .upload),
    Shortcut("g", "e", opens: .extraction, .extractionHeading),
    Shortcut("g", "s", opens: .statistics, .statistics),
    Shortcut("g", "m", opens: .mailing, .mailing),
    Shortcut("g", "h", opens: .handbook, .handbook),
  ]

  /// Those of pages that a role sees in the menu.
  static func all(for role: Role) -> [Shortcut] {
    let shown = DeskMenu(role: role, place: nil).sections.flatMap(\.pages).map(\.resource)
    return all.filter { shown.contains($0.resource) }
  }
}

extension Pages {
  /// The list of shortcuts, which the script makes a dialog of and takes the keys from.
  ///
  /// Without script there are no shortcuts, and nothing of it is shown.
  func shortcuts(for role: Role) -> HTML {
    """
    <div id="shortcuts" hidden>
    <h2 id="shortcuts-title">\(words[.shortcuts])</h2>
    <p class="small">\(words[.shortcutsText])</p>
    <dl>
    <dt><kbd>?</kbd></dt><dd>\(words[.shortcutHelp])</dd>
    <dt><kbd>/</kbd></dt><dd>\(words[.shortcutSearch])</dd>
    \(each: Shortcut.all(for: role), { shortcut in
      """
      <dt>\(each: shortcut.keys, separator: " ", { "<kbd>\($0)</kbd>" })</dt>\
      <dd><a href="\(shortcut.resource)" data-keys="\(shortcut.keys.joined())">\
      \(words[shortcut.name])</a></dd>

      """
    })</dl>
    <p><label><input type="checkbox" id="use-shortcuts" checked> \(words[.useShortcuts])</label></p>
    <p><button type="button" id="close-shortcuts">\(words[.close])</button></p>
    </div>
    <p class="shortcuts-button band" hidden><button type="button" class="quiet" \
    aria-haspopup="dialog">\(words[.shortcuts])</button></p>

    """
  }
}
