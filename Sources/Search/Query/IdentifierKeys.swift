internal import Foundation

/// The keys by which a publication is found exactly: its DOI, its number, the ISSN of its series,
/// the ORCID iDs of its authors and its slug.
///
/// Keys are in the record index as words that begin with a byte that no word has.
enum IdentifierKeys {
  private static let mark: UInt8 = 1

  /// The keys of a record.
  static func keys(of record: IndexedRecord) -> [[UInt8]] {
    var keys: [[UInt8]] = []
    if let doi = doi(in: record.doi) { keys.append(key(doi)) }
    let number = compact(record.number)
    if isTelling(number) { keys.append(key(number)) }
    if !number.isEmpty, let series = record.series.first, series != record.number {
      let whole = compact(series) + number
      if isTelling(whole) { keys.append(key(whole)) }
    }
    for identifier in [record.issn] + record.orcids where !identifier.isEmpty {
      keys.append(key(compact(identifier)))
    }
    if !record.slug.isEmpty { keys.append(key(slug: Array(record.slug.utf8))) }
    return keys
  }

  /// The keys that a part of a query may be meant as, but for slugs.
  static func keys(in text: String) -> [[UInt8]] {
    let text = IdentifierKeys.decoded(text)
    var keys: [[UInt8]] = []
    if let doi = doi(in: text) {
      // Punctuation at its end may belong to it or to the text.
      var bytes = doi
      keys.append(key(bytes))
      while let last = bytes.last, endings.contains(last) {
        bytes.removeLast()
        keys.append(key(bytes))
      }
      if let cut = doi.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
        keys.append(key(Array(doi[..<cut])))
      }
      return keys
    }
    if let orcid = orcid(in: text) { return [key(orcid)] }
    let letters = compact(text)
    if isTelling(letters) { keys.append(key(letters)) }
    for label in labels where letters.count > label.count && letters.starts(with: label) {
      let rest = Array(letters[label.count...])
      if isTelling(rest) { keys.append(key(rest)) }
    }
    return keys
  }

  /// The key of the slug that a word or an address may be.
  static func slugs(in text: String) -> [[UInt8]] {
    slug(in: text).map { [key(slug: $0)] } ?? []
  }

  /// The DOI in a text, in lower case, to the end of the text; nil when there is none.
  static func doi(in text: String) -> [UInt8]? {
    let bytes = text.utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    var index = 0
    while index + 3 < bytes.count {
      defer { index += 1 }
      guard bytes[index] == UInt8(ascii: "1"), bytes[index + 1] == UInt8(ascii: "0"),
        bytes[index + 2] == UInt8(ascii: "."),
        index == 0 || ASCII.folded(bytes[index - 1]) == nil && bytes[index - 1] < 0x80
      else { continue }
      let digits = bytes[(index + 3)...].prefix { 0x30...0x39 ~= $0 || $0 == UInt8(ascii: ".") }
      guard digits.count >= 4, digits.endIndex + 1 < bytes.count,
        bytes[digits.endIndex] == UInt8(ascii: "/"), bytes[digits.endIndex + 1] > 0x20
      else { continue }
      return Array(bytes[index...].prefix { $0 > 0x20 })
    }
    return nil
  }

  /// The sixteen characters of the ORCID iD that a text is, in lower case; nil when it is none.
  ///
  /// The last one is a check digit by ISO 7064, MOD 11-2.
  static func orcid(in text: String) -> [UInt8]? {
    let text = text.trimmingPunctuation.lowercased()
    let prefixes = ["https://orcid.org/", "http://orcid.org/", "orcid.org/", "orcid:"]
    let start = prefixes.first { text.hasPrefix($0) }?.utf8.count ?? 0
    let digits = text.utf8.dropFirst(start).filter { $0 != UInt8(ascii: "-") && $0 != 0x20 }
    guard digits.count == 16, let last = digits.last,
      digits.dropLast().allSatisfy({ 0x30...0x39 ~= $0 })
    else { return nil }
    let sum = digits.dropLast().reduce(0) { ($0 + Int($1 - 0x30)) * 2 % 11 }
    let check = (12 - sum) % 11
    return last == (check == 10 ? UInt8(ascii: "x") : UInt8(0x30 + check)) ? digits : nil
  }

  /// A text without percent encoding, where it has any.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    return text.removingPercentEncoding ?? text
  }

  private static let endings = Set(".,;:!?)]}>\"'".utf8)
  /// Marks around an address or a number.
  fileprivate static let marks = Set(".,;:!?()[]<>\"'".utf8)

  /// Labels before a number.
  private static let labels = ["issn", "orcid", "report", "number", "no", "nr"].map {
    Array($0.utf8)
  }

  /// The letters and digits of a text.
  private static func compact(_ text: String) -> [UInt8] {
    var folding = Folding()
    return folding.fold(text).filter { $0 != 0x20 && $0 != 0x27 }
  }

  /// Whether a number says which publication is meant: “17” is one of many.
  private static func isTelling(_ number: [UInt8]) -> Bool {
    guard number.contains(where: { 0x30...0x39 ~= $0 }) else { return false }
    return number.isNumber ? number.count >= 5 : number.count >= 3
  }

  private static func key(_ identifier: [UInt8]) -> [UInt8] { [mark] + identifier }

  private static func key(slug: [UInt8]) -> [UInt8] { [mark, UInt8(ascii: "/")] + slug }

  /// The slug that a word or an address of a publication may be.
  private static func slug(in text: String) -> [UInt8]? {
    let bytes = text.trimmingPunctuation.utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    guard bytes.allSatisfy({ $0 > 0x20 }) else { return nil }
    var path = bytes[...]
    if let end = path.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
      path = path[..<end]
    }
    let parts = path.split(separator: UInt8(ascii: "/"))
    if let place = parts.firstIndex(where: { $0.elementsEqual("publications".utf8) }) {
      guard place + 1 < parts.count else { return nil }
      return Array(parts[place + 1].prefix { $0 != UInt8(ascii: ".") })
    }
    return parts.count == 1 && path.count == bytes.count ? bytes : nil
  }
}

extension String {
  /// Without the marks that text puts around an address or a number.
  fileprivate var trimmingPunctuation: String {
    var bytes = Array(utf8)[...]
    while let first = bytes.first, IdentifierKeys.marks.contains(first) { bytes.removeFirst() }
    while let last = bytes.last, IdentifierKeys.marks.contains(last) { bytes.removeLast() }
    return bytes.count == utf8.count ? self : String(decoding: bytes, as: UTF8.self)
  }
}
