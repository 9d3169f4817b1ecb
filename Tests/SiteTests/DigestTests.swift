import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("A digest tells a subscriber what is new, in text that stands alone and in HTML")
struct DigestTests {
  private let composer: MailComposer
  private let address: EmailAddress

  init() throws {
    address = try #require(EmailAddress("anna@example.org"))
    var settings = TestSite.settings
    settings.contact = "library@example.org"
    settings.mailOpenings = ["en": "Dear reader,\n\nthis is <new>."]
    settings.mailClosings = ["sv": "Hälsningar"]
    composer = MailComposer(
      appearance: Appearance(
        settings: settings, assets: try Assets(folder: TestSite.publicFolder)),
      address: "list@example.org")
  }

  private func publication(_ number: Int, _ record: Record) throws -> Publication {
    Publication(
      id: Int64(number), slug: try #require(Slug("paper-\(number)")), record: record,
      status: .published, created: noon, modified: noon)
  }

  private let noon = Instant(secondsSince1970: 1_700_000_000)

  private func message(
    _ groups: [Digest.Group], _ language: String? = nil, _ frequency: Frequency = .weekly,
    correction: String? = nil
  ) -> MailMessage {
    composer.digest(
      Digest(
        subscriber: 7, language: language, frequency: frequency, groups: groups,
        correction: correction),
      DigestDelivery(
        recipient: address, preferencesToken: "7-0123456789abcdef",
        unsubscribeToken: "7-9-0123456789abcdef", browserToken: "fedcba9876543210",
        envelope: "list+7@example.org", unsubscribeMailbox: "list+leave@example.org", date: noon,
        messageID: "1@example.org"))
  }

  private func korea(_ count: Int = 1) throws -> Digest.Group {
    Digest.Group(
      followed: .topic("Korea"),
      publications: try (1...count).map {
        try publication($0, TestSite.record($0 == 1 ? "Russia & the Koreas" : "Paper \($0)"))
      })
  }

  @Test func theTextStandsAlone() throws {
    let message = message([try korea()])
    #expect(message.subject == "Russia & the Koreas")
    #expect(
      message.text == """
        New this week from Institute <for> Pacific & Studies

        Dear reader,

        this is <new>.

        Because you follow Korea
        ------------------------

        Russia & the Koreas: Past & Future
        Richard Weitz and Ana <b> O'Hara
        February 25, 2010

        Geography alone. Russia pursues <goals> & "more".

        https://papers.example.org/publications/paper-1

        ________________________________________

        You get this email because you signed up at Institute <for> Pacific &
        Studies.

        View in your browser:
        https://papers.example.org/messages/fedcba9876543210

        Change what you follow:
        https://papers.example.org/subscription/7-0123456789abcdef

        Unsubscribe:
        https://papers.example.org/unsubscribe/7-9-0123456789abcdef

        Institute <for> Pacific & Studies
        https://papers.example.org/

        """)
  }

  @Test func theHeadersAreThoseOfAMailingList() throws {
    let bytes = String(decoding: message([try korea()]).bytes, as: UTF8.self)
    let head = bytes.prefix(upTo: try #require(bytes.firstRange(of: "\n\n")).lowerBound)
    let lines = head.replacing("\n ", with: " ").split(separator: "\n").map(String.init)
    let unsubscribe = "https://papers.example.org/unsubscribe/7-9-0123456789abcdef"
    for line in [
      "To: anna@example.org", "Subject: Russia & the Koreas", "Message-ID: <1@example.org>",
      "List-Unsubscribe: <\(unsubscribe)>, <mailto:list+leave@example.org?subject=unsubscribe>",
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
      "List-Subscribe: <https://papers.example.org/subscribe>",
      "List-Archive: <https://papers.example.org/publications>",
      "List-Help: <https://papers.example.org/subscribe>",
      "List-Owner: <mailto:library@example.org>", "List-Post: NO", "Precedence: bulk",
      "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
      "Content-Type: multipart/alternative; boundary=\"=_offprint\"",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
    #expect(
      lines.contains {
        $0.hasPrefix("List-Id: ") && $0.hasSuffix(" <publications.papers.example.org>")
      })
    #expect(bytes.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    // Links are not folded.
    #expect(
      bytes.split(separator: "\n").allSatisfy { $0.utf8.count <= 78 || $0.hasPrefix("List-") })
  }

  @Test func theHTMLLoadsNothingAndHidesNothingFromTheText() throws {
    let message = message([try korea(3)])
    let html = String(decoding: try #require(message.html), as: UTF8.self)
    #expect(imbalance(of: html) == nil)
    for part in [
      "<html lang=\"en\">", "<title>Russia &amp; the Koreas and 2 more</title>",
      ">Because you follow Korea</h2>", "<h3 ", "https://papers.example.org/publications/paper-3",
      "Paper 2 · Paper 3</div>", "7-0123456789abcdef", "Geography alone.",
      "prefers-color-scheme: dark", "&lt;goals&gt;",
    ] {
      #expect(html.contains(part), "\(part)")
    }
    for part in ["<script", "<img", "<link", "url(", "@import", "<form"] {
      #expect(!html.contains(part), "\(part)")
    }
  }

  @Test(
    arguments: [
      (1, "Russia & the Koreas"), (2, "Russia & the Koreas and 1 more"),
      (60, "Russia & the Koreas and 59 more"),
    ])
  func subject(of count: Int, is subject: String) throws {
    let message = message([try korea(count)])
    #expect(message.subject == subject)
    // A whole catalogue that was imported does not make a message that programs cut off.
    let listed = message.text.components(separatedBy: "/publications/paper-").count - 1
    #expect(listed == min(count, 40))
    #expect(message.text.contains("See all 60 publications") == (count == 60))
    #expect(message.bytes.count < 100_000)
  }

  @Test(
    arguments: [
      (.everything, "Because you follow all publications"),
      (.author("Richard Weitz"), "Because you follow Richard Weitz"),
      (.series("Asia Papers"), "Because you follow Asia Papers"),
      (.search("q=sea+cables&year=2010"), "Because you follow the search “sea cables, 2010”"),
      (.search("q=a%0D%0Ab"), "Because you follow the search “a b”"),
    ] as [(Followed, String)])
  func followed(_ followed: Followed, isNamed reason: String) throws {
    let group = Digest.Group(followed: followed, publications: try korea().publications)
    #expect(message([group]).text.contains("\n\(reason)\n"))
  }

  @Test func itIsInTheLanguageOfTheReader() throws {
    let message = message([try korea(2)], "sv", .monthly)
    #expect(message.subject == "Russia & the Koreas och 1 till")
    #expect(message.text.hasPrefix("Nytt den här månaden från"))
    #expect(message.text.contains("\n25 februari 2010\n"))
    let html = String(decoding: try #require(message.html), as: UTF8.self)
    #expect(html.contains("<html lang=\"sv\">"))
    // The publication is in English.
    #expect(html.contains(" lang=\"en\" dir=\"auto\"><a href"))
    // A language that the site does not have.
    #expect(self.message([try korea()], "tlh").text.hasPrefix("New this week"))
  }

  @Test func aCorrectionSaysWhatWasWrong() throws {
    let message = message([try korea()], correction: "Table 2 had the wrong unit.")
    #expect(message.subject == "Correction: Russia & the Koreas")
    #expect(message.text.contains("\n\nTable 2 had the wrong unit.\n\n"))
    #expect(!message.text.contains("Because you follow"))
    let html = String(decoding: try #require(message.html), as: UTF8.self)
    #expect(imbalance(of: html) == nil)
    #expect(html.contains("<h2 ") && !html.contains("<h3 "))
  }

  @Test(
    "The first sentences are whole, and abbreviations end none",
    arguments: [
      ("One sentence.", "One sentence."),
      (
        String(repeating: "The harbour is quiet. ", count: 20),
        Array(repeating: "The harbour is quiet.", count: 14).joined(separator: " ")
      ),
      (
        String(repeating: "word ", count: 60) + "in the U.S. Army under Dr. Lee and more",
        String(repeating: "word ", count: 60) + "in the U.S. Army…"
      ),
    ])
  func excerpt(of abstract: String, is excerpt: String) throws {
    let record = try TestSite.record(abstract: abstract)
    let group = Digest.Group(followed: .everything, publications: [try publication(1, record)])
    let text = message([group]).text.replacing("\n", with: " ")
    #expect(text.contains("2010  \(excerpt)  https"))
  }

  @Test("Lines are short where the words allow, whatever the records have")
  func lines() throws {
    let record = try TestSite.record(
      "한국의 외교 정책\u{2028}Bcc: eve@example.org",
      abstract: String(repeating: "Ärende om sjökablar och handel i öst. ", count: 40)
        + String(repeating: "港", count: 200),
      authors: (1...9).map { "Author Number \($0)" }, topics: [])
    let group = Digest.Group(followed: .everything, publications: [try publication(1, record)])
    let message = message([group])
    #expect(message.text.split(separator: "\n").allSatisfy { $0.count <= 78 })
    let lines = message.bytes.split(separator: 0x0A)
    #expect(lines.allSatisfy { $0.count <= 78 || $0.starts(with: "List-".utf8) })
  }
}
