import Archive
import Markup
import Search

/// The description of the JSON API (OpenAPI 3.1).
enum OpenAPI {
  static func document(_ site: SiteSettings) -> JSON {
    [
      "openapi": "3.1.0",
      "info": [
        "title": .text("\(site.name): publications"),
        "version": .text(site.version.isEmpty ? "0" : site.version),
        "description":
          "Everything here is public and read-only; no key is needed. For changes, use OAI-PMH at /oai or the Atom feed at /feed.atom.",
        "contact": site.contact.isEmpty ? nil : ["email": .text(site.contact)],
      ], "servers": [["url": .text(site.baseURL)]],
      "paths": [
        Resource.publicationsAPI.path: ["get": list], "/api/publications/{slug}": ["get": one],
        Resource.searchAPI.path: ["get": search],
        Resource.relatedAPI.path: ["get": related], Resource.openAPI.path: ["get": itself],
      ], "components": ["schemas": schemas, "responses": responses],
    ]
  }

  // MARK: Operations

  private static let list = operation(
    "listPublications", "Publications, newest first",
    parameters: [
      query("page", number(1, 1_000_000), "Counted from 1."),
      query("limit", number(1, 100), "Publications per page (default 20)."),
      query("year", number(1000, 9999), "The publication year."),
      query("topic", text, "A topic, spelled as in the publication."),
      query("type", types, "A type of publication."),
      query("author", text, "An author, spelled as in the publication."),
      query("language", text, "A BCP 47 language tag."),
    ],
    answers: [
      ("200", answer("A page of the list.", "application/json", reference("List"))), renamed,
    ])

  private static let one = operation(
    "getPublication", "A publication",
    parameters: [
      [
        "name": "slug", "in": "path", "required": true,
        "schema": ["type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 120],
      ]
    ],
    answers: [
      ("200", answer("The publication.", "application/json", reference("Publication"))),
      ("301", ["description": "The publication has a new slug; see Location."]),
      ("404", ["$ref": "#/components/responses/Problem"]),
      ("410", ["$ref": "#/components/responses/Problem"]),
    ])

  private static let search = operation(
    "searchPublications", "Search in records and in the text of PDFs",
    parameters: [
      query(
        "q", ["type": "string", "maxLength": .integer(Query.longestValue)], "Words."),
      query("limit", number(0, 100), "The most results (default 10)."),
      query(
        "offset", number(0, nil),
        "Results to skip. Beyond the last result, and beyond \(SearchForm.mostListed), the list is empty."
      ),
      query("year", number(0, 9999), "Only of this year."),
      query("topic", string, "Only with this topic."),
      query("type", string, "Only of this type."),
      query("author", string, "Only by this author."),
      query("language", string, "Only in this language, by its BCP 47 tag."),
      query(
        "sort",
        ["type": "string", "enum": .array(SearchOrder.allCases.map { .text($0.rawValue) })],
        "The order of results (default relevance)."),
    ],
    answers: [
      ("200", answer("Results, best first.", "application/json", reference("Results"))), renamed,
    ])

  private static let related = operation(
    "findRelatedPassages", "Pages and publications about the same matter as a passage",
    parameters: [
      query(
        "text", ["type": "string", "maxLength": .integer(Query.longestValue)],
        "The passage; or give a slug and a page or a block."),
      query("slug", string, "The publication with the passage, which is left out of the results."),
      query("page", number(1, nil), "A page of its PDF, counted from 1."),
      query("block", number(0, nil), "A block of the extracted text, counted from 0."),
      query("limit", number(0, 100), "The most results (default 10)."),
    ],
    answers: [
      ("200", answer("The nearest first.", "application/json", reference("Related"))),
      ("404", ["$ref": "#/components/responses/Problem"]),
    ])

  private static let renamed: (name: String, value: JSON) = (
    "301", ["description": "The topic or author has a new name; see Location."]
  )

  private static let itself = operation(
    "getDescription", "This description", parameters: [],
    answers: [
      (
        "200",
        answer(
          "This description.", "application/vnd.oai.openapi+json",
          ["type": "object", "required": ["openapi", "info", "paths"]])
      )
    ])

  private static func operation(
    _ name: String, _ summary: String, parameters: [JSON], answers: [(name: String, value: JSON)]
  ) -> JSON {
    [
      "operationId": .text(name), "summary": .text(summary), "parameters": .array(parameters),
      "responses": .object(answers + [("default", ["$ref": "#/components/responses/Problem"])]),
    ]
  }

  private static func query(_ name: String, _ schema: JSON, _ description: String) -> JSON {
    ["name": .text(name), "in": "query", "description": .text(description), "schema": schema]
  }

  private static func answer(_ description: String, _ type: String, _ schema: JSON) -> JSON {
    ["description": .text(description), "content": [type: ["schema": schema]]]
  }

  // MARK: Schemas

  private static func reference(_ name: String) -> JSON {
    ["$ref": .text("#/components/schemas/\(name)")]
  }

  private static func number(_ least: Int, _ most: Int?) -> JSON {
    ["type": "integer", "minimum": .integer(least), "maximum": most.map(JSON.integer)]
  }

  private static let text: JSON = [
    "type": "string", "minLength": 1, "maxLength": .integer(PublicationListing.longestText),
  ]

  private static let types: JSON = [
    "type": "string",
    // A type of the site follows the one that it is based on.
    "pattern": .text(
      "^(\(PublicationType.allCases.map(\.rawValue).joined(separator: "|")))(:[a-z0-9]+(-[a-z0-9]+)*)?$"
    ),
  ]

  private static let string: JSON = ["type": "string"]
  private static let integer: JSON = ["type": "integer", "minimum": 0]
  private static let address: JSON = ["type": "string", "format": "uri"]
  private static let moment: JSON = ["type": "string", "format": "date-time"]

  private static let issn: JSON = ["type": "string", "pattern": "^[0-9]{4}-[0-9]{3}[0-9X]$"]

  private static let orcid: JSON = ["type": "string", "pattern": "^([0-9]{4}-){3}[0-9]{3}[0-9X]$"]

  private static let date: JSON = [
    "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
  ]

  private static let facet = list(
    of: object(["value", "count"], ["value": string, "count": integer]))

  private static func list(of items: JSON) -> JSON {
    ["type": "array", "items": items]
  }

  private static func object(_ required: JSON, _ properties: JSON) -> JSON {
    ["type": "object", "required": required, "properties": properties]
  }

  private static let responses: JSON = [
    "Problem": [
      "description": "The error, as JSON, or as text if the request could not be read.",
      "content": [
        "application/problem+json": ["schema": reference("Problem")],
        "text/plain": ["schema": string],
      ],
    ]
  ]

  private static let schemas: JSON = [
    "List": object(
      ["total", "page", "pages", "links", "publications"],
      [
        "total": integer, "page": integer, "pages": integer,
        "links": object(
          ["self", "first", "last"],
          ["self": address, "first": address, "prev": address, "next": address, "last": address]),
        "publications": list(of: reference("Publication")),
      ]),
    "Publication": object(
      [
        "slug", "title", "abstract", "authors", "published", "type", "topics", "modified",
        "links",
      ],
      [
        "slug": string, "title": string, "subtitle": string, "abstract": string,
        "authors": list(of: reference("Author")), "published": date, "type": types,
        "series": string, "issn": issn, "number": string, "topics": list(of: string),
        "language": string, "doi": string, "licence": string, "public_from": moment,
        "modified": moment, "file": reference("File"),
        // Every file it has had, newest first; `reason` says why it replaced the one before it.
        "versions": list(of: reference("Version")),
        "links": object(
          ["self", "page"],
          [
            "self": address, "page": address, "text": address, "cover": address, "bibtex": address,
            "ris": address, "csl": address, "jsonld": address, "linkset": address,
          ]),
      ]),
    "Author": object(
      ["name"],
      ["name": string, "given": string, "family": string, "suffix": string, "orcid": orcid]),
    "File": object(
      ["url", "type", "octets", "sha256"],
      [
        "url": address, "type": string, "octets": integer, "pages": integer,
        "sha256": ["type": "string", "pattern": "^[0-9a-f]{64}$"],
      ]),
    "Version": object(
      ["url", "octets", "sha256"],
      [
        "url": address, "octets": integer, "pages": integer,
        "sha256": ["type": "string", "pattern": "^[0-9a-f]{64}$"], "since": moment,
        "replaced": moment, "reason": string,
      ]),
    "Results": object(
      ["query", "total", "results", "partial"],
      [
        "query": string, "total": integer,
        // Whether the search ran out of time.
        "partial": ["type": "boolean"],
        "correction": object(
          ["query", "applied"],
          ["query": string, "applied": ["type": "boolean"]]),
        // Terms with the same meaning, by which some of the results were found.
        "alsoSearched": list(of: string),
        // Phrases without results; the results have some of their words.
        "missingPhrases": list(of: string), "facets": reference("Facets"),
        "results": list(of: reference("Result")),
      ]),
    "Related": object(
      ["results", "partial"],
      ["results": list(of: reference("Result")), "partial": ["type": "boolean"]]),
    "Result": object(
      ["slug", "title", "published", "score", "snippet", "pages"],
      [
        "slug": string, "title": string, "published": date, "score": ["type": "number"],
        // The passage that matches best: of the page that snippetPage names, else of the abstract.
        "snippet": string, "snippetPage": integer,
        "pages": list(
          of: object(
            ["page", "label", "snippet"],
            ["page": integer, "label": string, "snippet": string])),
        // Words of the passages that stand for other words of the query.
        "matchedWords": list(
          of: object(
            ["found", "query", "relation"],
            [
              "found": string, "query": string,
              "relation": ["type": "string", "enum": ["form", "completion", "correction"]],
            ])),
      ]),
    "Facets": object(
      ["year", "topic", "author", "type", "language"],
      ["year": facet, "topic": facet, "author": facet, "type": facet, "language": facet]),
    "Problem": object(
      ["type", "title", "status"],
      ["type": string, "title": string, "status": integer, "detail": string]),
  ]
}
