import PDF
import Testing

@Suite("Word spaces are separated from letter spacing")
struct WordSpacingTests {
  /// A font whose glyphs are all half an em wide.
  private static let resources =
    "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding"
    + "/FirstChar 32/LastChar 255/Widths[\(Array(repeating: "500", count: 224).joined(separator: " "))]>>>>"

  /// How letters are placed; lengths in em but for the rounding error in points.
  struct Spacing: Sendable {
    var size = 7.0
    var letter = 0.0
    var word = 0.22
    var error = 0.0
    /// Letters that more is left behind, as kerning does.
    var wide: [Character: Double] = [:]
    /// Which of the spaces are glyphs.
    var drawn: Set<Int> = []
  }

  /// A line with each letter placed by itself.
  private static func content(
    _ text: String, _ spacing: Spacing, y: Double = 700, random: inout Random
  ) -> String {
    var content = "BT /F1 \(spacing.size) Tf\n"
    var x = 72.0
    var spaces = 0
    func place(_ letter: Character) {
      let code = letter.unicodeScalars.first.map { String($0.value, radix: 16) } ?? "20"
      let shift = Double(random.next(2001)) / 1000 - 1
      content += "1 0 0 1 \(x + spacing.error * shift) \(y) Tm <\(code)> Tj\n"
    }
    for letter in text {
      if letter == " " {
        if spacing.drawn.contains(spaces) { place(letter) }
        spaces += 1
        x += (spacing.word - spacing.letter) * spacing.size
        continue
      }
      place(letter)
      x += (0.5 + spacing.letter + spacing.wide[letter, default: 0]) * spacing.size
    }
    return content + "ET\n"
  }

  /// Numbers that are the same in each run.
  struct Random {
    var state: UInt64
    mutating func next(_ count: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % count
    }
  }

  private static let form = "Article R.161-8 du Code de la sécurité sociale, ASSURE et AYANT DROIT"

  static let cases: [(String, Spacing)] = [
    (form, Spacing()),
    (form, Spacing(error: 0.2)),
    (form, Spacing(letter: 0.05, word: 0.24, error: 0.2)),
    (form, Spacing(size: 6, letter: 0.08, word: 0.3, error: 0.2)),
    (form, Spacing(letter: -0.03, word: 0.15, error: 0.1)),
    (form, Spacing(wide: ["R": 0.13, "V": 0.13, "T": 0.13], drawn: [0, 1, 2, 3, 4, 5, 6, 7, 8])),
    (form, Spacing(word: 0.28, wide: ["R": 0.13, "V": 0.13, "T": 0.13])),
    (form, Spacing(word: 0.28, error: 0.1, wide: ["c": 0.1, "R": 0.1])),
    (form, Spacing(word: 0.2, error: 0.1, drawn: [0, 1, 2])),
    (form, Spacing(word: 0.16, error: 0.05, drawn: [0, 2, 4, 6])),
    ("FEUILLE DE SOINS MEDECIN", Spacing(size: 9, letter: 0.12, word: 0.45, error: 0.3)),
    ("ASSURE", Spacing(size: 9, letter: 0.11, error: 0.3)),
    ("MONTANT A PAYER", Spacing(size: 8, letter: 0.2, word: 0.6, error: 0.3)),
  ]

  @Test(arguments: cases.indices, 1...8)
  func placed(_ index: Int, seed: Int) throws {
    let (text, spacing) = Self.cases[index]
    var random = Random(state: UInt64(seed))
    let content = Self.content(text, spacing, random: &random)
    #expect(try lines(showing: content, resources: Self.resources) == [text], "\(spacing)")
  }

  @Test(
    "Kerning between the strings of an array",
    arguments: [
      ("[(Art. R)-150(.161-8)]", "Art. R.161-8"),
      ("[(R)-200(.161)-20(-8)]", "R.161-8"),
      (
        "[(V)-140(ersement)-270(du)-270(T)-140(otal)-270(V)-140(isible)]",
        "Versement du Total Visible"
      ),
      ("[(le)-250(T)-130(aux)-250(de)-250(cette)-250(V)-130(ente)]", "le Taux de cette Vente"),
      ("[(chapter)-400(.)-400(.)-400(.)-400(7)]", "chapter . . . 7"),
      ("[(one)-130(two)]", "one two"),
      ("[(files)-220(.iso)-220(and)-220(./configure)]", "files .iso and ./configure"),
      ("[(ASSUR)-110(E)]", "ASSURE"),
    ])
  func kerned(_ array: String, _ expected: String) throws {
    let content = "BT /F1 8 Tf 72 700 Td \(array) TJ ET"
    #expect(try lines(showing: content, resources: Self.resources) == [expected])
  }
}
