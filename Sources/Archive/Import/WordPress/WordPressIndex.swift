/// What must be known of a whole WordPress export before its first post is imported: which file
/// belongs to which post, and what the terms are called.
struct WordPressIndex {
  struct Attachment {
    let item: WordPressItem
    /// The path of the PDF; nil for another file.
    let pdf: String?
  }

  /// A post or page as far as files are concerned.
  private struct Post {
    let id: Int
    let isPublic: Bool
    let isPage: Bool
    /// The PDFs that it names, in its order.
    let named: [String]
  }

  private(set) var channel = WordPressChannel()
  private(set) var site = WordPressSite(WordPressChannel())
  private(set) var attachments: [Int: Attachment] = [:]
  /// The attachments of each post, in the order of the export.
  private(set) var attachmentsOfPost: [Int: [Int]] = [:]
  /// The PDF of each post.
  private(set) var pdfOfPost: [Int: String] = [:]
  /// The post to which the address of a PDF leads.
  private(set) var ownerOfPDF: [String: Int] = [:]
  /// PDFs that no post has, with the post to which they lead until they are public.
  private(set) var otherPDFs: [(path: String, attachment: Int?, post: Int?)] = []
  private(set) var summary = WordPressSummary()
  /// Whether addresses have `/archives` in front, as WordPress writes them with numbers.
  private(set) var hasArchivesFront = false
  /// The years and months in which something public was published: `2011`, `2011/03`.
  private(set) var periods: Set<String> = []
  private var attachmentOfPDF: [String: Int] = [:]
  private var posts: [Post] = []
  /// By taxonomy and slug, and by taxonomy and number: an export has either for the term above.
  private var terms: [String: WordPressChannel.Term] = [:]

  /// Reads an export from its beginning to its end.
  ///
  /// - Throws: ``XMLError``, ``WordPressError``, and what the source of the bytes throws.
  init(_ reader: consuming WordPressReader, types: Set<String>?) throws {
    while let part = try reader.next() {
      guard case .item(let item) = part else { continue }
      if site.address.isEmpty {
        channel = reader.channel
        site = WordPressSite(channel)
      }
      note(item, types)
    }
    channel = reader.channel
    if site.address.isEmpty { site = WordPressSite(channel) }
    for term in channel.terms {
      for name in [term.slug, term.id] where !name.isEmpty {
        terms["\(term.taxonomy)/\(name)"] = terms["\(term.taxonomy)/\(name)"] ?? term
      }
    }
    chooseFiles()
  }

  private mutating func note(_ item: WordPressItem, _ types: Set<String>?) {
    summary.comments += item.comments
    if item.isTrashed {
      summary.trashed += 1
    } else if item.type == "attachment" {
      noteAttachment(item)
    } else if item.isContent, types?.contains(item.type) ?? true {
      notePost(item)
    } else {
      summary.leftOut[item.type, default: 0] += 1
    }
  }

  private mutating func noteAttachment(_ item: WordPressItem) {
    let attached = item.values(of: "_wp_attached_file").first ?? ""
    var pdf = site.filePath(of: item.attachmentAddress)
    if pdf == nil, attached.lowercased().hasSuffix(".pdf") {
      // The files are on another host.
      pdf = site.base + "/wp-content/uploads/" + attached
    }
    var small = item
    small.fields = attached.isEmpty ? [] : [("_wp_attached_file", attached)]
    attachments[item.id] = Attachment(item: small, pdf: pdf)
    attachmentsOfPost[item.parent, default: []].append(item.id)
    if let pdf { attachmentOfPDF[pdf] = attachmentOfPDF[pdf] ?? item.id }
    if pdf == nil, !WordPressIndex.isImage(item.attachmentAddress) {
      summary.otherFiles.append(item.attachmentAddress)
    }
  }

  private static func isImage(_ address: String) -> Bool {
    let end = address.split(separator: ".").last?.lowercased() ?? ""
    return ["png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "ico", "avif"].contains(end)
  }

  private mutating func notePost(_ item: WordPressItem) {
    var named = site.pdfs(in: item.content)
    for field in item.fields where !field.key.hasPrefix("_") {
      for path in site.pdfs(in: field.value) where !named.contains(path) { named.append(path) }
      // Fields for files hold the number of an attachment, which is known at the end.
      if let number = Int(field.value), number > 0,
        item.values(of: "_" + field.key).contains(where: { $0.hasPrefix("field_") })
          || WordPressIndex.namesFile(field.key)
      {
        named.append("#\(number)")
      }
    }
    posts.append(
      Post(id: item.id, isPublic: item.isPublic, isPage: item.type == "page", named: named))
    guard item.isPublic, item.date.count >= 7 else { return }
    let (year, month) = (item.date.prefix(4), item.date.dropFirst(5).prefix(2))
    periods.formUnion([String(year), "\(year)/\(month)"])
    if let path = site.path(of: item.link), path.hasPrefix(site.base + "/archives/") {
      hasArchivesFront = true
    }
  }

  private static func namesFile(_ key: String) -> Bool {
    let key = key.lowercased()
    return ["pdf", "file", "document", "download", "attachment"].contains { key.contains($0) }
  }

  /// Gives each post its file.
  ///
  /// The first that counts: its own attachments in the order of the text, those that are not in the
  /// text, attachments of no post that it names, and those of another post. A page does not take
  /// what is attached to nothing: it lists files.
  private mutating func chooseFiles() {
    var chosen: Set<String> = []
    var namedBy: [String: Int] = [:]
    for post in posts {
      let named = post.named.compactMap { name in
        name.hasPrefix("#")
          ? Int(name.dropFirst()).flatMap { attachments[$0]?.pdf } : name
      }
      for path in named { namedBy[path] = namedBy[path] ?? post.id }
      let own = (attachmentsOfPost[post.id] ?? []).compactMap { attachments[$0]?.pdf }
      let ordered =
        named.filter(own.contains) + own
        + (post.isPage ? [] : named.filter { !isAttachedToPost($0) })
        + (post.isPage ? [] : named)
      guard let first = ordered.first else { continue }
      pdfOfPost[post.id] = first
      chosen.insert(first)
      let isOwn = own.contains(first)
      // The file leads to the post it is attached to, and to one that readers may see.
      if let owner = ownerOfPDF[first] {
        let old = posts.first { $0.id == owner }
        if post.isPublic && old?.isPublic == false || isOwn && post.isPublic {
          ownerOfPDF[first] = post.id
        }
      } else {
        ownerOfPDF[first] = post.id
      }
    }
    let imported = Set(posts.map(\.id))
    var seen = chosen
    for (id, attachment) in attachments.sorted(by: { $0.key < $1.key }) {
      guard let pdf = attachment.pdf, seen.insert(pdf).inserted else { continue }
      let parent = attachment.item.parent
      otherPDFs.append((pdf, id, imported.contains(parent) ? parent : namedBy[pdf]))
    }
    for post in posts {
      for path in post.named where !path.hasPrefix("#") && seen.insert(path).inserted {
        otherPDFs.append((path, nil, post.id))
      }
    }
    posts = []
  }

  private func isAttachedToPost(_ path: String) -> Bool {
    attachmentOfPDF[path].flatMap { attachments[$0] }.map { $0.item.parent != 0 } ?? false
  }

  /// The attachment of a PDF.
  func attachment(of path: String) -> Attachment? {
    attachmentOfPDF[path].flatMap { attachments[$0] }
  }

  /// A term and those above it, the nearest first.
  func ancestors(of slug: String, in taxonomy: String) -> [WordPressChannel.Term] {
    var found: [WordPressChannel.Term] = []
    var next = slug
    while let term = terms["\(taxonomy)/\(next)"], found.count < 20,
      !found.contains(where: { $0.slug == term.slug })
    {
      found.append(term)
      guard !term.parent.isEmpty, term.parent != "0" else { break }
      next = term.parent
    }
    return found
  }
}

/// What an import from WordPress found beside the records.
package struct WordPressSummary: Sendable, Equatable {
  /// Imported as drafts, because not everybody could read them.
  package var privatePosts = 0
  package var protectedPosts = 0
  /// Scheduled for a time that has passed: imported as drafts.
  package var overduePosts = 0
  package var drafts = 0
  package var inReview = 0
  package var scheduled = 0
  /// Left out.
  package var trashed = 0
  package var comments = 0
  /// Left out, by type.
  package var leftOut: [String: Int] = [:]
  /// Titles that were empty and are now the first words of the text.
  package var untitled = 0
  /// PDFs beside the first of a post, or of no post: imported as drafts.
  package var extraPDFs: [String] = []
  /// Files that are neither PDFs nor images: left out.
  package var otherFiles: [String] = []
  /// Redirects of lists, which are added at the end.
  package var listRedirects = 0
}
