import PDF
import Testing

@Suite("Title, subtitle, series and authors are told apart on title pages of many layouts")
struct TitlePageTests {
  private typealias Line = GuessSample.Line

  private static let heading: Line = (22, 740, "Harbours of the Northern Sea")

  private func guesses(_ lines: [Line], more: [[Line]] = [], info: String = "") throws -> Guesses {
    try GuessSample(lines, more: more, info: info).guesses()
  }

  // MARK: Title

  @Test(
    arguments: [
      // Bold of the text's size, with a byline below it.
      (
        [(10, 740, "**Noise of the northern harbours"), (10, 720, "Greta Holm")],
        "Noise of the northern harbours"
      ),
      // An institution is above the title in the same type.
      (
        [(18, 760, "**Institute of Harbours"), (18, 738, "**Depths of the northern ports")],
        "Depths of the northern ports"
      ),
      // The number of a chapter is above its title.
      (
        [(18, 760, "**Section 9"), (18, 738, "**Depths of the northern ports")],
        "Depths of the northern ports"
      ),
      // “Section 408” is a name here.
      ([(18, 740, "**Section 408 permits for ports")], "Section 408 permits for ports"),
      (
        [(10, 740, "From: Greta Holm"), (10, 725, "Subject: Costs of dredging ports")],
        "Costs of dredging ports"
      ),
    ] as [([Line], String)])
  private func title(_ lines: [Line], _ expected: String) throws {
    #expect(try guesses(lines + GuessSample.text).title?.value == expected)
  }

  @Test func aRunningHeadConfirmsATitleOfTheTextsSize() throws {
    let head: Line = (8, 770, "Noise of the northern harbours")
    let pages = [[head] + GuessSample.text, [head] + GuessSample.text]
    let lines: [Line] = [
      (10, 700, "**Noise of the northern harbours"), (10, 600, "**Contents of this"),
    ]
    let confirmed = try guesses(lines + GuessSample.text, more: pages).title
    let other = try guesses(lines + GuessSample.text).title
    #expect(confirmed?.value == "Noise of the northern harbours")
    #expect((confirmed?.confidence ?? 0) >= 0.6)
    #expect((other?.confidence ?? 0) < 0.6)
  }

  @Test func aTitleThatOnlyThePropertiesHaveIsUncertain() throws {
    let title = try guesses(GuessSample.text, info: "/Title(Template for the reports of ports)")
      .title
    #expect(title?.source == .properties)
    #expect((title?.confidence ?? 1) < 0.6)
  }

  // MARK: Subtitle

  @Test(
    arguments: [
      ([(22, 740, "Harbours: Depths and costs")], "Harbours", "Depths and costs"),
      (
        [heading, (14, 712, "Depths and costs of northern ports")], heading.text,
        "Depths and costs of northern ports"
      ),
      (
        [heading, (14, 712, "- Depths and costs of the ports -")], heading.text,
        "Depths and costs of the ports"
      ),
      ([heading, (14, 712, "Greta Holm and Per Lind")], heading.text, nil),
      ([heading, (14, 712, "25 February 2010")], heading.text, nil),
      ([heading, (14, 712, "Policy Paper 14")], heading.text, nil),
      // The first heading of the text.
      (
        [
          heading, (14, 712, "What is a harbour for"),
          (10, 696, "It is dredged by the port in each year of the plan and"),
        ], heading.text, nil
      ),
    ] as [([Line], String, String?)])
  private func subtitle(_ lines: [Line], below title: String, is subtitle: String?) throws {
    let found = try guesses(lines + GuessSample.text)
    #expect(found.title?.value == title)
    #expect(found.subtitle?.value == subtitle)
  }

  // MARK: Authors

  @Test(
    arguments: [
      // A list that is broken at line ends and has marks of affiliations.
      (
        [
          heading, (12, 710, "Greta Holm1, Per A."), (12, 696, "Lind1,2, Ann van der Berg2, and"),
          (12, 682, "April Sand*"),
        ],
        ["Greta Holm", "Per A. Lind", "Ann van der Berg", "April Sand"]
      ),
      // Marks are the only separators.
      (
        [heading, (12, 710, "Peter D.Holm1 Jennifer A. Lind2*, Ann Berg3")],
        ["Peter D. Holm", "Jennifer A. Lind", "Ann Berg"]
      ),
      (
        [
          heading, (12, 710, "Greta Holm, PhD"), (12, 696, "Per Lind, MPH"),
          (12, 682, "National Center for Ports, NCP"),
        ], ["Greta Holm", "Per Lind"]
      ),
      (
        [
          heading, (12, 710, "Greta Holm, greta.holm@example.org"),
          (12, 694, "Per Lind, per.lind@example.org"),
        ], ["Greta Holm", "Per Lind"]
      ),
      ([heading, (12, 710, "Greta HOLMSEN")], ["Greta Holmsen"]),
      (
        [heading, (12, 710, "GRETA HOLM, PER A. LIND, ANN VAN DER BERG")],
        ["Greta Holm", "Per A. Lind", "Ann van der Berg"]
      ),
      ([heading, (12, 710, "Greta Holm | Senior Analyst, Institute of Ports")], ["Greta Holm"]),
      (
        [heading, (12, 710, "S.O. Holm, J.-P. Lind and O.O. Berg")],
        ["S. O. Holm", "J.-P. Lind", "O. O. Berg"]
      ),
      // Above the title.
      (
        [
          (12, 770, "Harbour Studies"), (12, 750, "Greta Holm / Per Lind"),
          (22, 715, "Harbours of the Northern Sea"),
        ], ["Greta Holm", "Per Lind"]
      ),
      (
        [
          (12, 770, "By"), (12, 750, "His Excellency"), (12, 730, "Per Lind"),
          (22, 700, "Harbours of the Northern Sea"),
        ], ["Per Lind"]
      ),
      ([heading, (10, 710, "By Greta Holm"), (10, 696, "Per Lind")], ["Greta Holm", "Per Lind"]),
      // Beside a summary, each with a position.
      (
        [
          heading, (9, 710, "**Greta Holm"), (9, 699, "Analyst in Social Policy"),
          (9, 680, "**Per Lind"), (9, 669, "Specialist in Ports"),
        ], ["Greta Holm", "Per Lind"]
      ),
      // Items of a list and headings of tables are no names.
      ([heading, (10, 700, "• Regional Depths"), (10, 686, "• Northern Ports")], nil),
      ([heading, (10, 700, "Hours Worked 190 Fri 688 Sat")], nil),
    ] as [([Line], [String]?)])
  private func authors(_ lines: [Line], _ expected: [String]?) throws {
    #expect(try guesses(lines + GuessSample.text).authors?.value == expected)
  }

  @Test(
    arguments: [
      // Under a heading of the last page.
      (
        [
          (14, 700, "**Author Information"), (10, 680, "Greta Holm"),
          (10, 668, "Analyst in Social Policy"), (10, 640, "Per Lind, Coordinator"),
          (10, 628, "Specialist in Ports"), (14, 600, "**Disclaimer"),
          (10, 580, "This report was written for the port."),
        ], ["Greta Holm", "Per Lind"]
      ),
      (
        [
          (12, 700, "**About the authors"),
          (10, 680, "Greta Holm is a Senior Fellow at the Institute of Harbours in Bergen."),
          (10, 660, "Per Lind is a researcher at the University of Bergen."),
        ], ["Greta Holm", "Per Lind"]
      ),
      // The last line of the text.
      (
        [
          (10, 700, "The ports are dredged in each year."),
          (10, 670, "Greta Holm, Specialist in Health Policy"), (8, 650, "HB13131"),
        ], ["Greta Holm"]
      ),
      // A person to ask is no author.
      (
        [
          (10, 700, "Contact:"), (10, 686, "Greta Holm, Research Analyst"),
          (10, 672, "Phone: 708 202 8387"),
        ], nil
      ),
      ([(10, 700, "CONTRIBUTORS"), (10, 686, "Greta Holm, Program Analyst")], nil),
    ] as [([Line], [String]?)])
  private func lastPage(_ lines: [Line], names authors: [String]?) throws {
    let pages = [GuessSample.text, GuessSample.text, GuessSample.text, lines]
    #expect(try guesses([Self.heading] + GuessSample.text, more: pages).authors?.value == authors)
  }

  // MARK: Series, number and DOI

  @Test(
    arguments: [
      ("Policy Paper 14 · Northeast Asia Series", "Northeast Asia Series", "14"),
      (
        "R&D Service Safety Program: Policy & Procedure No. 3 Effective 3/17/04",
        "R&D Service Safety Program: Policy & Procedure", "3"
      ),
      ("MMWR / January 14, 2011 / Vol. 60", "MMWR", "60"),
      (
        "Diskussionspapiere des Instituts | Nr. 45 | ISSN 1234-5678",
        "Diskussionspapiere des Instituts", "45"
      ),
      ("Institutsberichte 29", "Institutsberichte", "29"),
      ("Asie.Visions, n° 110", "Asie.Visions", "110"),
      ("Schriftenreihe des Hafens, Heft 3/2011", "Schriftenreihe des Hafens", "3/2011"),
      ("Journal of Harbour Studies 12 (2018) 345-367", "Journal of Harbour Studies", "12"),
      ("RR-1234-A", nil, "RR-1234-A"), ("NUREG/CR-6500, Rev. 1", nil, "NUREG/CR-6500, Rev. 1"),
      ("ARI 56/2018", nil, "ARI 56/2018"), ("COM(2019) 213 final", nil, "COM(2019) 213 final"),
      ("Cahiers de recherche 2017-08", "Cahiers de recherche", "2017-08"),
      ("Harbour News · Ausgabe 3/2015", "Harbour News", "3/2015"),
      ("Contract, No. 12", nil, nil), ("COVID-19", nil, nil), ("FY2026", nil, nil),
      ("Room 2010", nil, nil),
      ("A report that has 14 pages", nil, nil),
    ] as [(String, String?, String?)])
  func line(_ line: String, namesSeries series: String?, number: String?) throws {
    let found = try guesses([(9, 770, line), Self.heading] + GuessSample.text)
    #expect(found.series?.value == series)
    #expect(found.number?.value == number)
  }

  @Test func theOwnCitationNamesTheJournal() throws {
    let foot: [Line] = [
      (8, 50, "Holm et al., (2021). Harbours of the Northern Sea. Journal of Ports, 4(44), 122."),
      (8, 40, "https://doi.org/10.21105/ports.00122"),
    ]
    let found = try guesses([Self.heading] + GuessSample.text + foot)
    #expect(found.series?.value == "Journal of Ports")
    #expect(found.number?.value == "4(44)")
    #expect(found.doi?.value == "10.21105/ports.00122")
  }

  @Test(
    arguments: [
      (["DOI: 10.1000/182."], "10.1000/182"), (["see 10.1000/182 and 10.1000/183"], nil),
      (["doi:10.1000/182", "cites 10.1000/999"], "10.1000/182"), (["Version 10.1/2"], nil),
    ] as [([String], String?)])
  func lines(_ lines: [String], haveDOI doi: String?) throws {
    let shown: [Line] = lines.enumerated().map { (9, 700 - 12 * $0, $1) }
    #expect(try guesses([Self.heading] + shown + GuessSample.text).doi?.value == doi)
  }
}
