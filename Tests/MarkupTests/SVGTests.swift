import Markup
import Testing

@Suite("SVG is written from closed lists of elements and attributes")
struct SVGTests {
  @Test("Path data are relative, short and without rounding errors that add up")
  func path() {
    var path = SVGPath()
    path.move(10, 20.005)
    path.line(10.5, 20.005)
    path.line(10.5, 19)
    path.curve(1, 2, 3, 4, 5, 6)
    path.close()
    path.move(0.333, -0.333)
    for step in 1...3 { path.line(0.333 * Double(step + 1), -0.333 - 0.333 * Double(step)) }
    #expect(
      String(decoding: path.bytes, as: UTF8.self)
        == "m10 20.01h.5v-1.01c-9.5-17-7.5-15-5.5-13zm-9.67-20.34.34-.34.33-.33.33-.33")
  }

  @Test(
    arguments: [
      (0, "0"), (0.004, "0"), (0.5, ".5"), (-0.25, "-.25"), (12.3, "12.3"), (100, "100"),
      (.infinity, "10000000000000"), (.nan, "0"),
    ] as [(Double, String)])
  func number(_ value: Double, isWritten expected: String) {
    var svg = SVG()
    svg.begin(.path)
    svg.set(.x, value)
    svg.end()
    #expect(String(decoding: svg.bytes, as: UTF8.self) == "<path x=\"\(expected)\"/>")
  }

  @Test("Text and attribute values are escaped")
  func escaping() {
    var svg = SVG()
    svg.begin(.text)
    svg.set(.fontFamily, "\"><script>")
    svg.append(text: "</text>&\u{1}")
    svg.end()
    #expect(
      String(decoding: svg.bytes, as: UTF8.self)
        == "<text font-family=\"&quot;&gt;&lt;script&gt;\">&lt;/text&gt;&amp;\u{FFFD}</text>")
  }

  @Test("Colours have three digits where they suffice")
  func colors() {
    var svg = SVG()
    svg.begin(.path)
    svg.set(.fill, SVGColor(red: 255, green: 0, blue: 17))
    svg.set(.stroke, SVGColor(red: 1, green: 0, blue: 17))
    svg.end()
    #expect(
      String(decoding: svg.bytes, as: UTF8.self) == ##"<path fill="#f01" stroke="#010011"/>"##)
  }

  @Test("Data are written in base64", arguments: [("", ""), ("f", "Zg=="), ("foobar", "Zm9vYmFy")])
  func base64(_ data: String, isWritten expected: String) {
    var svg = SVG()
    svg.begin(.image)
    svg.set(href: SVGImage(.png, Array(data.utf8)))
    svg.end()
    #expect(
      String(decoding: svg.bytes, as: UTF8.self)
        == "<image href=\"data:image/png;base64,\(expected)\"/>")
  }
}
