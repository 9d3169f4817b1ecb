import Archive
import HTTP
import Markup

/// The types of publications for editors.
extension Site {
  func types(_ visit: StaffRequest) throws -> Response {
    privatePage(
      .ok, visit.pages.types(try archive.lists.types(), staff: visit.staff, notice: visit.notice))
  }

  /// Saves the names and what is hidden, deletes what is marked, or adds a type.
  func changeTypes(_ form: Submission, _ visit: StaffRequest) throws -> Response {
    var types = try archive.lists.types()
    var added: (label: String, base: PublicationType)?
    if form.text("do") == "add" {
      guard let base = PublicationType(rawValue: form.text("base")) else {
        return errorPage(.badRequest, visit.request)
      }
      added = (form.text("label"), base)
    } else {
      types.removeAll { !form.text("delete:\($0.name.rawValue)").isEmpty }
      for index in types.indices {
        let name = types[index].name.rawValue
        types[index].label = form.text("label:\(name)").nonEmpty
        types[index].isHidden = !form.text("hide:\(name)").isEmpty
      }
    }
    do throws(ListError) {
      try archive.lists.setTypes(types, adding: added, by: visit.session.account.actor, at: now) {
        self.appearance.take($0)
      }
      return seeOther(.types, notice: .saved, after: visit.request)
    } catch {
      let stored = try archive.lists.types()
      appearance.take(stored)
      if case .failed(let reason) = error {
        report(.failed(request: visit.request.id, path: visit.request.path, reason: reason))
        return errorPage(.internalServerError, visit.request)
      }
      return privatePage(
        .unprocessableContent,
        visit.pages.types(
          added == nil ? types : stored, added: added, error, staff: visit.staff))
    }
  }
}

extension Pages {
  func types(
    _ types: [TypeEntry], added: (label: String, base: PublicationType)? = nil,
    _ error: ListError? = nil, staff: StaffBar, notice: Notice? = nil
  ) -> HTML {
    layout(
      Head(
        title: words[.types], address: error == nil ? Resource.types.path : nil, place: .types,
        isIndexed: false, staff: staff),
      """
      <div class="section-top">
      <h1>\(words[.types])</h1>
      \(self.notice(notice))
      <p class="measure">\(words[.typesText])</p>
      </div>
      \(error, { error in
        """
        <div class="notice warning" role="alert">
        <h2>\(words[.notSaved])</h2>
        <p>\(words.sentence(error))</p>
        </div>
        """
      })
      <form class="stack" action="\(Resource.types)" method="post">
      \(hidden(FormToken.field, staff.formToken))
      <div class="scroller" role="region" aria-label="\(words[.types])" tabindex="0">
      <table class="types">
      <thead><tr><th scope="col">\(words[.typeUsual])</th><th scope="col">\(words[.typeLabel])</th>\
      <th scope="col">\(words[.typeHidden])</th><th scope="col" class="figure">\(words[.uses])</th>\
      <th scope="col">\(words[.typeDeleteColumn])</th></tr></thead>
      <tbody>
      \(each: types, row)</tbody>
      </table></div>
      <div class="actions"><button>\(words[.save])</button></div>
      </form>
      <section class="withdrawal" aria-labelledby="add">
      <div class="section-head"><h2 id="add">\(words[.addTypeHeading])</h2></div>
      <form class="fields narrow" action="\(Resource.types)" method="post">
      \(hidden(FormToken.field, staff.formToken))
      \(entryField("label", words[.entryName]) {
        "<input type=\"text\" value=\"\(added?.label ?? "")\" required \($0)>"
      })
      \(entryField("base", words[.typeBase], hint: words[.typeBaseHint]) { attributes in
        """
        <select \(attributes)>
        \(each: PublicationType.allCases, { base in
          """
          <option value="\(base.rawValue)"\(if: base == added?.base, " selected")>\
          \(words.name(of: base))</option>

          """
        })</select>
        """
      })
      <div class="actions"><button class="quiet" name="do" value="add">\(words[.addEntry])</button></div>
      </form>
      </section>
      """)
  }

  private func row(_ type: TypeEntry) -> HTML {
    let raw = type.name.rawValue
    let usual = words.usualName(of: type.name.base)
    let name = type.name.own == nil ? usual : type.label ?? raw
    let mayDelete = type.name.own != nil && type.publications == 0
    return """
      <tr><th scope="row">\
      \(type.name.own == nil ? usual : words(.typeBasedOn, usual))</th>\
      <td><input type="text" name="label:\(raw)" value="\(type.label ?? "")" \
      aria-label="\(words(.typeLabelOf, name))"\
      \(if: type.name.own == nil, " placeholder=\"\(usual)\"")\
      \(if: type.name.own != nil, " required")></td>\
      <td><input type="checkbox" name="hide:\(raw)" value="yes" \
      aria-label="\(words(.typeHide, name))"\(if: type.isHidden, " checked")></td>\
      <td class="figure">\(words.number(type.publications))</td>\
      <td>\(if: mayDelete, """
        <input type="checkbox" name="delete:\(raw)" value="yes" \
        aria-label="\(words(.typeDelete, name))">
        """)</td></tr>

      """
  }

  /// The types that can be chosen for a publication, with the one that it has.
  func typeOptions(besides current: String) -> [(value: String, name: String)] {
    words.offered(assets.types, beside: TypeName(rawValue: current)).map {
      ($0.rawValue, words.name(of: $0))
    }
  }
}

extension Language {
  /// The types that are offered, with the one that a publication has.
  func offered(_ types: [TypeEntry], beside current: TypeName?) -> [TypeName] {
    types.isEmpty
      ? PublicationType.allCases.map { TypeName($0) }
      : types.filter { !$0.isHidden || $0.name == current }.map(\.name)
  }
}
