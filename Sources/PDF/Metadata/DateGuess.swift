// ISO 32000-1 §14.3.3 has the date of the file; the date of publication is on the first pages.

/// Finds the publication date: after a label, near the title, in a running head or foot, or in the
/// imprint.
struct DateGuess {
  private(set) var found: Guess<GuessedDate>?

  /// A date in a line.
  typealias Found = WrittenDates.Found

  private struct Candidate {
    var date: GuessedDate
    var confidence: Double
    var page: Int
    var isLabelled: Bool
  }

  /// - Parameters:
  ///   - front: The first pages.
  ///   - back: The last pages, without those.
  ///   - created: When the file was created, in ISO 8601.
  ///   - language: The language of the text, which gives the order of day and month in “3/4/2010”.
  init(front: [PageLines], back: [PageLines], created: String?, language: String?) {
    let order = Self.order(front, created: created, language: language)
    var candidates: [Candidate] = []
    for (index, page) in front.enumerated() {
      for (line, isEdge) in page.edges.map({ ($0, true) })
        + page.body.prefix(200).map({ ($0, false) })
      {
        for found in Self.dates(in: line.text, order: order) {
          guard let (confidence, isLabelled) = Self.confidence(found, page: index, isEdge: isEdge)
          else { continue }
          candidates.append(
            Candidate(
              date: found.date, confidence: confidence, page: page.number, isLabelled: isLabelled))
        }
      }
    }
    for page in back {
      for line in page.all {
        for found in WrittenDates.dates(in: line.text, order: order) {
          guard let (confidence, isLabelled) = Self.confidence(found, page: 2, isEdge: false),
            isLabelled
          else { continue }
          candidates.append(
            Candidate(
              date: found.date, confidence: confidence - 0.05, page: page.number, isLabelled: true))
        }
      }
    }
    for index in candidates.indices where Self.isNear(candidates[index].date, created) {
      candidates[index].confidence = min(candidates[index].confidence + 0.1, 0.97)
    }
    choose(from: candidates)
  }

  /// The dates of a line, each with its share of the part of the line between separators.
  private static func dates(in line: String, order: WrittenDates.Order) -> [Found] {
    let segments = Segments.of(line)
    guard segments.count > 1 else { return WrittenDates.dates(in: line, order: order) }
    var before = ""
    return segments.flatMap { segment in
      let dates = WrittenDates.dates(in: segment, order: order)
      // What is before another date does not belong to this one.
      defer { before = dates.isEmpty ? before + segment.lowercased() + " " : "" }
      return dates.map { found in
        var found = found
        found.before = before + found.before
        return found
      }
    }
  }

  private mutating func choose(from candidates: [Candidate]) {
    guard let top = candidates.max(by: { $0.confidence < $1.confidence }) else { return }
    // Several equally likely dates are unclear, unless one is a more precise form of the other.
    let rivals = candidates.filter {
      $0.confidence > top.confidence - 0.05 && !Self.agree($0.date, top.date)
    }
    var confidence = top.confidence - (rivals.isEmpty ? 0 : 0.2)
    // A year on the title page and after a copyright sign is likely.
    if top.date.month == nil,
      candidates.contains(where: { $0.date == top.date && $0.page != top.page })
    {
      confidence = max(confidence, 0.66)
    }
    guard confidence >= Guesses.least else { return }
    // A precise date elsewhere can be that of an event.
    let exact = candidates.filter {
      Self.agree($0.date, top.date) && ($0.isLabelled || $0.confidence > top.confidence - 0.1)
    }.max { Self.parts($0.date) < Self.parts($1.date) }
    found = Guess(exact?.date ?? top.date, confidence, .pages, page: (exact ?? top).page)
  }

  /// Whether a file was created when a date says, or at most two months later.
  private static func isNear(_ date: GuessedDate, _ created: String?) -> Bool {
    guard let created, let year = Int(created.prefix(4)), date.month != nil || date.year == year
    else {
      return false
    }
    guard let month = date.month else { return true }
    guard let createdMonth = Int(created.dropFirst(5).prefix(2)) else { return false }
    return (0...2).contains((year - date.year) * 12 + createdMonth - month)
  }

  /// The order of day and month in dates such as “3/4/2010”.
  private static func order(
    _ pages: [PageLines], created: String?, language: String?
  ) -> WrittenDates.Order {
    // English is written in both orders, so another date of the document must tell.
    guard language == "en" || language == nil else { return .dayFirst }
    var (dayFirst, monthFirst) = (0, 0)
    for line in pages.lazy.flatMap(\.all).prefix(400) where line.text.contains("/") {
      for (first, second) in WrittenDates.numericPairs(in: line.text) {
        if first > 12, second <= 12 { dayFirst += 1 }
        if second > 12, first <= 12 { monthFirst += 1 }
      }
    }
    if monthFirst > 0, dayFirst == 0 { return .monthFirst }
    if dayFirst > 0, monthFirst == 0 { return .dayFirst }
    return .unclear
  }

  private static let refused = [
    "accessed", "retrieved", "submitted", "received", "accepted", "born", "since", "abgerufen",
    "consulté", "hämtad", "expires", "until", "before", "after", "from", "between", "as of",
    "completed", "visited", "дата обращения", "stand der", "due", "deadline", "through",
  ]

  private static let labels = [
    "published", "publication date", "date of publication", "issued", "release date", "released",
    "date :", "veröffentlicht", "erschienen", "publié", "date de publication", "publicado",
    "fecha de publicación", "utgiven", "publicerad", "utkom", "publisert", "udgivet", "pubblicato",
    "опубликовано", "дата публикации", "подписано в печать", "发布", "出版", "公開日", "発行", "発表",
    "보도", "배포", "발행", "게시", "작성일", "تاريخ النشر", "نشر",
  ]

  private static let updates = [
    "updated", "revised", "effective", "stand", "mise à jour",
    "actualizado", "uppdaterad", "reviderad", "обновлено", "更新", "수정",
  ]

  /// Whether a text with spaces at both ends has one of these words; in scripts without capitals,
  /// words can have no spaces between them.
  private static func says(_ text: String, _ words: [String]) -> Bool {
    words.contains { word in
      word.unicodeScalars.contains { $0.value > 0x5FF }
        ? text.contains(word) : text.contains(" \(word) ")
    }
  }

  private static func confidence(
    _ found: Found, page: Int, isEdge: Bool
  ) -> (confidence: Double, isLabelled: Bool)? {
    let last = " \(found.before.suffix(40)) "
    if says(last, refused) { return nil }
    let depth = 0.05 * Double(min(page, 3))
    let penalty = (found.date.month == nil ? 0.15 : 0) + (found.isUnclear ? 0.25 : 0)
    if says(last, labels) { return (0.9 - penalty - depth, true) }
    if says(last, updates) {
      return (0.72 - penalty - depth / 2, page < 2)
    }
    // “on 3 March” is the day of an event, unless a label is before it.
    if last.hasSuffix(" on ") { return nil }
    if found.date.month == nil {
      // A year alone counts after a copyright sign, and less on a line of its own.
      let isCopyright = last.contains("©") || last.contains("copyright")
      return isCopyright ? (0.6 - depth, false) : page == 0 && found.share == 1 ? (0.5, false) : nil
    }
    if found.share > 0.6 {
      return ((page == 0 ? 0.76 : page == 1 ? 0.62 : 0.58) - penalty, false)
    }
    // Heads and feet have other things beside the date.
    if isEdge { return (0.68 - penalty - depth, false) }
    if found.share > 0.3, found.before.utf8.count < 60 {
      return (page == 0 ? 0.66 - penalty : 0.55 - penalty, false)
    }
    return nil
  }

  private static func parts(_ date: GuessedDate) -> Int {
    date.day != nil ? 3 : date.month != nil ? 2 : 1
  }

  private static func agree(_ one: GuessedDate, _ other: GuessedDate) -> Bool {
    one.year == other.year
      && (one.month == nil || other.month == nil || one.month == other.month)
      && (one.day == nil || other.day == nil || one.day == other.day)
  }

  /// The dates of a line, whatever their confidence.
  static func dates(in line: String) -> [Found] { WrittenDates.dates(in: line, order: .unclear) }
}
