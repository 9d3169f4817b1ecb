import Archive
import Dispatch
import HTTP
import HTTPServer
import Site
import Synchronization
import System

/// The service of a replica: it answers from a copy of the database, and changes to another copy when
/// that was renamed into its place.
///
/// A request keeps the site that it began with, and so its copy, which is closed after its last
/// request. Whatever is added to ``Service`` has to be passed on here.
final class ReplicaService: Service {
  private struct Current {
    var site: Site
    /// Added to the numbers of changes of the site, which begin anew with each copy.
    var offset: UInt64 = 0
  }

  /// More than the number of changes within one copy: publications that become public while it is
  /// used.
  private static let step: UInt64 = 1 << 24
  /// Between two looks at the path of the database.
  private static let pause: DispatchTimeInterval = .milliseconds(200)

  private let current: Mutex<Current>
  /// Makes a site that continues another one.
  private let makeSite: @Sendable (Archive, Site) -> Site
  private let appearance: Appearance
  private let folder: String
  private let refusal: CopyRefusal
  private let log: Log
  private let queue = DispatchQueue(label: "offprint.replica")
  private let timer = Mutex<(any DispatchSourceTimer)?>(nil)
  /// The file that was looked at last, used or refused.
  private let seen: Mutex<FileStatus.Version?>

  /// - Parameters:
  ///   - site: Answers from the first copy.
  ///   - version: The file of that copy.
  ///   - archive: Of that copy.
  ///   - appearance: Of all sites.
  ///   - refusal: Where the reason is noted why a copy is not used.
  ///   - log: Gets changes of copies.
  ///   - makeSite: Makes a site that continues another one.
  init(
    site: Site, version: FileStatus.Version?, archive: Archive, appearance: Appearance,
    refusal: CopyRefusal, log: Log, makeSite: @escaping @Sendable (Archive, Site) -> Site
  ) {
    current = Mutex(Current(site: site))
    seen = Mutex(version)
    folder = archive.folder.path
    self.appearance = appearance
    self.refusal = refusal
    self.log = log
    self.makeSite = makeSite
  }

  private var site: Site { current.withLock { $0.site } }

  // MARK: Copies

  /// Builds the search index, then looks for new copies until ``stop()``.
  func start() {
    queue.async { [self] in
      // A copy can be replaced only after its index was built, from which the next one is made.
      do {
        try site.archive.prepareSearch()
        log.write(
          .notice, "search index built", [("bytes", .integer(site.archive.indexBytes ?? 0))])
      } catch {
        log.write(.error, "indexing failed", [("error", .text(explanation(of: error)))])
      }
      timer.withLock { timer in
        let source = DispatchSource.makeTimerSource(queue: queue)
        source.schedule(deadline: .now(), repeating: Self.pause)
        source.setEventHandler { [weak self] in self?.look() }
        source.resume()
        timer = source
      }
    }
  }

  func stop() {
    // Waits for what is running.
    queue.sync {
      timer.withLock { timer in
        timer?.cancel()
        timer = nil
      }
    }
  }

  private func look() {
    let version = Archive.databaseVersion(in: folder)
    guard let version, version != seen.withLock({ $0 }) else { return }
    let start = ContinuousClock.now
    do throws(ArchiveError) {
      let next = try site.archive.openingSuccessor()
      try change(to: next)
      seen.withLock { $0 = version }
      refusal.reason.withLock { $0 = nil }
      log.write(
        .notice, "new copy of the database in use",
        [("ms", .integer(Int((ContinuousClock.now - start) / .milliseconds(1))))])
      remakeWornIndex()
    } catch .replacedMeanwhile {
      // The next look finds the file that replaced it.
    } catch {
      seen.withLock { $0 = version }
      refusal.reason.withLock { $0 = error.withoutPath }
      log.write(
        .error, "copy of the database not used; the former one stays in use",
        [("error", .text(error.description))])
    }
  }

  private func remakeWornIndex() {
    do { try site.archive.remakeWornIndex() } catch {
      log.write(.error, "indexing failed", [("error", .text(explanation(of: error)))])
    }
  }

  private func change(to next: Archive) throws(ArchiveError) {
    let isVisible: Bool
    do {
      appearance.take(try next.settings.values())
      appearance.take(try next.lists.types())
      isVisible =
        try site.archive.storedGeneration().visible != next.storedGeneration().visible
    } catch {
      throw ArchiveError.unusable(path: folder, reason: explanation(of: error))
    }
    let now = Instant.now
    current.withLock { current in
      let last = current.site.lastChange(of: Response.anyChange, at: now.secondsSince1970)
      let site = makeSite(next, current.site)
      let first = site.lastChange(of: Response.anyChange, at: now.secondsSince1970)
      // Cached responses stay valid if readers see no difference.
      current.offset += isVisible ? last + Self.step : last - min(last, first)
      current.site = site
    }
  }

  // MARK: Requests

  func lastChange(of tag: Int, at now: Int64) -> UInt64 {
    let (site, offset) = current.withLock { ($0.site, $0.offset) }
    return offset + site.lastChange(of: tag, at: now)
  }

  var languages: [String] { site.languages }
  var personalCookies: [String] { site.personalCookies }
  func route(of request: Request) -> (any Sendable)? { site.route(of: request) }
  func rate(of request: Request) -> RateClass? { site.rate(of: request) }
  func isLong(_ request: Request) -> Bool { site.isLong(request) }
  func cost(of request: Request) -> Cost { site.cost(of: request) }
  func isStaff(_ request: Request) -> Bool { site.isStaff(request) }
  func bodyPolicy(for request: Request) -> BodyPolicy { site.bodyPolicy(for: request) }

  func response(to request: Request, worker: Int) -> Response {
    site.response(to: request, worker: worker)
  }

  func refusal(_ status: Status, of request: Request?) -> Response {
    site.refusal(status, of: request)
  }
}

/// Why the newest copy of the database is not used.
final class CopyRefusal: Sendable {
  let reason = Mutex<String?>(nil)
}

extension ArchiveError {
  /// The error for `/health`, which tells no paths.
  fileprivate var withoutPath: String {
    switch self {
    case .damaged: "it is damaged"
    case .foreign: "it is damaged, or no database of Offprint"
    case .newer(_, let found, let known):
      "a newer Offprint wrote it (version \(found) of the database, known \(known))"
    case .older(_, let found, let known):
      "an older Offprint wrote it (version \(found) of the database, needed \(known))"
    case .outdated(_, let found, let used):
      "it is older than the copy in use (generation \(found), in use \(used))"
    case .writtenTo: "a server writes to it"
    case .noArchive, .notOfRoot, .locked, .backupRuns, .unreleased, .replacedMeanwhile, .unusable:
      "it cannot be opened"
    }
  }
}
