// ISO 32000-1 §7.7.3: the page tree.

/// A page with its inherited attributes (§7.7.3.4).
package struct Page {
  package var dictionary: [String: Object]
  package var resources: [String: Object]
  /// The visible part, in user space.
  package var box: Box
  /// Quarter turns clockwise, from 0 to 3.
  package var turns: Int
  /// Its object number, if it is an indirect object.
  var number: Int?

  /// A rectangle (§7.9.5) in user space.
  package struct Box {
    package var left = 0.0
    package var bottom = 0.0
    package var right = 612.0
    package var top = 792.0

    package init(
      left: Double = 0, bottom: Double = 0, right: Double = 612, top: Double = 792
    ) {
      self.left = left
      self.bottom = bottom
      self.right = right
      self.top = top
    }

    /// The bounding box of the transformed box.
    package func transformed(by matrix: Matrix) -> Box {
      var path = PathBox()
      path.addRectangle((left, bottom, right - left, top - bottom), matrix)
      return path.box
    }
  }

  /// From user space to the upright page with its lower left corner at zero.
  package var matrix: Matrix {
    switch turns {
    case 1: Matrix(a: 0, b: -1, c: 1, d: 0, e: -box.bottom, f: box.right)
    case 2: Matrix(a: -1, b: 0, c: 0, d: -1, e: box.right, f: box.top)
    case 3: Matrix(a: 0, b: 1, c: -1, d: 0, e: box.top, f: -box.left)
    default: Matrix(e: -box.left, f: -box.bottom)
    }
  }

  package var width: Double {
    turns % 2 == 0 ? box.right - box.left : box.top - box.bottom
  }

  package var height: Double {
    turns % 2 == 0 ? box.top - box.bottom : box.right - box.left
  }
}

/// Traverses the page tree, which can be wrong.
package struct PageTree {
  private let document: Document

  package init(_ document: Document) { self.document = document }

  /// A node to visit.
  private struct Pending {
    var object: Object
    var inherited: [String: Object]
  }

  private static let inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"]

  /// The pages in order; reports defects to the document.
  package func pages() -> [Page] {
    var pages: [Page] = []
    let root = document.catalog?["Pages"]
    var visited: Set<Int> = []
    var pending = [Pending(object: root ?? .null, inherited: [:])]
    var isComplete = true
    while let node = pending.popLast() {
      guard pages.count < document.limits.pages else {
        document.note(.tooManyPages(read: pages.count))
        isComplete = false
        break
      }
      if let number = node.object.reference?.number, !visited.insert(number).inserted {
        // A tree with one loop usually has more; one report is enough.
        if isComplete { document.note(.pageTreeLoop(object: number)) }
        isComplete = false
        continue
      }
      guard let dictionary = document.dictionary(node.object) else { continue }
      var inherited = node.inherited
      for key in Self.inheritable {
        if let value = dictionary[key] { inherited[key] = value }
      }
      if let kids = document.array(dictionary["Kids"]) {
        for kid in kids.reversed() { pending.append(Pending(object: kid, inherited: inherited)) }
      } else if document.name(dictionary["Type"]) != "Pages" {
        pages.append(page(dictionary, inherited, node.object.reference?.number))
      }
    }
    if pages.isEmpty { pages = scattered() }
    let promised = promisedPages
    if pages.count < promised, isComplete || promised < 1 << 20 {
      document.note(.missingPages(read: pages.count, promised: promised))
    }
    return pages
  }

  /// The number of pages that the root of the tree declares; zero without one.
  package var promisedPages: Int {
    document.integer(document.dictionary(document.catalog?["Pages"])?["Count"]) ?? 0
  }

  /// Pages outside any tree, in the order of their object numbers.
  private func scattered() -> [Page] {
    var pages: [Page] = []
    for number in document.objectNumbers where pages.count < document.limits.pages {
      guard case .dictionary(let dictionary) = document.object(number),
        document.name(dictionary["Type"]) == "Page"
      else { continue }
      var inherited = dictionary
      var parent = document.dictionary(dictionary["Parent"])
      var steps = 0
      while let ancestor = parent, steps < document.limits.nesting {
        inherited.merge(ancestor) { own, _ in own }
        parent = document.dictionary(ancestor["Parent"])
        steps += 1
      }
      pages.append(page(dictionary, inherited, number))
    }
    return pages
  }

  private func page(
    _ dictionary: [String: Object], _ inherited: [String: Object], _ number: Int?
  ) -> Page {
    let rotation = document.integer(inherited["Rotate"]) ?? 0
    let turns = ((rotation % 360 + 360) % 360) / 90
    return Page(
      dictionary: dictionary, resources: document.dictionary(inherited["Resources"]) ?? [:],
      box: visibleBox(inherited), turns: turns, number: number)
  }

  /// The visible part of a page (§14.11.2): the crop box within the media box.
  private func visibleBox(_ inherited: [String: Object]) -> Page.Box {
    let media = box(inherited["MediaBox"])
    guard document.array(inherited["CropBox"]) != nil else { return media }
    let crop = box(inherited["CropBox"])
    let both = Page.Box(
      left: max(media.left, crop.left), bottom: max(media.bottom, crop.bottom),
      right: min(media.right, crop.right), top: min(media.top, crop.top))
    return both.right - both.left > 1 && both.top - both.bottom > 1 ? both : media
  }

  private func box(_ object: Object?) -> Page.Box {
    guard let numbers = document.array(object)?.map({ document.number($0) ?? 0 }),
      numbers.count == 4, numbers.allSatisfy({ abs($0) < 1e6 })
    else { return Page.Box() }
    let box = Page.Box(
      left: min(numbers[0], numbers[2]), bottom: min(numbers[1], numbers[3]),
      right: max(numbers[0], numbers[2]), top: max(numbers[1], numbers[3]))
    // Smaller pages are errors.
    return box.right - box.left > 9 && box.top - box.bottom > 9 ? box : Page.Box()
  }

  /// The content of a page, its streams joined (§7.7.3.3), and whether any of them is damaged.
  package func content(_ page: Page) -> (bytes: [UInt8], isDamaged: Bool) {
    switch document.resolve(page.dictionary["Contents"]) {
    case .stream(let stream): return (document.decode(stream), isDamaged(stream))
    case .array(let parts):
      var content: [UInt8] = []
      var isDamaged = false
      for part in parts {
        guard let stream = document.stream(part), content.count < document.limits.streamBytes
        else { continue }
        content += document.decode(stream)
        isDamaged = isDamaged || self.isDamaged(stream)
        // No token continues in the next stream.
        content.append(10)
      }
      return (content, isDamaged)
    default: return ([], false)
    }
  }

  private func isDamaged(_ stream: Stream) -> Bool {
    document.damagedStreams.contains(stream.reference.number)
  }
}
