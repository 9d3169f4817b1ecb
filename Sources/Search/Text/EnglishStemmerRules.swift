extension EnglishStemmer {
  /// A suffix, written as text in the tables.
  struct Suffix: ExpressibleByStringLiteral, Equatable {
    let bytes: [UInt8]
    var count: Int { bytes.count }

    init(stringLiteral text: String) { bytes = Array(text.utf8) }

    static let at: Suffix = "at"
    static let bl: Suffix = "bl"
    static let ed: Suffix = "ed"
    static let edly: Suffix = "edly"
    static let eed: Suffix = "eed"
    static let eedly: Suffix = "eedly"
    static let ied: Suffix = "ied"
    static let ies: Suffix = "ies"
    static let ing: Suffix = "ing"
    static let ingly: Suffix = "ingly"
    static let iz: Suffix = "iz"
    static let s: Suffix = "s"
    static let ss: Suffix = "ss"
    static let sses: Suffix = "sses"
    static let us: Suffix = "us"
  }

  struct Rule {
    enum Condition {
      case always, inSecond
      /// One of these letters stands before the suffix.
      case behind(Set<UInt8>)
    }

    let suffix: [UInt8]
    let replacement: [UInt8]
    let condition: Condition

    init(_ suffix: String, _ replacement: String, _ condition: Condition = .always) {
      self.suffix = Array(suffix.utf8)
      self.replacement = Array(replacement.utf8)
      self.condition = condition
    }
  }

  // In each table a suffix stands before those it ends in.

  static let step2: [Rule] = [
    Rule("ational", "ate"), Rule("tional", "tion"), Rule("enci", "ence"), Rule("anci", "ance"),
    Rule("abli", "able"), Rule("entli", "ent"), Rule("ization", "ize"), Rule("izer", "ize"),
    Rule("ation", "ate"), Rule("ator", "ate"), Rule("alism", "al"), Rule("aliti", "al"),
    Rule("alli", "al"), Rule("fulness", "ful"), Rule("ousli", "ous"), Rule("ousness", "ous"),
    Rule("iveness", "ive"), Rule("iviti", "ive"), Rule("biliti", "ble"), Rule("bli", "ble"),
    Rule("ogi", "og", .behind([.l])), Rule("fulli", "ful"), Rule("lessli", "less"),
    Rule("li", "", .behind([.c, .d, .e, .g, .h, .k, .m, .n, .r, .t])),
  ]

  static let step3: [Rule] = [
    Rule("ational", "ate"), Rule("tional", "tion"), Rule("alize", "al"), Rule("icate", "ic"),
    Rule("iciti", "ic"), Rule("ical", "ic"), Rule("ful", ""), Rule("ness", ""),
    Rule("ative", "", .inSecond),
  ]

  static let step4: [Suffix] = [
    "ement", "ment", "ance", "ence", "able", "ible", "ant", "ent", "ism", "ate", "iti", "ous",
    "ive", "ize", "ion", "al", "er", "ic",
  ]

  static let doubled: Set<UInt8> = [.b, .d, .f, .g, .m, .n, .p, .r, .t]

  /// Words that begin so have their R1 behind it.
  static let prefixes = ["gener", "commun", "arsen"].map { Array($0.utf8) }

  /// Words that are left as the first step leaves them.
  static let finished = Set(
    ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"]
      .map { Array($0.utf8) })

  /// The last letters of the words that `exceptions` has.
  static let endingsOfExceptions: [UInt8] = [.y, .s, .g, .e]

  static let exceptions: [[UInt8]: [UInt8]] = {
    let irregular = [
      "skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie",
      "idly": "idl", "gently": "gentl", "ugly": "ugli", "early": "earli", "only": "onli",
      "singly": "singl",
    ]
    let unchanged = ["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"]
    var exceptions: [[UInt8]: [UInt8]] = [:]
    for (word, stem) in irregular { exceptions[Array(word.utf8)] = Array(stem.utf8) }
    for word in unchanged { exceptions[Array(word.utf8)] = Array(word.utf8) }
    return exceptions
  }()
}

extension UInt8 {
  static var a: UInt8 { 0x61 }
  static var b: UInt8 { 0x62 }
  static var c: UInt8 { 0x63 }
  static var d: UInt8 { 0x64 }
  static var e: UInt8 { 0x65 }
  static var f: UInt8 { 0x66 }
  static var g: UInt8 { 0x67 }
  static var h: UInt8 { 0x68 }
  static var i: UInt8 { 0x69 }
  static var k: UInt8 { 0x6B }
  static var l: UInt8 { 0x6C }
  static var m: UInt8 { 0x6D }
  static var n: UInt8 { 0x6E }
  static var o: UInt8 { 0x6F }
  static var p: UInt8 { 0x70 }
  static var r: UInt8 { 0x72 }
  static var s: UInt8 { 0x73 }
  static var t: UInt8 { 0x74 }
  static var u: UInt8 { 0x75 }
  static var w: UInt8 { 0x77 }
  static var x: UInt8 { 0x78 }
  static var y: UInt8 { 0x79 }
  static var z: UInt8 { 0x7A }
  static var consonantalY: UInt8 { 0x59 }
}
