import Archive
import Foundation
import HTTP
import HTTPServer
import Site
import Synchronization
import Testing

/// A site on an archive in a folder of its own, with a clock that stands still until it is moved.
final class TestSite: Sendable {
  let archive: Archive
  let site: Site
  let environment = Environment()
  private let folder: String

  static let password = "a long and quiet password 7"

  /// What the site is told of the time, and what it tells.
  final class Environment: Sendable {
    /// 2100-03-01T12:00:00Z.
    static let start = Instant(secondsSince1970: 4_107_585_600)

    private let passed = Mutex<Int64>(0)
    private let told = Mutex<[SiteEvent]>([])
    /// What is read of a copy that a reader checks, and what happens meanwhile.
    let copyText = Mutex<[String]?>(nil)
    let whileReading = Mutex<@Sendable () -> Void>({})

    var moment: Moment {
      let passed = passed.withLock { $0 }
      return Moment(wall: Self.start.adding(seconds: passed), uptime: 1000 + passed)
    }
    var events: [SiteEvent] { told.withLock { $0 } }

    func wait(seconds: Int64) { passed.withLock { $0 += seconds } }
    func tell(_ event: SiteEvent) { told.withLock { $0.append(event) } }
  }

  static var settings: SiteSettings {
    var settings = SiteSettings()
    settings.name = "Institute <for> Pacific & Studies"
    settings.tagline = "Reports \"on\" the Pacific"
    settings.baseURL = "https://papers.example.org"
    settings.version = "1.2.3"
    return settings
  }

  init(
    _ settings: SiteSettings = TestSite.settings, assets: Assets? = nil,
    options: Archive.Options = Archive.Options(), purges: CachePurges = CachePurges(caches: [])
  ) throws {
    folder = NSTemporaryDirectory() + "offprint-site-" + UUID().uuidString
    var options = options
    options.clock = { [environment] in environment.moment.wall }
    archive = try Archive.open(folder: folder, access: .exclusive, options: options)
    site = TestSite.site(
      archive, settings, try assets ?? Assets(folder: Self.publicFolder), environment, purges)
  }

  /// The same archive behind a site with other settings, as after a restart.
  func restarted(_ settings: SiteSettings) throws -> Site {
    TestSite.site(archive, settings, try Assets(folder: Self.publicFolder), environment)
  }

  private static func site(
    _ archive: Archive, _ settings: SiteSettings, _ assets: Assets, _ environment: Environment,
    _ purges: CachePurges = CachePurges(caches: [])
  ) -> Site {
    let appearance = Appearance(settings: settings, assets: assets)
    return Site(
      archive: archive, appearance: appearance,
      composer: MailComposer(appearance: appearance, address: "library@example.org"),
      outbox: Maildir(path: archive.folder.mail),
      clock: { environment.moment }, purges: purges,
      readText: { _ in
        environment.whileReading.withLock { $0 }()
        return environment.copyText.withLock { $0 }
      }, report: { environment.tell($0) })
  }

  deinit {
    archive.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  static let publicFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Public").path

  /// The fields of a form, some of them changed.
  static func form(
    _ fields: [String: String], _ changes: [String: String]
  ) -> [(String, String)] {
    fields.merging(changes) { $1 }.map { ($0.key, $0.value) }
  }

  var now: Instant { environment.moment.wall }

  // MARK: Publications

  static func record(
    _ title: String = "Russia and the Koreas", published: String = "2010-02-25",
    abstract: String = "Geography alone.\n\nRussia pursues <goals> & \"more\".",
    authors: [String] = ["Richard Weitz", "Ana <b> O'Hara"], topics: [String] = ["Korea", "R&D"],
    type: PublicationType = .report
  ) throws -> Record {
    Record(
      title: title, subtitle: "Past & Future", abstract: abstract, authors: authors,
      published: try #require(PublicationDate(published)), type: type, series: "Asia Papers",
      number: "12", topics: topics, language: "en", doi: "10.1000/182",
      licence: "https://creativecommons.org/licenses/by/4.0/")
  }

  static let pdf = Array("%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n".utf8)

  @discardableResult
  func deposit(
    _ record: Record, status: Publication.Status = .published, publicFrom: Instant? = nil,
    pdf: [UInt8]? = TestSite.pdf
  ) throws -> Publication {
    var file: IncomingFile?
    if let pdf {
      let path = archive.folder.incoming + "/" + UUID().uuidString
      try Data(pdf).write(to: URL(fileURLWithPath: path))
      file = IncomingFile(path: path)
    }
    return try archive.publications.deposit(
      Draft(record: record, status: status, publicFrom: publicFrom), file: file, by: .program,
      at: now)
  }

  // MARK: Requests

  func get(_ target: String, _ fields: Fields = [:], method: HTTP.Method = .get) -> Response {
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return site.response(
      to: Request(
        method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : nil,
        fields: fields, id: "request-1"))
  }

  func post(_ path: String, _ form: [(String, String)], _ fields: Fields = [:]) -> Response {
    var fields = fields
    fields.set("Content-Type", to: "application/x-www-form-urlencoded")
    let content = FormFields(form.map { FormFields.Field($0.0, $0.1) }).encoded
    let parts = path.split(separator: "?", maxSplits: 1)
    return site.response(
      to: Request(
        method: .post, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : nil,
        fields: fields, content: .bytes(Array(content.utf8)),
        id: "request-1"))
  }

  func upload(
    _ path: String, _ form: [(String, String)], file: [UInt8], _ fields: Fields,
    hasFile: Bool = true
  ) -> Response {
    var octets: [UInt8] = []
    for (name, value) in form {
      octets += Array(
        "--x\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }
    octets += Array(
      """
      --x\r\nContent-Disposition: form-data; name="file"; filename="\(hasFile ? "paper.pdf" : "")"\r\n\
      Content-Type: application/pdf\r\n\r\n
      """.utf8)
    octets += file + Array("\r\n--x--\r\n".utf8)
    var fields = fields
    fields.set("Content-Type", to: "multipart/form-data; boundary=x")
    return site.response(
      to: Request(
        method: .post, path: path, fields: fields, content: .bytes(octets), id: "request-1"))
  }

  // MARK: Staff

  /// The fields of requests from somebody who has signed in, and the token of their forms.
  ///
  /// - Parameters:
  ///   - role: Their role.
  ///   - isKnown: Whether they have signed in before.
  /// - Returns: The fields and the token.
  /// - Throws: What the archive throws.
  func signIn(
    as role: Role = .administrator, isKnown: Bool = false
  ) throws -> (fields: Fields, token: String) {
    let name = "hana-\(role.rawValue)"
    if !isKnown {
      try archive.staff.add(
        name: name, role: role, password: Self.password, by: .program, at: now)
    }
    let session = try archive.staff.signIn(
      name: name, password: Self.password, client: "192.0.2.1", at: environment.moment)
    return (["Cookie": "__Host-offprint-session=\(session.token)"], session.formToken)
  }

  var uploads: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: archive.folder.uploads)) ?? []
  }

  var incoming: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: archive.folder.incoming)) ?? []
  }

  var messages: [String] {
    let folder = archive.folder.mail + "/new"
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap {
      try? String(contentsOfFile: folder + "/" + $0, encoding: .utf8)
    }
  }
}

extension Response {
  /// The content as text; empty for a file.
  var text: String {
    switch content {
    case .bytes(let octets), .coded(let octets, _): String(decoding: octets, as: UTF8.self)
    default: ""
    }
  }
}
