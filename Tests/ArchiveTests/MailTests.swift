import Archive
import Foundation
import Testing

@Suite("A message is what RFC 5322 allows, whatever is put into it")
struct MailTests {
  @Test func theHeadersAreThoseOfAMessageFromAProgram() {
    let lines = head(of: message(subject: "Please confirm"))
    #expect(
      lines == [
        "Date: Tue, 14 Nov 2023 22:13:20 +0000",
        "From: \"Institute\" <list@example.org>",
        "To: anna@example.org",
        "Subject: Please confirm",
        "Message-ID: <1@example.org>",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
      ])
  }

  @Test(
    arguments: [
      "Hello\r\nBcc: eve@example.org", "Hello\nBcc: eve@example.org", "Hello\rBcc: eve@example.org",
      "Hello\u{85}Bcc: eve@example.org", "Hello\u{2028}Bcc: eve@example.org", "Hello\0",
    ])
  func nothingBeginsAHeaderOfItsOwn(_ text: String) {
    let message = MailMessage(
      from: MailMessage.Mailbox(name: text, address: text), to: text, subject: text, text: text,
      date: noon, id: text)
    let lines = head(of: message)
    #expect(lines.filter { !$0.hasPrefix(" ") }.count == 9)
    let list = MailMessage(
      from: MailMessage.Mailbox(address: text), to: text, subject: text, text: text,
      html: Array(text.utf8),
      list: MailMessage.List(
        name: text, id: text, unsubscribe: text, unsubscribeMailbox: text, subscribe: text,
        archive: text, help: text, owner: text), date: noon, id: text)
    #expect(head(of: list).filter { !$0.hasPrefix(" ") }.count == 17)
    #expect(lines.allSatisfy { !$0.lowercased().hasPrefix("bcc") })
    #expect(message.bytes.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
  }

  @Test func aSubjectOutsideASCIIIsInEncodedWordsOfAllowedLength() throws {
    let subject = "Bestätigung für das Institut für Häfen und Küsten 港口研究所 🌍"
    let lines = head(of: message(subject: subject))
    let start = try #require(lines.firstIndex { $0.hasPrefix("Subject: ") })
    var words = [String(lines[start].dropFirst("Subject: ".count))]
    words += lines[(start + 1)...].prefix { $0.hasPrefix(" ") }.map { String($0.dropFirst()) }
    #expect(words.count > 1)
    var decoded = ""
    for word in words {
      #expect(word.utf8.count <= 75)
      #expect(word.hasPrefix("=?utf-8?B?") && word.hasSuffix("?="))
      let data = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
      decoded += try #require(String(data: data, encoding: .utf8))
    }
    #expect(decoded == subject)
  }

  @Test func theTextComesBackAsItWas() {
    let text = "Sehr geehrte Damen,\n\n= 100 % “sure”. " + String(repeating: "lang ", count: 60)
    let message = message(text: text)
    let all = String(decoding: message.bytes, as: UTF8.self)
    let body = all.split(separator: "\n\n", maxSplits: 1).last.map(String.init) ?? ""
    #expect(body.split(separator: "\n").allSatisfy { $0.utf8.count <= 76 })
    #expect(decodedQuotedPrintable(body) == text + "\n")
  }

  @Test func aMaildirGetsAWholeMessageInNew() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let message = message(subject: "Please confirm")
    try Maildir(path: folder).post(message)
    try Maildir(path: folder).post(message)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/new")
    #expect(names.count == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/tmp").isEmpty)
    for name in names {
      #expect(try Data(contentsOf: URL(filePath: "\(folder)/new/\(name)")) == Data(message.bytes))
    }
  }

  private func message(subject: String = "Subject", text: String = "Text") -> MailMessage {
    MailMessage(
      from: MailMessage.Mailbox(name: "Institute", address: "list@example.org"),
      to: "anna@example.org", subject: subject, text: text, date: noon, id: "1@example.org")
  }

  private func head(of message: MailMessage) -> [String] {
    let text = String(decoding: message.bytes, as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return Array(lines.prefix { !$0.isEmpty })
  }

  private func decodedQuotedPrintable(_ text: String) -> String {
    var octets: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let octet = rest.popFirst() {
      guard octet == UInt8(ascii: "=") else {
        octets.append(octet)
        continue
      }
      if rest.first == 0x0A {
        rest.removeFirst()
      } else {
        octets.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      }
    }
    return String(decoding: octets, as: UTF8.self)
  }
}
