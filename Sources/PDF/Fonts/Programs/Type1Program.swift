// ISO 32000-1 §9.9 and Adobe Type 1 Font Format §2.2: the encoding in a Type 1 font program.

/// The glyph names of the 256 codes in the program's own encoding; nil for the standard one or if
/// it is not found.
package func type1Encoding(_ program: [UInt8]) -> [String?]? {
  var scanner = Scanner(program)
  let start = program.indices.first { scanner.matches("/Encoding", at: $0) }
  guard let start else { return nil }
  scanner.position = start + 9
  var parser = ObjectParser(scanner, nesting: 4)
  var names = [String?](repeating: nil, count: 256)
  var code: Int?
  var found = false
  // The encrypted part follows the encoding, so the search is short.
  for _ in 0..<4096 {
    switch parser.item() {
    case .object(.integer(let number)): code = number
    case .object(.name(let name)):
      if let code, (0..<256).contains(code) {
        names[code] = name
        found = true
      }
      code = nil
    case .keyword(let word):
      let text = parser.scanner.text(word)
      if text == "StandardEncoding" { return nil }
      // The array ends with `def`; the one that initializes it comes after `for`.
      if text == "def" || text == "readonly" || text == "currentdict" {
        return found ? names : nil
      }
    case .end: return found ? names : nil
    case .object, .arrayEnd, .dictionaryEnd: break
    }
  }
  return found ? names : nil
}
