import Archive
import HTTP
import Markup

/// What the form of a bulk edit shows.
struct BulkFormView {
  var staff: Pages.StaffBar
  var form: BulkForm
  /// Why the form was not accepted.
  var problem: String?
  /// How many publications are selected.
  var count: Int
  var values: DeskValues
}

extension Pages {
  /// The form of a bulk edit.
  func bulkForm(_ view: BulkFormView) -> HTML {
    let form = view.form
    let problem = view.problem
    return layout(
      Head(
        title: words[.bulkHeading], place: .bulkEdits, isIndexed: false, staff: view.staff),
      """
      <div class="section-top">
      <h1>\(words[.bulkHeading])</h1>
      <p>\(words(.bulkSelected, words.count(.publication, view.count))) \
      <a href="\(form.filter.address)">\(words[.bulkChooseOthers])</a></p>
      </div>
      \(problem, { """
        <div class="notice warning" role="alert"><h2>\(words[.notSaved])</h2>
        <ul class="problems"><li><a href="#bulk-change">\($0)</a></li></ul></div>

        """ })
      \(view.count == 0 ? "<p>\(words[.bulkNothingSelected])</p>" : bulkFields(view))
      """)
  }

  private func bulkFields(_ view: BulkFormView) -> HTML {
    let form = view.form
    return """
      <form class="fields narrow bulk-form" action="\(Resource.bulkEdits)" method="post">
      \(hidden(FormToken.field, view.staff.formToken))
      \(each: form.hidden, { hidden($0.name, $0.value) })
      <div class="field">
      <label for="bulk-change">\(words[.bulkChange])</label>
      <select id="bulk-change" name="change" required\
      \(if: view.problem != nil, " aria-invalid=\"true\" aria-describedby=\"bulk-error\"")>
      <option value="">\(words[.bulkChoose])</option>
      \(each: BulkChange.offered, { offer in
        """
        <optgroup label="\(words.label(of: offer.field))">
        \(each: offer.operations, { operation in
          """
          <option value="\(offer.field.rawValue).\(operation.rawValue)"\
          \(if: form.change == "\(offer.field.rawValue).\(operation.rawValue)", " selected")>\
          \(words(.deskActive, words.label(of: offer.field), name(of: operation)))</option>

          """
        })</optgroup>

        """
      })\
      </select>
      \(view.problem, { "<p class=\"error\" id=\"bulk-error\">\($0)</p>" })
      </div>
      <div class="field" data-for="set add remove replace withdraw">
      <label for="bulk-value">\(words[.bulkValue])</label>
      <p class="hint" id="bulk-value-hint">\(words[.bulkValueHint])</p>
      <input id="bulk-value" name="value" value="\(form.value)" aria-describedby="bulk-value-hint" \
      autocomplete="off">
      </div>
      <div class="field" data-for="replace">
      <label for="bulk-replacement">\(words[.bulkReplacement])</label>
      <input id="bulk-replacement" name="replacement" value="\(form.replacement)" \
      autocomplete="off">
      </div>
      <div class="field" data-for="type">
      <label for="bulk-kind">\(words[.bulkType])</label>
      <select id="bulk-kind" name="kind">
      \(each: typeOptions(besides: form.type), { value, name in
        """
        <option value="\(value)"\(if: value == form.type, " selected")>\(name)</option>

        """
      })\
      </select>
      </div>
      <datalist id="bulk-topics">\(each: view.values.topics, { "<option value=\"\($0)\"></option>" })\
      </datalist>
      <datalist id="bulk-series">\(each: view.values.series, { "<option value=\"\($0)\"></option>" })\
      </datalist>
      <div class="actions"><button>\(words[.bulkPreview])</button></div>
      </form>
      """
  }

  func name(of operation: BulkChange.Operation) -> String {
    switch operation {
    case .set: words[.bulkSet]
    case .clear: words[.bulkClear]
    case .add: words[.bulkAdd]
    case .remove: words[.bulkRemove]
    case .replace: words[.bulkReplace]
    case .review: words[.bulkReview]
    case .publish: words[.bulkPublish]
    case .withdraw: words[.bulkWithdraw]
    }
  }
}
