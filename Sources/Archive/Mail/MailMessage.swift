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

  /// What the headers of a mailing list's messages say about it (RFC 2369, RFC 2919, RFC 8058).
  package struct List: Sendable, Equatable {
    package var name: String
    /// Identifies the list for good: `label.example.org`.
    package var id: String
    /// An https address that takes a POST to unsubscribe this recipient.
    package var unsubscribe: String
    /// Unsubscribes who sends a message to it; nil when nobody reads such messages.
    package var unsubscribeMailbox: String?
    package var subscribe: String
    package var archive: String
    package var help: String
    /// Who is responsible; nil when no address is set.
    package var owner: String?

    package init(
      name: String, id: String, unsubscribe: String, unsubscribeMailbox: String?,
      subscribe: String, archive: String, help: String, owner: String?
    ) {
      self.name = name
      self.id = id
      self.unsubscribe = unsubscribe
      self.unsubscribeMailbox = unsubscribeMailbox
      self.subscribe = subscribe
      self.archive = archive
      self.help = help
      self.owner = owner
    }
  }

  package let sender: Mailbox
  /// The address that bounces go to, which is not shown.
  package let envelope: String
  package let recipient: String
  package let subject: String
  package let text: String
  /// The same content as an HTML document in UTF-8; nil for a message of text only.
  package let html: [UInt8]?
  /// nil for a message that is not sent to a list.
  package let list: List?
  package let date: Instant
  /// Without angle brackets.
  package let id: String

  /// - Parameters:
  ///   - sender: The author.
  ///   - recipient: The address of the recipient.
  ///   - envelope: The address for bounces; nil for the sender's.
  ///   - subject: One line.
  ///   - text: The content as plain text.
  ///   - html: The content as HTML in UTF-8; nil for none.
  ///   - list: The mailing list; nil for none.
  ///   - date: When it was written.
  ///   - id: The Message-ID without angle brackets.
  package init(
    from sender: Mailbox, to recipient: String, envelope: String? = nil, subject: String,
    text: String, html: [UInt8]? = nil, list: List? = nil, date: Instant, id: String
  ) {
    self.sender = sender
    self.envelope = envelope ?? sender.address
    self.recipient = recipient
    self.subject = subject
    self.text = text
    self.html = html
    self.list = list
    self.date = date
    self.id = id
  }

  /// A new Message-ID, without angle brackets, in the domain of a sender.
  package static func newID(of sender: Mailbox) -> String {
    let domain = sender.address.split(separator: "@").last ?? "localhost"
    return "\(SystemRandomNumberGenerator.token(octets: 16))@\(domain)"
  }

  /// Separates the parts, as quoted-printable text never contains `=_`.
  private static let boundary = "=_offprint"

  /// The whole message with line feeds between its lines, as a Maildir and `sendmail` take it.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2048 + 2 * text.utf8.count + 2 * (html?.count ?? 0))
    bytes += "Date: \(MailText.date(date))\n".utf8
    bytes.append(header: "From", MailText.mailbox(sender))
    bytes.append(header: "To", [MailText.plain(recipient)])
    bytes.append(header: "Subject", MailText.unstructured(subject))
    bytes.append(header: "Message-ID", ["<\(MailText.plain(id))>"])
    if let list { bytes.append(headersOf: list) }
    bytes += "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n".utf8
    guard let html else {
      bytes.append(part: "text/plain", Array(text.utf8))
      return bytes
    }
    bytes += "Content-Type: multipart/alternative; boundary=\"\(Self.boundary)\"\n".utf8
    // Mail programs show the last part that they can.
    for (type, content) in [("text/plain", Array(text.utf8)), ("text/html", html)] {
      bytes += "\n--\(Self.boundary)\n".utf8
      bytes.append(part: type, content)
    }
    bytes += "\n--\(Self.boundary)--\n".utf8
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(headersOf list: MailMessage.List) {
    var name = MailText.phrase(list.name)
    name.append("<\(MailText.plain(list.id))>")
    append(header: "List-Id", name)
    let mailbox = list.unsubscribeMailbox.map { "mailto:\($0)?subject=unsubscribe" }
    for (field, addresses) in [
      ("List-Unsubscribe", [list.unsubscribe, mailbox]), ("List-Subscribe", [list.subscribe]),
      ("List-Archive", [list.archive]), ("List-Help", [list.help]),
      ("List-Owner", [list.owner.map { "mailto:\($0)" }]),
    ] {
      let links = addresses.compactMap { $0.map { "<\(MailText.uri($0))>" } }
      guard !links.isEmpty else { continue }
      append(header: field, links.dropLast().map { "\($0)," } + links.suffix(1))
    }
    self +=
      """
      List-Unsubscribe-Post: List-Unsubscribe=One-Click
      List-Post: NO
      Precedence: bulk

      """.utf8
  }

  /// Appends the headers of a part and its content.
  fileprivate mutating func append(part type: String, _ content: [UInt8]) {
    self += "Content-Type: \(type); charset=utf-8\n".utf8
    self += "Content-Transfer-Encoding: quoted-printable\n\n".utf8
    append(quotedPrintable: content)
  }

  /// Appends a header in lines of at most 76 characters where the words allow.
  ///
  /// The words contain neither white space at which a line could break nor control characters, so
  /// no text begins a header of its own.
  fileprivate mutating func append(header name: String, _ words: [String]) {
    self += "\(name):".utf8
    var width = name.utf8.count + 1
    for (index, word) in words.enumerated() {
      if index > 0, width + 1 + word.utf8.count > 76 {
        self += "\n".utf8
        width = 0
      }
      self += " \(word)".utf8
      width += 1 + word.utf8.count
    }
    self += "\n".utf8
  }
}
