import Archive
import Foundation
import HTTPServer
import Site
import System
import Testing

/// The site, on an archive with two publications, behind the server that readers meet.
final class SiteServer: Sendable {
  let server: Server
  let port: UInt16
  private let archive: Archive
  private let folder: String

  static let shared = Result { try SiteServer() }

  static let article = "/publications/the-yellow-sea"
  static let document = "/publications/the-yellow-sea.pdf"
  static let pdf = Array("%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n".utf8)
  private static let start = Instant(secondsSince1970: 1_700_000_000)

  init(_ change: (inout ServerConfiguration) -> Void = { _ in }) throws {
    folder = NSTemporaryDirectory() + "offprint-conformance-" + UUID().uuidString
    archive = try Archive.open(folder: folder, access: .exclusive)
    for (title, hasFile) in [("The Yellow Sea", true), ("Notes Without a File", false)] {
      var file: IncomingFile?
      if hasFile {
        let path = archive.folder.incoming + "/paper"
        try Data(Self.pdf).write(to: URL(fileURLWithPath: path))
        file = IncomingFile(path: path)
      }
      let published = try #require(PublicationDate("2010-02-25"))
      let record = Record(
        title: title, authors: ["Ana O'Hara"], published: published, type: .report)
      _ = try archive.publications.deposit(
        Draft(record: record, status: .published), file: file, by: .program, at: Self.start)
    }
    var settings = SiteSettings()
    settings.baseURL = "https://papers.example.org"
    let publicFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Public")
    let assets = try Assets(folder: publicFolder.path)
    let appearance = Appearance(settings: settings, assets: assets)
    let site = Site(
      archive: archive, appearance: appearance,
      composer: MailComposer(appearance: appearance, address: "library@example.org"),
      outbox: Maildir(path: archive.folder.mail))
    let address = try #require(SocketAddress("127.0.0.1:0"))
    var configuration = ServerConfiguration(listen: [address], loops: 1, workers: 2)
    change(&configuration)
    server = Server(configuration: configuration, service: site)
    port = try #require(try server.start().first).port
  }

  deinit {
    server.stop(within: .zero)
    archive.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  func answer(to message: String, method: String = "GET") throws -> Answer {
    let wire = try Wire(port)
    wire.send(octets(message))
    return try wire.answer(to: method)
  }
}
