// ISO 32000-1 §14.3: metadata, found on the first pages.

/// Finds metadata on the first and the last pages of a document.
struct FirstPages {
  /// The first pages.
  private let front: [PageLines]
  /// The last pages, without those.
  private let back: [PageLines]
  private let body: BodyStyle
  private let blocks: [TextBlock]
  private let metadata: Metadata
  private let isWord: (String) -> Bool

  /// The number of pages whose lines give the style of the text and the running heads.
  private static let sample = 12

  init(
    pages: [PageText], blocks: [TextBlock], metadata: Metadata,
    isWord: @escaping (String) -> Bool
  ) {
    let sample = pages.prefix(Self.sample).map(PageLines.init)
    body = BodyStyle(sample.map(\.body))
    heads = sample.map { ($0.number, $0.edges.map(\.text) + $0.body.prefix(1).map(\.text)) }
    front = Array(sample.prefix(4))
    back = pages.dropFirst(4).suffix(3).map(PageLines.init)
    self.blocks = Array(blocks.prefix(400))
    self.metadata = metadata
    self.isWord = isWord
  }

  /// The running heads and the first line of each page, which is a head in short documents.
  private let heads: [(page: Int, lines: [String])]

  func guesses() -> Guesses {
    var guesses = Guesses()
    guard body.size > 0 else {
      guesses.title = metadata.title.flatMap(Self.untested)
      return guesses
    }
    let words = PlainWords(front.flatMap(\.all).map(\.text))
    let seen = TitleGuess(
      pages: Array(front.prefix(2)), heads: heads, body: body, declared: metadata.title
    ).found
    let title = Self.title(seen?.guess, metadata.title, words)
    (guesses.title, guesses.subtitle) = Self.parted(title)
    if guesses.subtitle == nil, title?.value == seen?.guess.value {
      guesses.subtitle = seen?.subtitle
      // It is no surer than the title that it belongs to.
      if let title, let subtitle = guesses.subtitle, title.confidence < subtitle.confidence {
        guesses.subtitle?.confidence = title.confidence
      }
    }
    let authors = AuthorGuess(
      front: front, back: back, body: body,
      after: seen.flatMap { $0.guess.confidence >= 0.55 ? $0.place : nil }
    ).found
    guesses.authors = Self.authors(authors, metadata.authors, words)
    guesses.language =
      LanguageGuess(
        blocks.lazy.map(\.text), declared: metadata.language, isWord: isWord
      ).found
    guesses.published =
      DateGuess(
        front: front, back: back, created: metadata.created, language: guesses.language?.value
      ).found
    guesses.abstract = AbstractGuess(blocks, pages: front, title: title?.value).found
    let series = SeriesGuess(front: front, back: back, title: title?.value)
    (guesses.series, guesses.number) = (series.series, series.number)
    guesses.doi = DOIGuess(front).found
    return guesses
  }

  /// A title that only the file's properties have: often that of a template or an earlier version.
  private static func untested(_ title: String) -> Guess<String>? {
    title.split(separator: " ").count >= 3 ? Guess(title, 0.4, .properties) : nil
  }

  private static func title(
    _ seen: Guess<String>?, _ declared: String?, _ words: PlainWords
  ) -> Guess<String>? {
    guard let declared, declared.utf8.count < 400 else { return seen }
    let plain = PlainWords.plain(declared)
    if let seen {
      let plainSeen = PlainWords.plain(seen.value)
      if plain == plainSeen { return Guess(seen.value, 0.97, .both, page: seen.page) }
      // One is the other with a subtitle or cut short.
      if plain.utf8.count > 12, plainSeen.hasPrefix(plain) {
        return Guess(seen.value, 0.9, .both, page: seen.page)
      }
      if plainSeen.utf8.count > 12, plain.hasPrefix(plainSeen), words.contains(plain) {
        return Guess(declared, 0.95, .both, page: seen.page)
      }
    }
    let isOnPages = plain.utf8.count > 8 && words.contains(plain)
    if isOnPages, declared.split(separator: " ").count >= 2, !TitleWords.isInstitution(declared) {
      return Guess(declared, 0.92, .both)
    }
    guard let seen else { return untested(declared) }
    return seen
  }

  /// A title and the subtitle after its colon.
  private static func parted(
    _ title: Guess<String>?
  ) -> (title: Guess<String>?, subtitle: Guess<String>?) {
    guard let title else { return (nil, nil) }
    for colon in [": ", "："] {
      guard let place = title.value.firstRange(of: colon) else { continue }
      let head = String(title.value[..<place.lowerBound]).trimmedSpaces
      let tail = String(title.value[place.upperBound...]).trimmedSpaces
      guard head.utf8.count > 2, tail.utf8.count > 3, !TitleWords.isPart(head) else { continue }
      var (first, second) = (title, title)
      (first.value, second.value) = (head, tail)
      return (first, second)
    }
    return (title, nil)
  }

  private static func authors(
    _ seen: Guess<[String]>?, _ declared: [String], _ words: PlainWords
  ) -> Guess<[String]>? {
    var seenNames: Set<String> = []
    let declared = declared.filter { seenNames.insert($0).inserted }
    let confirmed = declared.filter { name in
      let plain = PlainWords.plain(name)
      return plain.split(separator: " ").count >= 2 && words.contains(plain)
    }
    if let seen {
      let names = Set(seen.value.map(PlainWords.plain))
      if Set(declared.map(PlainWords.plain)) == names {
        return Guess(declared, 0.97, .both, page: seen.page)
      }
      let agree = confirmed.contains { names.contains(PlainWords.plain($0)) }
      if agree { return Guess(seen.value, 0.93, .both, page: seen.page) }
      if confirmed.isEmpty || confirmed.count < declared.count { return seen }
    }
    // An author that only the entry names is often the person who typed the text.
    guard !confirmed.isEmpty, confirmed.count == declared.count else { return seen }
    return Guess(confirmed, 0.85, .both)
  }
}

/// The words of lines in a form for comparison: lower-case letters and digits, with one space
/// between words.
struct PlainWords {
  private let text: String

  init(_ lines: [String]) {
    var text = " "
    for line in lines where text.utf8.count < 40_000 { text += Self.plain(line) + " " }
    self.text = text
  }

  func contains(_ plain: String) -> Bool { !plain.isEmpty && text.contains(" \(plain) ") }

  static func plain(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic
        || isDigit(UInt8(truncatingIfNeeded: scalar.value)) && scalar.isASCII
      {
        scalars.append(scalar)
      } else if scalar == "’" || scalar == "'" {
        continue
      } else if let last = scalars.last, last != " " {
        scalars.append(" ")
      }
    }
    if scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }
}
