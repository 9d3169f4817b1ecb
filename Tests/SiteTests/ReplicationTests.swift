import Archive
import Foundation
import HTTP
import HTTPServer
import Site
import Synchronization
import Testing

/// A site with a place among others, on the archive of a test site.
private func makeSite(
  _ home: TestSite, _ replication: Replication, at now: Instant? = nil
) throws -> Site {
  let appearance = Appearance(
    settings: TestSite.settings, assets: try Assets(folder: TestSite.publicFolder))
  return Site(
    archive: home.archive, appearance: appearance,
    composer: MailComposer(appearance: appearance, address: "library@example.org"),
    outbox: Maildir(path: home.archive.folder.mail),
    clock: { Moment(wall: now ?? home.environment.moment.wall, uptime: 1000) },
    replication: replication)
}

private let primary = "http://primary.example.org:8080"
private let replica = Replication(.replica(primary: primary, lagLimit: 60))

private func ask(_ site: Site, _ method: HTTP.Method, _ path: String) -> Response {
  site.response(to: Request(method: method, path: path, query: "a=b", id: "request-1"))
}

@Suite("A replica redirects to the primary what it cannot do")
struct ReplicaRedirectTests {
  @Test func everyResourceThatIsNotOnlyReadByEverybody() throws {
    let home = try TestSite()
    let site = try makeSite(home, replica)
    for resource in Resource.samples {
      for method in resource.route.methods {
        let response = ask(site, method, resource.path)
        let isElsewhere = resource.route.access != .everyone || !method.isSafe
        #expect(
          (response.status == .temporaryRedirect) == isElsewhere, "\(method) \(resource.path)")
        if isElsewhere {
          #expect(response.fields["Location"] == "\(primary)\(resource.path)?a=b")
          #expect(response.fields["Cache-Control"]?.contains("no-store") == true)
        }
      }
    }
  }

  @Test func formsMaySubmitThere() throws {
    let home = try TestSite()
    let policy = ask(try makeSite(home, replica), .get, "/subscribe").fields[
      "content-security-policy"]
    #expect(policy?.contains("form-action 'self' \(primary);") == true)
    let own = ask(try makeSite(home, Replication()), .get, "/subscribe")
      .fields["content-security-policy"]
    #expect(own?.contains("form-action 'self';") == true)
  }

  @Test func uploadsAreRefusedBeforeTheyAreRead() throws {
    let home = try TestSite()
    let request = Request(method: .post, path: "/staff/upload/form", id: "request-1")
    guard case .refuse(let response) = try makeSite(home, replica).bodyPolicy(for: request) else {
      Issue.record("the body would be read")
      return
    }
    #expect(response.status == .temporaryRedirect)
  }
}

@Suite("Health and metrics say what a server is and how old its copy is")
struct ReplicaHealthTests {
  @Test(arguments: [(0, 200), (60, 200), (61, 503)] as [(Int64, Int)])
  func lag(_ seconds: Int64, status: Int) throws {
    let home = try TestSite()
    try home.archive.recordTime()
    let health = ask(
      try makeSite(home, replica, at: home.now.adding(seconds: seconds)), .get, "/health")
    #expect(health.status.code == status)
    #expect(health.text.contains("\"role\":\"replica\""))
    #expect(health.text.contains("\"lag_seconds\":\(seconds)"))
  }

  @Test func aRefusedCopyIsAWarning() throws {
    let home = try TestSite()
    var replication = replica
    replication.warnings = { [.copyRefused("it is damaged")] }
    let site = try makeSite(home, replication)
    let health = ask(site, .get, "/health")
    #expect(health.status == .ok)
    #expect(health.text.contains("it is damaged"))
    let metrics = site.response(
      to: Request(method: .get, path: "/metrics", client: "127.0.0.1", id: "request-1")
    ).text
    #expect(metrics.contains("offprint_replica_copy_refused 1"))
    #expect(metrics.contains("offprint_replica_lag_seconds "))
    #expect(metrics.contains("offprint_role{role=\"replica\"} 1"))
  }

  @Test func theGenerationIsThatOfTheDatabase() throws {
    let home = try TestSite()
    try home.deposit(TestSite.record())
    let number = try home.archive.storedGeneration().number
    let health = home.get("/health").text
    #expect(health.contains("\"generation\":\"\(number)\""))
    #expect(health.contains("\"role\":\"primary\""))
    #expect(health.contains("\"lag_seconds\":null"))
  }
}

@Suite("PDFs are sent by their hash alone to replicas")
struct ReplicaFileTests {
  private static func path(_ sha256: String) -> String {
    "/files/\(sha256.prefix(2))/\(sha256.dropFirst(2).prefix(2))/\(sha256).pdf"
  }

  @Test func publicOnesAre() throws {
    let home = try TestSite()
    let publication = try home.deposit(TestSite.record())
    let sha256 = try #require(publication.file).sha256
    let response = home.get(Self.path(sha256))
    #expect(response.status == .ok)
    #expect(response.entityTag == sha256)
    #expect(response.fields["X-Robots-Tag"] == "noindex")
    _ = try home.archive.publications.withdraw(publication.id, by: .program, at: home.now)
    #expect(home.get(Self.path(sha256)).status == .notFound)
  }

  @Test func othersAreNot() throws {
    let home = try TestSite()
    let draft = try home.deposit(TestSite.record(), status: .draft)
    let sha256 = try #require(draft.file).sha256
    #expect(home.get(Self.path(sha256)).status == .notFound)
    #expect(home.get(Self.path(String(repeating: "0a", count: 32))).status == .notFound)
    #expect(home.get("/files/00/00/\(sha256).pdf").status == .notFound)
    #expect(home.get("/files/../../\(sha256).pdf").status == .notFound)
  }
}

@Suite("Publishing waits for the replica store")
struct ConfirmationTests {
  private static func publish(
    confirming confirms: Bool
  ) throws -> (location: String, asked: Int, page: String) {
    let home = try TestSite()
    let asked = Mutex(0)
    let site = try makeSite(
      home,
      Replication(confirm: {
        asked.withLock { $0 += 1 }
        return confirms
      }))
    let publication = try home.deposit(TestSite.record(), status: .draft)
    let (fields, token) = try home.signIn(as: .editor)
    var typed = fields
    typed.set("Content-Type", to: "application/x-www-form-urlencoded")
    let response = site.response(
      to: Request(
        method: .post, path: Resource.publishing(publication.slug).path, fields: typed,
        content: .bytes(Array("form-token=\(token)&anyway=yes".utf8)), id: "request-1"))
    let location = response.fields["Location"] ?? ""
    return (location, asked.withLock { $0 }, home.get(location, fields).text)
  }

  @Test func withConfirmationItIsPublished() throws {
    let outcome = try Self.publish(confirming: true)
    #expect(outcome.location.contains("notice=published"))
    #expect(!outcome.location.contains("unconfirmed"))
    #expect(outcome.asked == 1)
  }

  @Test func withoutItStaffAreTold() throws {
    let outcome = try Self.publish(confirming: false)
    #expect(outcome.location.contains("notice=published-unconfirmed"))
    #expect(outcome.page.contains("has not confirmed it yet"))
  }
}
