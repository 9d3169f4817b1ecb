/// The structure of a file's text.
package struct FileContents: Sendable, Equatable, Codable {
  /// The number of pages.
  package var pageCount: Int
  /// In reading order, without running heads, footers and page numbers.
  package var blocks: [ReadingBlock]
  /// The bookmarks, in their order.
  package var outline: [OutlineEntry]
  /// The printed page numbers by the page's position in the file from 1, where they differ from it.
  package var pageLabels: [Int: String]
  package var links: [Link]

  /// A link to another document.
  package struct Link: Sendable, Equatable, Codable {
    /// From 1.
    package var page: Int
    package var uri: String
    /// The linked words; empty when there are none.
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

  /// Makes paragraphs of plain page texts, in which empty lines separate paragraphs.
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
    // Blocks are in the order of pages.
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
  /// The page it leads to, from 1; nil if it leads to none.
  package var page: Int?
  /// 1 for the highest.
  package var level: Int

  package init(title: String, page: Int?, level: Int) {
    self.title = title
    self.page = page
    self.level = level
  }
}
