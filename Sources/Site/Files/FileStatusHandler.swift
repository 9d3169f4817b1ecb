import Archive
import Foundation
import HTTP
import Markup

/// Whether a copy of a PDF is one of the site's: `/files/{sha256}`.
extension Site {
  /// The publications that have or had a file with a hash, as JSON or as a page.
  ///
  /// The response for a file that only a draft has is the one for an unknown file.
  func fileStatus(_ sha256: String, _ request: Request) throws -> Response {
    let matches = try archive.publications.matches(ofFile: sha256, at: now)
    let status: Status = matches.isEmpty ? .notFound : .ok
    let types = ["application/json", "text/html"]
    var response: Response
    if request.preferredType(of: types) == types[1] {
      let html = pages(for: request).fileStatus(sha256, matches)
      response = Response(status, fields: ["Content-Type": Site.html], content: .bytes(html.bytes))
      response.variesByLanguage = chosenLanguage(of: request) == nil
    } else {
      let json = JSON.fileStatus(sha256, matches, on: settings)
      response = Response(
        status, fields: ["Content-Type": types[0]], content: .bytes(json.bytes))
      response.share()
    }
    response.fields.append("Vary", "Accept")
    response.fields.append("X-Robots-Tag", "noindex")
    if matches.isEmpty { response.fields.append("Cache-Control", cacheControl(.notFound)) }
    response.depend(
      on: matches.isEmpty ? [.all] : matches.map { .publication($0.publication.slug) })
    return response
  }
}

extension JSON {
  /// What the site knows of a file.
  fileprivate static func fileStatus(
    _ sha256: String, _ matches: [FileMatch], on site: SiteSettings
  ) -> JSON {
    guard let first = matches.first else {
      return ["sha256": .text(sha256), "status": "unknown"]
    }
    return [
      "sha256": .text(sha256), "status": .text(first.state.name),
      "publications": .array(matches.map { match($0, sha256, on: site) }),
    ]
  }

  private static func match(_ match: FileMatch, _ sha256: String, on site: SiteSettings) -> JSON {
    let publication = match.publication
    let isWithdrawn = match.state == .withdrawn
    var members: [(name: String, value: JSON?)] = [
      ("slug", .text(publication.slug.description)),
      ("title", .text(publication.record.title)),
      ("page", .text(site.address(of: publication))),
      ("status", .text(match.state.name)),
      ("file", isWithdrawn ? nil : .text(site.absolute(.file(publication.slug, sha256: sha256)))),
    ]
    switch match.state {
    case .current: break
    case .superseded(let replaced, let reason):
      members += [
        ("replaced", .text(replaced.description)), ("reason", reason.map(JSON.text)),
        (
          "current",
          publication.file.map { file -> JSON in
            [
              "sha256": .text(file.sha256),
              "file": .text(site.absolute(.file(publication.slug, sha256: file.sha256))),
            ]
          }
        ), ("versions", .text(site.absolute(.versions(publication.slug)))),
      ]
    case .withdrawn: members.append(("reason", publication.withdrawalReason.map(JSON.text)))
    }
    return .object(members.compactMap { name, value in value.map { (name, $0) } })
  }
}

extension FileMatch.State {
  /// The word in the JSON.
  fileprivate var name: String {
    switch self {
    case .current: "current"
    case .superseded: "superseded"
    case .withdrawn: "withdrawn"
    }
  }
}
