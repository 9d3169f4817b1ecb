/// Words that tell the parts of a person's name apart; in lower case without full stops, where
/// nothing else is said.
enum NameLists {
  static let particles: Set<String> = [
    "van", "von", "vom", "der", "den", "dem", "des", "de", "del", "della", "delle", "dei", "degli",
    "di", "da", "dal", "do", "dos", "das", "du", "d’", "d'", "la", "las", "le", "les", "lo", "los",
    "el", "al", "bin", "ibn", "ben", "bint", "abu", "af", "av", "im", "zu", "zum", "zur", "ten",
    "ter", "te", "'t", "’t", "op", "ash", "ad", "el-", "al-",
  ]

  /// As they are written.
  static let capitalizedParticles: Set<String> = [
    "Van", "Von", "Vom", "Der", "De", "Del", "Della", "Di", "Da", "Dos", "Du", "La", "Le", "Al",
    "El", "Bin", "Ibn", "Ben", "Bint", "Abu", "Ter", "Ten", "St.",
  ]

  static let conjunctions: Set<String> = ["y", "e", "i"]

  /// Names that begin so have no part before a family name.
  static let wholeBeginnings: Set<String> = [
    "ibn", "bint", "umm",
  ]

  /// Before a single name.
  static let rulers: Set<String> = ["pope", "queen", "emperor", "empress"]

  /// “María del Carmen”: what such a given name begins with, is linked by and ends with.
  static let compoundGivenFirsts: Set<String> = [
    "maria", "maría", "mª", "m.ª", "ma.", "jose", "josé", "ana", "rosa", "luz", "juan", "angel",
    "ángel", "blanca", "nuria",
  ]
  static let compoundGivenLinks: Set<String> = ["de", "del", "da", "do", "dos", "das"]
  static let compoundGivenEnds: Set<String> = [
    "carmen", "carmo", "pilar", "rosario", "mar", "angeles", "ángeles", "angel", "ángel", "dolores",
    "mercedes", "luz", "concepcion", "concepción", "conceição", "conceicao", "lourdes", "lurdes",
    "fatima", "fátima", "jesus", "jesús", "socorro", "consuelo", "refugio", "rocio", "rocío", "sol",
    "milagros", "nieves", "angustias", "remedios", "soledad", "paz", "gracia", "graça", "graca",
    "céu", "ceu", "anjos", "dores", "dios", "deus", "guadalupe", "montserrat", "belen", "belén",
    "amparo", "esperanza", "salud", "fé", "fe", "nazaré", "nazaret", "monte", "valle",
  ]

  /// Where one of these stands, “Van” and “Le” are names themselves.
  static let vietnameseFamilies: Set<String> = [
    "nguyen", "nguyễn", "tran", "trần", "pham", "phạm", "hoang", "hoàng", "phan", "vu", "vũ",
    "dang", "đặng", "bui", "bùi", "ngo", "ngô", "duong", "dương", "huynh", "huỳnh", "truong",
    "trương", "dinh", "đinh", "trinh", "trịnh", "thi", "thị",
  ]

  static let suffixes: Set<String> = [
    "jr", "sr", "jnr", "snr", "junior", "senior", "2nd", "3rd", "4th",
  ]
  static let numerals: Set<String> = ["ii", "iii", "iv", "vi", "vii", "viii"]
  static let sameSuffix = [
    "jnr": "jr", "junior": "jr", "snr": "sr", "senior": "sr", "2nd": "ii", "3rd": "iii",
    "4th": "iv",
  ]

  static let titles: Set<String> = [
    "dr", "prof", "professor", "doctor", "mr", "mrs", "ms", "sir", "dame", "hon",
  ]
  /// Titles only with the full stop of their abbreviation.
  static let dottedTitles: Set<String> = [
    "rev", "lt", "col", "gen", "maj", "capt", "cpt", "adm", "amb", "sen", "rep", "gov", "sgt",
    "cmdr", "brig", "ing", "dipl", "mag", "lic",
  ]

  static let degrees: Set<String> = [
    "phd", "dphil", "mphil", "msc", "bsc", "dsc", "scd", "llm", "llb", "mba", "mpa", "mph", "edd",
    "psyd", "pharmd", "drph", "mfa", "esq", "ret", "(ret)", "obe", "cbe", "mbe", "kbe",
  ]
  /// Degrees that are names as well, unless they are in capitals or have full stops.
  static let shortDegrees: Set<String> = [
    "md", "ma", "jd", "ba", "bs", "ms", "rn", "pe", "sj", "op", "osb", "frs", "dds", "dvm", "cpa",
    "facs", "usn", "usa", "usaf", "usmc",
  ]
}
