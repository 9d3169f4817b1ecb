internal import SQLite

/// Selects publications in the list for staff; an empty filter selects all of them.
package struct DeskFilter: Sendable, Hashable {
  /// Words in any field of the record, its slug or the name of its file; they may be parts of words,
  /// in any order, and case and accents do not matter.
  package var words: String
  package var status: Publication.Status?
  /// What all of them lack.
  package var missing: Set<Missing>
  /// The first and the last year of issue.
  package var firstYear: Int?
  package var lastYear: Int?
  package var type: TypeName?
  /// A BCP 47 tag.
  package var language: String?
  /// A name as it is written, or a part of one if no publication has exactly that name.
  package var topic: String?
  package var author: String?
  package var series: String?
  package var extraction: Extraction?
  package var changedSince: Instant?
  /// The bulk edit that changed them.
  package var bulkEdit: BulkEdit.ID?
  /// Leaves out what is neither public nor made by this account; nil for everything.
  package var visibleTo: Account.ID?

  /// A field without a value, or no PDF.
  package enum Missing: String, Sendable, CaseIterable {
    case abstract, authors, topics, language, doi, licence, series, pdf
  }

  /// The state of the text of the PDF.
  package enum Extraction: String, Sendable, CaseIterable {
    case waiting, read, unreadable
    /// Read, and no page has any text: a scan.
    case empty
  }

  package init(
    words: String = "", status: Publication.Status? = nil, missing: Set<Missing> = [],
    firstYear: Int? = nil, lastYear: Int? = nil, type: TypeName? = nil,
    language: String? = nil, topic: String? = nil, author: String? = nil, series: String? = nil,
    extraction: Extraction? = nil, changedSince: Instant? = nil, bulkEdit: BulkEdit.ID? = nil
  ) {
    self.words = words
    self.status = status
    self.missing = missing
    self.firstYear = firstYear
    self.lastYear = lastYear
    self.type = type
    self.language = language
    self.topic = topic
    self.author = author
    self.series = series
    self.extraction = extraction
    self.changedSince = changedSince
    self.bulkEdit = bulkEdit
  }

  /// Whether it selects all publications that the account may see.
  package var isEmpty: Bool {
    var chosen = self
    chosen.visibleTo = nil
    return chosen == DeskFilter()
  }

  /// The condition on `publication`, joined with `file`.
  func condition(at now: Instant) -> SQL {
    var conditions: [SQL] = [deskTextCondition(words)]
    if let status { conditions.append(DeskFilter.condition(on: status, at: now)) }
    conditions += Missing.allCases.filter(missing.contains).map(\.condition)
    if let firstYear { conditions.append("publication.year >= \(firstYear)") }
    if let lastYear { conditions.append("publication.year <= \(lastYear)") }
    if let type { conditions.append("publication.type = \(type.rawValue)") }
    if let language { conditions.append("publication.language = \(language)") }
    if let series {
      conditions.append(
        """
        CASE WHEN EXISTS (SELECT 1 FROM publication WHERE series = \(series))
          THEN publication.series = \(series)
          ELSE instr(lower(publication.series), lower(\(series))) > 0 END
        """)
    }
    if let topic {
      conditions.append(
        """
        publication.id IN (SELECT publication FROM topic
          WHERE CASE WHEN EXISTS (SELECT 1 FROM topic WHERE name = \(topic)) THEN name = \(topic)
            ELSE instr(lower(name), lower(\(topic))) > 0 END)
        """)
    }
    if let author {
      conditions.append(
        """
        publication.id IN (SELECT publication FROM author
          WHERE CASE WHEN EXISTS (SELECT 1 FROM author WHERE name = \(author))
            THEN name = \(author) ELSE instr(lower(name), lower(\(author))) > 0 END)
        """)
    }
    if let extraction { conditions.append(extraction.condition) }
    if let changedSince {
      conditions.append("publication.modified >= \(changedSince.secondsSince1970)")
    }
    if let bulkEdit {
      conditions.append(
        """
        publication.id IN (SELECT publication FROM bulk_change
          WHERE bulk_edit = \(bulkEdit) AND state = 'applied')
        """)
    }
    if let visibleTo {
      conditions.append(
        "(publication.owner = \(visibleTo) OR \(Visibility.isPublic(at: now)))")
    }
    return SQL.all(conditions)
  }

  private static func condition(on status: Publication.Status, at now: Instant) -> SQL {
    switch status {
    case .published: Visibility.isPublic(at: now)
    case .scheduled: Visibility.isDue(after: now)
    case .draft, .review, .withdrawn: "publication.status = \(status.rawValue)"
    }
  }
}

extension DeskFilter.Missing {
  fileprivate var condition: SQL {
    switch self {
    case .abstract: "publication.abstract = ''"
    case .authors:
      "NOT EXISTS (SELECT 1 FROM author WHERE author.publication = publication.id)"
    case .topics: "NOT EXISTS (SELECT 1 FROM topic WHERE topic.publication = publication.id)"
    case .language: "publication.language IS NULL"
    case .doi: "publication.doi IS NULL"
    case .licence: "publication.licence IS NULL"
    case .series: "publication.series IS NULL"
    case .pdf: "publication.file IS NULL"
    }
  }
}

extension DeskFilter.Extraction {
  fileprivate var condition: SQL {
    switch self {
    case .waiting: "file.text = 'waiting'"
    case .read: "file.text = 'read'"
    case .unreadable: "file.text = 'unreadable'"
    case .empty:
      """
      file.text = 'read'
        AND NOT EXISTS (SELECT 1 FROM page WHERE page.file = file.id AND page.text <> '')
      """
    }
  }
}

/// The order of the list for staff.
package struct DeskOrder: Sendable, Hashable {
  package enum Key: String, Sendable, CaseIterable {
    case changed, title, date, status, added
  }

  package var key: Key
  /// Whether the order is the other way than usual: titles from Z, dates from the oldest.
  package var isReversed: Bool

  package init(_ key: Key = .changed, isReversed: Bool = false) {
    self.key = key
    self.isReversed = isReversed
  }

  var sql: SQL {
    switch (key, isReversed) {
    case (.changed, false): "publication.modified DESC, publication.id DESC"
    case (.changed, true): "publication.modified, publication.id"
    case (.title, false): "desk_text.title_key, publication.id"
    case (.title, true): "desk_text.title_key DESC, publication.id DESC"
    case (.date, false): "publication.issued DESC, publication.id DESC"
    case (.date, true): "publication.issued, publication.id"
    case (.status, false):
      "\(DeskOrder.statusRank), publication.modified DESC, publication.id DESC"
    case (.status, true):
      "\(DeskOrder.statusRank) DESC, publication.modified DESC, publication.id DESC"
    case (.added, false): "publication.created DESC, publication.id DESC"
    case (.added, true): "publication.created, publication.id"
    }
  }

  private static let statusRank: SQL = """
    CASE publication.status WHEN 'draft' THEN 0 WHEN 'review' THEN 1 WHEN 'scheduled' THEN 2
      WHEN 'published' THEN 3 ELSE 4 END
    """
}
