import Dispatch
import Foundation
import Glibc
import Synchronization
import Testing

extension EndToEnd {
  @Suite("Nothing that was acknowledged is lost")
  struct DurabilityTests {
    /// How often the server is killed; `OFFPRINT_CRASHES` asks for more.
    private static let crashes =
      ProcessInfo.processInfo.environment["OFFPRINT_CRASHES"].flatMap { Int($0) } ?? 10

    @Test("SIGTERM lets an upload that is under way finish, and ends with 0")
    func gracefulStop() throws {
      let desk = try Desk.open()
      let server = desk.visitor.server
      let idle = try server.wire()
      try idle.send("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
      #expect(try idle.answer().status == 200)

      let page = try desk.visitor.page("/staff/upload/form")
      let form = try #require(page.forms.first { !$0.fileFields.isEmpty })
      let file = samplePDF(pages: [["Slow but whole."]], padding: 200_000)
      let content = form.filled(Desk.values("A Slow Upload")).multipart(
        files: [Attachment(field: form.fileFields[0], name: "slow.pdf", octets: file)],
        boundary: "x-slow")
      let upload = try server.wire()
      try upload.send(
        (["POST /staff/upload/form HTTP/1.1", "Host: a"] + desk.visitor.cookieFields + [
          "Content-Type: multipart/form-data; boundary=x-slow",
          "Content-Length: \(content.count)", "", "",
        ]).joined(separator: "\r\n"))
      try upload.send(Array(content[..<100_000]))
      // An answered request shows that the loop has seen what was sent before.
      _ = try server.fetch("/health/live")
      server.program.send(SIGTERM)
      #expect(try idle.ends())
      try upload.send(Array(content[100_000...]))
      #expect(try upload.answer().status == 303)
      #expect(try server.program.exitStatus(within: 20) == 0)

      let later = try ServerProcess(server.folder)
      #expect(try later.fetch("/publications/a-slow-upload.pdf").content == file)
    }

    @Test("A second SIGTERM ends it at once")
    func impatientStop() throws {
      let desk = try Desk.open()
      let upload = try desk.visitor.server.wire()
      try upload.send(
        (["POST /staff/upload/form HTTP/1.1", "Host: a"] + desk.visitor.cookieFields + [
          "Content-Type: multipart/form-data; boundary=x", "Content-Length: 1000", "", "--x\r\n",
        ]).joined(separator: "\r\n"))
      _ = try desk.visitor.server.fetch("/health/live")
      let program = desk.visitor.server.program
      program.send(SIGTERM)
      #expect(try upload.silent(for: 1))
      program.send(SIGTERM)
      try program.exitStatus(within: 3)
    }

    @Test("After kill -9 in the middle of uploads every acknowledged one is there and findable")
    func crashes() throws {
      let folder = try Folder()
      try Desk.makeAdministrator(in: folder)
      var acknowledged: [String: [UInt8]] = [:]
      for round in 0..<Self.crashes {
        let server = try ServerProcess(folder)
        let fresh = try upload(20, in: round, to: server)
        #expect(!fresh.isEmpty)
        acknowledged.merge(fresh) { $1 }
        let after = try ServerProcess(folder)
        for (title, file) in acknowledged {
          let slug = title.lowercased().replacing(" ", with: "-")
          #expect(try after.fetch("/publications/\(slug)").text.contains(title))
          #expect(try after.fetch("/publications/\(slug).pdf").content == file)
          #expect(
            try after.fetch("/api/search?limit=100&q=\(percentEncoded(title))").text
              .contains("\"slug\":\"\(slug)\""), "\(title)")
        }
        #expect(folder.files(below: "incoming").isEmpty)
        #expect(try after.stop() == 0)
        let verify = try Program(["verify", "--data", folder.path])
        #expect(try verify.exitStatus() == 0, "\(verify.outputText)\(verify.errorText)")
        #expect(!verify.outputText.contains("belongs to no publication"), "\(verify.outputText)")
      }
    }

    /// Uploads from four clients at once and kills the server while they are at it.
    private func upload(
      _ count: Int, in round: Int, to server: ServerProcess
    ) throws -> [String: [UInt8]] {
      let acknowledged = Mutex<[String: [UInt8]]>([:])
      let desks = try (0..<4).map { _ in try Desk(signingInAt: server) }
      // Another moment in each round: after as many uploads, or a little later.
      let fatal = 4 + round % 13
      let clients = DispatchGroup()
      for (client, desk) in desks.enumerated() {
        nonisolated(unsafe) let desk = desk
        DispatchQueue(label: "client").async(group: clients) {
          for number in stride(from: client, to: count, by: 4) {
            let title = "Paper \(number) of Round \(round)"
            let file = samplePDF(
              pages: [[title]], padding: 20_000 + 10_000 * number)
            guard let answer = try? desk.deposit(Desk.values(title), file: file),
              answer.status == 303
            else { return }
            let isLast = acknowledged.withLock {
              $0[title] = file
              return $0.count == fatal
            }
            if isLast { server.program.send(SIGKILL) }
          }
        }
      }
      clients.wait()
      server.program.crash()
      return acknowledged.withLock { $0 }
    }

    @Test("What uploads left that were cut off is gone after the next start")
    func orphans() throws {
      let server = try ServerProcess(nil, ["--demo"])
      #expect(try server.stop() == 0)
      let known = server.folder.files(below: "files")
      let hash = String(repeating: "a", count: 64)
      let place = "files/aa/aa"
      try FileManager.default.createDirectory(
        atPath: "\(server.folder.path)/\(place)", withIntermediateDirectories: true)
      _ = try server.folder.write("%PDF-1.7\n", to: "\(place)/\(hash).pdf")
      _ = try server.folder.write("%PDF-1.7\n", to: "incoming/half")
      let again = try ServerProcess(server.folder)
      #expect(server.folder.files(below: "files") == known)
      #expect(server.folder.files(below: "incoming").isEmpty)
      #expect(again.program.outputText.contains(hash))
    }

    @Test("Below the reserve of free space uploads get 507 and reading goes on")
    func reserve() throws {
      let desk = try Desk.open(["--free-space-reserve", "1000 TiB"])
      let answer = try desk.deposit(
        Desk.values("No Room"), file: samplePDF(pages: [["No room."]]))
      #expect([503, 507].contains(answer.status))
      try expectNothingStored(of: "no-room", by: desk.visitor.server)
    }

    @Test(
      "On a full disk uploads get 507, reading goes on, and space makes it work again",
      .enabled(if: DurabilityTests.canMount))
    func fullDisk() throws {
      let mount = try Folder()
      let server = try ServerProcess(
        mount, ["--free-space-reserve", "0"],
        wrapper: [
          "unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
          "mount -t tmpfs -o size=24m,mode=0700 tmpfs \(mount.path) && exec \"$@\"", "sh",
        ])
      let link = try server.invitation()
      let first = Desk(at: server)
      let form = try #require(try first.visitor.page(link).form(with: "name"))
      let passwords = form.names.filter { $0.contains("password") }.map { ($0, Desk.password) }
      _ = try first.visitor.submit(
        form.filled(Dictionary(passwords) { $1 }).filled(["name": Desk.name]), at: link)
      let desk = try Desk(signingInAt: server)

      #expect(
        try desk.deposit(Desk.values("Small"), file: samplePDF(pages: [["Fits."]])).status == 303)
      let inside = "/proc/\(server.program.process)/root\(mount.path)"
      let ballast = inside + "/ballast"
      try Data(count: 12 << 20).write(to: URL(fileURLWithPath: ballast))
      // The first is too long for the space that is left; the second is so when its part is taken
      // out of the form.
      let sizes = [14 << 20, 7 << 20]
      for size in sizes {
        let file = samplePDF(pages: [["Does not fit."]], padding: size)
        // The server may answer and close while the content is still being sent.
        let status = (try? desk.deposit(Desk.values("No Room"), file: file))?.status
        #expect(status == nil || status == 507 || status == 503, "\(status ?? 0)")
      }
      #expect(try server.fetch("/publications/small").status == 200)
      #expect(try server.fetch("/publications/no-room").status == 404)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: inside + "/incoming").isEmpty)

      try FileManager.default.removeItem(atPath: ballast)
      let file = samplePDF(pages: [["Fits now."]], padding: 7 << 20)
      #expect(try desk.deposit(Desk.values("Room Again"), file: file).status == 303)
      #expect(try server.fetch("/publications/room-again.pdf").content == file)
    }

    private static let canMount: Bool = {
      guard let script = try? Folder() else { return false }
      var status: Int32 = -1
      status = system(
        "unshare --user --map-root-user --mount mount -t tmpfs tmpfs \(script.path) 2>/dev/null")
      return status == 0
    }()

    private func expectNothingStored(of slug: String, by server: ServerProcess) throws {
      #expect(try server.fetch("/").status == 200)
      #expect(try server.fetch("/publications/\(slug)").status == 404)
      #expect(server.folder.files(below: "files").isEmpty)
      #expect(server.folder.files(below: "incoming").isEmpty)
    }
  }
}
