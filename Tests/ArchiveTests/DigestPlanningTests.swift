import Archive
import Testing

@Suite("Each subscriber hears once of each publication that they follow")
struct DigestPlanningTests {
  private let list: MailingArchive
  private var archive: Archive { list.archive }
  private let later = noon.adding(seconds: 3600)

  init() throws { list = try MailingArchive() }

  private func publish(
    _ title: String, authors: [String] = [], topics: [String] = [], at now: Instant = noon
  ) throws -> Publication {
    try list.store.deposit(title, authors: authors, topics: topics, at: now)
  }

  private func send(at now: Instant) throws -> [String: String] {
    Dictionary(
      try list.send(at: now).map { ($0.recipient, $0.groups) },
      uniquingKeysWith: { "\($0) + \($1)" })
  }

  @Test func whatIsFollowedIsAnnounced() throws {
    try list.follow("all@example.org")
    try list.follow("korea@example.org", .topic("Korea"))
    try list.follow("anna@example.org", .author("Anna Berg"))
    try list.follow("none@example.org", .topic("Trade"))
    _ = try publish("First", authors: ["Berg, Anna"], topics: ["Korea"])
    _ = try publish("Second", topics: ["Harbours"])
    #expect(
      try send(at: later) == [
        "all@example.org": "everything: second first",
        "korea@example.org": "topic(\"Korea\"): first",
        "anna@example.org": "author(\"Anna Berg\"): first",
      ])
    #expect(try send(at: later.adding(seconds: 86_400)).isEmpty)
  }

  @Test("What several subscriptions match is listed once, under the most specific")
  func severalSubscriptions() throws {
    try list.follow("reader@example.org")
    try list.follow("reader@example.org", .topic("Korea"))
    try list.follow("reader@example.org", .author("Anna Berg"))
    _ = try publish("One", authors: ["Anna Berg"], topics: ["Korea"])
    _ = try publish("Two", topics: ["Korea"])
    _ = try publish("Three")
    #expect(
      try send(at: later) == [
        "reader@example.org":
          "author(\"Anna Berg\"): one; topic(\"Korea\"): two; everything: three"
      ])
  }

  @Test("A slip that is undone before mail leaves is new when it is published again")
  func undone() throws {
    try list.follow("reader@example.org")
    try list.follow("other@example.org", .topic("Trade"))
    let slip = try publish("Slip")
    let draft = try archive.publications.undoPublishing(
      slip.id, by: .program, at: noon.adding(seconds: 599))
    #expect(draft.status == .draft && draft.firstPublic == nil && draft.publicFrom == nil)
    #expect(try send(at: later).isEmpty)
    _ = try archive.publications.publish(slip.id, by: .program, at: later)
    #expect(
      try send(at: later.adding(seconds: 3600)) == ["reader@example.org": "everything: slip"])
    // It cannot be undone any more, as somebody has been told.
    #expect(
      try archive.publications.undoLimit(
        of: try #require(try archive.publications.forStaff(slip.id, at: later)), at: later) == nil)
  }

  @Test("What comes due is undone like what is published by hand")
  func undoneWhenDue() throws {
    try list.follow("reader@example.org")
    let publication = try publish("Due")
    _ = try archive.publications.undoPublishing(publication.id, by: .program, at: noon)
    var draft = Draft(record: publication.record, status: .scheduled)
    draft.publicFrom = later
    _ = try archive.publications.revise(publication.id, to: draft, by: .program, at: noon)
    // Before it is marked as published.
    _ = try archive.publications.undoPublishing(
      publication.id, by: .program, at: later.adding(seconds: 30))
    try archive.publications.publishDue(at: later.adding(seconds: 60))
    #expect(try archive.publications.count(at: later.adding(seconds: 60)) == 0)
    #expect(try send(at: later.adding(seconds: 7200)).isEmpty)
  }

  @Test("What was public before a subscription was confirmed is not announced by it")
  func before() throws {
    _ = try publish("Old")
    try list.ask("reader@example.org")
    _ = try publish("Between")
    let token = try #require(list.token)
    _ = try archive.subscribers.confirm(token, at: noon)
    #expect(try send(at: later).isEmpty)
    _ = try publish("New", at: later)
    #expect(
      try send(at: later.adding(seconds: 3600)) == ["reader@example.org": "everything: new"])
  }

  @Test("An imported back catalogue is announced only if it is to be", arguments: [true, false])
  func imports(announces: Bool) throws {
    try list.follow("reader@example.org")
    var importer = Importer(into: archive, announces: announces) { Issue.record("\($0)") }
    let line = #"{"slug": "old", "title": "Old", "authors": [], "published": "1998-05-01"}"#
    try importer.take(Array(line.utf8), number: 1)
    try importer.finish()
    _ = try publish("New", at: .now)
    #expect(
      try send(at: Instant.now.adding(seconds: 3600)) == [
        "reader@example.org": announces ? "everything: new old" : "everything: new"
      ])
  }

  @Test("Editing, replacing and publishing again announce nothing again")
  func changes() throws {
    try list.follow("reader@example.org")
    let publication = try publish("Paper")
    #expect(try send(at: later).count == 1)
    _ = try archive.publications.revise(
      publication.id, to: Draft(record: record("Paper, revised"), status: .published),
      file: try list.store.incoming(), by: librarian, at: later)
    _ = try archive.publications.withdraw(publication.id, by: librarian, at: later)
    _ = try archive.publications.publish(publication.id, by: librarian, at: later)
    try list.follow("another@example.org", at: later)
    #expect(try send(at: later.adding(seconds: 90_000)).isEmpty)
  }

  @Test("What is withdrawn before it is sent is left out, and new when it is published again")
  func withdrawn() throws {
    try list.follow("reader@example.org")
    let slip = try publish("Slip")
    _ = try archive.publications.withdraw(slip.id, by: librarian, at: noon)
    #expect(try send(at: later).isEmpty)
    _ = try archive.publications.publish(slip.id, by: librarian, at: later)
    #expect(
      try send(at: later.adding(seconds: 3600)) == ["reader@example.org": "everything: slip"])
  }

  @Test("What is hidden after it was planned or deferred is left out of the message")
  func hiddenLate() throws {
    try list.follow("reader@example.org")
    let (one, two) = (try publish("One"), try publish("Two"))
    _ = try archive.mailing.planDigests(at: later)
    _ = try archive.publications.withdraw(one.id, by: librarian, at: later)
    let first = try #require(try list.take(at: later))
    #expect(MailingArchive.read(first).groups == "everything: two")
    try archive.mailing.note(.deferred(reason: ""), of: first.id, at: later)
    _ = try archive.publications.withdraw(two.id, by: librarian, at: later)
    #expect(try list.take(at: later.adding(seconds: 3600)) == nil)
    #expect(try archive.mailing.status(at: later).counts.isEmpty)
  }

  @Test("A scheduled publication is announced when it becomes public")
  func scheduled() throws {
    try list.follow("reader@example.org")
    let due = Instant.now.adding(seconds: 7200)
    try list.store.deposit("Soon", status: .scheduled, publicFrom: due, at: .now)
    #expect(try send(at: due.adding(seconds: -1)).isEmpty)
    try archive.publications.publishDue(at: due)
    #expect(try send(at: due.adding(seconds: 599)).isEmpty)
    #expect(try send(at: due.adding(seconds: 600)) == ["reader@example.org": "everything: soon"])
  }

  @Test("At once waits for the delay, and takes along what became public meanwhile")
  func collecting() throws {
    try list.follow("reader@example.org")
    _ = try publish("One")
    #expect(try send(at: noon.adding(seconds: 599)).isEmpty)
    _ = try publish("Two", at: noon.adding(seconds: 590))
    #expect(
      try send(at: noon.adding(seconds: 600)) == ["reader@example.org": "everything: two one"])
  }

  @Test("Weekly and monthly come at their hour, once, also after the server was down")
  func periodic() throws {
    // noon is Tuesday 2023-11-14.
    try list.follow("weekly@example.org", .everything, .weekly)
    try list.follow("monthly@example.org", .everything, .monthly)
    _ = try publish("One")
    func moment(_ text: String) throws -> Instant { try #require(Instant(text)) }
    #expect(try send(at: moment("2023-11-20T06:59:59Z")).isEmpty)
    #expect(
      try send(at: moment("2023-11-20T07:00:00Z")) == ["weekly@example.org": "everything: one"])
    _ = try publish("Two", at: moment("2023-11-20T08:00:00Z"))
    #expect(try send(at: moment("2023-11-26T23:00:00Z")).isEmpty)
    // Down over the hour and the first of the month.
    #expect(
      try send(at: moment("2023-12-02T12:00:00Z")) == [
        "weekly@example.org": "everything: two", "monthly@example.org": "everything: two one",
      ])
    #expect(try send(at: moment("2024-03-01T12:00:00Z")).isEmpty)
  }

  @Test("Of two subscriptions with different frequencies the first announces it")
  func mixedFrequencies() throws {
    try list.follow("reader@example.org", .everything, .weekly)
    try list.follow("reader@example.org", .topic("Korea"), .atOnce)
    _ = try publish("One", topics: ["Korea"])
    _ = try publish("Two")
    #expect(try send(at: later) == ["reader@example.org": "topic(\"Korea\"): one"])
    #expect(
      try send(at: later.adding(seconds: 7 * 86_400)) == ["reader@example.org": "everything: two"])
  }

  @Test("Changing the frequency neither loses nor repeats anything")
  func changedFrequency() throws {
    let reader = try list.follow("reader@example.org", .everything, .weekly)
    _ = try publish("One")
    #expect(
      try archive.subscribers.change(
        reader.preferencesToken, frequency: .atOnce, of: reader.subscription.id))
    #expect(try send(at: later) == ["reader@example.org": "everything: one"])
    #expect(
      try archive.subscribers.change(
        reader.preferencesToken, frequency: .weekly, of: reader.subscription.id))
    #expect(try send(at: later.adding(seconds: 8 * 86_400)).isEmpty)
  }

  @Test("A clock that was wrong for a while holds nothing up")
  func wrongClock() throws {
    try list.follow("reader@example.org", .everything, .weekly)
    _ = try publish("From the future", at: noon.adding(seconds: 400_000_000))
    _ = try publish("On time")
    try archive.mailing.correctReleases(at: noon)
    #expect(
      try send(at: noon.adding(seconds: 7 * 86_400)) == [
        "reader@example.org": "everything: on-time from-the-future"
      ])
  }

  @Test("Who left after the planning gets nothing; a pause holds all digests back")
  func leftAndPaused() throws {
    let reader = try list.follow("reader@example.org")
    try list.follow("another@example.org")
    _ = try publish("One")
    try archive.mailing.setPaused(true, by: librarian, at: noon)
    #expect(try send(at: later).isEmpty)
    try archive.mailing.setPaused(false, by: librarian, at: noon)
    _ = try archive.mailing.planDigests(at: later)
    #expect(try archive.subscribers.unsubscribe(reader.unsubscribeToken, at: later))
    #expect(try list.send(at: later).map(\.recipient) == ["another@example.org"])
  }

  @Test("An editor tells of a correction those who heard of the publication")
  func correction() throws {
    try list.follow("reader@example.org")
    let publication = try publish("One")
    _ = try send(at: later)
    try list.follow("another@example.org", at: later)
    let told = try archive.mailing.tellSubscribers(
      of: publication.slug, correction: "Table 2 was wrong.", by: librarian, at: later)
    #expect(told == 1)
    let message = try #require(try list.take(at: later))
    #expect(message.recipient == "reader@example.org")
    #expect(String(decoding: message.bytes, as: UTF8.self).contains("Subject: Table 2 was wrong."))
    let unknown = try #require(Slug("nothing"))
    #expect(
      try archive.mailing.tellSubscribers(of: unknown, correction: "", by: librarian, at: later)
        == nil)
  }

  @Test("2,000 subscribers of mixed choices get exactly what matches, once")
  func many() throws {
    let topics = ["Korea", "Trade", "Harbours"]
    let choices: [(Followed, Set<String>)] = [
      (.everything, ["p0", "p1", "p2", "p3", "p4"]), (.topic("Korea"), ["p0", "p3"]),
      (.topic("Trade"), ["p1", "p4"]), (.author("Anna Berg"), ["p1"]),
      (.topic("Nothing"), []), (.series("Papers"), []),
    ]
    var expected: [String: Set<String>] = [:]
    for number in 0..<2000 {
      let address = "reader\(number)@example.org"
      for (followed, matches) in [choices[number % 6], choices[number / 6 % 6]] {
        try list.ask(address, followed, Frequency.allCases[number % 3])
        // The same again sends no message.
        if let token = list.token { _ = try archive.subscribers.confirm(token, at: noon) }
        expected[address, default: []].formUnion(matches)
      }
    }
    for number in 0..<5 {
      _ = try publish(
        "P\(number)", authors: number == 1 ? ["A. Nother", "Anna Berg"] : [],
        topics: [topics[number % 3]], at: noon.adding(seconds: Int64(number) * 86_400))
    }
    var got: [String: [String]] = [:]
    for day in 0..<60 {
      for sent in try list.send(at: noon.adding(seconds: Int64(day) * 86_400)) {
        got[sent.recipient, default: []] += sent.groups.split { " ;".contains($0) }
          .map(String.init).filter { $0.hasPrefix("p") }
      }
    }
    for (address, slugs) in expected {
      let received = got[address] ?? []
      #expect(received.count == slugs.count && Set(received) == slugs, "\(address)")
    }
  }
}
