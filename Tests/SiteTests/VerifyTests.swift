import Archive
import Foundation
import HTTP
import HTTPServer
import Site
import Synchronization
import Testing

@Suite("Readers check a copy of a PDF, and nothing of it is kept")
struct VerifyTests {
  private let site: TestSite
  private static let pages = (0..<4).map { page in
    (0..<60).map { "word\((page * 60 + $0) * 7919 % 100_003)" }.joined(separator: " ")
  }

  init() throws { site = try TestSite() }

  private func publish(_ title: String = "Quiet harbours", pages: [String] = Self.pages) throws
    -> Publication
  {
    let publication = try site.deposit(
      TestSite.record(title), pdf: TestSite.pdf + Array("% \(title)\n".utf8))
    try site.archive.texts.store(of: try #require(publication.file), pages: pages, at: site.now)
    return publication
  }

  /// Sends a copy whose text is read as some pages.
  private func check(_ file: [UInt8], text: [String]? = nil, hasFile: Bool = true) throws
    -> Response
  {
    site.environment.copyText.withLock { $0 = text }
    let response = site.upload("/verify", [], file: file, [:], hasFile: hasFile)
    #expect(site.incoming.isEmpty)
    #expect(imbalance(of: response.text) == nil)
    #expect(response.fields["Cache-Control"]?.contains("no-store") == true)
    return response
  }

  private static func saved(_ text: String = "saved again") -> [UInt8] {
    TestSite.pdf + Array("% \(text)\n".utf8)
  }

  @Test func theSameBytes() throws {
    _ = try publish()
    let answer = try check(Self.saved("Quiet harbours"))
    #expect(answer.status == .ok && answer.text.contains("This is a current file"))
  }

  @Test func savedAgainWithTheSameText() throws {
    _ = try publish()
    let text = Self.pages.map { $0.replacing(" ", with: "\n") }
    let answer = try check(Self.saved(), text: text)
    #expect(answer.text.contains("its text is ours"))
    #expect(answer.text.contains("It is the current PDF of"))
    #expect(answer.text.contains("Only the text was compared"))
  }

  @Test func savedAgainWithAnotherNumber() throws {
    _ = try publish()
    var text = Self.pages
    text[2] = text[2].replacing("word\(130 * 7919 % 100_003)", with: "forged")
    let answer = try check(Self.saved(), text: text)
    #expect(answer.text.contains("The text of this copy differs from ours"))
    #expect(answer.text.contains("<ins>forged</ins>") && answer.text.contains("1 change"))
  }

  @Test func nothingOfDraftsAndOthers() throws {
    let draft = try site.deposit(
      TestSite.record("Not yet"), status: .draft, pdf: TestSite.pdf + Array("% draft\n".utf8))
    try site.archive.texts.store(
      of: try #require(draft.file), pages: Self.pages, at: site.now)
    for file in [Self.saved("draft"), Self.saved()] {
      let answer = try check(file, text: Self.pages)
      #expect(answer.text.contains("We don’t know this file"))
      #expect(answer.text.contains("none has nearly the same text"))
      #expect(!answer.text.contains("Not yet"))
    }
    #expect(try check(Self.saved()).text.contains("could not be read"))
    let short = try check(Self.saved(), text: ["too short"])
    #expect(short.text.contains("none has nearly the same text"))
  }

  @Test(arguments: [Array("<html>".utf8), Array("PK\u{3}\u{4}".utf8)])
  func whatIsNoPDF(_ file: [UInt8]) throws {
    let answer = try check(file)
    #expect(answer.status == .unprocessableContent && answer.text.contains("id=\"file-error\""))
  }

  @Test func noFile() throws {
    #expect(try check([], hasFile: false).status == .unprocessableContent)
    #expect(try check([]).status == .unprocessableContent)
    #expect(site.post("/verify", [("file", "text")]).status == .unprocessableContent)
  }

  @Test func onlyOneCopyIsReadAtATime() throws {
    _ = try publish()
    site.environment.whileReading.withLock { [site] in
      $0 = {
        let other = site.upload("/verify", [], file: Self.saved("other"), [:])
        #expect(other.status == .serviceUnavailable && other.fields["Retry-After"] == "10")
      }
    }
    #expect(try check(Self.saved(), text: Self.pages).status == .ok)
    site.environment.whileReading.withLock { $0 = {} }
    #expect(try check(Self.saved(), text: Self.pages).status == .ok)
  }

  @Test func theFormIsForEveryoneAndBounded() throws {
    let page = site.get("/verify")
    #expect(page.status == .ok && page.text.contains("enctype=\"multipart/form-data\""))
    #expect(page.text.contains("src=\"/public/verify.") && imbalance(of: page.text) == nil)
    func policy(_ length: Int) -> BodyPolicy {
      site.site.bodyPolicy(
        for: Request(
          method: .post, path: "/verify",
          fields: [
            "Content-Type": "multipart/form-data; boundary=x", "Content-Length": "\(length)",
          ]
        ))
    }
    let most = TestSite.settings.maxUploadOctets
    guard case .file(let folder, let limit) = policy(most) else {
      Issue.record("a copy of the largest size is not accepted")
      return
    }
    #expect(folder == site.archive.folder.incoming && limit < most + (2 << 20))
    guard case .refuse(let tooLarge) = policy(limit + 1) else {
      Issue.record("a larger copy is accepted")
      return
    }
    #expect(tooLarge.status == .contentTooLarge)
    for number in 0..<8 {
      try Data().write(to: URL(fileURLWithPath: "\(folder)/\(number).part"))
    }
    guard case .refuse(let busy) = policy(100) else {
      Issue.record("many copies at once are accepted")
      return
    }
    #expect(busy.status == .serviceUnavailable && busy.fields["Retry-After"] == "10")
  }
}
