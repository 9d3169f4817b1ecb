import Archive
import Foundation
import HTTP
import Site
import Synchronization
import Testing

@Suite("Administrators see what is sent next, and what became of what was sent")
struct MailingDeskTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    _ = try site.archive.subscribers.add(
      #require(EmailAddress("reader@example.org")), by: .program, at: site.now)
    site.environment.wait(seconds: 60)
    try site.deposit(TestSite.record())
    site.environment.wait(seconds: 60)
  }

  /// Writes the messages of the digest that is due next, and returns how they are delivered.
  private func send() throws -> [DigestDelivery] {
    site.environment.wait(seconds: 8 * 86_400)
    _ = try site.archive.mailing.planDigests(at: site.now)
    let origin = MailOrigin(
      sender: MailMessage.Mailbox(address: "library@example.org"), readsReplies: true)
    let deliveries = Mutex<[DigestDelivery]>([])
    while let message = try site.archive.mailing.takeMessage(
      at: site.now, from: origin,
      compose: { digest, delivery in
        deliveries.withLock { $0.append(delivery) }
        return MailMessage(
          from: origin.sender, to: delivery.recipient.description, subject: "New", text: "New",
          date: delivery.date, id: delivery.messageID)
      })
    {
      try site.archive.mailing.note(.accepted, of: message.id, at: site.now)
    }
    return deliveries.withLock { $0 }
  }

  @Test func theNextDigestIsShown() throws {
    let (fields, _) = try site.signIn()
    let page = site.get("/staff/mailing", fields)
    for part in [
      "<iframe class=\"preview\" sandbox src=\"/staff/mailing/preview?frequency=weekly",
      "1 publication for those who follow everything", "Russia and the Koreas</span>",
      "New this week from Institute &lt;for&gt;", "Due March", "Nothing has been sent yet.",
      "No mail program is set", ">1 subscriber</a>",
    ] {
      #expect(page.text.contains(part), "\(part)")
    }
    #expect(imbalance(of: page.text) == nil)
    let preview = site.get("/staff/mailing/preview?frequency=weekly&lang=sv", fields)
    #expect(preview.text.contains("<html lang=\"sv\">"))
    let policy = try #require(preview.fields["Content-Security-Policy"])
    #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'self'"))
    #expect(!preview.text.contains("/unsubscribe/"))
  }

  @Test func nothingToSay() throws {
    _ = try send()
    let (fields, _) = try site.signIn()
    #expect(site.get("/staff/mailing", fields).text.contains("Nothing new to send yet."))
    #expect(site.get("/staff/mailing/preview", fields).status == .notFound)
  }

  @Test func historyAndTheViewInABrowser() throws {
    let delivery = try #require(try send().first)
    _ = site.post("/unsubscribe/\(delivery.unsubscribeToken)", [("List-Unsubscribe", "One-Click")])
    let (fields, _) = try site.signIn()
    let text = site.get("/staff/mailing", fields).text
    let cells = [1, 1, 0, 0, 0, 1].map { "<td class=\"figure\">\($0)</td>" }.joined()
    #expect(text.contains("<td>Once a week</td>\(cells)</tr>"))
    #expect(text.contains("<polyline points="))
    #expect(imbalance(of: text) == nil)

    let view = site.get("/messages/\(delivery.browserToken)")
    #expect(view.status == .ok)
    #expect(view.text.contains("Russia and the Koreas"))
    #expect(view.text.contains("Because you follow all publications"))
    for part in ["/unsubscribe/", "/subscription/", "reader@example.org"] {
      #expect(!view.text.contains(part), "\(part)")
    }
    #expect(view.fields["Referrer-Policy"] == "no-referrer")
    #expect(view.fields["Cache-Control"] == "no-store")
    // What has been withdrawn since is not shown.
    let publication = try #require(try site.archive.announced(at: site.now).publications.first)
    _ = try site.archive.publications.withdraw(
      publication.id, reason: "", by: .program, at: site.now)
    #expect(site.get("/messages/\(delivery.browserToken)").status == .notFound)
    #expect(site.get("/messages/0123456789abcdef").status == .notFound)
  }

  @Test func pausing() throws {
    let (fields, token) = try site.signIn()
    func press(_ button: String) -> Response {
      site.post("/staff/mailing", [("form-token", token), ("do", button)], fields)
    }
    #expect(press("pause").fields["Location"] == "/staff/mailing?notice=mailing-paused")
    #expect(try site.archive.mailing.isPaused)
    #expect(site.get("/staff/mailing", fields).text.contains("value=\"resume\""))
    #expect(press("resume").status == .seeOther)
    #expect(try !site.archive.mailing.isPaused)
    #expect(press("stop").status == .badRequest)
    let audit = site.get("/staff/audit", fields).text
    #expect(audit.contains("paused the mailing") && audit.contains("resumed the mailing"))
  }

  @Test func aTest() throws {
    let (fields, token) = try site.signIn()
    func test(_ address: String) -> Response {
      site.post(
        "/staff/mailing",
        [("form-token", token), ("do", "test"), ("email", address), ("frequency", "weekly")],
        fields)
    }
    #expect(test("hana@example.org").fields["Location"] == "/staff/mailing?notice=test-sent")
    let message = try #require(site.messages.first)
    #expect(message.contains("To: hana@example.org\n"))
    #expect(message.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"))
    #expect(message.contains("Subject: Test: Russia and the Koreas\n"))
    let refused = test("hana@example")
    #expect(refused.status == .unprocessableContent)
    #expect(refused.text.contains("aria-describedby=\"email-error\""))
    #expect(site.messages.count == 1)
  }

  @Test func aMissingProgramIsSaid() throws {
    var settings = TestSite.settings
    for (path, sentence) in [
      ("/nowhere/sendmail", "<code>/nowhere/sendmail</code> is missing or cannot be run"),
      (TestSite.publicFolder + "/offprint.css", "is missing or cannot be run"),
    ] {
      settings.sendmail = path
      let site = try TestSite(settings)
      let (fields, _) = try site.signIn()
      #expect(site.get("/staff/mailing", fields).text.contains(sentence))
    }
  }

  @Test func whyMessagesCouldNotBeSent() throws {
    try site.archive.mailing.noteError("<connection> refused", at: site.now)
    let (fields, _) = try site.signIn()
    let text = site.get("/staff/mailing", fields).text
    #expect(text.contains("<code>&lt;connection&gt; refused</code>"))
  }

  @Test(arguments: [Role.author, .editor])
  func othersDoNotSeeIt(_ role: Role) throws {
    let (fields, token) = try site.signIn(as: role)
    #expect(site.get("/staff/mailing", fields).status == .forbidden)
    #expect(site.get("/staff/mailing/preview", fields).status == .forbidden)
    let pause = site.post("/staff/mailing", [("form-token", token), ("do", "pause")], fields)
    #expect(pause.status == .forbidden)
  }

  // MARK: Corrections

  @Test func editorsTellThoseWhoHeardOfAPublication() throws {
    let record = "/staff/publications/russia-and-the-koreas"
    func tell(_ note: String, _ editor: (fields: Fields, token: String)) -> String? {
      site.post("\(record)/tell", [("form-token", editor.token), ("note", note)], editor.fields)
        .fields["Location"]
    }
    var editor = try site.signIn(as: .editor)
    #expect(
      site.get("\(record)/present", editor.fields).text.contains("action=\"\(record)/tell\""))
    #expect(tell("Too early.", editor) == record + "?notice=nobody-told")
    // The session ends while the digest is waited for.
    _ = try send()
    editor = try site.signIn(as: .editor, isKnown: true)
    #expect(tell(" ", editor) == record + "?notice=note-missing")
    #expect(tell("Table 2 was wrong.", editor) == record + "?notice=told")
    let (administrator, _) = try site.signIn()
    let history = site.get("/staff/mailing", administrator).text
    #expect(
      history.contains("<a href=\"/publications/russia-and-the-koreas\">Correction</a></td>"))
    let author = try site.signIn(as: .author)
    let refused = site.post(
      "\(record)/tell", [("form-token", author.token), ("note", "x")], author.fields)
    #expect(refused.status == .forbidden)
  }
}

@Suite("Administrators add subscribers who agreed elsewhere")
struct SubscriberImportPageTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  private func send(_ csv: String, as role: Role = .administrator) throws -> Response {
    let (fields, token) = try site.signIn(as: role)
    return site.upload(
      "/staff/subscribers/import", [("form-token", token)], file: Array(csv.utf8), fields)
  }

  @Test func added() throws {
    let answer = try send(
      """
      address,consent_date,consent_source,follows
      anna@example.org,2024-05-31,Old list,topic:Korea
      ben@example.org,2024-05-31,Old list,
      """)
    #expect(answer.status == .ok)
    #expect(answer.text.contains("Added: 2 subscribers. Already known and left unchanged: 0."))
    #expect(imbalance(of: answer.text) == nil)
    #expect(try site.archive.subscribers.list(status: .confirmed).total == 2)
    #expect(site.incoming.isEmpty)
  }

  @Test(
    arguments: [
      ("address\nanna@example.org", "the column <code>consent_date</code> is missing"),
      (
        "address,consent_date,consent_source\n<b>,2024-05-31,Old list",
        "Line 2: <code>address</code> cannot be “&lt;b&gt;”"
      ),
      (
        "address,consent_date,consent_source\na@example.org,2024-05-31,",
        "Line 2: <code>consent_source</code> is missing"
      ),
    ])
  func refused(_ csv: String, saying sentence: String) throws {
    let answer = try send(csv)
    #expect(answer.status == .unprocessableContent)
    #expect(answer.text.contains(sentence))
    #expect(imbalance(of: answer.text) == nil)
    #expect(try site.archive.subscribers.list().total == 0)
  }

  @Test func withoutAFileOrTheRole() throws {
    let (fields, token) = try site.signIn()
    let answer = site.upload(
      "/staff/subscribers/import", [("form-token", token)], file: [], fields, hasFile: false)
    #expect(answer.status == .unprocessableContent)
    #expect(answer.text.contains("Choose a CSV file."))
    #expect(site.get("/staff/subscribers/import", fields).status == .ok)
    #expect(try send("address", as: .editor).status == .forbidden)
  }
}
