import Archive
import Markup

/// A digest as its reader sees it: the subject, and the content as plain text and as HTML.
struct DigestView {
  /// Absolute addresses for the recipient alone.
  struct Links {
    var browser: String
    var preferences: String
    var unsubscription: String
  }

  let words: Language
  let settings: SiteSettings
  let accent: Accent
  /// nil in a browser, as its address may be passed on.
  let links: Links?
  /// At most `mostListed` publications in all.
  let groups: [Digest.Group]
  /// How many publications there are.
  let total: Int
  let correction: String?
  let heading: String
  let subject: String

  /// The most publications in a message; mail programs cut off long ones.
  static let mostListed = 40
  /// The most characters of an abstract.
  static let longestExcerpt = 320

  init(
    _ digest: Digest, words: Language, settings: SiteSettings, accent: Accent, links: Links?
  ) {
    self.words = words
    self.settings = settings
    self.accent = accent
    self.links = links
    correction = digest.correction
    total = digest.groups.reduce(0) { $0 + $1.publications.count }
    var room = Self.mostListed
    groups = digest.groups.compactMap { group in
      let listed = group.publications.prefix(room)
      room -= listed.count
      return listed.isEmpty
        ? nil : Digest.Group(followed: group.followed, publications: Array(listed))
    }
    let title = groups.first?.publications.first?.record.title ?? ""
    if correction != nil {
      heading = words(.correctionHeading, settings.name)
      subject = words(.correctionSubject, title)
    } else {
      let phrase: Phrase =
        switch digest.frequency {
        case .atOnce: .digestAtOnce
        case .weekly: .digestWeekly
        case .monthly: .digestMonthly
        }
      heading = words(phrase, settings.name)
      subject =
        total > 1 ? words(.digestSubject, title, words.count(.moreTitles, total - 1)) : title
    }
  }

  /// Why a group is in the message; nil in a correction.
  private func reason(for group: Digest.Group) -> String? {
    correction == nil ? words(.because, words.name(of: group.followed)) : nil
  }

  private func excerpt(_ record: Record) -> String {
    Wording.firstSentences(record.abstract, limit: Self.longestExcerpt)
  }

  /// The paragraphs that the site puts above and below the publications.
  private var opening: [String] { paragraphs(settings.mailOpenings) }
  private var closing: [String] { paragraphs(settings.mailClosings) }

  private func paragraphs(_ texts: [String: String]) -> [String] {
    (texts[words.tag] ?? "").split(separator: "\n").map(\.trimmed).filter { !$0.isEmpty }
  }

  private var hasMore: Bool { total > Self.mostListed }

  private var sender: [String] {
    [settings.publisher, settings.imprint, settings.absolute(.home)].filter { !$0.isEmpty }
  }
}

// MARK: - Plain text

extension DigestView {
  var text: String {
    var text = PlainTextMessage()
    text.add(heading)
    for paragraph in opening { text.add(paragraph) }
    if let correction { text.add(correction) }
    for group in groups {
      if let reason = reason(for: group) { text.add(underlined: reason) }
      for publication in group.publications {
        let record = publication.record
        text.add(
          rows: [
            record.fullTitle, words.names(record.authors), words.date(record.published),
          ])
        text.add(excerpt(record))
        text.add(link: settings.address(of: publication))
      }
    }
    if hasMore {
      text.add(rows: [seeAll])
      text.add(link: settings.absolute(.publications))
    }
    for paragraph in closing { text.add(paragraph) }
    text.addRule()
    if let links {
      text.add(words(.digestReason, settings.name))
      for (phrase, address) in footer(links) { text.add(rows: ["\(words[phrase]):", address]) }
    }
    text.add(rows: sender)
    return text.text
  }

  private var seeAll: String { words(.digestSeeAll, words.count(.publication, total)) }

  private func footer(_ links: Links) -> [(Phrase, String)] {
    [
      (.viewInBrowser, links.browser), (.changeSettings, links.preferences),
      (.unsubscribe, links.unsubscription),
    ]
  }
}

// MARK: - HTML

extension DigestView {
  /// A document that mail programs can show.
  ///
  /// It has simple blocks, styles in the elements, and nothing that is loaded. The style element is
  /// for dark mode; programs that ignore it show the light colours.
  var html: HTML {
    """
    <!doctype html>
    <html lang="\(words.tag)"\(if: words.isRightToLeft, " dir=\"rtl\"")>
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>\(subject)</title>
    <style>
    @media (prefers-color-scheme: dark) {
    .page { background: #171614 !important; color: #ebe6db !important; }
    .faded { color: #b3ab9c !important; }
    .page a { color: \(accent.onDark) !important; }
    .rule { border-color: #3a3731 !important; }
    }
    </style>
    </head>
    <body class="page" style="margin:0;padding:0;background:#ffffff;color:#1d1b18">
    \(if: !preheader.isEmpty, """
      <div style="display:none;max-height:0;overflow:hidden">\(preheader)</div>

      """)\
    <div role="main" style="max-width:38em;margin:0 auto;padding:24px 20px 0;\
    font:17px/1.5 Georgia,serif;overflow-wrap:break-word">
    <h1 style="margin:0 0 8px;font:bold 22px/1.3 Georgia,serif">\(heading)</h1>
    \(each: opening, { "<p style=\"margin:12px 0\">\($0)</p>\n" })\
    \(correction, { "<p style=\"margin:12px 0\">\($0)</p>\n" })\
    \(each: groups, section)\
    \(if: hasMore, "<p style=\"margin:24px 0\">\(link(settings.absolute(.publications), seeAll))</p>\n")\
    \(each: closing, { "<p style=\"margin:16px 0 0\">\($0)</p>\n" })\
    </div>
    <div role="contentinfo" style="max-width:38em;margin:0 auto;padding:0 20px 24px">
    <div class="faded rule" style="margin-top:28px;padding-top:12px;border-top:1px solid #dad5c9;\
    color:#5a544a;font:14px/1.5 Georgia,serif">
    \(links, { links in
      """
      <p style="margin:0 0 8px">\(words(.digestReason, settings.name))</p>
      <p style="margin:0 0 8px">\
      \(each: footer(links), separator: " · ", { link($0.1, words[$0.0]) })</p>

      """
    })\
    <p style="margin:0">\(each: sender, separator: "<br>", senderLine)</p>
    </div>
    </div>
    </body>
    </html>

    """
  }

  /// What mail programs show behind the subject in a list of messages.
  private var preheader: String {
    if let correction { return Wording.excerpt(correction, limit: 120) }
    let publications = groups.flatMap(\.publications)
    guard publications.count > 1 else {
      return publications.first.map { Wording.excerpt($0.record.abstract, limit: 120) } ?? ""
    }
    return publications.dropFirst().prefix(4).map(\.record.title).joined(separator: " · ")
  }

  private func section(_ group: Digest.Group) -> HTML {
    """
    \(reason(for: group), {
      """
      <h2 class="faded rule" style="margin:24px 0 0;padding-top:12px;border-top:1px solid #dad5c9;\
      color:#5a544a;font:15px/1.5 Georgia,serif">\($0)</h2>

      """
    })\
    \(each: group.publications, entry)
    """
  }

  private func entry(_ publication: Publication) -> HTML {
    let record = publication.record
    let script = words.script(of: record.language)
    let excerpt = self.excerpt(record)
    let details = [words.names(record.authors), words.date(record.published)]
      .filter { !$0.isEmpty }.joined(separator: " · ")
    let title: HTML = """
      \(link(settings.address(of: publication), record.title))\
      \(record.subtitle, { "<br><span style=\"font-weight:normal\">\($0)</span>" })
      """
    let style: HTML = "style=\"margin:16px 0 2px;font:bold 18px/1.35 Georgia,serif\"\(script)"
    return """
      \(correction == nil ? "<h3 \(style)>\(title)</h3>" : "<h2 \(style)>\(title)</h2>")
      <p class="faded" style="margin:0 0 6px;color:#5a544a;font-size:15px" dir="auto">\(details)</p>
      \(if: !excerpt.isEmpty, "<p style=\"margin:0 0 16px\"\(script)>\(excerpt)</p>\n")
      """
  }

  private func link(_ address: String, _ text: String) -> HTML {
    "<a href=\"\(address)\" style=\"color:\(accent.onLight)\">\(text)</a>"
  }

  private func senderLine(_ line: String) -> HTML {
    line == settings.absolute(.home) ? link(line, line) : "\(line)"
  }
}
