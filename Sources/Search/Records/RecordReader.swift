/// Reads the words of records in their order.
struct RecordReader: Sendable {
  private var tokenizer = Tokenizer()

  /// The words of a record.
  struct Words {
    /// The numbers of the words with a marker before each field, as in
    /// ``RecordIndex/Document/words``.
    fileprivate(set) var numbers: [UInt32] = []
    /// How many there are in the record, for BM25.
    fileprivate(set) var length = 0
    fileprivate var joined: [[UInt8]] = []
  }

  /// Reads a record.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - vocabulary: Gets the words that it does not have yet.
  /// - Returns: Its words.
  mutating func words(of record: IndexedRecord, in vocabulary: inout Vocabulary) -> Words {
    var words = Words()
    for (field, texts) in record.fields {
      words.numbers.append(field.marker)
      for (index, text) in texts.enumerated() {
        if index > 0 { words.numbers.append(RecordIndex.Field.gap) }
        read(text, of: field, to: &words, &vocabulary)
      }
    }
    words.numbers.append(RecordIndex.Field.joined.marker)
    for word in words.joined + IdentifierKeys.keys(of: record) {
      words.numbers.append(vocabulary.insert(word))
    }
    return words
  }

  private mutating func read(
    _ text: String, of field: RecordIndex.Field, to words: inout Words,
    _ vocabulary: inout Vocabulary
  ) {
    let bytes = Array(text.utf8)
    var previous: (number: UInt32, end: Int)?
    tokenizer.each(in: text) { word, range, role in
      let number = vocabulary.insert(word)
      switch role {
      case .part, .spelling:
        words.numbers.append(number | RecordIndex.Field.samePosition)
        if case .part = role { words.length += 1 }
        return
      case .word: words.length += 1
      case .whole: break
      }
      words.numbers.append(number)
      if let previous {
        let between = bytes[previous.end..<max(previous.end, range.lowerBound)]
        let before = vocabulary.words[previous.number]
        if before.endsInLigature || RecordReader.isHyphen(between)
          || (field == .authors && before.count <= RecordReader.longestParticle)
        {
          words.joined.append(before + word)
        }
      }
      previous = (number, range.upperBound)
    }
  }

  /// A particle before a name is often written together with it: “de Vries”, “Mac Donald”.
  private static let longestParticle = 3

  /// Whether the text between two words may only divide one: “co-operate”, “co- operate”.
  private static func isHyphen(_ between: ArraySlice<UInt8>) -> Bool {
    guard (1...3).contains(between.count) else { return false }
    return between.elementsEqual("-".utf8) || between.elementsEqual("- ".utf8)
      || between.elementsEqual("\u{2010}".utf8)
  }
}
