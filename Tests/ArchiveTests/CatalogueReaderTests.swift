import Archive
import Foundation
import Testing

@Suite("Catalogues in BibTeX, RIS and CSV are read as their writers meant them")
struct CatalogueReaderTests {
  private let home: TemporaryArchive
  private var archive: Archive { home.archive }

  init() throws { home = try TemporaryArchive() }

  @discardableResult
  private func take(
    _ text: String, _ format: CatalogueFormat, mapping: ColumnMapping = ColumnMapping(),
    isTrial: Bool = false
  ) throws -> (summary: Importer.Summary, errors: [ImportError], followed: [ImportedRecord]) {
    try take(Array(text.utf8), format, mapping: mapping, isTrial: isTrial)
  }

  @discardableResult
  private func take(
    _ bytes: [UInt8], _ format: CatalogueFormat, mapping: ColumnMapping = ColumnMapping(),
    isTrial: Bool = false
  ) throws -> (summary: Importer.Summary, errors: [ImportError], followed: [ImportedRecord]) {
    var errors: [ImportError] = []
    var followed: [ImportedRecord] = []
    var importer = Importer(into: archive, isTrial: isTrial) { errors.append($0) }
    importer.follow = { followed.append($0) }
    var reader = CatalogueReader(format, mapping: mapping)
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      for entry in reader.take(Array(line), number: index + 1) { try importer.take(entry) }
    }
    for entry in reader.finish() { try importer.take(entry) }
    try importer.finish()
    return (importer.summary, errors, followed)
  }

  /// The record of the only publication.
  private func only() throws -> Record {
    let found = try archive.publications.listForStaff()
    #expect(found.total == 1)
    return try #require(found.items.first).record
  }

  // MARK: BibTeX

  @Test func aBibTeXEntryIsReadWithStringsBracesAndCommands() throws {
    try take(
      #"""
      A comment, written to me@example.org.
      @comment{jabref-meta: {nested}}
      @string{ inst = "Institute of " # {Tides} }
      @string(city = "K{\o}benhavn")
      @TechReport{berg2014,
        Author = {Berg, Aino and {Ministry of Fish and Boats} and van der Goot, Rob and others},
        title = "{The {CO}$_2$} Budget of S{\~a}o Paulo: G{\"o}del \& {\'E}cole, 50\% na{\"\i}ve",
        institution = inst # ", " # city, year = 2014, month = 9 # "~sep", day = 3,
        number = {TR-7}, keywords = {ferries, fog -- and mist},
        abstract = {First ``paragraph''
          goes on.

          Second---the last.},
        doi = {10.1000/a_b}, language = {ngerman}, isbn = {978-0},
      }
      """#, .bibtex)
    let record = try only()
    #expect(record.title == "The CO2 Budget of São Paulo: Gödel & École, 50% naïve")
    #expect(record.authors == ["Aino Berg", "Ministry of Fish and Boats", "Rob van der Goot"])
    #expect(record.published.description == "2014-09-03")
    #expect(record.type == .report && record.number == "TR-7")
    #expect(record.topics == ["ferries", "fog – and mist"])
    #expect(record.abstract == "First “paragraph” goes on.\n\nSecond—the last.")
    #expect(record.doi == "10.1000/a_b" && record.language == "de")
    let rest = try #require(record.unknown)
    for part in [
      #""institution":"Institute of Tides, København""#, #""and-others":"yes""#,
      #""isbn":"978-0""#, #""citation-key":"berg2014""#,
    ] { #expect(rest.contains(part), "\(rest)") }
  }

  @Test(
    "LaTeX in a title becomes the characters that it prints",
    arguments: [
      (
        #"{\'e}t{\'{e}}, \'etude, \c{c}a, \v{s}koda, \v Skoda, \H{o}, \r a, \k{a}, \u g"#,
        "été, étude, ça, škoda, Škoda, ő, å, ą, ğ"
      ),
      (
        #"Stra{\ss}e, {\O}re, \AA ngstr\"om, {\L}{\'o}d{\'z}, \ae sir, \oe uvre, {\i}"#,
        "Straße, Øre, Ångström, Łódź, æsir, œuvre, ı"
      ),
      (#"\emph{Very} \textbf{{bold} text}, \textit{x}"#, "Very bold text, x"),
      (#"A~B\,C\ D -- E --- F"#, "A B C D – E — F"),
      (
        ##"\textbackslash{} \textasciitilde{} \textasciicircum{} \{a\} \# \_ \$5"##,
        #"\ ~ ^ {a} # _ $5"#
      ),
      (
        #"\href{https://a.example/x_y}{Here} \url{https://b.example/x_y}"#,
        "Here https://b.example/x_y"
      ),
      (#"Caf\'{e} {\"{u}}ber {\aa}"#, "Café über å"),
      (#"{\`a} \^{\i}le \~nu \=o \.z \d{h}"#, "à île ñu ō ż ḥ"),
    ])
  func laTeX(_ source: String, prints text: String) throws {
    try take("@misc{a, title = {\(source)}, year = 2001}", .bibtex)
    #expect(try only().title == text.precomposedStringWithCanonicalMapping)
  }

  @Test(
    "Years, months and days are found in their fields",
    arguments: [
      ("year = 2010", "2010"), ("year = {2010}, month = mar", "2010-03"),
      ("year = 2010, month = {March}", "2010-03"), ("year = \"2010\", month = 3", "2010-03"),
      ("year = 2010, month = \"10~\" # jan", "2010-01-10"),
      ("year = 2010, month = {Summer}", "2010"), ("date = {2010-02-25}", "2010-02-25"),
      ("date = {2010-02/2010-04}", "2010-02"), ("date = {2010~}", "2010"),
      ("date = {2010-02-25T10:00:00Z}, year = 2011", "2010-02-25"),
    ])
  func bibTeXDate(_ fields: String, is date: String) throws {
    try take("@misc{a, title = {A}, \(fields)}", .bibtex)
    #expect(try only().published.description == date)
  }

  @Test(
    "What is wrong in BibTeX is said with line and column, and the rest is read",
    arguments: [
      ("@book{x,\n  title = {A}\n  year = 2001\n}", 3, 3, "a comma behind “title”"),
      ("@book{x,\n  title {A}, year = 2001}", 2, 9, "“=” behind “title”"),
      ("@book{x,\n  title = , year = 2001}", 2, 11, "a value of “title”"),
      ("@book{x,\n  title = {A}", 1, 1, "not closed before line 3"),
      ("\n  @book{x, year = 2001}", 2, 3, "“title” is missing"),
      ("@book{x, title = {A},\n  year = {in press}}", 2, 10, "found “in press”"),
      (
        "@book{x, title = {A}, year = 2001, slug = 1,\n  url = {https://e.org}, doi = {10}}", 0, 0,
        ""
      ),
    ])
  func bibTeXError(_ source: String, line: Int, column: Int, says words: String) throws {
    let result = try take(source + "\n@misc{b, title = {B}, year = 2002}\n", .bibtex)
    #expect(result.summary.added == (line == 0 ? 2 : 1), "\(result.errors)")
    if line > 0 {
      let error = try #require(result.errors.first)
      #expect(error.place == CataloguePlace(line: line, column: column), "\(error)")
      #expect("\(error)".contains(words), "\(error)")
    }
  }

  @Test func anEntryThatIsNotClosedAtTheEndIsAnError() throws {
    let result = try take("@misc{b, title = {B}, year = 2002}\n@book{x, title = {A},", .bibtex)
    #expect(result.summary.added == 1 && result.errors.map(\.line) == [2])
    #expect(try take("me@example.org and @ home", .bibtex).errors.isEmpty)
  }

  // MARK: RIS

  @Test func aRISRecordIsReadWithContinuationsAndRepeatedTags() throws {
    let text = [
      "\u{FEFF}TY  - RPRT", "ID  - x1", "AU  - Berg, Aino", "A1  - Ruiz, Ana, Jr.",
      "AU  - Ministry of Fish", "TI  - Ferries of", "the Strait", "T2  - Notes",
      "PY  - 2014///", "DA  - 2014/06/01/Spring", "AB  - One goes", "on.", "", "N2  - Two.",
      "KW  - Fog; Mist", "KW  - Boats", "SN  - 2049-3630", "IS  - 7", "LA  - eng", "DO  - 10.1/x",
      "UR  - https://old.example/1", "M3  - Working paper", "VL  - 3", "ED  - Editor, An", "ER  - ",
      "",
    ]
    try take(text.joined(separator: "\r\n"), .ris)
    let record = try only()
    #expect(record.title == "Ferries of the Strait")
    #expect(record.authors == ["Aino Berg", "Ana Ruiz Jr.", "Ministry of Fish"])
    #expect(record.abstract == "One goes\non.\n\nTwo.")
    #expect(record.published.description == "2014-06-01")
    #expect(record.topics == ["Fog", "Mist", "Boats"])
    #expect(record.issn?.description == "2049-3630" && record.number == "7")
    #expect(record.language == "en" && record.doi == "10.1/x" && record.type == .workingPaper)
    #expect(record.series == "Notes" && record.source == "https://old.example/1")
    #expect(record.unknown?.contains(#""VL":"3""#) == true)
  }

  @Test(
    "All forms of dates in RIS are read",
    arguments: [
      (["PY  - 2010"], "2010"), (["PY  - 2010/02"], "2010-02"),
      (["Y1  - 2010/02/25/"], "2010-02-25"),
      (["PY  - 2010//"], "2010"), (["PY  - 2010", "DA  - 2010/02/25"], "2010-02-25"),
      (["DA  - 25 Feb 2010"], "2010-02-25"), (["DA  - February 25, 2010"], "2010-02-25"),
      (["PY  - 2010//Winter"], "2010"), (["DA  - 2010-02-25"], "2010-02-25"),
      (["PY  - 2011", "DA  - 2010/02/25"], "2011"), (["PY - 2010"], "2010"),
    ])
  func risDate(_ lines: [String], is date: String) throws {
    try take((["TY  - GEN", "TI  - A"] + lines + ["ER  -"]).joined(separator: "\n"), .ris)
    #expect(try only().published.description == date)
  }

  @Test(arguments: [
    ("TI  - A\nER  - \n", 1, "TY  - at the beginning"),
    ("TY  - GEN\nTI  - A\nPY  - soon\nER  - \n", 3, "found “soon”"),
    ("TY  - GEN\nPY  - 2010\nER  - \n", 1, "“title” is missing"),
  ])
  func risError(_ text: String, line: Int, says words: String) throws {
    let good = "TY  - GEN\nTI  - B\nPY  - 2010\nER  - \n"
    let result = try take(text + good + "TY  - GEN\nTI  - C\n", .ris)
    #expect(result.summary.added == 1)
    #expect(result.errors.count == 2)
    #expect(
      result.errors.contains { $0.line == line && "\($0)".contains(words) }, "\(result.errors)")
    #expect(result.errors.contains { "\($0)".contains("ER  - at the end") })
  }

  // MARK: CSV

  @Test(
    "A table is read with any separator, and its columns are recognized in several languages",
    arguments: [
      "Title,Authors,Date,Keywords,Extra\n\"Fog, and\nmist\",\"Berg, Aino; Ruiz, Ana\",2014-06-01,\"a, b\",\"x \"\"y\"\"\"\n",
      "sep=;\r\nTitel;Autoren;Datum;Schlagwörter;Extra\r\n\"Fog, and\nmist\";Aino Berg; Ana Ruiz;;x\r\n",
      "\u{FEFF}Titre\tAuteurs\tAnnée\tMots-clés\tExtra\r\n\"Fog, and\nmist\"\tAino Berg; Ana Ruiz\t1 juin 2014\ta; b\t\"x \"\"y\"\"\"\r\n",
      "dc.title[en]|dc.contributor.author|dc.date.issued|dc.subject|Extra\n\"Fog, and\nmist\"|Aino Berg||Ana Ruiz|01.06.2014|a,b|x\n",
    ])
  func csv(_ text: String) throws {
    let result = try take(text, .csv)
    guard text.contains("\"x \"\"y") else {
      // A separator in a cell without quotation marks moves the cells behind it.
      #expect(result.summary.failed == 1)
      #expect(result.errors.first?.line == (text.hasPrefix("sep") ? 4 : 3))
      return
    }
    let record = try only()
    #expect(record.title == "Fog, and mist")
    #expect(record.authors.map { AuthorName($0).text } == ["Aino Berg", "Ana Ruiz"])
    #expect(record.published.description == "2014-06-01")
    #expect(record.topics == ["a", "b"])
    #expect(record.unknown == #"{"Extra":"x \"y\""}"#)
  }

  @Test func columnsAreNamedByTheCallerToo() throws {
    let text = "A;B;C;D\nFog;2014;secret;kept\n"
    let mapping = try ColumnMapping(parsing: "A=title,B=published,C=ignore")
    try take(text, .csv, mapping: mapping)
    let record = try only()
    #expect(record.title == "Fog" && record.unknown == #"{"D":"kept"}"#)
    let errors = try take(text, .csv).errors
    #expect(errors.count == 1 && "\(errors)".contains("no column is recognized as “title”"))
    let missing = try take(text, .csv, mapping: ColumnMapping(parsing: "X=title")).errors
    #expect("\(missing)".contains("no column “X” (columns: A, B, C, D)"))
    #expect(throws: MappingError.unknownField("titel")) { try ColumnMapping(parsing: "A=titel") }
    #expect(throws: MappingError.notPair("A")) { try ColumnMapping(parsing: "A") }
  }

  @Test(
    "What is wrong in a table is said with line and column, and the rest is read",
    arguments: [
      ("\"A\"x,2014", 2, 4, "expected a separator"),
      ("A,someday", 2, 3, "found “someday”"),
      (",2014", 2, 1, "“title” is missing"),
      ("A,2014,,,extra", 2, 10, "expected 3 cells"),
      ("A,03/04/2014", 2, 3, "found “03/04/2014”"),
      ("Äpfel,2014,x\u{FFFD}", 0, 0, ""),
    ])
  func csvError(_ row: String, line: Int, column: Int, says words: String) throws {
    let result = try take("title,date,x\n\(row)\nB,2010,\n", .csv)
    #expect(result.summary.added == (line == 0 ? 2 : 1), "\(result.errors)")
    guard line > 0 else { return }
    let error = try #require(result.errors.first)
    #expect(error.place.line == line && "\(error)".contains(words), "\(error)")
    if !words.contains("missing") { #expect(error.place.column == column, "\(error)") }
  }

  @Test func aQuotationMarkThatIsNeverClosedIsAnError() throws {
    let result = try take("title,date\nA,2010\n\"B,2011\nC,2012\n", .csv)
    #expect(result.summary.added == 1)
    #expect(result.errors.map(\.place) == [CataloguePlace(line: 3, column: 1)])
  }

  @Test func otherEncodingsAreRefusedWithTheirPlace() throws {
    let latin = Array("title,date\nK".utf8) + [0xF8] + Array("benhavn,2010\nB,2011\n".utf8)
    let result = try take(latin, .csv)
    #expect(result.errors.map(\.place) == [CataloguePlace(line: 2, column: 2)])
    #expect(result.summary.added == 1)
    let utf16: [UInt8] = [0xFF, 0xFE, 0x74, 0, 0x0A, 0]
    #expect(try take(utf16, .csv).errors.map(\.reason) == [.notUTF8])
    #expect(try take(utf16, .bibtex).errors.map(\.reason) == [.notUTF8])
  }

  // MARK: Running again

  @Test(
    "A second run changes nothing, a changed record is found by its DOI, and each is reported",
    arguments: [
      (CatalogueFormat.bibtex, "@misc{a, title = {A & x < y}, year = 2001, doi = {10.1/A}}\n"),
      (.ris, "TY  - GEN\nTI  - A & x < y\nPY  - 2001\nDO  - 10.1/A\nER  - \n"),
      (.csv, "title,date,doi\nA & x < y,2001,10.1/A\n"),
      (.jsonl, #"{"slug": "a", "title": "A & x < y", "published": 2001, "doi": "10.1/A"}"#),
    ])
  func again(_ format: CatalogueFormat, _ text: String) throws {
    let foreseen = try take(text, format, isTrial: true).followed
    #expect(foreseen.map(\.result) == [.new(nil)] && foreseen.first?.title == "A & x < y")
    #expect(try take(text, format).summary.added == 1)
    let id = try #require(try archive.publications.listForStaff().items.first).id
    #expect(try take(text, format).followed.map(\.result) == [.same(id)])
    let changed = text.replacing("A & x", with: "B & x")
    let result = ImportedRecord.Result.changed(id, [.title])
    #expect(try take(changed, format, isTrial: true).followed.map(\.result) == [result])
    #expect(try take(changed, format).followed.map(\.result) == [result])
    #expect(try only().title == "B & x < y")
  }

  @Test func fieldsThatATableDoesNotHaveStay() throws {
    try take("title,date,doi,abstract,keywords\nA,2001,10.1/a,Long text,fog\n", .csv)
    let result = try take("title,date,doi,licence\nA,2001,10.1/a,CC-BY-4.0\n", .csv)
    #expect(result.summary.changed == 1)
    let record = try only()
    #expect(record.abstract == "Long text" && record.topics == ["fog"])
    #expect(record.licence == "CC-BY-4.0")
  }

  @Test func statusAndTimeOfAnExportAreTaken() throws {
    let lines = [
      #"{"title": "Draft", "published": 2001, "status": "draft"}"#,
      #"{"title": "Later", "published": 2001, "status": "scheduled", "public_from": "2999-01-01T00:00:00Z"}"#,
      #"{"title": "Now", "published": 2001, "status": "published", "former_slugs": ["then"]}"#,
      #"{"title": "Odd", "published": 2001, "status": "final"}"#,
      #"{"title": "When", "published": 2001, "status": "scheduled"}"#,
    ]
    let result = try take(lines.joined(separator: "\n"), .jsonl)
    #expect(result.errors.map(\.line) == [5])
    #expect(try archive.publications.count() == 2)
    #expect(try archive.publications.count(at: Instant(secondsSince1970: 40_000_000_000)) >= 2)
    let old = try #require(Slug("then"))
    let now = try #require(Slug("now"))
    #expect(try archive.publications.find(old) == .moved(to: now))
    #expect(result.summary.keptAsWritten == ["status"])
  }
}
