import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("A subscriber follows what interests them, and changes that by the link in their messages")
struct PreferencesTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.deposit(TestSite.record())
  }

  private func token(after path: String, in text: String) throws -> String {
    let joined = text.replacing("=\n", with: "")
    let start = try #require(joined.firstRange(of: path), "\(text)")
    return String(joined[start.upperBound...].prefix { $0.isHexDigit || $0 == "-" })
  }

  /// The path of the settings of somebody who has followed something.
  private func follow(
    _ fields: [(String, String)] = [], as address: String = "reader@example.org"
  ) throws -> String {
    let before = Set(site.messages)
    #expect(site.post("/subscribe", [("email", address)] + fields).status == .ok)
    let message = try #require(site.messages.first { !before.contains($0) })
    let confirmation =
      "/subscribe/confirm/" + (try token(after: "/subscribe/confirm/", in: message))
    let page = site.post(confirmation, [])
    #expect(page.status == .ok)
    return "/subscription/" + (try token(after: "/subscription/", in: page.text))
  }

  private func followed(_ path: String) throws -> [Subscription] {
    try #require(try site.archive.subscribers.preferences(String(path.dropFirst(14)))).subscriptions
  }

  // MARK: Following

  @Test(
    arguments: [
      ("/subscribe", "Subscribe to our Mailing List!", []),
      ("/subscribe?topic=R%26D", "Follow R&amp;D", ["name=\"topic\" value=\"R&amp;D\""]),
      ("/subscribe?author=Ana+Lee", "Follow Ana Lee", ["name=\"author\" value=\"Ana Lee\""]),
      ("/subscribe?series=Asia+Papers", "Follow Asia Papers", ["name=\"series\""]),
      (
        "/subscribe?q=sea&topic=Korea&page=3&other=x", "Follow the search “sea, Korea”",
        ["name=\"q\" value=\"sea\"", "name=\"topic\" value=\"Korea\""]
      ),
      ("/subscribe?topic=", "Subscribe to our Mailing List!", []),
    ])
  func theForm(at target: String, says heading: String, with fields: [String]) {
    let text = site.get(target).text
    #expect(text.contains(">\(heading)</h1>"))
    for field in fields { #expect(text.contains("<input type=\"hidden\" \(field)")) }
    #expect(text.contains("<option value=\"weekly\" selected>"))
    #expect(imbalance(of: text) == nil)
  }

  @Test func aRefusedFormKeepsWhatWasChosen() {
    let answer = site.post(
      "/subscribe", [("email", "a..b@example.org"), ("topic", "Korea"), ("frequency", "monthly")])
    #expect(answer.status == .unprocessableContent)
    for part in [
      "We cannot send email to “a..b@example.org”", "value=\"a..b@example.org\"",
      "name=\"topic\" value=\"Korea\"", "<option value=\"monthly\" selected>",
      "aria-describedby=\"email-error\"",
    ] {
      #expect(answer.text.contains(part), "\(part)")
    }
  }

  @Test("What a visitor typed is on the page that confirms it, and in no message")
  func confirmation() throws {
    let words = "win a prize at spam.example"
    _ = site.post(
      "/subscribe",
      [("email", "reader@example.org"), ("q", words), ("topic", words), ("frequency", "at-once")])
    let message = try #require(site.messages.first)
    #expect(!message.contains("prize"))
    let page = site.get(
      "/subscribe/confirm/" + (try token(after: "/subscribe/confirm/", in: message)))
    #expect(page.text.contains(words))
    #expect(page.text.contains("As soon as something is published"))
    #expect(imbalance(of: page.text) == nil)
  }

  @Test func aConfirmationIsInTheLanguageOfThePage() throws {
    _ = site.post("/subscribe?lang=sv", [("email", "reader@example.org")])
    let message = try #require(site.messages.first).replacing("=\n", with: "")
    #expect(message.contains("=C3=B6ppna den h=C3=A4r sidan"))
    let path = try follow([("topic", "Korea")], as: "other@example.org")
    _ = site.post(path, [("do", "language"), ("language", "sv")])
    #expect(try site.archive.subscribers.preferences(String(path.dropFirst(14)))?.language == "sv")
  }

  // MARK: Settings

  @Test func theSettingsAreChanged() throws {
    let path = try follow([("topic", "Korea")])
    #expect(try follow([("q", "sea cables"), ("frequency", "monthly")]) == path)
    let text = site.get(path).text
    for part in [
      "reader@example.org", ">Korea</a></h3>", "href=\"/publications?topic=Korea\"",
      ">sea cables</a></h3>", "href=\"/search?q=sea+cables\"",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(imbalance(of: text) == nil)
    let first = try #require(try followed(path).first)
    let changed = site.post(
      path, [("do", "change"), ("subscription", "\(first.id)"), ("frequency", "at-once")])
    #expect(changed.status == .seeOther)
    #expect(changed.fields["Location"] == path + "?notice=saved")
    #expect(site.get(path + "?notice=saved").text.contains("role=\"status\">Saved.</p>"))
    #expect(try followed(path).map(\.frequency) == [.atOnce, .monthly])
    let unfollowed = site.post(path, [("do", "unfollow"), ("subscription", "\(first.id)")])
    #expect(unfollowed.fields["Location"] == path + "?notice=unfollowed")
    #expect(try followed(path).count == 1)
    for form in [
      [("do", "change"), ("subscription", "1"), ("frequency", "hourly")],
      [("do", "language"), ("language", "tlh")], [("do", "nothing")], [],
    ] {
      #expect(site.post(path, form).status == .badRequest)
    }
  }

  @Test func whatIsSomebodyElsesStays() throws {
    let path = try follow([("topic", "Korea")])
    let other = try follow(as: "other@example.org")
    let theirs = try #require(try followed(path).first)
    _ = site.post(other, [("do", "unfollow"), ("subscription", "\(theirs.id)")])
    _ = site.post(
      other, [("do", "change"), ("subscription", "\(theirs.id)"), ("frequency", "monthly")])
    #expect(try followed(path) == [theirs])
  }

  @Test func lookingChangesNothingAndIsForNobodyElse() throws {
    let path = try follow()
    for target in [path, path + "?do=erase&sure=yes", path + "/data.json"] {
      let answer = site.get(target)
      #expect(answer.status == .ok)
      #expect(answer.fields["Cache-Control"] == "no-store")
      #expect(answer.fields["Referrer-Policy"] == "no-referrer")
      #expect(answer.fields["Set-Cookie"] == nil)
    }
    #expect(site.get(path).text.contains("<meta name=\"robots\" content=\"noindex"))
    #expect(try followed(path).count == 1)
  }

  @Test func theirDataIsJSON() throws {
    let path = try follow([("topic", "Korea")])
    let answer = site.get(path + "/data.json")
    #expect(answer.fields["Content-Type"] == "application/json")
    #expect(answer.fields["Content-Disposition"]?.hasPrefix("attachment") == true)
    let data = try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any]
    #expect(data?["address"] as? String == "reader@example.org")
  }

  @Test func unsubscribingFromEverything() throws {
    let path = try follow()
    let answer = site.post(path, [("do", "unsubscribe")])
    #expect(answer.text.contains("You have unsubscribed"))
    #expect(site.get(path).text.contains("You have unsubscribed, so we send nothing."))
    #expect(try site.archive.subscribers.list(status: .unsubscribed).total == 1)
  }

  @Test func erasing() throws {
    let path = try follow()
    let leave = "/unsubscribe/" + (try site.archive.subscribers.unsubscribeToken(for: 1))
    let question = site.post(path, [("do", "erase")])
    #expect(question.text.contains("Erase your data?"))
    #expect(imbalance(of: question.text) == nil)
    #expect(try site.archive.subscribers.list().total == 1)
    #expect(site.post(path, [("do", "erase"), ("sure", "yes")]).status == .ok)
    #expect(try site.archive.subscribers.list().total == 0)
    for target in [path, path + "/data.json"] {
      let answer = site.get(target)
      #expect(answer.status == .gone)
      #expect(answer.text.contains("<form action=\"/subscription\" method=\"post\">"))
    }
    #expect(site.post(path, [("do", "unsubscribe")]).status == .gone)
    // No more messages are sent, so a mail program is told that it worked.
    #expect(site.post(leave, [("List-Unsubscribe", "One-Click")]).status == .ok)
  }

  @Test(arguments: [
    "/subscription/0123456789abcdef", "/subscription/1-0123456789abcdef0123456789abcdef",
  ])
  func wrong(_ path: String) throws {
    _ = try follow()
    for answer in [
      site.get(path), site.get(path + "/data.json"), site.post(path, [("do", "erase")]),
    ] {
      #expect(answer.status == .notFound)
      #expect(answer.text.contains("<form action=\"/subscription\" method=\"post\">"))
      #expect(answer.fields["Cache-Control"] == "no-store")
    }
  }

  @Test func aNewLinkIsSentAndTellsNothing() throws {
    let path = try follow()
    let before = Set(site.messages)
    let known = site.post("/subscription", [("email", "reader@example.org")])
    let unknown = site.post("/subscription", [("email", "nobody@example.org")])
    #expect(known.status == .ok && known.text == unknown.text)
    let sent = site.messages.filter { !before.contains($0) }
    #expect(sent.count == 1)
    #expect("/subscription/" + (try token(after: "/subscription/", in: sent.first ?? "")) == path)
    #expect(site.post("/subscription", [("email", "a@b")]).status == .unprocessableContent)
    #expect(site.get("/subscription").status == .ok)
  }
}
