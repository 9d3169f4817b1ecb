import Archive
import Foundation
import System
import Testing

@testable import offprint

@Suite("A message is passed to sendmail with its envelope addresses")
struct SendmailTests {
  private let folder = NSTemporaryDirectory() + "offprint-mail-\(UUID().uuidString)"

  // A sendmail may end without reading the message.
  init() { _ = signal(SIGPIPE, SIG_IGN) }

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

  private let message = OutgoingMessage(
    id: 1, envelope: "library+1-00@example.org", recipient: "reader@example.org",
    bytes: Array("Subject: Confirm\n\nA line.\n.\nAnother line.\n".utf8))

  /// Hands the message over to a script.
  private func handOver(
    _ script: String, deadline: Duration = .seconds(20)
  ) throws -> (outcome: HandOver, path: String) {
    let path = try program(script)
    while true {
      let outcome = Sendmail(program: path, deadline: deadline).handOver(message) { false }
      // A child that another test is starting may have the script open for writing.
      if case .notTried(let reason) = outcome, reason.contains("busy") { continue }
      return (outcome, path)
    }
  }

  @Test func accepted() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let outcome = try handOver("echo \"$@\" > arguments; cat > message").outcome
    #expect(outcome == .accepted)
    #expect(
      try String(contentsOf: URL(filePath: "\(folder)/arguments"), encoding: .utf8)
        == "-i -f library+1-00@example.org -- reader@example.org\n")
    #expect(try Data(contentsOf: URL(filePath: "\(folder)/message")) == Data(message.bytes))
  }

  @Test(
    "What is about the mail server is temporary, any other status is final",
    arguments: [
      (
        "cat > /dev/null; echo no such user >&2; exit 67",
        .failed(reason: "status 67: no such user")
      ),
      (
        "echo >&2; for line in 1 2 3 4; do echo $line >&2; done; exit 69",
        .deferred(reason: "status 69: 2; 3; 4")
      ),
      ("exit 75", .deferred(reason: "status 75")), ("exit 1", .failed(reason: "status 1")),
      ("exit 65", .failed(reason: "status 65")),
      ("kill -9 $$", .deferred(reason: "ended by signal 9")),
      ("exec sleep 100", .deferred(reason: "no answer within 1 s")),
    ] as [(String, HandOver)])
  func outcome(_ script: String, is expected: HandOver) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try handOver(script, deadline: .seconds(1)).outcome == expected)
  }

  @Test func whatCannotRunIsNotTried() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try program("exit 0")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    for (program, problem) in [
      ("\(folder)/missing", "no such file"), (path, "not an executable file"),
      (folder, "not an executable file"),
    ] {
      let sendmail = Sendmail(program: program)
      #expect(sendmail.problem == "\(program): \(problem)")
      #expect(
        sendmail.handOver(message) { false } == .notTried(reason: "\(program): \(problem)"))
    }
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
