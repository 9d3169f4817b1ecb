import Archive
import HTTP
import Markup

/// The page that shows what becomes public when.
extension Site {
  func schedule(_ visit: StaffRequest) throws -> Response {
    try schedulePage(visit)
  }

  /// Changes the time of a scheduled publication, or makes it a draft again.
  func changeSchedule(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    guard let slug = Slug(form.text("slug")) else { throw HandlerRefusal.notFound }
    let publication = try editable(slug, visit)
    let actor = visit.session.account.actor
    let typed = form.text("public-from")
    do throws(DepositError) {
      if !form.text("cancel").isEmpty {
        _ = try archive.publications.cancelSchedule(of: publication.id, by: actor, at: now)
        report(.done(by: actor.name, action: "unscheduled", subject: slug.description))
        return seeOther(.schedule, notice: .scheduleCancelled, after: visit.request)
      }
      guard let time = LocalTime(typed) else {
        let problem: FieldError.Problem = typed.isEmpty ? .missing : .notTime
        return try scheduleAgain(FieldError(.publicFrom, problem), slug, typed, visit)
      }
      _ = try archive.publications.reschedule(
        publication.id, for: settings.timeZone.instant(at: time), by: actor, at: now)
      report(.done(by: actor.name, action: "scheduled", subject: slug.description))
      return seeOther(.schedule, notice: .scheduleChanged, after: visit.request)
    } catch .changedMeanwhile {
      return seeOther(.schedule, notice: .notScheduled, after: visit.request)
    } catch .invalid(let problems) {
      let problem = problems.first ?? FieldError(.publicFrom, .past)
      do {
        return try schedulePage(visit, .unprocessableContent, (slug, typed, problem))
      } catch {
        return failed(.failed("\(error)"), visit.request)
      }
    } catch {
      return failed(error, visit.request)
    }
  }

  private func scheduleAgain(
    _ problem: FieldError, _ slug: Slug, _ typed: String, _ visit: StaffRequest
  ) throws(DepositError) -> Response {
    do {
      return try schedulePage(visit, .unprocessableContent, (slug, typed, problem))
    } catch {
      throw DepositError.failed("\(error)")
    }
  }

  private func schedulePage(
    _ visit: StaffRequest, _ status: Status = .ok,
    _ wrong: (slug: Slug, typed: String, problem: FieldError)? = nil
  ) throws -> Response {
    privatePage(
      status,
      visit.pages.schedule(
        try archive.publications.scheduled(at: now), wrong, visit.staff, visit.notice))
  }
}

extension Pages {
  func schedule(
    _ publications: [Publication], _ wrong: (slug: Slug, typed: String, problem: FieldError)?,
    _ staff: StaffBar, _ notice: Notice?
  ) -> HTML {
    layout(
      Head(
        title: words[.scheduleHeading], address: wrong == nil ? Resource.schedule.path : nil,
        place: .schedule, isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.scheduleHeading])</h1>
      \(self.notice(notice))
      <p>\(words(.scheduleText, settings.timeZone.name))</p>
      </div>
      \(if: publications.isEmpty, "<p>\(words[.nothingScheduled])</p>")
      <ol class="entries">\(each: publications, { publication in
        scheduled(publication, wrong?.slug == publication.slug ? wrong : nil, staff)
      })</ol>
      """)
  }

  private func scheduled(
    _ publication: Publication, _ wrong: (slug: Slug, typed: String, problem: FieldError)?,
    _ staff: StaffBar
  ) -> HTML {
    let time = publication.publicFrom.map { settings.timeZone.localTime(at: $0) }
    let id = "time-\(publication.id)"
    let problem: HTML = """
      \(wrong, { "<p class=\"error\" id=\"\(id)-error\">\(words.sentence($0.problem))</p>" })
      """
    return """
      <li>
      <p class="date">\(publication.publicFrom.map { moment($0) } ?? "")</p>
      <div>
      <h2><a href="\(Resource.record(publication.slug))"\(script(of: publication.record))>\
      \(publication.record.title)</a></h2>
      <form class="actions" action="\(Resource.schedule)" method="post">
      \(hidden(FormToken.field, staff.formToken))\(hidden("slug", publication.slug.description))
      <label class="unseen" for="\(id)">\(words[.publicFrom])</label>
      <input class="moment" type="datetime-local" id="\(id)" name="public-from" \
      value="\(wrong?.typed ?? time?.fieldValue ?? "")"\
      \(if: wrong != nil, " aria-invalid=\"true\" aria-describedby=\"\(id)-error\"")>
      <button class="quiet" aria-label="\(words[.changeTime]): \(publication.record.title)">\
      \(words[.changeTime])</button>
      <button class="quiet" name="cancel" value="yes" \
      aria-label="\(words[.cancelSchedule]): \(publication.record.title)">\
      \(words[.cancelSchedule])</button>
      </form>
      \(problem)
      </div>
      </li>

      """
  }
}
