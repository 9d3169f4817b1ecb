import HTTP
import Testing

@Suite("An answer is selected from by conditions, ranges and codings")
struct SelectionTests {
  static let modified: Int64 = 784_111_777

  func answer() -> Response {
    Response(
      .ok, fields: ["content-type": "text/html", "cache-control": "max-age=60"],
      content: .coded(identity: Array(0..<100), gzip: Array(0..<40)), entityTag: "a",
      lastModified: Self.modified, isReusable: true)
  }

  @Test(
    arguments: [
      ([:], .get, .ok, 100),
      (["accept-encoding": "gzip"], .get, .ok, 40),
      (["accept-encoding": "gzip"], .head, .ok, 40),
      (["accept-encoding": "identity;q=0"], .get, .notAcceptable, 0),
      (["if-none-match": "\"a\""], .get, .notModified, 0),
      (["if-none-match": "W/\"b\", W/\"a\""], .head, .notModified, 0),
      (["if-none-match": "\"a\"", "accept-encoding": "gzip"], .get, .ok, 40),
      (["if-none-match": "\"a-gzip\"", "accept-encoding": "gzip"], .get, .notModified, 0),
      (["if-match": "W/\"a\""], .get, .preconditionFailed, 0),
      (["range": "bytes=0-9"], .get, .partialContent, 10),
      (["range": "bytes=0-9", "if-range": "\"a\""], .get, .partialContent, 10),
      (["range": "bytes=0-9", "if-range": "W/\"a\""], .get, .ok, 100),
      (["range": "bytes=0-9"], .head, .ok, 100),
      (["range": "bytes=200-"], .get, .rangeNotSatisfiable, 0),
    ] as [(Fields, HTTP.Method, Status, Int)])
  func field(_ fields: Fields, method: HTTP.Method, gives status: Status, length: Int) {
    let response = answer().selected(for: Request(method: method, path: "/", fields: fields))
    #expect(response.status == status)
    #expect(response.content.length == length)
  }
}

@Suite("Dates are read in three forms and written in one (RFC 9110 §5.6.7)")
struct HTTPDateTests {
  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
  ])
  func form(_ text: String) {
    #expect(HTTPDate(text)?.seconds == 784_111_777)
    #expect(HTTPDate(text)?.description == "Sun, 06 Nov 1994 08:49:37 GMT")
  }
}
