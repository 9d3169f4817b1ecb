/// A post, page or attachment of a WordPress export.
struct WordPressItem: Sendable {
  struct Term: Sendable, Hashable {
    var domain: String
    var slug: String
    var name: String
  }

  /// The line on which it begins.
  var line = 0
  var id = 0
  var type = "post"
  var status = "publish"
  var title = ""
  var link = ""
  var guid = ""
  /// The login of who wrote it in WordPress.
  var creator = ""
  var content = ""
  var excerpt = ""
  /// `2011-03-14 10:30:00` in the time zone of the site.
  var date = ""
  /// The same in UTC; zeros when there is none.
  var dateGMT = ""
  var modified = ""
  /// The last part of its address, percent-encoded.
  var name = ""
  var parent = 0
  var hasPassword = false
  var isSticky = false
  var attachmentAddress = ""
  var terms: [Term] = []
  var fields: [(key: String, value: String)] = []
  var comments = 0

  /// The types that WordPress and its plugins use for things that are not read as a page.
  private static let internalTypes: Set<String> = [
    "revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache",
    "user_request", "mc4wp-form", "wpcf7_contact_form", "elementor_library", "acf",
    "amn_smtp", "jp_mem_plan", "feedback", "shop_order", "shop_coupon", "scheduled-action",
    "ml-slider", "tablepress_table", "popup", "wpforms",
  ]

  /// Whether it is read as a page of its own.
  var isContent: Bool {
    type != "attachment" && !WordPressItem.internalTypes.contains(type)
      && !type.hasPrefix("wp_") && !type.hasPrefix("acf-") && status != "auto-draft"
      && !(type == "post" && status == "inherit")
  }

  var isTrashed: Bool { status == "trash" }

  /// Whether everybody could read it.
  var isPublic: Bool { status == "publish" && !hasPassword }

  /// The values of a custom field, whatever the case of its name.
  func values(of key: String) -> [String] {
    fields.filter { $0.key.lowercased() == key.lowercased() }.map(\.value)
  }
}

/// What an export says of the site.
struct WordPressChannel: Sendable {
  struct Term: Sendable {
    var id = ""
    var taxonomy = ""
    var slug = ""
    /// The slug, of a category, or the identifier of the term above it.
    var parent = ""
    var name = ""
  }

  var link = ""
  var siteAddress = ""
  var blogAddress = ""
  var version = ""
  /// By login: the number and the name that readers see.
  var authors: [String: (id: String, name: String)] = [:]
  var terms: [Term] = []
}

/// Reads a WordPress export (WXR 1.0 to 1.2), item by item.
struct WordPressReader {
  enum Part {
    case item(WordPressItem)
    /// A value of the channel was read.
    case other
  }

  private enum Space { case rss, wordPress, excerpt, content, dublinCore, other }

  private var xml: XMLReader
  private(set) var channel = WordPressChannel()
  /// Whether the root is that of an export.
  private var isChecked = false
  private var hasNamespace = false

  var bytesRead: Int { xml.bytesRead }

  init(_ xml: XMLReader) { self.xml = xml }

  /// The next part; nil at the end.
  ///
  /// - Throws: ``XMLError``, ``WordPressError``, and what the source of the bytes throws.
  mutating func next() throws -> Part? {
    while let event = try xml.next() {
      guard case .start(let name, let attributes) = event else { continue }
      if !isChecked {
        isChecked = true
        hasNamespace = attributes.values.contains { $0.hasPrefix("http://wordpress.org/export/") }
        guard name.local == "rss", hasNamespace else { throw WordPressError.notExport }
        continue
      }
      if name.local == "channel", space(name) == .rss { continue }
      let line = xml.line
      if name.local == "item", space(name) == .rss { return .item(try item(line)) }
      try readChannel(name)
      return .other
    }
    return nil
  }

  private func space(_ name: XMLName) -> Space {
    switch name.space {
    case "": .rss
    case "http://purl.org/rss/1.0/modules/content/": .content
    case "http://purl.org/dc/elements/1.1/": .dublinCore
    case let space where space.hasPrefix("http://wordpress.org/export/"):
      space.hasSuffix("/excerpt/") ? .excerpt : .wordPress
    default: .other
    }
  }

  /// The text of the element that has just begun; elements in it are skipped.
  private mutating func text() throws -> String {
    var text = ""
    var depth = 0
    while let event = try xml.next() {
      switch event {
      case .start: depth += 1
      case .end:
        if depth == 0 { return text }
        depth -= 1
      case .text(let piece): if depth == 0 { text += piece }
      }
    }
    return text
  }

  /// Calls `body` for each element in the one that has just begun; `body` reads it to its end.
  private mutating func children(
    _ body: (inout WordPressReader, XMLName, [String: String]) throws -> Void
  ) throws {
    while let event = try xml.next() {
      switch event {
      case .start(let name, let attributes): try body(&self, name, attributes)
      case .end: return
      case .text: break
      }
    }
  }

  private mutating func readChannel(_ name: XMLName) throws {
    switch (space(name), name.local) {
    case (.rss, "link"): channel.link = try text().cleanedLine
    case (.wordPress, "base_site_url"): channel.siteAddress = try text().cleanedLine
    case (.wordPress, "base_blog_url"): channel.blogAddress = try text().cleanedLine
    case (.wordPress, "wxr_version"): channel.version = try text().cleanedLine
    case (.wordPress, "author"):
      var (id, login, display) = ("", "", "")
      try children { reader, name, _ in
        let value = try reader.text().cleanedLine
        switch name.local {
        case "author_id": id = value
        case "author_login": login = value
        case "author_display_name": display = value
        default: break
        }
      }
      channel.authors[login] = (id, display.isEmpty ? login : display)
    case (.wordPress, "category"), (.wordPress, "tag"), (.wordPress, "term"):
      var term = WordPressChannel.Term()
      if name.local != "term" { term.taxonomy = name.local == "tag" ? "post_tag" : "category" }
      try children { reader, name, _ in
        let value = try reader.text().cleanedLine
        switch name.local {
        case "term_id": term.id = value
        case "term_taxonomy": term.taxonomy = value
        case "category_nicename", "tag_slug", "term_slug": term.slug = value
        case "category_parent", "term_parent": term.parent = value
        case "cat_name", "tag_name", "term_name": term.name = value
        default: break
        }
      }
      channel.terms.append(term)
    default: _ = try text()
    }
  }

  private mutating func item(_ line: Int) throws -> WordPressItem {
    var item = WordPressItem()
    item.line = line
    try children { reader, name, attributes in
      switch (reader.space(name), name.local) {
      case (.rss, "title"): item.title = try reader.text()
      case (.rss, "link"): item.link = try reader.text().cleanedLine
      case (.rss, "guid"): item.guid = try reader.text().cleanedLine
      case (.rss, "pubDate") where item.date.isEmpty: _ = try reader.text()
      case (.rss, "category"):
        item.terms.append(
          WordPressItem.Term(
            domain: attributes["domain"] ?? "category", slug: attributes["nicename"] ?? "",
            name: try reader.text()))
      case (.dublinCore, "creator"): item.creator = try reader.text().cleanedLine
      case (.content, "encoded"): item.content = try reader.text()
      case (.excerpt, "encoded"): item.excerpt = try reader.text()
      case (.wordPress, "postmeta"):
        var (key, value) = ("", "")
        try reader.children { reader, name, _ in
          let text = try reader.text()
          if name.local == "meta_key" { key = text }
          if name.local == "meta_value" { value = text }
        }
        item.fields.append((key, value))
      case (.wordPress, "comment"):
        item.comments += 1
        _ = try reader.text()
      case (.wordPress, let local): try reader.read(local, into: &item)
      default: _ = try reader.text()
      }
    }
    return item
  }

  private mutating func read(_ name: String, into item: inout WordPressItem) throws {
    let value = try text().cleanedLine
    switch name {
    case "post_id": item.id = Int(value) ?? 0
    case "post_date": item.date = value
    case "post_date_gmt": item.dateGMT = value
    case "post_modified": item.modified = value
    case "post_name": item.name = value
    case "status": item.status = value
    case "post_parent": item.parent = Int(value) ?? 0
    case "post_type": item.type = value
    case "post_password": item.hasPassword = !value.isEmpty
    case "is_sticky": item.isSticky = value == "1"
    case "attachment_url": item.attachmentAddress = value
    default: break
    }
  }
}

/// Why a WordPress export was not imported; nothing of it was.
package enum WordPressError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The root element is that of something else.
  case notExport
  case unreadable(String)
  case malformed(XMLError)

  package var description: String {
    switch self {
    case .notExport:
      "expected a WordPress export (WXR); make one in WordPress under Tools, Export"
    case .unreadable(let reason): reason
    case .malformed(let error): "\(error); nothing was imported"
    }
  }
}
