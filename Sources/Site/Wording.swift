import Archive

/// Numbers, dates and names as readers see them.
enum Wording {
  /// `5819` as `5,819`.
  static func number(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `1` and `publication` as `1 publication`; `5819` as `5,819 publications`.
  static func count(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(number(count)) \(count == 1 ? singular : plural ?? singular + "s")"
  }

  /// `1258291` as `1.3 MB`: powers of ten, as browsers show downloads.
  static func size(_ octets: Int) -> String {
    switch octets {
    case ..<1000: return count(octets, "byte")
    case ..<1_000_000: return "\((octets + 500) / 1000) kB"
    default:
      let tenths = (octets + 50_000) / 100_000
      return tenths < 1000 && tenths % 10 != 0
        ? "\(tenths / 10).\(tenths % 10) MB" : "\(number((tenths + 5) / 10)) MB"
    }
  }

  /// A limit as it is set: `64 MiB`, `1.5 MiB`.
  static func binarySize(_ octets: Int) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    where octets >= unit {
      let tenths = octets / (unit / 10)
      return octets.isMultiple(of: unit)
        ? "\(octets / unit) \(name)" : "\(tenths / 10).\(tenths % 10) \(name)"
    }
    return count(octets, "byte")
  }

  /// `February 25, 2010`, or what is known of it.
  static func date(_ date: PublicationDate) -> String {
    guard let month = date.month else { return "\(date.year)" }
    guard let day = date.day else { return "\(months[month - 1]) \(date.year)" }
    return "\(months[month - 1]) \(day), \(date.year)"
  }

  /// A moment to the minute, in UTC.
  static func moment(_ moment: Instant) -> String {
    let stamp = moment.description
    guard let day = PublicationDate(stamp.prefix(10)) else { return stamp }
    return "\(date(day)), \(stamp.dropFirst(11).prefix(5)) UTC"
  }

  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  static func status(_ status: Publication.Status) -> String {
    switch status {
    case .draft: "Draft"
    case .review: "In review"
    case .scheduled: "Scheduled"
    case .published: "Published"
    case .withdrawn: "Withdrawn"
    }
  }

  /// The English name of a language by its BCP 47 tag; the tag itself when it has none here.
  static func language(_ tag: String) -> String {
    let primary = tag.split(separator: "-").first.map { $0.lowercased() } ?? tag
    return languages[primary] ?? tag
  }

  private static let languages = [
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "mn": "Mongolian", "ms": "Malay", "nb": "Norwegian", "nl": "Dutch",
    "nn": "Norwegian", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
  ]

  /// The first `limit` characters of a text up to the end of a word, as one line.
  static func excerpt(_ text: String, limit: Int) -> String {
    var line = ""
    var length = 0
    // Of a long text only what the line can hold is looked at.
    var rest = text.unicodeScalars[...]
    while let start = rest.firstIndex(where: { !$0.isSpace }) {
      let end = rest[start...].firstIndex(where: \.isSpace) ?? rest.endIndex
      let word = text[start..<end]
      rest = rest[end...]
      let wordLength = word.unicodeScalars.count
      guard length + wordLength + 1 <= limit else {
        return length == 0 ? String(word.prefix(limit)) + "…" : line + "…"
      }
      if length > 0 { line += " " }
      line += word
      length += wordLength + 1
    }
    return line
  }

  /// The paragraphs of a text, which are separated by empty lines.
  static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [String] = []
    var lines: [Substring] = []
    let scalars = text.unicodeScalars
    for line in scalars.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd) {
      if line.allSatisfy(\.isSpace) {
        // Between a carriage return and a line feed is no line.
        let isBetween =
          line.startIndex > text.startIndex && line.isEmpty
          && scalars[scalars.index(before: line.startIndex)] == "\r"
          && line.endIndex < text.endIndex && scalars[line.endIndex] == "\n"
        if isBetween { continue }
        if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
        lines = []
      } else {
        lines.append(Substring(line))
      }
    }
    if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
    return paragraphs
  }
}
