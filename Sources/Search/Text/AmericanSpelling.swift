/// Spells English words as Americans do: “harbour” and “harbor”, “organise” and “organize” are
/// searched for as one word.
///
/// A rule may make a word that nobody writes, as long as it makes it of no two words that differ
/// in meaning: both texts and queries are spelt so. Doubled consonants (“travelled”, “enrolment”)
/// are left to the stemmer.
enum AmericanSpelling {
  /// The spelling of a folded word; a word with anything but ASCII letters is left as it is.
  static func spelling(of word: [UInt8]) -> [UInt8] {
    guard (4...24).contains(word.count), word.allSatisfy({ 0x61...0x7A ~= $0 }) else { return word }
    if let known = words[word] { return known }
    var spelling = word
    for (british, american) in beginnings where spelling.starts(with: british) {
      spelling.replaceSubrange(..<british.count, with: american)
      break
    }
    replaceOur(in: &spelling)
    replaceIse(in: &spelling)
    replaceEndings(of: &spelling)
    return spelling
  }

  /// “colour” → “color”, anywhere in the word.
  private static func replaceOur(in word: inout [UInt8]) {
    guard let place = word.place(of: [.o, .u, .r]), place >= 2 else { return }
    let before = word[..<place]
    if our.contains(where: { before.hasSuffix($0) }) || before.elementsEqual("od".utf8) {
      word.remove(at: place + 1)
    }
  }

  /// The letters before the “our” that Americans write as “or”.
  private static let our = list(
    """
    arb ard arm behavi cand clam col demean enam endeav fav ferv flav glam harb hon hum lab neighb
    parl ranc rig rum sav savi splend succ tum val vap vig
    """)

  /// “organise” → “organize”, but “advise”; “analyze” → “analyse”, since “analysis” has an s.
  private static func replaceIse(in word: inout [UInt8]) {
    if let place = word.place(of: [.l, .y, .z]) {
      word[place + 2] = .s
      return
    }
    guard let ending = iseEndings.first(where: { word.hasSuffix($0) }) else { return }
    let base = word.dropLast(ending.count)
    guard base.count >= 5, base.hasSuffix([.i, .s]),
      !unchangedIse.contains(where: { base.hasSuffix($0) })
    else { return }
    word[base.count - 1] = .z
  }

  private static let iseEndings = list(
    "ations ational ation ables able ers er ed es ing ings e")

  /// The ends of words that Americans write with an s too: “advise”, “precise”, “surprise”,
  /// “promise”, “premise”, “arise”, “advertise”, “practise”, “treatise”, “chastise”, “merchandise”,
  /// “paradise”, “franchise”, “valise”, “otherwise”, “noise”, “praise”, “disguise”.
  private static let unchangedIse = list(
    "vis ecis ncis xcis rcis pris romis emis urmis nris rtis actis eatis hastis andis adis chis "
      + "valis wis ois ais uis")

  private static func replaceEndings(of word: inout [UInt8]) {
    for (british, american) in endings where word.hasSuffix(british) {
      word.replaceSubrange((word.count - british.count)..., with: american)
      return
    }
  }

  private static let endings = pairs(
    """
    centres:centers centred:centered centring:centering centre:center theatres:theaters
    theatre:theater metres:meters metre:meter litres:liters litre:liter fibres:fibers fibre:fiber
    sabres:sabers sabre:saber lustre:luster calibres:calibers calibre:caliber sombre:somber
    spectres:specters spectre:specter meagre:meager ochre:ocher
    alogues:alogs alogued:aloged aloguing:aloging alogue:alog elogues:elogs elogue:elog
    nologues:nologs nologue:nolog mologues:mologs mologue:molog prologues:prologs prologue:prolog
    epilogues:epilogs epilogue:epilog
    defence:defense defences:defenses defenceless:defenseless offence:offense offences:offenses
    pretence:pretense pretences:pretenses programmes:programs programme:program
    """)

  private static let beginnings = pairs(
    """
    licenc:licens practis:practic manoeuvre:maneuver manoeuvr:maneuver sulph:sulf
    jewell:jewel woollen:woolen counsellor:counselor councillor:councilor fuell:fuel dialled:dialed
    skilful:skillful wilful:willful judgement:judgment acknowledgement:acknowledgment
    archaeolog:archeolog anaesth:anesth paediatr:pediatr orthopaed:orthoped
    encyclopaed:encycloped haem:hem leukaem:leukem anaem:anem oestr:estr diarrhoea:diarrhea
    oesophag:esophag gynaecolog:gynecolog mediaeval:medieval artefact:artifact enquir:inquir
    sceptic:skeptic plough:plow mould:mold aluminium:aluminum pyjama:pajama yoghurt:yogurt
    moustache:mustache
    """)

  /// Words that are spelt as a whole: their beginnings are those of other words.
  private static let words: [[UInt8]: [UInt8]] = Dictionary(
    pairs("grey:gray greys:grays ageing:aging foetus:fetus foetal:fetal cosy:cozy"),
    uniquingKeysWith: { first, _ in first })

  /// How words may begin in texts whose American spelling begins like a stem, if with other letters.
  static func beginnings(ofWordsSpelled stem: [UInt8]) -> [[UInt8]] {
    otherBeginnings.filter { $0.american.elementsEqual(stem.prefix(2)) }.map(\.british)
  }

  private static let otherBeginnings = (beginnings + words.map { ($0, $1) }).compactMap {
    british, american in
    american.prefix(2) == british.prefix(2)
      ? nil : (british: british, american: american.prefix(2))
  }

  private static func list(_ text: String) -> [[UInt8]] {
    text.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
  }

  private static func pairs(_ text: String) -> [([UInt8], [UInt8])] {
    list(text).map { pair in
      let parts = pair.split(separator: UInt8(ascii: ":"))
      return (Array(parts[0]), Array(parts[1]))
    }
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  fileprivate func hasSuffix(_ suffix: [UInt8]) -> Bool {
    count >= suffix.count && self[(endIndex - suffix.count)...].elementsEqual(suffix)
  }

  /// The index of three letters in a row; nil if there are none.
  fileprivate func place(of letters: InlineArray<3, UInt8>) -> Int? {
    guard count >= 3 else { return nil }
    for index in startIndex..<(endIndex - 2)
    where self[index] == letters[0] && self[index + 1] == letters[1]
      && self[index + 2] == letters[2]
    {
      return index
    }
    return nil
  }
}
