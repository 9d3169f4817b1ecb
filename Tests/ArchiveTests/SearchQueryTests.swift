import Archive
import Testing

@Suite("Whatever is typed is read as words and phrases")
struct SearchQueryTests {
  @Test(
    arguments: [
      ("Harbours", ["harbour"], []),
      ("the harbours of Norway", ["harbour", "norway"], []),
      ("the of", ["the", "of"], []),
      ("\"climate change\" policy", ["polici"], [["climat", "chang"]]),
      ("\u{201C}climate change\u{201D}", [], [["climat", "chang"]]),
      ("\"climate change policy", ["climat", "chang", "polici"], []),
      ("\"climate\" policy", ["climat", "polici"], []),
      ("\"to be or not\"", [], [["to", "be", "or", "not"]]),
      ("port port", ["port", "port"], []),
      ("NEAR(port, quay) AND * ^x -y title:z", ["near", "port", "quay", "x", "titl", "z"], []),
      ("Säkerhet SAKERHET", ["sakerhet", "sakerhet"], []),
      ("Øresund straße ﬁnance", ["oresund", "strass", "financ"], []),
      ("suffi cient", ["suffi", "cient", "suffici"], []),
      ("北京大学", ["北京", "京大", "大学"], []),
      ("ｶﾞ", ["カ"], []),
      ("한국 経済", ["한국", "経済"], []),
      ("l'énergie", ["energi"], []),
      ("", [], []), ("\"*()-:^{}\"", [], []), ("\0\u{1}", [], []), ("🌍", [], []),
    ] as [(String, [String], [[String]])])
  func reads(_ text: String, _ words: [String], _ phrases: [[String]]) {
    let query = SearchQuery(text)
    #expect(query.words.map(\.stem) == words)
    #expect(query.phrases.map { $0.map(\.stem) } == phrases)
    #expect(query.isEmpty == (words.isEmpty && phrases.isEmpty))
  }

  @Test func aSingleIdeographAsksForWhatBeginsWithIt() {
    #expect(SearchQuery("法").words.map(\.isPrefix) == [true])
    #expect(SearchQuery("法律").words.map(\.isPrefix) == [false])
    #expect(SearchQuery("x").words.map(\.isPrefix) == [false])
  }

  @Test(
    arguments: [
      ("the of", true), ("what is it", true), ("the harbour", false), ("\"to be\"", false),
      ("", true),
    ])
  func saysLittle(_ text: String, _ expected: Bool) {
    #expect(SearchQuery(text).saysLittle == expected)
  }

  @Test func whatIsReadOfAQueryIsBounded() {
    let query = SearchQuery(String(repeating: "harbour ", count: 20_000))
    #expect(query.text.utf8.count <= SearchQuery.longestText)
    #expect(query.words.count <= 80)
    let quoted = SearchQuery(String(repeating: "\"a b\" ", count: 20_000))
    #expect(quoted.phrases.joined().count <= 80)
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
