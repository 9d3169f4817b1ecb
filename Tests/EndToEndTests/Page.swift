/// An HTML page as a person without a mouse sees it: its words, links and forms.
struct Page {
  let source: String

  /// The text between tags, with white space made one space.
  var words: String {
    decoded(
      source.replacing(/<(style|script)\b.*?<\/\1>/.dotMatchesNewlines(), with: " ")
        .replacing(/<[^>]*>/, with: " ")
    )
    .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  var title: String? {
    source.firstMatch(of: /<title>(.*?)<\/title>/.dotMatchesNewlines()).map {
      decoded(String($0.1))
    }
  }

  /// The targets of all links, in order.
  var links: [String] {
    source.matches(of: /<a\b([^>]*)>/).compactMap { attribute("href", in: String($0.1)) }
  }

  /// The forms, in order.
  var forms: [Form] {
    source.matches(of: /<form\b([^>]*)>(.*?)<\/form>/.dotMatchesNewlines()).map {
      Form(attributes: String($0.1), inside: String($0.2))
    }
  }

  /// The first form that has a field of this name.
  func form(with field: String) -> Form? { forms.first { $0.names.contains(field) } }

  /// The first form that is sent to an address with this end.
  func form(to end: String) -> Form? { forms.first { $0.action.hasSuffix(end) } }
}

/// A form with what it would send untouched.
struct Form {
  var action: String
  var method: String
  var isMultipart: Bool
  /// Name and value in the order of the page.
  var fields: [(name: String, value: String)] = []
  /// The names of fields that take a file.
  var fileFields: [String] = []

  var names: [String] { fields.map(\.name) + fileFields }

  init(attributes: String, inside: String) {
    action = attribute("action", in: attributes) ?? ""
    method = (attribute("method", in: attributes) ?? "get").lowercased()
    isMultipart = attribute("enctype", in: attributes) == "multipart/form-data"
    let controls = inside.matches(
      of: /<(input|textarea|select|button)\b([^>]*)>(?:(.*?)<\/\1>)?/.dotMatchesNewlines())
    for control in controls {
      let attributes = String(control.2)
      let content = String(control.3 ?? "")
      guard let name = attribute("name", in: attributes) else { continue }
      switch (String(control.1), attribute("type", in: attributes) ?? "text") {
      case ("input", "file"): fileFields.append(name)
      case ("input", "checkbox"), ("input", "radio"):
        guard attributes.contains(/\bchecked\b/) else { continue }
        fields.append((name, attribute("value", in: attributes) ?? "on"))
      case ("input", "submit"): continue
      case ("input", _): fields.append((name, attribute("value", in: attributes) ?? ""))
      case ("textarea", _): fields.append((name, decoded(content)))
      case ("select", _):
        let options = content.matches(of: /<option\b([^>]*)>/).map { String($0.1) }
        let chosen = options.first { $0.contains(/\bselected\b/) } ?? options.first
        fields.append((name, chosen.flatMap { attribute("value", in: $0) } ?? ""))
      default: continue
      }
    }
  }

  subscript(name: String) -> String? {
    get { fields.first { $0.name == name }?.value }
    set {
      fields.removeAll { $0.name == name }
      if let newValue { fields.append((name, newValue)) }
    }
  }

  /// The form with other values in some of its fields.
  func filled(_ values: [String: String]) -> Form {
    var form = self
    for (name, value) in values { form[name] = value }
    return form
  }

  var urlEncoded: [UInt8] {
    Array(
      fields.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }
        .joined(separator: "&").utf8)
  }

  func multipart(files: [Attachment], boundary: String) -> [UInt8] {
    var content: [UInt8] = []
    for field in fields {
      content += Array(
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field.name)\"\r\n\r\n\(field.value)\r\n"
          .utf8)
    }
    for file in files {
      content += Array(
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\nContent-Type: \(file.type)\r\n\r\n"
          .utf8)
      content += file.octets + Array("\r\n".utf8)
    }
    return content + Array("--\(boundary)--\r\n".utf8)
  }
}

/// A file that is sent with a form.
struct Attachment {
  var field: String
  var name: String
  var type = "application/pdf"
  var octets: [UInt8]
}

func percentEncoded(_ text: String) -> String {
  text.utf8.map { octet in
    switch octet {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F:
      String(UnicodeScalar(octet))
    default:
      "%" + (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true)
    }
  }.joined()
}

private func attribute(_ name: String, in attributes: String) -> String? {
  for match in attributes.matches(of: /([a-zA-Z-]+)\s*=\s*"([^"]*)"/) where match.1 == name {
    return decoded(String(match.2))
  }
  return nil
}

private func decoded(_ text: String) -> String {
  let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"]
  return text.replacing(/&(#x?[0-9a-fA-F]+|[a-z]+);/) { match in
    let name = match.1
    if name.hasPrefix("#x"), let code = UInt32(name.dropFirst(2), radix: 16) {
      return UnicodeScalar(code).map { String($0) } ?? ""
    }
    if name.hasPrefix("#"), let code = UInt32(name.dropFirst()) {
      return UnicodeScalar(code).map { String($0) } ?? ""
    }
    return named[String(name)] ?? String(match.0)
  }
}
