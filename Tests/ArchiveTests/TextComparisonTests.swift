import Archive
import Testing

@Suite("A comparison of two texts finds what people changed, and nothing that programs do")
struct TextComparisonTests {
  /// The changes as text: deleted words in brackets, inserted ones in braces.
  private func changes(_ old: [String], _ new: [String]) throws -> [String] {
    let comparison = try #require(TextComparison(from: old, to: new))
    #expect(comparison.count == comparison.changes.count)
    return comparison.changes.map { change in
      change.parts.filter { $0.kind != .same }.map { part in
        part.kind == .deleted ? "[\(part.text)]" : "{\(part.text)}"
      }.joined()
    }
  }

  @Test(
    arguments: [
      ("The harbour is quiet.", "The harbour is quiet.", []),
      ("The harbour is quiet.", "The harbour was quiet.", ["[is]{was}"]),
      ("a rate of 3.5 per cent", "a rate of 35 per cent", ["[3.5]{35}"]),
      ("from -5 to 5 degrees", "from 5 to 5 degrees", ["[-5]{5}"]),
      ("12 of 40 ships", "21 of 40 ships", ["[12]{21}"]),
      ("tell us more", "tell US more", ["[us]{US}"]),
      ("the resume of Jose", "the résumé of José", ["[resume]{résumé}[Jose]{José}"]),
      ("one, two and three", "one two and three", ["[one,]{one}"]),
      ("ships do not sail today", "ships do sail today", ["[not]"]),
      ("ships sail today", "ships never sail today", ["{never}"]),
      ("", "Entirely new", ["{Entirely new}"]), ("Nothing left", "", ["[Nothing left]"]),
      ("", "", []),
      // Spacing, hyphenation, ligatures, quotation marks and dashes.
      ("the  har\u{AD}bour\nis quiet", "the harbour is quiet", []),
      ("the har-\nbour is quiet", "the harbour is quiet", []),
      ("a co-\noperative port", "a co-operative port", []),
      ("now here it is", "nowhere it is", []),
      ("T A B L E 2", "TABLE 2", []),
      ("an o\u{FB03}cial \u{FB01}gure", "an official figure", []),
      ("an of\u{6600}\u{6900}cial \u{6600}\u{6900}gure", "an official figure", []),
      ("a su\u{6600}\u{CF00}cient e\u{6600}\u{D200}uent", "a sufficient effluent", []),
      ("“quiet” and ‘calm’ – 1990–1995…", "\"quiet\" and 'calm' - 1990-1995...", []),
      ("cafe\u{301} cre\u{300}me", "café crème", []),
      ("word\u{200B} joined\u{FEFF} \u{E001} here", "word joined here", []),
      // A hyphen inside a line is part of the word.
      ("they re-sign today", "they resign today", ["[re-sign]{resign}"]),
      ("港口很安静。", "港口不安静。", ["[很]{不}"]), ("港口 很安静。", "港口很安静。", []),
      ("항구는 조용하다", "항구 는조용하다", []),
    ] as [(String, String, [String])])
  func words(_ old: String, _ new: String, differIn expected: [String]) throws {
    #expect(try changes([old], [new]) == expected)
  }

  /// Pages of text in which few runs of words repeat.
  private func pages(_ count: Int, words: Int = 120) -> [String] {
    (0..<count).map { page in
      (0..<words).map { word in
        ["the", "harbour", "w\((page * words + word) * 7919 % 10_007)", "of", "grain"][word % 5]
      }.joined(separator: " ")
    }
  }

  @Test func anInsertedPageShiftsNothing() throws {
    let old = pages(6)
    var new = old
    new.insert("An errata page was inserted here.", at: 2)
    let comparison = try #require(TextComparison(from: old, to: new))
    #expect(comparison.changes.map(\.page) == [3] && comparison.newPages == 7)
    #expect(comparison.insertedWords == 6 && comparison.deletedWords == 0)
    let back = try #require(TextComparison(from: new, to: old))
    #expect(back.changes.map(\.oldPage) == [3] && back.deletedWords == 6)
  }

  @Test func textThatMovesToTheNextPageIsUnchanged() throws {
    let words = pages(4).joined(separator: " ").split(separator: " ")
    let old = stride(from: 0, to: 480, by: 120).map { words[$0..<$0 + 120].joined(separator: " ") }
    let new = stride(from: 0, to: 480, by: 96).map { words[$0..<$0 + 96].joined(separator: " ") }
    #expect(try #require(TextComparison(from: old, to: new)).isSame)
  }

  @Test func aPassageThatWasReplacedIsOneChange() throws {
    var new = pages(3)
    new[1] = new[1].replacing("w5446", with: "seven other words are in this place")
    let comparison = try #require(TextComparison(from: pages(3), to: new))
    #expect(comparison.count == 1 && comparison.changes.first?.page == 2)
  }

  @Test func aRewrittenTextIsSaidToBeOne() throws {
    let old = (0..<300).map { "old\($0)" }.joined(separator: " ")
    let new = (0..<300).map { "new\($0)" }.joined(separator: " ")
    let comparison = try #require(TextComparison(from: [old], to: [new]))
    #expect(comparison.isRewritten && comparison.changes.isEmpty && !comparison.isSame)
  }

  @Test func listsAreBounded() throws {
    let old = (0..<4000).map { "word\($0) a b c d e f g" }.joined(separator: " ")
    let new = (0..<4000).map { "other\($0) a b c d e f g" }.joined(separator: " ")
    let comparison = try #require(TextComparison(from: [old], to: [new]))
    #expect(comparison.count == 4000)
    #expect(comparison.changes.count == TextComparison.mostChanges)
    let long = String(repeating: "word ", count: TextComparison.mostWords + 1)
    #expect(TextComparison(from: [long], to: ["word"]) == nil)
  }

  @Test("A character that is another one throughout is named once and hides no change")
  func wrongTables() throws {
    let old = [
      "“Ships” and “ports” — they’re busy, it’s said. In 2019 “cranes” moved 40 tonnes.",
      "“Grain” and “oil” — that’s the trade’s core.",
    ]
    let saved = old.map { page in
      String(page.map { ["“": "<", "”": "=", "’": "9", "—": "4"][$0] ?? $0 })
    }
    let same = try #require(TextComparison(from: old, to: saved))
    #expect(same.isSame)
    #expect(same.substitutions.map { "\($0.old)\($0.new ?? "?")" } == ["—4", "’9", "“<", "”="])
    var edited = saved
    edited[0] = edited[0].replacing("40", with: "45")
    let comparison = try #require(TextComparison(from: old, to: edited))
    #expect(comparison.count == 1)
    #expect(try changes(old, edited) == ["[40]{45}"])
  }

  @Test("One letter that was corrected is a change, not a wrong table")
  func oneLetter() throws {
    #expect(try changes(["for José alone"], ["for Jose alone"]) == ["[José]{Jose}"])
    #expect(try changes(["≥18 years"], ["≤18 years"]) == ["[≥18]{≤18}"])
  }

  @Test("Every one of many random edits is found, and nothing else", arguments: 1...12)
  func randomEdits(_ seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var words = pages(8).map { $0.split(separator: " ").map(String.init) }
    let old = words.map { $0.joined(separator: " ") }
    var edits: Set<Int> = []
    while edits.count < 30 {
      // Far enough apart to be changes of their own.
      edits.insert(Int(random.next() % 80) * 12 + 4)
    }
    for edit in edits {
      let (page, place) = (edit / 120, edit % 120)
      switch random.next() % 3 {
      case 0: words[page][place] = "changed\(edit)"
      case 1: words[page][place] += " added\(edit)"
      default: words[page][place] = ""
      }
    }
    let new = words.map { $0.joined(separator: " ") }
    let comparison = try #require(TextComparison(from: old, to: new))
    #expect(comparison.count == 30)
    #expect(comparison.deletedWords <= 30 && comparison.insertedWords <= 30)
  }
}

/// A small random generator with a seed.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
