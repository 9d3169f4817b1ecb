import Archive
import HTTP
import Site
import Testing

@Suite("Staff see which files some readers cannot use")
struct FileReportTests {
  private let site: TestSite
  private let fields: Fields

  init() throws {
    site = try TestSite()
    fields = try site.signIn(as: .editor).fields
    for (title, facts) in [
      ("Good", FileFacts(isTagged: true, language: "en", title: "Good")),
      ("Plain", FileFacts()), ("Scan", FileFacts(pagesWithoutText: 3, title: "Scan")),
      ("Locked", FileFacts(needsPassword: true)),
    ] {
      let publication = try site.deposit(
        TestSite.record(title), pdf: TestSite.pdf + Array(title.utf8))
      try site.archive.texts.store(
        of: try #require(publication.file), pages: ["One.", "", ""], facts: facts)
    }
  }

  private func listed(_ query: String) throws -> [String] {
    let page = site.get("/staff/reports/files\(query)", fields)
    #expect(page.status == .ok)
    #expect(imbalance(of: page.text) == nil)
    return page.text.matches(of: /<th scope="row"><a href="\/staff\/publications\/([a-z]+)"/)
      .map { String($0.output.1) }
  }

  @Test(
    arguments: [
      ("", ["locked", "scan", "plain"]), ("?problem=not-tagged", ["scan", "plain"]),
      ("?problem=no-title", ["plain"]), ("?problem=password-needed", ["locked"]),
      ("?problem=no-text-layer", ["scan"]), ("?problem=too-large", []),
      ("?problem=nonsense", ["locked", "scan", "plain"]), ("?page=2", []),
    ])
  func theListHasTheFilesWithAProblem(_ query: String, _ expected: [String]) throws {
    #expect(try listed(query) == expected)
  }

  @Test func eachProblemSaysWhatToDo() {
    for problem in FileProblem.allCases {
      let page = site.get("/staff/reports/files?problem=\(problem.rawValue)", fields).text
      #expect(page.contains("replace the file.</p>"), "\(problem)")
    }
  }

  @Test func theFileHasAColumnForEachProblem() {
    let lines = site.get("/staff/reports/files.csv?problem=no-title", fields).text
      .split(separator: "\r\n")
    #expect(
      lines == [
        """
        Title,Slug,URI,Status,Bytes,Pages,no-text-layer,password-needed,too-large,not-tagged,\
        no-language,no-title
        """,
        """
        Plain,plain,https://papers.example.org/publications/plain,published,54,3,no,no,no,yes,\
        yes,yes
        """,
      ])
  }

  @Test(arguments: ["/staff/reports/files", "/staff/reports/files.csv"])
  func nobodyElseSeesIt(_ path: String) { #expect(site.get(path).status == .seeOther) }
}
