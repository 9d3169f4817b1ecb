import Archive
import Markup

/// The list of synonyms for editors.
extension Pages {
  func synonyms(
    _ text: String, _ unanswered: [SearchedQuery], _ problem: SynonymText.Problem? = nil,
    staff: StaffBar, notice: Notice? = nil
  ) -> HTML {
    layout(
      Head(
        title: words[.synonyms], address: problem == nil ? Resource.synonyms.path : nil,
        place: .synonyms, isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.synonyms])</h1>
      \(self.notice(notice))
      <p class="measure">\(words[.synonymsText])</p>
      </div>
      <form class="fields" action="\(Resource.synonyms)" method="post">
      \(hidden(FormToken.field, staff.formToken))
      \(entryField(
        "synonyms", words[.synonymsLines], hint: words[.synonymsHint], problem.map(sentence)
      ) {
        """
        <textarea rows="14" \($0)>
        \(text)</textarea>
        """
      })
      <div class="actions"><button>\(words[.save])</button></div>
      </form>
      <section aria-labelledby="unanswered">
      <div class="section-head"><h2 id="unanswered">\(words[.searchesWithoutResults])</h2></div>
      \(unanswered.isEmpty ? "<p>\(words[.none])</p>" : suggestions(unanswered))
      </section>
      """)
  }

  private func suggestions(_ queries: [SearchedQuery]) -> HTML {
    """
    <p class="measure">\(words[.synonymsFromSearches])</p>
    <ul class="plain">
    \(each: queries, { query in
      let address = Query.address(.synonyms, [("add", query.query)])
      return """
        <li><bdi>\(query.query)</bdi> <span class="small">\(words.number(query.searches))</span> \
        <a href="\(address)#synonyms">\(words[.addSynonym])<span class="unseen">: \
        \(query.query)</span></a></li>

        """
    })</ul>
    """
  }

  private func sentence(for problem: SynonymText.Problem) -> String {
    switch problem {
    case .tooFew(let line): words(.synonymsTooFew, words.number(line))
    case .tooMany(let line):
      words(.synonymsTooMany, words.number(line), words.number(SynonymText.mostTerms))
    case .noWord(let term, let line): words(.synonymsNoWord, words.number(line), term)
    case .tooLong(let line):
      words(.synonymsTooLong, words.number(line), words.number(SynonymText.longestTerm))
    case .twice(let term, let line): words(.synonymsTwice, words.number(line), term)
    case .tooManyLines: words(.synonymsTooManyLines, words.number(SynonymText.mostLines))
    }
  }
}
