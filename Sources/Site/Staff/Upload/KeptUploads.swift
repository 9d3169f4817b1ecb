import Archive
import Foundation
import Synchronization

/// PDFs that came with a form that was refused, kept so that they need not be chosen again.
///
/// Each lies in the archive's folder `incoming/` under a token that the form carries, and belongs
/// to one session; a form in another tab has a token of its own. They are removed after
/// `lifetime`, when there are too many, and when the server starts.
package final class KeptUploads: Sendable {
  private struct Upload {
    let token: String
    let session: String
    let file: IncomingFile
    let octets: Int
    /// Uptime in seconds.
    let kept: Int64
  }

  /// Seconds for which a file is kept.
  package static let lifetime: Int64 = 2 * 3600
  package static let mostPerSession = 4
  private let mostOctets: Int
  /// Oldest first.
  private let uploads = Mutex<[Upload]>([])

  /// - Parameter mostOctets: What all files together may take; the last one is kept in any case.
  init(mostOctets: Int) { self.mostOctets = mostOctets }

  /// Keeps the file of a form.
  ///
  /// - Parameters:
  ///   - file: In `incoming/`; it is there under another name afterwards.
  ///   - octets: How large it is.
  ///   - session: Names the session that it belongs to.
  ///   - uptime: The moment.
  /// - Returns: What the form must carry; nil when the file could not be kept.
  func keep(
    _ file: IncomingFile, octets: Int, of session: String, at uptime: Int64
  ) -> String? {
    let token = SystemRandomNumberGenerator.hexadecimal()
    let kept = IncomingFile(path: file.path + ".kept", name: file.name)
    guard (try? FileManager.default.moveItem(atPath: file.path, toPath: kept.path)) != nil else {
      return nil
    }
    let removed = uploads.withLock { uploads in
      uploads.append(
        Upload(token: token, session: session, file: kept, octets: octets, kept: uptime))
      return KeptUploads.excess(in: &uploads, mostOctets: mostOctets, at: uptime)
    }
    KeptUploads.remove(removed)
    return token
  }

  /// A file that is kept, under a name of its own, so that a form that is sent twice finds it twice.
  ///
  /// - Returns: The file and its length; nil when it is not kept any more, or for another session.
  func file(
    _ token: String, of session: String, at uptime: Int64
  ) -> (file: IncomingFile, octets: Int)? {
    sweep(at: uptime)
    return uploads.withLock { uploads in
      guard let upload = uploads.first(where: { $0.token == token && $0.session == session })
      else { return nil }
      let path = "\(upload.file.path).\(SystemRandomNumberGenerator.hexadecimal())"
      guard
        (try? FileManager.default.linkItem(atPath: upload.file.path, toPath: path)) != nil
      else { return nil }
      return (IncomingFile(path: path, name: upload.file.name), upload.octets)
    }
  }

  /// Forgets a file that the archive has taken.
  func remove(_ token: String) {
    let removed = uploads.withLock { uploads in
      let removed = uploads.filter { $0.token == token }
      uploads.removeAll { $0.token == token }
      return removed
    }
    KeptUploads.remove(removed)
  }

  /// Removes what has been kept too long.
  func sweep(at uptime: Int64) {
    KeptUploads.remove(
      uploads.withLock { KeptUploads.excess(in: &$0, mostOctets: mostOctets, at: uptime) })
  }

  /// Takes out what is too old or too much.
  private static func excess(
    in uploads: inout [Upload], mostOctets: Int, at uptime: Int64
  ) -> [Upload] {
    var (kept, removed): ([Upload], [Upload]) = ([], [])
    var octets = 0
    for upload in uploads.reversed() {
      let isOneTooMany =
        kept.count(where: { $0.session == upload.session }) >= mostPerSession
        || (!kept.isEmpty && octets + upload.octets > mostOctets)
      if uptime - upload.kept >= lifetime || isOneTooMany {
        removed.append(upload)
      } else {
        kept.append(upload)
        octets += upload.octets
      }
    }
    uploads = kept.reversed()
    return removed
  }

  private static func remove(_ uploads: [Upload]) {
    // One that cannot be removed now goes when the server starts.
    for upload in uploads { try? FileManager.default.removeItem(atPath: upload.file.path) }
  }
}
