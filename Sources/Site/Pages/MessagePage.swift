import HTTP
import Markup

extension Pages {
  /// A page that says one thing: an error, or that something has been done.
  func message(_ title: String, _ body: HTML, code: Int? = nil, hasSearch: Bool = true) -> HTML {
    layout(
      Head(title: title, isIndexed: false, hasSearch: hasSearch),
      """
      <div class="stack measure message">
      \(code, { "<p class=\"kicker\">Error \($0)</p>" })
      <h1>\(title)</h1>
      \(body)
      </div>
      """)
  }

  /// The page of an error, in the words of the status.
  func error(_ status: Status, id: String = "") -> HTML {
    let (title, text) = words(for: status)
    return message(
      title,
      """
      <p>\(text)</p>
      \(if: status == .notFound, searchForm())
      \(if: status.code >= 500 && !id.isEmpty, "<p class=\"small\">Request \(id)</p>")
      """, code: status.code,
      // That page has the form in its middle.
      hasSearch: status != .notFound)
  }

  /// What staff are told when a PDF is larger than this site takes.
  func uploadTooLarge() -> HTML {
    message(
      "This PDF is too large",
      """
      <p>This site takes PDFs of at most \(Wording.binarySize(settings.maxUploadOctets)). Nothing \
      was stored. Go one page back: what you typed is still there.</p>
      <p>Scanned pages make large files; saved again at 300 dots an inch they are often a tenth \
      of that. An administrator can raise the limit, <code>max-upload</code>.</p>
      """, code: Status.contentTooLarge.code)
  }

  private func words(for status: Status) -> (title: String, text: HTML) {
    switch status {
    case .notFound:
      return (
        "There is no such page",
        """
        The address may be mistyped, or what stood here was never public. Search for it, or \
        <a href="\(Resource.publications)">leaf through all publications</a>.
        """
      )
    case .methodNotAllowed:
      return ("This page cannot be used in this way", "It does not take this kind of request.")
    case .contentTooLarge:
      return (
        "This is too large",
        "What was sent is larger than this site takes. Nothing was stored."
      )
    case .badRequest:
      return ("This request was not understood", "Something about the request is malformed.")
    case .forbidden:
      return (
        "You may not do this",
        """
        This is not open to your account, or the form was open for too long. Go back, reload the \
        page and try again.
        """
      )
    case .tooManyRequests:
      return ("Too many attempts", "Please wait a few minutes and try again.")
    case .insufficientStorage:
      return (
        "There is no space left",
        "The disk of this archive is full. Nothing was stored. The archive can still be read."
      )
    case .serviceUnavailable:
      return ("This is not possible just now", "Please try again in a few minutes.")
    default:
      return (
        "Something went wrong",
        "The fault is with this site, and it has been written to its log."
      )
    }
  }
}
