/// Reads a text with TeX in it; unknown commands are kept unchanged.
struct TeXReader {
  private let scalars: [Unicode.Scalar]

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func plain() -> String { plain(0..<scalars.count, isMath: false, depth: 0) }

  private func plain(_ range: Range<Int>, isMath: Bool, depth: Int) -> String {
    var output = ""
    var index = range.lowerBound
    // TeX in titles nests a few levels only.
    guard depth < 16 else { return text(range) }
    while index < range.upperBound {
      let scalar = scalars[index]
      var taken: (text: String, end: Int)?
      switch scalar {
      case "$" where !isMath: taken = formula(index, range.upperBound, depth)
      case "\\": taken = command(index, range.upperBound, isMath, depth, behind: output)
      case "{": taken = group(index, range.upperBound, isMath, depth)
      case "^" where isMath, "_" where isMath:
        if let argument = argument(index + 1, range.upperBound, isMath, depth) {
          let previous = output.unicodeScalars.last
          taken = (
            scalar == "^"
              ? Scripts.raised(argument.text, behind: previous)
              : Scripts.lowered(argument.text, behind: previous), argument.end
          )
        }
      default: break
      }
      if let taken {
        output += taken.text
        index = taken.end
      } else {
        output.unicodeScalars.append(scalar)
        index += 1
      }
    }
    return output
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  /// `$…$` or `$$…$$`, if it contains a formula and not the text between two prices.
  private func formula(_ start: Int, _ end: Int, _ depth: Int) -> (text: String, end: Int)? {
    let isDouble = start + 1 < end && scalars[start + 1] == "$"
    let first = start + (isDouble ? 2 : 1)
    guard first < end, let close = scalars[first..<min(end, first + 200)].firstIndex(of: "$"),
      close > first
    else { return nil }
    let inside = scalars[first..<close]
    let after = close + (isDouble ? 2 : 1)
    let isMarked = inside.contains { $0 == "\\" || $0 == "_" || $0 == "^" }
    let touchesWord =
      (start > 0 && scalars[start - 1].isLetterOrDigit)
      || (after < scalars.count && scalars[after].isLetterOrDigit)
    // “$n$-grams”, “$x+y$”: only letters, digits and operators.
    let isSimple =
      !touchesWord && inside.contains { $0.properties.isAlphabetic }
      && inside.allSatisfy {
        $0.isASCII && ($0.isLetterOrDigit || "+-*/=<>()|,.'".unicodeScalars.contains($0))
      }
    let isPrice = after < scalars.count && ("0"..."9").contains(scalars[after])
    guard inside.first?.properties.isWhitespace == false, !isPrice,
      isMarked || (isSimple && !("0"..."9").contains(scalars[first]))
    else { return nil }
    return (plain(first..<close, isMath: true, depth: depth + 1), min(after, end))
  }

  /// `{…}` with a command, or any group of a formula.
  private func group(
    _ start: Int, _ end: Int, _ isMath: Bool, _ depth: Int
  ) -> (text: String, end: Int)? {
    guard let close = matching(start, end), close > start + 1,
      // An unknown group is read again without its braces, so depth costs time.
      isMath || (scalars[start + 1] == "\\" && depth < 4)
    else { return nil }
    let source = text(start + 1..<close)
    let inside = plain(start + 1..<close, isMath: isMath, depth: depth + 1)
    // An unknown group keeps its braces.
    guard isMath || inside != source else { return nil }
    return (isMath ? inside : inside.trimmingSpaces, close + 1)
  }

  private func matching(_ start: Int, _ end: Int) -> Int? {
    var level = 0
    for index in start..<min(end, start + 500) {
      if scalars[index] == "{" { level += 1 }
      if scalars[index] == "}" { level -= 1 }
      if level == 0 { return index }
    }
    return nil
  }

  /// The argument of a command or script: a group, a command or one character.
  private func argument(
    _ start: Int, _ end: Int, _ isMath: Bool, _ depth: Int
  ) -> (text: String, end: Int)? {
    guard start < end else { return nil }
    if scalars[start] == "{" {
      guard let close = matching(start, end) else { return nil }
      return (plain(start + 1..<close, isMath: isMath, depth: depth + 1), close + 1)
    }
    if scalars[start] == "\\" { return command(start, end, isMath, depth, behind: "") }
    return (String(Character(scalars[start])), start + 1)
  }

  private func command(
    _ start: Int, _ end: Int, _ isMath: Bool, _ depth: Int, behind output: String
  ) -> (text: String, end: Int)? {
    guard start + 1 < end else { return nil }
    let first = scalars[start + 1]
    if "&%$#_{}".unicodeScalars.contains(first) { return (String(Character(first)), start + 2) }
    if isMath, ",;:! ".unicodeScalars.contains(first) { return (" ", start + 2) }
    if first == "(", let close = find("\\)", start + 2, end) {
      return (plain(start + 2..<close, isMath: true, depth: depth + 1), close + 2)
    }
    if let accented = accent(start, end, behind: output) { return accented }
    var index = start + 1
    while index < end, scalars[index].isASCII, scalars[index].properties.isAlphabetic { index += 1 }
    let name = text(start + 1..<index)
    if name == "frac", let above = argument(index, end, isMath, depth),
      let below = argument(above.end, end, isMath, depth)
    {
      return ("\(above.text)/\(below.text)", below.end)
    }
    if name == "sqrt", let root = argument(index, end, isMath, depth) {
      return ("√" + root.text, root.end)
    }
    if name == "textsuperscript", let raised = argument(index, end, isMath, depth) {
      return (Scripts.raised(raised.text, behind: output.unicodeScalars.last), raised.end)
    }
    if TeXText.transparent.contains(name), index < end, scalars[index] == "{" {
      return argument(index, end, isMath, depth)
    }
    guard let symbol = TeXText.symbols[name] else { return nil }
    // A space ends the command and is not part of the text.
    if !isMath, index < end, scalars[index] == " ", symbol.utf8.count > 1 { index += 1 }
    if index + 1 < end, scalars[index] == "{", scalars[index + 1] == "}" { index += 2 }
    return (symbol, index)
  }

  private func find(_ text: String, _ start: Int, _ end: Int) -> Int? {
    let pattern = Array(text.unicodeScalars)
    var index = start
    while index + pattern.count <= end {
      if scalars[index..<index + pattern.count].elementsEqual(pattern) { return index }
      index += 1
    }
    return nil
  }

  /// `\'e`, `\'{e}`, `\c{c}`, `\v{s}`: a letter with an accent.
  private func accent(_ start: Int, _ end: Int, behind output: String) -> (text: String, end: Int)?
  {
    let sign = scalars[start + 1]
    guard let mark = TeXText.accents[sign] else { return nil }
    var index = start + 2
    let isBraced = index < end && scalars[index] == "{"
    if isBraced { index += 1 }
    if !isBraced, sign.properties.isAlphabetic {
      guard index < end, scalars[index] == " " else { return nil }
      index += 1
    }
    guard index < end else { return nil }
    var letter = scalars[index]
    var after = index + 1
    if letter == "\\", after < end, scalars[after] == "i" || scalars[after] == "j" {
      letter = scalars[after]
      after += 1
    }
    guard letter.properties.isAlphabetic else { return nil }
    if isBraced {
      guard after < end, scalars[after] == "}" else { return nil }
      after += 1
    } else {
      // An escaped quotation mark: `\"other\"`.
      let isInGroup = start > 0 && scalars[start - 1] == "{"
      let isInWord = output.unicodeScalars.last?.properties.isAlphabetic == true
      guard isInGroup || isInWord else { return nil }
    }
    var view = String.UnicodeScalarView()
    view.append(letter)
    view.append(mark)
    return (String(view), after)
  }
}

extension Unicode.Scalar {
  fileprivate var isLetterOrDigit: Bool {
    properties.isAlphabetic || properties.numericType != nil
  }
}
