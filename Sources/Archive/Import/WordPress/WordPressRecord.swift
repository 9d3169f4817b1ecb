internal import Foundation
internal import TextRepair

/// Makes the records of a WordPress export.
struct WordPressRecords {
  let index: WordPressIndex
  /// The custom field that names the authors; nil to guess it.
  let authorsField: String?
  let now: Instant
  /// For what has no date.
  let today: PublicationDate

  private var site: WordPressSite { index.site }

  func origin(_ id: Int) -> String { "\(site.address)/?p=\(id)" }

  /// What a post becomes.
  enum Outcome { case published, draft, privatePost, protected, overdue, review, scheduled }

  // MARK: Posts

  func record(of item: WordPressItem) -> (record: CatalogueRecord, outcome: Outcome) {
    let pdf = index.pdfOfPost[item.id]
    let text = WordPressRecords.text(item.content) { site.filePath(of: $0) == pdf && pdf != nil }
    var fields = CustomFields(item, authorsField: authorsField)
    let excerpt = WordPressRecords.text(item.excerpt)
    let abstract = [fields.abstract, excerpt, text].first { !$0.isEmpty } ?? ""
    if abstract != text, !text.isEmpty { fields.rest["content"] = text }
    var record = Record(
      title: title(of: item, text: text), abstract: abstract, authors: authors(of: item, fields),
      published: fields.published ?? date(of: item), type: type(of: item, hasPDF: pdf != nil))
    fields.set(&record)
    setTerms(of: item, &record, &fields)
    if item.isSticky { fields.rest["sticky"] = "yes" }
    record.unknown = fields.unknown
    var details = CatalogueDetails()
    let outcome = status(of: item, &details)
    details.origin = origin(item.id)
    details.wantedSlug = slug(of: item, title: record.title)
    details.addresses = addresses(of: item, pdf)
    var catalogued = CatalogueRecord(plain: record, details: details, pdf: pdf)
    catalogued.unknownKeys = fields.rest.keys.sorted()
    return (catalogued, outcome)
  }

  /// The draft of a PDF that is no post's file.
  func record(of other: (path: String, attachment: Int?, post: Int?)) -> CatalogueRecord {
    var item =
      other.attachment.flatMap { index.attachments[$0]?.item } ?? WordPressItem()
    let fileName = other.path.split(separator: "/").last.map(String.init) ?? other.path
    if item.title.cleanedLine.isEmpty { item.title = fileName }
    let texts = [item.excerpt, item.content].map { WordPressRecords.text($0) }
    var record = Record(
      title: plainLine(ofMarkup: item.title), authors: [], published: date(of: item),
      type: .report)
    record.abstract = texts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    var details = CatalogueDetails()
    details.status = .draft
    details.origin =
      other.attachment.map(origin) ?? "\(site.address)\(other.path)"
    details.wantedSlug = Slug(title: record.title)
    let otherwise = other.post.map(origin)
    details.addresses = fileAddresses(other.path, otherwise: otherwise)
    return CatalogueRecord(plain: record, details: details, pdf: other.path)
  }

  private func title(of item: WordPressItem, text: String) -> String {
    let title = plainLine(ofMarkup: item.title).cleanedLine
    if !title.isEmpty { return title }
    let words = text.prefix(200).split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { return item.name.isEmpty ? "\(item.type) \(item.id)" : item.name }
    var first = ""
    for word in words {
      guard first.count + word.count < 80 else { return first + "…" }
      first += (first.isEmpty ? "" : " ") + word
    }
    return first
  }

  static func hasTitle(_ item: WordPressItem) -> Bool {
    !plainLine(ofMarkup: item.title).cleanedLine.isEmpty
  }

  /// HTML of a post as paragraphs.
  private static func text(
    _ html: String, droppingLinksTo isDropped: (String) -> Bool = { _ in false }
  ) -> String {
    guard !html.isEmpty else { return "" }
    return plainText(
      ofWebPage: Shortcodes.removed(from: html), keepsLines: !html.contains("<!-- wp:"),
      droppingLinksTo: isDropped
    ).cleanedParagraphs
  }

  private func authors(of item: WordPressItem, _ fields: CustomFields) -> [String] {
    if !fields.authors.isEmpty { return fields.authors }
    // A plugin for several authors has them as terms.
    let terms = item.terms.filter { $0.domain == "author" }.map { term in
      let login = term.slug.hasPrefix("cap-") ? String(term.slug.dropFirst(4)) : term.slug
      return index.channel.authors[login]?.name ?? index.channel.authors[term.name]?.name
        ?? term.name
    }
    if !terms.isEmpty { return terms }
    let name = index.channel.authors[item.creator]?.name ?? item.creator
    return name.isEmpty ? [] : [name]
  }

  private func date(of item: WordPressItem) -> PublicationDate {
    for text in [item.date, item.dateGMT, item.modified] {
      if let date = PublicationDate(String(text.prefix(10))) { return date }
    }
    return today
  }

  private func type(of item: WordPressItem, hasPDF: Bool) -> PublicationType {
    if item.type != "post", item.type != "page", let type = CatalogueWords.type(item.type) {
      return type
    }
    return hasPDF || (item.type != "post" && item.type != "page") ? .report : .other
  }

  private func status(of item: WordPressItem, _ details: inout CatalogueDetails) -> Outcome {
    details.status = .draft
    if item.hasPassword { return .protected }
    switch item.status {
    case "publish":
      details.status = .published
      return .published
    case "private": return .privatePost
    case "pending":
      details.status = .review
      return .review
    case "future":
      guard let time = time(of: item), time > now else { return .overdue }
      details.status = .scheduled
      details.publicFrom = time
      return .scheduled
    default: return .draft
    }
  }

  /// When a scheduled post becomes public, at the earliest.
  private func time(of item: WordPressItem) -> Instant? {
    func instant(_ text: String) -> Instant? {
      Instant(text.replacing(" ", with: "T") + "Z")
    }
    if !item.dateGMT.hasPrefix("0000"), let time = instant(item.dateGMT) { return time }
    // Without UTC, the last place on earth where this time comes.
    return instant(item.date)?.adding(seconds: 12 * 3600)
  }

  private func slug(of item: WordPressItem, title: String) -> Slug? {
    let name = item.name.removingPercentEncoding ?? item.name
    return Slug(name) ?? Slug(title: name) ?? Slug(title: title)
  }

  // MARK: Terms

  /// The category that WordPress gives to posts without one.
  static let noCategory: Set<String> = [
    "uncategorized", "uncategorised", "allgemein", "unkategorisiert", "non-classe",
    "sin-categoria", "senza-categoria", "sem-categoria", "okategoriserade", "geen-categorie",
    "ukategorisert",
  ]

  private static let internalTaxonomies: Set<String> = [
    "author", "post_format", "nav_menu", "link_category", "post_translations",
    "term_translations", "wp_theme",
  ]

  private func setTerms(
    of item: WordPressItem, _ record: inout Record, _ fields: inout CustomFields
  ) {
    for term in item.terms {
      let name = plainLine(ofMarkup: term.name).cleanedLine
      switch term.domain {
      case "language":
        record.language =
          record.language ?? CatalogueWords.languageTag(term.slug)
          ?? CatalogueWords.languageTag(name)
      case "post_format": fields.rest["format"] = name
      case _ where WordPressRecords.internalTaxonomies.contains(term.domain): break
      case "category" where WordPressRecords.noCategory.contains(term.slug): break
      case let domain where ColumnMapping.guess(domain) == .series:
        if record.series == nil { record.series = name } else { record.topics.append(name) }
      case let domain:
        record.topics.append(name)
        record.topics += index.ancestors(of: term.slug, in: domain).dropFirst().map {
          plainLine(ofMarkup: $0.name)
        }
      }
    }
  }

  // MARK: Addresses

  private func key(_ path: String) -> RedirectKey? { RedirectKey(address: path) }

  /// The old addresses of a post, those of its images, and those of its file if that is its own.
  private func addresses(of item: WordPressItem, _ pdf: String?) -> [OldAddress] {
    var keys = own(item)
    for id in index.attachmentsOfPost[item.id] ?? [] {
      guard let attachment = index.attachments[id], attachment.pdf == nil else { continue }
      keys += own(attachment.item)
    }
    var addresses = keys.map { OldAddress(key: $0) }
    if let pdf, index.ownerOfPDF[pdf] == item.id { addresses += fileAddresses(pdf) }
    return addresses
  }

  private func fileAddresses(_ pdf: String, otherwise: String? = nil) -> [OldAddress] {
    let keys =
      [RedirectKey(path: pdf)].compactMap(\.self)
      + (index.attachment(of: pdf).map { own($0.item) } ?? [])
    return keys.map { OldAddress(key: $0, isFile: true, otherwise: otherwise) }
  }

  /// The addresses under which WordPress shows an item.
  private func own(_ item: WordPressItem) -> [RedirectKey] {
    let base = site.base
    var texts = [item.link, item.guid, item.attachmentAddress].compactMap { site.path(of: $0) }
    texts.append("\(base)/?p=\(item.id)")
    switch item.type {
    case "page": texts.append("\(base)/?page_id=\(item.id)")
    case "attachment": texts.append("\(base)/?attachment_id=\(item.id)")
    default:
      texts.append("\(base)/archives/\(item.id)")
      if item.type != "post" { texts.append("\(base)/?\(item.type)=\(item.name)") }
    }
    // The names that it had earlier, in the same place.
    if let path = site.path(of: item.link), !item.name.isEmpty,
      let range = path.range(of: item.name, options: [.backwards, .caseInsensitive])
    {
      for old in item.values(of: "_wp_old_slug") {
        texts.append(path.replacingCharacters(in: range, with: old))
      }
    }
    var keys: [RedirectKey] = []
    for key in texts.compactMap({ key($0) }) where !keys.contains(key) {
      if key.description != base { keys.append(key) }
    }
    return keys
  }

  /// The old addresses of lists.
  func listAddresses() -> [(RedirectKey, RedirectTarget)] {
    var found: [(RedirectKey, RedirectTarget)] = []
    let base = site.base
    let fronts = index.hasArchivesFront ? [base, base + "/archives"] : [base]
    func add(_ path: String, _ target: RedirectTarget) {
      if let key = key(path) { found.append((key, target)) }
    }
    for term in index.channel.terms {
      guard !WordPressRecords.internalTaxonomies.contains(term.taxonomy) else { continue }
      let name = plainLine(ofMarkup: term.name).cleanedLine
      let isNone = term.taxonomy == "category" && WordPressRecords.noCategory.contains(term.slug)
      let target = isNone ? RedirectTarget.path("/publications") : .topic(name)
      let folder =
        term.taxonomy == "post_tag"
        ? "tag" : term.taxonomy == "category" ? "category" : term.taxonomy
      let path = index.ancestors(of: term.slug, in: term.taxonomy).reversed().map(\.slug)
        .joined(separator: "/")
      for front in fronts {
        add("\(front)/\(folder)/\(term.slug)", target)
        add("\(front)/\(folder)/\(path)", target)
      }
      switch term.taxonomy {
      case "category":
        if !term.id.isEmpty { add("\(base)/?cat=\(term.id)", target) }
        add("\(base)/?category_name=\(term.slug)", target)
      case "post_tag": add("\(base)/?tag=\(term.slug)", target)
      default: add("\(base)/?\(term.taxonomy)=\(term.slug)", target)
      }
    }
    for (login, author) in index.channel.authors.sorted(by: { $0.key < $1.key }) {
      for front in fronts {
        add("\(front)/author/\(login.replacing(" ", with: "-"))", .author(author.name))
      }
      if !author.id.isEmpty { add("\(base)/?author=\(author.id)", .author(author.name)) }
    }
    for period in index.periods.sorted() {
      for front in fronts {
        add("\(front)/\(period)", .path("/publications?year=\(period.prefix(4))"))
      }
    }
    for feed in ["/feed", "/?feed=rss2", "/feed/atom"] { add(base + feed, .path("/feed.atom")) }
    if !base.isEmpty { add(base, .path("/")) }
    return found
  }
}
