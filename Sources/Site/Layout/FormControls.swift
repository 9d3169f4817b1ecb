import Archive
import Markup

/// The controls of forms for staff, each with a label, a hint and an error message that are linked to
/// it for screen readers.
extension Pages {
  func textField(
    _ field: FieldError.Field, _ value: String, _ errors: FieldErrors, hint: Phrase? = nil
  ) -> HTML {
    textField(field, value, errors, hint: hint.map { words[$0] }, type: "text")
  }

  func textField(
    _ field: FieldError.Field, _ value: String, _ errors: FieldErrors, hint: String?,
    type: StaticString, more: HTML = ""
  ) -> HTML {
    wrapped(field, errors, hint: hint) { attributes in
      // A short list is there for browsers without script too.
      let options = SuggestedField(field).map(options) ?? ""
      return """
        <input type="\("\(type)")" value="\(value)" \
        \(if: !options.bytes.isEmpty, "list=\"\(field.rawValue)-options\" ")\(attributes)\(more)>\(options)
        """
    }
  }

  func textArea(
    _ field: FieldError.Field, _ value: String, _ errors: FieldErrors, hint: Phrase? = nil,
    rows: Int
  ) -> HTML {
    wrapped(field, errors, hint: hint.map { words[$0] }) { attributes in
      // HTML ignores a line end right after the tag.
      """
      <textarea rows="\(rows)" \(attributes)>
      \(value)</textarea>
      """
    }
  }

  func fileField(_ errors: FieldErrors, label: String, hint: String) -> HTML {
    wrapped(.file, errors, label: label, hint: hint) { attributes in
      """
      <input type="file" accept="application/pdf,.pdf" data-uploads="\(Resource.uploads)" \
      data-words="\(scriptWords)" \(attributes)>
      """
    }
  }

  func choice(
    _ field: FieldError.Field, _ value: String, _ options: [(value: String, name: String)],
    _ errors: FieldErrors, hint: Phrase? = nil
  ) -> HTML {
    wrapped(field, errors, hint: hint.map { words[$0] }) { attributes in
      """
      <select \(attributes)>
      \(each: options, { option in
        """
        <option value="\(option.value)"\(if: option.value == value, " selected")>\(option.name)\
        </option>

        """
      })\
      </select>
      """
    }
  }

  private func wrapped(
    _ field: FieldError.Field, _ errors: FieldErrors, label: String? = nil, hint: String?,
    _ control: (HTML) -> HTML
  ) -> HTML {
    let id = field.rawValue
    let problem = errors[field]
    let described = [
      hint == nil ? nil : "\(id)-hint", problem == nil ? nil : "\(id)-error",
    ].compactMap { $0 }.joined(separator: " ")
    let attributes: HTML = """
      id="\(id)" name="\(id)"\
      \(if: !described.isEmpty, " aria-describedby=\"\(described)\"")\
      \(if: problem != nil, " aria-invalid=\"true\"")\
      \(SuggestedField(field), { " \(suggesting($0))" })
      """
    return """
      <div class="field">
      <label for="\(id)">\(label ?? words.label(of: field))</label>
      \(hint, { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" })
      \(control(attributes))
      \(problem, { "<p class=\"error\" id=\"\(id)-error\">\(words.sentence($0))</p>" })
      </div>
      """
  }

  /// The error summary above a form, with a link to each field.
  func summary(_ errors: FieldErrors, hadFile: Bool) -> HTML {
    guard !errors.problems.isEmpty else { return "" }
    return """
      <div class="notice warning" role="alert">
      <h2>\(words[.notSaved])</h2>
      <ul class="problems">
      \(each: errors.problems, { problem in
        """
        <li><a href="#\(problem.field.rawValue)">\(words.sentence(problem))</a></li>

        """
      })\
      </ul>
      \(if: hadFile && errors[.file] == nil, "<p>\(words[.choosePDFAgain])</p>")
      </div>
      """
  }

  func notice(_ notice: Notice?) -> HTML {
    notice.map { "<p class=\"notice\" role=\"status\">\(words[$0.phrase])</p>" } ?? ""
  }
}
