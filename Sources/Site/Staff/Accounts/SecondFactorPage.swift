import Archive
import Markup

/// The pages of two-step sign-in.
extension Pages {
  /// The page that sets it up.
  func secondFactorSetUp(
    _ key: AuthenticatorKey, isRequired: Bool, problem: String?, _ staff: StaffBar
  ) -> HTML {
    layout(
      Head(
        title: words[.setUpTwoStep], address: Resource.secondFactor.path, place: .ownAccount,
        isIndexed: false, staff: staff),
      """
      <div class="stack measure message">
      <h1>\(words[.setUpTwoStep])</h1>
      \(if: isRequired, "<p class=\"notice\" role=\"status\">\(words[.twoStepRequired])</p>")
      <p>\(words[.twoStepText])</p>
      <ol class="steps set-up">
      <li>\(words[.twoStepInstall])</li>
      <li>\(words[.twoStepScan])
      \(key.qrCode(label: words[.qrCodeLabel]))
      <p class="small">\(words[.twoStepKey])<br><code id="key" class="key">\(key.groups)</code> \
      <button class="quiet" type="button" data-copy="key" data-done="\(words[.copied])" hidden>\
      \(words[.copyKey])</button></p></li>
      <li><form class="fields narrow" action="\(Resource.secondFactor)" method="post">
      \(hidden(FormToken.field, staff.formToken))
      <div class="field">
      <label for="code">\(words[.twoStepConfirm])</label>
      <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" \
      required\(if: problem != nil, " aria-invalid=\"true\" aria-describedby=\"code-error\"")>
      \(problem, { "<p class=\"error\" id=\"code-error\" role=\"alert\">\($0)</p>" })
      </div>
      <div class="actions"><button name="do" value="turn-on">\(words[.turnOn])</button></div>
      </form></li>
      </ol>
      \(if: !isRequired, "<p><a href=\"\(Resource.ownAccount)\">\(words[.backToOwnAccount])</a></p>")
      </div>
      """)
  }

  /// The page while it is on.
  func secondFactorStatus(
    codesLeft: Int, isRequired: Bool, problem: String?, _ staff: StaffBar
  ) -> HTML {
    layout(
      Head(
        title: words[.twoStep], address: Resource.secondFactor.path, place: .ownAccount,
        isIndexed: false, staff: staff),
      """
      <div class="stack measure message">
      <h1>\(words[.twoStep])</h1>
      <p>\(words[.twoStepOn]) \(words.count(.recoveryCode, codesLeft))</p>
      <p>\(words[isRequired ? .twoStepStaysOn : .twoStepChange])</p>
      <form class="fields narrow" action="\(Resource.secondFactor)" method="post">
      \(hidden(FormToken.field, staff.formToken))
      \(presentPasswordField(problem: problem))
      <div class="actions">
      <button name="do" value="new-codes">\(words[.newRecoveryCodes])</button>
      \(if: !isRequired, """
        <button class="quiet" name="do" value="turn-off">\(words[.turnOffTwoStep])</button>
        """)
      </div>
      </form>
      <p><a href="\(Resource.ownAccount)">\(words[.backToOwnAccount])</a></p>
      </div>
      """)
  }

  /// Recovery codes, which are shown once.
  ///
  /// - Parameters:
  ///   - codes: The codes.
  ///   - account: Whose they are.
  ///   - next: Where to go on.
  ///   - isNew: Whether two-step sign-in has just been turned on.
  ///   - staff: The member of staff.
  /// - Returns: The page.
  func recoveryCodes(
    _ codes: [String], _ account: Account, next: Resource, isNew: Bool, _ staff: StaffBar
  ) -> HTML {
    layout(
      Head(title: words[.recoveryCodesHeading], place: .ownAccount, isIndexed: false, staff: staff),
      """
      <div class="stack measure message">
      \(if: isNew, "<p class=\"notice\" role=\"status\">\(words[.noticeTwoStepOn])</p>")
      <h1>\(words[.recoveryCodesHeading])</h1>
      <p>\(words(.recoveryCodesText, account.name, settings.name))</p>
      <ol class="recovery-codes" id="codes">
      \(each: codes, { "<li><code>\($0)</code> </li>\n" })</ol>
      <div class="actions">
      <button class="quiet" type="button" data-copy="codes" data-done="\(words[.copied])" hidden>\
      \(words[.copyCodes])</button>
      <a class="button" href="\(next)">\(words[.codesAreSaved])</a>
      </div>
      </div>
      """)
  }
}
