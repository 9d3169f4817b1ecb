import Archive
import HTTP

/// Requests that depend on whether this server writes.
extension Site {
  /// The redirect to the server that writes, for what a replica cannot do: everything of staff and
  /// of subscribers, and whatever is not only read.
  ///
  /// Status 307 keeps the method and the body.
  func redirectToPrimary(_ request: Request, _ route: Route) -> Response? {
    guard let primary = replication.role.primary,
      route.access != .everyone || !request.method.isSafe
    else { return nil }
    return Response(
      .temporaryRedirect,
      fields: [
        "Location": primary + request.target, "Cache-Control": cacheControl(.never),
      ])
  }

  /// A PDF by its hash, for replicas and caches; only what readers may see.
  ///
  /// A replica sends what it has and fetches nothing for this address, so that servers that name
  /// each other as origin do not ask in circles.
  func replicaFile(_ sha256: String, _ request: Request) throws -> Response {
    guard let file = try archive.publications.publicFile(sha256, at: now) else {
      return notFound(request)
    }
    let open: CheckedFile
    if replication.role == .primary {
      open = try archive.files.open(file)
    } else {
      guard let here = try archive.files.openLocal(file) else { return notFound(request) }
      open = here
    }
    return Response(
      .ok,
      fields: [
        "Content-Type": "application/pdf", "X-Robots-Tag": "noindex",
        "Repr-Digest": Site.digest(file),
      ],
      content: .file(open), entityTag: file.sha256)
  }

  /// The error page for a PDF that could not be fetched.
  func unfetchedDocument(_ failure: FileFetcher.Failure, _ request: Request) -> Response {
    report(.failed(request: request.id, path: request.path, reason: "\(failure)"))
    let status: Status =
      switch failure {
      case .wrongContent: .badGateway
      case .unavailable, .notStored: .serviceUnavailable
      }
    var response = errorPage(status, request)
    response.fields.set(
      "Retry-After", to: "\(FileFetcher.pause.components.seconds)")
    return response
  }

  /// Waits until the replica store has what a request of staff has changed, and says so to them when
  /// it could not be confirmed.
  ///
  /// - Parameters:
  ///   - response: The response to the request.
  ///   - before: The archive's generation before it.
  func confirmReplication(_ response: inout Response, since before: UInt64) {
    guard let confirm = replication.confirm, response.status.code < 400,
      archive.generation > before, !confirm()
    else { return }
    guard let location = response.fields["Location"] else { return }
    response.fields.set("Location", to: Query.replacing(notice: .unconfirmed, in: location))
  }
}

extension Query {
  /// An address with another notice; “published” stays to be told from other changes.
  fileprivate static func replacing(notice: Notice, in address: String) -> String {
    let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let fields = (parts.count > 1 ? parts[1] : "").split(separator: "&")
    let wasPublished = fields.contains("notice=\(Notice.published.rawValue)")
    let new = wasPublished ? Notice.publishedUnconfirmed : notice
    let others = fields.filter { !$0.hasPrefix("notice=") }.map(String.init)
    return "\(parts[0])?" + (["notice=\(new.rawValue)"] + others).joined(separator: "&")
  }
}
