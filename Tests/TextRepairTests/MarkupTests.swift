import Testing
import TextRepair

@Suite("Markup in catalogues is converted to plain text")
struct MarkupTests {
  @Test(
    arguments: [
      ("<i>Homo ludens</i> at Sea", "Homo ludens at Sea"),
      ("H<sub>2</sub>O in Bilges &amp; Tanks", "H2O in Bilges & Tanks"),
      ("&lt;i&gt;Homo&lt;/i&gt; ludens", "Homo ludens"), ("Q&amp;amp;A", "Q&A"),
      ("caf&eacute; &#233;&#xE9;", "café éé"), ("R&D and AT&T; yes", "R&D and AT&T; yes"),
      ("10<sup>6</sup> m<sup>2</sup>, 2<sup>nd</sup>, Ca<sup>2+</sup>", "10⁶ m², 2nd, Ca²⁺"),
      ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
      ("include <stdio.h> first", "include <stdio.h> first"),
      ("List<T> and Map<K, V>", "List<T> and Map<K, V>"), ("a<b and c>d", "a<b and c>d"),
      ("if x <i and j> k", "if x <i and j> k"), ("The <b> element", "The <b> element"),
      ("5 &lt; 6 &gt; 4", "5 < 6 > 4"), ("&lt;stdio.h&gt;", "<stdio.h>"),
      ("<jats:italic>E. coli</jats:italic> and <scp>DNA</scp>", "E. coli and DNA"),
      ("<span class=\"x\">Cut", "Cut"), ("<i>Cut</i> and <b>cut", "Cut and cut"),
      ("A<br/>B<br>C", "A B C"), ("A <!-- note --> B<![CDATA[ <x> ]]>", "A  B <x>"),
      ("<a href='x?a=1&b=2'>Link</a>", "Link"), ("a </i> b", "a  b"),
      (
        "<mml:math><mml:msub><mml:mi>H</mml:mi> <mml:mn>2</mml:mn></mml:msub><mml:mi>O</mml:mi></mml:math>",
        "H2O"
      ),
      (
        "<math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>",
        "x² = 1/2"
      ),
      (
        "<inline-formula><alternatives><tex-math>$x$</tex-math><mml:math><mml:mi>y</mml:mi></mml:math></alternatives></inline-formula>",
        "y"
      ),
      ("CO$_2$ and $\\alpha$-decay", "CO2 and α-decay"), ("$10^{6}$", "10⁶"),
      ("$n$-grams", "n-grams"),
      ("G{\\\"o}del, Erd\\H{o}s, \\'{E}tat, Fran\\c{c}ois", "Gödel, Erdős, État, François"),
      ("\\textit{Homo} \\& co", "Homo & co"), ("From $5 to $10", "From $5 to $10"),
      ("US$5_000 and $6", "US$5_000 and $6"), ("C:\\temp\\other", "C:\\temp\\other"),
      ("He said \\\"other\\\"", "He said \\\"other\\\""), ("{DNA} and \\foo", "{DNA} and \\foo"),
      ("&", "&"), ("<", "<"), ("</", "</"), ("<i", "<i"),
      ("&#0;&#xD800;&bogus;", "&#0;&#xD800;&bogus;"),
      ("$", "$"), ("\\", "\\"), ("", ""),
    ])
  func line(_ markup: String, reads expected: String) {
    let text = plainLine(ofMarkup: markup)
    #expect(text == expected)
    #expect(plainLine(ofMarkup: text) == text)
  }

  @Test(
    arguments: [
      (
        "<p>First <b>bold</b> paragraph.</p><p>Second: 5 &lt; 6 and caf&eacute;.</p>",
        "First bold paragraph.\n\nSecond: 5 < 6 and café."
      ),
      ("<jats:title>Abstract</jats:title><jats:p>One\n  two.</jats:p>", "One two."),
      ("<jats:sec><jats:title>Aims</jats:title><jats:p>One.</jats:p></jats:sec>", "Aims\n\nOne."),
      ("&lt;p&gt;One.&lt;/p&gt;\n&lt;p&gt;Two.&lt;/p&gt;", "One.\n\nTwo."),
      ("<p>One.<p>Two.", "One.\n\nTwo."), ("One.<br><br>Two.", "One.\nTwo."),
      ("<ul><li>One</li><li><p>Two</p></li></ul>", "• One\n\n• Two"),
      ("One.\n\nTwo < three.", "One.\n\nTwo < three."),
      ("<p>One.</p>\n\nTwo.", "One.\n\nTwo."),
      ("5 < 6 and 7 > 3; include <stdio.h> first.", "5 < 6 and 7 > 3; include <stdio.h> first."),
      ("<div><h2>Summary</h2>Text</div>", "Text"),
    ])
  func paragraphs(_ markup: String, read expected: String) {
    let text = plainParagraphs(ofMarkup: markup)
    #expect(text == expected)
    #expect(plainParagraphs(ofMarkup: text) == text)
  }

  @Test func whatIsNestedOrCutWithoutEndIsReadInTime() {
    for part in [
      "<i>", "<p>", "{\\'", "{\\a", "{\\a}", "$\\alpha", "&amp;", "<a href=\"", "</b>", "<!--",
    ] {
      _ = plainParagraphs(ofMarkup: String(repeating: part, count: 1000))
    }
  }
}
