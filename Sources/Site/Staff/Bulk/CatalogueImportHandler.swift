import Archive
import HTTP

/// The pages on which editors upload a catalogue, check what it would change, and import it.
extension Site {
  func catalogueImports(_ visit: StaffRequest) throws -> Response {
    try importsPage(nil, .ok, visit)
  }

  /// Stores a catalogue with its PDFs.
  func uploadCatalogue(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    guard let catalogue = form.files.first(where: { $0.field == "catalogue" }) else {
      return try importsPage(
        visit.pages.words[.importsNoFile], .unprocessableContent, visit)
    }
    do throws(CatalogueUploadError) {
      let upload = try catalogueUploads.add(
        catalogue.file, files: form.files.filter { $0.field == "files" }.map(\.file),
        by: visit.session.account.actor, at: now)
      return seeOther(.catalogueImport(upload.id), after: visit.request)
    } catch .failed(let reason) {
      report(.failed(request: visit.request.id, path: visit.request.path, reason: reason))
      return errorPage(.internalServerError, visit.request)
    } catch {
      return try importsPage(
        visit.pages.sentence(error), .unprocessableContent, visit)
    }
  }

  func catalogueImport(_ id: CatalogueUpload.ID, _ visit: StaffRequest) throws -> Response {
    try importPage(id, nil, .ok, visit)
  }

  /// Checks a catalogue, imports it, or removes it.
  func stepCatalogueImport(
    _ id: CatalogueUpload.ID, _ form: Submission, _ visit: StaffRequest
  ) throws -> Response {
    do {
      switch form.text("do") {
      case "check":
        try catalogueUploads.check(
          id, mapping: try mapping(of: id, form), addsDrafts: form.text("new") != "published",
          announces: !form.text("announce").isEmpty)
      case "import":
        try catalogueUploads.start(id, leavesOutWrong: !form.text("good").isEmpty)
      case "remove":
        guard try catalogueUploads.find(id)?.state.isRunning == false else {
          throw CatalogueUploadError.running
        }
        try catalogueUploads.remove(id)
        return seeOther(.catalogueImports, after: visit.request)
      default: throw HandlerRefusal.notFound
      }
      return seeOther(.catalogueImport(id), after: visit.request)
    } catch CatalogueUploadError.notFound {
      throw HandlerRefusal.notFound
    } catch let error as CatalogueUploadError {
      return try importPage(id, visit.pages.sentence(error), .unprocessableContent, visit)
    }
  }

  /// The wrong lines as a table.
  func catalogueImportErrors(_ id: CatalogueUpload.ID) throws -> Response {
    guard try catalogueUploads.find(id) != nil else { throw HandlerRefusal.notFound }
    var table = CSV(["line", "column", "title", "problem"])
    for row in try catalogueUploads.rows(of: id, .wrong, most: 100_000) {
      table.add([
        "\(row.line)", row.column.map(String.init) ?? "", row.title ?? "", row.reason ?? "",
      ])
    }
    return Response(
      .ok,
      fields: [
        "Content-Type": CSV.mediaType,
        "Content-Disposition": "attachment; filename=\"import-\(id)-errors.csv\"",
        "Cache-Control": cacheControl(.never),
      ], content: .bytes(table.bytes))
  }

  /// The columns as the form says; those that are as guessed are left to guessing.
  private func mapping(of id: CatalogueUpload.ID, _ form: Submission) throws -> ColumnMapping {
    guard let header = try catalogueUploads.table(id, rows: 0).first else { return ColumnMapping() }
    var mapping = ColumnMapping()
    for (index, name) in header.enumerated() where !name.isEmpty {
      guard let use = form.fields["column-\(index)"] else { continue }
      mapping.uses[name] = ColumnMapping.Use(name: use)
    }
    return mapping
  }

  private func importsPage(
    _ problem: String?, _ status: Status, _ visit: StaffRequest
  ) throws -> Response {
    privatePage(
      status,
      visit.pages.catalogueImports(try catalogueUploads.list(), problem: problem, visit.staff))
  }

  private func importPage(
    _ id: CatalogueUpload.ID, _ problem: String?, _ status: Status, _ visit: StaffRequest
  ) throws -> Response {
    guard let upload = try catalogueUploads.find(id) else { throw HandlerRefusal.notFound }
    let isDone = upload.state == .checked || upload.state == .imported
    let rows = try CatalogueUpload.Result.allCases.map { result in
      (result, isDone ? try catalogueUploads.rows(of: id, result) : [])
    }
    return privatePage(
      status,
      visit.pages.catalogueImport(
        CatalogueImportView(
          staff: visit.staff, upload: upload, problem: problem,
          table: upload.state == .uploaded ? try catalogueUploads.table(id) : [],
          rows: rows.filter { !$0.1.isEmpty })))
  }
}
