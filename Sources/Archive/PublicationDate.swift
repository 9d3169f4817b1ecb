/// A publication date, as precise as known: a year, a month or a day.
package struct PublicationDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let year: Int
  /// 1 to 12.
  package let month: Int?
  /// 1 to the length of the month; nil when `month` is nil.
  package let day: Int?

  /// A date of the proleptic Gregorian calendar in the years 1000 to 9999; nil for an invalid date
  /// such as 30 February.
  package init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard (1000...9999).contains(year) else { return nil }
    if let month {
      guard (1...12).contains(month) else { return nil }
      if let day, !(1...PublicationDate.days(in: month, of: year)).contains(day) { return nil }
    } else if day != nil {
      return nil
    }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Parses `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601).
  package init?(_ text: some StringProtocol) {
    let utf8 = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      var number = 0
      for byte in utf8[range] {
        guard 0x30...0x39 ~= byte else { return nil }
        number = 10 * number + Int(byte - 0x30)
      }
      return number
    }
    func isHyphen(_ index: Int) -> Bool { utf8[index] == UInt8(ascii: "-") }
    switch utf8.count {
    case 4:
      guard let year = number(0..<4) else { return nil }
      self.init(year: year)
    case 7 where isHyphen(4):
      guard let year = number(0..<4), let month = number(5..<7) else { return nil }
      self.init(year: year, month: month)
    case 10 where isHyphen(4) && isHyphen(7):
      guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
        return nil
      }
      self.init(year: year, month: month, day: day)
    default: return nil
    }
  }

  /// The date of a time in UTC; nil outside the years 1000 to 9999.
  package init?(of instant: Instant) {
    let (year, month, day) = instant.date
    self.init(year: year, month: month, day: day)
  }

  /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
  package var description: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var text = "\(year)"
    if let month { text += "-" + two(month) }
    if let day { text += "-" + two(day) }
    return text
  }

  package static func < (left: PublicationDate, right: PublicationDate) -> Bool {
    (left.year, left.month ?? 0, left.day ?? 0) < (right.year, right.month ?? 0, right.day ?? 0)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
