/// The dates in a line of text, in the forms of many languages.
enum WrittenDates {
  struct Found {
    var date: GuessedDate
    /// The text before it, in lower case.
    var before: String
    /// Its share of the line's length.
    var share: Double
    /// Whether day and month could be the other way round.
    var isUnclear = false
  }

  /// The order of day and month in “3/4/2010”.
  enum Order { case dayFirst, monthFirst, unclear }

  private static let years = 1900...2100

  /// The months' names and their usual short forms, in the forms that dates have.
  private static let months: [String: Int] = {
    let names: [[String]] = [
      [
        "january", "jan", "januar", "jänner", "janvier", "janv", "enero", "ene", "januari",
        "gennaio", "janeiro", "tammikuuta", "январь", "января", "янв", "січня", "stycznia", "ocak",
        "يناير",
      ],
      [
        "february", "feb", "februar", "feber", "février", "févr", "febrero", "februari",
        "febbraio", "fevereiro", "helmikuuta", "февраль", "февраля", "фев", "лютого", "lutego",
        "şubat", "فبراير",
      ],
      [
        "march", "mar", "märz", "mrz", "mars", "marzo", "marts", "março", "maart", "maaliskuuta",
        "март", "марта", "березня", "marca", "mart", "مارس",
      ],
      [
        "april", "apr", "avril", "avr", "abril", "abr", "aprile", "huhtikuuta", "апрель",
        "апреля", "апр", "квітня", "kwietnia", "nisan", "أبريل", "ابريل",
      ],
      [
        "may", "mai", "mayo", "maj", "maggio", "maio", "mei", "toukokuuta", "май", "мая",
        "травня", "maja", "mayıs", "مايو",
      ],
      [
        "june", "jun", "juni", "juin", "junio", "giugno", "junho", "kesäkuuta", "июнь", "июня",
        "червня", "czerwca", "haziran", "يونيو",
      ],
      [
        "july", "jul", "juli", "juillet", "juil", "julio", "luglio", "julho", "heinäkuuta",
        "июль", "июля", "липня", "lipca", "temmuz", "يوليو",
      ],
      [
        "august", "aug", "août", "agosto", "augusti", "augustus", "elokuuta", "август", "августа",
        "авг", "серпня", "sierpnia", "ağustos", "أغسطس", "اغسطس",
      ],
      [
        "september", "sep", "sept", "septembre", "septiembre", "setiembre", "settembre",
        "setembro", "syyskuuta", "сентябрь", "сентября", "сент", "вересня", "września", "eylül",
        "سبتمبر",
      ],
      [
        "october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "outubro",
        "lokakuuta", "октябрь", "октября", "окт", "жовтня", "października", "ekim", "أكتوبر",
        "اكتوبر",
      ],
      [
        "november", "nov", "novembre", "noviembre", "novembro", "marraskuuta", "ноябрь", "ноября",
        "листопада", "listopada", "kasım", "نوفمبر",
      ],
      [
        "december", "dec", "dezember", "dez", "décembre", "déc", "diciembre", "dic", "dicembre",
        "dezembro", "desember", "joulukuuta", "декабрь", "декабря", "дек", "грудня", "grudnia",
        "aralık", "ديسمبر",
      ],
    ]
    var months: [String: Int] = [:]
    for (index, names) in names.enumerated() { for name in names { months[name] = index + 1 } }
    return months
  }()

  /// The dates of a line that are complete enough for a publication date.
  static func dates(in line: String, order: Order) -> [Found] {
    guard line.utf8.count < 600, hasDigits(line) else { return [] }
    let tokens = tokens(of: line.lowercased())
    let all = tokens.reduce(0) { $0 + $1.count }
    var result: [Found] = []
    var index = 0
    // What is before another date does not belong to this one.
    var start = 0
    while index < tokens.count {
      guard let (date, count, isUnclear) = date(tokens, at: index, order) else {
        index += 1
        continue
      }
      let inside = tokens[index..<index + count].reduce(0) { $0 + $1.count }
      result.append(
        Found(
          date: date, before: tokens[start..<index].joined(separator: " "),
          share: Double(inside) / Double(max(all, 1)), isUnclear: isUnclear))
      index += count
      start = index
    }
    return result
  }

  /// Whether a line can have digits of any script: a fast check, as most lines have none.
  private static func hasDigits(_ line: String) -> Bool {
    // The first bytes of Arabic, Persian and full-width digits in UTF-8.
    line.utf8.contains { isDigit($0) || $0 == 0xD9 || $0 == 0xDB || $0 == 0xEF }
  }

  /// The first two numbers of each date such as “3/4/2010” in a line.
  static func numericPairs(in line: String) -> [(Int, Int)] {
    let tokens = tokens(of: line.lowercased())
    return tokens.indices.compactMap { index in
      numeric(tokens, at: index, separator: "/").map { ($0.first, $0.second) }
    }
  }

  /// Words and numbers; “©” and the signs of dates are the only punctuation kept.
  private static func tokens(of line: String) -> [String] {
    var tokens: [String] = []
    var word = ""
    var isNumber = false
    func end() {
      if !word.isEmpty { tokens.append(word) }
      word = ""
    }
    for character in line {
      let digit =
        character.isNumber ? character.wholeNumberValue.map { $0 < 10 ? $0 : nil } ?? nil : nil
      if character.isLetter || digit != nil {
        if !word.isEmpty, (digit != nil) != isNumber { end() }
        isNumber = digit != nil
        // Digits of other scripts count too.
        if let digit { word += String(digit) } else { word.append(character) }
      } else {
        end()
        if "©:-/.".contains(character) { tokens.append(String(character)) }
      }
    }
    end()
    return tokens
  }

  private typealias Read = (date: GuessedDate, count: Int, isUnclear: Bool)

  private static func date(_ tokens: [String], at index: Int, _ order: Order) -> Read? {
    yearFirst(tokens, at: index) ?? monthName(tokens, at: index)
      ?? numericDate(tokens, at: index, order) ?? copyrightYear(tokens, at: index)
  }

  private static func number(
    _ tokens: [String], _ index: Int, _ range: ClosedRange<Int>, digits: ClosedRange<Int> = 1...4
  ) -> Int? {
    guard index < tokens.count, digits.contains(tokens[index].utf8.count),
      let value = Int(tokens[index]), range.contains(value)
    else { return nil }
    return value
  }

  private static func token(_ tokens: [String], _ index: Int) -> String {
    index >= 0 && index < tokens.count ? tokens[index] : ""
  }

  /// Reads a date that begins with the year.
  ///
  /// 2010-02-25, 2010/02/25, 2010. 2. 25., 2010年2月25日, 2010년 2월, 令和4年11月10日.
  private static func yearFirst(_ tokens: [String], at index: Int) -> Read? {
    var year = number(tokens, index, years, digits: 4...4)
    let eras = ["令和": 2018, "平成": 1988, "昭和": 1925]
    if year == nil, index > 0,
      let era = eras.first(where: { token(tokens, index - 1).hasSuffix($0.key) })
    {
      year = number(tokens, index, 1...64, digits: 1...2).map { $0 + era.value }
    }
    guard let year else { return nil }
    // A longer number with points is no date.
    for separator in ["-", ".", "/"]
    where token(tokens, index + 1) == separator && token(tokens, index + 3) == separator {
      if let month = number(tokens, index + 2, 1...12, digits: 1...2),
        let day = number(tokens, index + 4, 1...31, digits: 1...2)
      {
        return (GuessedDate(year: year, month: month, day: day), 5, false)
      }
    }
    for (yearSign, monthSign, daySign) in [("年", "月", "日"), ("년", "월", "일")]
    where token(tokens, index + 1) == yearSign {
      guard let month = number(tokens, index + 2, 1...12, digits: 1...2),
        token(tokens, index + 3).hasPrefix(monthSign)
      else { continue }
      if let day = number(tokens, index + 4, 1...31, digits: 1...2),
        token(tokens, index + 5).hasPrefix(daySign)
      {
        return (GuessedDate(year: year, month: month, day: day), 6, false)
      }
      return (GuessedDate(year: year, month: month), 4, false)
    }
    return nil
  }

  /// Reads a date with the name of its month.
  ///
  /// February 25, 2010; February 2010; 25 February 2010; 25. Februar 2010; 25 de febrero de 2010;
  /// 25 февраля 2010 г.
  private static func monthName(_ tokens: [String], at index: Int) -> Read? {
    if let month = months[token(tokens, index)] {
      var place = index + (token(tokens, index + 1) == "." ? 2 : 1)
      if let day = number(tokens, place, 1...31, digits: 1...2) {
        let suffix = ["st", "nd", "rd", "th"].contains(token(tokens, place + 1)) ? 1 : 0
        if let year = number(tokens, place + 1 + suffix, years, digits: 4...4) {
          let count = place + 2 + suffix - index
          return (GuessedDate(year: year, month: month, day: day), count, false)
        }
      }
      if ["de", "of"].contains(token(tokens, place)) { place += 1 }
      if let year = number(tokens, place, years, digits: 4...4) {
        return (GuessedDate(year: year, month: month), place + 1 - index, false)
      }
      return nil
    }
    guard let day = number(tokens, index, 1...31, digits: 1...2) else { return nil }
    var place = index + 1
    let between = [".", "de", "st", "nd", "rd", "th", "er", "º", "-", "of"]
    while between.contains(token(tokens, place)), place < index + 3 { place += 1 }
    guard let month = months[token(tokens, place)] else { return nil }
    place += 1
    while ["de", ".", "-", "del"].contains(token(tokens, place)), place < index + 6 { place += 1 }
    guard let year = number(tokens, place, years, digits: 4...4) else { return nil }
    return (GuessedDate(year: year, month: month, day: day), place + 1 - index, false)
  }

  /// Three numbers between separators, the last of which is a year.
  private static func numeric(
    _ tokens: [String], at index: Int, separator: String
  ) -> (first: Int, second: Int, year: Int)? {
    guard token(tokens, index + 1) == separator, token(tokens, index + 3) == separator,
      !["/", ".", "-"].contains(token(tokens, index - 1)),
      token(tokens, index + 5) != separator,
      let first = number(tokens, index, 1...31, digits: 1...2),
      let second = number(tokens, index + 2, 1...31, digits: 1...2)
    else { return nil }
    if let year = number(tokens, index + 4, years, digits: 4...4) { return (first, second, year) }
    // With points, two digits are more often the number of a version or a section.
    guard separator == "/", let short = number(tokens, index + 4, 0...99, digits: 2...2) else {
      return nil
    }
    return (first, second, short < 70 ? 2000 + short : 1900 + short)
  }

  /// 25.2.2010, 25-02-2010, 2/25/2010, 25/2/10.
  private static func numericDate(_ tokens: [String], at index: Int, _ order: Order) -> Read? {
    for separator in ["/", ".", "-"] {
      guard let (first, second, year) = numeric(tokens, at: index, separator: separator) else {
        continue
      }
      // Only the solidus is used where months are first.
      let isDayFirst = separator != "/" || first > 12 || second <= 12 && order == .dayFirst
      let (day, month) = isDayFirst ? (first, second) : (second, first)
      guard month <= 12 else { return nil }
      let isUnclear =
        separator == "/" && order == .unclear && max(first, second) <= 12 && first != second
      return (GuessedDate(year: year, month: month, day: day), 5, isUnclear)
    }
    return nil
  }

  /// A year after a copyright sign, or alone.
  private static func copyrightYear(_ tokens: [String], at index: Int) -> Read? {
    guard let year = number(tokens, index, years, digits: 4...4),
      tokens.count == 1
        || tokens[..<index].suffix(8).contains(where: { $0 == "©" || $0 == "copyright" })
    else { return nil }
    return (GuessedDate(year: year), 1, false)
  }
}
