import Archive
import Foundation
import HTTP
import Markup

extension Site {
  /// The current PDF of a public publication.
  func document(_ slug: Slug, _ request: Request) throws -> Response {
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      guard publication.file != nil else { return notFound(request) }
      return try document(of: publication)
    case .gone(let publication):
      return gone(publication, request)
    case .moved(let target):
      return moved(to: Resource.document(target).path)
    case .none:
      return notFound(request)
    }
  }

  /// One particular file of a public publication, the current or an earlier one.
  func file(_ slug: Slug, _ sha256: String, _ request: Request) throws -> Response {
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      guard let file = try archive.publications.file(sha256, of: publication) else {
        return notFound(request)
      }
      var response = try document(file, of: publication)
      let current = pages.absolute(Resource.document(slug).path)
      if file.id == publication.file?.id {
        // Search engines and citations use the address that stays (RFC 6596).
        response.fields.append("Link", "<\(current)>; rel=\"canonical\"")
      } else {
        // What is superseded is not to be found, and says what replaced it (RFC 5829).
        response.fields.append("X-Robots-Tag", "noindex")
        response.fields.append(
          "Link",
          "<\(current)>; rel=\"latest-version\"; type=\"application/pdf\"")
      }
      return response
    case .gone(let publication): return gone(publication, request)
    case .moved(let target): return moved(to: Resource.file(target, sha256: sha256).path)
    case .none: return notFound(request)
    }
  }

  /// The response with the PDF of a publication and its file name.
  ///
  /// - Throws: ``FileDefect`` if the file is damaged.
  func document(of publication: Publication) throws -> Response {
    guard let file = publication.file else { throw DocumentError.none }
    return try document(file, of: publication)
  }

  /// The same for one of its files.
  func document(_ file: StoredFile, of publication: Publication) throws -> Response {
    // Not cached by the server: each request checks whether the file is damaged.
    let open = try archive.files.open(file)
    var response = Response(
      .ok,
      fields: [
        "Content-Type": "application/pdf",
        "Content-Disposition": ContentDisposition(
          .inline, fileName: Site.fileName(of: publication)
        ).description,
        "Link":
          "<\(pages.absolute(Resource.publication(publication.slug).path))>; "
          + "rel=\"collection\"; type=\"text/html\"",
        "Repr-Digest": Site.digest(file),
      ],
      content: .file(open), entityTag: file.sha256,
      lastModified: publication.modified.secondsSince1970)
    response.depend(on: [.publication(publication.slug)])
    return response
  }

  /// The SHA-256 of a file as `Repr-Digest` has it (RFC 9530 §3).
  ///
  /// It is that of the whole file, also in a response with a part of it and in 304.
  static func digest(_ file: StoredFile) -> String {
    let digits = Array(file.sha256.utf8)
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { place in
      UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16)
    }
    return "sha-256=:\(Data(bytes).base64EncodedString()):"
  }

  /// The title as a file name of at most 120 bytes.
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

extension Resource {
  /// The current PDF of a publication by the name of its file, for links on pages: when the file is
  /// replaced, the page links to another address, and no cache has an old file under it.
  static func currentFile(of publication: Publication) -> Resource {
    publication.file.map { .file(publication.slug, sha256: $0.sha256) }
      ?? .document(publication.slug)
  }
}

/// Why there is no PDF to send.
enum DocumentError: Error, Equatable {
  /// The publication has no file.
  case none
}

extension CheckedFile: OpenFile {}

extension Site {
  /// The error page for a damaged PDF.
  func damagedDocument(_ defect: FileDefect, _ request: Request) -> Response {
    report(.failed(request: request.id, path: request.path, reason: defect.description))
    let pages = pages(for: request)
    return privatePage(
      .internalServerError,
      pages.message(
        pages.words[.pdfDamaged],
        """
        <p>\(pages.words[.pdfDamagedText])</p>
        <p class="small">\(pages.words(.requestName, request.id))</p>
        """, code: Status.internalServerError.code))
  }
}
