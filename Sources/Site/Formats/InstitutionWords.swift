/// Words by which the name of an institution is told from a person's.
enum InstitutionWords {
  /// Whether a name is an institution's, which citations must not divide.
  static func name(_ name: String) -> Bool {
    let words = name.unicodeScalars.split {
      $0.isSpace || $0 == "," || $0 == "/" || $0 == "(" || $0 == ")"
    }
    guard words.count > 1 else { return true }
    for (index, word) in words.enumerated() {
      let text = String(word)
      // A person's name has these in capitals or not at all.
      if joining.contains(text) { return true }
      let key = AuthorName.key(text)
      if index == 0, first.contains(key) { return true }
      if anywhere.contains(key) { return true }
      // “Group of 77”, “Working Group 2”; but “Nyberg, 3rd”.
      if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
      // “Universitätsbibliothek Graz”: kinds that stand inside a compound.
      if text.utf8.count > 8, hasCompound(text.lowerCased) { return true }
    }
    return false
  }

  private static func hasCompound(_ word: String) -> Bool {
    guard word.count > 8 else { return false }
    let octets = Array(word.utf8)
    return compounds.contains { compound in
      octets.indices.contains { octets[$0...].starts(with: compound) }
    }
  }

  private static let joining: Set<String> = [
    "&", "the", "och", "för", "für", "pour", "sans",
    "para", "por", "per", "voor", "og", "et", "und", "aux", "on", "with", "at",
  ]

  private static let first: Set<String> = [
    "the", "world", "united", "national", "international", "european", "royal", "federal",
    "american",
    "asian", "african", "global", "central", "ministry", "office",
  ]

  private static let anywhere: Set<String> = [
    "of", "for", "and", "against", "without",
    "academy", "administration", "agency", "alliance", "association", "assembly", "authority",
    "bank",
    "bureau", "cabinet", "center", "centers", "centre", "centres", "chamber", "chancellery",
    "college",
    "commission", "committee", "community", "company", "confederation", "conference", "congress",
    "consortium", "cooperation", "corporation", "council", "delegation", "department",
    "directorate",
    "division", "embassy", "enterprise", "faculty", "federation", "forces", "forum", "foundation",
    "fund", "government", "gmbh", "group", "headquarters", "inc", "initiative", "inspectorate",
    "institute", "institutes", "institution", "international", "laboratory", "league", "library",
    "llc",
    "ltd", "ministry", "mission", "movement", "museum", "nations", "network", "observatory",
    "office",
    "organisation", "organization", "parliament", "partners", "partnership", "plc", "programme",
    "program", "project", "research", "school", "secretariat", "section", "senate", "service",
    "services", "society", "staff", "studies", "subcommittee", "task", "taskforce", "team",
    "treasury", "tribunal", "trust", "union", "unit", "university", "watch", "editors", "authors",
    "contributors", "consulting", "consultants", "ab", "ag", "universität", "université",
    "universidad", "universidade", "università", "universitet", "universitetet", "universiteit",
    "institut", "institutet", "instituut", "instituto", "istituto", "ministerium", "ministère",
    "ministerio", "ministerie", "departement", "département", "departamento", "kommission",
    "kommissionen", "comisión", "comissão", "commissione", "centro", "centrum", "zentrum",
    "centret",
    "stiftung", "stiftelse", "stiftelsen", "fondation", "fundación", "fundação", "fondazione",
    "verket", "myndigheten", "rådet", "nämnden", "förbundet", "föreningen", "société", "sociedad",
    "gesellschaft", "verein", "verband", "akademie", "académie", "academia", "akademin", "academie",
    "banco", "banque", "conseil", "consejo", "consiglio", "organisation", "organización",
    "asociación", "associação", "associazione", "bundesamt", "bundesministerium", "amt", "behörde",
  ]

  private static let compounds: [[UInt8]] = [
    "universität", "ministerium", "institut", "departement", "myndighet", "styrelsen", "verket",
    "bibliothek", "bibliotek", "gesellschaft", "stiftung", "kommission", "universitet",
  ].map { Array($0.utf8) }
}
