import Testing

extension EndToEnd {
  @Suite("A subscriber confirms by mail, and leaves by a link")
  struct MailingListTests {
    private func subscribe(_ address: String, at server: ServerProcess) throws -> Answer {
      let visitor = Visitor(server)
      let form = try #require(try visitor.page("/").form(to: "/subscribe"))
      return try visitor.submit(form.filled(["email": address]))
    }

    private func messages(_ server: ServerProcess) throws -> [String] {
      try server.folder.files(below: "mail").filter { $0.hasPrefix("new/") }.map {
        String(decoding: try server.folder.octets(of: "mail/\($0)"), as: UTF8.self)
      }
    }

    /// Waits for the first message, which goes through the queue.
    private func message(_ server: ServerProcess) throws -> String {
      try server.eventually { try messages($0).first }
    }

    @Test("From the form on the home page to the message, the confirmation and the end")
    func wholeWay() throws {
      let server = try ServerProcess()
      let answer = try subscribe("reader@example.org", at: server)
      #expect([200, 202, 303].contains(answer.status))
      let message = try self.message(server)
      #expect(try messages(server).count == 1)
      #expect(
        message.contains("To: reader@example.org") || message.contains("To: <reader@example.org>"))
      let token = try #require(
        message.replacing("=\r\n", with: "").replacing("=\n", with: "")
          .firstMatch(of: /\/subscribe\/confirm\/([A-Za-z0-9_-]+)/).map { String($0.1) })

      let visitor = Visitor(server)
      let page = try visitor.page("/subscribe/confirm/\(token)")
      let form = try #require(
        page.forms.first { $0.method == "post" && !$0.action.hasSuffix("/subscribe") })
      let confirmed = try visitor.submit(form, at: "/subscribe/confirm/\(token)")
      #expect([200, 303].contains(confirmed.status))
      #expect(try visitor.submit(form, at: "/subscribe/confirm/\(token)").status == 410)

      let welcome = Page(source: confirmed.text)
      let leave = try #require(
        welcome.links.first { $0.hasPrefix("/unsubscribe/") }, "\(welcome.words)")
      let end = try #require(try visitor.page(leave).form(to: leave))
      #expect(try visitor.submit(end).status == 200)
      // A mail program's own button, without cookies or a form of ours (RFC 8058), again.
      let oneClick = try server.fetch(
        leave, ["Content-Type: application/x-www-form-urlencoded"], method: "POST",
        content: Array("List-Unsubscribe=One-Click".utf8))
      #expect(oneClick.status == 200)
    }

    @Test("New, known and implausible addresses cannot be told apart by the answer")
    func sameAnswer() throws {
      let server = try ServerProcess()
      let first = try subscribe("reader@example.org", at: server)
      let second = try subscribe("reader@example.org", at: server)
      #expect(first.status == second.status)
      #expect(first.content == second.content)
      _ = try message(server)
      #expect(try server.stop() == 0)
      #expect(try messages(server).count == 1)
    }

    @Test(
      "What is no address is said so, and nothing is sent",
      arguments: ["", "reader", "a@b@c", "reader@example.org\r\nBcc: other@example.org"])
    func noAddress(_ text: String) throws {
      let server = try ServerProcess()
      let answer = try subscribe(text, at: server)
      #expect([200, 202, 303, 422].contains(answer.status))
      let sent = try messages(server)
      #expect(sent.allSatisfy { !$0.contains("other@example.org") })
      #expect(sent.isEmpty)
    }
  }
}
