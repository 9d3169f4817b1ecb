import Testing

extension EndToEnd {
  @Suite("Staff sign in, deposit, edit and withdraw")
  struct StaffTests {
    private let paper = samplePDF(pages: [
      ["Northern Ports", "Icebreakers queue at Murmansk."], ["Pilots speak of zephyrine fog."],
    ])

    @Test("The first administrator is made by the link that is printed, once")
    func firstAdministrator() throws {
      let server = try ServerProcess()
      let link = try server.invitation()
      let visitor = Visitor(server)
      let page = try visitor.page(link)
      let form = try #require(page.form(with: "name"), "\(page.words)")
      let short = try visitor.submit(
        form.filled(["name": "hana", "password": "short"]), at: link)
      #expect(short.status == 422)
      let filled = form.filled(
        Dictionary(
          form.names.filter { $0.contains("password") }.map { ($0, Desk.password) }
        ) { $1 }
      ).filled(["name": "hana"])
      let done = try visitor.submit(filled, at: link)
      #expect(done.status == 303, "\(Page(source: done.text).words)")
      #expect(try Desk(signingInAt: server).visitor.get("/staff").status == 200)
      #expect([404, 410].contains(try Visitor(server).get(link).status))
      let again = try Visitor(server).submit(filled.filled(["name": "other"]), at: link)
      #expect(again.status >= 400)
      #expect(try server.stop() == 0)
      let later = try ServerProcess(server.folder)
      #expect(throws: (any Error).self) { try later.invitation() }
    }

    @Test("The desk is for those who signed in")
    func closed() throws {
      let server = try ServerProcess()
      for target in ["/staff", "/staff/upload/form"] {
        let answer = try server.fetch(target)
        #expect(answer.status == 303)
        #expect(answer["location"]?.hasPrefix("/staff/sign-in") == true)
      }
      #expect(
        [303, 403].contains(
          try server.fetch(
            "/staff/upload/form", ["Content-Type: application/x-www-form-urlencoded"],
            method: "POST", content: Array("title=x".utf8)
          ).status))
    }

    @Test("A session's cookie is out of reach of scripts and other sites, and ends on signing out")
    func session() throws {
      let folder = try Folder()
      try Desk.makeAdministrator(in: folder)
      let desk = Desk(at: try ServerProcess(folder))
      let answer = try desk.signIn(password: Desk.password)
      #expect(answer.status == 303)
      let cookie = try #require(answer.all("set-cookie").last)
      #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite="))
      let page = try desk.visitor.page("/staff")
      let held = desk.visitor.cookieFields
      let out = try desk.visitor.submit(#require(page.form(to: "/staff/sign-out")))
      #expect(out.status == 303)
      #expect(try desk.visitor.server.fetch("/staff", held).status == 303)
    }

    @Test("Failures slow down the next try, also with the right password")
    func throttle() throws {
      let folder = try Folder()
      try Desk.makeAdministrator(in: folder)
      let desk = Desk(at: try ServerProcess(folder))
      var statuses: [Int] = []
      for _ in 0..<12 where statuses.last != 429 {
        statuses.append(try desk.signIn(password: "a wrong password entirely").status)
      }
      #expect(statuses.last == 429, "\(statuses)")
      #expect(statuses.count > 2, "\(statuses)")
      let answer = try desk.signIn(password: Desk.password)
      #expect(answer.status == 429)
      #expect(answer["retry-after"] != nil)
    }

    @Test("An uploaded PDF is a page that readers find by words inside it, octet for octet")
    func deposit() throws {
      let desk = try Desk.open()
      let server = desk.visitor.server
      let answer = try desk.deposit(Desk.values("Ports of the Northern Route"), file: paper)
      #expect(answer.status == 303, "\(Page(source: answer.text).words)")
      let page = Page(source: try server.fetch("/publications/ports-of-the-northern-route").text)
      #expect(page.words.contains("Ports of the Northern Route"))
      #expect(page.words.contains("Published May 17, 2024"))
      #expect(page.words.contains("Mira Koval") && page.words.contains("Jonas Lindqvist"))
      #expect(
        try server.fetch("/publications/ports-of-the-northern-route.pdf").content == paper)
      #expect(try server.fetch("/").text.contains("Total Index: 1 publication."))
      for words in ["northern route", "Lindqvist", "decade", "Arctic"] {
        let results = try server.fetch("/search?q=\(percentEncoded(words))")
        #expect(results.text.contains("/publications/ports-of-the-northern-route"), "\(words)")
      }
      let found = try server.eventually { server in
        let answer = try server.fetch("/api/search?q=zephyrine")
        return answer.text.contains("\"total\":1") ? answer : nil
      }
      #expect(found.text.contains("\"page\":2"))
      #expect(server.folder.files(below: "incoming").isEmpty)
      #expect(server.folder.files(below: "files").count == 1)
    }

    @Test("A draft is for staff alone")
    func draft() throws {
      let desk = try Desk.open()
      let server = desk.visitor.server
      let values = Desk.values("Not Yet").merging(["status": "draft"]) { $1 }
      #expect(try desk.deposit(values, file: paper).status == 303)
      for target in ["/publications/not-yet", "/publications/not-yet.pdf"] {
        #expect(try server.fetch(target).status == 404)
      }
      #expect(try !server.fetch("/").text.contains("Not Yet"))
      #expect(try server.fetch("/api/search?q=zephyrine").text.contains("\"total\":0"))
      #expect(try desk.visitor.page("/staff").words.contains("Not Yet"))
    }

    @Test("What was changed is changed everywhere at once")
    func edit() throws {
      let desk = try Desk.open()
      let server = desk.visitor.server
      _ = try desk.deposit(Desk.values("Old Title"), file: paper)
      let before = try server.fetch("/publications/old-title")
      let page = try desk.visitor.page("/staff/publications/old-title")
      let form = try #require(page.form(with: "abstract"), "\(page.words)")
      #expect(form["title"] == "Old Title")
      let answer = try desk.visitor.submit(
        form.filled(["title": "Harbour <Pilots> & Fog"]), at: "/staff/publications/old-title")
      #expect(answer.status == 303, "\(Page(source: answer.text).words)")
      let after = try server.fetch("/publications/old-title")
      #expect(after.text.contains("Harbour &lt;Pilots&gt; &amp; Fog"))
      #expect(after["etag"] != before["etag"])
      #expect(try server.fetch("/").text.contains("Harbour &lt;Pilots&gt;"))
      #expect(try server.fetch("/api/search?q=pilots").text.contains("\"total\":1"))
      #expect(try server.fetch("/publications/old-title.pdf").content == paper)
    }

    @Test("What was withdrawn answers 410 and is in no list")
    func withdraw() throws {
      let desk = try Desk.open()
      let server = desk.visitor.server
      _ = try desk.deposit(Desk.values("A Mistaken Paper"), file: paper)
      let page = try desk.visitor.page("/staff/publications/a-mistaken-paper/withdraw")
      let form = try #require(page.form(to: "/withdraw"), "\(page.words)")
      let reason = form.names.first { $0.contains("reason") } ?? "reason"
      let answer = try desk.visitor.submit(form.filled([reason: "Two figures were wrong."]))
      #expect(answer.status == 303)
      let gone = try server.fetch("/publications/a-mistaken-paper")
      #expect(gone.status == 410)
      #expect(gone.text.contains("Two figures were wrong."))
      #expect(try server.fetch("/publications/a-mistaken-paper.pdf").status == 410)
      #expect(try server.fetch("/").text.contains("Total Index: 0 publications."))
      for target in ["/", "/publications", "/search?q=mistaken", "/feed.atom", "/sitemap.xml"] {
        #expect(
          try !server.fetch(target).text.contains("/publications/a-mistaken-paper"), "\(target)")
      }
    }

    @Test("A PDF without pages is published only on purpose")
    func aPDFWithoutPages() throws {
      let desk = try Desk.open()
      let file = samplePDF(pages: [])
      let refused = try desk.deposit(Desk.values("Nothing to See"), file: file)
      #expect(refused.status == 422)
      let words = Page(source: refused.text).words
      #expect(words.contains("Readers would not see this PDF: it has no pages."), "\(words)")
      var values = Desk.values("Nothing to See")
      values["status"] = "draft"
      #expect(try desk.deposit(values, file: file).status == 303)
    }

    @Test("What is no PDF is refused, what was typed is kept, and nothing is stored")
    func notPDF() throws {
      let desk = try Desk.open()
      let server = desk.visitor.server
      for (octets, name) in [
        (Array("<html>I am a page</html>".utf8), "page.pdf"), ([], "empty.pdf"),
        ([UInt8](repeating: 0, count: 100_000), "zeros.pdf"),
      ] {
        let answer = try desk.deposit(Desk.values("Kept <As> Typed"), file: octets, name: name)
        #expect(answer.status == 422)
        let page = Page(source: answer.text)
        #expect(page.words.contains("This file is not a PDF"), "\(page.words)")
        let form = try #require(page.forms.first { !$0.fileFields.isEmpty })
        #expect(form["title"] == "Kept <As> Typed")
        #expect(form["published"] == "2024-05-17")
      }
      #expect(server.folder.files(below: "files").isEmpty)
      #expect(server.folder.files(below: "incoming").isEmpty)
      #expect(try server.fetch("/publications/kept-as-typed").status == 404)
    }

    @Test(
      "A field that cannot be taken is named, with the reason",
      arguments: [("title", ""), ("published", "2024-02-30"), ("published", "tomorrow")])
    func fields(_ name: String, _ value: String) throws {
      let desk = try Desk.open()
      let answer = try desk.deposit(
        Desk.values("Plausible").merging([name: value]) { $1 }, file: paper)
      #expect(answer.status == 422)
      #expect(answer.text.contains(/aria-invalid="true"/))
      #expect(desk.visitor.server.folder.files(below: "files").isEmpty)
    }

    @Test("A form without its token is refused and changes nothing")
    func forged() throws {
      let desk = try Desk.open()
      let server = desk.visitor.server
      let page = try desk.visitor.page("/staff/upload/form")
      var form = try #require(page.forms.first { !$0.fileFields.isEmpty })
      let file = Attachment(field: form.fileFields[0], name: "a.pdf", octets: paper)
      form = form.filled(Desk.values("Forged"))
      let hidden = try #require(
        page.source.firstMatch(of: /<input type="hidden" name="([^"]+)"/).map { String($0.1) })
      #expect(form[hidden] != nil)
      form[hidden] = "somethingelse"
      #expect(try desk.visitor.submit(form, files: [file]).status == 403)
      form[hidden] = nil
      #expect(try desk.visitor.submit(form, files: [file]).status == 403)
      #expect(server.folder.files(below: "files").isEmpty)
      // Each is kept for the next try, as after a new sign-in.
      #expect(server.folder.files(below: "incoming").isEmpty)
      #expect(server.folder.files(below: "uploads").count == 2)
      #expect(try !desk.visitor.get("/staff").text.contains("Forged"))
      #expect(
        try desk.visitor.post(
          "/staff/sign-out", type: "application/x-www-form-urlencoded", []
        ).status == 403)
      #expect(try desk.visitor.get("/staff").status == 200)
    }

    @Test("A PDF beyond the limit is refused by name, and much more before it is read")
    func tooLarge() throws {
      let desk = try Desk.open(["--max-upload", "100 KiB"])
      let server = desk.visitor.server
      let larger = samplePDF(pages: [["Much"]], padding: 300_000)
      let answer = try desk.deposit(Desk.values("Kept As Typed"), file: larger)
      #expect(answer.status == 422)
      #expect(Page(source: answer.text).words.contains("100 KiB"))
      #expect(Page(source: answer.text).form(with: "title")?["title"] == "Kept As Typed")

      let head =
        ["POST /staff/upload/form HTTP/1.1", "Host: a"] + desk.visitor.cookieFields + [
          "Content-Type: multipart/form-data; boundary=x", "Content-Length: 10000000", "", "",
        ]
      let wire = try server.wire()
      try wire.send(head.joined(separator: "\r\n"))
      #expect(try wire.answer().status == 413)
      #expect(try wire.ends())
      #expect(server.folder.files(below: "files").isEmpty)
      #expect(server.folder.files(below: "incoming").isEmpty)
    }
  }
}
