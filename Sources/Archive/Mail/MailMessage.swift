internal import Digests
internal import Foundation

/// A message in the form of RFC 5322, to one recipient.
package struct MailMessage: Sendable, Equatable {
  /// An address, with the name shown beside it.
  package struct Mailbox: Sendable, Equatable {
    package let name: String
    package let address: String

    package init(name: String = "", address: String) {
      self.name = name
      self.address = address
    }
  }

  package let sender: Mailbox
  package let recipient: String
  package let subject: String
  package let text: String
  package let date: Instant
  /// Without angle brackets.
  package let id: String

  package init(
    from sender: Mailbox, to recipient: String, subject: String, text: String,
    date: Instant, id: String
  ) {
    self.sender = sender
    self.recipient = recipient
    self.subject = subject
    self.text = text
    self.date = date
    self.id = id
  }

  /// The message with line feeds between its lines, as a Maildir and `sendmail` take it.
  ///
  /// Nothing that was put in can begin a header line of its own: control characters become spaces.
  package var octets: [UInt8] {
    let headers = [
      ("Date", MailText.date(date)),
      ("From", MailText.mailbox(sender)),
      ("To", MailText.plain(recipient)),
      ("Subject", MailText.unstructured(subject, after: "Subject: ".utf8.count)),
      ("Message-ID", "<\(MailText.plain(id))>"),
      ("Auto-Submitted", "auto-generated"),
      ("MIME-Version", "1.0"),
      ("Content-Type", "text/plain; charset=utf-8"),
      ("Content-Transfer-Encoding", "quoted-printable"),
    ]
    let head = headers.map { "\($0.0): \($0.1)\n" }.joined()
    return Array((head + "\n" + MailText.quotedPrintable(text)).utf8)
  }
}

/// The codings of mail.
enum MailText {
  /// A value without control characters and without anything outside ASCII.
  static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { (0x20...0x7E).contains($0.value) ? $0 : " " }))
  }

  /// Text as it stands when it is ASCII, else in encoded words of at most 75 characters, each
  /// whole characters (RFC 2047).
  static func unstructured(_ text: String, after used: Int) -> String {
    let text = text.cleanedLine
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), text.utf8.count + used <= 200,
      !text.contains("=?")
    {
      return text
    }
    return encodedWords(text)
  }

  static func mailbox(_ mailbox: MailMessage.Mailbox) -> String {
    let name = mailbox.name.cleanedLine
    if name.isEmpty { return plain(mailbox.address) }
    let isPlain = name.utf8.allSatisfy { octet in
      (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet)
        || (0x61...0x7A).contains(octet) || octet == 0x20
    }
    let shown = isPlain ? "\"\(name)\"" : encodedWords(name)
    return "\(shown) <\(plain(mailbox.address))>"
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

  /// Text in lines of at most 76 characters of ASCII (RFC 2045 §6.7).
  static func quotedPrintable(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      var coded = ""
      let octets = Array(line.utf8)
      for (index, octet) in octets.enumerated() {
        let isLast = index == octets.count - 1
        let isPlain =
          (0x21...0x7E).contains(octet) && octet != 0x3D
          || octet == 0x20 && !isLast
        let piece =
          isPlain ? String(UnicodeScalar(octet)) : "=" + [octet].hexadecimal.uppercased()
        // One place is kept for the “=” that says the line goes on.
        if coded.utf8.count + piece.utf8.count > 75 {
          lines.append(coded + "=")
          coded = ""
        }
        coded += piece
      }
      lines.append(coded)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Each word holds whole characters, as a reader may show one without the others.
  private static func encodedWords(_ text: String) -> String {
    var pieces: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let octets = Array(String(scalar).utf8)
      // 42 octets make 56 characters of base64, and the marks around them 12 more.
      if let last = pieces.last, last.count + octets.count > 42 { pieces.append([]) }
      pieces[pieces.count - 1] += octets
    }
    return pieces.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\n ")
  }
}
