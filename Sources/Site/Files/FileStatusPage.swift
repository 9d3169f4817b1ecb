import Archive
import Markup

extension Pages {
  /// The page that says which publications have or had a file.
  func fileStatus(_ sha256: String, _ matches: [FileMatch]) -> HTML {
    let title = words[heading(of: matches)]
    return layout(
      Head(title: title, isIndexed: false),
      """
      <div class="stack measure">
      <h1>\(title)</h1>
      \(if: matches.isEmpty, """
        <p>\(words(.fileUnknownText, settings.name))</p>
        <p><a href="\(Resource.verify)">\(words[.verifyCopy])</a></p>
        """)
      \(each: matches, { answer($0) })
      <p class="small">SHA-256: <code>\(sha256)</code></p>
      </div>
      """)
  }

  /// The answer in one phrase.
  func heading(of matches: [FileMatch]) -> Phrase {
    switch matches.first?.state {
    case .current: .fileIsCurrent
    case .superseded: .fileIsSuperseded
    case .withdrawn: .fileIsWithdrawn
    case nil: .fileIsNotOurs
    }
  }

  /// What a file is to one publication.
  func answer(_ match: FileMatch) -> HTML {
    let publication = match.publication
    let slug = publication.slug
    let link: HTML = """
      <a href="\(Resource.publication(slug))"\(script(of: publication.record))>\
      \(publication.record.title)</a>
      """
    switch match.state {
    case .current: return "<p>\(words.html(.fileIsCurrentOf, link))</p>"
    case .superseded(let replaced, let reason):
      return """
        <p>\(words.html(.fileIsSupersededOf, link, "\(day(replaced))"))</p>
        \(reason, { "<p dir=\"auto\">\(words(.fileReplacedBecause, $0))</p>" })
        <p><a href="\(Resource.document(slug))">\(words[.currentPDF])</a> · \
        <a href="\(Resource.versions(slug))">\(words[.allVersions])</a></p>
        """
    case .withdrawn:
      return """
        <p>\(words.html(.fileIsWithdrawnOf, link))</p>
        \(publication.withdrawalReason, { "<p dir=\"auto\">\(words(.withdrawnReason, $0))</p>" })
        """
    }
  }
}
