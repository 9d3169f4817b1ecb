import Archive
import Digests
import Foundation
import HTTP
import Site
import Testing

@Suite("Accounts are managed on the desk, with a second step for signing in")
struct AccountsTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  private func token(in text: String) throws -> String { try value(of: "form-token", in: text) }

  private func value(of name: String, in text: String) throws -> String {
    let part = text.components(separatedBy: "name=\"\(name)\" value=\"").dropFirst().first
    return String(try #require(part, "no field \(name)").prefix { $0 != "\"" })
  }

  private func cookie(_ response: Response) throws -> Fields {
    let cookie = response.fields.lines.first {
      $0.name == "set-cookie" && $0.value.contains("offprint-session=")
    }
    return ["Cookie": String(try #require(cookie).value.prefix { $0 != ";" })]
  }

  /// Opens the sign-in page in a browser of its own.
  private func visit(_ target: String = "/staff/sign-in") throws -> (fields: Fields, token: String)
  {
    let answer = site.get(target)
    let cookie = try #require(answer.fields["Set-Cookie"]).prefix { $0 != ";" }
    return (["Cookie": String(cookie)], try token(in: answer.text))
  }

  private var now: UInt64 { OneTimeCode.step(secondsSince1970: site.now.secondsSince1970) }

  /// The secret that the page of the second factor shows.
  private func secret(in text: String) throws -> [UInt8] {
    let key = try #require(text.firstMatch(of: /<code id="key" class="key">([A-Z2-7 ]+)</)).output.1
    var bits = ""
    for character in key where character != " " {
      let index = try #require("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".firstIndex(of: character))
      let number = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".distance(
        from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".startIndex, to: index)
      let digits = String(number, radix: 2)
      bits += String(repeating: "0", count: 5 - digits.count) + digits
    }
    let all = Array(bits)
    return stride(from: 0, to: 160, by: 8).compactMap { UInt8(String(all[$0..<$0 + 8]), radix: 2) }
  }

  /// Turns it on, and returns the new session.
  private func turnOn(
    _ staff: (fields: Fields, token: String)
  ) throws -> (fields: Fields, secret: [UInt8], page: String) {
    let page = site.get("/staff/account/second-factor", staff.fields).text
    let secret = try secret(in: page)
    let done = site.post(
      "/staff/account/second-factor",
      [
        ("form-token", staff.token), ("do", "turn-on"),
        ("code", OneTimeCode.code(secret: secret, counter: now)),
      ], staff.fields)
    #expect(done.status == .ok)
    return (try cookie(done), secret, done.text)
  }

  @Test func anInvitationMakesAnAccount() throws {
    let staff = try site.signIn()
    let bad = site.post(
      "/staff/accounts",
      [("form-token", staff.token), ("do", "invite"), ("role", "author"), ("name", "<b>")],
      staff.fields)
    #expect(bad.status == .unprocessableContent && bad.text.contains("value=\"&lt;b&gt;\""))
    let made = site.post(
      "/staff/accounts",
      [("form-token", staff.token), ("do", "invite"), ("role", "editor"), ("name", "mira")],
      staff.fields)
    #expect(made.status == .ok && imbalance(of: made.text) == nil)
    let link = try #require(
      made.text.firstMatch(of: /https:\/\/papers\.example\.org(\/staff\/set-up\/[0-9a-f]{64})</))
    let path = String(link.output.1)
    // It is shown once: the list has the invitation and not the link.
    let list = site.get("/staff/accounts", staff.fields).text
    #expect(list.contains("mira") && !list.contains(path) && imbalance(of: list) == nil)
    let browser = try visit(path)
    #expect(site.get(path).text.contains("value=\"mira\""))
    let done = site.post(
      path, [("form-token", browser.token), ("name", "mira k"), ("password", TestSite.password)],
      browser.fields)
    #expect(done.fields["Location"] == "/staff?notice=welcome")
    #expect(site.get("/staff/accounts", try cookie(done)).status == .forbidden)
    #expect(try site.archive.staff.accounts().map(\.name) == ["hana-administrator", "mira k"])
    // Neither log nor audit log has the link.
    #expect(site.environment.events.allSatisfy { !"\($0)".contains(path) })
    #expect(!site.get("/staff/audit", staff.fields).text.contains(path))
  }

  @Test func anOpenInvitationIsRevoked() throws {
    let staff = try site.signIn()
    let token = try site.archive.staff.createInvitation(
      role: .author, by: Actor("hana-administrator"), at: site.now)
    let id = try value(of: "invitation", in: site.get("/staff/accounts", staff.fields).text)
    let form = [("form-token", staff.token), ("do", "revoke"), ("invitation", id)]
    #expect(
      site.post("/staff/accounts", form, staff.fields).fields["Location"]
        == "/staff/accounts?notice=invitation-revoked")
    #expect(site.get("/staff/set-up/\(token)").status == .gone)
    #expect(site.post("/staff/accounts", form, staff.fields).status == .seeOther)
  }

  @Test func anAccountIsDisabledEnabledAndDeleted() throws {
    let staff = try site.signIn()
    let editor = try site.signIn(as: .editor)
    let account = try #require(
      try site.archive.staff.accounts().first { $0.role == .editor })
    let path = "/staff/accounts/\(account.id)"
    func change(_ fields: (String, String)...) -> Response {
      site.post(path, [("form-token", staff.token)] + fields, staff.fields)
    }
    #expect(imbalance(of: site.get(path, staff.fields).text) == nil)
    #expect(change(("do", "disable")).fields["Location"] == "\(path)?notice=account-disabled")
    #expect(site.get("/staff", editor.fields).status == .seeOther)
    #expect(site.get(path, staff.fields).text.contains("Enable account"))
    #expect(change(("do", "password-link")).status == .conflict)
    #expect(change(("do", "enable")).status == .seeOther)
    let link = change(("do", "password-link"))
    #expect(link.status == .ok && link.text.contains("/staff/set-up/"))
    #expect(change(("do", "role"), ("role", "author")).status == .seeOther)
    #expect(try site.archive.staff.account(account.id)?.role == .author)
    #expect(change(("do", "role"), ("role", "king")).status == .badRequest)
    #expect(change(("do", "dance")).status == .badRequest)
    let asked = change(("do", "delete"))
    #expect(asked.status == .ok && asked.text.contains("cannot be undone"))
    #expect(
      change(("do", "delete"), ("sure", "yes")).fields["Location"]?.contains("deleted") == true)
    #expect(site.get(path, staff.fields).status == .notFound)
    #expect(change(("do", "enable")).status == .notFound)
  }

  @Test(arguments: ["disable", "delete", "role"])
  func theLastAdministratorStays(_ action: String) throws {
    let staff = try site.signIn()
    let id = try #require(try site.archive.staff.accounts().first).id
    let answer = site.post(
      "/staff/accounts/\(id)",
      [("form-token", staff.token), ("do", action), ("sure", "yes"), ("role", "author")],
      staff.fields)
    #expect(answer.status == .conflict && answer.text.contains("last administrator"))
    #expect(imbalance(of: answer.text) == nil)
    #expect(site.get("/staff", staff.fields).status == .ok)
  }

  @Test func aForgottenPasswordIsSetByALinkAndTheCodeIsStillAskedFor() throws {
    let staff = try site.signIn()
    _ = try turnOn(staff)
    let link = try site.archive.staff.createPasswordLink(
      for: "hana-administrator", by: .program, at: site.now)
    let browser = try visit("/staff/set-up/\(link)")
    let done = site.post(
      "/staff/set-up/\(link)",
      [("form-token", browser.token), ("password", "another long password 8")], browser.fields)
    #expect(done.status == .ok && done.text.contains("action=\"/staff/sign-in/code\""))
    #expect(!done.fields.lines.contains { $0.value.contains("offprint-session=") })
    #expect(site.get("/staff/set-up/\(link)").status == .gone)
  }

  @Test func aCodeFollowsThePassword() throws {
    let staff = try site.signIn()
    let (_, secret, page) = try turnOn(staff)
    #expect(page.matches(of: /<code>[A-Z2-7]{4}(-[A-Z2-7]{4}){3}<\/code>/).count == 10)
    #expect(imbalance(of: page) == nil)
    #expect(site.get("/staff", staff.fields).status == .seeOther)
    site.environment.wait(seconds: 60)
    let browser = try visit()
    let asked = site.post(
      "/staff/sign-in",
      [
        ("form-token", browser.token), ("name", "hana-administrator"),
        ("password", TestSite.password),
      ], browser.fields)
    #expect(asked.status == .ok && asked.fields["Set-Cookie"] == nil)
    #expect(imbalance(of: asked.text) == nil)
    let pending = try value(of: "pending", in: asked.text)
    func enter(_ code: String, _ fields: Fields, _ token: String) -> Response {
      site.post(
        "/staff/sign-in/code",
        [
          ("form-token", token), ("pending", pending), ("name", "hana-administrator"),
          ("code", code),
        ],
        fields)
    }
    // The token of the step opens nothing by itself.
    #expect(
      site.get("/staff", ["Cookie": "__Host-offprint-session=\(pending)"]).status == .seeOther)
    let wrong = enter("000000", browser.fields, browser.token)
    #expect(wrong.status == .unauthorized && wrong.text.contains("name=\"pending\""))
    #expect(wrong.text.contains("aria-invalid"))
    let code = OneTimeCode.code(secret: secret, counter: now)
    // In another browser it is over.
    let other = try visit()
    #expect(enter(code, other.fields, other.token).text.contains("name=\"password\""))
    #expect(enter(code, browser.fields, "0").status == .forbidden)
    let done = enter(code, browser.fields, browser.token)
    #expect(done.status == .seeOther && done.fields["Location"] == "/staff")
    #expect(site.get("/staff", try cookie(done)).status == .ok)
    #expect(enter(code, browser.fields, browser.token).status == .forbidden)
  }

  @Test func theFormOfAPublicationComesBackAfterTheCode() throws {
    let staff = try site.signIn()
    let (_, secret, _) = try turnOn(staff)
    site.environment.wait(seconds: 60)
    let lost = site.post(
      Resource.newPublication.path, [("form-token", "x"), ("title", "Quiet Harbours")])
    let visited = try #require(lost.fields["Set-Cookie"]).prefix { $0 != ";" }
    let fields: Fields = ["Cookie": String(visited)]
    let token = try token(in: lost.text)
    func kept(_ text: String) throws -> [(String, String)] {
      [
        ("form-token", token), ("kept-address", try value(of: "kept-address", in: text)),
        ("kept-form", try value(of: "kept-form", in: text)),
      ]
    }
    let asked = site.post(
      "/staff/sign-in",
      try kept(lost.text) + [("name", "hana-administrator"), ("password", TestSite.password)],
      fields)
    let done = site.post(
      "/staff/sign-in/code",
      try kept(asked.text) + [
        ("pending", try value(of: "pending", in: asked.text)),
        ("code", OneTimeCode.code(secret: secret, counter: now)),
      ], fields)
    #expect(done.status == .ok && done.text.contains("Quiet Harbours"))
  }

  @Test func aRoleThatNeedsASecondFactorLeadsToItAndNowhereElse() throws {
    var settings = TestSite.settings
    settings.secondFactorRoles = [.administrator]
    let strict = try TestSite(settings)
    let staff = try strict.signIn()
    for resource in Resource.samples where resource.isForStaff && resource.route.access != .signIn {
      guard resource != .secondFactor, resource != .signOut else { continue }
      for method in resource.route.methods {
        let answer =
          method == .post
          ? strict.post(resource.path, [("form-token", staff.token)], staff.fields)
          : strict.get(resource.path, staff.fields, method: method)
        // A script is refused; a page leads on.
        #expect(
          answer.fields["Location"] == "/staff/account/second-factor"
            || answer.status == .forbidden && resource.path.hasPrefix("/staff/uploads"),
          "\(resource)")
      }
    }
    let page = strict.get("/staff/account/second-factor", staff.fields).text
    #expect(page.contains("Your role requires two-step sign-in"))
    let secret = try secret(in: page)
    let step = OneTimeCode.step(secondsSince1970: strict.now.secondsSince1970)
    let done = strict.post(
      "/staff/account/second-factor",
      [
        ("form-token", staff.token), ("do", "turn-on"),
        ("code", OneTimeCode.code(secret: secret, counter: step)),
      ], staff.fields)
    let next = try cookie(done)
    #expect(strict.get("/staff", next).status == .ok)
    let token = try token(in: strict.get("/staff/account/second-factor", next).text)
    // It cannot be turned off.
    _ = strict.post(
      "/staff/account/second-factor",
      [("form-token", token), ("do", "turn-off"), ("present", TestSite.password)], next)
    #expect(try strict.archive.staff.accounts().allSatisfy(\.hasSecondFactor))
    // Others are asked for nothing.
    #expect(strict.get("/staff", try strict.signIn(as: .editor).fields).status == .ok)
  }

  @Test func turningItOffAndNewCodesAskForThePassword() throws {
    let (fields, _, _) = try turnOn(try site.signIn())
    let token = try token(in: site.get("/staff/account", fields).text)
    func change(_ action: String, _ password: String) -> Response {
      site.post(
        "/staff/account/second-factor",
        [("form-token", token), ("do", action), ("present", password)], fields)
    }
    for action in ["turn-off", "new-codes"] {
      let refused = change(action, "wrong password")
      #expect(refused.status == .unprocessableContent && refused.text.contains("present-error"))
    }
    let codes = change("new-codes", TestSite.password)
    #expect(codes.status == .ok && codes.text.matches(of: /<code>/).count == 10)
    #expect(change("turn-off", TestSite.password).fields["Location"]?.contains("off") == true)
    #expect(try site.archive.staff.accounts().allSatisfy { !$0.hasSecondFactor })
  }

  @Test func onesOwnPasswordIsChangedAndSessionsAreEnded() throws {
    let staff = try site.signIn(as: .author)
    let other = try site.signIn(as: .author, isKnown: true)
    let page = site.get("/staff/account", staff.fields).text
    #expect(page.contains("192.0.2.0/24") && imbalance(of: page) == nil)
    func change(_ present: String, _ password: String) -> Response {
      site.post(
        "/staff/account",
        [
          ("form-token", staff.token), ("do", "password"), ("present", present),
          ("password", password),
        ], staff.fields)
    }
    let wrong = change("wrong password", "another long password 8")
    #expect(wrong.status == .unprocessableContent && wrong.text.contains("present-error"))
    #expect(change(TestSite.password, "short").text.contains("password-error"))
    let done = change(TestSite.password, "another long password 8")
    #expect(done.fields["Location"] == "/staff/account?notice=password-changed")
    let next = try cookie(done)
    #expect(site.get("/staff", other.fields).status == .seeOther)
    #expect(site.get("/staff", staff.fields).status == .seeOther)
    #expect(site.get("/staff", next).status == .ok)
  }

  @Test func guessingThePresentPasswordIsSlowedDown() throws {
    let staff = try site.signIn(as: .author)
    var answer = Response(.ok)
    for _ in 0..<8 where answer.status != .tooManyRequests {
      answer = site.post(
        "/staff/account",
        [("form-token", staff.token), ("do", "password"), ("present", "x"), ("password", "y")],
        staff.fields)
    }
    #expect(answer.status == .tooManyRequests)
  }

  @Test func colleaguesDoNotSeeWhereOthersSignIn() throws {
    let administrator = try site.signIn()
    let editor = try site.signIn(as: .editor)
    _ = try? site.archive.staff.signIn(
      name: "hana-editor", password: "wrong", client: "198.51.100.7", at: site.environment.moment)
    for target in ["/staff/audit", "/staff/audit.csv"] {
      let all = site.get(target, administrator.fields)
      let some = site.get(target, editor.fields)
      #expect(try content(of: all).contains("192.0.2.0/24"))
      #expect(try content(of: all).contains("198.51.100.0/24"))
      #expect(try !content(of: some).contains("192.0.2"))
      #expect(try !content(of: some).contains("198.51.100"))
    }
  }

  @Test func theLogIsAFileThatNoSpreadsheetRuns() throws {
    let staff = try site.signIn()
    try site.deposit(try TestSite.record("Harbours"))
    _ = try site.archive.staff.createInvitation(
      role: .author, name: "-1 plus 1", by: Actor("hana-administrator"), at: site.now)
    let file = site.get("/staff/audit.csv", staff.fields)
    #expect(file.fields["Content-Type"] == "text/csv; charset=utf-8; header=present")
    let text = try content(of: file)
    #expect(text.hasPrefix("time,person,action,subject,detail,before,after\r\n"))
    #expect(text.contains("\"'-1 plus 1\""))
    #expect(text.contains(",published,harbours,"))
    let filtered = try content(of: site.get("/staff/audit.csv?action=published", staff.fields))
    #expect(filtered.split(separator: "\r\n").count == 2)
  }

  @Test(
    "A period is in the site's time zone; what is no date is left out",
    arguments: [
      ("from=2100-03-01", 3), ("from=2100-03-02", 0), ("to=2100-03-01", 3), ("to=2100-02-28", 0),
      ("from=2100-03-01&to=2100-03-01", 3), ("from=tomorrow", 3), ("from=2100-02-30", 3),
      ("action=set%20role%20of", 0), ("action=unknown", 3), ("who=hana-administrator", 1),
    ])
  func period(_ query: String, _ count: Int) throws {
    let staff = try site.signIn()
    try site.deposit(try TestSite.record("Harbours"), status: .draft)
    let page = site.get("/staff/audit?\(query)", staff.fields).text
    #expect(page.contains("\(count) \(count == 1 ? "entry" : "entries")"))
    #expect(imbalance(of: page) == nil)
  }

  @Test func aChangeIsShownFieldByField() throws {
    let staff = try site.signIn()
    let account = try site.archive.staff.add(
      name: "mira", role: .author, password: TestSite.password, by: .program, at: site.now)
    try site.archive.staff.setRole(.editor, of: "mira", by: .program, at: site.now)
    let page = site.get("/staff/audit", staff.fields).text
    #expect(page.contains("href=\"/staff/accounts/\(account.id)\""))
    let change = page.replacing(/<span class="unseen">[^<]*<\/span>/, with: "")
    #expect(change.contains("<del dir=\"auto\">Author</del> → <ins dir=\"auto\">Editor</ins>"))
  }

  @Test(
    "The family of a browser is told from what it calls itself",
    arguments: [
      (
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"
      ),
      (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge on Windows"
      ),
      (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
          + "Gecko) Version/17.5 Mobile/15E148 Safari/604.1", "Safari on iPhone"
      ),
      (
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
          + "Mobile Safari/537.36", "Chrome on Android"
      ),
      ("curl/8.5.0", "Unknown browser"), ("<script>Firefox/1</script>", "Firefox"),
    ])
  func browser(_ agent: String, _ name: String) throws {
    _ = try site.signIn()
    var browser = try visit()
    browser.fields.set("User-Agent", to: agent)
    let done = site.post(
      "/staff/sign-in",
      [
        ("form-token", browser.token), ("name", "hana-administrator"),
        ("password", TestSite.password),
      ], browser.fields)
    #expect(site.get("/staff/account", try cookie(done)).text.contains(">\(name)<"))
  }

  private func content(of response: Response) throws -> String {
    guard case .file(let file) = response.content else { return response.text }
    let handle = FileHandle(fileDescriptor: file.descriptor, closeOnDealloc: false)
    try handle.seek(toOffset: 0)
    return String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
  }
}
