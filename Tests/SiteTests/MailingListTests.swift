import Archive
import HTTP
import Site
import Testing

@Suite("Subscribing is confirmed by email and a link unsubscribes")
struct MailingListTests {
  let site: TestSite

  init() throws { site = try TestSite() }

  private func subscribe(_ address: String, website: String = "") -> Response {
    site.post("/subscribe", [("email", address), ("website", website)])
  }

  private func token() throws -> String {
    let message = try #require(site.messages.first).replacing("=\n", with: "")
    let start = try #require(message.firstRange(of: "/subscribe/confirm/"))
    return String(message[start.upperBound...].prefix { $0.isHexDigit })
  }

  @Test func newKnownAndTrappedAddressesGetTheSameAnswer() throws {
    let first = subscribe("reader@example.org")
    #expect(first.status == .ok)
    #expect(first.fields["Set-Cookie"] == nil)
    #expect(subscribe("reader@example.org").text == first.text)
    #expect(subscribe("other@example.org", website: "http://spam.example").text == first.text)
    #expect(site.messages.count == 1)
  }

  @Test(arguments: ["", "reader", "<b>", "@"])
  func whatIsNoAddressIsSaidSo(_ text: String) {
    let answer = subscribe(text)
    #expect(answer.status == .unprocessableContent)
    #expect(answer.text.contains("aria-invalid=\"true\""))
    #expect(imbalance(of: answer.text) == nil)
    #expect(site.messages.isEmpty)
  }

  @Test(arguments: ["a@b@c", "reader@example.org\r\nBcc: other@example.org"])
  func whatOnlyLooksLikeAnAddressIsRefusedAndGetsNoMessage(_ text: String) {
    #expect(subscribe(text).status == .unprocessableContent)
    #expect(site.messages.isEmpty)
  }

  @Test func theOperatorIsWarnedOnceAnHourOfAProxyThatIsNotTrusted() {
    func subscribe(_ number: Int) {
      var request = Request(
        method: .post, path: "/subscribe",
        fields: ["Content-Type": "application/x-www-form-urlencoded"],
        content: .bytes(Array("email=reader\(number)%40example.org".utf8)), client: "10.0.0.2")
      request.isFromUndeclaredProxy = number > 0
      _ = site.site.response(to: request)
    }
    subscribe(0)
    #expect(site.environment.events.isEmpty)
    subscribe(1)
    subscribe(2)
    #expect(site.environment.events == [.undeclaredProxy(client: "10.0.0.2")])
    site.environment.wait(seconds: 3600)
    subscribe(3)
    #expect(site.environment.events.count == 2)
  }

  @Test func onlyTheButtonDoesSomething() throws {
    _ = subscribe("reader@example.org")
    let path = Resource.confirmation(token: try token()).path
    for _ in 0..<2 {
      let page = site.get(path)
      #expect(page.status == .ok)
      #expect(page.text.contains("<form action=\"\(path)\" method=\"post\">"))
      #expect(page.fields["Referrer-Policy"] == "no-referrer")
    }
    #expect(site.post(path, []).text.contains("You are subscribed"))
    #expect(site.post(path, []).status == .gone)
    let subscriber = try #require(try site.archive.subscribers.list().items.first)
    let leave = Resource.unsubscription(
      token: try site.archive.subscribers.unsubscribeToken(for: subscriber.id)
    ).path
    #expect(site.get(leave).text.contains("<form action=\"\(leave)\" method=\"post\">"))
    // As mail programs send it, in either form, again and again (RFC 8058).
    for type in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
      let answer = site.site.response(
        to: Request(
          method: .post, path: leave, fields: ["Content-Type": type],
          content: .bytes(Array("List-Unsubscribe=One-Click".utf8))))
      #expect(answer.status == .ok)
    }
    #expect(site.post(leave + "0", []).status == .notFound)
  }

  @Test func contentThatIsNoForm() throws {
    let invitation = try site.archive.staff.createInvitation(at: site.now)
    let targets = ["/subscribe", "/staff/sign-in", "/staff/set-up/\(invitation)"]
    for (type, coding, content, status) in [
      ("application/json", nil, "{}", .unsupportedMediaType),
      ("application/x-www-form-urlencoded", "br", "x", .unsupportedMediaType),
      ("multipart/form-data", nil, "x", .badRequest),
      ("multipart/form-data; boundary=x", nil, "nothing", .badRequest),
    ] as [(String, String?, String, Status)] {
      var fields: Fields = ["Content-Type": type]
      if let coding { fields.set("Content-Encoding", to: coding) }
      for target in targets {
        let answer = site.site.response(
          to: Request(
            method: .post, path: target, fields: fields, content: .bytes(Array(content.utf8))))
        #expect(answer.status == status, "\(target) \(type)")
      }
    }
  }
}
