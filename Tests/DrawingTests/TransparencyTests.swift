import Drawing
import TestSupport
import Testing

@Suite("Groups, blend modes and soft masks combine as in PDF (ISO 32000-2 §11)")
struct TransparencyTests {
  private static let multiply = "/Resources<</ExtGState<</M<</BM/Multiply>>>>>>"

  /// A page that shows a form after some operators.
  private static func svg(
    _ content: String, group: String, entries: String = "", form: String = "/M gs 0 0 50 50 re f"
  ) throws -> String {
    var file = SampleFile(
      pages: [content + " /X Do"],
      resources: "/XObject<</X 5 0 R>>/ExtGState<</G<</ca .5>>/B<</ca .5/BM/Multiply>>>>")
    file.add(
      stream: form,
      "/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Group<</S/Transparency\(group)>>\(entries)")
    return String(decoding: try Drawn.page(file).svg, as: UTF8.self)
  }

  @Test("A group is composed before its opacity and blend mode apply")
  func group() throws {
    let svg = try Self.svg("/B gs", group: "", form: "1 0 0 rg 0 0 50 50 re f")
    #expect(svg.contains(#"<g class="b0"><g opacity=".5" class="s">"#))
    #expect(svg.contains(".b0{mix-blend-mode:multiply}"))
  }

  @Test("Colours combine with those of the page, not of the paper")
  func page() throws {
    let svg = try Drawn.svg(
      "/M gs 0 0 9 9 re f", resources: "/ExtGState<</M<</BM/Screen>>>>")
    #expect(svg.contains(#"z"/><g class="s"><g class="b1">"#))
    #expect(!(try Drawn.svg("0 0 9 9 re f").contains(#"class="s""#)))
  }

  @Test("Blend modes reach through a group that is not isolated")
  func isolation() throws {
    let through = try Self.svg("", group: "", entries: Self.multiply)
    #expect(through.contains(#"<g class="s"><g class="b0">"#))
    #expect(!through.contains("data-missing"))
    let isolated = try Self.svg("", group: "/I true", entries: Self.multiply)
    #expect(isolated.contains(#"<g class="s"><g class="s"><g class="b0">"#))
  }

  @Test(
    "What cannot be combined as asked for is named",
    arguments: [
      ("/G gs", "", multiply, "blend-mode"),
      ("", "/K true", "/Resources<</ExtGState<</M<</ca .5>>>>>>", "knockout"),
      ("", "/K true", "", nil),
      ("", "/I true", multiply, nil),
    ] as [(String, String, String, String?)])
  func missing(_ content: String, group: String, entries: String, isNamed name: String?) throws {
    let svg = try Self.svg(content, group: group, entries: entries)
    if let name {
      #expect(svg.contains(#"data-missing="\#(name)""#))
    } else {
      #expect(!svg.contains("data-missing"))
    }
  }

  @Test(
    "Overprinting is named where it would change colours",
    arguments: [
      ("0 1 0 0 k", true), ("0 0 0 1 k", false), ("1 0 0 rg", false),
      ("/S cs 1 scn", true),
    ])
  func overprint(_ color: String, isNamed: Bool) throws {
    let svg = try Drawn.svg(
      "/O gs \(color) 0 0 9 9 re f",
      resources: """
        /ExtGState<</O<</OP true/OPM 1>>>>/ColorSpace<</S[/Separation/Spot/DeviceRGB\
        <</FunctionType 2/Domain[0 1]/N 1/C0[1 1 1]/C1[1 0 0]>>]>>
        """)
    #expect(svg.contains(#"data-missing="overprint""#) == isNamed)
  }

  @Test(
    "The transfer function of a soft mask becomes a filter",
    arguments: [
      (
        "/S/Luminosity", #"<feFuncR type="table" tableValues="1 .984"#,
        ##"<g filter="url(#f1)"><path fill="#000""##
      ),
      ("/S/Alpha", #"<feFuncA type="table" tableValues="1 .984"#, ##"<g filter="url(#f1)"><"##),
    ])
  func transfer(_ kind: String, isWritten function: String, around content: String) throws {
    var file = SampleFile(
      pages: ["/G gs 0 0 9 9 re f"],
      resources: "/ExtGState<</G<</SMask<<\(kind)/G 5 0 R/TR<</FunctionType 2/Domain[0 1]/N 1"
        + "/C0[1]/C1[0]>>>>>>>>")
    file.add(
      stream: "1 g 2 2 5 5 re f",
      "/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Group<</S/Transparency/CS/DeviceGray>>")
    let svg = String(decoding: try Drawn.page(file).svg, as: UTF8.self)
    #expect(svg.contains(function))
    #expect(svg.contains(content))
    #expect(!svg.contains("data-missing"))
  }
}
