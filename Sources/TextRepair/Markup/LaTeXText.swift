/// Converts LaTeX text, such as the values of a BibTeX entry, to the text it prints.
///
/// Accents and symbols become characters, braces and commands for type are removed. Formulas between
/// dollar signs stay for ``plainLine(ofMarkup:)``; unknown commands without an argument stay too.
package func plainText(ofLaTeX text: String) -> String {
  guard text.utf8.contains(where: { LaTeXText.special.contains($0) }) else { return text }
  var reader = LaTeXText(text)
  return reader.plain()
}

private struct LaTeXText {
  /// The bytes without which a text is plain.
  static let special = Set("\\{}~$-`'".utf8)

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var output = String.UnicodeScalarView()

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func plain() -> String {
    while let scalar = peek() {
      index += 1
      switch scalar {
      case "\\": command()
      case "{", "}": break
      case "~": output.append(" ")
      case "$": formula()
      case "-" where takeIf("-"): output.append(takeIf("-") ? "—" : "–")
      case "`" where takeIf("`"): output.append("“")
      case "'" where takeIf("'"): output.append("”")
      default: output.append(scalar)
      }
    }
    return String(output)
  }

  private func peek() -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func takeIf(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == scalar else { return false }
    index += 1
    return true
  }

  private mutating func skipSpaces() {
    while let scalar = peek(), scalar.properties.isWhitespace { index += 1 }
  }

  /// Copies a formula with its dollar signs.
  private mutating func formula() {
    let start = index - 1
    let end = scalars[index...].firstIndex { $0 == "$" }
    guard let end, end > index else { return output.append("$") }
    output.append(contentsOf: scalars[start...end])
    index = end + 1
  }

  private mutating func command() {
    guard let first = peek() else { return output.append("\\") }
    guard Self.isLetter(first) else {
      index += 1
      switch first {
      case "\\", " ", ",", ";", ":", "\n": output.append(" ")
      case "-", "/", "!", "@": break
      case _ where TeXText.accents[first] != nil: accent(first)
      default: output.append(first)
      }
      return
    }
    let start = index
    while let scalar = peek(), Self.isLetter(scalar) { index += 1 }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<index])
    let name = String(view)
    if name.unicodeScalars.count == 1, TeXText.accents[first] != nil { return accent(first) }
    if let symbol = Self.symbols[name] ?? TeXText.symbols[name] {
      output.append(contentsOf: symbol.unicodeScalars)
      return endOfName()
    }
    switch name {
    case "url", "path":
      if let argument = argument() { output.append(contentsOf: argument) }
    case "href": _ = argument()
    case "textsuperscript":
      if let argument = argument() {
        let raised = Scripts.raised(Self.plain(argument), behind: output.last)
        output.append(contentsOf: raised.unicodeScalars)
      }
    case "par": output.append(contentsOf: "\n\n".unicodeScalars)
    case _ where TeXText.transparent.contains(name) || peek() == "{": skipSpaces()
    default: output.append(contentsOf: ("\\" + name).unicodeScalars)
    }
  }

  private static func plain(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return plainText(ofLaTeX: String(view))
  }

  /// Spaces, or an empty group, end the name of a command and are not part of the text.
  private mutating func endOfName() {
    if peek() == "{", index + 1 < scalars.count, scalars[index + 1] == "}" {
      index += 2
    } else {
      skipSpaces()
    }
  }

  /// The group that begins here, without its braces; nil when there is none.
  private mutating func argument() -> ArraySlice<Unicode.Scalar>? {
    skipSpaces()
    guard peek() == "{" else { return nil }
    var depth = 0
    for end in index..<scalars.count {
      if scalars[end] == "{" { depth += 1 }
      if scalars[end] == "}" { depth -= 1 }
      guard depth == 0 else { continue }
      defer { index = end + 1 }
      return scalars[(index + 1)..<end]
    }
    return nil
  }

  /// Puts an accent over the next letter: `\'e`, `\'{e}`, `\v s`, `\"{\i}`.
  private mutating func accent(_ sign: Unicode.Scalar) {
    guard let mark = TeXText.accents[sign] else { return }
    skipSpaces()
    let isGroup = takeIf("{")
    var letter = peek()
    if isGroup, letter == "}" {
      index += 1
      return output.append(sign)
    }
    if letter == "\\" {
      // Letters with their own command: \i, \j, \ae.
      index += 1
      let start = index
      while let scalar = peek(), Self.isLetter(scalar), index < start + 2 { index += 1 }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[start..<index])
      let name = String(view)
      let symbol = name == "i" || name == "j" ? name : TeXText.symbols[name] ?? name
      letter = symbol.unicodeScalars.first
      endOfName()
    } else if letter != nil {
      index += 1
    }
    guard let letter else { return }
    output.append(letter)
    if letter.properties.isAlphabetic { output.append(mark) }
    // The rest of the group, and its brace, are read as text.
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  /// Symbols of text, beside those that titles share with formulas.
  private static let symbols: [String: String] = [
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textbraceleft": "{",
    "textbraceright": "}", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotedbl": "\"", "textquotesingle": "'", "quotedblbase": "„",
    "quotesinglbase": "‚", "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹",
    "guilsinglright": "›", "lq": "‘", "rq": "’", "textdollar": "$", "textunderscore": "_",
    "textbar": "|", "textless": "<", "textgreater": ">", "textbullet": "•", "texteuro": "€",
    "euro": "€", "EUR": "€", "pounds": "£", "textsterling": "£", "textdegree": "°",
    "textperiodcentered": "·", "textellipsis": "…", "textexclamdown": "¡",
    "textquestiondown": "¿", "textordmasculine": "º", "textordfeminine": "ª", "textmu": "µ",
    "dag": "†", "ddag": "‡", "textdagger": "†", "textsection": "§", "dh": "ð", "DH": "Ð",
    "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "j": "ȷ", "LaTeX": "LaTeX",
    "TeX": "TeX", "BibTeX": "BibTeX", "slash": "/", "nobreakspace": " ", "space": " ",
    "textcopyright": "©", "textnumero": "№",
  ]
}
