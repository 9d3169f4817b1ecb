import Archive
import Foundation

/// The sentences at the end of an import.
extension ImportCommand {
  static func text(
    of summary: Importer.Summary, isTrial: Bool, in elapsed: Duration, more: String = ""
  ) -> String {
    let seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    var text =
      "\(grouped(summary.lines)) records in \(seconds.formatted(.number.precision(.fractionLength(1)))) s: "
      + "\(grouped(summary.added)) new, \(grouped(summary.changed)) changed, "
      + "\(grouped(summary.unchanged)) unchanged, \(grouped(summary.failed)) failed"
      + (summary.files > 0 ? "; \(grouped(summary.files)) files" : "") + ".\n" + more
    if !summary.unknownKeys.isEmpty {
      text +=
        "Unknown fields, stored with the records: "
        + summary.unknownKeys.sorted().joined(separator: ", ") + ".\n"
    }
    if !summary.keptAsWritten.isEmpty {
      text +=
        "Kept as written, since some values were not understood: "
        + summary.keptAsWritten.sorted().joined(separator: ", ") + ".\n"
    }
    if summary.filesNotAsked > 0 {
      text += "\(grouped(summary.filesNotAsked)) records name a file; add --files DIR.\n"
    }
    if !summary.unusableFiles.isEmpty {
      text += "\(grouped(summary.unusableFiles.count)) files could not be imported.\n"
    }
    if !summary.sharedFiles.isEmpty {
      text +=
        "\(grouped(summary.sharedFiles.count)) publications have the same PDF as another: "
        + list(summary.sharedFiles.map { "\($0.slug) and \($0.other)" }) + ".\n"
    }
    if isTrial { text += "Nothing was imported (--dry-run).\n" }
    return text
  }

  static func text(of summary: WordPressSummary, isTrial: Bool) -> String {
    var text = ""
    func say(_ count: Int, _ words: String) {
      if count > 0 { text += "\(grouped(count)) \(words).\n" }
    }
    say(summary.drafts, "drafts stay drafts")
    say(summary.inReview, "pending posts are in review")
    say(summary.scheduled, "posts stay scheduled")
    say(summary.overduePosts, "posts were scheduled for a time that has passed; they are drafts")
    say(summary.privatePosts, "private posts are drafts")
    say(summary.protectedPosts, "posts with a password are drafts")
    say(summary.untitled, "posts have no title; it is the beginning of their text")
    if !summary.extraPDFs.isEmpty {
      text +=
        "\(grouped(summary.extraPDFs.count)) PDFs beside the first of a post, or of no post, are"
        + " drafts: \(list(summary.extraPDFs)).\n"
    }
    if !summary.otherFiles.isEmpty {
      text +=
        "\(grouped(summary.otherFiles.count)) attachments are no PDFs and were left out: "
        + "\(list(summary.otherFiles)).\n"
    }
    say(summary.trashed, "posts in the trash were left out")
    say(summary.comments, "comments were left out")
    for (type, count) in summary.leftOut.sorted(by: { $0.key < $1.key }) {
      say(count, "items of the type “\(type)” were left out")
    }
    if !isTrial { say(summary.listRedirects, "old addresses of lists redirect") }
    return text
  }

  /// The first ten of a list.
  private static func list(_ names: [String]) -> String {
    names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", …" : "")
  }
}
