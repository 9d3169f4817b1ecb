import HTTP
import Testing

@Suite("Accept chooses a media type by weights (RFC 9110 §12.5.1)")
struct AcceptTests {
  private static let browser =
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

  @Test(
    arguments: [
      ("application/json", "application/json"), ("text/html", "text/html"),
      ("TEXT/HTML", "text/html"), ("text/*", "text/html"), ("*/*", "application/json"),
      ("", "application/json"), (browser, "text/html"),
      ("text/html;q=0.5, application/json;q=0.6", "application/json"),
      ("text/html;q=0.5, application/json;q=0.4", "text/html"),
      ("text/html, */*;q=0.1", "text/html"), ("*/*, application/json;q=0", "text/html"),
      ("text/html;q=0", "application/json"), ("image/png", "application/json"),
      ("text/html;q=2", "application/json"), ("text/html;q=nan", "application/json"),
      ("text/html;q=", "application/json"), ("text html", "application/json"),
      (",,text/html,,", "text/html"), (";", "application/json"),
      ("text/html;charset=utf-8;q=0.9, application/json;q=0.1", "text/html"),
    ])
  func field(_ value: String, chooses expected: String) {
    let request = Request(method: .get, path: "/", fields: ["Accept": value])
    #expect(request.preferredType(of: ["application/json", "text/html"]) == expected)
  }

  @Test func withoutTheFieldTheDefault() {
    let request = Request(method: .get, path: "/")
    #expect(request.preferredType(of: ["application/json", "text/html"]) == "application/json")
  }
}
