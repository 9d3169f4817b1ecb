import Archive
import Foundation
import HTTP
import HTTPServer
import System

extension Site {
  /// Metrics in the text format of Prometheus, for the configured networks.
  func metrics(_ request: Request) -> Response {
    guard let client = Address(request.client),
      settings.metricsNetworks.contains(where: { $0.contains(client) })
    else { return errorPage(.forbidden, request) }
    var text = MetricsText()
    if let statistics = statistics() { text.add(statistics) }
    add(counters.values, to: &text)
    if let drawings = archive.options.drawings { add(drawings, statistics()?.drawing, to: &text) }
    let health = recentHealth(at: clock())
    if let publications = health.publications {
      text.gauge("offprint_publications", "Public publications.", publications)
    }
    if let waiting = health.waitingFiles {
      text.gauge("offprint_waiting_files", "Files waiting for text extraction.", waiting)
    }
    text.gauge("offprint_database_size_bytes", "Size of the database.", health.databaseBytes)
    text.gauge("offprint_database_wal_bytes", "Size of the write-ahead log.", health.logBytes)
    if let bytes = archive.indexBytes {
      text.gauge("offprint_index_size_bytes", "Memory used by the search index.", bytes)
    }
    text.gauge(
      "offprint_store_free_bytes", "Free space on the disk of the archive.", health.freeBytes)
    add(purges.counts, to: &text)
    addUpkeep(health, to: &text)
    add(replication, health, to: &text)
    text.head("offprint_build_info", "gauge", "The running version, as a label.")
    text.sample(
      "offprint_build_info", [("version", settings.version), ("sqlite", health.sqliteVersion)], "1")
    addProcess(to: &text)
    return Response(
      .ok,
      fields: [
        "Content-Type": "text/plain; version=0.0.4; charset=utf-8"
      ],
      content: .bytes(text.octets))
  }

  /// Backups and checks of the PDFs.
  private func addUpkeep(_ health: ArchiveHealth, to text: inout MetricsText) {
    text.gauge(
      "offprint_damaged_files", "Missing and damaged PDFs that are known.",
      health.damagedFiles.count)
    text.gauge(
      "offprint_verified_files", "PDFs that the last complete check has read.",
      health.verification.files)
    if let time = health.verification.lastSuccess {
      text.gauge(
        "offprint_verify_last_success_timestamp_seconds",
        "When a check of all PDFs last found each of them whole.", Int(time.secondsSince1970))
    }
    if let time = health.lastBackup {
      text.gauge(
        "offprint_backup_last_success_timestamp_seconds", "When a backup was last completed.",
        Int(time.secondsSince1970))
    }
  }

  /// Drawn pages, and the requests for those that are not stored yet.
  private func add(
    _ drawings: Drawings, _ requests: ServerStatistics.Costly?, to text: inout MetricsText
  ) {
    let counts = drawings.counts
    text.head("offprint_drawings_total", "counter", "Pages drawn, by result.")
    for (result, count) in [("drawn", counts.drawn), ("failed", counts.failed)] {
      text.sample("offprint_drawings_total", [("result", result)], "\(count)")
    }
    text.counter(
      "offprint_drawings_unstored_total", "Drawn pages that could not be stored.", counts.unstored)
    text.gauge("offprint_drawings_size_bytes", "Size of the stored drawings.", drawings.bytes)
    guard let requests else { return }
    text.head(
      "offprint_drawing_requests_total", "counter",
      "Requests for drawn pages that may have to be drawn, by result.")
    let refused = requests.refused.values.flatMap(\.values).reduce(0, +)
    let started = requests.started.values.reduce(0, +)
    for (result, count) in [("answered", started), ("refused", refused)] {
      text.sample("offprint_drawing_requests_total", [("result", result)], "\(count)")
    }
    text.head(
      "offprint_drawing_seconds_total", "counter", "The time that workers took for them.")
    text.sample("offprint_drawing_seconds_total", [], "\(requests.workerTime / .seconds(1))")
  }

  private func add(_ values: Counters.Values, to text: inout MetricsText) {
    text.head("offprint_uploads_total", "counter", "Uploads by result.")
    for result in Counters.UploadResult.allCases {
      text.sample(
        "offprint_uploads_total", [("result", result.rawValue)],
        "\(values.uploads[result, default: 0])")
    }
    text.counter(
      "offprint_sign_in_failures_total", "Failed sign-in attempts.",
      values.signInFailures)
    text.histogram(
      "offprint_search_duration_seconds", "Duration of searches.",
      bounds: Counters.searchBounds, counts: values.searches, sum: values.searchSeconds)
  }

  private func add(_ counts: CachePurges.Counts, to text: inout MetricsText) {
    text.head(
      "offprint_cache_purges_total", "counter", "Requests to purge caches before the server.")
    for result in CachePurges.Result.allCases {
      text.sample(
        "offprint_cache_purges_total", [("result", result.rawValue)],
        "\(counts.results[result, default: 0])")
    }
    text.gauge(
      "offprint_cache_purge_keys", "Keys that caches have not been told of.", counts.waiting)
  }

  private func add(
    _ replication: Replication, _ health: ArchiveHealth, to text: inout MetricsText
  ) {
    text.head("offprint_role", "gauge", "The role of this server, as a label.")
    text.sample("offprint_role", [("role", replication.role.name)], "1")
    if let generation = health.generation {
      text.gauge(
        "offprint_database_generation", "The number of the last change of the database.",
        Int(generation.number))
    }
    let warnings = replication.warnings()
    let lag = lag(of: health, at: now)
    text.gauge(
      "offprint_replica_lag_seconds",
      "Age of the copy of the database; 0 on the server that writes.", Int(lag ?? 0))
    if lag != nil {
      let isRefused = warnings.contains { if case .copyRefused = $0 { true } else { false } }
      text.gauge(
        "offprint_replica_copy_refused",
        "Whether the newest copy of the database is not used (1) or is (0).", isRefused ? 1 : 0)
    }
    text.gauge(
      "offprint_replication_warnings", "What is wrong with replication now.", warnings.count)
    if replication.confirm != nil {
      let counts = replication.confirmations()
      text.head(
        "offprint_replication_confirmations_total", "counter",
        "Changes by whether the replica store confirmed them in time.")
      for (result, count) in [("confirmed", counts.succeeded), ("failed", counts.failed)] {
        text.sample(
          "offprint_replication_confirmations_total", [("result", result)], "\(count)")
      }
    }
    if let counts = replication.fetched() {
      text.head("offprint_fetched_files_total", "counter", "PDFs fetched from the origin.")
      for (result, count) in [
        ("stored", counts.fetched), ("failed", counts.failed), ("wrong_content", counts.wrong),
      ] {
        text.sample("offprint_fetched_files_total", [("result", result)], "\(count)")
      }
    }
  }

  /// The standard process metrics, from `/proc`.
  private func addProcess(to text: inout MetricsText) {
    if let pages = firstLine(of: "/proc/self/statm")?.split(separator: " ").dropFirst().first
      .flatMap({ Int($0) })
    {
      text.gauge(
        "process_resident_memory_bytes", "Resident memory of the process.",
        pages * Int(sysconf(Int32(_SC_PAGESIZE))))
    }
    // The program name can have spaces and ends with the last parenthesis.
    if let line = firstLine(of: "/proc/self/stat"), let end = line.lastIndex(of: ")") {
      let values = line[end...].split(separator: " ").dropFirst().map { Int($0) ?? 0 }
      if values.count > 12 {
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        text.head("process_cpu_seconds_total", "counter", "Processor time used.")
        text.sample("process_cpu_seconds_total", [], "\(Double(values[11] + values[12]) / ticks)")
      }
    }
    if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
      text.gauge("process_open_fds", "Open descriptors.", files.count)
    }
    let start = Double(started.wall.secondsSince1970)
    text.head("process_start_time_seconds", "gauge", "Start time of the process.")
    text.sample("process_start_time_seconds", [], "\(start)")
  }

  private func firstLine(of path: String) -> Substring? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").first
  }
}

/// Writes the text format of Prometheus: the help and type of each family before its samples.
struct MetricsText {
  private(set) var octets: [UInt8] = []

  mutating func head(_ name: StaticString, _ type: StaticString, _ help: StaticString) {
    line("# HELP \(name) \(help)")
    line("# TYPE \(name) \(type)")
  }

  mutating func sample(_ name: String, _ labels: [(StaticString, String)], _ value: String) {
    let list = labels.map { "\($0.0)=\"\(MetricsText.escaped($0.1))\"" }.joined(separator: ",")
    line("\(name)\(list.isEmpty ? "" : "{\(list)}") \(value)")
  }

  mutating func gauge(_ name: StaticString, _ help: StaticString, _ value: Int) {
    head(name, "gauge", help)
    sample("\(name)", [], "\(value)")
  }

  mutating func counter(_ name: StaticString, _ help: StaticString, _ value: Int) {
    head(name, "counter", help)
    sample("\(name)", [], "\(value)")
  }

  /// - Parameters:
  ///   - name: Of the family.
  ///   - help: What is measured.
  ///   - bounds: Upper bounds, rising.
  ///   - counts: For each bound those above the bound before, and those above the last.
  ///   - sum: Of all that was measured.
  mutating func histogram(
    _ name: StaticString, _ help: StaticString, bounds: [Double], counts: [Int], sum: Double
  ) {
    head(name, "histogram", help)
    var total = 0
    for (bound, count) in zip(bounds.map { "\($0)" } + ["+Inf"], counts) {
      total += count
      sample("\(name)_bucket", [("le", bound)], "\(total)")
    }
    sample("\(name)_sum", [], "\(sum)")
    sample("\(name)_count", [], "\(total)")
  }

  mutating func add(_ statistics: ServerStatistics) {
    head("offprint_http_requests_total", "counter", "Responses by method and status.")
    for answers in statistics.answers {
      sample(
        "offprint_http_requests_total",
        [("method", answers.method?.rawValue ?? ""), ("code", "\(answers.status)")],
        "\(answers.count)")
    }
    histogram(
      "offprint_http_request_duration_seconds",
      "Time from the first byte of a request to its response.",
      bounds: ServerStatistics.durationBounds, counts: statistics.durationCounts,
      sum: statistics.durationSum / .seconds(1))
    gauge("offprint_http_connections", "Open connections.", statistics.openConnections)
    counter(
      "offprint_http_connections_accepted_total", "Accepted connections.",
      statistics.acceptedConnections)
    counter(
      "offprint_http_connections_refused_total", "Connections refused because there were too many.",
      statistics.refusedConnections)
    counter(
      "offprint_http_received_bytes_total", "Bytes received.", statistics.receivedBytes)
    counter("offprint_http_sent_bytes_total", "Bytes sent.", statistics.sentBytes)
    counter(
      "offprint_response_cache_hits_total", "Requests served from the cache.",
      statistics.cacheHits)
    counter(
      "offprint_response_cache_misses_total", "Requests that were not in the cache.",
      statistics.cacheMisses)
    gauge(
      "offprint_response_cache_bytes", "Memory used by cached responses.", statistics.cacheBytes)
    gauge(
      "offprint_http_waiting_requests", "Requests waiting for a worker.",
      statistics.waitingRequests)
    counter(
      "offprint_http_turned_away_total", "Requests refused because the queue was full.",
      statistics.turnedAway)
    add(statistics.costly)
  }

  /// Searches and filtered lists, by the claim of the client.
  private mutating func add(_ costly: ServerStatistics.Costly) {
    head(
      "offprint_costly_requests_total", "counter",
      "Searches and filtered lists that were answered, by the claim of the client.")
    for claim in Claim.allCases {
      sample(
        "offprint_costly_requests_total", [("claim", "\(claim)")],
        "\(costly.started[claim, default: 0])")
    }
    head(
      "offprint_costly_refused_total", "counter",
      "Those that were refused, by claim and by reason: the queue was too long, or others came first."
    )
    for claim in Claim.allCases where claim != .staff {
      for reason in ServerStatistics.Costly.Reason.allCases {
        sample(
          "offprint_costly_refused_total", [("claim", "\(claim)"), ("reason", reason.rawValue)],
          "\(costly.refused[claim]?[reason] ?? 0)")
      }
    }
    head("offprint_costly_seconds_total", "counter", "The time that workers took for them.")
    sample("offprint_costly_seconds_total", [], "\(costly.workerTime / .seconds(1))")
    head("offprint_costly_wait_seconds", "gauge", "How long the last of them would wait now.")
    sample("offprint_costly_wait_seconds", [], "\(costly.expectedWait / .seconds(1))")
    gauge(
      "offprint_costly_networks", "Networks whose claims are remembered.", costly.networks)
  }

  private mutating func line(_ text: String) {
    octets += Array(text.utf8)
    octets.append(UInt8(ascii: "\n"))
  }

  private static func escaped(_ value: String) -> String {
    String(
      value.flatMap { character -> [Character] in
        switch character {
        case "\\", "\"": ["\\", character]
        case "\n": ["\\", "n"]
        default: [character]
        }
      })
  }
}
