/// The document information dictionary (ISO 32000-1 §14.3.3) of a manuscript.
func informationDictionary(of manuscript: Manuscript) -> String {
  var entries = ["/Title \(textString(manuscript.title))"]
  if !manuscript.authors.isEmpty {
    entries.append("/Author \(textString(manuscript.authors.joined(separator: "; ")))")
  }
  if let subtitle = manuscript.subtitle { entries.append("/Subject \(textString(subtitle))") }
  if !manuscript.keywords.isEmpty {
    entries.append("/Keywords \(textString(manuscript.keywords.joined(separator: "; ")))")
  }
  entries.append("/Producer (Offprint)")
  if let issued = manuscript.issued {
    let date = "(D:\(issued.filter { $0 != "-" })000000Z)"
    entries.append("/CreationDate \(date) /ModDate \(date)")
  }
  return "<< \(entries.joined(separator: " ")) >>"
}

/// The XMP metadata (ISO 16684-1) of a manuscript, which say the same.
func metadataPacket(of manuscript: Manuscript) -> String {
  let language = escaped(manuscript.language)
  func alternative(_ name: String, _ text: String) -> String {
    """
    <dc:\(name)><rdf:Alt><rdf:li xml:lang="x-default">\(escaped(text))</rdf:li>\
    <rdf:li xml:lang="\(language)">\(escaped(text))</rdf:li></rdf:Alt></dc:\(name)>
    """
  }
  func list(_ name: String, _ kind: String, _ items: [String]) -> String {
    let items = items.map { "<rdf:li>\(escaped($0))</rdf:li>" }.joined()
    return "<dc:\(name)><rdf:\(kind)>\(items)</rdf:\(kind)></dc:\(name)>"
  }

  var properties = [
    "<dc:format>application/pdf</dc:format>",
    alternative("title", manuscript.title),
    list("publisher", "Bag", [manuscript.institution]),
    list("language", "Bag", [manuscript.language]),
  ]
  if !manuscript.authors.isEmpty {
    properties.append(list("creator", "Seq", manuscript.authors))
  }
  if !manuscript.abstract.isEmpty {
    properties.append(alternative("description", manuscript.abstract.joined(separator: "\n\n")))
  }
  if !manuscript.keywords.isEmpty {
    properties.append(list("subject", "Bag", manuscript.keywords))
  }
  if let issued = manuscript.issued {
    properties.append(list("date", "Seq", [issued]))
    properties.append("<xmp:CreateDate>\(escaped(issued))T00:00:00Z</xmp:CreateDate>")
    properties.append("<xmp:ModifyDate>\(escaped(issued))T00:00:00Z</xmp:ModifyDate>")
  }
  properties.append("<pdf:Producer>Offprint</pdf:Producer>")
  return """
    <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
    <x:xmpmeta xmlns:x="adobe:ns:meta/">
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
    \(properties.joined(separator: "\n"))
    </rdf:Description>
    </rdf:RDF>
    </x:xmpmeta>
    <?xpacket end="r"?>
    """
}

/// Text as XML may contain it.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\n": result += "\n"
    case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
      result += " "
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
