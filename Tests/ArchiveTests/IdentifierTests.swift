import Archive
import Testing

@Suite("Identifiers are taken when their own digits bear them out")
struct IdentifierTests {
  @Test(
    arguments: [
      ("0000-0002-1825-0097", "0000-0002-1825-0097"),
      ("https://orcid.org/0000-0001-5109-3700", "0000-0001-5109-3700"),
      ("orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
      ("0000000218250097", "0000-0002-1825-0097"),
      ("0000-0002-1825-0098", nil), ("0000-0002-1852-0097", nil), ("0000-0002-1825-009", nil),
      ("0000-0002-1825-00977", nil), ("X000-0002-1825-0097", nil), ("", nil),
      ("https://example.org/0000-0002-1825-0097", nil), ("٠٠٠٠-0002-1825-0097", nil),
    ] as [(String, String?)])
  func orcid(_ text: String, is expected: String?) {
    #expect(ORCID(text)?.description == expected)
  }

  @Test(
    arguments: [
      ("2049-3630", "2049-3630"), ("20493630", "2049-3630"), ("ISSN 0378-5955", "0378-5955"),
      ("ISSN: 2434-561x", "2434-561X"), ("0000-0000", "0000-0000"),
      ("2049-3631", nil), ("2094-3630", nil), ("2049-363", nil), ("2049-36300", nil), ("", nil),
      ("ISSN", nil), ("X049-3630", nil),
    ] as [(String, String?)])
  func issn(_ text: String, is expected: String?) {
    #expect(ISSN(text)?.description == expected)
  }

  @Test(
    arguments: [
      ("10.1000/182", "10.1000/182"), ("https://doi.org/10.1000/182", "10.1000/182"),
      ("DOI: 10.1000.10/a<b>/c;2-#", "10.1000.10/a<b>/c;2-#"),
      ("http://dx.doi.org/10.12345/Ä", "10.12345/Ä"),
      ("10.1000", nil), ("10.1000/", nil), ("11.1000/1", nil),
      ("0.26615/978-954-452", nil), ("10.1000/a b", nil), ("10.10x0/1", nil), ("10.1000./1", nil),
      ("", nil), ("doi:", nil),
    ] as [(String, String?)])
  func doi(_ text: String, is expected: String?) {
    #expect(DOI(text)?.description == expected)
  }

  @Test("Each wrong digit of an ORCID is noticed")
  func everyDigitCounts() {
    let right = Array("0000-0002-1825-0097")
    for place in right.indices where right[place] != "-" {
      for digit in "0123456789" where digit != right[place] {
        var wrong = right
        wrong[place] = digit
        #expect(ORCID(String(wrong)) == nil)
      }
    }
  }
}
