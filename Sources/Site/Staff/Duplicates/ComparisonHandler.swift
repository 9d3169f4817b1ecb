import Archive
import HTTP

/// Publications that may be the same work as another one.
extension Site {
  /// What a record may be a duplicate of, as far as a member of staff may see it.
  func duplicates(of publication: Publication, _ visit: StaffRequest) throws -> [Duplicate] {
    try archive.duplicates.list(of: publication.id, at: now).filter {
      visit.session.maySee($0.publication, settings.authorsSee)
    }
  }

  func duplicates(_ visit: StaffRequest) throws -> Response {
    let publications = try archive.duplicates.undecided(at: now).filter {
      visit.session.maySee($0, settings.authorsSee)
    }
    let rows = try publications.compactMap { publication in
      try duplicates(of: publication, visit).first.map { (publication, $0) }
    }
    return privatePage(.ok, visit.pages.duplicates(rows, visit.staff, visit.notice))
  }

  func comparison(_ slug: Slug, _ other: Slug, _ visit: StaffRequest) throws -> Response {
    let (left, right) = try pair(slug, other, visit)
    return try comparison(left, right, visit, .ok)
  }

  /// Remembers that two publications are different works, or makes one a version of the other.
  func decide(
    _ slug: Slug, _ other: Slug, _ form: Submission, _ visit: StaffRequest
  ) throws -> Response {
    let (left, right) = try pair(slug, other, visit)
    guard mayEdit(left, visit) else { throw HandlerRefusal.forbidden }
    switch form.text("\(ComparisonView.decision)") {
    case ComparisonView.Decision.different.rawValue:
      try archive.duplicates.distinguish(
        left, from: right, by: visit.session.account.actor, at: now)
      return seeOther(.record(left.slug), notice: .toldApart, after: visit.request)
    case ComparisonView.Decision.version.rawValue:
      guard mayEdit(right, visit) else { throw HandlerRefusal.forbidden }
      guard let note = form.text("\(ComparisonView.note)").nonEmpty else {
        return try comparison(left, right, visit, .unprocessableContent)
      }
      do throws(DepositError) {
        let publication = try archive.duplicates.makeVersion(
          left.id, of: right.id, note: note, by: visit.session.account.actor, at: now)
        return done(.madeVersion, publication, visit)
      } catch {
        return failed(error, visit.request)
      }
    default: throw HandlerRefusal.notFound
    }
  }

  private func pair(
    _ slug: Slug, _ other: Slug, _ visit: StaffRequest
  ) throws -> (Publication, Publication) {
    guard slug != other else { throw HandlerRefusal.notFound }
    return (try visible(slug, visit), try visible(other, visit))
  }

  private func comparison(
    _ left: Publication, _ right: Publication, _ visit: StaffRequest, _ status: Status
  ) throws -> Response {
    let duplicate = try archive.duplicates.list(of: left.id, at: now)
      .first { $0.publication.id == right.id }
    return privatePage(
      status,
      visit.pages.comparison(
        ComparisonView(
          staff: visit.staff, left: try side(left), right: try side(right),
          reasons: duplicate?.reasons ?? [],
          mayDecide: mayEdit(left, visit),
          mayMakeVersion: mayEdit(left, visit) && mayEdit(right, visit)
            && left.isDeletable && left.file != nil && left.file?.id != right.file?.id,
          lacksNote: status == .unprocessableContent)))
  }

  private func side(_ publication: Publication) throws -> ComparisonView.Side {
    let findings = try publication.file.map { try archive.texts.findings(in: $0) } ?? Findings()
    var form = RecordForm(publication, in: settings.timeZone)
    form = form.filled(publication.blank, from: findings)
    return ComparisonView.Side(publication: publication, form: form)
  }
}
