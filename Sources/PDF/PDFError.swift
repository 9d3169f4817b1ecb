// ISO 32000-1 §7.5.2 (header), §7.6 (encryption) and §7.7 (document structure): why nothing could
// be read. A file that can partly be read has a ``Defect``.

/// Why no text could be read from a file.
package enum PDFError: Error, Equatable, Sendable {
  /// There is neither a header nor an object.
  case notPDF
  /// The file is encrypted and the empty user password does not open it.
  case needsPassword
  /// The file is encrypted by a non-standard security handler or an unknown revision of the
  /// standard one.
  case unknownEncryption(filter: String)
  /// There are objects, but none of the declared number of pages.
  case noPages(promised: Int)
}

extension PDFError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notPDF: "it is not a PDF"
    case .needsPassword: "it needs a password"
    case .unknownEncryption(let filter): "it is encrypted with an unsupported method: \(filter)"
    case .noPages(let promised):
      promised > 0 ? "none of its \(promised) pages can be read" : "it has no pages"
    }
  }
}

/// What is wrong with a file that can partly be read.
package enum Defect: Hashable, Sendable {
  /// The cross-reference table was missing or wrong and was rebuilt from the objects found.
  case rebuiltCrossReference
  /// The page tree contains a loop through the object with this number.
  case pageTreeLoop(object: Int)
  /// Fewer pages exist than declared.
  case missingPages(read: Int, promised: Int)
  /// There are more pages than are read.
  case tooManyPages(read: Int)
  /// The data of the stream with this object number is damaged or incomplete.
  case damagedStream(object: Int)
  /// The stream with this object number inflates beyond the limit.
  case tooLargeStream(object: Int)
  /// All streams together inflate beyond the limit.
  case tooMuchData
  /// The stream with this object number uses an unknown filter.
  case unknownFilter(object: Int, name: String)
  /// The content of a page, counted from 1, exceeds a limit.
  case tooMuchContent(page: Int)
  /// The characters of this font are unknown.
  case unreadableFont(name: String)
  /// The pages have only images, no text.
  case noTextLayer
  /// Some pages have only images; others have text.
  case scannedPages(count: Int, of: Int)
}

extension Defect: CustomStringConvertible {
  package var description: String {
    switch self {
    case .rebuiltCrossReference: "cross-reference table rebuilt"
    case .pageTreeLoop(let object): "page tree loops at object \(object)"
    case .missingPages(let read, let promised): "\(read) of \(promised) pages read"
    case .tooManyPages(let read): "only the first \(read) pages read"
    case .damagedStream(let object): "stream of object \(object) is damaged"
    case .tooLargeStream(let object): "stream of object \(object) is too large"
    case .tooMuchData: "holds too much data"
    case .unknownFilter(let object, let name):
      "stream of object \(object) has the unknown filter \(name)"
    case .tooMuchContent(let page): "page \(page) holds too much"
    case .unreadableFont(let name): "characters of font \(name) are unknown"
    case .noTextLayer: "no text layer (scanned images)"
    case .scannedPages(let count, let all):
      "no text layer on \(count) of \(all) pages (scanned images)"
    }
  }
}
