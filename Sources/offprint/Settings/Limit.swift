import Archive
import Search
import HTTP
import HTTPServer
import PDF
import Site

/// A limit of the program, as listed by `offprint config --limits`.
struct Limit: Sendable, Equatable {
  let name: String
  /// With its unit.
  let value: String
  /// Why it is not a setting, or “setting”.
  let reason: String

  init(_ name: String, _ value: String, _ reason: String) {
    self.name = name
    self.value = value
    self.reason = reason
  }

  /// The limits that are not settings.
  static let fixed: [Limit] = [
    Limit(
      "request target", size(ServerConfiguration.Limits().targetBytes),
      "longer than any address of the site; above it 414"),
    Limit(
      "request head", size(ServerConfiguration.Limits().headBytes),
      "what browsers and proxies send fits; above it 431"),
    Limit("chunk extensions", size(ChunkedDecoder.extensionLimit), "nobody uses them"),
    Limit("trailer fields", size(ChunkedDecoder.trailerLimit), "nobody uses them"),
    Limit(
      "ranges in a request", "\(RangeRequest.limit)",
      "PDF viewers ask for a few; above it the whole file is sent"),
    Limit(
      "form without a file", size(Site.formLimit), "room for any form of the site; above it 413"),
    Limit(
      "PDFs kept of refused forms", "\(Uploads.mostForForms) per account",
      "one for each open tab"),
    Limit(
      "time they and incomplete uploads are kept", "\(Uploads.lifetime / 3600) h",
      "long enough to continue the next morning"),
    Limit(
      "incomplete uploads", "\(Uploads.mostOpen) per account", "several times a large batch"),
    Limit(
      "files of a form", "\(Submission.mostFiles), \(Site.filesPerForm) times max-upload together",
      "for browsers without script; scripts send any number in parts"),
    Limit(
      "search query", "\(SearchQuery.longestText) characters",
      "a pasted paragraph fits; the rest is ignored"),
    Limit(
      "words of a query", "\(SearchQuery.mostWords)",
      "keeps the time of a search bounded; the rest is ignored"),
    Limit(
      "topics or authors in a filter", "\(Facets.most)", "the most frequent ones; Browse has all"),
    Limit(
      "publications in a message", "\(Mailing.mostAnnounced)",
      "a message lists the newest and links to the rest"),
    Limit(
      "confirmation messages", "\(Subscribers.mostConfirmations) a day to one address",
      "strangers can cause them"),
    Limit(
      "bounce", size(Mailing.longestReply), "contains at most the message; a longer one is ignored"),
    Limit(
      "invitation to an account", "\(Staff.invitationLifetime / 86_400) d",
      "a colleague may be away for a few days"),
    Limit(
      "link that sets a password", "\(Staff.passwordLinkLifetime / 3600) h",
      "somebody waits for it; whoever has it takes over the account"),
    Limit(
      "time to enter a code", "\(Staff.codeLifetime / 60) min", "long enough to find the phone"),
    Limit("slug", "\(Slug.longest) characters", "keeps addresses readable"),
    Limit(
      "command handed to the server", size(ControlRequest.limit),
      "the longest list of addresses on standard input, encoded"),
    Limit("stream in a PDF", size(pdf.streamBytes), "a kilobyte can inflate to a gigabyte"),
    Limit("all streams of a PDF", size(pdf.inflatedBytes), "bounds the time of one file"),
    Limit("text of a PDF", size(pdf.textBytes), "a library of books fits"),
    Limit("pages of a PDF", grouped(pdf.pages), "longer files are read up to here"),
    Limit("glyphs on a page", grouped(pdf.pageGlyphs), "a full page has some 5,000"),
    Limit("nesting in a PDF", "\(pdf.nesting)", "real files nest less than ten deep"),
    Limit("operators in a PDF", grouped(pdf.operators), "bounds the time of one file"),
  ]

  private static let pdf = PDF.Limits.standard

  private static func size(_ bytes: Int) -> String { Quantity.text(bytes: bytes) }
}
