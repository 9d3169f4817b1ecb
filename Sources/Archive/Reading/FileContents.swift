/// What a file holds beside its plain text: the structure a reader sees on its pages.
package struct FileContents: Sendable, Equatable, Codable {
  /// How many pages the file has.
  package var pageCount: Int
  /// In the order of reading, without running heads, feet and page numbers.
  package var blocks: [ReadingBlock]
  /// The bookmarks, in their order.
  package var outline: [OutlineEntry]
  /// What a page calls itself, by its place in the document from 1, where that is not its place.
  package var pageLabels: [Int: String]
  package var links: [Link]

  /// A text that leads out of the document.
  package struct Link: Sendable, Equatable, Codable {
    /// From 1.
    package var page: Int
    package var uri: String
    /// The words that it lies on; empty when on none.
    package var text: String

    package init(page: Int, uri: String, text: String) {
      self.page = page
      self.uri = uri
      self.text = text
    }
  }

  package init(
    pageCount: Int, blocks: [ReadingBlock], outline: [OutlineEntry] = [],
    pageLabels: [Int: String] = [:], links: [Link] = []
  ) {
    self.pageCount = pageCount
    self.blocks = blocks
    self.outline = outline
    self.pageLabels = pageLabels
    self.links = links
  }

  /// Paragraphs made of plain page texts, in which an empty line is between paragraphs.
  package init(pages: [String]) {
    var blocks: [ReadingBlock] = []
    for (index, page) in pages.enumerated() {
      for paragraph in page.split(separator: "\n\n") {
        let text = String(paragraph).cleanedLine
        if !text.isEmpty {
          blocks.append(ReadingBlock(kind: .paragraph, text: text, page: index + 1))
        }
      }
    }
    self.init(pageCount: pages.count, blocks: blocks)
  }

  /// The blocks that begin on a page; the first page is 1.
  package func blocks(onPage page: Int) -> ArraySlice<ReadingBlock> {
    // They are in the order of pages.
    let start = firstBlock(from: page)
    return blocks[start..<max(start, firstBlock(from: page &+ 1))]
  }

  private func firstBlock(from page: Int) -> Int {
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].page < page { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// A bookmark.
package struct OutlineEntry: Sendable, Equatable, Codable {
  package var title: String
  /// The page it leads to, from 1; nil when it leads to none.
  package var page: Int?
  /// 1 for the highest.
  package var level: Int

  package init(title: String, page: Int?, level: Int) {
    self.title = title
    self.page = page
    self.level = level
  }
}
