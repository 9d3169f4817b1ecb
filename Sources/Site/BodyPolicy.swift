package import HTTPServer
import Archive
package import HTTP
import System

/// Decides about the body of a request before it is read.
extension Site {
  package func bodyPolicy(for request: Request) -> BodyPolicy {
    guard let (_, route) = request.resolved.match, route.methods.contains(request.method) else {
      // A client that waits for 100 Continue need not send a body that is not read.
      return request.fields.has("Expect") ? .refuse(response(to: request)) : .none
    }
    guard request.method == .post || request.method == .patch else { return .none }
    if let redirect = redirectToPrimary(request, route) {
      // A form is read, so that the connection can be used again.
      return route.body == .form ? .memory(limit: Site.formLimit) : refusal(redirect, route)
    }
    guard route.body != .form, route.body != .part || request.method == .patch else {
      return .memory(limit: Site.formLimit)
    }
    if route.body == .copy { return policyForCopy(of: request, route) }
    // Only staff may fill the disk. The session itself is checked when the body has been received.
    guard let token = cookie(.session, of: request), archive.staff.mayHaveSession(token) else {
      guard route.body != .part else { return refusal(signedOutProgram(request), route) }
      // A form without a file is kept while staff sign in.
      let length = request.fields["Content-Length"].flatMap { Int($0) }
      guard let length, length <= Site.formLimit else {
        return refusal(privatePage(.forbidden, pages(for: request).signedOut()), route)
      }
      return .memory(limit: Site.formLimit)
    }
    // The other fields of the form come in addition to the PDFs.
    let most = (route.body == .uploads ? Site.filesPerForm : 1) * settings.maxUploadOctets
    let limit = most + Submission.longestText
    if let length = request.fields["Content-Length"].flatMap({ Int($0) }), length > limit {
      counters.countUpload(.refused)
      return refusal(
        privatePage(.contentTooLarge, pages(for: request).uploadTooLarge(most: most)), route)
    }
    return .file(folder: archive.folder.incoming, limit: limit)
  }

  /// A copy that a reader checks is written to the disk, for as long as that takes.
  private func policyForCopy(of request: Request, _ route: Route) -> BodyPolicy {
    let limit = settings.maxUploadOctets + Submission.longestText
    if let length = request.fields["Content-Length"].flatMap({ Int($0) }), length > limit {
      let pages = pages(for: request)
      return refusal(
        privatePage(.contentTooLarge, pages.copyTooLarge(most: settings.maxUploadOctets)), route)
    }
    // Readers can neither fill the disk nor keep staff from uploading.
    let incoming = archive.folder.incoming
    guard let names = try? FileSystem.names(in: incoming), names.count < Site.mostIncoming,
      FileSystem.freeBytes(incoming) / 4 > limit
    else { return refusal(busyVerifying(request), route) }
    return .file(folder: incoming, limit: limit)
  }

  /// How many files may be arriving when a reader's copy is accepted.
  private static let mostIncoming = 8

  /// The response to what the server refuses by itself; short, as it may be sent very often.
  package func refusal(_ status: Status, of request: Request?) -> Response {
    var response =
      if let request, request.path.hasPrefix("/api/") {
        problem(status)
      } else if status == .serviceUnavailable, let request,
        request.fields["Accept"]?.contains("text/html") == true
      {
        Response(
          status,
          fields: ["Content-Type": Site.html, "Cache-Control": cacheControl(.never)],
          content: .bytes(pages(for: request).busyPage))
      } else {
        Response(
          status,
          fields: [
            "Content-Type": "text/plain; charset=utf-8",
            "Cache-Control": cacheControl(.never),
          ],
          content: .bytes(Array("\(status)\n".utf8)))
      }
    securityHeaders.add(to: &response, .page)
    return response
  }

  private func refusal(_ response: Response, _ route: Route) -> BodyPolicy {
    var response = response
    securityHeaders.add(to: &response, route.security)
    return .refuse(response)
  }

  /// How many PDFs of the largest size fit into one form; scripts send any number in parts.
  package static let filesPerForm = 4

  /// The largest form without a file, in bytes.
  package static let formLimit = 64 * 1024
}
