import HTTP
import Testing

@Suite("Accept-Encoding chooses by weights (RFC 9110 §12.5.3, §12.4.2)")
struct AcceptEncodingTests {
  @Test(
    arguments: [
      ("", .identity), ("gzip", .gzip), ("GZIP", .gzip), ("x-gzip", .gzip), ("br", .identity),
      ("gzip, deflate, br, zstd", .gzip), ("deflate,gzip;q=1.0,*;q=0.5", .gzip), ("*", .gzip),
      ("*;q=0.1", .gzip), ("*;q=0", nil), ("identity;q=0", nil), ("identity;q=0, gzip", .gzip),
      ("identity;q=0, *", .gzip), ("identity, *;q=0", .identity), ("gzip;q=0", .identity),
      ("gzip;q=0, *", .identity), ("gzip;q=0, identity;q=0", nil), ("gzip;q=0, *;q=0", nil),
      ("gzip;q=0.5, identity", .identity), ("gzip;q=0.5, identity;q=0.4", .gzip),
      ("gzip;q=0.5", .gzip), ("gzip;q=0.001", .gzip), ("gzip;q=0.000", .identity),
      ("gzip ; q=0.8", .gzip), ("gzip;Q=0", .identity), ("gzip;q=1.000", .gzip),
      ("gzip;q=1.001", .identity), ("gzip;q=2", .identity), ("gzip;q=0.1234", .identity),
      ("gzip;q=", .identity), ("gzip;q=a", .identity), ("gzip;q=-1", .identity),
      ("gzip;q", .identity),
      ("gzip;q=0.", .identity), ("gzip;q=1.", .gzip), ("gzip;x=1", .identity), (",,gzip,,", .gzip),
      ("gzip gzip", .identity), ("\"gzip\"", .identity), (";", .identity),
      ("gzip, gzip;q=0", .gzip),
    ] as [(String, ContentCoding?)])
  func field(_ value: String, chooses expected: ContentCoding?) {
    var accepted = AcceptEncoding()
    accepted.add(value.utf8.span, 0..<value.utf8.count)
    #expect(accepted.preferred == expected)
  }
}

@Suite("A Range field names bytes of the representation (RFC 9110 §14)")
struct RangeRequestTests {
  @Test(
    arguments: [
      ("bytes=0-9", .part(0..<10)), ("bytes=0-0", .part(0..<1)), ("bytes=99-99", .part(99..<100)),
      ("bytes=90-200", .part(90..<100)), ("bytes=100-", .unsatisfiable),
      ("bytes=50-", .part(50..<100)),
      ("bytes=-5", .part(95..<100)), ("bytes=-100", .part(0..<100)), ("bytes=-101", .part(0..<100)),
      ("bytes=-0", .unsatisfiable), ("bytes=-", .whole), ("bytes=", .whole), ("bytes", .whole),
      ("bytes=9-0", .whole), ("bytes=a-b", .whole), ("bytes=0-9-", .whole), ("bytes=--5", .whole),
      ("bytes=+0-9", .whole), ("bytes=0 - 9", .whole), ("bytes=0x0-9", .whole), ("bytes=5", .whole),
      ("bytes =0-9", .whole), ("lines=0-9", .whole), ("BYTES=0-9", .part(0..<10)),
      ("bytes= 0-9", .part(0..<10)), ("bytes=0-9,", .part(0..<10)), ("bytes=,", .whole),
      ("bytes=0-9223372036854775807", .part(0..<100)),
      ("bytes=0-18446744073709551616", .part(0..<100)),
      ("bytes=9223372036854775807-", .unsatisfiable),
      ("bytes=99999999999999999999-99999999999999999999", .unsatisfiable),
      ("bytes=-99999999999999999999", .part(0..<100)),
      ("bytes=0-9,20-29", .parts([0..<10, 20..<30])),
      ("bytes=20-29, 0-9", .parts([20..<30, 0..<10])),
      ("bytes=0-9,10-19", .parts([0..<10, 10..<20])), ("bytes=0-9,200-", .part(0..<10)),
      ("bytes=200-,300-", .unsatisfiable), ("bytes=0-9,9-0", .whole), ("bytes=0-9;20-29", .whole),
      ("bytes=0-9,5-14", .part(0..<15)), ("bytes=0-9,0-9", .part(0..<10)),
      ("bytes=0-9,40-49,5-14", .parts([0..<15, 40..<50])), ("bytes=0-9,5-14,9-20", .unsatisfiable),
      ("bytes=5-14,0-9,20-29,9-20", .unsatisfiable),
      ("bytes=0-,-1", .part(0..<100)), ("bytes=-5,0-0", .parts([95..<100, 0..<1])),
    ] as [(String, RangeRequest)])
  func field(_ value: String, asks expected: RangeRequest) {
    #expect(RangeRequest(field: value, length: 100) == expected)
  }

  @Test("Too many ranges are refused by their count (RFC 9110 §17.15)")
  func count() {
    func ranges(_ count: Int) -> String {
      "bytes=" + (0..<count).map { "\($0 * 2)-\($0 * 2)" }.joined(separator: ",")
    }
    #expect(
      RangeRequest(field: ranges(32), length: 100)
        == .parts((0..<32).map { $0 * 2..<$0 * 2 + 1 }))
    #expect(RangeRequest(field: ranges(33), length: 100) == .unsatisfiable)
    #expect(RangeRequest(field: ranges(1_000), length: 100) == .unsatisfiable)
  }

  @Test(
    "An empty representation has no part",
    arguments: [
      ("bytes=0-", .unsatisfiable), ("bytes=0-9", .unsatisfiable), ("bytes=-1", .whole),
      ("bytes=-0", .unsatisfiable), ("bytes=-1,-2", .whole),
    ] as [(String, RangeRequest)])
  func empty(_ value: String, asks expected: RangeRequest) {
    #expect(RangeRequest(field: value, length: 0) == expected)
  }

  @Test("Parts are always inside the representation", arguments: 0..<UInt64(10))
  func mutated(seed: UInt64) {
    var dice = Dice(seed: seed)
    let characters = Array("0123456789-, =bytes99")
    for _ in 0..<500 {
      let field =
        "bytes="
        + String(
          (0..<Int.random(in: 0...20, using: &dice)).map { _ in
            characters.randomElement(using: &dice) ?? "-"
          })
      let length = [0, 1, 100, Int.max].randomElement(using: &dice) ?? 0
      switch RangeRequest(field: field, length: length) {
      case .whole, .unsatisfiable: break
      case .part(let range): #expect(!range.isEmpty && range.upperBound <= length)
      case .parts(let ranges):
        #expect(ranges.allSatisfy { !$0.isEmpty && $0.upperBound <= length })
        #expect((2...RangeRequest.limit).contains(ranges.count))
      }
    }
  }
}

@Suite("Dates are read in three forms and written in one (RFC 9110 §5.6.7)")
struct HTTPDateTests {
  /// 2026-07-01.
  static let now: Int64 = 1_782_864_000

  @Test(
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
      ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
      ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Wed Nov 16 08:49:37 1994", 784_975_777),
      ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
      ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
      ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
      ("Tue, 19 Jan 2038 03:14:08 GMT", 2_147_483_648),
      ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
      ("Sat, 01 Jan 0000 00:00:00 GMT", -62_167_219_200),
      ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_799),
      // More than 50 years ahead is past.
      ("Thursday, 31-Dec-76 00:00:00 GMT", 3_376_598_400),
      ("Saturday, 01-Jan-77 00:00:00 GMT", 220_924_800),
    ] as [(String, Int64)])
  func reads(_ text: String, as seconds: Int64) {
    #expect(HTTPDate(text, now: Self.now)?.seconds == seconds)
  }

  @Test(arguments: [
    "", "0", "now", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
    "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
    "Mon, 06 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 +0000", "Sun, 06 Nov 1994 08:49:37",
    "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
    "Sun, 06 Nov 1994 08:49:61 GMT",
    "Sun, 00 Nov 1994 08:49:37 GMT", "Thu, 31 Nov 1994 08:49:37 GMT",
    "Wed, 29 Feb 2023 12:00:00 GMT",
    "Thu, 29 Feb 1900 12:00:00 GMT", "Sun,  6 Nov 1994 08:49:37 GMT",
    "Sun, 06-Nov-1994 08:49:37 GMT",
    "Sunday, 06 Nov 94 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT", "Sun Nov 6 08:49:37 1994",
    "Sun Nov 06 08:49:37 94", "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT ",
    " Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov +994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08.49.37 GMT",
    "Sun, 06 Nov 1994 -8:49:37 GMT", "Sundays, 06-Nov-94 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:3\u{FF17} GMT",
  ])
  func refuses(_ text: String) {
    #expect(HTTPDate(text, now: Self.now) == nil)
  }

  @Test("Each day is read back as it was written", arguments: 0..<Int64(20))
  func roundTrip(part: Int64) {
    let start: Int64 = -62_167_219_200
    for step in Int64(0)..<5_000 {
      let seconds = start + (part * 5_000 + step) * 3_155_695 + step * 7 % 86_400
      let date = HTTPDate(seconds: seconds)
      #expect(HTTPDate(date.description) == date)
    }
  }

  @Test("Dates out of range are clamped")
  func clamped() {
    #expect(HTTPDate(seconds: .max).description == "Fri, 31 Dec 9999 23:59:59 GMT")
    #expect(HTTPDate(seconds: .min).description == "Sat, 01 Jan 0000 00:00:00 GMT")
    let short = "Sunday, 06-Nov-94 08:49:37 GMT"
    #expect(HTTPDate(short, now: .max)?.description == "Sun, 06 Nov 9994 08:49:37 GMT")
    #expect(HTTPDate(short, now: .min) == nil)
  }

  @Test("Mutated dates are refused or dates", arguments: 0..<UInt64(10))
  func mutated(seed: UInt64) {
    var dice = Dice(seed: seed)
    for form in [
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ] {
      for _ in 0..<200 {
        let bytes = MutationTests.mutated(bytes(form), &dice)
        let date = HTTPDate(bytes.span, 0..<bytes.count, now: Self.now)
        if let date { #expect(HTTPDate(date.description) == date) }
      }
    }
  }
}

@Suite("Accept-Language chooses by lookup (RFC 9110 §12.5.4, RFC 4647 §3.4)")
struct AcceptLanguageTests {
  private static let languages = ["en", "de", "ko", "zh-Hant", "pt-BR"]

  @Test(
    arguments: [
      ("", "en"), ("de", "de"), ("DE", "de"), ("fr", "en"), ("ko-KR", "ko"), ("fr, ko", "ko"),
      ("zh-Hant-TW", "zh-Hant"), ("zh-hant-x-taipei", "zh-Hant"), ("zh", "en"), ("zh-Hans", "en"),
      ("pt", "en"), ("pt-br", "pt-BR"), ("de-DE-u-co-phonebk", "de"), ("de-a", "de"),
      ("ko;q=0.5, de;q=0.8", "de"), ("ko;q=0.5, de;q=0.5", "ko"), ("de;q=0, ko;q=0.1", "ko"),
      ("de;q=0", "en"), ("de-AT, de;q=0", "en"), ("*", "en"), ("*, ko;q=0.5", "en"),
      ("ko, *;q=0.5", "ko"), ("en;q=0, *", "de"), ("en;q=0, de;q=0, *;q=0.1", "ko"),
      ("fr;q=1.0, *;q=0", "en"), ("de;q=2, ko", "ko"), ("de;q=a, ko;q=0.1", "ko"), (",,ko,,", "ko"),
      ("ko ; q=0.3", "ko"), ("d3, ko", "ko"), ("verylonglanguage, ko", "ko"), ("-de, ko", "ko"),
      ("de-, ko", "ko"), ("de--AT, ko", "ko"), ("de_AT, ko", "ko"), ("\"de\"", "en"), (";", "en"),
      ("dé, ko", "ko"), ("de AT", "en"), ("*-DE", "en"),
    ])
  func field(_ value: String, chooses expected: String) {
    var accepted = AcceptLanguage()
    accepted.add(value.utf8.span, 0..<value.utf8.count)
    #expect(Self.languages[accepted.choice(of: Self.languages, in: value.utf8.span)] == expected)
  }

  @Test func severalLinesAreOneList() {
    var accepted = AcceptLanguage()
    let lines = "fr, ko;q=0.5\nde;q=0.6"
    accepted.add(lines.utf8.span, 0..<12)
    accepted.add(lines.utf8.span, 13..<21)
    #expect(accepted.choice(of: Self.languages, in: lines.utf8.span) == 1)
  }

  @Test func whatStandsBehindVeryManyIsNotRead() {
    let value = Array(repeating: "fr", count: 10_000).joined(separator: ",") + ",de"
    var accepted = AcceptLanguage()
    accepted.add(value.utf8.span, 0..<value.utf8.count)
    #expect(accepted.choice(of: Self.languages, in: value.utf8.span) == 0)
  }

  @Test func oneLanguageOrNoneLeavesNothingToChoose() {
    var accepted = AcceptLanguage()
    accepted.add("de".utf8.span, 0..<2)
    #expect(accepted.choice(of: [], in: "de".utf8.span) == 0)
    #expect(accepted.choice(of: ["ko"], in: "de".utf8.span) == 0)
  }
}
