/// Pages with their structure and bookmarks, ready to be written.
struct Document {
  var pages: [Page]
  var elements: [StructureElement]
  var outline: [OutlineItem]

  /// Adds the pages that a compositor has set.
  mutating func append(_ compositor: Compositor) {
    let first = elements.count
    pages += compositor.pages.map { page in
      var page = page
      page.items = page.items.map { item in
        guard case .line(let line, let element?) = item else { return item }
        return .line(line, element: first + element)
      }
      return page
    }
    elements += compositor.elements
    outline += compositor.outline
  }

  /// The file.
  consuming func octets(of manuscript: Manuscript) -> [UInt8] {
    var writer = ObjectWriter()
    let catalog = writer.reserve()
    let tree = writer.reserve()
    let structure = writer.reserve()
    let resources = writeResources(to: &writer)
    let references = pages.map { _ in writer.reserve() }

    for (index, page) in pages.enumerated() {
      let content = ContentStream(of: page)
      for (identifier, element) in content.marked.enumerated() {
        elements[element].content.append((index, identifier))
      }
      let stream = writer.write(stream: content.octets)
      let links = page.links.map { link in
        let area = link.area
        return """
          << /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [\(decimal(area.x)) \
          \(decimal(area.y)) \(decimal(area.x + area.width)) \(decimal(area.y + area.height))] \
          /Dest [\(references[min(link.page, references.count - 1)]) /Fit] >>
          """
      }
      let annotations = links.isEmpty ? "" : " /Annots [\(links.joined(separator: " "))]"
      _ = writer.write(
        """
        << /Type /Page /Parent \(tree) /MediaBox [0 0 \(decimal(Page.width)) \
        \(decimal(Page.height))] /Resources \(resources) /Contents \(stream) \
        /StructParents \(index) /Tabs /S\(annotations) >>
        """, as: references[index])
    }
    let kids = references.map(\.description).joined(separator: " ")
    _ = writer.write("<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>", as: tree)
    writeStructure(as: structure, pages: references, to: &writer)
    let bookmarks = writeOutline(pages: references, to: &writer)
    let metadata = writer.write(
      stream: Array(metadataPacket(of: manuscript).utf8), entries: " /Type /Metadata /Subtype /XML",
      isCompressed: false)
    let information = writer.write(informationDictionary(of: manuscript))
    // The numbers printed on the pages count the cover, which has none.
    _ = writer.write(
      """
      << /Type /Catalog /Pages \(tree) /Lang \(textString(manuscript.language)) \
      /Metadata \(metadata) /MarkInfo << /Marked true >> /StructTreeRoot \(structure) \
      /Outlines \(bookmarks) /PageMode /UseNone /ViewerPreferences << /DisplayDocTitle true >> \
      /PageLabels << /Nums [0 << /P (Cover) >> 1 << /S /D /St 2 >>] >> >>
      """, as: catalog)
    return writer.finish(catalog: catalog, information: information)
  }

  private func writeResources(to writer: inout ObjectWriter) -> Reference {
    let toUnicode = writer.write(stream: Array(WinAnsi.toUnicode.utf8))
    let fonts = Typeface.allCases.map { typeface in
      let descriptor = writer.write(typeface.descriptor)
      let widths = typeface.metrics.widths.map { String($0) }.joined(separator: " ")
      let font = writer.write(
        """
        << /Type /Font /Subtype /Type1 /BaseFont /\(typeface.baseFont) /FirstChar 32 \
        /LastChar 255 /Widths [\(widths)] /FontDescriptor \(descriptor) /Encoding \
        << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences \
        [\(WinAnsi.fi) /fi \(WinAnsi.fl) /fl] >> /ToUnicode \(toUnicode) >>
        """)
      return "/\(typeface.resource) \(font)"
    }
    return writer.write("<< /Font << \(fonts.joined(separator: " ")) >> >>")
  }

  /// The structure tree (ISO 32000-1 §14.7.2): one element for the document, below it all others.
  private func writeStructure(
    as root: Reference, pages: [Reference], to writer: inout ObjectWriter
  ) {
    let document = writer.reserve()
    var parents = pages.map { _ in [String]() }
    var kids: [String] = []
    for element in elements where !element.content.isEmpty {
      let content = element.content.map { page, identifier in
        "<< /Type /MCR /Pg \(pages[page]) /MCID \(identifier) >>"
      }
      let reference = writer.write(
        """
        << /Type /StructElem /S /\(element.role.rawValue) /P \(document) \
        /K [\(content.joined(separator: " "))] >>
        """)
      kids.append(reference.description)
      for (page, _) in element.content { parents[page].append(reference.description) }
    }
    _ = writer.write(
      """
      << /Type /StructElem /S /Document /P \(root) /K [\(kids.joined(separator: " "))] >>
      """, as: document)
    let numbers = parents.enumerated().map { "\($0) [\($1.joined(separator: " "))]" }
    _ = writer.write(
      """
      << /Type /StructTreeRoot /K \(document) /ParentTreeNextKey \(pages.count) \
      /ParentTree << /Nums [\(numbers.joined(separator: " "))] >> >>
      """, as: root)
  }

  /// The document outline (ISO 32000-1 §12.3.3), one level deep.
  private func writeOutline(pages: [Reference], to writer: inout ObjectWriter) -> Reference {
    let root = writer.reserve()
    let items = outline.map { _ in writer.reserve() }
    for (index, item) in outline.enumerated() {
      let previous = index > 0 ? " /Prev \(items[index - 1])" : ""
      let next = index + 1 < items.count ? " /Next \(items[index + 1])" : ""
      _ = writer.write(
        """
        << /Title \(textString(item.title)) /Parent \(root)\(previous)\(next) \
        /Dest [\(pages[item.page]) /XYZ 0 \(decimal(item.y)) null] >>
        """, as: items[index])
    }
    var entries = "/Type /Outlines /Count \(items.count)"
    if let first = items.first, let last = items.last {
      entries += " /First \(first) /Last \(last)"
    }
    return writer.write("<< \(entries) >>", as: root)
  }
}
