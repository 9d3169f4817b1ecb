internal import Compression

/// The samples of an image that Flate compresses, inflated as they are read, so that a large image
/// is never in memory.
package final class InflatedRows {
  private let compressed: [UInt8]
  private let predictor: Predictor?
  private let limit: Int
  private var inflater: Inflater
  private var used = 0
  private var isAtEnd = false
  /// Samples that are not yet read, from `start` on.
  private var buffer: [UInt8] = []
  private var start = 0
  /// The samples before those in the buffer, and the last row of them, which predicts the next.
  private var produced = 0
  private var above: [UInt8] = []

  /// About the bytes that are inflated at a time.
  private static let pieceBytes = 64 << 10

  /// - Parameters:
  ///   - compressed: The data.
  ///   - parameters: The decode parameters.
  ///   - limit: The most bytes inflated.
  package init(_ compressed: [UInt8], parameters: [String: Object], limit: Int) {
    self.compressed = compressed
    self.limit = limit
    predictor = Predictor(parameters)
    inflater = Inflater(limit: limit)
  }

  /// Replaces `row` by the next bytes.
  ///
  /// - Parameters:
  ///   - row: Gets the bytes, fewer at the end of the data.
  ///   - count: The number of bytes wanted.
  package func read(into row: inout [UInt8], count: Int) {
    row.removeAll(keepingCapacity: true)
    while row.count < count {
      if start == buffer.count {
        guard !isAtEnd else { return }
        readPiece()
        continue
      }
      let end = min(buffer.count, start + count - row.count)
      row += buffer[start..<end]
      start = end
    }
  }

  private func readPiece() {
    produced += buffer.count
    start = 0
    guard let predictor else {
      buffer = inflated(Self.pieceBytes)
      return
    }
    let rows = max(1, Self.pieceBytes / predictor.encodedRowBytes)
    buffer = predictor.undo(inflated(rows * predictor.encodedRowBytes), below: above)
    above = Array(buffer.suffix(predictor.rowBytes))
  }

  private func inflated(_ count: Int) -> [UInt8] {
    let data = compressed
    var piece: [UInt8] = []
    piece.reserveCapacity(count)
    while piece.count < count, !isAtEnd {
      let (before, usedBefore) = (piece.count, used)
      do {
        used += try inflater.inflate(
          data.span.extracting(used...), into: &piece, most: count - piece.count)
      } catch {
        isAtEnd = true
        if case .damaged = error { return salvaged(after: piece) }
      }
      if inflater.isAtEnd || piece.count == before && used == usedBefore { isAtEnd = true }
    }
    return piece
  }

  /// What can be read of damaged data from the current piece on; all of it is in memory then.
  private func salvaged(after piece: [UInt8]) -> [UInt8] {
    let data = compressed
    let all = Inflated(salvaging: data.span, limit: limit).bytes
    // Predicted rows have a byte more.
    var skipped = produced
    if let predictor { skipped = produced / predictor.rowBytes * predictor.encodedRowBytes }
    return skipped < all.count ? Array(all[skipped...]) : piece
  }
}
