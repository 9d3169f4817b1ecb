/// Words that tell titles from the other texts of a title page.
enum TitleWords {
  /// Words of kinds of document, series and parts, which alone are no title.
  private static let kinds: Set<Substring> = [
    "policy", "paper", "working", "discussion", "brief", "report", "research", "series",
    "technical", "occasional", "issue", "no", "number", "vol", "volume", "note", "memo",
    "memorandum", "fact", "sheet", "press", "release", "draft", "final", "version", "statement",
    "testimony", "white", "data", "in", "focus", "insight", "newsletter", "bulletin", "journal",
    "contents", "table", "of", "abstract", "summary", "executive", "introduction", "foreword",
    "preface", "references", "appendix", "acknowledgements", "acknowledgments", "the", "and",
    "supplement", "review", "inhalt", "inhaltsverzeichnis", "zusammenfassung", "einleitung",
    "vorwort", "sommaire", "résumé", "rapport", "bericht", "innehåll", "sammanfattning",
    "förord", "resumen", "índice", "introducción", "содержание", "введение", "аннотация",
    "реферат", "оглавление", "目录", "目次", "摘要", "要旨", "보도자료", "목차", "요약", "보고서",
  ]

  /// The kinds of institutions, with which their names begin or end.
  static let bodies: Set<Substring> = [
    "university", "institute", "institut", "institution", "ministry", "department", "office",
    "service", "agency", "council", "commission", "committee", "subcommittee", "centre", "center",
    "foundation", "association", "bureau", "press", "bank", "college", "school", "universität",
    "université", "universidad", "universitet", "society", "board", "authority", "hochschule",
    "ministerium", "bundesamt", "stiftung", "ministère", "fondation", "ministerio", "instituto",
    "fundación", "högskola", "myndigheten", "departementet", "университет", "институт",
    "министерство", "академия", "центр",
  ]

  /// Words with which the names of parts of a document begin, before a number.
  private static let parts: Set<Substring> = [
    "chapter", "section", "part", "appendix", "annex", "exhibit", "table", "figure", "kapitel",
    "avsnitt", "abschnitt", "anhang", "tabelle", "abbildung", "teil", "chapitre", "annexe",
    "tableau", "capítulo", "tabla", "capitolo", "глава", "раздел", "таблица", "рис",
  ]

  /// Whether a text only names a kind of document, a series or a part.
  static func isKind(_ words: [Substring]) -> Bool {
    words.allSatisfy { kinds.contains($0) || $0.allSatisfy(\.isNumber) }
      || kinds.contains(Substring(words.joined()))
  }

  /// Whether a line addresses a letter or a memorandum: “Memorandum for the Director of Ports”.
  static func isAddress(_ words: [Substring]) -> Bool {
    ["memorandum for", "memorandum to", "memo to", "to the", "dear mr", "dear ms"].contains {
      words.prefix(2).joined(separator: " ") == $0
    }
  }

  /// The title after a label, in letters and forms: “Subject: Costs of dredging”.
  static func labelled(_ line: String) -> String? {
    let labels = [
      "Subject:", "SUBJECT:", "Title:", "Titel:", "Betreff:", "Objet :", "Objet:", "Titre :",
      "Titre:", "Asunto:", "Título:", "Ärende:", "Тема:", "Название:", "题目：", "标题：", "題名：",
      "件名：", "제목:", "제목 :", "العنوان:", "الموضوع:",
    ]
    guard let label = labels.first(where: { line.hasPrefix($0) }) else { return nil }
    let title = String(line.dropFirst(label.count)).trimmedSpaces
    return title.utf8.count >= 8 ? title : nil
  }

  static func isInstitution(_ text: String) -> Bool {
    let words = PlainWords.plain(text).split(separator: " ")
    guard words.count <= 5, let first = words.first, let last = words.last else { return false }
    return bodies.contains(first) || bodies.contains(last)
  }

  /// Whether a line is the name of a part with its number.
  ///
  /// “Chapter 3” and “Table 1. Ports” are; “Section 408 permits” is not.
  static func isPart(_ line: String) -> Bool {
    let words = line.lowercased().split(separator: " ").prefix(3)
    guard words.count >= 2, parts.contains(words[0].drop { !$0.isLetter }) else { return false }
    let number = words[1]
    let plain = number.filter { $0.isLetter || $0.isNumber }
    guard plain.count <= 4, plain.contains(where: \.isNumber) || plain.count == 1 else {
      return false
    }
    return words.count == 2 || number.last.map { ".:–—-)".contains($0) } == true
      || ["–", "—", "-", ":", "|"].contains(words[2])
      || number.allSatisfy { $0.isNumber || $0 == "." }
        && parts.subtracting(["section"]).contains(words[0])
  }

  /// “Section 9” and nothing else.
  static func isPartLabel(_ line: String) -> Bool {
    line.split(separator: " ").count == 2 && isPart(line)
  }

  /// Whether a text does not begin as titles do: in lower case, with a number of a section, or with
  /// a word that continues a sentence.
  static func isContinuation(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return true }
    if first.properties.isLowercase { return true }
    let word = text.prefix { $0 != " " }
    let words: Set<String> = ["OF", "AND", "OR", "WITH", "Of", "And", "Or"]
    let isNumber = word.count <= 7 && word.allSatisfy { $0.isNumber || $0 == "." }
    return words.contains(String(word)) || isNumber && (word.contains(".") || word.count <= 1)
  }

  /// Whether a text below a title is a subtitle, and not a date, a series, a body or names.
  static func canBeSubtitle(_ text: String) -> Bool {
    let plain = PlainWords.plain(text)
    let words = plain.split(separator: " ")
    guard words.count >= 3 || text.unicodeScalars.contains(where: isIdeographic),
      !text.hasSuffix(":"), !text.hasSuffix(","), !text.contains("@"),
      !text.lowercased().contains("http"), DateGuess.dates(in: text).isEmpty, !isKind(words),
      !isInstitution(text), !isPart(text), !isContinuation(text),
      SeriesGuess.series(in: text) == nil,
      AuthorNames.names(in: text).isEmpty
    else { return false }
    let bylines: Set<Substring> = [
      "by", "prepared", "written", "edited", "submitted", "presented", "von", "par", "por", "av",
      "supplement", "volume", "vol", "published", "updated", "version", "draft",
    ]
    return !bylines.contains(words[0])
  }
}
