import Compression
import Foundation
import Testing

@testable import Typesetting

@Suite("A manuscript becomes a PDF file that readers can open")
struct TypesetterTests {
  @Test func crossReferenceTableNamesEveryObject() throws {
    let file = try PDFFile(Typesetter().pdf(of: sample))
    #expect(file.objects.count > 30)
    #expect(file.text.hasPrefix("%PDF-1.7\n"))
    #expect(file.text.hasSuffix("%%EOF\n"))
  }

  @Test func equalManuscriptsGiveEqualOctets() {
    #expect(Typesetter().pdf(of: sample) == Typesetter().pdf(of: sample))
  }

  @Test func everyWordIsSetInOrder() throws {
    let pages = try PDFFile(Typesetter().pdf(of: sample)).pages()
    try #require(pages.count == 5)
    // The running head and foot are three lines at the end of each page.
    let set = pages[2...].flatMap { $0.dropLast(3) }.joined(separator: " ")
    let written = sample.sections.map { section in
      let blocks = section.blocks.map { block in
        switch block {
        case .paragraph(let text): text
        // The bullet is 0x95 in this encoding.
        case .item(let text): "\u{95} " + text
        }
      }
      return ([section.heading] + blocks).joined(separator: " ")
    }.joined(separator: " ")
    #expect(set.split(separator: " ") == written.split(separator: " "))
  }

  @Test func contentsNameThePages() throws {
    let pages = try PDFFile(Typesetter().pdf(of: sample)).pages()
    let contents = pages[1]
    for section in sample.sections {
      let row = try #require(contents.firstIndex(of: section.heading))
      let number = try #require(Int(contents[row + 1]))
      #expect(pages[number - 1].contains(section.heading))
      #expect(pages[number - 1].last == "\(number)")
    }
  }

  @Test func metadataSayWhatItIs() throws {
    let file = try PDFFile(Typesetter().pdf(of: sample))
    #expect(file.text.contains("/Title (The Tumen Delta: Ports, Pipelines and Fisheries)"))
    #expect(file.text.contains("/Author <FEFF00C50073006100"))
    #expect(file.text.contains("/CreationDate (D:20100225000000Z)"))
    #expect(file.text.contains("/Lang (en)"))
    #expect(file.text.contains("<rdf:li>\u{C3}\u{85}sa Lindqvist</rdf:li>"))
    #expect(file.text.contains("differ \\ find figures difficult"))
    let titles = file.objects.compactMap { $0.firstMatch(of: /<< \/Title \(([^)]*)\) \/Parent/)?.1 }
    #expect(titles == ["Abstract", "Where three countries meet", "What follows", "Conclusion"])
  }

  @Test func headingsAreTagged() throws {
    let file = try PDFFile(Typesetter().pdf(of: sample))
    #expect(file.objects.count { $0.contains("/StructElem /S /H1 ") } == 1)
    #expect(file.objects.count { $0.contains("/StructElem /S /H2 ") } == 5)
  }

  @Test(
    "Other languages have their own words",
    arguments: [
      ("sv", "Sammanfattning", "Innehåll"), ("fr-FR", "Résumé", "Sommaire"),
      ("ko", "Abstract", "Contents"),
    ])
  func wording(_ language: String, abstract: String, contents: String) throws {
    var manuscript = sample
    manuscript.language = language
    let page = try PDFFile(Typesetter().pdf(of: manuscript)).pages()[1]
    #expect(page.contains(abstract))
    #expect(page.contains(contents))
  }

  @Test(
    "Any text can be set",
    arguments: [
      "", " ", "\n\u{0}\u{7}\u{AD}", "한국과 러시아 🚢", String(repeating: "x", count: 3000),
      String(repeating: "many words ", count: 2000), "((\\", "Đặng e\u{301} \u{212B}",
    ])
  func anything(_ text: String) throws {
    let manuscript = Manuscript(
      title: text, subtitle: text, authors: [text, text], institution: text, series: text,
      date: text, issued: nil, language: text, abstract: [text],
      sections: [.init(text, [.paragraph(text), .item(text)])], keywords: [text])
    #expect(try PDFFile(Typesetter().pdf(of: manuscript)).pages().count >= 3)
    let empty = Manuscript(title: text, institution: "", date: "")
    #expect(try PDFFile(Typesetter().pdf(of: empty)).pages().count == 1)
  }

  @Test func qpdfFindsNothingWrong() throws {
    let tool = "/usr/bin/qpdf"
    guard FileManager.default.isExecutableFile(atPath: tool) else { return }
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(Typesetter().pdf(of: sample)).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = try Process.run(URL(filePath: tool), arguments: ["--check", file.path])
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}

@Suite("Text is written in WinAnsiEncoding, with ligatures")
struct WinAnsiTests {
  @Test(
    arguments: [
      ("final", [0x81, 0x6E, 0x61, 0x6C]),
      ("ffl", [0x66, 0x8D]),
      ("é", [0xE9]), ("e\u{301}", [0xE9]),
      ("“–”€Ž", [0x93, 0x96, 0x94, 0x80, 0x8E]),
      ("đĂ", [0x64, 0x41]), ("한", [0x3F]), ("a\u{AD}b\tc", [0x61, 0x62, 0x20, 0x63]),
    ] as [(String, [UInt8])])
  func codes(of text: String, are expected: [UInt8]) {
    #expect(WinAnsi.codes(of: text, withLigatures: true) == expected)
  }

  @Test func kerningIsInTheWidth() {
    let metrics = Typeface.serif.metrics
    // A 722, V 722, and -135 between them, by the published figures.
    #expect(metrics.width(of: Array("AV".utf8)) == 1309)
    #expect(Typeface.sans.metrics.width(of: Array("AV".utf8)) == 667 + 667 - 70)
  }
}

@Suite("Paragraphs break into even lines")
struct LineBreakerTests {
  private static let text = String(
    repeating: "The strait is narrow and the tankers are wide, which officials find difficult. ",
    count: 30)

  @Test(arguments: [120.0, 250, 403, 600])
  func linesFit(_ measure: Double) {
    let style = TextStyle.opening
    let space = style.width(of: [WinAnsi.space])
    let lines = LineBreaker(style: style, measure: measure).lines(of: LineBreakerTests.text)
    for line in lines {
      #expect(line.width - Double(line.spaces) * space / 3 <= measure + 0.001)
      #expect(abs(style.width(of: line.codes) - line.width) < 0.001)
      // At a report's measure no line is loose.
      if measure > 400, !line.isLast {
        #expect(line.width + Double(line.spaces) * space > measure)
      }
    }
    let words = lines.flatMap { $0.codes.split(separator: WinAnsi.space) }
    #expect(words.count == LineBreakerTests.text.split(separator: " ").count)
    #expect(lines.count { $0.isLast } == 1)
  }

  @Test func aWordTooLongIsDivided() {
    let lines = LineBreaker(style: .opening, measure: 50).lines(
      of: String(repeating: "m", count: 40))
    #expect(lines.count == 8)
    #expect(lines.allSatisfy { $0.width <= 50 })
  }

  @Test(
    "Neither the first nor the last line stands alone",
    arguments: [
      (5, 9, 5), (5, 5, 5), (5, 4, 3), (5, 2, 2), (5, 1, 0), (3, 2, 0), (2, 1, 0), (4, 3, 2),
      (1, 0, 0), (4, -3, 0),
    ])
  func placing(_ count: Int, room: Int, takes expected: Int) {
    #expect(Compositor.linesToPlace(of: count, room: room) == expected)
  }
}
