/// A message that came back or was sent to the list, as far as the list has to understand it.
///
/// It comes from strangers. Nothing in it is trusted but tokens that this archive made.
struct ReceivedMail {
  /// Texts in which a token may be: of the addresses that it was sent to, and the words of the
  /// subject.
  let addressExtensions: [String]
  let subjectWords: [String]
  /// What a report about delivery says (RFC 3464); nil for any other message.
  let report: DeliveryReport?

  /// More is not read.
  ///
  /// Reports contain the message that they are about, or its head.
  static let longest = 1 << 20

  init(_ bytes: [UInt8]) {
    let part = MailPart(bytes[...])
    let recipients = ["delivered-to", "x-original-to", "envelope-to", "to"]
    addressExtensions = recipients.flatMap { part.values(of: $0) }.flatMap(Self.extensions)
    subjectWords = part.values(of: "subject").flatMap {
      $0.split(whereSeparator: \.isWhitespace).map(String.init)
    }
    report = DeliveryReport(part)
  }

  /// What stands between `+` and `@` in addresses.
  private static func extensions(of addresses: String) -> [String] {
    addresses.split(separator: "@", omittingEmptySubsequences: false).dropLast().compactMap {
      local in
      local.lastIndex(of: "+").map { String(local[local.index(after: $0)...]) }
    }
  }
}

/// What a report says of the recipient whose delivery failed.
struct DeliveryReport: Equatable {
  /// An enhanced status code (RFC 3463) of class 4 or 5.
  let status: String

  var isPermanent: Bool { status.hasPrefix("5") }

  fileprivate init?(_ message: MailPart) {
    guard let type = message.contentType, type.name == "multipart/report",
      type.parameters["report-type"]?.lowercased() == "delivery-status",
      let boundary = type.parameters["boundary"],
      let part = message.parts(boundary).first(where: {
        ["message/delivery-status", "message/global-delivery-status"].contains(
          $0.contentType?.name)
      })
    else { return nil }
    var found: String?
    // Groups of fields with an empty line between them, the first of which is about the message.
    var rest = part.body
    while !rest.isEmpty, found == nil || found?.hasPrefix("4") == true {
      let group = MailPart(rest)
      guard group.body.count < rest.count else { break }
      rest = group.body
      guard let action = group.values(of: "action").first?.lowercased(),
        action.hasPrefix("failed") || action.hasPrefix("delayed"),
        let status = group.values(of: "status").first.flatMap(Self.status)
      else { continue }
      found = status
    }
    guard let found else { return nil }
    status = found
  }

  /// `5.1.1` of `5.1.1 (unknown user)`; nil for success and for anything else.
  private static func status(_ text: String) -> String? {
    let code = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let numbers = code.split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.count == 3, numbers[0] == "4" || numbers[0] == "5",
      numbers.dropFirst().allSatisfy({ (1...3).contains($0.utf8.count) })
    else { return nil }
    return String(code)
  }
}

/// A message or a part of one: fields, and what follows the first empty line.
private struct MailPart {
  /// Names in lower case.
  private let fields: [(name: String, value: String)]
  let body: ArraySlice<UInt8>

  private static let mostFields = 200
  private static let mostParts = 20

  init(_ bytes: ArraySlice<UInt8>) {
    var fields: [(name: String, value: String)] = []
    var rest = bytes
    while !rest.isEmpty {
      let line = Self.line(&rest)
      if line.isEmpty {
        if fields.isEmpty { continue }
        break
      }
      let text = String(decoding: line, as: UTF8.self)
      if line.first == 0x20 || line.first == 0x09 {
        if !fields.isEmpty { fields[fields.count - 1].value += " " + text.trimmingSpaces }
      } else if let colon = text.firstIndex(of: ":"), fields.count < Self.mostFields {
        fields.append(
          (
            text[..<colon].lowercased().trimmingSpaces,
            String(text[text.index(after: colon)...]).trimmingSpaces
          ))
      }
    }
    self.fields = fields
    body = rest
  }

  func values(of name: String) -> [String] {
    fields.filter { $0.name == name }.map(\.value)
  }

  /// The media type in lower case, and its parameters.
  var contentType: (name: String, parameters: [String: String])? {
    guard let value = values(of: "content-type").first else { return nil }
    let pieces = value.split(separator: ";").map { String($0).trimmingSpaces }
    guard let name = pieces.first?.lowercased() else { return nil }
    var parameters: [String: String] = [:]
    for piece in pieces.dropFirst() {
      guard let equals = piece.firstIndex(of: "=") else { continue }
      let text = String(piece[piece.index(after: equals)...]).trimmingSpaces
      parameters[piece[..<equals].lowercased().trimmingSpaces] = text.filter { $0 != "\"" }
    }
    return (name, parameters)
  }

  /// The parts of a multipart body.
  func parts(_ boundary: String) -> [MailPart] {
    let delimiter = Array("--\(boundary)".utf8)
    var parts: [MailPart] = []
    var start: Int?
    var rest = body
    while !rest.isEmpty, parts.count < Self.mostParts {
      let place = rest.startIndex
      let line = Self.line(&rest)
      guard line.starts(with: delimiter) else { continue }
      if let start { parts.append(MailPart(body[start..<place])) }
      start = rest.startIndex
      if line.dropFirst(delimiter.count).starts(with: "--".utf8) { return parts }
    }
    // A report that was cut off.
    if let start, parts.count < Self.mostParts { parts.append(MailPart(body[start...])) }
    return parts
  }

  /// Takes a line, without its end.
  private static func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    var line = rest[rest.startIndex..<end]
    rest = end < rest.endIndex ? rest[(end + 1)...] : rest[end...]
    if line.last == 0x0D { line.removeLast() }
    return line
  }
}

extension StringProtocol {
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
