/// One of the files that a publication has had, as readers may know it.
package struct FileVersion: Sendable, Equatable {
  package let sha256: String
  package let bytes: Int
  /// nil until the file has been read.
  package let pages: Int?
  /// When it became the current file; nil when unknown.
  package let since: Instant?
  /// Why it replaced the file before it; nil for the first one, and if nothing was said.
  package let reason: String?
  /// When it was replaced; nil for the current file.
  package let replaced: Instant?

  package init(
    sha256: String, bytes: Int, pages: Int?, since: Instant?, reason: String? = nil,
    replaced: Instant? = nil
  ) {
    self.sha256 = sha256
    self.bytes = bytes
    self.pages = pages
    self.since = since
    self.reason = reason
    self.replaced = replaced
  }
}

extension Publication {
  /// Every file that readers could get, newest first.
  ///
  /// A file that was current twice is there once, as of the last time.
  ///
  /// - Parameter former: The earlier files, newest first.
  /// - Returns: The current file and the earlier ones.
  package func versions(_ former: [FormerFile]) -> [FileVersion] {
    let begin = firstPublic ?? publicFrom
    let earlier = former.enumerated().map { place, file in
      FileVersion(
        sha256: file.sha256, bytes: file.bytes, pages: file.pages,
        since: place + 1 < former.count ? former[place + 1].replaced : begin,
        reason: place + 1 < former.count ? former[place + 1].reason : nil, replaced: file.replaced)
    }
    guard let file else { return earlier }
    return [
      FileVersion(
        sha256: file.sha256, bytes: file.bytes, pages: file.pages,
        since: former.first?.replaced ?? begin, reason: former.first?.reason)
    ] + earlier
  }
}

extension Publications {
  /// The earlier files of a publication that readers could get, newest first.
  package func publicFormerFiles(of publication: Publication) throws -> [FormerFile] {
    try core.read { try $0.publicFormerFiles(of: publication.id) }
  }
}
