import Foundation
import Testing

extension EndToEnd {
  @Suite("A reader finds, reads and downloads")
  struct ReaderTests {
    let server: ServerProcess
    let visitor: Visitor

    init() throws {
      server = try Demo.server
      visitor = Visitor(server)
    }

    @Test("The home page has the latest, the search, the total and the mailing list")
    func home() throws {
      let answer = try visitor.get("/")
      #expect(answer.status == 200)
      #expect(answer["content-type"] == "text/html; charset=utf-8")
      #expect(answer["set-cookie"] == nil)
      let page = Page(source: answer.text)
      for sentence in [
        "Search All Site Content", "Subscribe to our Mailing List!",
        "Sign up for our mailing list to keep up to date on all the latest developments.",
      ] {
        #expect(page.words.contains(sentence))
      }
      #expect(page.words.contains(/Total Index: 1[0-9] publications\./))
      #expect(page.links.contains(Demo.long))
      let search = try #require(page.form(with: "q"))
      #expect(search.action == "/search" && search.method == "get")
      let subscription = try #require(page.form(to: "/subscribe"))
      #expect(subscription.method == "post" && subscription.names.contains("email"))
    }

    @Test("The article page says what the seed's page said, with its ligatures whole")
    func article() throws {
      let page = try visitor.page(Demo.seed)
      for sentence in [
        "Russia and the Koreas: Past Policies and Future Possibilities",
        "Published February 25, 2010", "Download PDF", "horrific Stalinist",
        "This browser does not support PDFs. Please download the PDF to view it: Download PDF",
      ] {
        #expect(page.words.contains(sentence), "\(sentence)")
      }
      #expect(!page.words.contains("suffi cient"))
      #expect(
        page.links.filter { $0.hasPrefix(Demo.seed + "/files/") && $0.hasSuffix(".pdf") }.count >= 2
      )
      #expect(page.source.contains(/<object\b[^>]*\/pages\/1\.svg/))
    }

    @Test("Pages are drawn by child processes, with text, and kept")
    func drawnPages() throws {
      let page = try visitor.page(Demo.seed + "/pages/2")
      #expect(page.source.contains("viewBox=\"0 0 ") && page.words.contains("Neighbors"))
      let drawing = try visitor.get(Demo.seed + "/pages/2.svg")
      #expect(drawing.status == 200)
      #expect(drawing["content-type"] == "image/svg+xml")
      #expect(drawing.text.hasPrefix("<svg "))
      #expect(try visitor.get(Demo.seed + "/pages/7").status == 404)
      let style = try #require(page.source.firstMatch(of: /href="([^"]*\/pages\/2\.css[^"]*)"/))
      #expect(try visitor.get(String(style.output.1)).status == 200)
    }

    @Test("The PDF that is sent is the file in the archive, under a readable name")
    func document() throws {
      let answer = try visitor.get(Demo.seed + ".pdf")
      #expect(answer.status == 200)
      #expect(answer["content-type"] == "application/pdf")
      #expect(answer["content-length"] == "\(answer.content.count)")
      let disposition = try #require(answer["content-disposition"])
      #expect(disposition.contains("filename=") && disposition.contains(".pdf"))
      let stored = try server.folder.files(below: "files").map {
        try server.folder.octets(of: "files/\($0)")
      }
      #expect(stored.contains(answer.content))
    }

    @Test("Every link of the site's own pages leads somewhere")
    func links() throws {
      var seen: Set<String> = []
      var waiting = ["/"]
      while let target = waiting.popLast(), seen.count < 200 {
        guard seen.insert(target).inserted else { continue }
        let answer = try visitor.get(target)
        #expect([200, 303].contains(answer.status), "\(target)")
        guard answer["content-type"]?.hasPrefix("text/html") == true else { continue }
        let page = Page(source: answer.text)
        for link in page.links where link.hasPrefix("/") {
          waiting.append(String(link.prefix { $0 != "#" }))
        }
        for asset in page.source.matches(of: /(?:src|href)="(\/public\/[^"]+)"/) {
          waiting.append(String(asset.1))
        }
      }
      #expect(seen.count > 20)
    }

    @Test("What the site is made of is kept by browsers for a year")
    func assets() throws {
      let page = try visitor.page("/")
      let sheet = try #require(page.source.firstMatch(of: /href="(\/public\/[^"]+\.css)"/))
      let answer = try visitor.get(String(sheet.1))
      #expect(answer["content-type"]?.hasPrefix("text/css") == true)
      #expect(answer["cache-control"]?.contains("immutable") == true)
    }

    @Test("A search finds words of titles, authors, abstracts and of the PDFs themselves")
    func search() throws {
      let results = try visitor.page("/search?q=korea")
      #expect(results.links.contains(Demo.seed))
      #expect(results.source.contains("<mark>"))
      // The texts of the samples are read after the start; the word stands in a PDF alone.
      let answer = try server.eventually { server in
        let found = try server.fetch("/api/search?q=possibilities")
        return found.text.contains("\"page\"") ? found : nil
      }
      #expect(answer["content-type"]?.hasPrefix("application/json") == true)
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(answer.content)) as? [String: Any])
      #expect(object["query"] as? String == "possibilities")
      let hits = try #require(object["results"] as? [[String: Any]])
      #expect(object["total"] as? Int == hits.count)
      let first = try #require(hits.first)
      for key in ["slug", "title", "published", "score", "snippet", "pages"] {
        #expect(first[key] != nil, "\(key)")
      }
    }

    @Test(
      "Any words get an answer",
      arguments: [
        "", "\"", "\"\"\"", "*", "NEAR(", "a AND", "NOT", "title:", "^", "(((", "-", "--",
        "'; DROP",
        "\u{0}", "%", "한국", "🙂", "a* b* c*", "{col}: x", "AND OR NOT NEAR", "+", "é",
        String(repeating: "a ", count: 2000),
      ])
    func anySearch(_ words: String) throws {
      for path in ["/search", "/api/search"] {
        let answer = try visitor.get("\(path)?q=\(percentEncoded(words))")
        #expect(answer.status == 200, "\(path) \(words)")
      }
    }

    @Test("Parameters that make no sense do no harm")
    func parameters() throws {
      for query in [
        "page=0", "page=-1", "page=99999999999999999999", "page=abc", "year=abc", "year=99999",
        "topic=%00", "page=2&page=3", "unknown=1", "&&&===",
      ] {
        for path in ["/publications", "/search"] {
          let answer = try visitor.get("\(path)?\(query)")
          #expect(answer.status < 500, "\(path)?\(query)")
        }
      }
    }

    @Test("What is not there is a page of the same site with status 404")
    func missing() throws {
      for target in ["/nowhere", "/publications/nowhere", "/publications/nowhere.pdf"] {
        let answer = try visitor.get(target)
        #expect(answer.status == 404)
        #expect(Page(source: answer.text).form(with: "q") != nil, "\(target)")
      }
    }

    @Test("Harvesters find feed, sitemap and robots.txt")
    func harvesting() throws {
      #expect(try visitor.get("/feed.atom").text.contains("Russia and the Koreas"))
      #expect(try visitor.get("/sitemap.xml").text.contains(Demo.seed))
      #expect(try visitor.get("/robots.txt").text.contains("Sitemap: "))
    }

    @Test("An empty archive says what to do next")
    func empty() throws {
      let server = try ServerProcess()
      let page = try Visitor(server).page("/")
      #expect(page.words.contains("Total Index: 0 publications."))
      #expect(page.words.contains("offprint import") || page.words.contains("/staff"))
      for target in ["/publications", "/search?q=a", "/feed.atom", "/sitemap.xml", "/health"] {
        #expect(try server.fetch(target).status == 200, "\(target)")
      }
    }
  }
}
