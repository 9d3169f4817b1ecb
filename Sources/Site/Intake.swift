package import HTTPServer
import Archive
package import HTTP

/// What may be sent, before any of it is read.
extension Site {
  package func intake(for request: Request) -> Intake {
    guard let resource = Resource(path: request.path), resource.methods.contains(request.method)
    else { return .memory(limit: Site.formLimit) }
    switch resource {
    case .deposit, .record:
      // Nobody fills the disk without having signed in; the session itself is checked later.
      guard cookie(.session, of: request) != nil else {
        var response = errorPage(.forbidden, request)
        protect(&response, as: resource)
        return .refuse(response)
      }
      // Room for the fields beside the PDF.
      return .file(
        folder: archive.folder.incoming,
        limit: settings.maxUploadOctets + Submission.longestText)
    default:
      return .memory(limit: Site.formLimit)
    }
  }

  /// The most octets of a form without a file.
  static let formLimit = 64 * 1024
}
