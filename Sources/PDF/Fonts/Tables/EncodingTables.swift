// ISO 32000-1 Annex D: Latin character sets, Symbol and ZapfDingbats.

/// The characters of the predefined encodings for the codes from 32 to 255.
///
/// NUL means none. Small capitals, old style and superior figures of expert sets are given as
/// letters and digits.
enum EncodingTables {
  /// StandardEncoding.
  static let standard =
    """
     !"#$%&’()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_‘abcdefghijk\
    lmnopqrstuvwxyz{|}~\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0\0\0\0\0¡¢£⁄¥ƒ§¤'“«‹›\u{FB01}\u{FB02}\0–†‡·\0¶•‚„”»…‰\0¿\0`´\u{2C6}\u{2DC}¯\
    \u{2D8}\u{2D9}¨\0\u{2DA}¸\0\u{2DD}\u{2DB}\u{2C7}—\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0\0Æ\0ª\0\0\0\0ŁØŒº\0\0\0\0\0æ\0\0\0ı\0\0łøœß\0\0\0\0
    """

  /// WinAnsiEncoding.
  static let winAnsi =
    """
     !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijk\
    lmnopqrstuvwxyz{|}~•€•‚ƒ„…†‡\u{2C6}‰Š‹Œ•Ž••‘’“”•–—\u{2DC}™š›œ•žŸ ¡¢£¤¥¦§¨©ª«¬-\
    ®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúû\
    üýþÿ
    """

  /// MacRomanEncoding.
  static let macRoman =
    """
     !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijk\
    lmnopqrstuvwxyz{|}~\0ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨\0ÆØ\0±\0\0¥\
    µ\0\0\0\0\0ªº\0æø¿¡¬\0ƒ\0\0«»… ÀÃÕŒœ–—“”‘’÷\0ÿŸ⁄¤‹›\u{FB01}\u{FB02}‡·‚„‰ÂÊÁËÈÍ\
    ÎÏÌÓÔ\0ÒÚÛÙı\u{2C6}\u{2DC}¯\u{2D8}\u{2D9}\u{2DA}¸\u{2DD}\u{2DB}\u{2C7}
    """

  /// MacExpertEncoding.
  static let macExpert =
    """
     !\0¢$$&´⁽⁾‥․,-.⁄0123456789:;\0—\0?\0\0\0\0Ð\0\0¼½¾⅛⅜⅝⅞⅓⅔\0\0\0\0\0\0\u{FB00}\
    \u{FB01}\u{FB02}\u{FB03}\u{FB04}₍\0₎\0-`ABCDEFGHIJKLMNOPQRSTUVWXYZ₡1\0\0\0\0a¢\
    \0\0\0\0ÁÀÂÄÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜ\0⁸₄₃₆₈₇Š\0¢₂\0\0\0\0o₅\0,.Ý\0$\0\0Þ\0₉₀ŽÆØ¿₁\
    Ł\0\0\0\0\0\0\0\0\0\0\0\0Œ‒-\0\0\0\0¡\0Ÿ\0¹²³⁴⁵⁶⁷⁹⁰\0ert\0\0isd\0\0\0\0\0l\0\0\
    \0bⁿm,.\0\0\0\0\0\0
    """

  /// PDFDocEncoding.
  static let pdfDoc =
    """
     !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijk\
    lmnopqrstuvwxyz{|}~\0•†‡…—–ƒ⁄‹›−‰„“”‘’‚™\u{FB01}\u{FB02}ŁŒŠŸŽıłœšž\0€¡¢£¤¥¦§¨©\
    ª«¬\0®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö\
    ÷øùúûüýþÿ
    """

  /// The built-in encoding of Symbol.
  static let symbol =
    """
     !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\0αβχδεφγηιϕκλ\
    μνοπθρστυϖωξψζ{|}∼\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0\0\0€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\0\0↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇\0©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈\0©\
    ™∑\0\0\0\0\0\0\0\0\0\0\0〉∫⌠\0⌡\0\0\0\0\0\0\0\0\0\0
    """

  /// The built-in encoding of ZapfDingbats.
  static let zapfDingbats =
    """
     ✁✂✃✄☎✆✇✈✉☛☞✌✍✎✏✐✑✒✓✔✕✖✗✘✙✚✛✜✝✞✟✠✡✢✣✤✥✦✧★✩✪✫✬✭✮✯✰✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋●❍\
    ■❏❐❑❒▲▼◆❖◗❘❙❚❛❜❝❞\0❨❩❪❫❬❭❮❯❰❱❲❳❴❵\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0❡❢❣❤❥❦❧\
    ♣♦♥♠①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓➔→↔↕➘➙➚➛➜➝➞➟➠➡➢➣➤➥➦➧➨➩➪➫➬➭➮➯\0➱➲➳➴\
    ➵➶➷➸➹➺➻➼➽➾\0
    """
}
