import Testing

@testable import offprint

@Suite("An origin of PDFs is an address of plain HTTP, perhaps with a path")
struct FileOriginTests {
  @Test(arguments: ["http://10.0.0.5:8080", "http://store", "http://store:8333/bucket/papers/", ""])
  func good(_ text: String) throws { #expect(Declarations.all.fileOrigin.accepts(text)) }

  @Test(
    arguments: [
      "https://store", "store", "http://", "http://a b", "http://store:x", "http://store/a?b",
    ])
  func bad(_ text: String) { #expect(!Declarations.all.fileOrigin.accepts(text)) }
}

@Suite("Versions of Litestream that lose data are told from others")
struct LitestreamVersionTests {
  @Test(
    arguments: [
      ("0.5.17", false), ("v0.5.17", false), ("0.5.18", false), ("0.6.0", false), ("1.0.0", false),
      ("0.5.16", true), ("0.3.13", true), ("0.5.9-beta1", true), (nil, true),
      ("(development build)", false), ("", false),
    ] as [(String?, Bool)])
  func version(_ version: String?, isOutdated: Bool) {
    #expect(Litestream.isOutdated(version) == isOutdated)
  }
}
