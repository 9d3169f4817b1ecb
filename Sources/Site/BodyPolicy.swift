package import HTTPServer
import Archive
package import HTTP

/// What may be sent, before any of it is read.
extension Site {
  package func bodyPolicy(for request: Request) -> BodyPolicy {
    guard let resource = Resource(path: request.path), resource.methods.contains(request.method)
    else {
      // Who waits to be told to go on need not send what nobody would read.
      return request.fields.has("Expect") ? .refuse(response(to: request)) : .none
    }
    guard request.method == .post else { return .none }
    guard resource.takesUploads else { return .memory(limit: Site.formLimit) }
    // Nobody fills the disk without having signed in; whose session it is, and whether it has
    // ended, is asked when the content is there.
    guard let token = cookie(.session, of: request), archive.mayHaveSession(token) else {
      // What was typed, without a file, can be kept until they have.
      let length = request.fields["Content-Length"].flatMap { Int($0) }
      guard let length, length <= Site.formLimit else {
        return refusal(privatePage(.forbidden, pages(for: request).signedOut()), resource)
      }
      return .memory(limit: Site.formLimit)
    }
    // Room for the fields beside the PDF.
    let limit = settings.maxUploadOctets + Submission.longestText
    if let length = request.fields["Content-Length"].flatMap({ Int($0) }), length > limit {
      tallies.countUpload(.refused)
      return refusal(privatePage(.contentTooLarge, pages(for: request).uploadTooLarge()), resource)
    }
    return .file(folder: archive.folder.incoming, limit: limit)
  }

  /// Words what the server refuses by itself, in few octets: it may be asked to do so very often.
  package func refusal(_ status: Status, of request: Request?) -> Response {
    var response =
      if let request, request.path.hasPrefix("/api/") {
        problem(status)
      } else {
        Response(
          status,
          fields: [
            "Content-Type": "text/plain; charset=utf-8",
            "Cache-Control": Caching.never.field,
          ],
          content: .octets(Array("\(status)\n".utf8)))
      }
    protect(&response, as: nil)
    return response
  }

  private func refusal(_ response: Response, _ resource: Resource) -> BodyPolicy {
    var response = response
    protect(&response, as: resource)
    return .refuse(response)
  }

  /// The most octets of a form without a file.
  package static let formLimit = 64 * 1024
}
