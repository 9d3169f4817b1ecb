import HTTP
import Markup

/// The language that a reader chose at the foot of a page: it stands in the address and in the
/// links of each page that follows, so nothing about the reader is kept anywhere.
extension Pages {
  /// The name of the field in addresses.
  static let languageField = "lang"

  /// The links to the same page in the other languages.
  func languageSwitch(_ head: Head) -> HTML {
    guard assets.languages.count > 1 else { return "" }
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

  /// What keeps the chosen language when a form is sent that makes an address of its fields.
  var languageField: HTML {
    carriesLanguage ? hidden(Pages.languageField, words.tag) : ""
  }

  /// An address with a language chosen in it.
  static func address(_ address: String, in tag: String) -> String {
    address + (address.contains("?") ? "&" : "?") + "\(languageField)=\(tag)"
  }

  /// Markup with the chosen language in its links to other pages of the site.
  ///
  /// An attribute's value is in quotes and what is text has none, so a link cannot be mistaken. What
  /// has a full stop in the last part of its path is a file, which is the same in every language.
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
      // A link to this page in another language has its own.
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
  /// The language that the address of a request names; nil when it names none that the site speaks.
  func chosenLanguage(of request: Request) -> Language? {
    guard request.query != nil else { return nil }
    return Query(request.query).text(Pages.languageField).flatMap(assets.language)
  }

  /// 303: what was posted has been done, and this page shows it, in the language that was chosen.
  func seeOther(
    _ resource: Resource, notice: Notice? = nil, after request: Request
  ) -> Response {
    let address = Query.address(
      resource,
      [("notice", notice?.rawValue), (Pages.languageField, chosenLanguage(of: request)?.tag)])
    return Response(
      .seeOther,
      fields: ["Location": address, "Cache-Control": Caching.never.field])
  }

  /// The pages in the language that a request asks for: by its address, else by what its browser
  /// says.
  func pages(for request: Request) -> Pages {
    if let words = chosenLanguage(of: request), let pages = pagesByChoice[words.tag] {
      return pages
    }
    return pagesByLanguage.indices.contains(request.language)
      ? pagesByLanguage[request.language] : pages
  }
}
