import Foundation
import Glibc
import Testing

extension EndToEnd {
  @Suite("Commands work beside a running server, which runs those that write")
  struct ControlTests {
    private func run(
      _ arguments: [String], in folder: Folder, input: String = ""
    ) throws -> (status: Int32, output: String, errors: String) {
      let program = try Program(arguments + ["--data", folder.path], input: input)
      let status = try program.exitStatus()
      return (status, program.outputText, program.errorText)
    }

    private func catalogue(_ count: Int, in folder: Folder) throws -> String {
      let lines = (1...count).map {
        """
        {"slug":"harbour-\($0)","title":"Harbour Number \($0)","authors":["Mira Koval"],\
        "published":"2019-03-04","abstract":"\(String(repeating: "Fog and tides. ", count: 20))"}
        """
      }
      return try folder.write(lines.joined(separator: "\n") + "\n", to: "catalogue.jsonl")
    }

    @Test(
      "A command prints the same and ends with the same status with and without a server",
      arguments: [
        (["user", "add", "Ada Berg", "--role", "editor"], "a long enough password\n"),
        (["user", "add", "Ada Berg", "--role", "editor"], "short\n"),
        (["user", "remove", "Nobody"], ""),
        (["user", "disable", "Nobody"], ""),
        (["user", "reset-second-factor", "Nobody"], ""),
        (["subscriber", "add", "-"], "one@example.org\nno address\ntwo@example.org\n"),
        (["subscriber", "delete", "nobody@example.org"], ""),
        (["verify", "--repair"], ""),
        (["user", "list"], ""),
      ] as [([String], String)])
    func sameOutput(_ arguments: [String], input: String) throws {
      let alone = try Folder()
      _ = try ServerProcess(alone).stop()
      let expected = try run(arguments, in: alone, input: input)

      let server = try ServerProcess()
      let found = try run(arguments, in: server.folder, input: input)
      #expect(found.status == expected.status)
      #expect(found.output == expected.output)
      #expect(found.errors == expected.errors)
    }

    @Test("An account added beside a server is there at once")
    func accounts() throws {
      let server = try ServerProcess()
      let added = try run(
        ["user", "add", "Ada", "--role", "administrator"], in: server.folder,
        input: "a long enough password\n")
      #expect(added.status == 0, "\(added)")
      #expect(try run(["user", "list"], in: server.folder).output.contains("Ada"))
      for (action, says) in [
        ("reset-second-factor", "Ada signs in with the password only now.\n"),
        ("enable", "Ada can sign in again.\n"),
      ] {
        let done = try run(["user", action, "Ada"], in: server.folder)
        #expect(done.status == 0 && done.output == says)
      }
      // The last administrator who can sign in.
      let refused = try run(["user", "disable", "Ada"], in: server.folder)
      #expect(refused.status == 1 && refused.errors.contains("last administrator"))
    }

    @Test("A catalogue imported beside a server is on its pages at once")
    func importing() throws {
      let server = try ServerProcess()
      #expect(try server.fetch("/").text.contains("Total Index: 0 publications."))
      let files = try Folder()
      let path = try catalogue(300, in: files)
      let first = try run(["import", path], in: server.folder)
      #expect(first.status == 0, "\(first)")
      #expect(first.output.contains("300 new"))
      #expect(try server.fetch("/").text.contains("Total Index: 300 publications."))
      #expect(try server.fetch("/search?q=harbour").text.contains("Harbour Number"))
      #expect(try run(["import", path], in: server.folder).output.contains("300 unchanged"))
      #expect(try run(["index", "--rebuild"], in: server.folder).output.contains("recomputed"))
    }

    @Test("A relative path is one of the command's own folder")
    func relativePath() throws {
      let server = try ServerProcess()
      let files = try Folder()
      _ = try catalogue(2, in: files)
      let program = try Program(
        ["import", "catalogue.jsonl", "--data", server.folder.path],
        wrapper: ["env", "--chdir", files.path])
      #expect(try program.exitStatus() == 0)
      #expect(program.outputText.contains("2 new"))
    }

    @Test("An import whose command is killed leaves whole records, and can be run again")
    func killed() throws {
      let server = try ServerProcess()
      let files = try Folder()
      let path = try catalogue(20_000, in: files)
      let program = try Program(["import", path, "--data", server.folder.path])
      _ = try server.eventually { server in
        try server.fetch("/").text.contains("Total Index: 0 publications.") ? nil : true
      }
      program.crash()
      // The server notices, and is free for the next command.
      let again = try run(["import", path], in: server.folder)
      #expect(again.status == 0, "\(again)")
      #expect(try server.fetch("/").text.contains("Total Index: 20,000 publications."))
      #expect(try run(["verify"], in: server.folder).status == 0)
    }

    @Test("A server that stops says so to a running command, which ends with status 1")
    func stopping() throws {
      let server = try ServerProcess()
      let files = try Folder()
      let path = try catalogue(20_000, in: files)
      let program = try Program(["import", path, "--data", server.folder.path])
      _ = try server.eventually { server in
        try server.fetch("/").text.contains("Total Index: 0 publications.") ? nil : true
      }
      #expect(try server.stop() == 0)
      #expect(try program.exitStatus() == 1)
      #expect(program.outputText.contains(" new, "), "\(program.outputText)")
      #expect(program.errorText.contains("the server stopped"), "\(program.errorText)")
      #expect(try run(["import", path], in: server.folder).status == 0)
    }

    @Test("A stopped server leaves no socket, and a killed one's does not hinder the next")
    func leftOver() throws {
      let folder = try Folder()
      let socket = folder.path + "/control"
      let first = try ServerProcess(folder)
      #expect(FileManager.default.fileExists(atPath: socket))
      #expect(try first.stop() == 0)
      #expect(!FileManager.default.fileExists(atPath: socket))
      let second = try ServerProcess(folder)
      second.program.crash()
      #expect(FileManager.default.fileExists(atPath: socket))
      #expect(try run(["user", "list"], in: folder).status == 0)
      let third = try ServerProcess(folder)
      let added = try run(
        ["user", "add", "Ada", "--role", "editor"], in: folder, input: "a long enough password\n")
      #expect(added.status == 0, "\(added)")
      _ = try third.stop()
    }

    @Test("The socket is its owner's alone, and refuses what is no command")
    func refusals() throws {
      let server = try ServerProcess()
      var status = stat()
      let socket = server.folder.path + "/control"
      try #require(lstat(socket, &status) == 0)
      #expect(status.st_mode & S_IFMT == S_IFSOCK)
      #expect(status.st_mode & 0o777 == 0o600)
      for (head, body, expected) in [
        ("POST /commands", "{}", "400"), ("POST /commands", "not JSON", "400"),
        ("POST /commands", #"{"words":["serve"],"directory":"/","input":""}"#, "400"),
        ("POST /commands", #"{"words":["user","fly"],"directory":"/","input":""}"#, "400"),
        ("POST /other", "{}", "404"), ("GET /commands", "", "405"),
      ] {
        let request =
          "\(head) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        let answer = try exchange(request, over: socket)
        #expect(answer.hasPrefix("HTTP/1.1 \(expected) "), "\(head) \(body): \(answer)")
      }
      #expect(try exchange("no HTTP\r\n\r\n", over: socket).hasPrefix("HTTP/1.1 400 "))
    }

    /// Sends bytes over a Unix socket and returns what comes until the end.
    private func exchange(_ request: String, over path: String) throws -> String {
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var limit = timeval(tv_sec: 20, tv_usec: 0)
      setsockopt(
        descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      try #require(path.utf8.count < 108)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
      let connected = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      try #require(connected == 0)
      let bytes = Array(request.utf8)
      try #require(send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
      var received: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { break }
        received += buffer[..<count]
      }
      return String(decoding: received, as: UTF8.self)
    }
  }
}
