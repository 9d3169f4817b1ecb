import Archive
import Markup

/// What the page of an uploaded catalogue shows.
struct CatalogueImportView {
  var staff: Pages.StaffBar
  var upload: CatalogueUpload
  var problem: String?
  /// The header and the first rows of a table whose columns are to be checked.
  var table: [[String]]
  /// The first records with each result that there are.
  var rows: [(result: CatalogueUpload.Result, rows: [CatalogueUploadRow])]
}

extension Pages {
  /// The form for a catalogue, and the uploads so far.
  func catalogueImports(
    _ uploads: [CatalogueUpload], problem: String?, _ staff: StaffBar
  ) -> HTML {
    layout(
      Head(
        title: words[.importsHeading], address: Resource.catalogueImports.path,
        place: .catalogueImports, isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.importsHeading])</h1>
      <p class="measure">\(words[.importsText])</p>
      </div>
      \(importProblem(problem, field: "catalogue"))
      <form class="fields narrow" action="\(Resource.catalogueImports)" method="post" \
      enctype="multipart/form-data">
      \(hidden(FormToken.field, staff.formToken))
      <div class="field"><label for="catalogue">\(words[.importsCatalogue])</label>
      <p class="hint" id="catalogue-hint">\(words[.importsCatalogueHint])</p>
      <input id="catalogue" name="catalogue" type="file" required \
      accept=".csv,.tsv,.jsonl,.bib,.ris,.gz" aria-describedby="catalogue-hint"\
      \(if: problem != nil, " aria-invalid=\"true\"")></div>
      <div class="field"><label for="files">\(words[.importsFiles])</label>
      <p class="hint" id="files-hint">\(words[.importsFilesHint])</p>
      <input id="files" name="files" type="file" multiple accept=".pdf,.zip" \
      aria-describedby="files-hint"></div>
      <div class="actions"><button>\(words[.importsUpload])</button></div>
      </form>
      \(if: !uploads.isEmpty, importTable(uploads))
      """)
  }

  private func importProblem(_ problem: String?, field: StaticString) -> HTML {
    """
    \(problem, { problem in
      """
      <div class="notice warning" role="alert"><p><a href="#\("\(field)")">\(problem)</a></p></div>

      """
    })
    """
  }

  private func importTable(_ uploads: [CatalogueUpload]) -> HTML {
    """
    <section class="bulk-changes"><h2 id="uploads">\(words[.importsSoFar])</h2>
    <div class="scroller" role="region" aria-labelledby="uploads" tabindex="0"><table>
    <thead><tr><th scope="col">\(words[.importsCatalogue])</th><th scope="col">\(words[.who])</th>\
    <th scope="col">\(words[.importsWhen])</th><th scope="col">\(words[.status])</th></tr></thead>
    <tbody>
    \(each: uploads, { upload in
      """
      <tr><th scope="row"><a href="\(Resource.catalogueImport(upload.id))"><bdi>\(upload.name)</bdi></a>\
      </th><td><bdi>\(upload.actor)</bdi></td><td>\(moment(upload.uploaded))</td>\
      <td>\(words[upload.state.phrase])</td></tr>

      """
    })\
    </tbody></table></div></section>
    """
  }

  /// An uploaded catalogue: its columns, what it would change, or what it has changed.
  func catalogueImport(_ view: CatalogueImportView) -> HTML {
    let upload = view.upload
    return layout(
      Head(
        title: upload.name, address: Resource.catalogueImport(upload.id).path,
        place: .catalogueImports, isIndexed: false,
        more: upload.state.isRunning ? "<meta http-equiv=\"refresh\" content=\"2\">\n" : "",
        staff: view.staff),
      """
      <div class="section-top">
      <p class="kicker">\(words[upload.state.phrase])</p>
      <h1 class="long"><bdi>\(upload.name)</bdi></h1>
      \(upload.converted, { "<p class=\"small\">\(words(.importsConverted, $0))</p>" })
      \(if: upload.files > 0, "<p class=\"small\">\(words(.importsWithFiles, words.count(.pdfFile, upload.files)))</p>")
      </div>
      \(importProblem(view.problem, field: "main"))
      \(step(view))
      """)
  }

  private func step(_ view: CatalogueImportView) -> HTML {
    let upload = view.upload
    switch upload.state {
    case .uploaded: return checkForm(view)
    case .checking, .importing:
      return """
        <p role="status">\(words[upload.state == .checking ? .importsChecking : .importsRunning])</p>
        <p><a href="\(Resource.catalogueImport(upload.id))">\(words[.importsRefresh])</a></p>
        """
    case .checked: return counts(view) + importForm(view) + results(view)
    case .imported: return counts(view) + results(view)
    case .failed:
      return """
        <div class="notice warning" role="alert"><p>\(words[.importsFailed])</p>
        <p lang="en">\(upload.failure ?? "")</p></div>
        \(checkForm(view))
        """
    }
  }

  private func counts(_ view: CatalogueImportView) -> HTML {
    let upload = view.upload
    let isDone = upload.state == .imported
    return """
      <ul class="bulk-counts">
      <li>\(words(isDone ? .importsAdded : .importsNew, words.number(upload[.new])))</li>
      <li>\(words(isDone ? .importsChanged : .importsChange, words.number(upload[.changed])))</li>
      <li>\(words(.importsSame, words.number(upload[.same])))</li>
      <li>\(words(.importsWrong, words.number(upload[.wrong])))\
      \(if: upload[.wrong] > 0, """
         · <a href="\(Resource.catalogueImportErrors(upload.id))">\(words[.importsErrorFile])</a>
        """)</li>
      </ul>
      """
  }

  private func checkForm(_ view: CatalogueImportView) -> HTML {
    """
    <form class="fields" action="\(Resource.catalogueImport(view.upload.id))" method="post">
    \(hidden(FormToken.field, view.staff.formToken))
    \(if: !view.table.isEmpty, columns(view))
    <fieldset class="field"><legend>\(words[.importsNewAs])</legend>
    <label class="tick-label"><input type="radio" name="new" value="drafts" checked> \(words[.importsAsDrafts])</label>
    <label class="tick-label"><input type="radio" name="new" value="published"> \(words[.importsAsPublished])</label>
    <label class="tick-label"><input type="checkbox" name="announce" value="1"> \(words[.importsAnnounce])</label>
    </fieldset>
    <div class="actions"><button name="do" value="check">\(words[.importsCheck])</button>
    <button class="quiet" name="do" value="remove">\(words[.importsRemove])</button></div>
    <p class="small">\(words[.importsCheckHint])</p>
    </form>
    """
  }

  /// The columns of a table, each with the field that it is and the first values.
  private func columns(_ view: CatalogueImportView) -> HTML {
    let header = view.table[0]
    let uses = view.upload.mapping.uses(of: header)
    return """
      <div class="scroller" role="region" aria-label="\(words[.importsColumns])" tabindex="0"><table>
      <thead><tr><th scope="col">\(words[.importsColumn])</th><th scope="col">\(words[.importsField])</th>\
      <th scope="col">\(words[.importsFirstRows])</th></tr></thead>
      <tbody>
      \(each: Array(zip(header, uses).enumerated()), { index, column in
        let examples = view.table.dropFirst().compactMap { index < $0.count ? $0[index] : nil }
          .filter { !$0.isEmpty }.prefix(3).map { $0.count > 60 ? $0.prefix(60) + "…" : $0 }
        return """
          <tr><th scope="row"><label for="column-\(index)">\(column.0)</label></th><td>
          <select id="column-\(index)" name="column-\(index)">
          \(each: fieldChoices, { choice in
            """
            <option value="\(choice.0)"\(if: choice.0 == value(of: column.1), " selected")>\
            \(choice.1)</option>

            """
          })\
          </select></td><td dir="auto">\(examples.joined(separator: " · "))</td></tr>

          """
      })\
      </tbody></table></div>
      """
  }

  private func value(of use: ColumnMapping.Use) -> String {
    switch use {
    case .field(let field): field.rawValue
    case .other: "other"
    case .ignored: "ignore"
    }
  }

  private var fieldChoices: [(String, String)] {
    [("other", words[.importsOther]), ("ignore", words[.importsIgnore])]
      + CatalogueField.allCases.map { ($0.rawValue, name(of: $0)) }
  }

  private func name(of field: CatalogueField) -> String {
    switch field {
    case .pdf: words[.pdf]
    case .orcids: words[.importsORCIDs]
    case .publicFrom: words.label(of: .publicFrom)
    default:
      FieldError.Field(rawValue: field.rawValue).map { words.label(of: $0) } ?? field.rawValue
    }
  }

  private func importForm(_ view: CatalogueImportView) -> HTML {
    let upload = view.upload
    let good = upload[.new] + upload[.changed]
    return """
      <form class="fields" action="\(Resource.catalogueImport(upload.id))" method="post">
      \(hidden(FormToken.field, view.staff.formToken))
      \(if: upload[.wrong] > 0 && good > 0, """
        <label class="tick-label"><input type="checkbox" name="good" value="1" required> \
        \(words(.importsGoodLines, words.number(upload[.wrong])))</label>
        """)
      <div class="actions">
      \(if: good > 0, """
        <button name="do" value="import">\(words(.importsImport, words.count(.publication, good)))</button>
        """)
      <button class="quiet" name="do" value="remove" formnovalidate>\(words[.importsRemove])</button>
      </div></form>
      """
  }

  private func results(_ view: CatalogueImportView) -> HTML {
    """
    \(each: view.rows.filter { $0.result != .same }, { group in
      let id = "rows-\(group.result.rawValue)"
      return """
        <section class="bulk-changes"><h2 id="\(id)">\(words[group.result.phrase])</h2>
        \(if: view.upload[group.result] > group.rows.count, """
          <p class="small">\(words(.bulkFirst, words.number(group.rows.count),
            words.number(view.upload[group.result])))</p>
          """)
        <div class="scroller" role="region" aria-labelledby="\(id)" tabindex="0"><table>
        <thead><tr><th scope="col">\(words[.importsLine])</th>\
        \(if: group.result == .wrong, "<th scope=\"col\">\(words[.importsColumn])</th>")\
        <th scope="col">\(words[.title])</th>\
        \(if: group.result != .new, "<th scope=\"col\">\(words[group.result == .wrong ? .importsProblem : .importsFields])</th>")\
        </tr></thead><tbody>
        \(each: group.rows, { result($0, group.result) })\
        </tbody></table></div></section>

        """
    })
    """
  }

  private func result(_ row: CatalogueUploadRow, _ result: CatalogueUpload.Result) -> HTML {
    let title: HTML = "<span dir=\"auto\">\(row.title ?? "–")</span>"
    return """
      <tr><td class="figure">\(row.line)</td>\
      \(if: result == .wrong, "<td class=\"figure\">\(row.column.map(String.init) ?? "")</td>")\
      <td>\(row.slug.map { "<a href=\"\(Resource.record($0))\">\(title)</a>" } ?? title)</td>\
      \(if: result == .changed, "<td>\(row.fields.map { words.label(of: $0) }.joined(separator: ", "))</td>")\
      \(if: result == .wrong, "<td lang=\"en\">\(row.reason ?? "")</td>")</tr>

      """
  }

  /// Why a catalogue was refused.
  func sentence(_ error: CatalogueUploadError) -> String {
    switch error {
    case .unknownFormat(let name): words(.importsUnknownFormat, name)
    case .empty: words[.importsEmpty]
    case .tooLarge(let most): words(.importsTooLarge, words.binarySize(most))
    case .badZIP(let name, let reason): words(.importsBadZIP, name, reason)
    case .wrongLines(let count): words(.importsWrongLines, words.number(count))
    case .running: words[.importsIsRunning]
    case .notFound, .failed: words[.importsFailed]
    }
  }
}

extension CatalogueUpload.State {
  fileprivate var phrase: Phrase {
    switch self {
    case .uploaded: .importsStateUploaded
    case .checking: .importsStateChecking
    case .checked: .importsStateChecked
    case .importing: .importsStateImporting
    case .imported: .importsStateImported
    case .failed: .importsStateFailed
    }
  }
}

extension CatalogueUpload.Result {
  fileprivate var phrase: Phrase {
    switch self {
    case .wrong: .importsWrongHeading
    case .new: .importsNewHeading
    case .changed: .importsChangedHeading
    case .same: .importsSameHeading
    }
  }
}
