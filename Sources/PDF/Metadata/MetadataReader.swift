// ISO 32000-1 §14.3.3: the document information dictionary.

/// Reads what a document says about itself.
struct MetadataReader {
  private let document: Document

  init(_ document: Document) { self.document = document }

  func metadata() -> Metadata {
    var metadata = Metadata()
    let info = document.dictionary(document.trailer["Info"]) ?? [:]
    metadata.title = text(info["Title"])
    metadata.authors = text(info["Author"]).map { [$0] } ?? []
    metadata.subject = text(info["Subject"])
    metadata.keywords = text(info["Keywords"]).map { [$0] } ?? []
    metadata.creator = text(info["Creator"])
    metadata.producer = text(info["Producer"])
    metadata.language = text(document.catalog?["Lang"])
    return metadata
  }

  /// A text string, cut to a length that no true one has.
  private func text(_ object: Object?) -> String? {
    guard let octets = document.string(object) else { return nil }
    let text = textString(Array(octets.prefix(4096)))
    return text.isEmpty ? nil : text
  }
}
