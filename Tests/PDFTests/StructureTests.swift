import PDF
import TestSupport
import Testing

/// Content that shows lines at given places: size, left edge, height, text.
private func content(
  _ lines: [(font: String, size: Int, x: Int, y: Int, text: String)]
) -> String {
  lines.map { "BT /\($0.font) \($0.size) Tf \($0.x) \($0.y) Td (\($0.text)) Tj ET" }
    .joined(separator: "\n")
}

private let fonts =
  "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
  + "/F2<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>>>"

private func blocks(_ file: SampleFile) throws -> [TextBlock] {
  try text(of: file.bytes, hasStructure: true).structure.blocks
}

/// A paragraph of full lines and a last one that ends a sentence.
private func paragraph(_ y: Int, lines: Int = 3, size: Int = 10, x: Int = 72) -> [(
  font: String, size: Int, x: Int, y: Int, text: String
)] {
  (0..<lines).map { line in
    (
      "F1", size, x, y - 12 * line,
      line == lines - 1
        ? "The dredgers come in autumn."
        : "The channel silts up each year and is dredged at once by"
    )
  }
}

@Suite("Untagged files get their structure from the appearance of lines (ISO 32000-1 §14.8.4)")
struct StructureTests {
  @Test func headingsAreLargerOrBoldAndTextFollowsThem() throws {
    let page = content(
      [("F1", 20, 72, 740, "Harbours of the North")]
        + paragraph(710) + [("F2", 10, 72, 650, "Dredging")] + paragraph(632)
        + [("F2", 10, 72, 570, "Pilots")] + paragraph(552))
    let found = try blocks(SampleFile(pages: [page], resources: fonts))
    #expect(
      found.map(\.kind) == [
        .heading(level: 1), .paragraph, .heading(level: 2), .paragraph, .heading(level: 2),
        .paragraph,
      ])
    #expect(found[1].text.hasSuffix("at once by The dredgers come in autumn."))
  }

  @Test func runningTextIsNoHeadingHoweverItIsSet() throws {
    // All of it bold; and large type that is whole sentences.
    let bold = content(paragraph(700).map { ("F2", $0.size, $0.x, $0.y, $0.text) } + paragraph(600))
    let large = content(
      paragraph(700) + [("F1", 16, 72, 640, "It was the largest of all harbours.")]
        + paragraph(600))
    for page in [bold, large] {
      let found = try blocks(SampleFile(pages: [page], resources: fonts))
      #expect(found.allSatisfy { $0.kind == .paragraph })
    }
  }

  @Test func itemsLoseTheirMarkers() throws {
    let page = content(
      paragraph(700) + [
        ("F1", 10, 72, 650, "1. Depth of the channel"), ("F1", 10, 72, 638, "2. Width of it"),
        ("F1", 10, 72, 626, "3. Lights"),
      ] + paragraph(600))
    let found = try blocks(SampleFile(pages: [page], resources: fonts))
    #expect(
      found.dropFirst().prefix(3).map(\.kind) == [
        .listItem(marker: "1."), .listItem(marker: "2."), .listItem(marker: "3."),
      ])
    #expect(found[1].text == "Depth of the channel")
  }

  @Test func smallTypeAtTheFootIsANoteWhenItHasAMark() throws {
    let page = content(
      paragraph(700) + paragraph(640) + [("F1", 7, 72, 80, "1 See the chart of 1911.")])
    let found = try blocks(SampleFile(pages: [page], resources: fonts))
    #expect(found.last?.kind == .footnote(marker: "1"))
    #expect(found.last?.text == "See the chart of 1911.")
  }

  @Test func cellsOnOneBaselineAreARow() throws {
    let page = content(
      paragraph(700) + [
        ("F1", 10, 72, 640, "Depth"), ("F1", 10, 200, 640, "11 m"), ("F1", 10, 300, 640, "1911"),
      ])
    let found = try blocks(SampleFile(pages: [page], resources: fonts))
    #expect(found.last?.kind == .tableRow)
    #expect(found.last?.text == "Depth\t11 m\t1911")
  }

  /// Texts and where each stands, with tabs for those that a table has between its cells.
  @Test(
    "Cells stand in their columns, whatever is missing, wrapped or wider than one",
    arguments: [
      (
        [(72, 640, "Region"), (200, 640, "2009"), (300, 640, "2010"), (72, 625, "Asia")]
          + [(300, 625, "13.5")],
        ["Region\t2009\t2010", "Asia\t\t13.5"]
      ),
      (
        [(72, 640, "Port"), (200, 640, "Exports of all goods"), (400, 640, "Note")]
          + [(72, 625, "Oslo"), (200, 625, "12"), (260, 625, "14"), (400, 625, "and re-exports")]
          + [(400, 613, "by sea")],
        ["Port\tExports of all goods\t\tNote", "Oslo\t12\t14\tand re-exports by sea"]
      ),
      (
        [(72, 646, "Trade within"), (72, 634, "the union"), (200, 640, "12"), (300, 640, "14")]
          + [(72, 616, "Other trade"), (200, 616, "3"), (300, 616, "9")],
        ["Trade within the union\t12\t14", "Other trade\t3\t9"]
      ),
    ] as [([(Int, Int, String)], [String])])
  func tables(_ cells: [(Int, Int, String)], read expected: [String]) throws {
    let page = content(paragraph(700) + cells.map { ("F1", 10, $0.0, $0.1, $0.2) })
    let found = try blocks(SampleFile(pages: [page], resources: fonts))
    #expect(found.dropFirst().map(\.text) == expected)
    #expect(found.dropFirst().allSatisfy { $0.kind == .tableRow })
  }

  @Test func columnsOfTextAreNoTable() throws {
    let text = ["The port is deep enough", "for all ships that come", "and its lights are new"]
    let columns = [72, 300].flatMap { left in
      (0..<9).map { ("F1", 10, left, 700 - 12 * $0, text[$0 % 3]) }
    }
    let found = try blocks(SampleFile(pages: [content(columns)], resources: fonts))
    #expect(found.allSatisfy { $0.kind == .paragraph })
  }

  @Test(
    "An address that a line's end has broken is whole again, and a sentence after one is not of it",
    arguments: [
      (
        "See https://example.org/a/", "b-2.html for it.",
        "See https://example.org/a/b-2.html for it."
      ),
      ("See https://example.org/a_", "b for it.", "See https://example.org/a_ b for it."),
      (
        "See https://doi.org/10.1103/", "PhysRevLett.45.712.",
        "See https://doi.org/10.1103/PhysRevLett.45.712."
      ),
      ("See https://example.org/", "The port is old.", "See https://example.org/ The port is old."),
      ("See https://example.org/", "and the port.", "See https://example.org/ and the port."),
      ("either/", "or-else it is so.", "either/ or-else it is so."),
    ])
  func addresses(_ first: String, _ second: String, _ whole: String) throws {
    let page = content([("F1", 10, 72, 700, first), ("F1", 10, 72, 688, second)])
    #expect(try blocks(SampleFile(pages: [page], resources: fonts)).map(\.text) == [whole])
  }

  @Test func aParagraphGoesOnOverleaf() throws {
    let first = content(Array(paragraph(120).dropLast()))
    let second = content([("F1", 10, 72, 740, "the port, as the law says.")] + paragraph(700))
    let found = try blocks(SampleFile(pages: [first, second], resources: fonts))
    #expect(found.map(\.continuesOnNextPage) == [true, false, false])
    #expect(found.map(\.page) == [1, 2, 2])
  }

  @Test("A note goes on at the foot of the next page, and the text over it")
  func continuedNotes() throws {
    func page(_ body: String, _ notes: [String]) -> String {
      content(
        paragraph(700, lines: 4) + [("F1", 10, 72, 640, body)]
          + notes.enumerated().map { ("F1", 8, 72, 100 - 10 * $0.offset, $0.element) })
    }
    let long = "The dredgers came in autumn, and all the clerks of the board went"
    let found = try blocks(
      SampleFile(
        pages: [
          page(long, ["1 See the minutes of the council and of the ferry board, together with"]),
          page("down to the quay.", ["the ledger of the customs, which differs.", "2 Folio 14."]),
        ], resources: fonts))
    let notes = found.filter { if case .footnote = $0.kind { true } else { false } }
    #expect(
      notes.map(\.kind) == [
        .footnote(marker: "1"), .footnote(marker: ""), .footnote(marker: "2"),
      ])
    #expect(notes.map(\.continuesOnNextPage) == [true, false, false])
    #expect(notes.map(\.page) == [1, 2, 2])
    // Small type at the foot that no note of the page before leads to is none.
    let source = try blocks(
      SampleFile(
        pages: [
          page(long, ["1 Folio 13."]), page("down.", ["Source: the harbour board of 1907."]),
        ],
        resources: fonts))
    #expect(source.last?.kind == .paragraph)
  }

}

@Suite("Tagged files get their structure from tags (ISO 32000-1 §14.7)")
struct TaggedStructureTests {
  private func file(_ tags: [String], roles: String = "") -> SampleFile {
    let page = """
      /Head <</MCID 0>> BDC BT /F1 10 Tf 72 700 Td (Harbours) Tj ET EMC
      /P <</MCID 1>> BDC BT /F1 10 Tf 72 680 Td (They silt up.) Tj ET EMC
      /Artifact BMC BT /F1 10 Tf 72 20 Td (Draft) Tj ET EMC
      """
    var file = SampleFile(pages: [page])
    file.objects[0] = Array("<</Type/Catalog/Pages 2 0 R/StructTreeRoot 5 0 R>>".utf8)
    file.add("<</Type/StructTreeRoot/RoleMap<<\(roles)>>/K 6 0 R>>")
    for tag in tags { file.add(tag) }
    return file
  }

  @Test func areFollowedWhereTheyCoverTheText() throws {
    let found = try blocks(
      file(
        [
          "<</S/Document/K[7 0 R 8 0 R]>>", "<</S/Head/Pg 3 0 R/K 0>>", "<</S/P/Pg 3 0 R/K 1>>",
        ], roles: "/Head/H2"))
    #expect(found.map(\.kind) == [.heading(level: 2), .paragraph])
    #expect(found.map(\.text) == ["Harbours", "They silt up."])
  }

  @Test(
    arguments: [
      // An element that is its own kid, roles that go round, and content of no page.
      ["<</S/Document/K[6 0 R 7 0 R]>>", "<</S/P/Pg 3 0 R/K[6 0 R 7 0 R]>>"],
      ["<</S/Round/K[7 0 R]>>", "<</S/P/Pg 99 0 R/K[0 1 -5 9223372036854775807]>>"],
      ["<</S/P/K<</MCID 0/Pg 3 0 R>>>>"],
    ])
  func hostileOnesEnd(_ tags: [String]) throws {
    let found = try blocks(file(tags, roles: "/Round/Trip/Trip/Round"))
    #expect(!found.isEmpty)
  }

  @Test func notesThatShareATagAreEachANote() throws {
    let page = """
      /P <</MCID 0>> BDC BT /F1 10 Tf 72 700 Td (The port is old.) Tj 6 0 Td (1) Tj ET EMC
      /Note <</MCID 1>> BDC BT /F1 8 Tf 72 80 Td (1 See the chart of 1911.) Tj
      0 -10 Td (2 Of the old port,) Tj 0 -10 Td (3 ships were in 1912.) Tj
      0 -10 Td (3 See the log.) Tj ET EMC
      """
    var file = SampleFile(pages: [page])
    file.objects[0] = Array("<</Type/Catalog/Pages 2 0 R/StructTreeRoot 5 0 R>>".utf8)
    file.add("<</Type/StructTreeRoot/K 6 0 R>>")
    file.add("<</S/Document/K[7 0 R 8 0 R]>>")
    file.add("<</S/P/Pg 3 0 R/K 0>>")
    file.add("<</S/Note/Pg 3 0 R/K 1>>")
    let found = try blocks(file).dropFirst()
    #expect(found.map(\.kind).first == .footnote(marker: "1"))
    #expect(found.map(\.kind).last == .footnote(marker: "3"))
    #expect(found.first?.text == "See the chart of 1911.")
  }

  @Test func theTitleIsAHeadingThoughItsTagSaysOtherwise() throws {
    let page = """
      /P <</MCID 0>> BDC BT /F1 20 Tf 72 740 Td (Harbours of the North) Tj ET EMC
      /H1 <</MCID 1>> BDC BT /F1 12 Tf 72 700 Td (Dredging) Tj ET EMC
      /P <</MCID 2>> BDC BT /F1 10 Tf 72 680 Td (They silt up each year and are dredged.) Tj ET EMC
      """
    var file = SampleFile(pages: [page])
    file.objects[0] = Array("<</Type/Catalog/Pages 2 0 R/StructTreeRoot 5 0 R>>".utf8)
    file.add("<</Type/StructTreeRoot/K 6 0 R>>")
    file.add("<</S/Document/K[7 0 R 8 0 R 9 0 R]>>")
    file.add("<</S/P/Pg 3 0 R/K 0>>")
    file.add("<</S/H1/Pg 3 0 R/K 1>>")
    file.add("<</S/P/Pg 3 0 R/K 2>>")
    #expect(try blocks(file).map(\.kind) == [.heading(level: 1), .heading(level: 1), .paragraph])
  }
}

@Suite("Bookmarks, page labels and links are read (ISO 32000-1 §12)")
struct NavigationTests {
  private func structure(_ catalog: String, _ objects: [String], page: String = "") throws
    -> DocumentStructure
  {
    let one = content(paragraph(700))
    var file = SampleFile(pages: [one, one, one], page: page)
    file.objects[0] = Array("<</Type/Catalog/Pages 2 0 R\(catalog)>>".utf8)
    for object in objects { file.add(object) }
    return try text(of: file.bytes, hasStructure: true).structure
  }

  @Test func bookmarksLeadToPagesAlsoByName() throws {
    let found = try structure(
      "/Outlines 9 0 R/Names<</Dests 13 0 R>>",
      [
        "<</First 10 0 R>>",
        "<</Title(Harbours)/Dest[3 0 R/Fit]/Next 12 0 R/First 11 0 R>>",
        "<</Title(Depths)/A<</S/GoTo/D(depths)>>>>",
        "<</Title(Loop)/Next 10 0 R/Dest(nowhere)>>",
        "<</Kids[14 0 R]>>",
        "<</Limits[(a)(e)]/Names[(depths)<</D[7 0 R/XYZ 0 0 0]>>]>>",
      ])
    #expect(found.outline.map(\.title) == ["Harbours", "Depths", "Loop"])
    #expect(found.outline.map(\.page) == [1, 3, nil])
    #expect(found.outline.map(\.level) == [1, 2, 1])
  }

  @Test(
    arguments: [
      ("[0<</S/r>>1<</S/D/P(A-)/St 7>>]", [1: "i", 2: "A-7", 3: "A-8"]),
      ("[0<</S/D>>]", [:]),
      ("[0<</S/A/St 27>>]", [1: "AA", 2: "BB", 3: "CC"]),
      ("[-1<</S/R>>9<</S/R>>2<</S/R/St 5000>>]", [3: "5000"]),
    ] as [(String, [Int: String])])
  func labels(_ numbers: String, are labels: [Int: String]) throws {
    #expect(try structure("/PageLabels<</Nums\(numbers)>>", []).pageLabels == labels)
  }

  @Test func linksHaveTheWordsTheyLieOn() throws {
    func link(_ uri: String, _ rectangle: String) -> String {
      "<</Subtype/Link/Rect[\(rectangle)]/A<</S/URI/URI(\(uri))>>>>"
    }
    let found = try structure(
      "", [],
      page: "/Annots[" + link("https://example.org/", "70 695 115 712")
        + link("javascript:alert\\(1\\)", "70 695 115 712")
        + link("https://example.org/2", "1e38 1e38 -1e38 0") + "]")
    #expect(found.links.map(\.uri).prefix(2) == ["https://example.org/", "https://example.org/2"])
    #expect(found.links.first?.text.hasPrefix("The chan") == true)
  }
}
