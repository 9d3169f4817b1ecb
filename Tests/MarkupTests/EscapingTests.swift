import Markup
import Testing

private func text(_ html: HTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

@Suite("What is interpolated cannot become markup")
struct EscapingTests {
  @Test(
    arguments: [
      ("Russia and the Koreas", "Russia and the Koreas"),
      ("", ""),
      ("R&D <b>\"quoted\"</b> 'so'", "R&amp;D &lt;b&gt;&quot;quoted&quot;&lt;/b&gt; &#39;so&#39;"),
      ("\"", "&quot;"),
      ("Überblick – 朝鮮 – 🇰🇷", "Überblick – 朝鮮 – 🇰🇷"),
      ("tab\tline\nreturn\r", "tab\tline\nreturn\r"),
      ("form\u{0C}feed\u{00}", "form\u{FFFD}feed\u{FFFD}"),
      (
        "delete\u{7F} next line\u{85} no-break\u{A0}é",
        "delete\u{FFFD} next line\u{FFFD} no-break\u{A0}é"
      ),
      ("\u{FDCF}\u{FDF0}\u{FFFD}\u{FEFF}", "\u{FDCF}\u{FDF0}\u{FFFD}\u{FEFF}"),
      ("\u{1FFFD}\u{1F600}", "\u{1FFFD}\u{1F600}"),
      ("<\u{301}", "&lt;\u{301}"),
    ] as [(String, String)])
  func text(_ given: String, becomes expected: String) {
    let html: HTML = "\(given)"
    let xml: XML = "\(given)"
    // By bytes: characters that look alike are not the same markup.
    #expect(html.bytes == Array(expected.utf8))
    #expect(xml.bytes == Array(expected.utf8))
  }

  @Test func everyScalarStaysOrIsReplaced() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isControl = value < 0x20 || (0x7F...0x9F).contains(value)
      let isAllowedControl = value == 0x09 || value == 0x0A || value == 0x0D
      let isNoCharacter = value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
      let escape: [Unicode.Scalar: String] = [
        "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;",
      ]
      let expected =
        (isControl && !isAllowedControl) || isNoCharacter
        ? "\u{FFFD}" : escape[scalar] ?? String(scalar)
      let html: HTML = "\(String(scalar))"
      if html.bytes != Array(expected.utf8) { Issue.record("U+\(String(value, radix: 16))") }
    }
  }
}

@Suite("Literals stand as they are written")
struct InterpolationTests {
  @Test func literal() {
    #expect(text("<p class=\"a\">ä 'b' & c</p>") == "<p class=\"a\">ä 'b' & c</p>")
    #expect(text("x") == "x")
    #expect(text("é") == "é")
    #expect(text("") == "")
    #expect(HTML().isEmpty)
  }

  @Test func partsAreNotEscapedTwice() {
    let title = "Cats & dogs"
    let heading: HTML = "<h1>\(title)</h1>"
    #expect(text("<main>\(heading)</main>") == "<main><h1>Cats &amp; dogs</h1></main>")
    #expect(text(heading + "<hr>") == "<h1>Cats &amp; dogs</h1><hr>")
  }

  @Test(arguments: [true, false]) func literalsOfAConditionAreMarkup(_ isFirst: Bool) {
    let part: HTML = "<i>x</i>"
    #expect(
      text("<p>\(isFirst ? "<b>\(part)</b>" : "<hr>")</p>")
        == (isFirst ? "<p><b><i>x</i></b></p>" : "<p><hr></p>"))
  }

  @Test func numbersAndSubstrings() {
    #expect(text("\(5819) \("a<b".dropFirst())") == "5819 &lt;b")
  }

  @Test func optionalParts() {
    let none: HTML? = nil
    let series: String? = "Asia & Pacific"
    let number: String? = nil
    #expect(text("[\(none)]") == "[]")
    #expect(text("\(series, { "<i>\($0)</i>" })") == "<i>Asia &amp; Pacific</i>")
    #expect(text("\(number, { "<i>\($0)</i>" })") == "")
    #expect(text("<input\(if: true, " checked")\(if: false, " disabled")>") == "<input checked>")
  }

  @Test func repeatedParts() {
    let authors = ["A. <One>", "B. Two"]
    #expect(
      text("<ul>\(each: authors, { "<li>\($0)</li>" })</ul>")
        == "<ul><li>A. &lt;One&gt;</li><li>B. Two</li></ul>")
    #expect(
      text("\(each: authors, separator: ", ", { "<b>\($0)</b>" })")
        == "<b>A. &lt;One&gt;</b>, <b>B. Two</b>")
    #expect(text("\(each: [String](), separator: ", ", { "\($0)" })") == "")
  }

  @Test func dataInAScriptCannotEndIt() {
    let json = JSON.object([("name", "</script><!-- & ")])
    #expect(
      text("<script>\(json: json)</script>")
        == #"<script>{"name":"\u003c/script\u003e\u003c!-- \u0026 "}</script>"#)
  }
}
