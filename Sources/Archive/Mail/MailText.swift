internal import Digests
internal import Foundation

/// The encodings of text in headers.
enum MailText {
  /// A value without control characters and without anything outside ASCII.
  static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { (0x20...0x7E).contains($0.value) ? $0 : " " }))
  }

  /// An address for angle brackets: what cannot be in a URI is percent-encoded.
  static func uri(_ text: String) -> String {
    text.utf8.reduce(into: "") { uri, byte in
      switch byte {
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ","), UInt8(ascii: "\""), ...0x20,
        0x7F...:
        uri += "%" + [byte].hexadecimal.uppercased()
      default: uri.unicodeScalars.append(UnicodeScalar(byte))
      }
    }
  }

  /// The words of a text if it is ASCII, else encoded words (RFC 2047).
  static func unstructured(_ text: String) -> [String] {
    let text = text.cleanedLine
    let words = text.split(separator: " ").map(String.init)
    let isPlain =
      text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
      && words.allSatisfy { $0.utf8.count <= longestWord }
    return isPlain ? words : encodedWords(text)
  }

  static func mailbox(_ mailbox: MailMessage.Mailbox) -> [String] {
    let address = plain(mailbox.address)
    let name = phrase(mailbox.name)
    return name.isEmpty ? [address] : name + ["<\(address)>"]
  }

  /// A name before angle brackets, as a quoted string or as encoded words.
  static func phrase(_ name: String) -> [String] {
    let name = name.cleanedLine
    if name.isEmpty { return [] }
    let isPlain = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == 0x20
    }
    return isPlain && name.utf8.count <= longestWord ? ["\"\(name)\""] : encodedWords(name)
  }

  /// The date in the form `Tue, 24 Nov 2026 10:00:00 +0000`.
  static func date(_ instant: Instant) -> String {
    let text = Array(instant.description)
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let seconds = instant.secondsSince1970
    let day = seconds >= 0 ? seconds / 86_400 : (seconds + 1) / 86_400 - 1
    let month = (Int(String(text[5..<7])) ?? 1) - 1
    return "\(days[Int((day % 7 + 7) % 7)]), \(String(text[8..<10])) \(months[month]) "
      + "\(String(text[0..<4])) \(String(text[11..<19])) +0000"
  }

  /// In bytes, so that it fits into a line beside the name of its header.
  private static let longestWord = 60

  /// Encoded words in base64, each of whole characters, as a mail program may show one without the
  /// others.
  private static func encodedWords(_ text: String) -> [String] {
    var pieces: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      // 36 bytes are 48 characters of base64, and the marks around them 12 more.
      if let last = pieces.last, last.count + bytes.count > 36 { pieces.append([]) }
      pieces[pieces.count - 1] += bytes
    }
    return pieces.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }
  }
}

extension [UInt8] {
  /// Appends text in lines of at most 76 characters of ASCII, the last one ended (RFC 2045 §6.7).
  mutating func append(quotedPrintable text: [UInt8]) {
    let digits = Array("0123456789ABCDEF".utf8)
    var width = 0
    for index in text.indices {
      let byte = text[index]
      if byte == 0x0A {
        append(byte)
        width = 0
        continue
      }
      let isAtLineEnd = index + 1 == text.count || text[index + 1] == 0x0A
      let isPlain = (0x21...0x7E).contains(byte) && byte != 0x3D || byte == 0x20 && !isAtLineEnd
      let length = isPlain ? 1 : 3
      // One column is kept for the “=” that continues a line.
      if width + length > 75 {
        self += [UInt8(ascii: "="), 0x0A]
        width = 0
      }
      if isPlain {
        append(byte)
      } else {
        self += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
      width += length
    }
    if text.last != 0x0A { append(0x0A) }
  }
}
