internal import Foundation

/// The keys by which a publication is found exactly: its DOI, its number, the ISSN of its series,
/// the ORCID iDs of its authors and its slug.
///
/// Keys stand in the record index as words that begin with an octet no word has.
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
      // Punctuation behind it may be its own or the text's.
      var octets = doi
      keys.append(key(octets))
      while let last = octets.last, endings.contains(last) {
        octets.removeLast()
        keys.append(key(octets))
      }
      if let cut = doi.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
        keys.append(key(Array(doi[..<cut])))
      }
      return keys
    }
    if let orcid = ORCID(text.trimmingPunctuation) {
      return [key(compact(orcid.description))]
    }
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
    let octets = text.utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    var index = 0
    while index + 3 < octets.count {
      defer { index += 1 }
      guard octets[index] == UInt8(ascii: "1"), octets[index + 1] == UInt8(ascii: "0"),
        octets[index + 2] == UInt8(ascii: "."),
        index == 0 || ASCII.folded(octets[index - 1]) == nil && octets[index - 1] < 0x80
      else { continue }
      let digits = octets[(index + 3)...].prefix { 0x30...0x39 ~= $0 || $0 == UInt8(ascii: ".") }
      guard digits.count >= 4, digits.endIndex + 1 < octets.count,
        octets[digits.endIndex] == UInt8(ascii: "/"), octets[digits.endIndex + 1] > 0x20
      else { continue }
      return Array(octets[index...].prefix { $0 > 0x20 })
    }
    return nil
  }

  /// Whether a text is the ORCID iD of a person.
  static func isORCID(_ text: String) -> Bool {
    ORCID(text.trimmingPunctuation) != nil
  }

  /// A text without percent encoding, where it has any.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    return text.removingPercentEncoding ?? text
  }

  private static let endings = Set(".,;:!?)]}>\"'".utf8)
  /// What text puts around an address or a number.
  fileprivate static let marks = Set(".,;:!?()[]<>\"'".utf8)

  /// What may stand before a number and say what it is.
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
    let octets = text.trimmingPunctuation.utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    guard octets.allSatisfy({ $0 > 0x20 }) else { return nil }
    var path = octets[...]
    if let end = path.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
      path = path[..<end]
    }
    let parts = path.split(separator: UInt8(ascii: "/"))
    if let place = parts.firstIndex(where: { $0.elementsEqual("publications".utf8) }) {
      guard place + 1 < parts.count else { return nil }
      return Array(parts[place + 1].prefix { $0 != UInt8(ascii: ".") })
    }
    return parts.count == 1 && path.count == octets.count ? octets : nil
  }
}

extension String {
  /// Without the marks that text puts around an address or a number.
  fileprivate var trimmingPunctuation: String {
    var octets = Array(utf8)[...]
    while let first = octets.first, IdentifierKeys.marks.contains(first) { octets.removeFirst() }
    while let last = octets.last, IdentifierKeys.marks.contains(last) { octets.removeLast() }
    return octets.count == utf8.count ? self : String(decoding: octets, as: UTF8.self)
  }
}
