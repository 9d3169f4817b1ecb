import Archive
import Foundation
import HTTP

/// The settings of the site on the desk, for administrators.
extension Site {
  func siteSettings(_ visit: StaffRequest) -> Response {
    let form = SettingsForm(settings, offered: assets.languages)
    return privatePage(.ok, visit.pages.siteSettings(settingsView(form, visit)))
  }

  private func settingsView(_ form: SettingsForm, _ visit: StaffRequest) -> SettingsView {
    SettingsView(
      staff: visit.staff, form: form, operatorSet: settings.operatorSet,
      installed: assets.installedLanguages, isFirst: visit.notice == .welcome,
      adjustedAccent: assets.accent.isAdjusted ? assets.accent.onLight : nil,
      notice: visit.notice)
  }

  func changeSiteSettings(_ submission: Submission, _ visit: StaffRequest) throws -> Response {
    let form = SettingsForm(submission, installed: assets.installedLanguages)
    var errors = SettingsErrors()
    var logo: SettingValues.Logo?
    if let file = submission.file {
      do throws(LogoProblem) {
        guard submission.fileOctets <= LogoImage.limit,
          let content = try? Data(contentsOf: URL(fileURLWithPath: file.path))
        else { throw .tooLarge }
        logo = try LogoImage.logo(Array(content))
      } catch {
        errors["logo-file"] = .logo(error)
      }
    }
    let stored = try archive.settings.values()
    do throws(SettingsErrors) {
      let values = try form.values(
        of: appearance.settings, replacing: stored, logo: logo,
        installed: assets.installedLanguages)
      guard errors.isEmpty else { throw errors }
      return try store(values, replacing: stored, visit)
    } catch {
      for (name, problem) in error.problems where errors[name] == nil { errors[name] = problem }
      var view = settingsView(form, visit)
      view.errors = errors
      return privatePage(.unprocessableContent, visit.pages.siteSettings(view))
    }
  }

  private func store(
    _ values: SettingValues, replacing old: SettingValues, _ visit: StaffRequest
  ) throws(SettingsErrors) -> Response {
    do {
      try archive.settings.replace(by: values, by: visit.session.account.actor, at: now) {
        self.appearance.take($0)
      }
    } catch {
      appearance.take(old)
      report(
        .failed(request: visit.request.id, path: visit.request.path, reason: "\(error)"))
      return errorPage(.internalServerError, visit.request)
    }
    report(.done(by: visit.session.account.name, action: "changed settings", subject: ""))
    // The first administrator goes on to the first PDF.
    let isFirst = (try? archive.publications.listForStaff(size: 1, at: now).total) == 0
    return seeOther(isFirst ? .upload : .siteSettings, notice: .saved, after: visit.request)
  }
}
