// ISO 32000-1 §14.3: metadata, found on the first pages.

/// Finds metadata on the first pages of a document.
struct FirstPages {
  /// The lines of the first pages.
  let pages: [[FlowLine]]
  let body: BodyStyle
  let blocks: [TextBlock]
  let metadata: Metadata

  init(pages: [PageText], blocks: [TextBlock], metadata: Metadata) {
    let flow = pages.prefix(12).map(FlowLines.lines)
    body = BodyStyle(flow)
    self.pages = Array(flow.prefix(3))
    self.blocks = Array(blocks.prefix(400))
    self.metadata = metadata
  }

  func guesses() -> Guesses {
    var guesses = Guesses()
    guard body.size > 0 else {
      guesses.title = metadata.title.flatMap(Self.untested)
      return guesses
    }
    let words = PlainWords(pages.joined().map(\.text))
    let title = TitleGuess(pages: Array(pages.prefix(2)), body: body).found
    guesses.title = Self.title(title?.guess, metadata.title, words)
    let authors = AuthorGuess(
      pages: pages,
      after: title.flatMap { $0.guess.confidence >= 0.7 ? $0.place : nil }
    ).found
    guesses.authors = Self.authors(authors, metadata.authors, words)
    guesses.published = DateGuess(pages: Array(pages.prefix(2)), created: metadata.created).found
    guesses.abstract = AbstractGuess(blocks).found
    guesses.language =
      LanguageGuess(
        blocks.lazy.map(\.text), declared: metadata.language
      ).found
    return guesses
  }

  private static func untested(_ title: String) -> Guess<String>? {
    // The pages do not confirm it; a phrase is more likely a title than a word is.
    title.split(separator: " ").count >= 3 ? Guess(title, 0.6, .properties) : nil
  }

  private static func title(
    _ seen: Guess<String>?, _ declared: String?, _ words: PlainWords
  ) -> Guess<String>? {
    guard let declared, declared.utf8.count < 400 else { return seen }
    let plain = PlainWords.plain(declared)
    if let seen {
      let plainSeen = PlainWords.plain(seen.value)
      if plain == plainSeen { return Guess(seen.value, 0.97, .both) }
      // One is the other with a subtitle or cut short.
      if plain.utf8.count > 12, plainSeen.hasPrefix(plain) { return Guess(seen.value, 0.9, .both) }
      if plainSeen.utf8.count > 12, plain.hasPrefix(plainSeen), words.contains(plain) {
        return Guess(declared, 0.95, .both)
      }
    }
    let isOnPages = plain.utf8.count > 8 && words.contains(plain)
    if isOnPages, declared.split(separator: " ").count >= 2 {
      return Guess(declared, 0.92, .both)
    }
    guard let seen else { return untested(declared) }
    // Two different titles: one is a chapter's or an older file's.
    let words = plain.split(separator: " ")
    let shared = PlainWords.plain(seen.value).split(separator: " ").filter(words.contains)
    guard words.count >= 3, shared.count * 5 < words.count * 3 else { return seen }
    let confidence = seen.confidence - 0.2
    return confidence < Guesses.threshold
      ? untested(declared) : Guess(seen.value, confidence, .pages)
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
      let agree = confirmed.contains { names.contains(PlainWords.plain($0)) }
      if agree { return Guess(seen.value, 0.96, .both) }
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
