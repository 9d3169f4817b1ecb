/// Reads dates as other systems and people write them.
///
/// A date whose day and month could be exchanged, such as 03/04/2010, is not guessed.
enum CatalogueDate {
  /// The date in ISO 8601; nil when it is not understood.
  static func iso(_ text: String) -> String? { date(text)?.description }

  static func date(_ text: String) -> PublicationDate? {
    let line = text.cleanedLine
    if let date = PublicationDate(line) { return date }
    // A time behind the date: 2010-02-25T10:00:00Z, 2010-02-25 10:00.
    let bytes = Array(line.utf8)
    if bytes.count > 10, [UInt8(ascii: "T"), 0x20].contains(bytes[10]),
      let date = PublicationDate(String(decoding: bytes[..<10], as: UTF8.self))
    {
      return date
    }
    return numbers(line) ?? words(line)
  }

  /// The date of a year, a month in numbers or words, and a day.
  static func date(year: String, month: String?, day: String? = nil) -> PublicationDate? {
    guard let year = Int(year.cleanedLine) else { return nil }
    guard let text = month?.cleanedLine, !text.isEmpty else { return PublicationDate(year: year) }
    guard let number = monthNumber(text) ?? Int(text), 1...12 ~= number else {
      // “Summer”, “1st quarter”
      return PublicationDate(year: year)
    }
    if let day = day?.cleanedLine, let dayNumber = Int(day),
      let date = PublicationDate(year: year, month: number, day: dayNumber)
    {
      return date
    }
    return PublicationDate(year: year, month: number)
  }

  /// 2010/02/25, 2010.2.25, 25.02.2010, 2/2010, 20100225.
  private static func numbers(_ line: String) -> PublicationDate? {
    let parts = line.split(omittingEmptySubsequences: false) { "/.-年月日".contains($0) }
      .map { $0.filter { $0 != " " } }
    let numbers = parts.prefix { !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }
      .compactMap { Int($0) }
    // RIS leaves parts blank and adds words behind the date: 2010/02//Spring.
    guard parts.dropFirst(numbers.count).allSatisfy({ $0.first?.isASCIIDigit != true }),
      let first = numbers.first
    else { return nil }
    if parts.count == 1, parts[0].count == 8 {
      return PublicationDate(year: first / 10_000, month: first / 100 % 100, day: first % 100)
    }
    if first > 31 {
      guard numbers.count <= 3 else { return nil }
      return PublicationDate(
        year: first, month: numbers.count > 1 ? numbers[1] : nil,
        day: numbers.count > 2 ? numbers[2] : nil)
    }
    guard numbers.count == parts.count else { return nil }
    switch numbers.count {
    case 2: return PublicationDate(year: numbers[1], month: first)
    case 3 where line.contains("."):
      return PublicationDate(year: numbers[2], month: numbers[1], day: first)
    case 3 where first > 12:
      return PublicationDate(year: numbers[2], month: numbers[1], day: first)
    case 3 where numbers[1] > 12:
      return PublicationDate(year: numbers[2], month: first, day: numbers[1])
    case 3 where first == numbers[1]:
      return PublicationDate(year: numbers[2], month: first, day: first)
    default: return nil
    }
  }

  /// “25 February 2010”, “February 25, 2010”, “1er mars 2010”, “den 3 maj 2010”.
  private static func words(_ line: String) -> PublicationDate? {
    var (year, month, day): (Int?, Int?, Int?)
    for word in line.split(whereSeparator: { " ,./-–".contains($0) }) {
      if let number = Int(word.filter(\.isASCIIDigit)), word.first?.isASCIIDigit == true {
        switch number {
        case 1000...9999 where year == nil && word.allSatisfy(\.isASCIIDigit): year = number
        case 1...31 where day == nil: day = number
        default: return nil
        }
      } else if let number = monthNumber(String(word)) {
        guard month == nil else { return nil }
        month = number
      } else if !fillers.contains(word.lowercased()) {
        return nil
      }
    }
    guard let year, let month else { return nil }
    return PublicationDate(year: year, month: month, day: day)
  }

  private static let fillers: Set<String> = ["of", "de", "del", "den", "the", "le", "am"]

  /// 1 to 12 for the name of a month or its beginning.
  static func monthNumber(_ text: String) -> Int? {
    let name = text.lowercased().filter { $0 != "." }
    guard name.count >= 3 else { return nil }
    return months[name]
      ?? months[String(name.prefix(3))].flatMap { number in
        // Only a beginning of the whole name counts: “mar” and “march”, not “market”.
        names[number - 1].contains { $0.hasPrefix(name) } ? number : nil
      }
  }

  private static let names: [[String]] = [
    ["january", "januar", "januari", "janvier", "enero", "gennaio", "janeiro"],
    ["february", "februar", "februari", "février", "fevrier", "febrero", "febbraio", "fevereiro"],
    ["march", "märz", "maerz", "mars", "marzo", "março", "maart"],
    ["april", "avril", "abril", "aprile"],
    ["may", "mai", "maj", "mayo", "maggio", "maio", "mei"],
    ["june", "juni", "juin", "junio", "giugno", "junho"],
    ["july", "juli", "juillet", "julio", "luglio", "julho"],
    ["august", "augusti", "août", "aout", "agosto", "augustus"],
    ["september", "septembre", "septiembre", "settembre", "setembro"],
    ["october", "oktober", "octobre", "octubre", "ottobre", "outubro"],
    ["november", "novembre", "noviembre", "novembro"],
    ["december", "dezember", "décembre", "decembre", "diciembre", "dicembre", "dezembro"],
  ]

  /// The whole names, and the English and German beginnings.
  private static let months: [String: Int] = {
    var months: [String: Int] = [
      "jan": 1, "feb": 2, "mar": 3, "mär": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7,
      "aug": 8, "sep": 9, "sept": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
    ]
    for (index, names) in names.enumerated() {
      for name in names { months[name] = index + 1 }
    }
    return months
  }()
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
