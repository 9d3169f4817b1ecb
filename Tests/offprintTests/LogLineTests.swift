import Foundation
import Testing

@testable import offprint

@Suite("An event is one line of the log, whatever its values")
struct LogLineTests {
  private func line(_ format: LogFormat, _ user: String) -> String {
    var line = LogLine(format: format)
    line.begin(timestamp: "2026-11-24T10:00:00.007Z", level: .warning, message: "login failed")
    line.add("client", "192.0.2.7")
    line.add("user", user)
    line.add("status", 401)
    line.add("dur_ms", microseconds: 12_034)
    line.end()
    return String(decoding: line.octets, as: UTF8.self)
  }

  @Test(
    arguments: [
      ("anna", "anna"), ("", #""""#), ("anna b", #""anna b""#), (#"a"b"#, #""a\"b""#),
      (#"a\b"#, #""a\\b""#), ("a=b", #""a=b""#), ("a\nts=0", #""a\nts=0""#),
      ("a\r\tb", #""a\r\tb""#), ("\u{1B}[2J", #""\u001b[2J""#), ("\0", #""\u0000""#),
      ("\u{85}\u{2028}", #""\u0085\u2028""#), ("Åsa", #""Åsa""#),
    ])
  func logfmt(_ value: String, isWritten text: String) {
    #expect(
      line(.logfmt, value) == """
        ts=2026-11-24T10:00:00.007Z level=warning msg="login failed" client=192.0.2.7 \
        user=\(text) status=401 dur_ms=12.034

        """)
  }

  @Test(arguments: ["anna", "", #"a"b\c"#, "a\n{}\u{7}\u{2029}", "Åsa 研究 \u{1F4C4}"])
  func json(_ value: String) throws {
    struct Line: Decodable, Equatable {
      var ts: String
      var level: String
      var msg: String
      var client: String
      var user: String
      var status: Int
      var dur_ms: Double
    }
    let text = line(.json, value)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    #expect(
      try JSONDecoder().decode(Line.self, from: Data(text.utf8))
        == Line(
          ts: "2026-11-24T10:00:00.007Z", level: "warning", msg: "login failed",
          client: "192.0.2.7", user: value, status: 401, dur_ms: 12.034))
  }
}
