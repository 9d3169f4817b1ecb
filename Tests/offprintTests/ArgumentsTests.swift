import Testing

@testable import offprint

@Suite("A command line is parsed into options, values and words")
struct ArgumentsTests {
  @Test func optionsStandAnywhere() throws {
    var arguments = Arguments(["a.jsonl", "--files", "pdfs", "--dry-run"])
    #expect(arguments.flag("--dry-run") == true)
    #expect(arguments.flag("--json") == false)
    #expect(try arguments.value(of: "--files") == "pdfs")
    #expect(try arguments.word("CATALOGUE") == "a.jsonl")
    try arguments.finish()
  }

  @Test func valueBehindEqualsSign() throws {
    var arguments = Arguments(["--files=a=b"])
    #expect(try arguments.value(of: "--files") == "a=b")
    try arguments.finish()
  }

  @Test func wordsAfterTwoHyphensAreNoOptions() throws {
    var arguments = Arguments(["--json", "korea", "--", "-north", "--json"])
    #expect(arguments.flag("--json") == true)
    #expect(try arguments.remainingWords("QUERY") == ["korea", "-north", "--json"])
    try arguments.finish()
  }

  @Test func singleHyphenIsAWord() throws {
    var arguments = Arguments(["-"])
    #expect(try arguments.word("FILE") == "-")
    try arguments.finish()
  }

  @Test(
    arguments: [
      (["--roel", "editor"], UsageError.unknownOption("--roel", nearest: "--role")),
      (["-x", "anna"], .unknownOption("-x", nearest: nil)),
      (["--role=a", "--role", "b"], .repeatedOption("--role")),
      (["anna", "--role"], .missingValue(option: "--role")),
      (["--role", "--json"], .missingValue(option: "--role")),
      (["--role", "editor"], .missingWord("NAME")),
      (["anna", "bertil"], .unexpectedWord("bertil")),
    ])
  func wrong(_ words: [String], is expected: UsageError) {
    #expect(throws: expected) {
      var arguments = Arguments(words)
      _ = try arguments.value(of: "--role")
      _ = try arguments.word("NAME")
      try arguments.finish()
    }
  }
}
