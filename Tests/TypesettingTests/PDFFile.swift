import Compression
import Foundation
import Testing

/// As much of a PDF file as these tests look at: classic cross-reference table, Flate streams.
struct PDFFile {
  let octets: [UInt8]
  /// The octets as characters of the same numbers.
  let text: String
  /// Each object's octets from its number on, by its place in the cross-reference table.
  let objects: [String]

  init(_ octets: [UInt8]) throws {
    self.octets = octets
    let characters = octets.map { Character(Unicode.Scalar($0)) }
    text = String(characters)

    // A line feed after a carriage return would be one Character with it, so by octets.
    func lines(from start: Int) -> [Substring] {
      String(decoding: octets[start...], as: UTF8.self).split(separator: "\n")
    }
    let end = try #require(text.range(of: "startxref\n", options: .backwards))
    let table = try #require(Int(text[end.upperBound...].prefix { $0.isNumber }))
    let rows = lines(from: table)
    try #require(rows.first == "xref")
    let count = try #require(Int(rows[1].split(separator: " ")[1]))
    var objects: [String] = []
    for (number, row) in rows[3..<(2 + count)].enumerated() {
      let offset = try #require(Int(row.prefix(10)))
      try #require(row.hasSuffix(" 00000 n "))
      let object = String(octets[offset...].prefix(40_000).map { Character(Unicode.Scalar($0)) })
      #expect(object.hasPrefix("\(number + 1) 0 obj\n"))
      objects.append(object.components(separatedBy: "\nendobj\n")[0])
    }
    self.objects = objects
  }

  /// The text of each page that has any, its lines as they are drawn.
  func pages() throws -> [[String]] {
    try objects.filter { $0.contains("/Type /Page ") }.map { page in
      let reference = try #require(page.firstMatch(of: /\/Contents (\d+) 0 R/))
      let number = try #require(Int(reference.1))
      return lines(of: String(try stream(number).map { Character(Unicode.Scalar($0)) }))
    }
  }

  /// The inflated stream of an object.
  func stream(_ number: Int) throws -> [UInt8] {
    let object = objects[number - 1]
    let start = try #require(object.range(of: "stream\n"))
    let data = object[start.upperBound...].unicodeScalars.map { UInt8($0.value) }
    return try inflate(data, limit: 1 << 20)
  }

  private func lines(of content: String) -> [String] {
    content.split(separator: "\n").filter { $0.hasSuffix("TJ") }.map { line in
      var text = ""
      var isInString = false
      var isEscaped = false
      for character in line {
        switch character {
        case _ where isEscaped:
          text.append(character)
          isEscaped = false
        case "\\": isEscaped = true
        case "(": isInString = true
        case ")": isInString = false
        case "\u{81}": text += "fi"
        case "\u{8D}": text += "fl"
        default: if isInString { text.append(character) }
        }
      }
      return text
    }
  }
}
