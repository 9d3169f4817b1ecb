internal import SQLite
internal import Search

/// What the page of a publication shows beside the record.
package struct ArticleContext: Sendable, Equatable {
  package var presentation = Presentation()
  /// The earlier files that readers could get, newest first.
  package var formerFiles: [FormerFile] = []
  /// Up to yesterday; nil if it was never used.
  package var usage: MonthlyUses?
  /// The most similar publications by text, the most similar first.
  package var related: [RelatedPublication] = []
  /// The pages of its authors, topics and series.
  package var links = EntryLinks()
  /// The slugs of the public publications that `related` depends on.
  package var relatedSlugs: [Slug] = []
  /// Whether it also depends on others, which may become public.
  package var hasHiddenRelated = false

  package init() {}
}

/// The slugs of the pages of a publication's authors, topics and series, by name.
package struct EntryLinks: Sendable, Equatable {
  package var authors: [String: Slug] = [:]
  package var topics: [String: Slug] = [:]
  package var series: Slug?

  package init() {}
}

/// A related publication as a page shows it.
package struct RelatedPublication: Sendable, Equatable {
  package let slug: Slug
  package let title: String
  package let authors: [String]
  package let published: PublicationDate
  package let language: String?

  init(
    slug: Slug, title: String, authors: [String], published: PublicationDate, language: String?
  ) {
    self.slug = slug
    self.title = title
    self.authors = authors
    self.published = published
    self.language = language
  }

  package init(_ publication: Publication) {
    let record = publication.record
    self.init(
      slug: publication.slug, title: record.title, authors: record.authors,
      published: record.published, language: record.language)
  }
}

extension Publications {
  /// Finds a publication for readers with its context, in one transaction.
  package func findWithContext(
    _ slug: Slug, at now: Instant = .now
  ) throws -> (found: Found, context: ArticleContext) {
    let relatedQueue = core.relatedQueue
    // A replica stores no lists, so it computes those that the primary has not computed yet.
    let index = core.isReplica ? core.liveIndex.current(at: now) : nil
    return try core.read { connection in
      let found = try connection.find(slug, at: now)
      guard case .publication(let publication) = found else { return (found, ArticleContext()) }
      let (context, hasRelated) = try connection.context(of: publication.id, at: now) {
        index?.related(to: $0) ?? []
      }
      if !hasRelated { relatedQueue.insert([publication.id]) }
      return (found, context)
    }
  }
}

extension Connection {
  /// One statement says what there is; most publications have little of it.
  ///
  /// - Parameters:
  ///   - id: The publication.
  ///   - now: The time.
  ///   - related: The related publications of one without a stored list.
  /// - Returns: The context, and whether its related publications have been computed.
  /// - Throws: What the database throws.
  fileprivate func context(
    of id: Publication.ID, at now: Instant, related: (Publication.ID) -> [Publication.ID]
  ) throws -> (ArticleContext, hasRelated: Bool) {
    var context = ArticleContext()
    var (hasFormerFiles, hasUsage) = (false, false)
    var others: String?
    try each(
      """
      SELECT presentation.featured NOT NULL, presentation.correction,
        EXISTS (
          SELECT 1 FROM former_file WHERE former_file.publication = publication.id AND was_public),
        EXISTS (
          SELECT 1 FROM usage
          WHERE usage.publication = publication.id AND usage.day < \(Day(of: now).number)),
        related.others
      FROM publication LEFT JOIN presentation ON presentation.publication = publication.id
        LEFT JOIN related ON related.publication = publication.id
      WHERE publication.id = \(id)
      """
    ) { row in
      context.presentation = Presentation(
        isFeatured: row.integer(0) != 0, correction: row.optionalText(1))
      (hasFormerFiles, hasUsage) = (row.integer(2) != 0, row.integer(3) != 0)
      others = row.optionalText(4)
      return false
    }
    if hasFormerFiles { context.formerFiles = try publicFormerFiles(of: id) }
    if hasUsage { context.usage = try usage(of: id, before: Day(of: now)) }
    context.links = try links(of: id)
    let ids = others.map(RelatedList.ids) ?? related(id)
    if !ids.isEmpty { try relate(&context, to: ids, at: now) }
    return (context, others != nil)
  }

  private func links(of id: Publication.ID) throws(SQLiteError) -> EntryLinks {
    var links = EntryLinks()
    try each(
      """
      SELECT list_name.list, list_name.name, list_entry.slug FROM (
        SELECT 'authors' AS list, name FROM author WHERE publication = \(id)
        UNION ALL SELECT 'topics', name FROM topic WHERE publication = \(id)
        UNION ALL SELECT 'series', series FROM publication WHERE id = \(id)
      ) AS used JOIN list_name ON list_name.list = used.list AND list_name.name = used.name
      JOIN list_entry ON list_entry.id = list_name.entry
      """
    ) { row in
      let (name, slug) = (row.text(1), Slug(stored: row.text(2)))
      switch NameList(rawValue: row.text(0)) {
      case .authors: links.authors[name] = slug
      case .topics: links.topics[name] = slug
      case .series: links.series = slug
      case .licences, nil: break
      }
      return true
    }
    return links
  }

  /// Fills in some publications by their keys, in that order.
  private func relate(
    _ context: inout ArticleContext, to ids: [Publication.ID], at now: Instant
  ) throws {
    var found: [(place: Int, publication: RelatedPublication)] = []
    try each(
      """
      SELECT id, slug, title, \(Publication.authors), issued, language, (\(Visibility.isPublic(at: now)))
      FROM publication WHERE id IN \(SQL.list(ids))
      """
    ) { row in
      let (id, slug) = (row.integer(0), Slug(stored: row.text(1)))
      guard row.integer(6) != 0 else {
        context.hasHiddenRelated = true
        return true
      }
      context.relatedSlugs.append(slug)
      if let place = ids.firstIndex(of: id),
        let published = PublicationDate(row.text(4))
      {
        found.append(
          (
            place,
            RelatedPublication(
              slug: slug, title: row.text(2), authors: Publication.authors(row.text(3)).map(\.name),
              published: published, language: row.optionalText(5))
          ))
      }
      return true
    }
    context.related = found.sorted { $0.place < $1.place }.prefix(RelatedList.shown)
      .map(\.publication)
  }
}
