internal import Foundation

extension String {
  /// The text as one line in NFC: runs of white space and control characters become one space, and
  /// none are at the ends.
  var cleanedLine: String {
    if isCleanASCII { return self }
    var line = String.UnicodeScalarView()
    var isBetween = false
    for scalar in unicodeScalars {
      // The table of properties is slow, so only other than ASCII is looked up.
      if scalar.isASCII
        ? scalar.value <= 0x20 || scalar.value == 0x7F
        : scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
      {
        isBetween = !line.isEmpty
      } else if scalar.isASCII || !scalar.isNoise {
        if isBetween { line.append(" ") }
        isBetween = false
        line.append(scalar)
      }
    }
    return String(line).composed
  }

  /// The text as paragraphs separated by one empty line, without white space at the ends of lines.
  var cleanedParagraphs: String {
    var paragraphs: [String] = []
    var lines: [String] = []
    func endParagraph() {
      if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
      lines.removeAll()
    }
    let newlines = unicodeScalars.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\u{2028}" || $0 == "\u{2029}" || $0 == "\u{0B}" || $0 == "\u{0C}"
    }
    for line in newlines {
      let clean = String(line).cleanedLine
      if clean.isEmpty { endParagraph() } else { lines.append(clean) }
    }
    endParagraph()
    return paragraphs.joined(separator: "\n\n")
  }

  /// The text in the composed form (NFC).
  var composed: String {
    utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
  }

  /// Whether the text is ASCII that `cleanedLine` would not change; a quick check.
  private var isCleanASCII: Bool {
    var previous: UInt8 = 0x20
    for byte in utf8 {
      guard byte > 0x20 && byte < 0x7F || byte == 0x20 && previous != 0x20 else { return false }
      previous = byte
    }
    return previous != 0x20 || isEmpty
  }
}

extension Unicode.Scalar {
  /// Whether the character is invisible and breaks words: soft hyphens, byte order marks and
  /// noncharacters.
  fileprivate var isNoise: Bool {
    value == 0xAD || value == 0xFEFF || value == 0x200B || value & 0xFFFE == 0xFFFE
      || (0xFDD0...0xFDEF).contains(value)
  }
}

extension Record {
  /// The record as it is stored: clean lines and paragraphs, no empty fields, no name twice.
  package var cleaned: Record {
    func optional(_ text: String?) -> String? {
      let line = text?.cleanedLine ?? ""
      return line.isEmpty ? nil : line
    }
    func list(_ texts: [String]) -> [String] {
      var seen: Set<String> = []
      return texts.map(\.cleanedLine).filter { !$0.isEmpty && seen.insert($0).inserted }
    }
    var record = self
    record.title = title.cleanedLine
    record.subtitle = optional(subtitle)
    record.abstract = abstract.cleanedParagraphs
    record.authors = list(authors)
    record.orcids = [:]
    for (name, orcid) in orcids where record.authors.contains(name.cleanedLine) {
      record.orcids[name.cleanedLine] = orcid
    }
    record.series = optional(series)
    record.number = optional(number)
    record.topics = list(topics)
    record.language = optional(language)
    record.doi = optional(doi)
    record.licence = optional(licence)
    record.source = optional(source)
    return record
  }

  /// The problems of a cleaned record that prevent storing it.
  var problems: [FieldError] {
    var problems: [FieldError] = []
    func limit(_ field: FieldError.Field, _ texts: [String?], to bytes: Int) {
      guard let long = texts.compactMap({ $0 }).first(where: { $0.utf8.count > bytes }) else {
        return
      }
      problems.append(FieldError(field, .tooLong(bytes: long.utf8.count, most: bytes)))
    }
    if title.isEmpty { problems.append(FieldError(.title, .missing)) }
    limit(.title, [title], to: 2000)
    limit(.subtitle, [subtitle], to: 2000)
    limit(.abstract, [abstract], to: 200_000)
    limit(.authors, authors, to: 500)
    limit(.topics, topics, to: 1000)
    limit(.series, [series], to: 500)
    limit(.number, [number], to: 100)
    limit(.doi, [doi], to: 500)
    limit(.licence, [licence], to: 500)
    limit(.source, [source], to: 2000)
    if authors.count > 1000 { problems.append(FieldError(.authors, .tooMany(most: 1000))) }
    if topics.count > 200 { problems.append(FieldError(.topics, .tooMany(most: 200))) }
    if let language, !Record.isLanguageTag(language) {
      problems.append(FieldError(.language, .notLanguage(language)))
    }
    if let doi, DOI(doi) == nil { problems.append(FieldError(.doi, .notDOI(doi))) }
    return problems
  }

  /// Whether a text has the form of a BCP 47 tag: parts of 1 to 8 letters or digits, the first of 2
  /// to 8 letters.
  static func isLanguageTag(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    return parts.first.map { $0.count >= 2 && $0.allSatisfy(isLetter) } == true
      && parts.allSatisfy {
        (1...8).contains($0.count)
          && $0.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
      }
  }
}
