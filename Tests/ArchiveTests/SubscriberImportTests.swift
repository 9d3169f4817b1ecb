import Archive
import Testing

@Suite("Lists of subscribers are imported with their consent, and exported")
struct SubscriberImportTests {
  private let list: MailingArchive
  private var archive: Archive { list.archive }

  init() throws { list = try MailingArchive() }

  private func read(_ text: String) throws -> SubscriberImport {
    try archive.subscribers.importList(Array(text.utf8), by: librarian, at: noon)
  }

  @Test func aListIsImportedAndExportedAsItWas() throws {
    let text = """
      address,status,language,follows,frequency,consent_date,consent_source
      anna@example.org,confirmed,sv,everything,weekly,2021-05-31T00:00:00Z,Paper form
      anna@example.org,confirmed,sv,topic:Trade,at-once,2021-05-31T00:00:00Z,Paper form
      bo@example.org,unsubscribed,,,,2020-01-02T00:00:00Z,"Conference, 2020"

      """
    let result = try read(text)
    #expect(result.added == 2 && result.errors.isEmpty)
    let rows = try archive.subscribers.exported().map(\.values)
    #expect(
      rows == [
        [
          "anna@example.org", "confirmed", "sv", "everything", "weekly", "2021-05-31T00:00:00Z",
          "Paper form",
        ],
        [
          "anna@example.org", "confirmed", "sv", "topic:Trade", "at-once", "2021-05-31T00:00:00Z",
          "Paper form",
        ],
        [
          "bo@example.org", "unsubscribed", "", "", "", "2020-01-02T00:00:00Z", "Conference, 2020",
        ],
      ])
    #expect(try read(text).unchanged == 2)
    try list.store.deposit("One")
    let sent = try list.send(at: noon.adding(seconds: 7 * 86_400))
    #expect(sent.map(\.recipient) == ["anna@example.org"])
  }

  @Test("What is wrong is said with its line, and the rest is imported")
  func errors() throws {
    let reader = try list.follow("erased@example.org")
    _ = try archive.subscribers.erase(reader.preferencesToken)
    let result = try read(
      "\u{FEFF}Address;consent_date;consent_source;follows;Colour\r\n"
        + "a@b;2021-01-01;form;;\r\nok@example.org;2021-01-01;form;;red\r\n\r\n"
        + "no@example.org;2051-01-01;form;;\r\nno@example.org;2021-01-01;;;\r\n"
        + "erased@example.org;2021-01-01;\"two\nlines\";;\r\n"
        + "no@example.org;2021-01-01;form;colour:red;\r\nno@example.org;2021-01-01;\"form;;")
    #expect(result.added == 1)
    #expect(result.unusedColumns == ["colour"])
    #expect(result.errors.map(\.line) == [2, 5, 6, 7, 9, 10])
    #expect(
      result.errors[0].description == """
        line 2: address: expected an email address such as name@example.org, found “a@b”
        """)
    #expect(result.errors[3].reason == .suppressed)
    #expect(result.errors[5].reason == .unterminated)
  }

  @Test(
    "What cannot be followed is not imported",
    arguments: [
      ":", "::", ":Trade", "topic", "topic:", "search:", "search:pilots", "search:q=", "colour:red",
    ])
  func unknown(_ follows: String) throws {
    let result = try read(
      "address,follows,consent_date,consent_source\na@example.org,\(follows),2021-01-01,form\n"
        + "b@example.org,search:q=pilots,2021-01-01,form\n")
    #expect(result.added == 1)
    #expect(result.errors.map(\.line) == [2])
  }

  @Test(
    "A list without consent is not imported",
    arguments: ["", "address\na@example.org\n", "address,consent_date\na@example.org,2021-01-01"])
  func noConsent(_ text: String) throws {
    let result = try read(text)
    #expect(result.added == 0)
    #expect(result.errors.map(\.line) == [1])
    #expect(try archive.subscribers.list().total == 0)
  }
}
