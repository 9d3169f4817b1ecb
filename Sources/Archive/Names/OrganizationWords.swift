/// Words by which the name of an organization is told from a person's.
enum OrganizationWords {
  /// Whether a name of several words is an organization's, which citations must not divide.
  ///
  /// - Parameters:
  ///   - name: A clean line.
  ///   - isPersonLikely: Whether “Jr.” or a degree says that it is a person's: then a word such as
  ///     “bank” is taken for a family name.
  /// - Returns: Whether it is one.
  static func isName(_ name: String, isPersonLikely: Bool) -> Bool {
    let words = name.unicodeScalars.split {
      $0 == " " || $0 == "," || $0 == "/" || $0 == "(" || $0 == ")"
    }.map { String($0) }
    guard let opening = words.first, let closing = words.last, words.count > 1 else { return true }
    for (index, word) in words.enumerated() {
      // A person's name has these in capitals or not at all.
      if joining.contains(word) { return true }
      let key = NameParts.key(word)
      if always.contains(key) { return true }
      if !isPersonLikely, anywhere.contains(key) || (index == 0 && first.contains(key)) {
        // “A.B.” are initials, and “Ab” is a given name.
        if !NameParts.isInitials(word[...]) { return true }
      }
      // “Group of 77”, “Working Group 2”; but “Nyberg, 3rd”.
      if word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
      // “Universitätsbibliothek Graz”: kinds that stand inside a compound.
      if word.utf8.count > 8, hasCompound(word.lowercased()) { return true }
    }
    return isPersonLikely ? false : isCompany(closing) || isAcronym(opening, before: closing)
  }

  /// Whether the last word is the legal form of a company.
  private static func isCompany(_ word: String) -> Bool {
    companyForms.contains(NameParts.key(word)) || writtenCompanyForms.contains(word)
  }

  /// Whether a name begins with an acronym and goes on as no person's does.
  ///
  /// “U.S. Navy”, “M.I.T. Press” and “BBC News” do, “A.B. Lee” does not.
  private static func isAcronym(_ opening: String, before closing: String) -> Bool {
    let letters = opening.filter { $0 != "." }
    let isDotted = letters.count >= 2 && NameParts.isInitials(opening[...])
    guard isDotted || (letters == opening && NameParts.isInCapitals(opening)) else { return false }
    if states.contains(letters), !isDotted || statesAlways.contains(letters) { return true }
    return behindAcronym.contains(NameParts.key(closing))
  }

  private static func hasCompound(_ word: String) -> Bool {
    guard word.count > 8 else { return false }
    let bytes = Array(word.utf8)
    return compounds.contains { compound in
      bytes.indices.contains { bytes[$0...].starts(with: compound) }
    }
  }

  /// States and unions; where full stops stand between the letters, those that are hardly ever a
  /// person's initials.
  private static let states: Set<String> = ["US", "USA", "UN", "EU", "UK", "USSR", "UAE"]
  private static let statesAlways: Set<String> = ["US", "USA", "UN", "EU", "USSR", "UAE"]

  /// Last words of organizations whose names begin with an acronym; alone they may be family names.
  private static let behindAcronym: Set<String> = [
    "africa", "america", "asia", "books", "broadcasting", "chamber", "children", "command", "corps",
    "court", "edition", "editions", "energy", "engineering", "europe", "fellows", "finance",
    "force", "global", "guard", "insurance", "intelligence", "journal", "lab", "labs", "magazine",
    "marine", "marines", "media", "mint", "motors", "news", "oil", "parliament", "police", "post",
    "press", "publications", "publishers", "radio", "records", "review", "scientists", "security",
    "software", "state", "steel", "survey", "systems", "technologies", "technology", "television",
    "times", "tv", "women",
  ]

  /// Legal forms, also where full stops stand between their letters.
  private static let companyForms: Set<String> = [
    "corp", "gmbh", "inc", "llc", "llp", "ltd", "plc", "pty", "sarl", "srl",
  ]
  /// Legal forms that are names or initials when they are written otherwise.
  private static let writtenCompanyForms: Set<String> = [
    "AB", "AG", "AS", "ASA", "A/S", "BV", "B.V.", "Co.", "KG", "NV", "N.V.", "Oy", "Oyj", "SA",
    "S.A.", "SpA", "S.p.A.",
  ]

  /// Words that no person's name has.
  private static let always: Set<String> = [
    "airlines", "airways", "army", "laboratories", "marines", "ministries", "navy", "parliamentary",
    "publishers", "publishing", "railways", "republic", "technologies", "universities",
  ]

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
    "fund", "government", "group", "headquarters", "initiative", "inspectorate",
    "institute", "institutes", "institution", "international", "laboratory", "league", "library",
    "ministry", "mission", "movement", "museum", "nations", "network", "observatory",
    "office",
    "organisation", "organization", "parliament", "partners", "partnership", "programme",
    "program", "project", "research", "school", "secretariat", "section", "senate", "service",
    "services", "society", "staff", "studies", "subcommittee", "task", "taskforce", "team",
    "treasury", "tribunal", "trust", "union", "unit", "university", "watch", "editors", "authors",
    "contributors", "consulting", "consultants", "universität", "université",
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
