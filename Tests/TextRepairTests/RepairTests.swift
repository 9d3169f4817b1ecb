import Foundation
import Testing
import TextRepair

@Suite("Damaged words and characters are repaired, and two words are never joined")
struct RepairTests {
  @Test(
    arguments: [
      (
        "The proximity is suffi cient to infl uence events.",
        "The proximity is sufficient to influence events."
      ),
      ("its horrifi c model", "its horrific model"),
      ("in the AsiaPacifi c region", "in the Asia-Pacific region"),
      ("the EuroPacifi c bank", "the EuroPacific bank"),
      (
        "the EuroPacifi c bank and the Euro-Pacific rim",
        "the Euro-Pacific bank and the Euro-Pacific rim"
      ),
      ("Among other benefi ts, Specifi c goals", "Among other benefits, Specific goals"),
      ("a fi nal word", "a final word"),
      ("of fi ve men", "of five men"),
      ("speci fi c and de fi ned", "specific and defined"),
      ("Fi nancial crisis, and eff ective aff airs", "Financial crisis, and effective affairs"),
      ("the OFFI CE OF STAFF", "the OFFICE OF STAFF"),
      ("staff ing needs", "staffing needs"),
      ("an Interoperabili Interoperabilistic", "an Interoperabili Interoperabilistic"),
    ])
  func brokenLigature(_ text: String, becomes expected: String) {
    #expect(repair(text).text == expected)
  }

  @Test(
    "Correct and unclear texts are unchanged",
    arguments: [
      "", "Wi Fi user", "a Wi Fi re", "sci-fi lm", "the staff on duty", "Joint Staff have agreed",
      "a trade-off between two", "the cut off set", "to start off ice skating",
      "A defi protocol and defi ned assets", "Le défi pour les entreprises", "un défi lent",
      "digi.kansalliskirjasto.fi web", "the staff s opinion", "Cardiff east", "Tariff s",
      "pre- and post-war", "fixed- or semi-fixed", "time- and space-efficient",
      "the two settings- as a model", "over- or underemphasize", "on- or offset", "bi- and trigram",
      "J'ai vu l'Â », écrit-il", "São Tomé", "βeta and ΔX", "Москва и Сеул", "naïve café",
      "it´s the l´eau", "about ˜5 and x ˆ y", "the RationaleˆVT and eˆx", "co¨operate", "¨ a",
      "한국 정책", "亚太地区 的", "x ¬ y",
      "A\u{200B}한국", "A\u{8D} and \u{90}",
      "two\n\nparagraphs\nand lines",
    ])
  func unchanged(_ text: String) {
    let repaired = repair(text)
    #expect(repaired.text == text)
    #expect(repaired.repairs.isEmpty)
  }

  @Test(
    arguments: [
      ("Eng- lish trans- lation", "English translation", .hyphenation),
      ("the trans-\nlation of it", "the translation of it", .hyphenation),
      ("semi-\nautomatic, semi-automatic", "semi-automatic, semi-automatic", .hyphenation),
      ("sub-task and the sub- task", "sub-task and the sub-task", .hyphenation),
      ("well-\nknown", "well-known", .hyphenation),
      ("Zyxwvutic and zyxwv- utic", "Zyxwvutic and zyxwvutic", .hyphenation),
      ("govern\u{AD}ment and noun\u{AD}noun", "government and noun-noun", .softHyphen),
      (
        "of noun\u{AD} noun compounds, govern\u{AD}\nment", "of noun-noun compounds, government",
        .softHyphen
      ),
      ("pre\u{AD} and post", "pre and post", .softHyphen),
      ("annota¬tion", "annotation", .softHyphen),
      ("a  b\t c \n d ", "a b c\nd", .spacing),
      ("the tagset\u{92}s \u{93}high\u{94}", "the tagset’s “high”", .misdecoded),
      ("HKUSTâ\u{80}\u{99}s and usersâ€™", "HKUST’s and users’", .misdecoded),
      ("Â± 5, JosÃ©, Ã‰cole", "± 5, José, École", .misdecoded),
      (
        "th\u{8E}orie \u{88} la synth\u{8F}se dÕun r\u{99}le", "théorie à la synthèse d’un rôle",
        .misdecoded
      ),
      ("la m\u{88}eme, plut\u{88}ot, \u{9C}uvre", "la même, plutôt, œuvre", .misdecoded),
      ("the \u{81}gword net\u{81}h", "the “word net”", .misdecoded),
      ("diï¬\u{80}erent, userâ\u{80}\u{9F}s", "different, user’s", .misdecoded),
      ("the cityÃ¢â‚¬â„¢s cafÃƒÂ©s", "the city’s cafés", .misdecoded),
      ("M¨uller, na¨ıve and Fran¸cois", "Müller, naïve and François", .accent),
      ("¨Osterreich und Go¨ttingen", "Österreich und Göttingen", .accent),
      ("the Challengeâ\u{84}¢", "the Challenge™", .misdecoded),
      ("suﬃcient ﬂow of ﬁsh", "sufficient flow of fish", .ligatureCharacter),
      ("e\u{0B}ective \u{0C}nal", "effective final", .ligatureCharacter),
      ("one\r\ntwo\rthree\u{0}\u{7F}", "one\ntwo\nthree", .control),
      ("(\u{200B}-ize\u{FEFF})", "(-ize)", .control),
      ("\u{0421}\u{043E}mmission", "Commission", .lookAlike),
    ] as [(String, String, Repair)])
  func other(_ text: String, becomes expected: String, as kind: Repair) {
    let repaired = repair(text)
    #expect(repaired.text == expected)
    #expect(repaired.repairs == [kind])
  }

  @Test func severalRepairs() {
    let repaired = repair("It is  suﬃ cient.\u{0}")
    #expect(repaired.text == "It is sufficient.")
    #expect(repaired.repairs == [.spacing, .ligatureCharacter, .brokenLigature, .control])
  }

  @Test("Any text can be repaired")
  func anyText() {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "suffi", " ", "cient", "-", "\n", "\u{AD}", "ﬃ", "â€™", "\u{92}", "\u{0}", "fi", "nal", "a",
      "trans", "lation", "\r", "\u{200B}", "С", "ommission", "  ", "¬", "off", "Ã", "©", "\u{2029}",
    ]
    for length in 0..<1500 {
      let text = (0..<length % 40).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let repaired = repair(text)
      #expect(!repaired.text.contains("\u{0}"), "\(text.debugDescription)")
      if repaired.repairs.isEmpty {
        #expect(repaired.text.unicodeScalars.elementsEqual(text.unicodeScalars))
      }
    }
  }

  @Test func aLongTextTakesTimeInProportion() {
    let text = String(repeating: "\ndefi ned suffi cient trans- lation  AsiaPacifi c", count: 4000)
    let repaired = repair(text)
    let line = "\ndefined sufficient translation Asia-Pacific"
    #expect(repaired.text == String(repeating: line, count: 4000))
  }
}
