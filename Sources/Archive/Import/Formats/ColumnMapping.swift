internal import Search

/// Which columns of a table are which fields of a record.
///
/// A column that is not named here is guessed from its header; one that is not recognized is stored
/// with the record under its header.
package struct ColumnMapping: Sendable, Equatable {
  /// What a column is.
  package enum Use: Sendable, Equatable {
    case field(CatalogueField)
    /// Stored with the record under the header.
    case other
    case ignored
  }

  /// By header, in the spelling of the file.
  package var uses: [String: Use]

  package init(_ uses: [String: Use] = [:]) { self.uses = uses }

  /// Parses `Titel=title,Datum=published,Notiz=ignore`.
  ///
  /// - Throws: ``MappingError``
  package init(parsing text: String) throws(MappingError) {
    uses = [:]
    for part in text.split(separator: ",") {
      let sides = part.split(separator: "=", maxSplits: 1).map { String($0).cleanedLine }
      guard sides.count == 2, !sides[0].isEmpty else { throw .notPair(String(part)) }
      switch sides[1] {
      case "ignore": uses[sides[0]] = .ignored
      case "other": uses[sides[0]] = .other
      default:
        guard let field = CatalogueField(rawValue: sides[1]) else { throw .unknownField(sides[1]) }
        uses[sides[0]] = .field(field)
      }
    }
  }

  /// What each column of a header is; a field is given to one column only, the first.
  package func uses(of header: [String]) -> [Use] {
    var taken: Set<CatalogueField> = []
    for case .field(let field) in uses.values { taken.insert(field) }
    return header.map { name in
      if let use = uses[name] { return use }
      guard let field = ColumnMapping.guess(name), taken.insert(field).inserted else {
        return .other
      }
      return .field(field)
    }
  }

  /// The field that a header names in one of several languages; nil when it is not recognized.
  package static func guess(_ header: String) -> CatalogueField? {
    var name = header.lowercased()
    // Dublin Core as DSpace exports it: dc.title[en_US], dc.contributor.author.
    if let bracket = name.firstIndex(of: "[") { name = String(name[..<bracket]) }
    for prefix in ["dc.", "dc:", "dcterms.", "dcterms:"] where name.hasPrefix(prefix) {
      name.removeFirst(prefix.count)
    }
    var folding = Folding()
    let key = String(decoding: folding.fold(name), as: UTF8.self).filter { $0 != " " }
    return names[key]
  }

  /// Whether topics under this header are divided at commas too: ours may contain commas.
  static func dividesAtCommas(_ header: String) -> Bool { header.lowercased() != "topics" }

  /// Headers without accents, spaces and punctuation.
  private static let names: [String: CatalogueField] = {
    let lists: [CatalogueField: String] = [
      .slug: "slug permalink",
      .title: """
      title titel titre titulo titolo maintitle publicationtitle documenttitle itemtitle \
      tituloprincipal otsikko tittel naslov
      """,
      .subtitle: "subtitle untertitel soustitre subtitulo sottotitolo undertitel ondertitel",
      .abstract: """
      abstract summary description zusammenfassung kurzfassung beschreibung resume resumen \
      resumo riassunto sommario sammanfattning beskrivning samenvatting descripcion descrizione \
      descriptionabstract abstractnote abstracten
      """,
      .authors: """
      authors author creator creators contributorauthor autor autoren autorinnen verfasser \
      verfasserin verfasserinnen auteur auteurs autores autora autore autori forfattare \
      forfattarna auteurs schrijver schrijvers by names
      """,
      .orcids: "orcids",
      .published: """
      published date publicationdate publicationyear year issued dateissued datepublished \
      pubdate publicationdate publishdate publisheddate datum erscheinungsdatum \
      erscheinungsjahr jahr veroffentlicht veroffentlichungsdatum anneedepublication annee \
      datedepublication fecha fechadepublicacion ano anno data datadipubblicazione \
      datadepublicacao utgivningsdatum utgivningsar publiceringsdatum ar jaar \
      publicatiedatum publicatiejaar issuedate
      """,
      .type: """
      type documenttype publicationtype itemtype typ dokumenttyp publikationstyp art \
      publikationsart tipo tipodedocumento typededocument documenttyp soort kind
      """,
      .series: """
      series seriestitle serie reihe schriftenreihe collection coleccion collana serien \
      relationispartofseries ispartofseries ispartof journal journaltitle
      """,
      .issn: "issn identifierissn",
      .number: """
      number no nr reportnumber reportno seriesnumber nummer heftnummer bandnummer numero num \
      rapportnummer serienummer berichtsnummer papernumber
      """,
      .topics: """
      topics topic keywords keyword subjects subject tags tag categories category schlagworter \
      schlagworte schlagwort stichworter themen thema motscles sujets palabrasclave temas tema \
      parolechiave palavraschave nyckelord amnen amnesord trefwoorden onderwerpen
      """,
      .language: "language lang languageiso sprache langue idioma lingua sprak taal",
      .doi: "doi identifierdoi",
      .licence: "licence license rights lizenz licencia licenza licens licentie rightslicense",
      .source: "source quelle fuente fonte kalla bron provenance",
      .pdf: """
      pdf file filename files pdffile pdfname datei dateiname fichier archivo fil filnamn bestand \
      bestandsnaam attachment fileattachments
      """,
      .status: "status",
      .publicFrom: "publicfrom",
    ]
    var names: [String: CatalogueField] = [:]
    for (field, list) in lists {
      for name in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        names[String(name)] = field
      }
    }
    return names
  }()
}

/// Why a mapping of columns is not valid.
package enum MappingError: Error, Equatable, Sendable, CustomStringConvertible {
  case notPair(String)
  case unknownField(String)

  package var description: String {
    switch self {
    case .notPair(let text): "expected COLUMN=FIELD, found “\(text)”"
    case .unknownField(let name):
      "“\(name)” is not a field; expected one of "
        + (CatalogueField.allCases.map(\.rawValue) + ["other", "ignore"]).joined(separator: ", ")
    }
  }
}
