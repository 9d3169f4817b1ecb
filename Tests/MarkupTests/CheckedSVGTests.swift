import Markup
import Testing

@Suite("Only what the SVG writer writes is put into a page")
struct CheckedSVGTests {
  @Test func whatItWrites() {
    var svg = SVG()
    svg.begin(.svg)
    svg.set(.viewBox, [0, 0, 10, 10])
    svg.begin(.g)
    svg.set(.clipPath, reference: SVGIdentifier(.clip, 1))
    svg.begin(.image)
    svg.set(href: SVGImage(.png, [1, 2, 3]))
    svg.end()
    svg.begin(.use)
    svg.set(href: SVGIdentifier(.glyph, 12))
    svg.set(.transform, matrix: [1, 0, 0, 1, 0, 0])
    svg.end()
    svg.begin(.text)
    svg.set(.fontFamily, "\"Times New Roman\", serif")
    svg.append(text: "a < b & \"c\"")
    svg.end()
    svg.end()
    svg.end()
    #expect(CheckedSVG(svg.bytes)?.bytes == svg.bytes)
  }

  @Test(
    arguments: [
      "", "text", "<svg>", "</svg>", "<svg></svg><svg></svg>", "<g/>", "<svg></g>", "<svg/>x",
      "<svg><script/></svg>", "<svg><style>a{}</style></svg>", "<svg><foreignObject/></svg>",
      "<svg onload=\"x\"/>", "<svg style=\"x\"/>", "<svg><a/></svg>", "<SVG/>",
      "<svg><image href=\"https://example.org/a.png\"/></svg>",
      "<svg><use href=\"a.svg#b\"/></svg>", "<svg><use href=\"javascript:x\"/></svg>",
      "<svg><image href=\"data:image/svg+xml;base64,AA\"/></svg>",
      "<svg><g fill=\"url(https://example.org/a)\"/></svg>",
      "<svg><g fill=\" url(a#b)\"/></svg>", "<svg><g mask=\"URL(//a)\"/></svg>",
      "<svg xmlns=\"http://www.w3.org/1999/xhtml\"/>", "<svg><!-- --></svg>",
      "<svg><![CDATA[]]></svg>",
      "<?xml version=\"1.0\"?><svg/>", "<svg id='a'/>", "<svg id=a/>", "<svg id=\"a<b\"/>",
      "<svg ><g ></svg>", "<svg id=\"a\"id=\"b\"/>", "<svg/ >", "<svg><g/", "<svg id=\"",
    ])
  func refused(_ text: String) {
    #expect(CheckedSVG(Array(text.utf8)) == nil)
  }
}
