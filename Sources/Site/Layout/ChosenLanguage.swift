import HTTP
import Markup

/// The language that a reader chose in the footer of a page.
///
/// It is in the address and in all links of the page, so nothing is stored about the reader.
extension Pages {
  /// The name of the query field.
  static let languageField = "lang"

  /// The links to the same page in the other languages.
  func languageSwitch(_ head: Head) -> HTML {
    guard assets.languages.count > 1, !settings.isStaticCopy else { return "" }
    let address = head.address ?? head.canonical ?? Resource.home.path
    return """
      <nav class="languages" aria-label="\(words[.languageNavigation])"><ul>
      \(each: assets.languages, { other in
        """
        <li><a href="\(Pages.address(address, in: other.tag))" hreflang="\(other.tag)" \
        lang="\(other.tag)"\(if: other.tag == words.tag, " aria-current=\"true\"")>\
        \(other[.languageName])</a></li>
        """
      })
      </ul></nav>
      """
  }

  /// A hidden field that keeps the chosen language in GET forms.
  var languageField: HTML {
    carriesLanguage ? hidden(Pages.languageField, words.tag) : ""
  }

  /// An address with a language field.
  static func address(_ address: String, in tag: String) -> String {
    address + (address.contains("?") ? "&" : "?") + "\(languageField)=\(tag)"
  }

  /// Adds the chosen language to links to other pages of the site.
  ///
  /// Attribute values are in quotes and text has none, so links are found reliably. A path with a full
  /// stop in its last part is a file, which is the same in every language.
  func carrying(_ part: HTML) -> HTML {
    guard carriesLanguage else { return part }
    let field = "\(Pages.languageField)=\(words.tag)"
    return part.rewritingLinks { link in
      guard link.first == UInt8(ascii: "/") else { return nil }
      let end = link.firstIndex { $0 == UInt8(ascii: "#") } ?? link.endIndex
      let mark = link[..<end].firstIndex { $0 == UInt8(ascii: "?") }
      let path = link[..<(mark ?? end)]
      let last = path.lastIndex { $0 == UInt8(ascii: "/") } ?? path.startIndex
      guard !path[last...].contains(UInt8(ascii: ".")) else { return nil }
      // A link to this page in another language has a language already.
      if let mark, link[mark..<end].contains(field: Pages.languageField) { return nil }
      return link[..<end] + Array(((mark == nil ? "?" : "&amp;") + field).utf8) + link[end...]
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether a query has a field of this name.
  fileprivate func contains(field name: String) -> Bool {
    let text = String(decoding: self, as: UTF8.self)
    return text.contains("?\(name)=") || text.contains("&amp;\(name)=")
  }
}

extension Site {
  /// The language in the address of a request; nil when there is none that the site has.
  func chosenLanguage(of request: Request) -> Language? {
    guard request.query != nil else { return nil }
    return Query(request.query).text(Pages.languageField).flatMap(assets.language)
  }

  /// 303 to the page that shows the result of a POST, in the chosen language.
  func seeOther(
    _ resource: Resource, notice: Notice? = nil, after request: Request
  ) -> Response {
    let address = Query.address(
      resource,
      [("notice", notice?.rawValue), (Pages.languageField, chosenLanguage(of: request)?.tag)])
    return Response(
      .seeOther,
      fields: ["Location": address, "Cache-Control": cacheControl(.never)])
  }

  /// The pages in the language in the address, or else in the one that the browser prefers.
  func pages(for request: Request) -> Pages {
    let state = appearance.state
    if let words = chosenLanguage(of: request), let pages = state.pagesByChoice[words.tag] {
      return pages
    }
    return state.pagesByLanguage.indices.contains(request.language)
      ? state.pagesByLanguage[request.language] : state.pages
  }
}
