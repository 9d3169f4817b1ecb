import PDF
import TestSupport
import Testing

/// Text in lines of 11 points below each other.
private func page(_ lines: [String], leading: Int = 13) -> SampleFile {
  let content = lines.enumerated().map {
    "BT /F1 11 Tf 72 \(700 - leading * $0.offset) Td (\($0.element)) Tj ET "
  }
  return SampleFile(pages: [content.joined()])
}

/// A dictionary of a few words.
private let dictionary: Set<String> = [
  "minister", "employed", "chairman", "judicial", "finished", "five", "thirds", "example",
  "selfish",
  "tender", "long", "term", "upper", "middle", "state", "established", "color", "class", "into",
  "border", "year", "in", "half", "fares", "inclusive", "one", "three", "leases",
]

@Suite("A hyphen at a line end is removed only if it marks a line break")
struct LineEndTests {
  private func read(_ drawn: [String]) throws -> [String] {
    try text(of: page(drawn).bytes, isWord: dictionary.contains).pages.flatMap {
      $0.lines.map(\.text)
    }
  }

  @Test(
    "Before conjunctions and prepositions it stands for a word that comes later",
    arguments: [
      ("the mid-", "and long-term plans"), ("pre-", "or post-war tariffs"),
      ("die Hafen-", "und Lagerkosten"), ("Haupt-", "oder Nebenfach"), ("ein-", "bis zweimal"),
      ("upper-", "to middle-class visitors"), ("one-", "to three-year leases"),
      ("avant-", "et apr\\350s-guerre"), ("micro-", "ou macro-\\351conomie"),
      ("pre-", "y posguerra"), ("pre-", "e post-bellico"), ("pro-", "o antieuropeo"),
      ("Vor-", "bzw. Nachteile"),
      ("in-", "och utrikes"), ("f\\366r-", "eller eftermiddag"), ("ind-", "og udland"),
      ("2-", "and 3-year leases"), ("x-", "and y-axis of it"), ("CO2-", "and N2O-rich air"),
      ("EU-", "and US-based firms"),
    ] as [(String, String)])
  func suspended(_ first: String, _ second: String) throws {
    let plain: (String) -> String = {
      $0.replacing("\\350", with: "è").replacing("\\351", with: "é").replacing("\\366", with: "ö")
    }
    #expect(try read([first, second]) == [plain(first), plain(second)])
  }

  @Test("“en” is a conjunction in Dutch texts and an ending in others")
  func dutch() throws {
    #expect(try read(["het in-", "en uitvoer van graan"]) == ["het in-", "en uitvoer van graan"])
    #expect(try read(["die Frau-", "en der Stadt"]) == ["die Frauen", "der Stadt"])
  }

  @Test(
    "Words that end in a conjunction are put together",
    arguments: [
      ("the col-", "or of it", "the color"), ("moved in-", "to it", "moved into"),
      ("aumenta-", "to che", "aumentato"), ("the ge-", "samt of it", "the gesamt"),
    ] as [(String, String, String)])
  func endings(_ first: String, _ second: String, _ joined: String) throws {
    #expect(try read([first, second]).first == joined)
  }

  @Test(
    "It belongs to the word",
    arguments: [
      ("the x-", "ray room", "the x-ray"), ("a T-", "shirt shop", "a T-shirt"),
      ("of n-", "butanol now", "of n-butanol"), ("vitamin-", "K dependent", "vitamin-K"),
      ("an ex-", "minister, old", "an ex-minister,"),
      ("a vice-", "chairman too", "a vice-chairman"),
      ("twenty-", "five years", "twenty-five"), ("two-", "thirds of it", "two-thirds"),
      ("the EU-", "wide rule", "the EU-wide"), ("CO2-", "neutral ferries", "CO2-neutral"),
      ("mother-in-", "law and all", "mother-in-law"),
      ("the half-", "finished pier", "the half-finished"),
      ("a 2-", "year lease", "a 2-year"), ("COVID-19-", "related law", "COVID-19-related"),
      ("2,3-di-", "methylbutane is", "2,3-di-methylbutane"),
      ("Nord-", "Ostsee-Kanal", "Nord-Ostsee-Kanal"),
    ] as [(String, String, String)])
  func words(_ first: String, _ second: String, _ joined: String) throws {
    #expect(try read([first, second]).first == joined)
  }

  @Test(
    "It is there for the line's sake",
    arguments: [
      ("an ex-", "ample of", "an example"), ("a self-", "ish man", "a selfish"),
      ("a ten-", "der for", "a tender"), ("well-estab-", "lished men", "well-established"),
      ("l'a-", "mour courtois", "l'amour"), ("THE CONSTI-", "TUTION OF", "THE CONSTITUTION"),
      ("Verwal-", "tung der", "Verwaltung"), ("input/out-", "put of", "input/output"),
    ] as [(String, String, String)])
  func parted(_ first: String, _ second: String, _ joined: String) throws {
    #expect(try read([first, second]).first == joined)
  }

  @Test(
    "Nothing is taken out of addresses, names of files, options and numbers",
    arguments: [
      ("to harbour.master@example-", "port.org today", "to harbour.master@example-port.org"),
      (
        "at https://example.org/annual-", "reports/2024 now",
        "at https://example.org/annual-reports/2024"
      ),
      ("\\(www.small-", "ports.org\\) now", "(www.small-ports.org)"),
      ("the file final-", "report_v2.docx,", "the file final-report_v2.docx,"),
      ("see dues-and-", "tariffs.pdf for", "see dues-and-tariffs.pdf"),
      ("the flag --no-", "verify, then", "the flag --no-verify,"),
      ("doi 10.1234/abc-", "def.567 and", "doi 10.1234/abc-def.567"),
      ("at http://example.org/-", "ports/dues now", "at http://example.org/ports/dues"),
      ("ISBN 978-0-306-", "40615-7 and", "ISBN 978-0-306-40615-7"),
      ("the plate MV-", "xk-42. Then", "the plate MV-xk-42."),
      ("in /usr/local/share-", "data of", "in /usr/local/share-data"),
    ] as [(String, String, String)])
  func addresses(_ first: String, _ second: String, _ joined: String) throws {
    #expect(try read([first, second]).first == joined)
  }

  // MARK: Soft hyphens

  /// A font in which the code 1 is a soft hyphen of some width and 2 the hyphen U+2010.
  private func lines(softHyphen width: Int, _ show: String) throws -> [String] {
    let cmap = String(
      decoding: SampleFile.stream(
        Array(
          "begincmap 1 beginbfrange <20><7E><0020> endbfrange 2 beginbfchar <01><00AD> <02><2010> endbfchar endcmap"
            .utf8)), as: UTF8.self)
    let widths =
      "\(width) 333 " + Array(repeating: "0", count: 29).joined(separator: " ")
      + " 250 " + Array(repeating: "500", count: 94).joined(separator: " ")
    return try PDFTests.lines(
      showing: "BT /F1 10 Tf 12 TL 72 700 Td \(show) ET",
      resources: "/Font<</F1<</Type/Font/Subtype/TrueType/BaseFont/Some/FirstChar 1/LastChar 126"
        + "/Widths[\(widths)]/ToUnicode 5 0 R>>>>", more: [cmap])
  }

  @Test(
    "A soft hyphen that shows nothing leaves no trace, whatever its width",
    arguments: [
      // The next glyph is moved back to where the soft hyphen stands.
      (333, "[(Ver\\001) 333 (fas\\001) 333 (sung)] TJ", ["Verfassung"]),
      (333, "[(Ver\\001) 318 (fas\\001) 345 (sung)] TJ", ["Verfassung"]),
      (0, "(har\\001bour\\001master) Tj", ["harbourmaster"]),
      // One that shows is a hyphen.
      (333, "(co\\001op) Tj", ["co-op"]),
      // At a line's end another glyph shows for it, or its own, or nothing.
      (333, "[(Verwal\\001) 333 (\\002)] TJ T* (tung der Stadt) Tj", ["Verwaltung", "der Stadt"]),
      (333, "(Verwal\\001) Tj T* (tung der Stadt) Tj", ["Verwaltung", "der Stadt"]),
      (0, "(admin\\001) Tj T* (istration) Tj", ["administration"]),
      (0, "(end\\001 of) Tj", ["end of"]),
    ] as [(Int, String, [String])])
  func softHyphens(_ width: Int, _ show: String, read expected: [String]) throws {
    #expect(try lines(softHyphen: width, show) == expected)
  }
}
