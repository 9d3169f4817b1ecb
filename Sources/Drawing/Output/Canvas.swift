internal import Markup
internal import PDF

/// Collects the elements of a drawing.
///
/// Items with the same clipping path share a group. Rectangles that cut nothing off are left out.
final class Canvas {
  /// The elements of the page, or of a nested part that is being drawn.
  private(set) var elements = SVG()
  /// Clipping paths, masks, patterns, gradients and repeated glyphs.
  private(set) var definitions = SVG()
  private(set) var style = SVGStyle()
  private var usedModes: Set<SVGStyle.BlendMode> = []
  private var usesIsolation = false
  /// Whether there is text that is not copied.
  var usesRepeated = false
  private var numbers: [SVGIdentifier.Kind: Int] = [:]
  private var rectangles: [[Double]: SVGIdentifier] = [:]
  private var outlines: [ObjectIdentifier: SVGIdentifier] = [:]
  /// Clips whose identifiers are remembered, kept alive so that their identities stay unique.
  private var keptClips: [Clip] = []
  /// The groups that are open, from outside to inside; empty for none.
  private var openClips: [SVGIdentifier] = []
  private let limits: DrawingLimits
  /// Whether a limit cut off elements.
  private(set) var isFull = false
  /// Called before anything is added, to write text that has been collected.
  var beforeItem: () -> Void = {}

  /// The page that identifiers name; nil for a document of one page.
  private let page: Int?

  init(limits: DrawingLimits, page: Int? = nil) {
    self.limits = limits
    self.page = page
  }

  func newIdentifier(_ kind: SVGIdentifier.Kind) -> SVGIdentifier {
    numbers[kind, default: 0] += 1
    return SVGIdentifier(kind, numbers[kind] ?? 0, page: page)
  }

  /// Adds an item.
  ///
  /// - Parameters:
  ///   - style: Its clipping path and how it is composed.
  ///   - bounds: The box around what it shows.
  ///   - write: Writes its elements.
  func add(_ style: ItemStyle, bounds: Bounds, _ write: (inout SVG) -> Void) {
    beforeItem()
    addNow(style, bounds: bounds, write)
  }

  /// Adds an item without writing collected text first.
  func addNow(_ style: ItemStyle, bounds: Bounds, _ write: (inout SVG) -> Void) {
    let size = elements.bytes.count + definitions.bytes.count + enclosingBytes
    let count = elements.elementCount + definitions.elementCount
    guard size < limits.bytes, count < limits.elements else {
      isFull = true
      return
    }
    guard let clips = clips(of: style.clip, around: bounds) else { return }
    let isPlain = style.blend == nil && style.mask == nil
    if !isPlain || clips != openClips { closeGroups() }
    if isPlain {
      if openClips.isEmpty { openGroups(clips) }
      write(&elements)
      return
    }
    var opened = 0
    // A blend mode applies to the outermost group, since clipping isolates what is inside.
    if style.blend != nil || style.mask != nil {
      elements.begin(.g)
      if let mode = style.blend {
        elements.set(.class, SVGStyle.blendClass(mode))
        usedModes.insert(mode)
      }
      if let mask = style.mask { elements.set(.mask, reference: mask) }
      opened += 1
    }
    for clip in clips {
      elements.begin(.g)
      elements.set(.clipPath, reference: clip)
      opened += 1
    }
    write(&elements)
    for _ in 0..<opened { elements.end() }
  }

  private func openGroups(_ clips: [SVGIdentifier]) {
    for clip in clips {
      elements.begin(.g)
      elements.set(.clipPath, reference: clip)
    }
    openClips = clips
  }

  private func closeGroups() {
    for _ in openClips { elements.end() }
    openClips = []
  }

  /// The bytes of the parts that enclose a nested one.
  private var enclosingBytes = 0

  /// Draws a nested part, such as the content of a mask.
  ///
  /// - Returns: Its elements.
  func nested(_ draw: () -> Void) -> SVG {
    beforeItem()
    let outer = (elements, openClips)
    enclosingBytes += elements.bytes.count
    elements = SVG()
    openClips = []
    draw()
    beforeItem()
    closeGroups()
    let result = elements
    (elements, openClips) = outer
    enclosingBytes -= elements.bytes.count
    return result
  }

  /// Adds a definition.
  func define(_ write: (inout SVG) -> Void) { write(&definitions) }

  /// Marks the element that has just begun in `elements` as composed before it is painted.
  func isolate(_ elements: inout SVG) {
    usesIsolation = true
    elements.set(.class, SVGStyle.isolated)
  }

  /// Ends the drawing: all elements and the style sheet.
  func finish() -> (elements: SVG, definitions: SVG, style: SVGStyle) {
    beforeItem()
    closeGroups()
    for mode in SVGStyle.BlendMode.allCases where usedModes.contains(mode) {
      style.addBlendMode(mode)
    }
    // The page is a group of its own, whose colours do not combine with those of the paper
    // (§11.4.7).
    if !usedModes.isEmpty {
      var page = SVG()
      page.begin(.g)
      isolate(&page)
      page.append(elements)
      page.end()
      elements = page
    }
    if usesIsolation { style.addIsolated() }
    if usesRepeated { style.addRepeated() }
    return (elements, definitions, style)
  }

  func addToStyle(_ add: (inout SVGStyle) -> Void) { add(&style) }

  // MARK: Clipping paths

  /// The clipping paths that cut something off a box, from outside to inside; nil if nothing of the
  /// box is visible.
  private func clips(of clip: Clip?, around bounds: Bounds) -> [SVGIdentifier]? {
    var rectangle: Bounds?
    var result: [SVGIdentifier] = []
    var next = clip
    while let clip = next {
      if let own = clip.rectangle {
        rectangle = rectangle.map { $0.intersection(own) } ?? own
      } else if result.count < limits.nesting {
        result.append(identifier(of: clip))
      }
      next = clip.parent
    }
    if let clip, clip.bounds.intersection(bounds).isEmpty { return nil }
    if let rectangle, !rectangle.contains(bounds) { result.append(identifier(of: rectangle)) }
    return result.reversed()
  }

  private func identifier(of rectangle: Bounds) -> SVGIdentifier {
    let key = [rectangle.left, rectangle.top, rectangle.right, rectangle.bottom].map {
      ($0 * 100).rounded()
    }
    if let known = rectangles[key] { return known }
    var path = SVGPath()
    path.rectangle(rectangle.left, rectangle.top, rectangle.width, rectangle.height)
    let identifier = defineClip(path, isEvenOdd: false)
    rectangles[key] = identifier
    return identifier
  }

  private func identifier(of clip: Clip) -> SVGIdentifier {
    switch clip.shape {
    case .written(let identifier): return identifier
    case .outline(let outline, let isEvenOdd):
      if let known = outlines[ObjectIdentifier(clip)] { return known }
      let identifier = defineClip(outline.path(), isEvenOdd: isEvenOdd)
      outlines[ObjectIdentifier(clip)] = identifier
      keptClips.append(clip)
      return identifier
    }
  }

  private func defineClip(_ path: SVGPath, isEvenOdd: Bool) -> SVGIdentifier {
    let identifier = newIdentifier(.clip)
    definitions.begin(.clipPath)
    definitions.set(id: identifier)
    definitions.begin(.path)
    if isEvenOdd { definitions.set(.clipRule, "evenodd") }
    definitions.set(.d, path: path)
    definitions.end()
    definitions.end()
    return identifier
  }
}
