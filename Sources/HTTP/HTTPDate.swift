/// An instant as HTTP writes it (RFC 9110 §5.6.7): whole seconds, GMT.
package struct HTTPDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Seconds since 1970, of the years 0 to 9999.
  package let seconds: Int64

  /// The instant; one outside the years 0 to 9999 becomes the nearest inside.
  package init(seconds: Int64) {
    self.seconds = min(max(seconds, -62_167_219_200), 253_402_300_799)
  }

  package static func < (left: HTTPDate, right: HTTPDate) -> Bool { left.seconds < right.seconds }

  /// The instant as IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`.
  package var description: String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// The 29 bytes of the IMF-fixdate.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(29)
    append(to: &bytes)
    return bytes
  }

  /// Appends the IMF-fixdate.
  package func append(to bytes: inout [UInt8]) {
    let day = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
    let second = Int(seconds - day * 86_400)
    let date = CivilDate(daysSince1970: Int(day))
    bytes += Self.dayNames[date.weekday].utf8.prefix(3)
    bytes += ", ".utf8
    Self.append(date.day, to: &bytes)
    bytes.append(0x20)
    bytes += Self.monthNames[date.month - 1].utf8
    bytes.append(0x20)
    Self.append(date.year / 100, to: &bytes)
    Self.append(date.year % 100, to: &bytes)
    bytes.append(0x20)
    Self.append(second / 3_600, to: &bytes)
    bytes.append(0x3A)
    Self.append(second / 60 % 60, to: &bytes)
    bytes.append(0x3A)
    Self.append(second % 60, to: &bytes)
    bytes += " GMT".utf8
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    bytes.append(0x30 + UInt8(truncatingIfNeeded: number / 10 % 10))
    bytes.append(0x30 + UInt8(truncatingIfNeeded: number % 10))
  }

  private static let dayNames = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

extension HTTPDate {
  /// Reads a date in any of the three forms; nil when it is none, or no day of the calendar.
  ///
  /// - Parameters:
  ///   - text: The value of a field.
  ///   - now: Seconds since 1970; decides which century a year of two digits belongs to.
  package init?(_ text: String, now: Int64? = nil) {
    self.init(text.utf8.span, 0..<text.utf8.count, now: now)
  }

  /// Reads a date in any of the three forms; nil when it is none, or no day of the calendar.
  ///
  /// - Parameters:
  ///   - bytes: A head or a value.
  ///   - range: The range of the date in it.
  ///   - now: Seconds since 1970; decides which century a year of two digits belongs to.
  package init?(_ bytes: Span<UInt8>, _ range: Range<Int>, now: Int64? = nil) {
    // "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
    // "Sun Nov  6 08:49:37 1994". The length and the comma distinguish them.
    guard range.count >= 24, range.count <= 33 else { return nil }
    let start = range.lowerBound
    if bytes[start + 3] == 0x20 {
      guard range.count == 24, Self.hasDayName(bytes, start..<start + 3) else { return nil }
      self.init(asctime: bytes, start)
    } else if bytes[start + 3] == 0x2C {
      guard range.count == 29, Self.hasDayName(bytes, start..<start + 3) else { return nil }
      self.init(fixed: bytes, start)
    } else {
      let comma = range.upperBound - 24
      guard comma > start, bytes[comma] == 0x2C, Self.hasDayName(bytes, start..<comma)
      else { return nil }
      self.init(obsolete: bytes, comma, now: now)
    }
    guard let weekday = Self.weekday(bytes, start), weekday == CivilDate(containing: self).weekday
    else { return nil }
  }

  private init?(fixed bytes: Span<UInt8>, _ start: Int) {
    guard bytes.equals(start + 3, ", "), bytes[start + 7] == 0x20, bytes[start + 11] == 0x20,
      bytes.equals(start + 25, " GMT"),
      let day = bytes.decimal(start + 5..<start + 7),
      let month = Self.month(bytes, start + 8),
      let year = bytes.decimal(start + 12..<start + 16), bytes[start + 16] == 0x20
    else { return nil }
    self.init(bytes, time: start + 17, year: year, month: month, day: day)
  }

  /// RFC 850's form from the comma on; its year has two digits.
  private init?(obsolete bytes: Span<UInt8>, _ comma: Int, now: Int64?) {
    guard bytes.equals(comma, ", "), bytes[comma + 4] == 0x2D, bytes[comma + 8] == 0x2D,
      bytes[comma + 11] == 0x20, bytes.equals(comma + 20, " GMT"),
      let day = bytes.decimal(comma + 2..<comma + 4),
      let month = Self.month(bytes, comma + 5),
      let short = bytes.decimal(comma + 9..<comma + 11)
    else { return nil }
    // More than 50 years ahead means the past (RFC 9110 §5.6.7). Without a clock it is 2026.
    let latest = CivilDate(containing: HTTPDate(seconds: now ?? 1_767_225_600)).year + 50
    let year = latest - (((latest - short) % 100) + 100) % 100
    self.init(bytes, time: comma + 12, year: year, month: month, day: day)
  }

  private init?(asctime bytes: Span<UInt8>, _ start: Int) {
    let dayStart = bytes[start + 8] == 0x20 ? start + 9 : start + 8
    guard bytes[start + 7] == 0x20, bytes[start + 10] == 0x20, bytes[start + 19] == 0x20,
      let month = Self.month(bytes, start + 4),
      let day = bytes.decimal(dayStart..<start + 10),
      let year = bytes.decimal(start + 20..<start + 24)
    else { return nil }
    self.init(bytes, time: start + 11, year: year, month: month, day: day)
  }

  /// `hh:mm:ss` on a day; a second of 60 is a leap second.
  private init?(_ bytes: Span<UInt8>, time: Int, year: Int, month: Int, day: Int) {
    guard bytes[time + 2] == 0x3A, bytes[time + 5] == 0x3A,
      let hour = bytes.decimal(time..<time + 2), hour < 24,
      let minute = bytes.decimal(time + 3..<time + 5), minute < 60,
      let second = bytes.decimal(time + 6..<time + 8), second <= 60,
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    let ofDay = hour * 3_600 + minute * 60 + min(second, 59)
    self.init(seconds: Int64(date.daysSince1970 * 86_400 + ofDay))
  }

  private static func month(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    monthNames.firstIndex { bytes.equals(start, $0) }.map { $0 + 1 }
  }

  private static func weekday(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    dayNames.firstIndex { name in
      let short = name.utf8.span
      return bytes[start] == short[0] && bytes[start + 1] == short[1]
        && bytes[start + 2] == short[2]
    }
  }

  /// Whether the bytes are a day's name, whole or its first three letters.
  private static func hasDayName(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    dayNames.contains { name in
      (range.count == 3 || range.count == name.utf8.count)
        && bytes.equals(range.lowerBound, String(name.prefix(range.count)))
    }
  }
}

/// A day of the Gregorian calendar.
struct CivilDate {
  let year: Int
  /// 1 to 12.
  let month: Int
  /// 1 to 31.
  let day: Int
  let daysSince1970: Int

  /// 0 is Sunday.
  var weekday: Int { ((daysSince1970 + 4) % 7 + 7) % 7 }

  /// Nil when the calendar has no such day in the years 0 to 9999.
  init?(year: Int, month: Int, day: Int) {
    guard (0...9_999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(in: month, of: year)
    else { return nil }
    // Years that begin in March have their odd day at the end.
    let shifted = month > 2 ? year : year - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.year = year
    self.month = month
    self.day = day
    daysSince1970 = era * 146_097 + dayOfEra - 719_468
  }

  init(daysSince1970: Int) {
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.daysSince1970 = daysSince1970
  }

  init(containing date: HTTPDate) {
    let days = date.seconds >= 0 ? date.seconds / 86_400 : -((86_399 - date.seconds) / 86_400)
    self.init(daysSince1970: Int(days))
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
