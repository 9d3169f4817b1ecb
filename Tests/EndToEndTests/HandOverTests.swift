import Dispatch
import Foundation
import Glibc
import Synchronization
import Testing

extension EndToEnd {
  @Suite("A server is replaced, and its log rotated, without a client or a line being lost")
  struct HandOverTests {
    @Test("Through two hand-overs each connection is taken and each request answered")
    func handOver() throws {
      let server = try ServerProcess(nil, ["--demo"])
      let isOver = Atomic(false)
      let answered = Atomic(0)
      let failures = Mutex<[String]>([])
      let clients = DispatchGroup()
      for number in 0..<3 {
        DispatchQueue(label: "client.\(number)").async(group: clients) {
          while !isOver.load(ordering: .relaxed) {
            do {
              let answer = try server.fetch(number == 0 ? "/health/live" : Demo.seed)
              if answer.status != 200 { failures.withLock { $0.append("\(answer.status)") } }
              answered.add(1, ordering: .relaxed)
            } catch {
              failures.withLock { $0.append("\(error)") }
            }
          }
        }
      }
      // A proxy keeps its connection until it is told that a response is the last.
      DispatchQueue(label: "proxy").async(group: clients) {
        var wire: Wire?
        while !isOver.load(ordering: .relaxed) {
          do {
            let open = try wire ?? server.wire()
            wire = open
            try open.send("GET \(Demo.seed) HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = try open.answer()
            if answer.status != 200 { failures.withLock { $0.append("\(answer.status)") } }
            if answer["connection"] == "close" { wire = nil }
          } catch {
            failures.withLock { $0.append("kept connection: \(error)") }
            wire = nil
          }
        }
      }
      // A reader who takes his time has his PDF from the server that is being replaced.
      let slow = try server.wire()
      try slow.send("GET \(Demo.long).pdf HTTP/1.1\r\nHost: a\r\n\r\n")
      var running = server.program.process
      for turn in 2...3 {
        kill(running, SIGUSR2)
        _ = try server.program.wait(within: 60) { text in
          text.split(separator: "\n").count { $0.contains("Offprint listens on") } >= turn
            ? true : nil
        }
        running = try #require(holder(of: server.folder))
        Cleanup.started(running)
        // After the hand-over, too.
        let count = answered.load(ordering: .relaxed)
        while answered.load(ordering: .relaxed) < count + 20,
          failures.withLock({ $0.isEmpty })
        { usleep(1000) }
      }
      isOver.store(true, ordering: .relaxed)
      clients.wait()
      #expect(failures.withLock { $0 } == [])
      #expect(try slow.answer().content == server.fetch(Demo.long + ".pdf").content)
      kill(running, SIGTERM)
      while kill(running, 0) == 0 { usleep(1000) }
      Cleanup.ended(running)
      #expect(try server.program.exitStatus(within: 20) == 0)
    }

    /// The process that has the folder, as it says itself.
    private func holder(of folder: Folder) -> pid_t? {
      (try? folder.octets(of: "lock")).flatMap {
        pid_t(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
      }
    }

    @Test("A successor that cannot serve leaves the server as it was")
    func failingSuccessor() throws {
      let folder = try Folder()
      let file = try folder.write("log-level = info\n", to: "offprint.conf")
      let server = try ServerProcess(folder, ["--config", file])
      _ = try folder.write("log-level = loud\n", to: "offprint.conf")
      server.program.send(SIGUSR2)
      _ = try server.program.wait(within: 20) {
        $0.contains("msg=\"successor ended\"") ? true : nil
      }
      #expect(try server.fetch("/health").status == 200)
      _ = try folder.write("log-level = info\n", to: "offprint.conf")
      #expect(try server.stop() == 0)
    }

    @Test("Nobody's place is taken who does not have the folder")
    func wrongPredecessor() throws {
      let server = try ServerProcess()
      let other = try Program(
        ["serve", "--data", server.folder.path, "--listen", "127.0.0.1:0", "--take-over", "999999"])
      #expect(try other.exitStatus() == 1)
      #expect(try server.fetch("/health").status == 200)
    }

    @Test("A log that is rotated has each request once, in one file or the other")
    func rotation() throws {
      let folder = try Folder()
      let log = folder.path + "/offprint.log"
      let server = try ServerProcess(folder, ["--log-file", log])
      let rounds = 5
      for round in 0..<rounds {
        for number in 0..<40 { _ = try server.fetch("/nowhere/\(round)-\(number)") }
        try FileManager.default.moveItem(atPath: log, toPath: "\(log).\(round)")
        // Lines go to the file that was moved until the signal has come.
        for number in 40..<60 { _ = try server.fetch("/nowhere/\(round)-\(number)") }
        server.program.send(SIGHUP)
        _ = try server.eventually { _ in
          FileManager.default.fileExists(atPath: log) ? true : nil
        }
      }
      #expect(try server.stop() == 0)
      var lines: [String] = []
      for name in ["offprint.log"] + (0..<rounds).map({ "offprint.log.\($0)" }) {
        lines += String(decoding: try folder.octets(of: name), as: UTF8.self)
          .split(separator: "\n").map(String.init)
      }
      for round in 0..<rounds {
        for number in 0..<60 {
          #expect(lines.count { $0.contains(" path=/nowhere/\(round)-\(number) ") } == 1)
        }
      }
    }
  }
}
