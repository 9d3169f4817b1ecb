/// The elements of HTML, JATS and MathML in titles and abstracts.
enum MarkupNames {
  /// The name without its prefix; nil for unknown elements.
  static func local(_ name: String) -> String? {
    let local = name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    return inline.contains(local) || blocks.contains(local) || empty.contains(local)
      || dropped.contains(local) || math.contains(local) ? local : nil
  }

  private static let inline: Set<String> = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "bold", "center", "cite", "code", "del",
    "dfn",
    "em", "email", "ext-link", "fixed-case", "font", "i", "ins", "inline-formula", "italic", "kbd",
    "label", "mark", "monospace", "named-content", "overline", "q", "roman", "s", "samp",
    "sans-serif", "sc", "scp", "small", "span", "strike", "strong", "styled-content", "sub", "sup",
    "tt", "u", "underline", "uri", "url", "var", "xref", "alternatives", "inf", "nobr",
  ]

  static let blocks: Set<String> = [
    "p", "div", "ul", "ol", "dl", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table",
    "tbody", "thead", "tr", "blockquote", "pre", "section", "sec", "article", "body", "html",
    "list",
    "list-item", "disp-quote", "disp-formula", "boxed-text", "def-list", "para", "abstract",
    "title",
  ]

  /// Elements without content.
  static let empty: Set<String> = [
    "br", "hr", "img", "wbr", "graphic", "inline-graphic", "mspace", "break", "none", "mprescripts",
  ]

  /// Elements whose content is not text for readers.
  static let dropped: Set<String> = ["script", "style", "annotation", "annotation-xml", "tex-math"]

  static let math: Set<String> = [
    "math", "mrow", "mi", "mn", "mo", "mtext", "ms", "msup", "msub", "msubsup", "mfrac", "msqrt",
    "mroot", "mover", "munder", "munderover", "mfenced", "mtable", "mtr", "mtd", "mstyle",
    "mpadded",
    "semantics", "menclose", "mphantom", "mmultiscripts", "merror",
  ]

  /// Elements whose end tag is optional in HTML.
  static let mayStayOpen: Set<String> = ["p", "li", "dt", "dd", "tr", "td", "th", "body", "html"]

  /// Elements that end an open paragraph.
  static let endsParagraph: Set<String> = [
    "p", "div", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre",
  ]
}
