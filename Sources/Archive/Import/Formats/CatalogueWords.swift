/// The words for languages and kinds of documents in catalogues of other systems.
enum CatalogueWords {
  /// The BCP 47 tag of a language that is named in words, by its ISO 639-2 code or as babel names
  /// it; nil when it is not known.
  static func languageTag(_ text: String) -> String? {
    let name = text.cleanedLine.lowercased()
    if let tag = languages[name] { return tag }
    // en_US is written en-US in tags; a tag stays as it is.
    let parts = text.cleanedLine.split { $0 == "_" || $0 == "-" }
    guard let first = parts.first?.lowercased() else { return nil }
    let language = languages[first] ?? (first.utf8.count == 2 ? first : nil)
    return language.map { tag in
      ([tag] + parts.dropFirst().map(String.init)).joined(separator: "-")
    }
  }

  private static let languages: [String: String] = {
    let lists: [String: String] = [
      "en": "english american british ukenglish usenglish eng englisch anglais inglés inglese",
      "de": "german deutsch ngerman germanb austrian naustrian ger deu allemand alemán tedesco",
      "fr": "french français francais frenchb fre fra französisch francés francese",
      "es": "spanish español espanol castellano spa spanisch espagnol spagnolo",
      "it": "italian italiano ita italienisch italien",
      "pt": "portuguese português portugues por portugiesisch portugais",
      "sv": "swedish svenska swe schwedisch", "da": "danish dansk dan dänisch",
      "nb": "bokmål bokmal nob", "nn": "nynorsk nno", "no": "norwegian norsk nor norwegisch",
      "fi": "finnish suomi fin finska", "is": "icelandic íslenska ice isl",
      "nl": "dutch nederlands dut nld niederländisch", "pl": "polish polski pol polnisch",
      "cs": "czech čeština cze ces tschechisch", "sk": "slovak slo slk",
      "sl": "slovene slovenian slv", "hr": "croatian hrv hrvatski", "sr": "serbian srp",
      "hu": "hungarian magyar hun", "ro": "romanian rum ron română",
      "bg": "bulgarian bul", "el": "greek gre ell ελληνικά", "ru": "russian русский rus russisch",
      "uk": "ukrainian ukr українська", "tr": "turkish tur türkçe", "ar": "arabic ara العربية",
      "he": "hebrew heb עברית", "fa": "persian farsi per fas", "hi": "hindi hin",
      "zh": "chinese chi zho 中文 chinesisch", "ja": "japanese jpn 日本語 japanisch",
      "ko": "korean kor 한국어 koreanisch", "vi": "vietnamese vie", "id": "indonesian ind",
      "ca": "catalan cat català", "eu": "basque baq eus", "gl": "galician glg",
      "et": "estonian est", "lv": "latvian lav", "lt": "lithuanian lit", "la": "latin lat",
      "ga": "irish gle", "cy": "welsh wel cym", "af": "afrikaans afr", "sw": "swahili swa",
      "th": "thai tha",
    ]
    var languages: [String: String] = [:]
    for (tag, list) in lists {
      for name in list.split(separator: " ") { languages[String(name)] = tag }
    }
    return languages
  }()

  /// The kind of document that words name; nil when it is not known.
  static func type(_ text: String) -> PublicationType? {
    let key = text.cleanedLine.lowercased().filter { $0.isLetter }
    return PublicationType.allCases.first { $0.rawValue.filter(\.isLetter) == key } ?? types[key]
  }

  private static let types: [String: PublicationType] = {
    let lists: [PublicationType: String] = [
      .report: """
      reports techreport technicalreport researchreport projectreport bericht forschungsbericht \
      rapport informe rapporto relatorio rapporten rprt
      """,
      .policyPaper: "policypapers policyreport positionpaper",
      .workingPaper: "workingpapers discussionpaper arbeitspapier documentdetravail wp preprint",
      .brief: "briefs policybrief policybriefs policynote policynotes factsheet notes briefing",
      .article: """
      articles journalarticle journalarticles aufsatz zeitschriftenartikel articulo artikel \
      conferencepaper inproceedings conference jour
      """,
      .book: "books buch livre libro bok boek monograph monografie monographie collection",
      .chapter:
        "bookchapter bookchapters booksection buchkapitel chapitre incollection inbook chap",
      .proceedings: "conferenceproceedings tagungsband konferenzband",
      .thesis: """
      theses phdthesis mastersthesis doctoralthesis masterthesis dissertation doktorarbeit these \
      tesis tesi avhandling proefschrift thes
      """,
      .dataset: "data datasets datensatz dataset",
      .other: "misc gen generic sonstiges autre otro altro ovrigt",
    ]
    var types: [String: PublicationType] = [:]
    for (type, list) in lists {
      for name in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        types[String(name)] = type
      }
    }
    return types
  }()
}
