// ISO 32000-1 §14.7 (logical structure) and §14.8.4 (standard structure types).

/// The structure tree: what the tags say that marked content is.
struct StructureTree {
  /// The element of artifacts (§14.8.2.2).
  static let artifact: Int32 = -1

  /// A paragraph, a heading, a list item or a table row.
  struct Block {
    enum Kind: Equatable {
      case heading(level: Int), paragraph, listItem, footnote, tableRow, figure
    }
    var kind: Kind
    /// The alternative text of a figure (§14.9.3).
    var alternative: String?
    /// The page that an element without content names, from 0.
    var page: Int?
  }

  /// What marked content belongs to.
  struct Element {
    var block: Int
    /// The column of a cell, from 0.
    var cell: Int
    /// Whether it is the label of an item or a note.
    var isLabel: Bool
  }

  private(set) var blocks: [Block] = []
  private(set) var elements: [Element] = []
  /// For each page, from 0, the element of each marked-content identifier.
  private var places: [Int: [Int: Int32]] = [:]
  /// The columns of each open table.
  private var grids: [TableGrid] = []

  private let document: Document
  private let pages: [Int: Int]
  private let roles: [String: Object]

  private static let mostElements = 300_000

  /// The elements of a page, from 0, by marked-content identifier.
  func elements(ofPage page: Int) -> [Int: Int32] { places[page] ?? [:] }

  /// Reads the tree; without one it is empty.
  init(_ document: Document, pages: [Page]) {
    self.document = document
    var numbers: [Int: Int] = [:]
    for (index, page) in pages.enumerated() {
      if let number = page.number { numbers[number] = numbers[number] ?? index }
    }
    self.pages = numbers
    let root = document.dictionary(document.catalog?["StructTreeRoot"])
    roles = document.dictionary(root?["RoleMap"]) ?? [:]
    if let kids = root?["K"] { walk(kids) }
  }

  /// Inherited properties during the traversal.
  private struct Context {
    var block: Int?
    var table: Int?
    var cell = 0
    var isLabel = false
    var page: Int?
    var depth = 0
    /// The number of enclosing sections, for headings without a level.
    var sections = 0
    var isArtifact = false
  }

  private mutating func walk(_ root: Object) {
    var pending: [(object: Object, context: Context)] = [(root, Context())]
    var visited: Set<Int> = []
    var steps = 0
    while let (object, context) = pending.popLast() {
      steps += 1
      guard steps < Self.mostElements else { return }
      if let number = object.reference?.number, !visited.insert(number).inserted { continue }
      switch document.resolveOnce(object) {
      case .array(let kids)?:
        for kid in kids.reversed() { pending.append((kid, context)) }
      case .integer(let id)?:
        place(id, page: context.page, context)
      case .dictionary(let dictionary)?:
        let page = dictionary["Pg"]?.reference.flatMap { pages[$0.number] } ?? context.page
        if let id = document.integer(dictionary["MCID"]) {
          // Content of a form with its own stream is not supported.
          if dictionary["Stm"] == nil { place(id, page: page, context) }
          continue
        }
        guard context.depth < 200, dictionary["Obj"] == nil else { continue }
        var inner = context
        inner.page = page
        inner.depth += 1
        enter(dictionary, &inner)
        if let kids = dictionary["K"] { pending.append((kids, inner)) }
      default: break
      }
    }
  }

  /// The standard type that a type is mapped to.
  private func standardType(_ type: String) -> String {
    var type = type
    for _ in 0..<8 {
      guard let next = document.name(roles[type]), next != type else { break }
      type = next
    }
    return type
  }

  private mutating func enter(_ dictionary: [String: Object], _ context: inout Context) {
    let type = standardType(document.name(dictionary["S"]) ?? "")
    let outer = context.block.map { blocks[$0].kind }
    switch type {
    case "H1", "H2", "H3", "H4", "H5", "H6":
      begin(.heading(level: Int(type.dropFirst()) ?? 1), &context)
    case "H": begin(.heading(level: min(max(context.sections, 1), 6)), &context)
    case "Title": begin(.heading(level: 1), &context)
    case "P", "BlockQuote", "Caption", "Code", "Formula", "BibEntry":
      // A paragraph in an item, a note or a cell belongs to it.
      if outer == nil || outer == .paragraph || outer == .figure { begin(.paragraph, &context) }
    case "LI", "TOCI":
      begin(type == "LI" ? .listItem : .paragraph, &context)
    case "Lbl": context.isLabel = true
    case "LBody": context.isLabel = false
    case "Note", "FENote": begin(.footnote, &context)
    case "TR":
      // A table in a cell is part of the cell's text.
      guard outer != .tableRow else { return }
      begin(.tableRow, &context)
      if let table = context.table { grids[table].beginRow() }
    case "TD", "TH":
      guard let table = context.table, outer == .tableRow else { return }
      context.cell = grids[table].place(
        columns: span("ColSpan", dictionary), rows: span("RowSpan", dictionary))
    case "Table" where outer != .tableRow:
      if outer == .paragraph { context.block = nil }
      grids.append(TableGrid())
      context.table = grids.count - 1
    case "Table": context.table = nil
    case "Figure":
      if let bytes = document.string(dictionary["Alt"]),
        let text = plainText(textString(Array(bytes.prefix(4096))))
      {
        begin(.figure, &context)
        blocks[blocks.count - 1].alternative = text
      }
    case "Artifact": context.isArtifact = true
    case "Sect", "Art", "Part", "Div", "Document", "L", "TOC", "Index", "Aside":
      if type == "Sect" || type == "Part" { context.sections += 1 }
      if outer == .paragraph { context.block = nil }
    default: break
    }
  }

  /// How many rows or columns a cell spans (§14.8.5.7).
  private func span(_ name: String, _ dictionary: [String: Object]) -> Int {
    let attributes = document.array(dictionary["A"]) ?? dictionary["A"].map { [$0] } ?? []
    return attributes.lazy.prefix(16)
      .compactMap { document.integer(document.dictionary($0)?[name]) }.first ?? 1
  }

  private mutating func begin(_ kind: Block.Kind, _ context: inout Context) {
    blocks.append(Block(kind: kind, page: context.page))
    context.block = blocks.count - 1
    context.isLabel = false
  }

  private mutating func place(_ id: Int, page: Int?, _ context: Context) {
    guard let page, id >= 0 else { return }
    guard !context.isArtifact else {
      places[page, default: [:]][id] = Self.artifact
      return
    }
    let block: Int
    if let inherited = context.block {
      block = inherited
    } else {
      // Text directly in a section is a paragraph.
      blocks.append(Block(kind: .paragraph, page: page))
      block = blocks.count - 1
    }
    let element = Element(block: block, cell: context.cell, isLabel: context.isLabel)
    if let last = elements.last, last.block == block, last.cell == element.cell,
      last.isLabel == element.isLabel
    {
      places[page, default: [:]][id] = Int32(elements.count - 1)
    } else {
      elements.append(element)
      places[page, default: [:]][id] = Int32(elements.count - 1)
    }
  }
}
