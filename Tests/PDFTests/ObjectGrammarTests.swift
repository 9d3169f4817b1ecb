import PDF
import TestSupport
import Testing

@Suite("Objects are parsed, damaged ones as far as possible (ISO 32000-1 §7.3)")
struct ObjectGrammarTests {
  @Test(
    arguments: [
      ("(plain)", "plain"),
      (#"(a \(b\) c)"#, "a (b) c"),
      ("(a (b) c)", "a (b) c"),
      (#"(\101\102C)"#, "ABC"),
      (#"(\0533)"#, "+3"),
      (#"(\5)"#, ""),
      ("(split\\\nline)", "splitline"),
      ("(two\r\nlines)", "two lines"),
      (#"(\q)"#, "q"),
      ("<414243>", "ABC"),
      ("<41 42\n4>", "AB@"),
      ("<4x1>", "A"),
      ("()", ""),
    ] as [(String, String)])
  func string(_ written: String, means expected: String) throws {
    let shown = try lines(showing: "BT /F1 12 Tf 72 700 Td \(written) Tj ET")
    #expect(shown.joined() == expected)
  }

  @Test(
    "A string that is not closed runs to the end", arguments: ["(open", "(open (", "<6F70656E"])
  func openString(_ written: String) throws {
    let shown = try lines(showing: "BT /F1 12 Tf 72 700 Td (kept) Tj T* \(written)")
    #expect(shown == ["kept"])
  }

  @Test(
    "Numbers are read as other readers forgive them",
    arguments: ["72", "+72", "72.", "72.0", "0072", "7.2e1 pop 72", "72-5", "72.0.0", "--72"])
  func number(_ written: String) throws {
    let shown = try lines(
      showing: "BT /F1 12 Tf \(written) 700 Td (one) Tj ET BT /F1 12 Tf 92 700 Td (two) Tj ET",
      page: "/MediaBox[-99 0 612 792]")
    #expect(shown.joined(separator: " ").contains("one"))
  }

  @Test(
    "A name is the same however it is written",
    arguments: ["/F1", "/F#31", "/#46#31"])
  func name(_ written: String) throws {
    #expect(try lines(showing: "BT \(written) 12 Tf 72 700 Td (word) Tj ET") == ["word"])
  }

  @Test("Comments and white space of every kind stand between tokens")
  func whiteSpace() throws {
    let content = "BT%x\r/F1\u{0C}12\tTf\0 72 700 Td[(one)%)\n(two)]TJ ET"
    #expect(try lines(showing: content) == ["onetwo"])
  }

  @Test("What stray delimiters and keywords leave is read")
  func strays() throws {
    let content = ") > } BT /F1 12 Tf 72 700 Td ] << /a >> foo (word) Tj ET"
    #expect(try lines(showing: content) == ["word"])
  }

  @Test(
    "Length may be missing, wrong, negative, or a reference",
    arguments: ["", "/Length 3", "/Length 9999", "/Length -1", "/Length 4 0 R", "/Length 5 0 R"])
  func streamLength(_ entry: String) throws {
    var file = SampleFile(pages: [""])
    file.objects[3] = Array(
      "<<\(entry)>>stream\nBT /F1 12 Tf 72 700 Td (word) Tj ET\nendstream".utf8)
    file.add("35")
    #expect(try lines(file.bytes) == ["word"])
  }

  @Test("A name with a space, or a number that is none, costs only itself")
  func strayWords() throws {
    let shown = try lines(
      showing: "BT /F1 12 Tf 72 700 Td (word) Tj ET",
      resources: "/Font<</F1<</BaseFont/Arial,Unicode MS/Subtype/Type1>>>>",
      page: "/MediaBox[-1e38 -1e38 1e38 1e38]")
    #expect(shown == ["word"])
  }

  @Test("A stream without endstream ends with its object")
  func noEndOfStream() throws {
    var file = SampleFile(pages: [""])
    file.objects[3] = Array("<</Length 99>>stream\nBT /F1 12 Tf 72 700 Td (word) Tj ET".utf8)
    #expect(try lines(file.bytes) == ["word"])
  }

  @Test("Nesting without end is read in bounded depth")
  func nesting() throws {
    for open in ["[", "<</a", "("] {
      var file = SampleFile(pages: ["BT /F1 12 Tf 72 700 Td (word) Tj ET"])
      file.add(String(repeating: open, count: 50_000))
      #expect(try lines(file.bytes) == ["word"])
      #expect(
        throws: Never.self,
        performing: {
          _ = try lines(showing: "BT /F1 12 Tf (x) Tj " + String(repeating: open, count: 50_000))
        })
    }
  }
}
