import Archive
import Foundation

/// Why an image cannot be the logo.
enum LogoProblem: Error, Equatable {
  /// Neither a PNG nor an SVG.
  case notImage
  /// More than ``LogoImage/limit`` bytes.
  case tooLarge
  /// A PNG that is cut off, or larger than ``LogoImage/longestSide``.
  case unusablePNG
  /// An SVG that is no well-formed XML, with the line counted from 1.
  case malformed(line: Int)
  /// An SVG with a document type that declares entities.
  case hasEntities
}

/// Checks the image of a logo.
enum LogoImage {
  static let limit = 512 << 10
  /// In pixels.
  static let longestSide = 4000

  /// - Returns: The logo; of an SVG only what draws, without scripts, links and what it would load.
  static func logo(_ bytes: [UInt8]) throws(LogoProblem) -> SettingValues.Logo {
    guard bytes.count <= limit else { throw .tooLarge }
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      guard isUsablePNG(bytes) else { throw .unusablePNG }
      return SettingValues.Logo(type: .png, bytes: bytes)
    }
    guard let text = String(validating: bytes, as: UTF8.self), text.contains("<svg") else {
      throw .notImage
    }
    return SettingValues.Logo(type: .svg, bytes: try SVGCleaner.cleaned(text))
  }

  /// Whether the header gives a size that browsers show, and the end is there (PNG §5, §11.2.2).
  private static func isUsablePNG(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 45, bytes[12..<16].elementsEqual("IHDR".utf8),
      bytes.suffix(8).prefix(4).elementsEqual("IEND".utf8)
    else { return false }
    func number(at start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    return [16, 20].allSatisfy { (1...longestSide).contains(number(at: $0)) }
  }
}
