import Archive
import HTTP
import Site
import Testing

@Suite("A path is parsed to the resource that it was written from")
struct ResourceTests {
  static let all: [Resource] = {
    guard let slug = Slug("russia-and-the-koreas"), let odd = Slug("pdf") else { return [] }
    let formats: [CitationFormat] = [.ris, .csl, .jsonLD, .linkset]
    return Resource.samples + formats.map { .citation(slug, $0) } + [
      .publication(odd), .citation(odd, .jsonLD),
    ]
  }()

  @Test(arguments: all) func roundTrip(_ resource: Resource) {
    #expect(Resource(path: resource.path) == resource)
  }

  @Test func noTwoShareAPath() {
    #expect(Set(Self.all.map(\.path)).count == Self.all.count)
  }

  @Test(
    arguments: [
      "", "publications", "//", "/publications/", "/publications/Upper", "/publications/a--b",
      "/publications/a.txt", "/publications/a/text/", "/publications/.cover.svg", "/authors/A",
      "/licences/a", "/types/a", "/authors/a/b",
      "/publications/.pdf", "/publications/a/b", "/publications/../staff",
      "/publications/%2e%2e", "/health/", "/health/dead", "/public/a/b", "/public",
      "/subscribe/confirm/", "/subscribe/confirm/short", "/unsubscribe/a.b.c.d.e.f.g.h.i",
      "/staff/", "/staff/unknown", "/staff/publications/a/unknown", "/staff/sign-in/x",
      "/api", "/api/other", "/home", "/robots.txt/",
      "/sitemap-0.xml", "/sitemap-01.xml", "/sitemap-+1.xml", "/sitemap-.xml", "/oai/",
    ])
  func nothingStandsAt(_ path: String) {
    #expect(Resource(path: path) == nil)
  }

  @Test(
    "An address with a slip in it leads to the page that is meant",
    arguments: [
      ("/publications/slug.", "/publications/slug"), ("/publications/slug,", "/publications/slug"),
      ("/publications/slug)", "/publications/slug"), ("/publications/slug;", "/publications/slug"),
      ("/publications/slug).", "/publications/slug"),
      ("/publications/slug%22%3E", "/publications/slug"),
      ("/publications/slug%E2%80%9D.", "/publications/slug"),
      ("/publications/Slug", "/publications/slug"), ("/Publications/SLUG/", "/publications/slug"),
      ("/publications/slug.pdf.", "/publications/slug.pdf"),
      ("/publications/SLUG.PDF)", "/publications/slug.pdf"),
      ("/publications/slug/text.", "/publications/slug/text"),
      ("/publications/slug.bib,", "/publications/slug.bib"),
      ("/publications/sl%75g", "/publications/slug"), ("/Search", "/search"),
      ("/authors/", "/authors"), ("/.", "/"),
      ("/publications/no_slug", nil), ("/publications/a--b.", nil), ("/nowhere.", nil),
      ("/Staff", nil), ("/Unsubscribe/c2FtcGxlLXRva2VuLWZvci10ZXN0cw", nil),
      ("//evil.example", nil),
    ] as [(String, String?)])
  func slip(in path: String, isMendedTo expected: String?) throws {
    #expect(Resource(misspelled: path)?.path == expected)
    guard let expected, Resource(path: path) == nil else { return }
    let answer = try TestSite().get(path + "?page=2")
    #expect(answer.status == .movedPermanently)
    #expect(answer.fields["Location"] == expected + "?page=2")
  }
}
