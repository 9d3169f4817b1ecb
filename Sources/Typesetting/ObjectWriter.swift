internal import Compression

/// Writes the objects of a PDF file and its cross-reference table (ISO 32000-1 §7.5).
struct ObjectWriter {
  private var octets: [UInt8]
  /// Where each object begins, by its number less 1; nil while it is only reserved.
  private var offsets: [Int?] = []

  init() {
    // The comment of octets above 127 tells transfer programs that the file is not text.
    octets = Array("%PDF-1.7\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
  }

  /// The number of an object to be written later.
  mutating func reserve() -> Reference {
    offsets.append(nil)
    return Reference(number: offsets.count)
  }

  mutating func write(_ object: String, as reference: Reference? = nil) -> Reference {
    let reference = begin(reference)
    octets += (object + "\nendobj\n").utf8
    return reference
  }

  /// Writes a stream, with `entries` in its dictionary.
  mutating func write(stream: [UInt8], entries: String = "", isCompressed: Bool = true)
    -> Reference
  {
    let data = isCompressed ? deflate(stream, level: 9) : stream
    let filter = isCompressed ? " /Filter /FlateDecode" : ""
    let reference = begin(nil)
    octets += "<< /Length \(data.count)\(filter)\(entries) >>\nstream\n".utf8
    octets += data
    octets += "\nendstream\nendobj\n".utf8
    return reference
  }

  private mutating func begin(_ reference: Reference?) -> Reference {
    let reference = reference ?? reserve()
    offsets[reference.number - 1] = octets.count
    octets += "\(reference.number) 0 obj\n".utf8
    return reference
  }

  /// Ends the file.
  consuming func finish(catalog: Reference, information: Reference) -> [UInt8] {
    let identifier = fingerprint(octets)
    let start = octets.count
    octets += "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n".utf8
    for offset in offsets {
      let digits = String(offset ?? 0)
      let padded = String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits
      octets += (padded + (offset == nil ? " 65535 f \n" : " 00000 n \n")).utf8
    }
    octets +=
      """
      trailer
      << /Size \(offsets.count + 1) /Root \(catalog) /Info \(information) \
      /ID [<\(identifier)> <\(identifier)>] >>
      startxref
      \(start)
      %%EOF

      """.utf8
    return octets
  }
}

/// An indirect reference.
struct Reference: CustomStringConvertible {
  var number: Int
  var description: String { "\(number) 0 R" }
}

/// 32 hexadecimal digits that differ for different octets; FNV-1a from two beginnings.
private func fingerprint(_ octets: [UInt8]) -> String {
  [0xCBF2_9CE4_8422_2325, 0x6C62_272E_07BB_0142].map { (basis: UInt64) in
    let sum = octets.reduce(basis) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return hex(UInt32(sum >> 32), digits: 8) + hex(UInt32(truncatingIfNeeded: sum), digits: 8)
  }.joined()
}

/// A text string (ISO 32000-1 §7.9.2.2): ASCII as it is, anything else in UTF-16.
func textString(_ text: String) -> String {
  if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
    let escaped = text.map { "()\\".contains($0) ? "\\\($0)" : String($0) }
    return "(" + escaped.joined() + ")"
  }
  return "<FEFF" + text.utf16.map { hex(UInt32($0), digits: 4) }.joined() + ">"
}
