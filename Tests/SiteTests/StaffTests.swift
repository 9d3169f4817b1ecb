import Archive
import Foundation
import HTTP
import HTTPServer
import Site
import Testing

@Suite("Only signed-in staff reach the dashboard")
struct SignInTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  /// The cookie and the form token of somebody who looks at a form before signing in.
  private func visit(_ target: String) throws -> (fields: Fields, token: String) {
    let answer = site.get(target)
    let cookie = try #require(answer.fields["Set-Cookie"]).prefix { $0 != ";" }
    return (["Cookie": String(cookie)], try #require(token(in: answer.text)))
  }

  private func token(in text: String) -> String? {
    text.components(separatedBy: "name=\"form-token\" value=\"").dropFirst().first
      .map { String($0.prefix { $0 != "\"" }) }
  }

  @Test(arguments: ["/staff", "/staff/upload", "/staff/upload/form", "/staff/publications/a"])
  func closed(_ target: String) {
    let answer = site.get(target)
    #expect(answer.status == .seeOther)
    #expect(answer.fields["Location"] == "/staff/sign-in")
    #expect(site.get(target, ["Cookie": "__Host-offprint-session=0"]).status == .seeOther)
  }

  @Test func signingIn() throws {
    _ = try site.signIn()
    let (fields, token) = try visit("/staff/sign-in")
    let wrong = site.post(
      "/staff/sign-in", [("form-token", token), ("name", "<b>"), ("password", "x")], fields)
    #expect(wrong.status == .unauthorized)
    #expect(wrong.text.contains("value=\"&lt;b&gt;\""))
    #expect(
      site.environment.events == [.signInFailed(client: "127.0.0.1", user: "<b>")])
    let form = [
      ("form-token", token), ("name", "hana-administrator"), ("password", TestSite.password),
    ]
    let right = site.post("/staff/sign-in", form, fields)
    #expect(right.status == .seeOther)
    let cookie = try #require(right.fields["Set-Cookie"])
    for part in [
      "__Host-offprint-session=", "; HttpOnly", "; SameSite=Lax", "; Path=/;", "; Secure",
    ] {
      #expect(cookie.contains(part), "\(cookie)")
    }
    #expect(site.get("/staff", ["Cookie": String(cookie.prefix { $0 != ";" })]).status == .ok)
    // A new session each time: the one that the browser had before ends.
    var both = fields
    both.set(
      "Cookie",
      to: "\(fields["Cookie"] ?? ""); \(String(cookie.prefix { $0 != ";" }))")
    let next = try #require(site.post("/staff/sign-in", form, both).fields["Set-Cookie"])
    #expect(next.prefix { $0 != ";" } != cookie.prefix { $0 != ";" })
    #expect(site.get("/staff", ["Cookie": String(cookie.prefix { $0 != ";" })]).status == .seeOther)
    #expect(site.get("/staff", ["Cookie": String(next.prefix { $0 != ";" })]).status == .ok)
    // Two that differ, and one that any subdomain could have set.
    let value = next.prefix { $0 != ";" }
    for planted in [
      "\(value); __Host-offprint-session=\(String(repeating: "0", count: 64))",
      value.replacing("__Host-", with: ""), value.replacing("__Host-", with: "__Secure-"),
    ] {
      #expect(site.get("/staff", ["Cookie": "\(planted)"]).status == .seeOther, "\(planted)")
    }
    // Another browser's token, another site's page, or none.
    let other = try visit("/staff/sign-in")
    #expect(site.post("/staff/sign-in", form, other.fields).status == .forbidden)
    #expect(site.post("/staff/sign-in", form).status == .forbidden)
    var foreign = fields
    foreign.set("Sec-Fetch-Site", to: "cross-site")
    #expect(site.post("/staff/sign-in", form, foreign).status == .forbidden)
  }

  @Test func tooManyFailures() throws {
    _ = try site.signIn()
    let (fields, token) = try visit("/staff/sign-in")
    var answer = Response(.ok)
    for _ in 0..<12 where answer.status != .tooManyRequests {
      answer = site.post(
        "/staff/sign-in",
        [("form-token", token), ("name", "hana-administrator"), ("password", "wrong")], fields)
    }
    #expect(answer.status == .tooManyRequests)
    #expect(answer.fields["Retry-After"] != nil)
  }

  @Test func theLinkForTheFirstAccountWorksOnce() throws {
    let path = Resource.setUp(token: try site.archive.staff.createInvitation(at: site.now)).path
    let (fields, token) = try visit(path)
    func accept(_ name: String, _ password: String) -> Response {
      site.post(
        path, [("form-token", token), ("name", name), ("password", password)], fields)
    }
    let short = accept("hana", "short")
    #expect(short.status == .unprocessableContent)
    #expect(short.text.contains("aria-describedby=\"password-hint password-error\""))
    #expect(short.text.contains("value=\"hana\""))
    #expect(accept("", TestSite.password).status == .unprocessableContent)
    let done = accept("hana", TestSite.password)
    #expect(done.status == .seeOther)
    #expect(done.fields["Set-Cookie"]?.contains("offprint-session=") == true)
    #expect(accept("other", TestSite.password).status == .gone)
    #expect(site.get(path).status == .gone)
  }

  @Test func signingOut() throws {
    let staff = try site.signIn()
    #expect(site.post("/staff/sign-out", [], staff.fields).status == .forbidden)
    #expect(site.get("/staff", staff.fields).status == .ok)
    let answer = site.post("/staff/sign-out", [("form-token", staff.token)], staff.fields)
    #expect(answer.status == .seeOther)
    #expect(answer.fields["Set-Cookie"]?.contains("Max-Age=0") == true)
    #expect(site.get("/staff", staff.fields).status == .seeOther)
  }

  @Test func uploadsOfStrangersAreNotEvenRead() throws {
    func policy(_ fields: Fields) -> BodyPolicy {
      site.site.bodyPolicy(
        for: Request(method: .post, path: Resource.newPublication.path, fields: fields))
    }
    let forged = "offprint-session=\(String(repeating: "0", count: 64))"
    let left = try site.signIn(as: .author)
    _ = site.post("/staff/sign-out", [("form-token", left.token)], left.fields)
    for fields in [[:], ["Cookie": forged], left.fields] as [Fields] {
      if case .refuse(let answer) = policy(fields) {
        #expect(answer.status == .forbidden)
        #expect(answer.fields["Content-Security-Policy"] != nil)
      } else {
        Issue.record("read")
      }
    }
    if case .file(let folder, let limit) = policy(try site.signIn().fields) {
      #expect(folder == site.archive.folder.incoming)
      #expect(limit > TestSite.settings.maxUploadOctets)
    } else {
      Issue.record("not read")
    }
    var fields = try site.signIn(as: .editor).fields
    fields.set("Content-Length", to: "900000000")
    if case .refuse(let answer) = policy(fields) {
      #expect(answer.status == .contentTooLarge)
      #expect(answer.text.contains("at most 64 MiB"))
      #expect(imbalance(of: answer.text) == nil)
    } else {
      Issue.record("read")
    }
    if case .memory(let limit) = site.site.bodyPolicy(
      for: Request(method: .post, path: Resource.subscribe.path))
    {
      #expect(limit <= 64 * 1024)
    } else {
      Issue.record("not read")
    }
  }
}

@Suite("Staff can upload, edit and withdraw; errors name the field and keep the input")
struct DeskTests {
  let site: TestSite
  let staff: (fields: Fields, token: String)

  init() throws {
    site = try TestSite()
    staff = try site.signIn()
  }

  private func form(_ changes: [String: String] = [:]) -> [(String, String)] {
    TestSite.form(
      [
        "form-token": staff.token, "title": "Fog over the <Harbour>", "published": "2024-05-17",
        "authors": "Mira Koval\r\n\r\nJonas Lindqvist", "topics": "Shipping; Arctic;",
        "abstract": "One.\r\n\r\nTwo.", "type": "brief", "status": "published",
      ], changes)
  }

  private func deposit(
    _ changes: [String: String] = [:], file: [UInt8] = TestSite.pdf
  ) -> Response {
    site.upload(Resource.newPublication.path, form(changes), file: file, staff.fields)
  }

  private func only() throws -> Publication {
    try #require(try site.archive.publications.listForStaff(at: site.now).items.first)
  }

  @Test func aDeposit() throws {
    let answer = deposit()
    #expect(answer.status == .seeOther)
    #expect(
      answer.fields["Location"] == "/staff/publications/fog-over-the-harbour?notice=deposited")
    let publication = try only()
    #expect(publication.record.authors == ["Mira Koval", "Jonas Lindqvist"])
    #expect(publication.record.topics == ["Shipping", "Arctic"])
    #expect(publication.record.type == .brief)
    #expect(publication.file?.bytes == TestSite.pdf.count)
    #expect(
      site.get("/publications/fog-over-the-harbour").text.contains("<p dir=\"auto\">Two.</p>"))
    #expect(site.incoming.isEmpty)
    let page = site.get("/staff/publications/fog-over-the-harbour?notice=deposited", staff.fields)
    #expect(page.text.contains("value=\"Fog over the &lt;Harbour&gt;\""))
    #expect(page.text.contains("role=\"status\""))
  }

  @Test(
    arguments: [
      (["title": " "], "title"), (["published": ""], "published"),
      (["published": "2024-02-30"], "published"), (["published": "tomorrow"], "published"),
      (["type": "poem"], "type"), (["status": "withdrawn"], "status"),
      (["status": "scheduled"], "public-from"),
      (["status": "scheduled", "public-from": "soon"], "public-from"),
      (["slug": "Not A Slug"], "slug"), (["issn": "2049-3631"], "issn"), (["doi": "182"], "doi"),
      (["authors": "Mira Koval, 0000-0002-1825-0098"], "authors"),
      (["authors": "Mira Koval https://orcid.org/0000"], "authors"),
    ] as [([String: String], String)])
  func aProblemIsTiedToItsField(_ changes: [String: String], _ field: String) throws {
    let answer = deposit(changes)
    #expect(answer.status == .unprocessableContent)
    let text = answer.text
    #expect(text.contains("<a href=\"#\(field)\">"))
    #expect(text.contains("id=\"\(field)-error\""))
    let control = try #require(
      text.components(separatedBy: " id=\"\(field)\"").dropFirst().first?.prefix { $0 != ">" })
    #expect(control.contains("aria-invalid=\"true\""))
    #expect(control.contains("\(field)-error"))
    #expect(text.contains("Mira Koval"))
    #expect(text.contains("paper.pdf (\(TestSite.pdf.count) bytes) is saved with this form."))
    #expect(try site.archive.publications.listForStaff(at: site.now).total == 0)
    #expect(site.uploads.count == 1)
  }

  private func keptFile(in answer: Response) throws -> String {
    String(
      try #require(answer.text.firstMatch(of: /name="kept-file" value="([0-9a-f]+)"/)).output.1)
  }

  /// Sends the form without choosing a file.
  private func send(_ changes: [String: String], _ fields: Fields? = nil) -> Response {
    site.post(Resource.newPublication.path, form(changes), fields ?? staff.fields)
  }

  @Test func aPDFOfARefusedFormNeedNotBeChosenAgain() throws {
    let refused = deposit(["published": "soon"])
    let kept = try keptFile(in: refused)
    // In another tab, with a file of its own.
    let other = try keptFile(in: deposit(["published": ""], file: TestSite.pdf + [0x0A]))
    #expect(kept != other)
    // Refused once more, it is still there.
    let again = send(["published": "later", "kept-file": kept])
    #expect(again.status == .unprocessableContent)
    #expect(try keptFile(in: again) == kept)
    #expect(send(["kept-file": kept]).status == .seeOther)
    #expect(try only().file?.bytes == TestSite.pdf.count)
    #expect(try only().file?.name == "paper.pdf")
    #expect(send(["title": "Other", "kept-file": other]).status == .seeOther)
    #expect(site.incoming.isEmpty)
    // It is used up.
    #expect(send(["title": "Third", "kept-file": kept]).status == .unprocessableContent)
  }

  @Test func keptPDFsBelongToOneAccountAndAreFewAndEnd() throws {
    let kept = try keptFile(in: deposit(["published": "soon"]))
    let colleague = try site.signIn(as: .editor)
    let stolen = send(["form-token": colleague.token, "kept-file": kept], colleague.fields)
    #expect(stolen.status == .unprocessableContent)
    for _ in 0..<10 { _ = deposit(["published": "soon"]) }
    #expect(site.uploads.count == Uploads.mostForForms)
    let last = try keptFile(in: deposit(["published": "soon"]))
    site.environment.wait(seconds: Uploads.lifetime)
    let staff = try site.signIn(isKnown: true)
    let late = send(["form-token": staff.token, "kept-file": last], staff.fields)
    #expect(late.status == .unprocessableContent)
    site.archive.uploads.sweep(at: site.now)
    #expect(site.uploads.isEmpty && site.incoming.isEmpty)
  }

  @Test func aPDFThatIsThereAlreadyIsToldBeforeItIsKept() throws {
    #expect(deposit(["version": String(repeating: "a", count: 32)]).status == .seeOther)
    // The same form twice is not a second publication.
    #expect(deposit(["version": String(repeating: "a", count: 32)]).status == .seeOther)
    let told = deposit(["title": "Another title"])
    #expect(told.status == .conflict)
    #expect(told.text.contains("<a href=\"/staff/publications/fog-over-the-harbour\""))
    #expect(told.text.contains("value=\"Another title\""))
    #expect(imbalance(of: told.text) == nil)
    #expect(try site.archive.publications.listForStaff(at: site.now).total == 1)
    let kept = try keptFile(in: told)
    let meant = send(["title": "Another title", "kept-file": kept, "same-file": "yes"])
    #expect(meant.status == .seeOther)
    #expect(try site.archive.publications.listForStaff(at: site.now).total == 2)
    // Its own file may come again.
    let own = site.upload(
      "/staff/publications/another-title", form(["title": "Another title"]),
      file: TestSite.pdf + [0x0A], staff.fields)
    #expect(own.status == .seeOther)
  }

  @Test(arguments: [Array("<html>".utf8), [], [UInt8](repeating: 0, count: 70_000)])
  func aFileThatIsNoPDF(_ file: [UInt8]) throws {
    let answer = deposit(file: file)
    #expect(answer.status == .unprocessableContent)
    #expect(answer.text.contains("This file is not a PDF: "))
    #expect(answer.text.contains("value=\"Fog over the &lt;Harbour&gt;\""))
    #expect(try site.archive.publications.listForStaff(at: site.now).total == 0)
    #expect(site.incoming.isEmpty)
  }

  @Test func whatIsForgedChangesNothing() throws {
    // It may be a form of an earlier session, whose PDF is kept beside what was typed.
    #expect(deposit(["form-token": "0"]).text.contains("paper.pdf"))
    let kept = site.incoming
    var foreign = staff.fields
    foreign.set("Origin", to: "https://evil.example")
    let answer = site.upload(Resource.newPublication.path, form(), file: TestSite.pdf, foreign)
    #expect(answer.status == .forbidden)
    #expect(try site.archive.publications.listForStaff(at: site.now).total == 0)
    #expect(site.incoming == kept)
  }

  @Test func aMultipartThatBreaksOff() throws {
    var fields = staff.fields
    fields.set("Content-Type", to: "multipart/form-data; boundary=x")
    let octets = Array(
      "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n%PDF-".utf8)
    let answer = site.site.response(
      to: Request(
        method: .post, path: Resource.newPublication.path, fields: fields, content: .bytes(octets)))
    #expect(answer.status == .badRequest)
    #expect(site.incoming.isEmpty)
  }

  @Test func aFormInAFile() throws {
    let path = site.archive.folder.incoming + "/whole"
    let octets =
      Array(
        form().map {
          "--x\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n"
        }.joined().utf8)
      + Array(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n%PDF-1.4 \r\n"
          .utf8)
      + [UInt8](repeating: 0x0D, count: 600_000) + Array("\r\n--x--\r\n".utf8)
    try Data(octets).write(to: URL(fileURLWithPath: path))
    var fields = staff.fields
    fields.set("Content-Type", to: "multipart/form-data; boundary=x")
    let answer = site.site.response(
      to: Request(
        method: .post, path: Resource.newPublication.path, fields: fields,
        content: .file(path: path, bytes: octets.count)))
    #expect(answer.status == .seeOther)
    #expect(try only().file?.bytes == 600_011)
    // The server removes what it received when the request has been answered.
    #expect(site.incoming == ["whole"])
  }

  @Test("A disk that cannot be read is no mistake of the person who uploads")
  func aFormInAFileThatCannotBeRead() {
    var fields = staff.fields
    fields.set("Content-Type", to: "multipart/form-data; boundary=x")
    let answer = site.site.response(
      to: Request(
        method: .post, path: Resource.newPublication.path, fields: fields,
        content: .file(path: site.archive.folder.incoming + "/missing", bytes: 600_000)))
    #expect(answer.status == .internalServerError)
  }

  @Test func editing() throws {
    _ = deposit()
    let path = "/staff/publications/fog-over-the-harbour"
    site.environment.wait(seconds: 60)
    let saved = site.post(path, form(["title": "Two Harbours", "slug": "harbours"]), staff.fields)
    #expect(saved.status == .seeOther)
    #expect(saved.fields["Location"] == "/staff/publications/harbours?notice=saved")
    #expect(site.get("/publications/harbours").text.contains(">Two Harbours</h1>"))
    let publication = try only()
    #expect(publication.file?.bytes == TestSite.pdf.count)
    #expect(publication.modified == site.now)
    let file = Array("%PDF-2.0 another".utf8)
    let replaced = site.upload(
      "/staff/publications/harbours", form(["slug": "harbours"]), file: file, staff.fields)
    #expect(replaced.fields["Location"] == "/staff/publications/harbours?notice=replaced")
    #expect(try only().file?.bytes == file.count)
    try site.deposit(TestSite.record("Taken"))
    let taken = site.post(
      "/staff/publications/harbours", form(["slug": "taken"]), staff.fields)
    #expect(taken.status == .unprocessableContent)
    #expect(taken.text.contains("URL slug: another publication uses this one"))
    #expect(site.post("/staff/publications/none", form(), staff.fields).status == .notFound)
  }

  @Test func anAuthorsORCIDStandsBehindTheName() throws {
    _ = deposit([
      "authors": "Mira Koval (https://orcid.org/0000-0002-1825-0097)\r\nGroup of 77",
      "issn": "20493630",
    ])
    let record = try only().record
    #expect(record.authors == ["Mira Koval", "Group of 77"])
    #expect(record.orcids.mapValues(\.description) == ["Mira Koval": "0000-0002-1825-0097"])
    let page = site.get("/staff/publications/fog-over-the-harbour", staff.fields).text
    #expect(page.contains("\nMira Koval 0000-0002-1825-0097\nGroup of 77</textarea>"))
    #expect(page.contains("value=\"2049-3630\""))
  }

  private func value(of name: String, in page: String) throws -> String {
    let part = try #require(
      page.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst().first)
    return String(part.prefix { $0 != "\"" })
  }

  @Test func aFormThatIsSentTwiceMakesOnePublication() throws {
    let version = try value(of: "version", in: site.get("/staff/upload/form", staff.fields).text)
    let first = deposit(["version": version])
    let second = deposit(["version": version])
    #expect(first.status == .seeOther && second.status == .seeOther)
    #expect(first.fields["Location"] == second.fields["Location"])
    #expect(try site.archive.publications.listForStaff(at: site.now).total == 1)
    #expect(site.incoming.isEmpty)
    // One that was not kept may be sent again, and another form makes another.
    let other = try value(of: "version", in: site.get("/staff/upload/form", staff.fields).text)
    #expect(other != version)
    #expect(deposit(["version": other, "title": ""]).status == .unprocessableContent)
    #expect(deposit(["version": other, "same-file": "yes"]).status == .seeOther)
    #expect(try site.archive.publications.listForStaff(at: site.now).total == 2)
  }

  @Test func nobodySavesOverWhatTheyHaveNotSeen() throws {
    _ = deposit()
    let path = "/staff/publications/fog-over-the-harbour"
    let version = try value(of: "version", in: site.get(path, staff.fields).text)
    let saved = form(["title": "By the first", "version": version])
    #expect(site.post(path, saved, staff.fields).status == .seeOther)
    // The same form again is no conflict.
    #expect(site.post(path, saved, staff.fields).status == .seeOther)
    let late = site.post(path, form(["title": "By the second", "version": version]), staff.fields)
    #expect(late.status == .conflict)
    #expect(late.text.contains("value=\"By the second\""))
    #expect(late.text.contains("id=\"take-title-theirs-text\" dir=\"auto\">By the first</p>"))
    #expect(late.text.contains("hana-administrator"))
    #expect(!late.text.contains("take-topics"))
    #expect(try only().record.title == "By the first")
    // The answer was made from what there is now, so it may be saved.
    let now = try value(of: "version", in: late.text)
    #expect(
      site.post(path, form(["title": "By the second", "version": now]), staff.fields).status
        == .seeOther)
    #expect(try only().record.title == "By the second")
  }

  @Test func whatWasTypedOutlivesTheSession() throws {
    _ = deposit()
    for path in ["/staff/upload/form", "/staff/publications/fog-over-the-harbour"] {
      let asked = site.post("\(path)?lang=sv", form(["title": "Dimma & <is>"]))
      #expect(asked.status == .forbidden)
      #expect(
        asked.text.contains("<html lang=\"sv\">") && asked.text.contains("som du lämnade det"))
      let cookie = try #require(asked.fields["Set-Cookie"]).prefix { $0 != ";" }
      var answers = [
        ("name", "hana-administrator"), ("password", "wrong"),
      ]
      for name in ["form-token", "kept-address", "kept-form"] {
        answers.append((name, try value(of: name, in: asked.text).replacing("&amp;", with: "&")))
      }
      let wrong = site.post("/staff/sign-in?lang=sv", answers, ["Cookie": String(cookie)])
      #expect(wrong.status == .unauthorized)
      #expect(try value(of: "kept-address", in: wrong.text) == path)
      answers[1].1 = TestSite.password
      let back = site.post("/staff/sign-in?lang=sv", answers, ["Cookie": String(cookie)])
      #expect(back.status == .ok)
      #expect(back.fields["Set-Cookie"]?.contains("offprint-session=") == true)
      #expect(back.text.contains("value=\"Dimma &amp; &lt;is&gt;\""))
      #expect(back.text.contains("action=\"\(path)?lang=sv\""))
      #expect(try value(of: "form-token", in: back.text) != staff.token)
    }
    // A page of another site cannot put words into it.
    let forged = site.post("/staff/upload/form", form(), ["Sec-Fetch-Site": "cross-site"])
    #expect(forged.status == .forbidden && !forged.text.contains("Harbour"))
    #expect(try site.archive.publications.listForStaff(at: site.now).total == 1)
  }

  @Test func aFormOfAnEarlierSessionComesBackFilledIn() throws {
    let answer = deposit(["form-token": "0"])
    #expect(answer.status == .forbidden)
    #expect(answer.text.contains("value=\"Fog over the &lt;Harbour&gt;\""))
    #expect(
      answer.text.contains("paper.pdf (\(TestSite.pdf.count) bytes) is saved with this form."))
    #expect(try value(of: "form-token", in: answer.text) == staff.token)
    #expect(try site.archive.publications.listForStaff(at: site.now).total == 0)
  }

  @Test func withdrawingAndPublishingAgain() throws {
    _ = deposit()
    let path = "/staff/publications/fog-over-the-harbour"
    let token = ("form-token", staff.token)
    #expect(site.post(path + "/withdraw", [("reason", "x")], staff.fields).status == .forbidden)
    let answer = site.post(path + "/withdraw", [token, ("reason", "Wrong.")], staff.fields)
    #expect(answer.fields["Location"] == path + "?notice=withdrawn")
    #expect(site.get("/publications/fog-over-the-harbour").status == .gone)
    #expect(site.get(path, staff.fields).text.contains("Publish again"))
    _ = site.post(path + "/publish", [token], staff.fields)
    #expect(site.get("/publications/fog-over-the-harbour").status == .ok)
    #expect(site.get(path + "/withdraw", staff.fields).text.contains("name=\"reason\""))
  }

  @Test func authorsPrepareAndEditorsPublish() throws {
    let author = try site.signIn(as: .author)
    func send(_ status: String) -> Response {
      let values = form(["form-token": author.token, "status": status])
      return site.upload(Resource.newPublication.path, values, file: TestSite.pdf, author.fields)
    }
    #expect(send("published").status == .unprocessableContent)
    #expect(send("review").status == .seeOther)
    let path = "/staff/publications/fog-over-the-harbour"
    let page = site.get(path, author.fields).text
    #expect(!page.contains("value=\"published\""))
    #expect(!page.contains("/withdraw"))
    let token = ("form-token", author.token)
    #expect(site.post(path + "/publish", [token], author.fields).status == .forbidden)
    #expect(site.post(path + "/withdraw", [token], author.fields).status == .forbidden)
    #expect(site.post(path, form(), staff.fields).status == .seeOther)
    let change = form(["form-token": author.token, "status": "draft"])
    #expect(site.post(path, change, author.fields).status == .forbidden)
    #expect(!site.get(path, author.fields).text.contains("name=\"title\""))
  }

  @Test func theDesk() throws {
    try site.deposit(TestSite.record("Alpha & Omega"), status: .draft)
    try site.deposit(TestSite.record("Beta"))
    let all = site.get("/staff", staff.fields).text
    #expect(all.contains("Alpha &amp; Omega") && all.contains("Beta"))
    let list = site.get("/staff/publications", staff.fields).text
    #expect(list.contains("text is being extracted"))
    let answer = site.get("/staff/publications/alpha-omega/document.pdf", staff.fields)
    #expect(answer.status == .ok)
    #expect(answer.fields["Cache-Control"] == "no-store")
    #expect(!answer.isReusable)
    #expect(site.get("/staff/publications/alpha-omega/document.pdf").status == .seeOther)
  }
}
