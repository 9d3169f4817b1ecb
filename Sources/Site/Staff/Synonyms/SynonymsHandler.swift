import Archive
import HTTP

/// The list of synonyms for editors.
extension Site {
  func synonyms(_ visit: StaffRequest) throws -> Response {
    let added = Query(visit.request.query).words("add")
    let lines = try archive.synonyms.groups().asLines
    let text = added.isEmpty ? lines : lines + (lines.isEmpty ? "" : "\n") + "\(added) = "
    return privatePage(
      .ok, visit.pages.synonyms(text, try unanswered(), staff: visit.staff, notice: visit.notice))
  }

  func changeSynonyms(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    // Not trimmed, so that lines keep their numbers.
    let text = form.fields["synonyms"] ?? ""
    let groups: [[String]]
    do throws(SynonymText.Problem) {
      groups = try SynonymText.groups(text)
    } catch {
      return privatePage(
        .unprocessableContent,
        visit.pages.synonyms(text, try unanswered(), error, staff: visit.staff))
    }
    try archive.synonyms.replace(by: groups, by: visit.session.account.actor, at: now)
    return seeOther(.synonyms, notice: .saved, after: visit.request)
  }

  /// The most frequent searches without results, which may need a synonym.
  private func unanswered() throws -> [SearchedQuery] {
    try archive.searchLog.queries(withoutResults: true, limit: 20, at: now)
  }
}
