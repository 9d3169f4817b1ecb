import Foundation
import Glibc
import Testing

extension EndToEnd {
  @Suite("Digests are sent once, whatever happens to the server")
  struct MailingTests {
    private let folder: Folder
    private let files: Folder

    init() throws {
      folder = try Folder()
      files = try Folder()
    }

    /// A sendmail that notes the recipient and the Message-ID of each message in `sent`.
    private func sendmail(_ script: String = "", exits status: Int = 0) throws -> String {
      let path = try files.write(
        """
        #!/bin/sh
        cd \(files.path)
        \(script)
        id=$(sed -n 's/^Message-ID: //p' | head -n 1)
        echo "$5 $id" >>sent
        sleep 0.03
        exit \(status)

        """, to: "sendmail")
      guard chmod(path, 0o700) == 0 else { throw ProgramError.notStarted(errno) }
      return path
    }

    private var sent: [String] {
      let text = (try? files.octets(of: "sent")).map { String(decoding: $0, as: UTF8.self) } ?? ""
      return text.split(separator: "\n").map(String.init)
    }

    private func run(
      _ words: [String], _ environment: [String: String] = [:]
    ) throws -> (status: Int32, output: String, errors: String) {
      let program = try Program(words + ["--data", folder.path], environment: environment)
      let status = try program.exitStatus()
      return (status, program.outputText, program.errorText)
    }

    /// Imports subscribers who want to hear at once.
    private func subscribe(_ count: Int) throws {
      let lines = (0..<count).map { "reader\($0)@example.org,at-once,2024-01-01,form" }
      let path = try files.write(
        (["address,frequency,consent_date,consent_source"] + lines).joined(separator: "\n"),
        to: "list.csv")
      #expect(try run(["subscriber", "import", path]).status == 0)
    }

    private func publish(_ titles: [String]) throws {
      let path = try files.write(
        titles.map { #"{"title":"\#($0)","authors":[],"published":"2010-02-25"}"# }
          .joined(separator: "\n"), to: "catalogue.jsonl")
      let result = try run(["import", path])
      #expect(result.status == 0, "\(result.errors)")
    }

    @Test("Five crashes while sending lose nothing and repeat at most one message each")
    func crashes() throws {
      let readers = 60
      try subscribe(readers)
      let environment = [
        "OFFPRINT_SENDMAIL": try sendmail(), "OFFPRINT_MAIL_RATE": "60000",
        "OFFPRINT_MAIL_DELAY": "1 s", "OFFPRINT_MAIL_FROM": "library@example.org",
      ]
      var server = try ServerProcess(folder, environment: environment)
      try publish(["One", "Two"])
      for crash in 1...5 {
        _ = try server.eventually { _ in sent.count >= crash * 8 ? true : nil }
        server.program.crash()
        server = try ServerProcess(folder, environment: environment)
      }
      let addresses = Set((0..<readers).map { "reader\($0)@example.org" })
      _ = try server.eventually { _ in
        Set(sent.compactMap { $0.split(separator: " ").first.map(String.init) }) == addresses
          ? true : nil
      }
      #expect(try server.stop() == 0)
      let messages = sent
      #expect(messages.count <= readers + 5, "\(messages.count)")
      // A repeat has the Message-ID of the first.
      #expect(Set(messages).count == readers)
      let status = try run(["mail", "status"], environment)
      #expect(status.output.contains("Waiting: 0\n"), "\(status.output)")
      #expect(status.output.contains("Accepted: 60\n"), "\(status.output)")
    }

    @Test("Without a server the command does what is due, and says the same as with one")
    func commands() throws {
      try subscribe(3)
      try publish(["One"])
      let environment = [
        "OFFPRINT_SENDMAIL": try sendmail(), "OFFPRINT_MAIL_RATE": "60000",
        "OFFPRINT_MAIL_FROM": "library@example.org",
      ]
      #expect(try run(["mail", "run"], environment).output.hasPrefix("0 messages accepted"))
      let preview = try run(["mail", "preview", "--frequency", "at-once"], environment)
      #expect(preview.output.contains("One"), "\(preview)")
      #expect(try run(["mail", "pause"], environment).status == 0)
      #expect(try run(["mail", "run"], environment).status == 1)
      #expect(try run(["mail", "resume"], environment).status == 0)
      let later = ["mail", "run", "--now", "2099-01-01T00:00:00Z"]
      let first = try run(later, environment)
      #expect(
        first.output == """
          Planned at-once digests: 3 (new publications: 1).
          3 messages accepted, 0 deferred, 0 failed.

          """, "\(first)")
      #expect(sent.count == 3)
      let alone = try run(["mail", "status"], environment)
      let server = try ServerProcess(folder, environment: environment)
      #expect(try run(["mail", "status"], environment).output == alone.output)
      #expect(try run(later, environment).output == "0 messages accepted, 0 deferred, 0 failed.\n")
      let test = try run(["mail", "test", "anna@example.org"], environment)
      #expect(test.status == 0 && sent.last?.hasPrefix("anna@example.org <") == true, "\(test)")
      #expect(try server.stop() == 0)
    }

    @Test("A sendmail that cannot run is reported, and messages stay until it can")
    func missing() throws {
      try subscribe(2)
      try publish(["One"])
      var environment = [
        "OFFPRINT_SENDMAIL": files.path + "/missing", "OFFPRINT_MAIL_RATE": "60000",
      ]
      let later = ["mail", "run", "--now", "2099-01-01T00:00:00Z"]
      let failed = try run(later, environment)
      #expect(failed.status == 1)
      #expect(failed.errors.contains("/missing: no such file"), "\(failed.errors)")
      let status = try run(["mail", "status"], environment)
      #expect(status.status == 1)
      #expect(status.output.contains("Problem: \(files.path)/missing: no such file"))
      #expect(status.output.contains("Waiting: 2"))
      environment["OFFPRINT_SENDMAIL"] = try sendmail()
      #expect(try run(later, environment).output.contains("2 messages accepted"))
      #expect(sent.count == 2)
    }
  }
}
