import Archive
import Foundation
import HTTP

extension Site {
  /// The current PDF of a public publication.
  func document(_ slug: Slug, _ request: Request) throws -> Response {
    switch try archive.find(slug, at: now) {
    case .publication(let publication):
      guard publication.file != nil else { return notFound(request) }
      var response = try document(of: publication)
      response.isReusable = request.target == Resource.document(slug).path
      response.isMade(of: [.publication(slug)])
      return response
    case .withdrawn(let publication):
      return gone(publication, request)
    case .moved(let target):
      return moved(to: Resource.document(target).path)
    case .none:
      return notFound(request)
    }
  }

  /// A file of the archive, named for whoever saves it.
  func document(of publication: Publication, caching: Caching = .document) throws -> Response {
    guard let file = publication.file else { throw DocumentError.none }
    let open = try OpenDocument(path: archive.path(of: file))
    return Response(
      .ok,
      fields: [
        "Content-Type": "application/pdf",
        "Content-Disposition": ContentDisposition(
          .inline, fileName: Site.fileName(of: publication)
        ).description,
        "Cache-Control": caching.field,
        "Link":
          "<\(pages.absolute(Resource.publication(publication.slug).path))>; "
          + "rel=\"collection\"; type=\"text/html\"",
      ],
      content: .file(open), entityTag: file.sha256,
      lastModified: publication.modified.secondsSince1970)
  }

  /// The title as the name of a file, of a length that every system takes.
  static func fileName(of publication: Publication) -> String {
    let forbidden: Set<Character> = ["/", "\\", ":", "*", "?", "\"", "<", ">", "|"]
    let spaced = String(publication.record.title.map { forbidden.contains($0) ? " " : $0 })
    let name = spaced.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var short = ""
    for character in name {
      guard short.utf8.count + String(character).utf8.count <= 120 else { break }
      short.append(character)
    }
    let trimmed = short.trimmed
    return (trimmed.isEmpty || trimmed.hasPrefix(".") ? publication.slug.description : trimmed)
      + ".pdf"
  }
}

/// Why a file of the archive cannot be sent.
enum DocumentError: Error, Equatable {
  /// The publication has no file.
  case none
  /// The file is named by a record and cannot be opened.
  case unreadable(path: String, errno: Int32)
}

/// A file of the archive that is being sent.
final class OpenDocument: OpenFile {
  let descriptor: Int32
  let octets: Int

  init(path: String) throws(DocumentError) {
    // Unsafe: open reads the path, which lives for the call.
    let descriptor = unsafe Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, errno: errno) }
    var status = stat()
    // Unsafe: fstat fills the structure it is given.
    guard unsafe fstat(descriptor, &status) == 0 else {
      let code = errno
      _ = close(descriptor)
      throw .unreadable(path: path, errno: code)
    }
    self.descriptor = descriptor
    octets = Int(status.st_size)
  }

  deinit { _ = close(descriptor) }
}
