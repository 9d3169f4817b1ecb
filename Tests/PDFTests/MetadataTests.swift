import PDF
import TestSupport
import Testing

@Suite("Metadata is read without the defaults of programs (ISO 32000-1 §14.3)")
struct MetadataTests {
  private func metadata(info: String = "", packet: String? = nil) throws -> Metadata {
    var file = SampleFile(pages: [""])
    file.trailer += "/Info<<\(info)>>"
    if let packet {
      file.objects[0] = Array("<</Type/Catalog/Pages 2 0 R/Lang(ko-KR)/Metadata 5 0 R>>".utf8)
      file.add(stream: packet, "/Type/Metadata/Subtype/XML")
    }
    return try text(of: file.bytes).metadata
  }

  @Test(
    "What screen readers and search engines depend on",
    arguments: [
      ("", DocumentFacts()),
      ("/Lang(sv)/MarkInfo<</Marked false>>/StructTreeRoot<<>>", DocumentFacts(language: "sv")),
      ("/MarkInfo<</Marked true>>", DocumentFacts()),
      ("/MarkInfo<</Marked true>>/StructTreeRoot<<>>", DocumentFacts(isTagged: true)),
    ])
  func facts(_ catalog: String, _ expected: DocumentFacts) throws {
    var file = SampleFile(pages: ["BT /F1 12 Tf 72 720 Td (Harbours) Tj ET"])
    file.objects[0] = Array("<</Type/Catalog/Pages 2 0 R\(catalog)>>".utf8)
    #expect(try text(of: file.bytes).facts == expected)
  }

  @Test func pagesThatAreImagesHaveNoText() throws {
    let image = "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
    let file = SampleFile(pages: ["BT /F1 12 Tf 72 720 Td (Harbours) Tj ET", image, image, ""])
    #expect(try text(of: file.bytes).facts.pagesWithoutText == 2)
  }

  @Test("Text strings are PDFDocEncoding, UTF-16 or UTF-8")
  func strings() throws {
    #expect(try metadata(info: "/Title(Caf\\351 \\222 now)").title == "Café ™ now")
    #expect(try metadata(info: "/Title<FEFFD55CAD6D0020D3C9D654>").title == "한국 평화")
    #expect(try metadata(info: "/Title<FFFE41004200200043004400>").title == "AB CD")
    #expect(try metadata(info: "/Title<EFBBBF5AC3BC72696368>").title == "Zürich")
  }

  @Test(
    "A program's leftovers are no title",
    arguments: [
      "PII: S0022-1996\\(19\\)30117-4", "doi:10.1016/j.jinteco.2019.03.001",
      "ISBN 978-0-306-40615-7",
      "Microsoft Word - draft_v3.doc", "untitled", "Untitled-1", "report.indd", "R47194_final",
      "Document1", "PowerPoint Presentation", "2010-02-25", "", "   ",
    ])
  func leftovers(_ title: String) throws {
    #expect(try metadata(info: "/Title(\(title))").title == nil)
  }

  @Test(
    "Authors",
    arguments: [
      ("Jane Smith", ["Jane Smith"]),
      ("Smith, Jane", ["Smith, Jane"]),
      ("Jane Smith, Kim Min-ji", ["Jane Smith", "Kim Min-ji"]),
      ("Smith, Jane; Kim, Min-ji", ["Smith, Jane", "Kim, Min-ji"]),
      ("Jane Smith and Kim Min-ji", ["Jane Smith", "Kim Min-ji"]),
      ("Administrator", []), ("jsmith2", []), ("", []),
    ] as [(String, [String])])
  func authors(_ entry: String, are expected: [String]) throws {
    #expect(try metadata(info: "/Author(\(entry))").authors == expected)
  }

  @Test(
    "Dates",
    arguments: [
      ("D:20100225093000+09'00'", "2010-02-25T09:30:00+09:00"),
      ("D:20100225093000Z", "2010-02-25T09:30:00Z"),
      ("D:20100225093000-00'00'", "2010-02-25T09:30:00Z"),
      ("20100225", "2010-02-25"), ("D:201002", "2010-02"), ("D:2010", "2010"),
      ("D:20109999", "2010"), ("yesterday", nil), ("", nil),
    ] as [(String, String?)])
  func date(_ written: String, is expected: String?) throws {
    #expect(try metadata(info: "/CreationDate(\(written))").created == expected)
  }

  @Test("A metadata stream counts more than the dictionary")
  func packet() throws {
    let metadata = try metadata(
      info: "/Title(Old Title)/Author(Nobody Known)",
      packet: """
        <?xpacket begin=""?><x:xmpmeta><rdf:RDF>
        <rdf:Description rdf:about="" xmp:CreatorTool="A &amp; B" xmp:CreateDate='2010-02-25'>
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Russia &#x26; the Koreas</rdf:li></rdf:Alt>
        </dc:title><dc:creator><rdf:Seq><rdf:li>Jane Smith</rdf:li><rdf:li>Kim Min-ji</rdf:li>
        </rdf:Seq></dc:creator><dc:subject><rdf:Bag><rdf:li>energy</rdf:li><rdf:li>rail</rdf:li>
        </rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>
        """)
    #expect(metadata.title == "Russia & the Koreas")
    #expect(metadata.authors == ["Jane Smith", "Kim Min-ji"])
    #expect(metadata.keywords == ["energy", "rail"])
    #expect(metadata.creator == "A & B")
    #expect(metadata.created == "2010-02-25")
    #expect(metadata.language == "ko-KR")
  }

  @Test("What is damaged or hostile in it does no harm")
  func hostile() throws {
    let title = try metadata(info: "/Title<FEFF202E0041000A0042D8000043>").title
    #expect(title == "A BC")
    for packet in ["<", "<<<>>>", "<dc:title", "</a></b>", "<a b=", "<rdf:Description a='", "&&&;"]
    {
      #expect(try metadata(packet: packet).title == nil)
    }
  }
}
