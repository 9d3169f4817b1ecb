import Archive
import Foundation
import HTTP
import HTTPServer
import Site
import Testing

@Suite("Staff upload PDFs, many at once or in parts")
struct UploadTests {
  private let site: TestSite
  private let staff: (fields: Fields, token: String)
  private let pdf = TestSite.pdf

  init() throws {
    site = try TestSite()
    staff = try site.signIn()
  }

  private func drafts() throws -> [Publication] {
    try site.archive.publications.listForStaff(at: site.now).items
  }

  // MARK: Many at once

  private func send(
    _ files: [(name: String, bytes: [UInt8])], token: String? = nil
  ) -> Response {
    var bytes = Array(
      "--x\r\nContent-Disposition: form-data; name=\"form-token\"\r\n\r\n\(token ?? staff.token)\r\n"
        .utf8)
    for file in files {
      bytes += Array(
        """
        --x\r\nContent-Disposition: form-data; name="files"; filename="\(file.name)"\r\n\
        Content-Type: application/pdf\r\n\r\n
        """.utf8)
      bytes += file.bytes + Array("\r\n".utf8)
    }
    bytes += Array("--x--\r\n".utf8)
    var fields = staff.fields
    fields.set("Content-Type", to: "multipart/form-data; boundary=x")
    return site.site.response(
      to: Request(
        method: .post, path: "/staff/upload", fields: fields, content: .bytes(bytes), id: "1"))
  }

  @Test func eachPDFOfAFormBecomesADraft() throws {
    let sent = send([
      ("fog.pdf", pdf), ("harbour_study.pdf", pdf + [0x0A]), ("again.pdf", pdf),
      ("notes.docx", Array("PK notes".utf8)),
    ])
    #expect(sent.status == .seeOther && sent.fields["Location"] == "/staff/upload")
    #expect(Set(try drafts().map(\.record.title)) == ["fog", "harbour study"])
    #expect(try drafts().allSatisfy { $0.knownDate == nil && $0.status == .draft })
    let page = site.get("/staff/upload", staff.fields).text
    #expect(page.contains("Draft created: <a href=\"/staff/publications/harbour-study\""))
    #expect(page.contains("This file is already here: <a href=\"/staff/publications/fog\""))
    #expect(page.contains("it looks like a ZIP file or an Office document"))
    #expect(imbalance(of: page) == nil)
    #expect(site.uploads.isEmpty && site.incoming.isEmpty)
    // The upload's date is not the date of publication.
    #expect(!site.get("/staff", staff.fields).text.contains("2100-03-01\">"))
  }

  @Test func authorsLearnOnlyThatAHiddenFileIsThere() throws {
    try site.deposit(TestSite.record("A secret"), status: .draft)
    let author = try site.signIn(as: .author)
    var fields = author.fields
    fields.set("Form-Token", to: author.token)
    fields.set("Upload-Length", to: "\(pdf.count)")
    let begun = site.site.response(
      to: Request(method: .post, path: "/staff/uploads", fields: fields, id: "1"))
    fields.set("Content-Type", to: "application/offset+octet-stream")
    fields.set("Upload-Offset", to: "0")
    let sent = site.site.response(
      to: Request(
        method: .patch, path: try #require(begun.fields["Location"]), fields: fields,
        content: .bytes(pdf), id: "1"))
    #expect(sent.text.contains("cannot open") && !sent.text.contains("secret"))
  }

  @Test func aFormWithoutAFileSaysSo() throws {
    let none = send([("", [])])
    #expect(none.fields["Location"] == "/staff/upload?notice=no-file-chosen")
    #expect(
      site.get("/staff/upload?notice=no-file-chosen", staff.fields).text.contains("at least one"))
    let late = send([("fog.pdf", pdf)], token: "0")
    #expect(late.status == .forbidden && late.text.contains("earlier session"))
    #expect(try drafts().isEmpty)
  }

  @Test func aPDFThatIsTooLargeIsNamed() throws {
    var settings = TestSite.settings
    settings.maxUploadOctets = 100
    let small = try site.restarted(settings)
    var fields = staff.fields
    fields.set("Content-Length", to: "\(4 * 100 + (1 << 20) + 1)")
    guard
      case .refuse(let response) = small.bodyPolicy(
        for: Request(method: .post, path: "/staff/upload", fields: fields))
    else {
      Issue.record("not refused")
      return
    }
    #expect(response.status == .contentTooLarge)
  }

  // MARK: In parts

  private func request(
    _ method: HTTP.Method, _ path: String, _ more: Fields = [:], content: [UInt8]? = nil,
    isSigned: Bool = true
  ) -> Response {
    var fields = staff.fields
    if isSigned { fields.set("Form-Token", to: staff.token) }
    for line in more.lines { fields.set(line.name, to: line.value) }
    return site.site.response(
      to: Request(
        method: method, path: path, fields: fields,
        content: content.map { .bytes($0) } ?? .none, id: "1"))
  }

  private func begin(_ length: Int, _ more: String = "") -> Response {
    let name = Data("fog.pdf".utf8).base64EncodedString()
    return request(
      .post, "/staff/uploads",
      ["Upload-Length": "\(length)", "Upload-Metadata": "filename \(name)\(more)"])
  }

  private func part(_ bytes: some Sequence<UInt8>, at offset: Int, to path: String) -> Response {
    request(
      .patch, path,
      ["Content-Type": "application/offset+octet-stream", "Upload-Offset": "\(offset)"],
      content: Array(bytes))
  }

  @Test func partsMakeADraft() throws {
    let begun = begin(pdf.count)
    #expect(begun.status == .created && begun.fields["Upload-Offset"] == "0")
    let path = try #require(begun.fields["Location"])
    #expect(part(pdf[..<20], at: 0, to: path).fields["Upload-Offset"] == "20")
    let lost = part(pdf[..<20], at: 0, to: path)
    #expect(lost.status == .conflict && lost.fields["Upload-Offset"] == "20")
    let asked = request(.head, path)
    #expect(asked.fields["Upload-Offset"] == "20")
    #expect(asked.fields["Upload-Length"] == "\(pdf.count)")
    #expect(site.get("/staff/upload", staff.fields).text.contains("Stopped after"))
    let last = part(pdf[20...], at: 20, to: path)
    #expect(last.status == .ok)
    #expect(last.text.contains("\"state\":\"draft\"") && last.text.contains("/publications/fog\""))
    #expect(part(pdf[20...], at: 20, to: path).text == last.text)
    #expect(try drafts().map(\.record.title) == ["fog"])
    #expect(request(.get, "/staff/uploads").text.contains("\"isBeingRead\":true"))
  }

  @Test func nobodyElseAddsToAnUpload() throws {
    let path = try #require(begin(pdf.count).fields["Location"])
    let patch: Fields = ["Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"]
    let forged: [Fields] = [
      patch, patch.merging(["Form-Token": "0"]),
      patch.merging(["Form-Token": staff.token, "Sec-Fetch-Site": "cross-site"]),
    ]
    for fields in forged {
      #expect(request(.patch, path, fields, content: pdf, isSigned: false).status == .forbidden)
    }
    #expect(request(.delete, path, isSigned: false).status == .forbidden)
    let other = try site.signIn(as: .editor)
    let fields = other.fields.merging(patch).merging(["Form-Token": other.token])
    #expect(request(.patch, path, fields, content: pdf, isSigned: false).status == .notFound)
    #expect(try drafts().isEmpty)
    let anonymous = site.site.response(to: Request(method: .patch, path: path, fields: patch))
    #expect(anonymous.status == .unauthorized)
    guard
      case .refuse = site.site.bodyPolicy(for: Request(method: .patch, path: path, fields: patch))
    else {
      Issue.record("a body without a session is read")
      return
    }
  }

  @Test func itGoesOnInALaterSession() throws {
    let path = try #require(begin(pdf.count).fields["Location"])
    _ = part(pdf[..<20], at: 0, to: path)
    let later = try site.signIn(isKnown: true)
    let fields = later.fields.merging([
      "Form-Token": later.token, "Content-Type": "application/offset+octet-stream",
      "Upload-Offset": "20",
    ])
    let last = request(.patch, path, fields, content: Array(pdf[20...]), isSigned: false)
    #expect(last.status == .ok && last.text.contains("\"state\":\"draft\""))
  }

  @Test func whatIsNoPDFIsRefusedWithASentence() throws {
    let path = try #require(begin(2000).fields["Location"])
    let refused = part(Array(repeating: 0x20, count: 1500), at: 0, to: path)
    #expect(refused.status == .unprocessableContent)
    #expect(refused.text.contains("This file is not a PDF"))
  }

  @Test(
    arguments: [
      ("0", 422), ("-1", 400), ("", 400), ("a", 400), ("99999999999", 413),
      ("99999999999999999999", 400),
    ])
  func aLength(_ length: String, gets status: Int) {
    let answer = request(.post, "/staff/uploads", ["Upload-Length": length])
    #expect(answer.status.code == status)
    #expect(answer.text.contains("\"message\":"))
  }

  @Test(arguments: ["filename !!", "a b c", "purpose bm9uZQ=="])
  func metadataThatIsNone(_ metadata: String) {
    let answer = request(
      .post, "/staff/uploads", ["Upload-Length": "9", "Upload-Metadata": metadata])
    #expect(answer.status == .badRequest)
  }

  @Test func itIsCancelled() throws {
    let path = try #require(begin(pdf.count).fields["Location"])
    #expect(request(.delete, path).status == .noContent)
    #expect(request(.head, path).status == .notFound)
    // Without script.
    let other = try #require(begin(pdf.count).fields["Location"])
    let cancelled = site.post(other, [("form-token", staff.token)], staff.fields)
    #expect(cancelled.status == .seeOther)
    #expect(request(.head, other).status == .notFound)
    #expect(site.uploads.isEmpty)
  }

  @Test func aFormTakesAFileThatWasUploadedBefore() throws {
    let purpose = Data("form".utf8).base64EncodedString()
    let path = try #require(begin(pdf.count, ",purpose \(purpose)").fields["Location"])
    #expect(part(pdf, at: 0, to: path).text.contains("\"state\":\"open\""))
    let token = try #require(path.split(separator: "/").last)
    let saved = site.post(
      "/staff/upload/form",
      [
        ("form-token", staff.token), ("kept-file", String(token)), ("title", "Fog"),
        ("published", "2024"), ("type", "report"), ("status", "draft"),
      ], staff.fields)
    #expect(saved.status == .seeOther)
    #expect(try drafts().first?.file?.name == "fog.pdf")
    #expect(site.uploads.isEmpty && site.incoming.isEmpty)
  }

  @Test func theFileOfAFormOutlastsItsSession() throws {
    let form = [("form-token", staff.token), ("title", "Fog"), ("published", "2024")]
    site.environment.wait(seconds: 5 * 3600)
    let late = site.upload("/staff/upload/form", form, file: pdf, staff.fields)
    #expect(late.status == .forbidden && site.uploads.count == 1)
    let token = try #require(late.text.firstMatch(of: /kept-file=([0-9a-f]+)/)).output.1
    let account = try #require(try site.archive.staff.accounts().first)
    #expect(site.archive.uploads.file(String(token), of: account.id, at: site.now) != nil)
    // Whoever signed out keeps nothing here.
    let other = try site.signIn(as: .editor)
    _ = site.post("/staff/sign-out", [("form-token", other.token)], other.fields)
    _ = site.upload("/staff/upload/form", form, file: pdf + [0x0A], other.fields)
    #expect(site.uploads.count == 1)
  }

  // MARK: Duplicates

  @Test func aDraftAsksWhetherItIsTheSameWork() throws {
    let old = try site.deposit(try TestSite.record("Fog over the Harbour"))
    _ = send([("Fog over the harbour.pdf", pdf + [0x0A])])
    _ = try site.archive.duplicates.compare()
    let draft = try #require(try drafts().first { $0.status == .draft })
    let page = site.get("/staff/publications/\(draft.slug)", staff.fields).text
    let compare = "/staff/publications/\(draft.slug)/compare/\(old.slug)"
    #expect(page.contains("href=\"\(compare)\""))
    #expect(
      site.get("/staff/duplicates", staff.fields).text.contains("nearly the same title"))
    let both = site.get(compare, staff.fields)
    #expect(both.status == .ok && imbalance(of: both.text) == nil)
    let asked = site.post(
      compare, [("form-token", staff.token), ("decision", "version")], staff.fields)
    #expect(asked.status == .unprocessableContent && asked.text.contains("note-error"))
    let author = try site.signIn(as: .author)
    let refused = site.post(
      compare, [("form-token", author.token), ("decision", "version"), ("note", "x")],
      author.fields)
    #expect(refused.status == .forbidden)
    let made = site.post(
      compare,
      [("form-token", staff.token), ("decision", "version"), ("note", "Corrected")], staff.fields)
    #expect(made.status == .seeOther)
    #expect(try drafts().map(\.id) == [old.id])
  }

  @Test func differentWorksAreNotAskedAbout() throws {
    let old = try site.deposit(try TestSite.record("Fog over the Harbour"))
    _ = send([("Fog over the harbour.pdf", pdf + [0x0A])])
    _ = try site.archive.duplicates.compare()
    let draft = try #require(try drafts().first { $0.status == .draft })
    let compare = "/staff/publications/\(draft.slug)/compare/\(old.slug)"
    let told = site.post(
      compare, [("form-token", staff.token), ("decision", "different")], staff.fields)
    #expect(told.status == .seeOther)
    #expect(!site.get("/staff/publications/\(draft.slug)", staff.fields).text.contains(compare))
    for path in [
      "/staff/publications/\(draft.slug)/compare/\(draft.slug)",
      "/staff/publications/\(draft.slug)/compare/none",
    ] {
      #expect(site.get(path, staff.fields).status == .notFound)
    }
  }
}

extension Fields {
  fileprivate func merging(_ others: Fields) -> Fields {
    var fields = self
    for line in others.lines { fields.set(line.name, to: line.value) }
    return fields
  }
}
