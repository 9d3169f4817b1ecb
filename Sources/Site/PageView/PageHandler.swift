import Archive
import HTTP
import Markup

/// Drawn pages of public publications.
extension Site {
  /// A page of the current PDF in an HTML page.
  func drawnPage(_ slug: Slug, _ number: Int, _ request: Request) throws -> Response {
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      guard let file = publication.file, has(number, file) else { return notFound(request) }
      let form = PageForm(slug, page: number, Query(request.query))
      let contents = try archive.texts.contents(of: slug, at: now)
      if let wanted = form.wanted {
        let found = PageView.page(named: wanted, in: contents, count: file.pages)
        return found.map { turned(to: form.on(page: $0)) } ?? notFound(request)
      }
      var view = PageView(publication, file, form, contents)
      do {
        let drawing = try archive.drawing(ofPage: number, as: .inline, of: file)
        guard let svg = CheckedSVG(drawing.content) else { throw DrawingFailure.crashed }
        view.show(drawing, svg)
        if let words = form.words {
          view.marks = try marks(of: words, onPage: number, of: file, drawing)
        }
      } catch let failure as DrawingFailure {
        if failure == .noSuchPage { return notFound(request) }
        view.failure = failure
      }
      let html = pages(for: request).page(view)
      guard view.failure == nil else { return privatePage(.ok, html) }
      noteDrawn(request.path)
      // Browsers show the page only when they have its style.
      noteDrawn(Resource.drawingStyle(slug, sha256: file.sha256, page: number).path)
      return page(
        html, at: form.address, request, modified: publication.modified,
        isReusable: form.words == nil, of: [.publication(slug)])
    case .gone(let publication): return gone(publication, request)
    case .moved(let target): return moved(to: Resource.page(target, number).path)
    case .none: return notFound(request)
    }
  }

  /// 303 to another page of the same document.
  private func turned(to form: PageForm) -> Response {
    Response(
      .seeOther, fields: ["Location": form.address, "Cache-Control": cacheControl(.page)])
  }

  /// The drawing of a page, as a document of its own.
  func drawing(_ slug: Slug, _ number: Int, _ request: Request) throws -> Response {
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      guard let file = publication.file, has(number, file) else { return notFound(request) }
      do {
        let drawing = try archive.drawing(ofPage: number, as: .document, of: file)
        noteDrawn(request.path)
        var response = text(
          drawing.content, Self.svg, modified: publication.modified,
          isReusable: request.target == Resource.drawing(slug, number).path,
          of: [.publication(slug)])
        response.fields.append("X-Robots-Tag", "noindex")
        return response
      } catch let failure as DrawingFailure {
        return undrawn(failure, request)
      }
    case .gone(let publication): return gone(publication, request)
    case .moved(let target): return moved(to: Resource.drawing(target, number).path)
    case .none: return notFound(request)
    }
  }

  /// The same for staff who may see the publication.
  func staffDrawing(_ slug: Slug, _ number: Int, _ visit: StaffRequest) throws -> Response {
    guard let file = try visible(slug, visit).file, has(number, file) else {
      throw HandlerRefusal.notFound
    }
    do {
      let drawing = try archive.drawing(ofPage: number, as: .document, of: file)
      return Response(
        .ok, fields: ["Content-Type": Self.svg, "Cache-Control": cacheControl(.never)],
        content: .bytes(drawing.content))
    } catch let failure as DrawingFailure {
      return undrawn(failure, visit.request)
    }
  }

  private func undrawn(_ failure: DrawingFailure, _ request: Request) -> Response {
    if failure == .noSuchPage { return notFound(request) }
    var response = errorPage(.serviceUnavailable, request)
    response.fields.set("Retry-After", to: "\(Drawings.pause.components.seconds)")
    return response
  }

  private static let svg = "image/svg+xml"

  /// Whether a file may have a page; how many it has is known once its text was extracted.
  private func has(_ page: Int, _ file: StoredFile) -> Bool { page <= file.pages ?? .max }

  /// A small picture of a page.
  func pagePicture(
    _ slug: Slug, _ sha256: String, _ page: Int, _ request: Request
  ) throws -> Response {
    try ofCurrentFile(
      slug, sha256, request, movedTo: { .pagePicture($0, sha256: sha256, page: page) }
    ) { file in
      guard has(page, file) else { return notFound(request) }
      let png = try archive.drawing(ofPage: page, as: .picture, of: file).content
      noteDrawn(request.path)
      var response = Response(
        .ok, fields: ["Content-Type": "image/png", "X-Robots-Tag": "noindex"],
        content: .bytes(png), entityTag: ContentHash.tag(png))
      response.depend(on: [.publication(slug)])
      return response
    }
  }

  // MARK: Fonts

  /// The style sheet of a drawn page, which names the fonts that the page uses.
  func drawingStyle(
    _ slug: Slug, _ sha256: String, _ page: Int, _ request: Request
  ) throws -> Response {
    try ofCurrentFile(
      slug, sha256, request, movedTo: { .drawingStyle($0, sha256: sha256, page: page) }
    ) { file in
      guard has(page, file) else { return notFound(request) }
      let drawing = try archive.drawing(ofPage: page, as: .inline, of: file)
      noteDrawn(request.path)
      let rules = drawing.fonts.map { font in
        """
        @font-face{font-family:f\(font.number);src:url(\(fontAddress(slug, sha256, font.number)))}

        """
      }
      var response = text(
        Array((Self.pageRules + SVGStyle.linkedRules + rules.joined()).utf8),
        "text/css; charset=utf-8",
        isReusable: request.target == drawingStyleAddress(slug, sha256, page),
        of: [.publication(slug)])
      response.fields.append("X-Robots-Tag", "noindex")
      return response
    }
  }

  /// On paper a drawn page stands alone, as large as the paper lets it be; its paper and its text
  /// keep their colours where a reader's own replace those of pages.
  private static let pageRules = """
    @media print{.masthead,.colophon{display:none}.band{padding:0;max-width:none}}
    @media (forced-colors:active){.leaf{forced-color-adjust:none}}

    """

  /// A font of drawn pages.
  func drawingFont(
    _ slug: Slug, _ sha256: String, _ number: Int, _ request: Request
  ) throws -> Response {
    try ofCurrentFile(
      slug, sha256, request, movedTo: { .drawingFont($0, sha256: sha256, number) }
    ) { file in
      guard let woff = try archive.font(number, of: file) else { return notFound(request) }
      var response = Response(
        .ok, fields: ["Content-Type": "font/woff"], content: .bytes(woff),
        entityTag: ContentHash.tag(woff))
      response.depend(on: [.publication(slug)])
      return response
    }
  }

  private func ofCurrentFile(
    _ slug: Slug, _ sha256: String, _ request: Request, movedTo resource: (Slug) -> Resource,
    _ answer: (StoredFile) throws -> Response
  ) throws -> Response {
    switch try archive.publications.find(slug, at: now) {
    case .publication(let publication):
      guard let file = publication.file, file.sha256 == sha256 else { return notFound(request) }
      do { return try answer(file) } catch let failure as DrawingFailure {
        return undrawn(failure, request)
      }
    case .gone(let publication): return gone(publication, request)
    case .moved(let target): return moved(to: resource(target).path)
    case .none: return notFound(request)
    }
  }

  /// The address of the style sheet of a drawn page; another version of the program may draw with
  /// other fonts.
  func drawingStyleAddress(_ slug: Slug, _ sha256: String, _ page: Int) -> String {
    pages.drawingStyleAddress(slug, sha256, page)
  }

  private func fontAddress(_ slug: Slug, _ sha256: String, _ number: Int) -> String {
    pages.versioned(.drawingFont(slug, sha256: sha256, number))
  }
}

extension Pages {
  func drawingStyleAddress(_ slug: Slug, _ sha256: String, _ page: Int) -> String {
    versioned(.drawingStyle(slug, sha256: sha256, page: page))
  }

  /// An address that browsers keep for a year, and that another version of the program changes.
  fileprivate func versioned(_ resource: Resource) -> String {
    Query.address(resource, [("v", settings.version)])
  }
}
