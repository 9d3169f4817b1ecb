import Archive
import Testing

@Suite("An email address is accepted when mail can be sent to it, and kept in ASCII")
struct EmailAddressTests {
  @Test(
    arguments: [
      ("anna@example.org", "anna@example.org"),
      (" Anna.Berg+list@Example.ORG ", "Anna.Berg+list@example.org"),
      ("hilda@münchen.example", "hilda@xn--mnchen-3ya.example"),
      ("hilda@MÜNCHEN.Example", "hilda@xn--mnchen-3ya.example"),
      ("hilda@mu\u{308}nchen.example", "hilda@xn--mnchen-3ya.example"),
      ("hilda@xn--mnchen-3ya.example", "hilda@xn--mnchen-3ya.example"),
      ("a@例え。テスト", "a@xn--r8jz45g.xn--zckzah"),
      ("a@straße.example", "a@xn--strae-oqa.example"),
      ("a@sub-domain.museum", "a@sub-domain.museum"),
      ("o'neill@example.org", "o'neill@example.org"),
      ("bad..dots@example.org", nil), (".a@example.org", nil), ("a.@example.org", nil),
      ("n@example..org", nil), ("n@.example.org", nil), ("n@example.org.", nil),
      ("a@b", nil), ("a@localhost", nil), ("a@192.0.2.1", nil), ("a@[192.0.2.1]", nil),
      ("a@example.o", nil), ("a@-example.org", nil), ("a@example-.org", nil),
      ("a@exa_mple.org", nil), ("a@exam ple.org", nil), ("a@example.123", nil),
      ("用户@example.jp", nil), ("\"quoted name\"@example.org", nil),
      ("Anna <anna@example.org>", nil), ("a@b@example.org", nil), ("@example.org", nil),
      ("anna@", nil), ("anna", nil), ("", nil),
      ("a@xn--.example", nil), ("a@xn--99999999999.example", nil), ("a@xn--abc-.example", nil),
      ("a@\u{200D}x.example", nil), ("a@☃.example", nil), ("a@\u{301}x.example", nil),
      (String(repeating: "x", count: 65) + "@example.org", nil),
      ("a@" + String(repeating: "x", count: 64) + ".org", nil),
      ("a@" + String(repeating: "ü", count: 60) + ".org", nil),
      ("a@" + String(repeating: "abcdefgh.", count: 30) + "org", nil),
    ] as [(String, String?)])
  func address(_ typed: String, isKeptAs expected: String?) {
    #expect(EmailAddress(typed)?.description == expected)
  }

  @Test(
    "Punycode encodes and decodes the samples of RFC 3492 §7.1",
    arguments: [
      ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
      ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
      ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"),
      ("Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"),
      ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
      ("यहलोगहिन्दीक्योंनहींबोलसकतेहैं", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd"),
      ("なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
      ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
      ("PorquénopuedensimplementehablarenEspañol", "PorqunopuedensimplementehablarenEspaol-fmd56a"),
      ("TạisaohọkhôngthểchỉnóitiếngViệt", "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g"),
      ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
      ("安室奈美恵-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"),
      ("Hello-Another-Way-それぞれの場所", "Hello-Another-Way--fc4qua05auwb3674vfr0b"),
      ("ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v"), ("MajiでKoiする5秒前", "MajiKoi5-783gue6qz075azm5e"),
      ("パフィーdeルンバ", "de-jg4avhby1noc0d"), ("そのスピードで", "d9juau41awczczp"),
      ("-> $1.00 <-", "-> $1.00 <--"),
    ] as [(String, String)])
  func punycode(_ text: String, isEncodedAs encoded: String) {
    #expect(Punycode.encoded(text) == encoded)
    #expect(Punycode.decoded(encoded) == text)
  }

  @Test(arguments: ["-a-é", "é", "99999999", "a-!"])
  func whatIsNoPunycodeIsNotDecoded(_ text: String) { #expect(Punycode.decoded(text) == nil) }
}
