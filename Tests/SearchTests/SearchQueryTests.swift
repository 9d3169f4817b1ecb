import Search
import Testing

@Suite("Whatever is typed is read as words, phrases, fields and limits")
struct SearchQueryTests {
  /// A query in a form in which tests read well: `+` required, `-` excluded, `|` alternatives.
  private func outline(_ query: SearchQuery) -> String {
    query.clauses.map { clause in
      (clause.isExcluded ? "-" : clause.isRequired ? "+" : "")
        + (clause.field.map { "\($0.rawValue):" } ?? "")
        + clause.alternatives.map { words in
          words.map { $0.text + ($0.isPrefix ? "*" : "") }.joined(separator: "_")
        }.joined(separator: "|")
    }.joined(separator: " ")
  }

  @Test(
    arguments: [
      ("Harbours", "harbours"), ("the harbours of Norway", "harbours norway"),
      ("the of", "the of"), ("\"climate change\" policy", "+climate_change policy"),
      ("\u{201C}climate change\u{201D}", "+climate_change"),
      ("\"climate change policy", "climate change policy"),
      ("\"climate\" policy", "climate policy"),
      ("\"to be or not\"", "+to_be_or_not"), ("port port", "port port"),
      ("NEAR(port, quay) AND * ^x", "near port quay x"), ("Säkerhet SAKERHET", "sakerhet sakerhet"),
      ("Øresund straße ﬁnance", "oresund strasse finance"), ("suffi cient", "suffi cient"),
      ("北京大学", "北京 京大 大学"), ("ｶﾞ", "カ*"), ("法", "法*"), ("法律", "法律"),
      ("한국 経済", "한국 经济"), ("l'énergie", "lenergie"),
      ("korea OR japan trade", "korea|japan trade"), ("OR korea OR", "korea"), ("a or b", "b"),
      ("\"new york\" OR \"los angeles\"", "+new_york|los_angeles"),
      ("\"new york\" OR boston", "new_york|boston"),
      ("korea -japan", "korea -japan"), ("korea -\"north korea\"", "korea -north_korea"),
      ("korea - japan", "korea japan"), ("co-operation", "co operation"), ("--japan -", "japan"),
      ("harb*", "harb*"), ("*", ""), ("title:ports trade", "+title:ports trade"),
      ("author:\"Anna Berg\"", "+author:anna_berg"), ("author:O'Brien", "+author:obrien"),
      ("«climate change»", "+climate_change"), ("‹climate change› x", "+climate_change x"),
      ("„climate change“", "+climate_change"), ("”climate change”", "+climate_change"),
      ("»climate change«", "+climate_change"), ("「北京大学」", "+北京_京大_大学"),
      ("title:«climate change»", "+title:climate_change"), ("«climate \"change", "climate change"),
      ("2,500,000 tons", "2500000 tons"), ("2 500 000 tons", "2500000 tons"),
      ("2010 500", "2010 500"), ("U.S.A. U.S. US", "usa u.s u.s"),
      ("C++ and C# (.NET)", "c++ c# .net"),
      ("10.1000/182", "+10.1000_182"), ("doi:10.1000%2F182", "+10.1000_182"),
      ("topic:trade -title:war", "+topic:trade -title:war"), ("title:\"", "title"),
      ("title: ports", "title ports"), ("colour:red", "colour red"), ("year:soon", "year soon"),
      ("type:poem", "type poem"), ("http://example.org", "http example org"),
      ("", ""), ("\"*()-:^{}\"", ""), ("\0\u{1}", ""), ("🌍", ""),
    ])
  func reads(_ text: String, _ expected: String) {
    let query = SearchQuery(text)
    #expect(outline(query) == expected)
    #expect(query.isEmpty == expected.isEmpty)
  }

  @Test(
    arguments: [
      ("year:2010", 2010...2010), ("year:2008..2012 korea", 2008...2012),
      ("year:2008..", 2008...9999),
      ("year:..2012", 0...2012), ("year:2008-2012", 2008...2012), ("year:2008–2012 x", 2008...2012),
      ("year:2008-", 2008...9999), ("year:-2012", 0...2012), ("year:-", nil),
      ("year:2012..2008", nil), ("year:..", nil), ("year:20100", nil),
      ("year:99999999999999999999", nil), ("-year:2010", nil),
    ] as [(String, ClosedRange<Int>?)])
  func years(_ text: String, _ expected: ClosedRange<Int>?) {
    #expect(SearchQuery(text).years == expected)
  }

  @Test func limits() {
    let query = SearchQuery("type:policy-paper type:\"working paper\" lang:EN language:pt-br")
    #expect(query.types == ["policy-paper", "working-paper"])
    #expect(query.languages == ["en", "pt-br"])
    #expect(query.clauses.isEmpty && !query.isEmpty)
  }

  @Test func wordsThatMayBeASubjectAreNoFraming() {
    let query = SearchQuery(
      "I would like to find articles about the use of information in reports on public libraries")
    #expect(outline(query) == "use information reports public libraries")
  }

  @Test func aQuestionIsReadWithoutItsFraming() {
    let query = SearchQuery(
      "I am interested in papers that describe how ports are dredged in winter and in summer")
    #expect(outline(query) == "ports dredged winter summer")
    #expect(outline(SearchQuery("papers on ports")) == "papers ports")
  }

  @Test(
    arguments: [
      ("the of", true), ("what is it", true), ("the harbour", false), ("\"to be\"", false),
      ("", true), ("-japan", true),
    ])
  func saysLittle(_ text: String, _ expected: Bool) {
    #expect(SearchQuery(text).saysLittle == expected)
  }

  @Test func whatIsReadOfAQueryIsBounded() {
    for text in ["harbour ", "\"a b\" ", "-a ", "title:x ", "\"", "a OR ", "北京大学", "a* "] {
      let query = SearchQuery(String(repeating: text, count: 20_000))
      #expect(query.text.utf8.count <= SearchQuery.longestText)
      let words = query.clauses.flatMap(\.alternatives).joined()
      #expect(words.count <= SearchQuery.mostWords + 1)
      let demanding = query.clauses.filter { clause in
        clause.isRequired || clause.isExcluded
          || clause.alternatives.joined().contains(where: \.isPrefix)
      }
      let count = demanding.flatMap(\.alternatives).joined().count
      #expect(count <= SearchQuery.mostDemandingWords + 1)
    }
  }

  @Test func aPhraseThatIsCutOffIsNoPhrase() {
    let words = (1..<SearchQuery.mostDemandingWords).map { "-w\($0)" }.joined(separator: " ")
    #expect(SearchQuery("\(words) \"one two three\"").clauses.allSatisfy { !$0.isRequired })
    #expect(SearchQuery("a \"one two three\"").clauses.contains { $0.isRequired })
  }

  @Test(
    arguments: [
      ("caresses", "caress"), ("ties", "tie"), ("cries", "cri"), ("gas", "gas"), ("this", "this"),
      ("gaps", "gap"), ("kiwis", "kiwi"), ("agreed", "agre"), ("feed", "feed"),
      ("hopping", "hop"), ("hoping", "hope"), ("luxuriated", "luxuri"), ("sky", "sky"),
      ("skies", "sky"), ("dying", "die"), ("news", "news"), ("inning", "inning"),
      ("proceeds", "proceed"), ("national", "nation"), ("nationally", "nation"),
      ("generations", "generat"), ("general", "general"), ("communism", "communism"),
      ("arsenal", "arsenal"), ("policies", "polici"), ("policy", "polici"),
      ("consistency", "consist"), ("knightly", "knight"), ("hopefulness", "hope"),
      ("relational", "relat"), ("digitizer", "digit"), ("conformably", "conform"),
      ("geology", "geolog"), ("adoption", "adopt"), ("triplicate", "triplic"), ("say", "say"),
      ("by", "by"), ("happy", "happi"), ("enjoy", "enjoy"), ("controlled", "control"),
      ("rate", "rate"), ("cease", "ceas"), ("yearly", "year"), ("a", "a"), ("2010s", "2010s"),
      ("running", "run"), ("falling", "fall"), ("employment", "employ"), ("possibly", "possibl"),
    ])
  func stem(_ word: String, _ expected: String) {
    #expect(String(decoding: EnglishStemmer.stem(Array(word.utf8)), as: UTF8.self) == expected)
  }

  @Test func everyShortWordHasAStem() {
    let letters = Array("aeysingdlto".utf8)
    for first in letters {
      for second in letters {
        for third in letters {
          for fourth in letters {
            let stem = EnglishStemmer.stem([first, second, third, fourth])
            #expect(!stem.isEmpty && stem.count <= 5)
          }
        }
      }
    }
  }
}

extension SearchQuery {
  fileprivate init(_ text: String) { self.init(text, types: ["policy-paper", "working-paper"]) }
}
