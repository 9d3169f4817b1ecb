import Markup
import Testing

@Suite("JSON is written as RFC 8259 defines it")
struct JSONTests {
  @Test(
    arguments: [
      (.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (0, "0"), (-12, "-12"),
      (.integer(.min), "-9223372036854775808"), (.decimal(0.5), "0.5"), (.decimal(.nan), "null"),
      (.decimal(-.infinity), "null"), ("", #""""#), ("å 😀", #""å 😀""#),
      ("a\"b\\c/d", #""a\"b\\c/d""#), ("\t\n\r\u{0}\u{1F}\u{7F}", #""\t\n\r\u0000\u001f\u007f""#),
      // Control characters and line ends beyond ASCII, and what only looks like them.
      ("\u{80}\u{9F}\u{A0}", "\"\\u0080\\u009f\u{A0}\""),
      ("\u{2027}\u{2028}\u{2029}\u{202A}\u{2128}", "\"\u{2027}\\u2028\\u2029\u{202A}\u{2128}\""),
      (.array([]), "[]"), (.array([1, .array([.null]), "x"]), #"[1,[null],"x"]"#),
      (.object([]), "{}"),
      (.object([("b", 1), ("a", .object([("c", 2)]))]), #"{"b":1,"a":{"c":2}}"#),
      (
        ["a": nil, "b": 2, "c": .null, "d": [1, true, "x"]], #"{"b":2,"c":null,"d":[1,true,"x"]}"#
      ),
    ] as [(JSON, String)])
  func value(_ value: JSON, isWrittenAs text: String) {
    #expect(String(decoding: value.bytes, as: UTF8.self) == text)
  }
}
