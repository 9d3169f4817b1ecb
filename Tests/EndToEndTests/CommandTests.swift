import Foundation
import Glibc
import Testing

extension EndToEnd {
  @Suite("A command says what is wrong in one line and ends with the status for it")
  struct CommandTests {
    @Test("A second server on a folder names the process of the first")
    func secondServer() throws {
      let first = try ServerProcess()
      let second = try Program(["serve", "--data", first.folder.path, "--listen", "127.0.0.1:0"])
      #expect(try second.exitStatus(within: 10) == 1)
      #expect(second.errorText.contains("\(first.program.process)"))
      #expect(second.errorText.contains(first.folder.path))
      #expect(lines(second.errorText) == 1)
      #expect(try first.fetch("/health").status == 200)
    }

    @Test("A port that is taken is named")
    func portTaken() throws {
      let first = try ServerProcess()
      let folder = try Folder()
      let second = try Program(
        ["serve", "--data", folder.path, "--listen", "127.0.0.1:\(first.port)"])
      #expect(try second.exitStatus(within: 10) == 1)
      #expect(second.errorText.contains("127.0.0.1:\(first.port)"))
      #expect(lines(second.errorText) == 1)
    }

    @Test("A data folder that is none is named")
    func noFolder() throws {
      let folder = try Folder()
      let file = try folder.write("not a folder", to: "data")
      let program = try Program(["serve", "--data", file, "--listen", "127.0.0.1:0"])
      #expect(try program.exitStatus(within: 10) == 1)
      #expect(program.errorText.contains(file))
      #expect(lines(program.errorText) == 1)
    }

    @Test("A database of a newer version is left alone")
    func newerDatabase() throws {
      let server = try ServerProcess()
      #expect(try server.stop() == 0)
      var database = try server.folder.octets(of: "offprint.sqlite3")
      // The version that a program gives its database stands here (SQLite file format §1.3.16).
      database.replaceSubrange(60..<64, with: [0x00, 0x0F, 0x42, 0x40])
      _ = try server.folder.write(database, to: "offprint.sqlite3")
      let program = try Program(
        ["serve", "--data", server.folder.path, "--listen", "127.0.0.1:0"])
      #expect(try program.exitStatus(within: 10) == 1)
      #expect(program.errorText.contains("1000000"))
      #expect(lines(program.errorText) == 1)
      #expect(try server.folder.octets(of: "offprint.sqlite3") == database)
    }

    @Test("A setting that is not known or not possible is named with its place")
    func settings() throws {
      let folder = try Folder()
      let file = try folder.write(
        "site-name = Institute\n\nmax-uplaod = 1 MiB\n", to: "unknown.conf")
      let unknown = try Program(["config", "--config", file])
      #expect(try unknown.exitStatus() != 0)
      #expect(unknown.errorText.contains("\(file):3"))
      #expect(unknown.errorText.contains("max-uplaod"))

      let bad = try Program([
        "config", "--config", folder.write("max-upload = lots\n", to: "b.conf"),
      ])
      #expect(try bad.exitStatus() != 0)
      #expect(bad.errorText.contains("b.conf:1"))
      #expect(bad.errorText.contains("max-upload") && bad.errorText.contains("lots"))

      let variable = try Program(["config"], environment: ["OFFPRINT_MAX_UPLOAD": "lots"])
      #expect(try variable.exitStatus() != 0)
      #expect(variable.errorText.contains("OFFPRINT_MAX_UPLOAD"))

      let flag = try Program(["serve", "--max-uplaod", "1 MiB"])
      #expect(try flag.exitStatus() == 2)
      #expect(flag.errorText.contains("--max-uplaod"))
    }

    @Test("offprint config tells where each value came from")
    func origins() throws {
      let folder = try Folder()
      let file = try folder.write(
        "site-name = From the file\nmax-upload = 1 MiB\nlisten = 127.0.0.1:1\n", to: "offprint.conf"
      )
      let program = try Program(
        ["config", "--json", "--config", file, "--listen", "127.0.0.1:3"],
        environment: ["OFFPRINT_MAX_UPLOAD": "2 MiB", "OFFPRINT_LISTEN": "127.0.0.1:2"])
      #expect(try program.exitStatus() == 0)
      let all = try #require(
        JSONSerialization.jsonObject(with: Data(program.outputText.utf8))
          as? [String: [String: String]])
      #expect(all["site-name"]?["value"] == "From the file")
      #expect(all["site-name"]?["origin"]?.contains("offprint.conf:1") == true)
      #expect(all["max-upload"]?["value"] == "2 MiB")
      #expect(all["max-upload"]?["origin"]?.contains("OFFPRINT_MAX_UPLOAD") == true)
      #expect(all["listen"]?["value"] == "127.0.0.1:3")
      #expect(all["listen"]?["origin"]?.contains("--listen") == true)
      #expect(all["log-format"]?["value"] == "logfmt")
      #expect(all["log-format"]?["origin"] == "default")
    }

    @Test(
      "Wrong usage is status 2, and help is status 0",
      arguments: [
        (["--help"], 0), (["--version"], 0), (["help", "serve"], 0), ([], 2), (["sreve"], 2),
        (["serve", "--listen"], 2), (["import"], 2),
      ] as [([String], Int32)])
    func usage(_ arguments: [String], status: Int32) throws {
      let program = try Program(arguments)
      #expect(try program.exitStatus() == status)
      let said = status == 0 ? program.outputText : program.errorText
      #expect(!said.isEmpty)
    }

    @Test("offprint health is 0 beside a server that serves, and 1 beside none")
    func health() throws {
      let server = try ServerProcess()
      let address = "127.0.0.1:\(server.port)"
      #expect(try Program(["health", "--listen", address]).exitStatus() == 0)
      #expect(try server.stop() == 0)
      #expect(try Program(["health", "--listen", address]).exitStatus() == 1)
    }

    @Test("offprint subscriber keeps the mailing list, and says what is no address")
    func subscribers() throws {
      let folder = try Folder()
      func keep(_ words: String..., input: String = "") throws -> (Int32, Program) {
        let program = try Program(["subscriber"] + words + ["--data", folder.path], input: input)
        return (try program.exitStatus(), program)
      }
      let (mixed, added) = try keep(
        "add", "-", input: "anna@example.org\r\n\nbo\nbo@example.org\n")
      #expect(mixed == 1)
      #expect(added.errorText.contains("“bo”") && lines(added.errorText) == 1)
      #expect(try keep("suspend", "anna@example.org").0 == 0)
      #expect(try keep("delete", "nobody@example.org").0 == 1)
      #expect(
        try keep("list").1.outputText
          == "bo@example.org\tconfirmed\nanna@example.org\tsuspended\n")
      #expect(try keep("list", "--status", "confirmed").1.outputText == "bo@example.org\n")
      #expect(try keep("list", "--status", "lost").0 == 2)
    }

    @Test("offprint restore makes an archive of a backup, once")
    func restore() throws {
      let server = try ServerProcess()
      let folder = try Folder()
      let (backup, target) = (folder.path + "/backup", folder.path + "/data")
      #expect(
        try Program(["backup", backup, "--data", server.folder.path]).exitStatus() == 0)
      let restored = try Program(["restore", backup, "--data", target])
      #expect(try restored.exitStatus() == 0)
      #expect(restored.outputText.contains("all there and whole"))
      let again = try Program(["restore", backup, "--data", target])
      #expect(try again.exitStatus() == 1)
      #expect(again.errorText.contains(target) && lines(again.errorText) == 1)
      #expect(try Program(["restore", target + "-none", "--data", backup]).exitStatus() == 1)
      #expect(try Program(["verify", "--data", target]).exitStatus() == 0)
    }

    private func lines(_ text: String) -> Int { text.split(separator: "\n").count }
  }
}
