import Archive
import HTTP
import Markup

/// The page on which readers check a copy of a PDF, and its answers.
extension Pages {
  func verify(problem: String? = nil) -> HTML {
    layout(
      Head(
        title: words[.verifyHeading], description: words[.verifyDescription],
        canonical: Resource.verify.path, isIndexed: problem == nil,
        more: assets.resource("verify.js").map { "<script src=\"\($0)\" defer></script>\n" } ?? ""),
      """
      <div class="stack measure">
      <h1>\(words[.verifyHeading])</h1>
      <p>\(words[.verifyText])</p>
      \(copyForm(problem: problem))
      <p class="small">\(words[.verifyPrivacy])</p>
      </div>
      """)
  }

  /// The form with the file; a script hashes it first, where the browser lets it.
  private func copyForm(problem: String?) -> HTML {
    """
    <form class="verify" action="\(Resource.verify)" method="post" enctype="multipart/form-data" \
    data-language="\(carriesLanguage ? words.tag : "")">
    <label for="file">\(words[.verifyFile])</label>
    <input type="file" id="file" name="file" accept="application/pdf,.pdf" required\
    \(if: problem != nil, " aria-invalid=\"true\" aria-describedby=\"file-error\"")>
    \(problem, { "<p class=\"error\" id=\"file-error\">\($0)</p>" })
    <p role="status" data-working="\(words[.verifyWorking])" data-unknown="\(words[.verifyUnknown])" \
    data-failed="\(words[.verifyFailed])"></p>
    <button data-compare="\(words[.verifyCompare])">\(words[.verifyButton])</button>
    </form>
    """
  }

  /// The answer for a copy whose text repeats that of a public file.
  func copy(_ sha256: String, of original: TextCopy) -> HTML {
    let isSame = original.comparison.isSame
    let record = original.matches.first?.publication.record
    let title = words[isSame ? .verifySameText : .verifyOtherText]
    return answerPage(
      title, sha256,
      """
      <p>\(words[isSame ? .verifySameTextMeans : .verifyOtherTextMeans])</p>
      \(each: original.matches, { answer($0) })
      <p class="small">\(words[.verifyTextOnly])</p>
      \(if: !isSame, record.map { """
        <details class="changes" open><summary>\(words[.verifyDifferences]): \
        \(words.count(.textChange, original.comparison.count))</summary>
        \(passages(original.comparison, of: $0))
        </details>
        """ } ?? "")
      """)
  }

  /// The answer for a copy that is none of a public file.
  func unknownCopy(_ sha256: String, _ reason: Phrase) -> HTML {
    answerPage(words[.fileIsNotOurs], sha256, "<p>\(words(reason, settings.name))</p>")
  }

  private func answerPage(_ title: String, _ sha256: String, _ body: HTML) -> HTML {
    layout(
      Head(title: title, isIndexed: false),
      """
      <div class="stack measure">
      <h1>\(title)</h1>
      \(body)
      <p class="small">SHA-256: <code class="hash">\(sha256)</code></p>
      <p><a href="\(Resource.verify)">\(words[.verifyAnother])</a></p>
      </div>
      """)
  }

  /// The page for a copy that is larger than any file of the site.
  func copyTooLarge(most: Int) -> HTML {
    message(
      words[.uploadTooLarge], "<p>\(words(.uploadTooLargeText, words.binarySize(most)))</p>",
      code: Status.contentTooLarge.code)
  }
}
