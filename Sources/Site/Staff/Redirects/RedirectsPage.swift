import Archive
import Markup

/// The redirects of old addresses, for editors.
extension Pages {
  func redirects(_ list: RedirectList, _ staff: StaffBar) -> HTML {
    layout(
      Head(
        title: words[.redirects],
        address: list.problem == nil ? list.address(page: list.found.number) : nil,
        place: .redirects, isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.redirects])</h1>
      \(notice(list.notice))
      <p class="measure">\(words[.redirectsText])</p>
      \(newRedirect(list, staff))
      <form class="inline" action="\(Resource.redirects)" method="get" role="search">
      <label class="unseen" for="q">\(words[.oldAddress])</label>
      <input id="q" name="q" type="search" value="\(list.words)" \
      placeholder="\(words[.oldAddress])">
      \(languageField)<button class="quiet">\(words[.find])</button>
      </form>
      <nav class="chips" aria-label="\(words[.state])">
      <a href="\(list.address(page: 1, onlyBroken: false))"\
      \(if: !list.onlyBroken, " aria-current=\"page\"")>\(words[.allRedirects])</a>
      <a href="\(list.address(page: 1, onlyBroken: true))"\
      \(if: list.onlyBroken, " aria-current=\"page\"")>\(words[.brokenRedirects]) \
      \(words.number(list.broken))</a>
      </nav>
      \(if: list.onlyBroken, "<p class=\"measure small\">\(words[.brokenRedirectsText])</p>")
      </div>
      \(list.found.items.isEmpty
        ? "<p>\(words[list.words.isEmpty && !list.onlyBroken ? .noRedirects : .nothingHere])</p>"
        : table(list, staff))
      \(pageLinks(
        page: list.found.number, of: list.found.pages, label: words[.pagesOfRedirects],
        address: { list.address(page: $0) }))
      """)
  }

  private func newRedirect(_ list: RedirectList, _ staff: StaffBar) -> HTML {
    """
    <details class="measure"\(if: list.problem != nil, " open")>
    <summary>\(words[.newRedirect])</summary>
    <form class="fields" action="\(Resource.redirects)" method="post">
    \(hidden(FormToken.field, staff.formToken))
    \(field("old", .oldAddress, list.old, hint: .redirectHint, problem: list.problem.flatMap {
      $0.isOfOld ? sentence(for: $0, list) : nil
    }))
    \(field("new", .newAddress, list.new, hint: .redirectTargetHint, problem: list.problem.flatMap {
      $0.isOfOld ? nil : sentence(for: $0, list)
    }))
    <div class="actions"><button>\(words[.addRedirect])</button></div>
    </form>
    </details>
    """
  }

  private func field(
    _ name: StaticString, _ label: Phrase, _ value: String, hint: Phrase, problem: String?
  ) -> HTML {
    let id = "\(name)"
    return """
      <div class="field">
      <label for="\(id)">\(words[label])</label>
      <p class="hint" id="\(id)-hint">\(words[hint])</p>
      <input id="\(id)" name="\(id)" type="text" required value="\(value)" \
      aria-describedby="\(id)-hint\(if: problem != nil, " \(id)-error")"\
      \(if: problem != nil, " aria-invalid=\"true\"")>
      \(problem, { "<p class=\"error\" id=\"\(id)-error\">\($0)</p>" })
      </div>
      """
  }

  private func sentence(for problem: RedirectProblem, _ list: RedirectList) -> String {
    switch problem {
    case .oldMissing: words[.redirectOldMissing]
    case .oldOfSite: words[.redirectOldOfSite]
    case .oldTaken: words[.redirectOldTaken]
    case .newInvalid: words(.redirectNewInvalid, list.new)
    }
  }

  private func table(_ list: RedirectList, _ staff: StaffBar) -> HTML {
    """
    <div class="scroller" role="region" aria-label="\(words[.redirects])" tabindex="0"><table>
    <thead><tr><th scope="col">\(words[.oldAddress])</th><th scope="col">\(words[.newAddress])</th>\
    <td></td></tr></thead>
    <tbody>
    \(each: list.found.items, { redirect in
      """
      <tr><th scope="row"><bdi>\(redirect.address)</bdi></th>\
      <td>\(target(of: redirect))</td>\
      <td><form action="\(Resource.redirects)" method="post">\
      \(hidden(FormToken.field, staff.formToken))\
      <button class="quiet" name="delete" value="\(redirect.address)" \
      aria-label="\(words(.deleteRedirect, redirect.address))">\(words[.delete])</button></form></td></tr>

      """
    })</tbody>
    </table></div>
    """
  }

  private func target(of redirect: Redirect) -> HTML {
    let address = Site.address(of: redirect.target)
    guard redirect.isPublic else {
      let record: String =
        switch redirect.target {
        case .publication(let slug), .document(let slug): Resource.record(slug).path
        case .topic, .author, .path: address
        }
      return """
        <a href="\(record)">\(address)</a> <span class="badge">\(words[.redirectNotPublic])</span>
        """
    }
    return "<a href=\"\(address)\">\(address)</a>"
  }
}
