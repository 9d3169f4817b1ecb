import Archive
import Site
import Testing

@Suite("Words of hidden publications are in no passage, relation, suggestion or correction")
struct HiddenWordsTests {
  /// Each kind of hidden publication, with words that no other has: of its record and of its pages.
  private static let hidden: [(status: Publication.Status, record: String, page: String)] = [
    (.draft, "quorblaxian", "wendelspurt"), (.scheduled, "trevokanist", "zymberlotte"),
    (.published, "brundleflaxen", "oxtervalding"),
  ]
  private static let words = hidden.flatMap { [$0.record, $0.page] }

  /// A site with a latent space, which was learned while the withdrawn publication was public.
  private func site() throws -> TestSite {
    let site = try TestSite()
    let terms = ["harbour", "channel", "dredging", "tariff", "customs", "winter", "cargo", "quay"]
    for number in 0..<201 {
      let (first, second) = (terms[number % 8], terms[(number / 8 + number + 1) % 8])
      try site.deposit(
        TestSite.record(
          "The \(first) and the \(second) \(number)", published: "1999-01-01",
          abstract: "On the \(second) of the \(first).", authors: ["Ann Berg"], topics: ["Ports"]),
        pdf: nil)
    }
    for (status, word, page) in Self.hidden {
      // Harvesters are told for ever, by its slug and in its sets, what was withdrawn.
      let title = status == .published ? "Withdrawn harbour" : "The \(word) harbour"
      let publication = try site.deposit(
        TestSite.record(
          title, published: "1999-01-01",
          abstract: "The \(word) harbour has a channel.", authors: ["Zara \(word)"],
          topics: [status == .published ? "Ports" : "The \(word) ports"]),
        status: status,
        publicFrom: status == .scheduled ? site.now.adding(seconds: 3600) : nil,
        pdf: Array("%PDF-1.4 \(word)".utf8))
      try site.archive.texts.store(
        of: try #require(publication.file), pages: ["The \(page) harbour and its winter channel."])
      if status == .published {
        #expect(site.get("/api/search?q=\(page)").text.contains(publication.slug.description))
        _ = try site.archive.publications.withdraw(publication.id, by: .program, at: site.now)
      }
    }
    return site
  }

  /// Each word as a reader might come upon it, without being that word: its beginning, and
  /// misspelt.
  private static func typed(_ word: String) -> [String] {
    let middle = word.index(word.startIndex, offsetBy: word.count / 2)
    var left = word
    left.remove(at: middle)
    var doubled = word
    doubled.insert(word[middle], at: middle)
    return [String(word.prefix(4)), String(word.dropLast()), left, doubled]
  }

  @Test func noneIsAnywhere() throws {
    let site = try site()
    var addresses = VisibilityTests.addresses
    for query in Self.words.flatMap(Self.typed) + ["harbour", "winter channel"] {
      let query = query.replacing(" ", with: "+")
      addresses += [
        "/search?q=\(query)", "/search?q=\(query)*", "/search?q=\(query)+harbour",
        "/api/search?q=\(query)&limit=100", "/api/search?q=harbour+\(query)", "/suggest?q=\(query)",
        "/suggest?q=harbour+\(query)", "/related?text=\(query)+harbour+channel+winter",
        "/api/related?text=\(query)+harbour+channel+winter&limit=100",
        "/api/publications?q=\(query)", "/feed.atom?q=\(query)",
        "/search?q=\(query)&format=ris",
      ]
    }
    addresses += ["/publications/the-harbour-and-the-channel-0", "/publications"]
    for address in addresses {
      let answer = site.get(address)
      let text = answer.text.lowercased()
      for word in Self.words { #expect(!text.contains(word), "\(word) at \(address)") }
    }
  }

  @Test("A word is known only once its publication is public")
  func scheduled() throws {
    let site = try site()
    let query = "/api/search?q=zymberlote"
    #expect(site.get("/api/search?q=zymberlotte").text.contains("\"total\":0"))
    #expect(!site.get(query).text.contains("zymberlotte"))
    site.environment.wait(seconds: 3600)
    #expect(site.get("/api/search?q=zymberlotte").text.contains("the-trevokanist-harbour"))
    #expect(site.get(query).text.contains("\"query\":\"zymberlotte\""))
  }
}
