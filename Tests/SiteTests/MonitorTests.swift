import Archive
import Foundation
import HTTP
import HTTPServer
import Site
import System
import Testing

@Suite("Health, metrics and security headers are correct")
struct MonitorTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
    try site.deposit(TestSite.record())
  }

  @Test func health() throws {
    #expect(site.get("/health/live").status == .ok)
    site.environment.wait(seconds: 7)
    let answer = site.get("/health")
    #expect(answer.status == .ok)
    #expect(answer.fields["Content-Type"] == "application/json")
    #expect(answer.fields["Cache-Control"] == "no-store")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any])
    #expect(object["status"] as? String == "ready")
    #expect(object["publications"] as? Int == 1)
    #expect(object["version"] as? String == "1.2.3")
    #expect(object["uptime_seconds"] as? Int == 7)
    #expect(!answer.text.contains(site.archive.folder.path))
    site.archive.close()
    // It is determined at most once a second.
    #expect(site.get("/health").status == .ok)
    site.environment.wait(seconds: 1)
    #expect(site.get("/health").status == .serviceUnavailable)
    #expect(site.get("/health/live").status == .ok)
    #expect(site.get("/robots.txt").status == .ok)
    let failed = site.get("/")
    // A server that stops closes its archive: that is no failure for the log.
    #expect(failed.status == .serviceUnavailable)
    #expect(failed.text.contains("request-1"))
    #expect(site.environment.events.isEmpty)
  }

  @Test func metrics() throws {
    _ = site.get("/search?q=geography")
    let text = site.get("/metrics").text
    var typed: Set<Substring> = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# TYPE ") {
        typed.insert(line.dropFirst(7).prefix { $0 != " " })
      } else if !line.hasPrefix("#") {
        let name = line.prefix { $0 != " " && $0 != "{" }
        let family = ["_bucket", "_sum", "_count"].reduce(name) {
          $0.hasSuffix($1) && !typed.contains($0) ? $0.dropLast($1.count) : $0
        }
        #expect(typed.contains(family), "\(line)")
        #expect(line.split(separator: " ").last.flatMap { Double($0) } != nil, "\(line)")
      }
    }
    for sample in [
      "offprint_publications 1", "offprint_index_size_bytes ",
      "offprint_build_info{version=\"1.2.3\",sqlite=\"",
      "offprint_search_duration_seconds_count 1",
      "offprint_search_duration_seconds_bucket{le=\"+Inf\"} 1",
      "offprint_uploads_total{result=\"accepted\"} 0", "process_resident_memory_bytes ",
    ] {
      #expect(text.contains(sample), "\(sample)")
    }
  }

  @Test(
    arguments: [
      ("127.0.0.1", Status.ok), ("::1", .ok), ("192.0.2.1", .forbidden), ("", .forbidden),
    ])
  func metricsAreForConfiguredNetworks(_ client: String, _ status: Status) {
    let answer = site.site.response(
      to: Request(method: .get, path: "/metrics", client: client))
    #expect(answer.status == status)
  }

  @Test(arguments: ResourceTests.all) func aWrongMethodIsToldTheRightOnes(_ resource: Resource) {
    for method in HTTP.Method.allCases where !resource.route.methods.contains(method) {
      let answer = site.site.response(to: Request(method: method, path: resource.path))
      #expect(answer.status == (method == .options ? .noContent : .methodNotAllowed))
      #expect(
        answer.fields["Allow"]
          == (resource.route.methods + [.options]).map(\.rawValue).joined(separator: ", "))
    }
  }

  @Test("OPTIONS * is answered for the server (RFC 9110 §9.3.7)") func options() {
    let answer = site.site.response(to: Request(method: .options, path: "*"))
    #expect(answer.status == .noContent)
    #expect(answer.fields["Allow"] == "GET, HEAD, POST, OPTIONS")
  }

  @Test(
    arguments: [
      ("/", "public, max-age=60, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400"),
      ("/search?q=a", "public, max-age=30"), ("/nowhere", "public, max-age=10"),
      ("/publications/russia-and-the-koreas.pdf", "public, no-cache"),
      ("/staff/sign-in", "no-store"), ("/health", "no-store"), ("/metrics", "no-store"),
    ])
  func everyAnswerSaysHowLongItMayBeKept(_ target: String, _ expected: String) {
    #expect(site.get(target).fields["Cache-Control"] == expected)
  }

  @Test(
    arguments: [
      "/", "/publications/russia-and-the-koreas", "/publications/russia-and-the-koreas.pdf",
      "/nowhere", "/staff", "/staff/sign-in", "/api/search?q=a", "/health", "/feed.atom",
    ])
  func everyAnswerProtectsItsReader(_ target: String) throws {
    let fields = site.get(target).fields
    let policy = try #require(fields["Content-Security-Policy"])
    #expect(policy.hasPrefix("default-src 'none'"))
    #expect(policy.contains("frame-ancestors 'self'"))
    #expect(!policy.contains("unsafe-eval"))
    #expect(fields["X-Content-Type-Options"] == "nosniff")
    #expect(fields["Referrer-Policy"] != nil)
    #expect(fields["Set-Cookie"] == nil || target.hasPrefix("/staff/sign-in"))
  }

  @Test func styleSheet() throws {
    let page = site.get("/").text
    let start = try #require(page.firstRange(of: "<link rel=\"stylesheet\" href=\""))
    let answer = site.get(String(page[start.upperBound...].prefix { $0 != "\"" }))
    #expect(answer.status == .ok)
    #expect(answer.fields["Content-Type"] == "text/css; charset=utf-8")
    #expect(answer.fields["Cache-Control"] == "public, max-age=31536000, immutable")
    #expect(answer.text.utf8.count < 24 * 1024)
    #expect(throws: Assets.Failure.self) { try Assets(folder: "/nowhere") }
  }
}
