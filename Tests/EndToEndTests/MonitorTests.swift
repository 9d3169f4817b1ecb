import Foundation
import Testing

extension EndToEnd {
  @Suite("A monitor sees whether the server is up and able to serve")
  struct MonitorTests {
    let server: ServerProcess

    init() throws { server = try Demo.server }

    @Test("/health/live and /health answer in JSON and are never kept")
    func health() throws {
      #expect(try server.fetch("/health/live").status == 200)
      let answer = try server.fetch("/health")
      #expect(answer.status == 200)
      #expect(answer["content-type"] == "application/json")
      #expect(answer["cache-control"] == "no-store")
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(answer.content)) as? [String: Any])
      for key in ["status", "version", "publications"] { #expect(object[key] != nil, "\(key)") }
      #expect(!answer.text.contains(server.folder.path))
    }

    @Test("Metrics are in the form that Prometheus reads")
    func metrics() throws {
      let answer = try server.fetch("/metrics")
      #expect(answer.status == 200)
      #expect(answer["content-type"]?.hasPrefix("text/plain") == true)
      let lines = answer.text.split(separator: "\n")
      var typed: Set<Substring> = []
      for line in lines {
        if let type = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
          typed.insert(type.1)
        } else if !line.hasPrefix("#") {
          let sample = try #require(
            line.wholeMatch(of: /([a-z_]+?)(_bucket|_sum|_count)?(\{[^}]*\})? [-+0-9.eEInf]+/),
            "\(line)")
          let whole = sample.1 + (sample.2 ?? "")
          #expect(typed.contains(sample.1) || typed.contains(whole[...]), "\(line)")
        }
      }
      for name in [
        "offprint_http_requests_total", "offprint_http_request_duration_seconds",
        "offprint_http_connections", "offprint_publications", "offprint_database_size_bytes",
        "offprint_store_free_bytes", "offprint_build_info", "process_resident_memory_bytes",
      ] {
        #expect(answer.text.contains(name), "\(name)")
      }
    }

    @Test("The log has one line for each request, without what visitors chose to break it")
    func log() throws {
      let server = try ServerProcess()
      _ = try server.fetch("/search?q=%0A%22\\level=error", ["User-Agent: \"evil\" level=error"])
      let line = try server.program.wait(within: 10) { text in
        text.split(separator: "\n").first { $0.contains("/search") && $0.contains("status=") }
          .map { String($0) }
      }
      for part in ["ts=", "level=info", "method=GET", "status=200", "client=127.0.0.1", "dur_ms="] {
        #expect(line.contains(part), "\(part): \(line)")
      }
    }

    @Test("A log in JSON is one object on each line")
    func jsonLog() throws {
      let server = try ServerProcess(nil, ["--log-format", "json"])
      _ = try server.fetch("/nowhere")
      let line = try server.program.wait(within: 10) { text in
        text.split(separator: "\n").first { $0.contains("/nowhere") }.map { String($0) }
      }
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["status"] as? Int == 404)
    }
  }
}
