import Foundation
import HTTP
import HTTPServer
import Testing

@testable import offprint

@Suite("Logging never blocks, and dropped lines are counted")
struct LogTests {
  private let ends: [Int32]

  init() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    self.ends = ends
  }

  private func record(_ path: String = "/publications/river-law", status: Int = 200) -> AccessRecord
  {
    var record = AccessRecord(
      time: 1_795_514_400_007_900_000, method: .get, path: path, client: "2001:db8::1",
      id: "a1b2", userAgent: "Mozilla/5.0 (X11)")
    record.status = status
    record.contentBytes = 12_345
    record.duration = 1_250_999
    record.isReused = true
    return record
  }

  /// Closes the writing end and reads what there is.
  private func written() -> String {
    close(ends[1])
    defer { close(ends[0]) }
    let octets = FileHandle(fileDescriptor: ends[0]).readDataToEndOfFile()
    return String(decoding: octets, as: UTF8.self)
  }

  @Test func request() {
    let log = Log(format: .logfmt, level: .info, output: ends[1])
    var records = [record(), record("/a b\"\n", status: 503)]
    log.take(&records)
    #expect(records.isEmpty)
    log.flush()
    #expect(
      written() == """
        ts=2026-11-24T10:00:00.007Z level=info msg=request method=GET path=/publications/river-law \
        status=200 bytes=12345 dur_ms=1.250 client=2001:db8::1 request_id=a1b2 cached=yes
        ts=2026-11-24T10:00:00.007Z level=error msg=request method=GET path="/a b\\"\\n" status=503 \
        bytes=12345 dur_ms=1.250 client=2001:db8::1 request_id=a1b2 cached=yes

        """)
  }

  @Test func requestWithoutMethod() {
    var malformed = record("", status: 400)
    malformed.method = nil
    let log = Log(format: .json, level: .info, output: ends[1])
    var records = [malformed]
    log.take(&records)
    log.flush()
    #expect(written().contains(#""method":"","path":"","status":400,"#))
  }

  @Test(arguments: [LogLevel.info, .notice])
  func level(_ level: LogLevel) {
    let log = Log(format: .logfmt, level: .error, output: ends[1])
    log.setLevel(level)
    var records = [record()]
    log.take(&records)
    log.write(.notice, "staff", [("by", "anna")])
    log.write(.debug, "noise")
    log.flush()
    let lines = written().split(separator: "\n")
    #expect(lines.count == (level == .info ? 2 : 1))
    #expect(lines.contains { $0.hasSuffix("level=notice msg=staff by=anna") })
  }

  @Test(arguments: [LogFormat.logfmt, .json])
  func announcement(_ format: LogFormat) {
    let log = Log(format: format, level: .error, output: ends[1])
    log.announce("Offprint listens on http://127.0.0.1:8080")
    let text = written()
    switch format {
    case .logfmt: #expect(text == "Offprint listens on http://127.0.0.1:8080\n")
    case .json: #expect(text.hasSuffix("\"msg\":\"Offprint listens on http://127.0.0.1:8080\"}\n"))
    }
  }

  @Test("A reader that reads nothing costs lines, not time")
  func slowReader() throws {
    let log = Log(format: .logfmt, level: .info, output: ends[1], capacity: 4096)
    let batch = [AccessRecord](repeating: record(), count: 100)
    // More than the pipe and all that may wait can hold.
    for _ in 0..<100 {
      var records = batch
      log.take(&records)
    }
    let reader = ends[0]
    let read = DispatchQueue(label: "reader")
    let lines = DispatchGroup()
    nonisolated(unsafe) var text = ""
    read.async(group: lines) {
      text = String(
        decoding: FileHandle(fileDescriptor: reader).readDataToEndOfFile(), as: UTF8.self)
    }
    log.flush()
    log.flush()
    close(ends[1])
    lines.wait()
    close(reader)
    let requests = text.split(separator: "\n").count { $0.contains("msg=request") }
    let dropped = text.split(separator: "\n").compactMap { line in
      line.firstMatch(of: /level=warning msg="log lines dropped" count=([0-9]+)/).flatMap {
        Int($0.1)
      }
    }
    #expect(dropped.reduce(0, +) > 0)
    #expect(requests + dropped.reduce(0, +) == 10_000)
  }

  @Test(
    arguments: [
      (0, 0, "1970-01-01T00:00:00.000Z"), (951_782_400, 999_999_999, "2000-02-29T00:00:00.999Z"),
      (4_102_444_799, 1_000_000, "2099-12-31T23:59:59.001Z"),
    ] as [(Int64, Int32, String)])
  func timestamp(_ seconds: Int64, _ nanoseconds: Int32, is text: String) {
    var clock = LogClock()
    #expect(clock.text(seconds * 1_000_000_000 + Int64(nanoseconds)) == text)
  }
}
