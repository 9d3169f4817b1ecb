import Archive
import Markup

/// What the upload page shows.
struct UploadView {
  var staff: Pages.StaffBar
  /// The uploads of the last day, the last one first.
  var rows: [UploadRow]
  var notice: Notice?
  /// Whether a form of an earlier session was sent.
  var isOutdated = false
}

extension Pages {
  func upload(_ view: UploadView) -> HTML {
    layout(
      Head(
        title: words[.uploadPDFs], address: Resource.upload.path, place: .upload,
        isIndexed: false, staff: view.staff),
      """
      <div class="section-top">
      <h1>\(words[.uploadPDFs])</h1>
      \(notice(view.notice))
      \(if: view.isOutdated, """
        <p class="notice warning" role="alert">\(words[.uploadFormTooOld])</p>
        """)
      </div>
      \(dropZone(view.staff))
      <p><a href="\(Resource.newPublication)">\(words[.fillInForm])</a></p>
      <section aria-labelledby="uploads-heading" id="recent-uploads"\
      \(if: view.rows.isEmpty, " hidden")>
      <div class="section-head"><h2 id="uploads-heading">\(words[.recentUploads])</h2></div>
      <p class="small">\(words[.recentUploadsHint])</p>
      <ol class="uploads" id="uploads">
      \(each: view.rows, { uploadRow($0, view.staff) })\
      </ol>
      </section>
      """)
  }

  /// The form that uploads PDFs, each of which becomes a draft.
  ///
  /// With script, files can be dropped on it, are sent in parts, and continue after an interruption.
  func dropZone(_ staff: StaffBar) -> HTML {
    """
    <form class="drop-zone" action="\(Resource.upload)" method="post" enctype="multipart/form-data" \
    data-uploads="\(Resource.uploads)" data-words="\(scriptWords)">
    \(hidden(FormToken.field, staff.formToken))
    <label for="files">\(words[.choosePDFs])</label>
    <p class="hint" id="files-hint">\
    \(words(.choosePDFsHint, words.binarySize(settings.maxUploadOctets)))</p>
    <div class="actions">
    <input id="files" name="files" type="file" accept="application/pdf,.pdf" multiple required \
    aria-describedby="files-hint">
    <button>\(words[.upload])</button>
    </div>
    </form>
    """
  }

  private func uploadRow(_ row: UploadRow, _ staff: StaffBar) -> HTML {
    let upload = row.upload
    return """
      <li data-token="\(upload.token)">
      <p class="file"><bdi>\(upload.name)</bdi> \
      <span class="small">\(words.size(upload.length))</span></p>
      <p class="outcome">\(sentence(row)) \(row.publication, { publication in
        """
        <a href="\(Resource.record(publication.slug))" dir="auto">\(publication.record.title)</a>
        """
      })\
      \(if: row.isBeingRead, " <span class=\"small\">\(words[.uploadBeingRead])</span>")</p>
      \(if: upload.state == .open, """
        <form class="inline" action="\(Resource.storedUpload(token: upload.token))" method="post">
        \(hidden(FormToken.field, staff.formToken))
        <button class="quiet" aria-label="\(words(.uploadCancelFile, upload.name))">\
        \(words[.cancel])</button>
        </form>
        """)
      </li>

      """
  }

  /// The sentences of `desk-upload.js`, as a JSON object.
  var scriptWords: String {
    let phrases: [(String, Phrase)] = [
      ("drop", .uploadDrop), ("waiting", .uploadWaiting), ("paused", .uploadPaused),
      ("offline", .uploadOffline), ("unreadable", .uploadUnreadable),
      ("signedOut", .uploadSignedOut), ("signIn", .signIn), ("pause", .uploadPause),
      ("resume", .uploadResume), ("retry", .uploadRetry), ("cancel", .cancel),
      ("pauseAll", .uploadPauseAll), ("resumeAll", .uploadResumeAll),
      ("beingRead", .uploadBeingRead), ("attached", .uploadAttached),
    ]
    return String(
      decoding: JSON.object(
        phrases.map { ($0.0, .text(words[$0.1])) } + [
          ("progress", .text(words(.uploadProgress, "{1}", "{2}"))),
          ("summary", .text(words(.uploadSummary, "{1}", "{2}"))),
        ]
      ).bytes, as: UTF8.self)
  }
}
