import Archive
import Testing

@Suite("A name has one parser and one key, in whatever order and letters it is written")
struct AuthorNameTests {
  @Test(
    arguments: [
      ["van der Berg, Anna", "Anna van der Berg", "ANNA VAN DER BERG", "Berg, Anna van der"],
      ["Lee, A. B.", "A. B. Lee", "A.B. Lee", "Lee, A.B.", "Lee A.B."],
      ["Ann Lee", "Ann Lee, Ph.D.", "Lee, Ann", "Dr. Ann Lee", "Lee, Ann, PhD", "Prof. Ann Lee"],
      ["King, Martin Luther, Jr.", "Martin Luther King Jr.", "King, Jr., Martin Luther"],
      ["Henry Adams III", "Adams, Henry, III", "Henry Adams, 3rd", "Henry Adams Iii"],
      ["Goethe, Johann Wolfgang von", "von Goethe, Johann Wolfgang", "Johann Wolfgang von Goethe"],
      ["María del Carmen García", "García, María del Carmen"],
      ["García Márquez, Gabriel", "Gabriel García Márquez"],
      ["J.-P. Sartre", "Sartre, J-P", "J. -P. Sartre"],
      ["Flann O’Brien", "Flann O'Brien", "O'Brien, Flann"],
      ["Zoe\u{308} Li", "Zoë Li"], ["José DE SOUZA", "José de Souza"],
    ])
  func spellings(_ names: [String]) {
    #expect(Set(names.map { AuthorName($0).key }).count == 1, "\(names.map { AuthorName($0).key })")
  }

  @Test(
    arguments: [
      ("Ann Lee", "Anne Lee"), ("A. Lee", "Ann Lee"), ("Henry Adams", "Henry Adams III"),
      ("Anna Berg", "Anna van der Berg"), ("Müller, Jan", "Muller, Jan"), ("Lee Ann", "Ann Lee"),
      ("World Bank", "The Bank"),
    ])
  func differentNamesStayApart(_ one: String, _ other: String) {
    #expect(AuthorName(one).key != AuthorName(other).key)
  }

  @Test(
    arguments: [
      ("Plato", .mononym), ("Ibn Ruhan", .mononym), ("Ibn Abi Usaybia", .mononym),
      ("Elena II", .mononym), ("Pope Francis", .mononym), ("van Gogh", .mononym), ("張偉", .mononym),
      ("UNESCO", .organization), ("U.S. Navy", .organization), ("U.S.A. Today", .organization),
      ("E.U. Commission", .organization), ("M.I.T. Press", .organization),
      ("N.A.T.O. Review", .organization), ("Royal Navy", .organization),
      ("MINISTRY OF FINANCE", .organization), ("Acme Inc.", .organization),
      ("Danone S.A.", .organization), ("A.B. Lee", .person), ("B.V. Rao", .person),
      ("U.K. Sinha", .person), ("William Press", .person), ("Ab Klink", .person),
      ("Jack Ma", .person), ("Ma, Jack", .person), ("Lee, Ma", .person), ("Al Gore", .person),
      ("Bin Li", .person), ("Andrew Senior", .person), ("Abu Rahman", .person),
      ("Arefa .", .mononym), ("M.R. Velankar", .person), ("Ii Naosuke", .person),
      ("Abu Bakr al-Baghdadi", .person),
      ("", .organization), (",", .organization), (", ,", .organization), (".", .mononym),
    ] as [(String, AuthorName.Kind)])
  func name(_ name: String, isOfKind kind: AuthorName.Kind) {
    #expect(AuthorName(name).kind == kind)
  }

  @Test(
    arguments: [
      ("Ann Lee; Bob Ray", ["Ann Lee", "Bob Ray"]),
      ("Lee, Ann; Ray, Bob;", ["Lee, Ann", "Ray, Bob"]),
      ("Ann Lee and Bob Ray", ["Ann Lee", "Bob Ray"]),
      ("Ann Lee & Bob Ray", ["Ann Lee", "Bob Ray"]),
      ("Ann Lee, Bob Ray and Cy Dee", ["Ann Lee", "Bob Ray", "Cy Dee"]),
      ("Ann Lee, Bob Ray, and Cy Dee", ["Ann Lee", "Bob Ray", "Cy Dee"]),
      ("Ann Lee, Ph.D., Bob Ray, Jr. and Cy Dee", ["Ann Lee, Ph.D.", "Bob Ray, Jr.", "Cy Dee"]),
      ("Ann Lee, Bob Ray, Cy Dee", ["Ann Lee", "Bob Ray", "Cy Dee"]),
      ("Lee, Ann and Ray, Bob", ["Lee, Ann", "Ray, Bob"]),
      ("Lee, A. B., Ray, C.", ["Lee, A. B.", "Ray, C."]),
      ("Ann Lee och Bo Ek", ["Ann Lee", "Bo Ek"]), ("Ann Lee et al.", ["Ann Lee"]),
      ("and Keh-Yih Su", ["Keh-Yih Su"]), ("; ;", []),
      ("Ministry of Trade and Industry", nil), ("Smith & Sons", nil), ("Ernst & Young", nil),
      ("Marks and Spencer", nil), ("García Márquez, Gabriel José", nil),
      ("King, Martin Luther, Jr.", nil),
      ("José Ortega y Gasset", nil), ("Asia Pacific and Middle East", nil), ("Ann Lee", nil),
      ("Ministry of Foreign Affairs, Sweden", nil), ("Lee, Ann", nil), ("AT&T", nil),
      ("Department of Health and Human Services", nil), ("and", nil),
    ] as [(String, [String]?)])
  func text(_ text: String, namesSeveral expected: [String]?) {
    #expect(AuthorName.divided(text) == expected ?? [text])
  }
}
