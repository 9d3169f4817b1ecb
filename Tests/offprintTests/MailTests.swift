import Archive
import Foundation
import System
import Testing

@testable import offprint

@Suite("A message is passed to sendmail with its envelope addresses")
struct SendmailTests {
  private let folder = NSTemporaryDirectory() + "offprint-mail-\(UUID().uuidString)"

  /// Makes a program out of a shell script.
  private func program(_ script: String) throws -> String {
    let path = "\(folder)/sendmail"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // A shell writes it: were it open in this process, a child that another test starts at that
    // moment would have it open too, and running it would fail with “text file busy”.
    let written = try ChildProcess(
      program: "/bin/sh", arguments: ["-c", "cat > \(path) && chmod 700 \(path)"],
      input: .bytes(Array("#!/bin/sh\ncd \(folder)\n\(script)\n".utf8)), outputLimit: 1 << 10,
      deadline: .seconds(60)
    ).run()
    #expect(written.ending == .exit(0))
    return path
  }

  private let message = MailMessage(
    from: .init(name: "The Institute", address: "library@example.org"), to: "reader@example.org",
    subject: "Confirm", text: "A line.\n.\nAnother line.\n",
    date: Instant(secondsSince1970: 1_700_000_000), id: "1@example.org")

  @Test func taken() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Sendmail(program: program("echo \"$@\" > arguments; cat > message")).post(message)
    #expect(
      try String(contentsOf: URL(filePath: "\(folder)/arguments"), encoding: .utf8)
        == "-i -f library@example.org -- reader@example.org\n")
    #expect(try Data(contentsOf: URL(filePath: "\(folder)/message")) == Data(message.bytes))
  }

  @Test func refused() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try program("cat > /dev/null; echo no such user >&2; exit 67")
    let error = #expect(throws: Sendmail.Failure.self) {
      try Sendmail(program: path).post(message)
    }
    #expect(error?.description == "\(path) did not accept a message: no such user")
  }

  @Test(
    arguments: [
      ("https://papers.example.org", "papers.example.org"),
      ("http://127.0.0.1:8080", "[127.0.0.1]"), ("http://[::1]:8080", "[IPv6:::1]"),
      ("http://localhost", "localhost"),
    ])
  func host(_ origin: String, is host: String) {
    #expect(Settings.host(of: origin) == host)
  }
}

@Suite("The Public folder is found beside or above the program")
struct PublicFolderTests {
  @Test func fromTheBuildFolder() throws {
    let package = NSTemporaryDirectory() + "offprint-public-\(UUID().uuidString)"
    let build = "\(package)/.build/x86_64-unknown-linux-gnu/release"
    for folder in [build, "\(package)/Public", "\(build)/Public"] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    defer { try? FileManager.default.removeItem(atPath: package) }
    try Data().write(to: URL(filePath: "\(package)/Public/offprint.css"))
    #expect(try PublicFolder.path(above: "\(build)/offprint") == "\(package)/Public")
  }

  @Test func nowhere() {
    let error = #expect(throws: PublicFolder.Missing.self) {
      try PublicFolder.path(above: "/nowhere/offprint")
    }
    #expect(error?.description.contains("--public-folder") == true)
  }
}
