import PDF
import TestSupport
import Testing

@Suite("Metadata is found on the first pages, and unclear values are left out")
struct GuessTests {
  private typealias Line = GuessSample.Line

  private func guesses(
    _ lines: [Line], info: String = "", more: [[Line]] = []
  ) throws -> Guesses {
    try GuessSample(lines + GuessSample.text, more: more, info: info).guesses()
  }

  @Test func titleAuthorsDateAndLanguage() throws {
    let found = try guesses([
      (22, 740, "Harbours of the Northern Sea"), (12, 715, "Greta Holm and Per A. Lind"),
      (10, 690, "25 February 2010"),
    ])
    #expect(found.title?.value == "Harbours of the Northern Sea")
    #expect(found.authors?.value == ["Greta Holm", "Per A. Lind"])
    #expect(found.published?.value == GuessedDate(year: 2010, month: 2, day: 25))
    #expect(found.language?.value == "en")
  }

  @Test(
    arguments: [
      ("ru", "Экономика региона росла в этом году, и мы видим, что объём торговли был выше."),
      ("uk", "Економіка регіону зростала цього року, і її обсяг торгівлі є вищим, ніж був."),
      ("bg", "Икономиката на региона растеше през тази година и обемът на търговията беше."),
      ("sr", "Економија региона је расла ове године и обим трговине је био већи него што је."),
      ("el", "Η οικονομία της περιοχής αναπτύχθηκε φέτος και ο όγκος του εμπορίου ήταν."),
      ("ar", "نما اقتصاد المنطقة هذا العام وكان حجم التجارة أكبر مما كان عليه في العام."),
      ("fa", "اقتصاد منطقه در این سال رشد کرد و حجم تجارت بیشتر از آن چیزی بود که گفته."),
      ("vi", "Nền kinh tế của khu vực đã được cải thiện và các nước trong vùng có lợi."),
      ("cs", "Ekonomika se v roce zlepšila a na trhu je více zboží, které se do země dostalo."),
    ])
  func language(_ language: String, of text: String) throws {
    let lines = (0..<6).map { line in
      let codes = text.utf8.map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
      return "BT /F1 10 Tf 50 \(700 - 12 * line) Td <\(codes.joined())> Tj ET"
    }
    let file = SampleFile(
      pages: [lines.joined(separator: "\n")],
      resources: "/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/Some/Encoding/UniGB-UTF8-H"
        + "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/DW 400>>]>>>>")
    let guesses = try PDF.text(of: file.bytes, hasStructure: true).guesses
    #expect(guesses.language?.value == language)
  }

  @Test(
    arguments: [
      "Policy Paper 14", "February 2010", "Institute of Harbours", "untitled", "www.example.org",
      "Chapter 3 Depths of harbours", "P R E S S", "draft_v3.doc", "1 Overview of harbours",
      "HARBOUR PAPER SERIES", "Memorandum for the Director", "of the harbours and ports",
    ])
  func noTitle(_ text: String) throws {
    let title = try guesses([(22, 740, text)]).title
    #expect((title?.confidence ?? 0) < 0.6)
  }

  @Test(
    arguments: [
      ("Microsoft Word - draft_v3.doc", "Harbours of the Sea", "Harbours of the Sea"),
      // An entry that is not on the pages is often that of a template.
      ("Template for reports of ports", "Harbours of the Sea", "Harbours of the Sea"),
    ])
  func entry(_ entry: String, beside line: String, makes title: String) throws {
    #expect(try guesses([(22, 740, line)], info: "/Title(\(entry))").title?.value == title)
  }

  @Test(
    arguments: [
      ("by Greta Holm", ["Greta Holm"]),
      (
        "Greta Holm1, Per Lind2, and Ann van der Berg*",
        ["Greta Holm", "Per Lind", "Ann van der Berg"]
      ),
      ("Department of Economics, University of Oslo", nil), ("Northeast Asia Series", nil),
      ("A study of harbours in the north", nil), ("HARBOURS AND DEPTHS", nil),
      // Two names with nothing between them cannot be told apart.
      ("Greta Holmsen Peter Lindberg", nil),
    ] as [(String, [String]?)])
  func line(_ text: String, names authors: [String]?) throws {
    let found = try guesses([(22, 740, "Harbours of the Northern Sea"), (12, 715, text)])
    #expect(found.authors?.value == authors)
  }

  @Test func whoTypedTheFileIsNoAuthor() throws {
    let found = try guesses(
      [(22, 740, "Harbours of the Northern Sea")], info: "/Author(Mark Hayden)")
    #expect(found.authors == nil)
  }

  @Test(
    arguments: [
      ("Published 2010-02-25", GuessedDate(year: 2010, month: 2, day: 25)),
      ("den 25 februari 2010", GuessedDate(year: 2010, month: 2, day: 25)),
      ("25. Oktober 2010", GuessedDate(year: 2010, month: 10, day: 25)),
      ("25 de febrero de 2010", GuessedDate(year: 2010, month: 2, day: 25)),
      ("March 2010", GuessedDate(year: 2010, month: 3)),
      ("Accessed 25 February 2010", nil), ("Room 2010", nil),
    ] as [(String, GuessedDate?)])
  func line(_ text: String, says date: GuessedDate?) throws {
    let found = try guesses([(22, 740, "Harbours of the Northern Sea"), (10, 700, text)])
    #expect(found.published?.value == date)
  }

  @Test func theAbstractStandsUnderItsHeading() throws {
    let sentence = "The channel of the harbour silts up and the port has it dredged each year"
    let found = try guesses([
      (22, 740, "Harbours of the Northern Sea"), (14, 700, "Abstract"),
      (10, 684, sentence), (10, 672, sentence), (10, 660, "at a cost."),
      (14, 630, "Introduction"),
    ])
    #expect(found.abstract?.value == "\(sentence) \(sentence) at a cost.")
  }

  @Test func aLongAbstractEndsWithAParagraph() throws {
    let line = "The channel of the harbour silts up and the port has it dredged in each year, at a"
    let paragraphs: [Line] = (0..<8).flatMap { paragraph -> [Line] in
      let top = 690 - 75 * paragraph
      return (0..<4).map { (10, top - 12 * $0, line) } + [(10, top - 48, "cost \(paragraph).")]
    }
    let pages = [paragraphs, paragraphs].map { [(14, 740, "**Executive summary")] + $0 }
    let abstract = try GuessSample(
      [(22, 740, "Harbours of the Northern Sea")] + GuessSample.text, more: Array(pages.prefix(1))
    ).guesses().abstract
    let text = try #require(abstract?.value)
    #expect(text.hasPrefix("The channel of the harbour") && text.hasSuffix("."))
    #expect((1500...2600).contains(text.count))
  }

  @Test func aSummaryPageNamesItselfInAColumn() throws {
    let sentence = "The channel of the harbour silts up and the port has it dredged each year"
    let page: [Line] =
      [(14, 760, "**SUMMARY"), (14, 735, "R45100"), (20, 700, "**Harbours of the Northern Sea")]
      + (0..<6).map { (10, 680 - 12 * $0, sentence) } + [(10, 608, "at a cost.")]
    let found = try GuessSample(
      [(22, 740, "**Harbours of the Northern Sea")], more: [page, GuessSample.text]
    ).guesses()
    #expect(found.abstract?.value.hasPrefix(sentence) == true)
    #expect(found.abstract?.value.hasSuffix("at a cost.") == true)
  }

  @Test func listsWithoutCommonWordsAreEnglishIfTheirWordsAre() throws {
    let words = [
      "harbour", "channel", "depth", "winter", "number", "region", "island", "school", "public",
      "office", "bridge", "market", "museum", "garden", "palace", "castle", "forest", "valley",
      "desert", "summit", "orange", "purple",
    ]
    let lines: [Line] = words.enumerated().map { (10, 740 - 14 * $0, "\($1) \($1) \($1)") }
    let sample = GuessSample(lines)
    #expect(try sample.guesses().language == nil)
    #expect(try sample.guesses { words.contains($0) }.language?.value == "en")
  }
}
