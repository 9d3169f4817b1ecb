import Foundation
import Glibc
import Testing

extension EndToEnd {
  @Suite("What is kept stays whole, private and in its place")
  struct KeepingTests {
    private static let umask = ["sh", "-c", "umask 000; exec \"$@\"", "sh"]

    @Test("Under umask 000 nothing that the program makes is open to others")
    func permissions() throws {
      let folder = try Folder()
      chmod(folder.path, 0o777)
      let data = folder.path + "/data"
      mkdir(data, 0o777)
      chmod(data, 0o777)
      let log = folder.path + "/offprint.log"
      let made = try Program(
        ["user", "add", Desk.name, "--role", "administrator", "--data", data],
        wrapper: Self.umask, input: Desk.password + "\n")
      #expect(try made.exitStatus() == 0)
      let server = try Program(
        ["serve", "--data", data, "--listen", "127.0.0.1:0", "--log-file", log, "--demo"],
        wrapper: Self.umask)
      _ = try server.wait { $0.contains("listens on") ? true : nil }
      let backup = folder.path + "/backup"
      let copied = try Program(["backup", backup, "--data", data], wrapper: Self.umask)
      #expect(try copied.exitStatus() == 0)
      // Also beside the server, while there is a write-ahead log.
      #expect(open(below: data) == [])
      #expect(open(below: backup) == [])
      #expect(open(below: log) == [])
      let verified = try Program(["verify", "--data", data])
      #expect(try verified.exitStatus() == 0, "\(verified.outputText)")
      chmod(data + "/offprint.sqlite3", 0o644)
      let again = try Program(["verify", "--data", data])
      #expect(try again.exitStatus() == 1)
      #expect(again.outputText.contains("\(data)/offprint.sqlite3: is open to other users"))
      server.send(SIGTERM)
      #expect(try server.exitStatus(within: 40) == 0)
    }

    /// What group or others may do something with.
    private func open(below path: String) -> [String] {
      let all = [""] + ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? [])
      return all.map { $0.isEmpty ? path : "\(path)/\($0)" }.filter { name in
        var status = stat()
        return stat(name, &status) == 0 && status.st_mode & 0o077 != 0
      }
    }

    @Test("A backup notices a changed byte, in the copy and in the archive")
    func backup() throws {
      let server = try ServerProcess(nil, ["--demo"])
      let folder = try Folder()
      let backup = folder.path + "/backup"
      #expect(try Program(["backup", backup, "--data", server.folder.path]).exitStatus() == 0)
      let name = try #require(server.folder.files(below: "files").first)
      let whole = try server.folder.octets(of: "files/\(name)")
      func flip(_ path: String) throws {
        var octets = whole
        octets[octets.count / 2] ^= 1
        try FileManager.default.removeItem(atPath: path)
        try Data(octets).write(to: URL(fileURLWithPath: path))
      }
      try flip("\(backup)/files/\(name)")
      let repaired = try Program(["backup", backup, "--data", server.folder.path, "--verify"])
      #expect(try repaired.exitStatus() == 1)
      #expect(repaired.errorText.contains("\(backup)/files/\(name)"))
      #expect(try folder.octets(of: "backup/files/\(name)") == whole)
      try flip("\(server.folder.path)/files/\(name)")
      let kept = try Program(["backup", backup, "--data", server.folder.path])
      #expect(try kept.exitStatus() == 1)
      #expect(kept.errorText.contains("\(server.folder.path)/files/\(name) ("))
      #expect(try folder.octets(of: "backup/files/\(name)") == whole)
      #expect(folder.files().allSatisfy { !$0.hasSuffix(".new") })
      let restored = try Program(["restore", backup, "--data", folder.path + "/restored"])
      #expect(try restored.exitStatus() == 0)
    }

    @Test("Stopping is no error in the log")
    func quietStop() throws {
      let server = try ServerProcess(nil, ["--demo"])
      #expect(try server.fetch("/search?q=korea").status == 200)
      #expect(try server.stop() == 0)
      #expect(!server.program.outputText.contains("level=error"), "\(server.program.outputText)")
    }

    @Test("The dashboard shows when the last backup was made", arguments: [true, false])
    func backupTime(_ isBesideServer: Bool) throws {
      let folder = try Folder()
      try Desk.makeAdministrator(in: folder)
      let target = try Folder()
      let command = ["backup", target.path + "/copy", "--data", folder.path]
      if !isBesideServer { #expect(try Program(command).exitStatus() == 0) }
      let desk = try Desk(signingInAt: ServerProcess(folder))
      let before = try desk.visitor.page("/staff").words
      #expect(before.contains("None yet") == isBesideServer)
      if isBesideServer { #expect(try Program(command).exitStatus() == 0) }
      #expect(try !desk.visitor.page("/staff").words.contains("None yet"))
    }

    @Test(
      "Reading commands work where nothing can be written",
      .enabled(if: KeepingTests.canMount))
    func readOnlyMount() throws {
      let server = try ServerProcess(nil, ["--demo"])
      #expect(try server.stop() == 0)
      let target = try Folder()
      for command in [["verify"], ["backup", target.path + "/copy"], ["index"]] {
        let program = try Program(
          command + ["--data", server.folder.path],
          wrapper: [
            "unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
            "mount --bind \(server.folder.path) \(server.folder.path) && "
              + "mount -o remount,bind,ro \(server.folder.path) && exec \"$@\"", "sh",
          ])
        #expect(try program.exitStatus() == 0, "\(program.outputText)\(program.errorText)")
      }
    }

    private static let canMount: Bool = {
      guard let folder = try? Folder() else { return false }
      return system(
        "unshare --user --map-root-user --mount sh -c 'mount --bind \(folder.path) \(folder.path)"
          + " && mount -o remount,bind,ro \(folder.path)' 2>/dev/null") == 0
    }()
  }
}
