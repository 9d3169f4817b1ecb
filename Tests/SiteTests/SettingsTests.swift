import Archive
import Foundation
import HTTP
import Site
import Testing

@Suite("Administrators change the site on the desk, where the operator has set nothing")
struct SiteSettingsTests {
  let site: TestSite

  init() throws {
    var settings = SiteSettings()
    settings.baseURL = "https://papers.example.org"
    settings.imprint = "Set in the file"
    settings.operatorSet = [.imprint: "offprint.conf:12"]
    site = try TestSite(settings)
    try site.deposit(TestSite.record())
  }

  private static let form = [
    "site-name": "Coastal Studies", "tagline": "Reports on water", "institution": "",
    "accent": "#0055aa", "imprint": "not this", "footer-links": "Privacy /privacy\r\n",
    "language": "sv", "language-en": "yes", "language-sv": "yes",
    "mail-opening.en": "Dear reader", "mail-opening.sv": "", "mail-closing.en": "",
    "mail-closing.sv": "",
  ]

  private func save(
    _ changes: [String: String] = [:], logo: [UInt8]? = nil
  ) throws -> Response {
    let (fields, token) = try site.signIn(isKnown: try site.archive.staff.hasAdministrator())
    return site.upload(
      "/staff/settings", TestSite.form(Self.form, changes) + [("form-token", token)],
      file: logo ?? [], fields, hasFile: logo != nil)
  }

  @Test func changesTakeEffectAtOnce() throws {
    let before = site.site.lastChange(of: 0, at: site.now.secondsSince1970)
    #expect(try save().status == .seeOther)
    let home = site.get("/").text
    for part in [
      "<html lang=\"sv\"", "Coastal Studies", "Reports on water", "href=\"/privacy\">Privacy</a>",
      "Set in the file",
    ] {
      #expect(home.contains(part), "\(part)")
    }
    #expect(!home.contains("not this"))
    #expect(site.site.languages == ["sv", "en"])
    #expect(site.site.lastChange(of: 0, at: site.now.secondsSince1970) > before)
    let style = try #require(home.firstMatch(of: /href="(\/public\/offprint[^"]*css)"/)?.1)
    #expect(site.get(String(style)).text.contains("--accent: #0055aa"))
    #expect(site.get("/publications/russia-and-the-koreas.bib").text.contains("Coastal Studies"))
    let stored = try site.archive.settings.values()
    #expect(stored.texts["imprint"] == nil && stored.texts["mail-opening.en"] == "Dear reader")
    #expect(stored.texts["institution"] == nil)
    let log = try site.archive.staff.auditLog()
    #expect(
      log.items.contains {
        $0.action == .changedSetting && $0.subject == "site-name" && $0.after == "Coastal Studies"
      })
  }

  @Test func aLanguageThatIsNotOfferedIsGone() throws {
    #expect(try save(["language": "en", "language-sv": ""]).status == .seeOther)
    #expect(site.site.languages == ["en"])
    #expect(!site.get("/?lang=sv").text.contains("<html lang=\"sv\""))
  }

  @Test(
    arguments: [
      ("site-name", "", "Enter a name"),
      ("site-name", String(repeating: "n", count: 121), "121 bytes"),
      ("accent", "red", "“red” is not a colour"),
      ("footer-links", "Evil javascript:alert(1)", "Each line needs"),
      ("language", "xx", "Choose one of the languages"),
      ("mail-closing.en", String(repeating: "m", count: 2001), "2,001 bytes"),
    ])
  func badInputIsNamed(_ field: String, _ value: String, _ sentence: String) throws {
    let response = try save([field: value, "tagline": "typed before"])
    #expect(response.status == .unprocessableContent)
    #expect(response.text.contains("href=\"#\(field)\">"))
    #expect(response.text.contains(sentence) && response.text.contains("typed before"))
    #expect(try site.archive.settings.values() == SettingValues())
  }

  private static let svg = """
    <?xml version="1.0"?>
    <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" onload="alert(1)">
    <script>alert(2)</script><metadata><rdf:RDF/></metadata>
    <style>.a { fill: url(https://evil.example/x) }</style>
    <a href="javascript:alert(3)"><path d="M0 0"/></a>
    <use xlink:href="https://evil.example/x.svg#a"/><use href="#a"/>
    <path d="M1 1h8" fill="url(#g)" style="background:url(//evil.example/y)" id="kept &amp; shown"/>
    <foreignObject><body xmlns="http://www.w3.org/1999/xhtml">no</body></foreignObject>
    </svg>
    """

  @Test func aLogoHasNoScript() throws {
    #expect(try save(logo: Array(Self.svg.utf8)).status == .seeOther)
    let logo = try #require(try site.archive.settings.values().logo)
    let text = String(decoding: logo.bytes, as: UTF8.self)
    #expect(text.contains("<path d=\"M1 1h8\" fill=\"url(#g)\" id=\"kept &amp; shown\"/>"))
    #expect(text.contains("<use href=\"#a\"/>"))
    for part in ["script", "alert", "evil", "onload", "foreignObject", "metadata", "<a", "DOCTYPE"]
    {
      #expect(!text.contains(part), "\(part)")
    }
    let source = try #require(
      site.get("/").text.firstMatch(of: /src="(\/public\/site-logo[^"]*)"/)?.1)
    let image = site.get(String(source))
    #expect(image.status == .ok && image.fields["Content-Type"] == "image/svg+xml")
    #expect(try save(["remove-logo": "yes"]).status == .seeOther)
    #expect(try site.archive.settings.values().logo == nil)
  }

  @Test(
    arguments: [
      ("GIF89a", "neither a PNG nor an SVG"), ("<svg><path></svg>", "damaged near line 1"),
      ("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>", "declares entities"),
      ("\u{89}PNG", "neither a PNG"), ("<svg>\n&lol;</svg>", "damaged near line 2"),
      (String(repeating: "<svg>", count: 100), "damaged"),
    ])
  func whatIsNoLogoIsRefused(_ image: String, _ sentence: String) throws {
    let response = try save(logo: Array(image.utf8))
    #expect(response.status == .unprocessableContent)
    #expect(response.text.contains(sentence))
    #expect(try site.archive.settings.values() == SettingValues())
  }

  @Test func onlyAdministratorsAreLetIn() throws {
    let (fields, _) = try site.signIn(as: .editor)
    #expect(site.get("/staff/settings", fields).status == .forbidden)
  }
}
