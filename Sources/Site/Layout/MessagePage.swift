import HTTP
import Markup

extension Pages {
  /// A page with one message.
  func message(_ title: String, _ body: HTML, code: Int? = nil, hasSearch: Bool = true) -> HTML {
    layout(
      Head(title: title, isIndexed: false, hasSearch: hasSearch),
      """
      <div class="stack measure message">
      \(code, { "<p class=\"kicker\">\(words(.errorCode, "\($0)"))</p>" })
      <h1>\(title)</h1>
      \(body)
      </div>
      """)
  }

  /// The page of an error status.
  func error(_ status: Status, id: String = "") -> HTML {
    let (title, text) = phrases(for: status)
    return message(
      words[title],
      """
      <p>\(status == .notFound ? notFoundText : "\(words[text])")</p>
      \(if: status == .notFound, searchForm())
      \(if: status.code >= 500 && !id.isEmpty, """
        <p class="small">\(words(.requestName, id))</p>
        """)
      """, code: status.code,
      // That page has a search form in its main part.
      hasSearch: status != .notFound)
  }

  private var notFoundText: HTML {
    words.html(
      .notFoundText, "<a href=\"\(Resource.publications)\">\(words[.browseAllLink])</a>")
  }

  /// The page for PDFs that are together larger than allowed.
  func uploadTooLarge(most: Int) -> HTML {
    message(
      words[.uploadTooLarge],
      """
      <p>\(words(.uploadTooLargeText, words.binarySize(most)))</p>
      <p>\(words.html(.uploadTooLargeAdvice, "<code>max-upload</code>"))</p>
      """, code: Status.contentTooLarge.code)
  }

  private func phrases(for status: Status) -> (title: Phrase, text: Phrase) {
    switch status {
    case .notFound: (.notFound, .notFoundText)
    case .methodNotAllowed: (.notAllowed, .notAllowedText)
    case .contentTooLarge: (.tooLarge, .tooLargeText)
    case .gone: (.gone, .goneText)
    case .unsupportedMediaType: (.unsupported, .unsupportedText)
    case .badRequest: (.badRequest, .badRequestText)
    case .forbidden: (.forbidden, .forbiddenText)
    case .tooManyRequests: (.tooMany, .tooManyText)
    case .insufficientStorage: (.noSpace, .noSpaceText)
    case .serviceUnavailable: (.unavailable, .unavailableText)
    default: (.failed, .failedText)
    }
  }
}
