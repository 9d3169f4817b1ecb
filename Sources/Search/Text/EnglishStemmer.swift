/// The English stemmer of Snowball (“Porter2”), on words in lower-case ASCII.
///
/// A consonantal y is written Y while the word is worked on. R1 is what follows the first
/// consonant after a vowel, R2 the same within R1; most suffixes are removed only from there.
package struct EnglishStemmer {
  private var word: [UInt8]
  private var first = 0
  private var second = 0

  /// The stem of a word; a word with anything but lower-case ASCII letters is its own.
  package static func stem(_ word: [UInt8]) -> [UInt8] {
    guard word.count > 2, word.count <= 40, word.allSatisfy({ (0x61...0x7A).contains($0) }) else {
      return word
    }
    if word.count <= 6, let last = word.last, endingsOfExceptions.contains(last),
      let exception = exceptions[word]
    {
      return exception
    }
    var stemmer = EnglishStemmer(word)
    stemmer.run()
    return stemmer.word
  }

  private init(_ word: [UInt8]) {
    self.word = word
    for index in word.indices where word[index] == .y {
      if index == 0 || isVowel(index - 1) { self.word[index] = .consonantalY }
    }
    first = EnglishStemmer.prefixes.first { word.starts(with: $0) }?.count ?? region(after: 0)
    second = region(after: first)
  }

  private mutating func run() {
    step1a()
    if word.count >= 6, word.count <= 7, EnglishStemmer.finished.contains(word) { return }
    step1b()
    step1c()
    replace(EnglishStemmer.step2, within: first)
    replace(EnglishStemmer.step3, within: first)
    step4()
    step5()
    for index in word.indices where word[index] == .consonantalY { word[index] = .y }
  }

  private mutating func step1a() {
    guard word.last == .s || word.last == .d else { return }
    if ends(.sses) {
      word.removeLast(2)
    } else if ends(.ied) || ends(.ies) {
      word.removeLast(word.count > 4 ? 2 : 1)
    } else if ends(.s), !ends(.us), !ends(.ss) {
      if word.indices.dropLast(2).contains(where: isVowel) { word.removeLast() }
    }
  }

  private mutating func step1b() {
    if let length = ends(.eedly) ? 5 : ends(.eed) ? 3 : nil {
      if word.count - length >= first { word.removeLast(length - 2) }
      return
    }
    guard
      let length = ends(.ingly) ? 5 : ends(.edly) ? 4 : ends(.ing) ? 3 : ends(.ed) ? 2 : nil,
      word.indices.dropLast(length).contains(where: isVowel)
    else { return }
    word.removeLast(length)
    if ends(.at) || ends(.bl) || ends(.iz) {
      word.append(.e)
    } else if let last = word.last, word.count > 1, word[word.count - 2] == last,
      EnglishStemmer.doubled.contains(last)
    {
      word.removeLast()
    } else if first >= word.count, endsInShortSyllable(word.count) {
      word.append(.e)
    }
  }

  private mutating func step1c() {
    let last = word.count - 1
    if last > 1, word[last] == .y || word[last] == .consonantalY, !isVowel(last - 1) {
      word[last] = .i
    }
  }

  private mutating func step4() {
    guard let suffix = EnglishStemmer.step4.first(where: { ends($0) }) else { return }
    let start = word.count - suffix.count
    guard start >= second else { return }
    if suffix == "ion" {
      guard start > 0, word[start - 1] == .s || word[start - 1] == .t else { return }
    }
    word.removeLast(suffix.count)
  }

  private mutating func step5() {
    let last = word.count - 1
    guard last > 0 else { return }
    if word[last] == .e {
      if last >= second || (last >= first && !endsInShortSyllable(last)) { word.removeLast() }
    } else if word[last] == .l, last >= second, word[last - 1] == .l {
      word.removeLast()
    }
  }

  /// Replaces the longest suffix that the table has, when it stands within a region.
  private mutating func replace(_ table: [Rule], within region: Int) {
    guard let rule = table.first(where: { ends($0.suffix) }) else { return }
    let start = word.count - rule.suffix.count
    guard start >= region else { return }
    switch rule.condition {
    case .always: break
    case .inSecond: guard start >= second else { return }
    case .behind(let letters): guard start > 0, letters.contains(word[start - 1]) else { return }
    }
    word.removeLast(rule.suffix.count)
    word += rule.replacement
  }

  private func ends(_ suffix: Suffix) -> Bool { ends(suffix.bytes) }

  private func ends(_ suffix: [UInt8]) -> Bool {
    guard word.count >= suffix.count, word.last == suffix.last else { return false }
    var index = word.count - suffix.count
    for byte in suffix {
      if word[index] != byte { return false }
      index += 1
    }
    return true
  }

  private func isVowel(_ index: Int) -> Bool {
    switch word[index] {
    case .a, .e, .i, .o, .u, .y: true
    default: false
    }
  }

  private func region(after start: Int) -> Int {
    var index = start
    while index + 1 < word.count {
      if isVowel(index), !isVowel(index + 1) { return index + 2 }
      index += 1
    }
    return word.count
  }

  /// Whether what stands before `end` ends in a vowel between consonants, the last not w, x or Y;
  /// or is a vowel and a consonant.
  private func endsInShortSyllable(_ end: Int) -> Bool {
    guard end >= 2, isVowel(end - 2), !isVowel(end - 1) else { return false }
    if end == 2 { return true }
    let last = word[end - 1]
    return !isVowel(end - 3) && last != .w && last != .x && last != .consonantalY
  }
}
