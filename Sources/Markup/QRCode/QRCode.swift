/// A QR code (ISO/IEC 18004): bytes as a square of dark and light modules.
///
/// The bytes are in byte mode, at error correction level M, which survives damage to some 15 % of
/// the code, in the smallest of the 40 versions that holds them. They are followed by padding, split
/// into blocks that each get error correction, and interleaved; the bits then run in columns of two
/// modules from the lower right, around the patterns that help a camera find and straighten the
/// code. Last, the one of eight masks is laid over the data that leaves the fewest misleading
/// patterns.
package struct QRCode: Sendable, Equatable {
  /// From 1 to 40.
  package let version: Int
  /// The number of the mask, from 0 to 7.
  package let mask: Int
  private let grid: QRGrid

  /// The modules on each side, without the quiet zone.
  package var size: Int { grid.size }

  /// Whether the module in a row and a column is dark, both counted from the upper left.
  package subscript(row: Int, column: Int) -> Bool { grid[row, column] }

  /// Encodes bytes; nil for more than 2,331 of them, which no version holds.
  ///
  /// - Parameters:
  ///   - bytes: What the code says; UTF-8 for text.
  ///   - chosen: The number of the mask; nil takes the best one.
  package init?(_ bytes: [UInt8], mask chosen: Int? = nil) {
    guard let layout = QRLayout.smallest(for: bytes.count) else { return nil }
    var grid = QRGrid(version: layout.version)
    grid.drawFunctionPatterns()
    grid.draw(layout.interleaved(bytes))
    let masked = (0..<8).filter { chosen == nil || chosen == $0 }.map { number in
      (number: number, grid: grid.masked(by: number))
    }
    let best = masked.min { $0.grid.penalty < $1.grid.penalty }
    guard let best else { return nil }
    version = layout.version
    mask = best.number
    self.grid = best.grid
  }

  /// The light modules that a camera needs on each side of the code.
  package static let quietZone = 4

  /// The code as an SVG element of a page: black on white in both colour schemes, since not every
  /// camera app reads light modules on dark.
  ///
  /// - Parameter label: What screen readers say in its place.
  /// - Returns: The element; the style sheet sets its size by the class `qr-code`.
  package func svg(label: String) -> HTML {
    let side = size + 2 * QRCode.quietZone
    var path = ""
    for row in 0..<size {
      var column = 0
      while column < size {
        let start = column
        while column < size, self[row, column] { column += 1 }
        if column > start {
          let width = column - start
          path += "M\(start + QRCode.quietZone) \(row + QRCode.quietZone)h\(width)v1h-\(width)z"
        } else {
          column += 1
        }
      }
    }
    return """
      <svg class="qr-code" viewBox="0 0 \(side) \(side)" role="img" aria-label="\(label)" \
      shape-rendering="crispEdges">\
      <rect width="\(side)" height="\(side)" fill="#fff"/><path d="\(path)" fill="#000"/></svg>
      """
  }
}
