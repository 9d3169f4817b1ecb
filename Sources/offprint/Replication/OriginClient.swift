import Archive
import HTTPServer

/// A web server with the PDFs: the primary, or one in front of a bucket or a folder.
struct OriginClient: FileOrigin {
  let origin: HTTPAddress

  /// The longest time for one file.
  private static let deadline: Duration = .seconds(120)

  func read(_ path: String, _ body: ([UInt8]) throws -> Void) throws {
    var client = HTTPClient()
    client.deadline = Self.deadline
    // The length is known, and what is longer is refused as it arrives.
    client.contentLimit = .max
    let address = origin.appending("/" + path)
    do {
      let answer = try client.send("GET", to: address) { answer, piece in
        if answer.status == 200 { try body(Array(piece)) }
      }
      guard answer.status == 200 else {
        throw FileFetcher.Failure.unavailable("\(address): status \(answer.status)")
      }
    } catch let failure as HTTPClient.Failure {
      throw FileFetcher.Failure.unavailable("\(address): \(failure)")
    }
  }
}
