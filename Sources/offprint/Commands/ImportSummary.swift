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
    func say(_ words: String, _ count: Int, _ names: [String] = []) {
      guard count > 0 else { return }
      text += "\(words): \(grouped(count))" + (names.isEmpty ? "" : " (\(list(names)))") + ".\n"
    }
    say("Drafts kept as drafts", summary.drafts)
    say("Pending posts, now in review", summary.inReview)
    say("Posts kept scheduled", summary.scheduled)
    say("Posts scheduled for a time that has passed, now drafts", summary.overduePosts)
    say("Private posts, now drafts", summary.privatePosts)
    say("Posts with a password, now drafts", summary.protectedPosts)
    say("Posts without a title, named by the beginning of their text", summary.untitled)
    say(
      "PDFs beside the first of a post, or of no post, now drafts", summary.extraPDFs.count,
      summary.extraPDFs)
    say(
      "Attachments that are no PDFs, left out", summary.otherFiles.count, summary.otherFiles)
    say("Posts in the trash, left out", summary.trashed)
    say("Comments, left out", summary.comments)
    for (type, count) in summary.leftOut.sorted(by: { $0.key < $1.key }) {
      say("Items of the type “\(type)”, left out", count)
    }
    if !isTrial { say("Redirects of lists and archives", summary.listRedirects) }
    return text
  }

  /// The first ten of a list.
  private static func list(_ names: [String]) -> String {
    names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", …" : "")
  }
}
