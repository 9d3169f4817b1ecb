import Archive
import Foundation
import HTTPServer
import Site
import Synchronization
import System

/// A server that answers from an archive.
final class Serving {
  let server: Server
  let mail: MailRunner
  let purger: CachePurger
  private let addresses: [SocketAddress]
  /// What stands in front of paths in links for people, without a slash at the end.
  private let origin: String

  /// Listens and begins to answer.
  init(
    archive: Archive, settings: Settings, inherited: [Int32], replication: Replication, log: Log
  ) throws {
    let configuration = settings.serverConfiguration(inherited: inherited)
    let listeners = try Listeners(configuration)
    addresses = listeners.addresses
    origin = settings.baseURL.isEmpty ? "http://\(addresses[0])" : settings.baseURL
    // The site tells what the server has done, and the server needs the site to begin.
    let started = Started()
    let extractor = Extractor(settings)
    let appearance = try settings.appearance(origin: origin, of: archive, saying: log)
    let sender = settings.mailSender(origin: origin)
    let composer = MailComposer(appearance: appearance, address: sender.address)
    let mail = MailRunner(
      archive: archive, settings: settings, sender: sender,
      compose: { composer.digest($0, $1) }, log: log)
    self.mail = mail
    let purges = CachePurges(caches: settings.cachePurgeURLs)
    purger = CachePurger(purges, log: log)
    let site = Site(
      archive: archive, appearance: appearance, composer: composer,
      outbox: QueueOutbox(archive: archive) { mail.wake() },
      statistics: { started.server.withLock { $0 }?.statistics },
      defect: { extractor.defect(of: $0.path) }, purges: purges, replication: replication,
      readText: { extractor.text(of: $0.path) }, report: { log.write($0) })
    server = Server(configuration: configuration, service: site, log: log)
    started.server.withLock { $0 = server }
    try server.start(on: listeners)
  }

  /// Says where it listens, and how the first administrator comes in.
  func announce(_ archive: Archive, to log: Log) throws {
    for address in addresses { log.announce("Offprint listens on http://\(address)") }
    if try !archive.staff.hasAdministrator() {
      let path = Resource.setUp(token: try archive.staff.createInvitation()).path
      log.announce("Create the first administrator within a day with this link: \(origin)\(path)")
    }
  }

  private final class Started: Sendable {
    let server = Mutex<Server?>(nil)
  }
}

extension Settings {
  func serverConfiguration(inherited: [Int32]) -> ServerConfiguration {
    var configuration = ServerConfiguration(
      listen: inherited.isEmpty ? self.listen : [],
      loops: self.loops > 0 ? self.loops : ProcessLimits.cores(),
      workers: self.workers > 0 ? self.workers : max(6, 2 * ProcessLimits.cores() + 2))
    configuration.inheritedDescriptors = inherited
    configuration.limits.responseCacheBytes = self.responseCache
    configuration.limits.connections = self.connections
    configuration.limits.connectionsPerAddress =
      self.connectionsPerClient > 0 ? self.connectionsPerClient : nil
    configuration.deadlines.head = self.headerDeadline
    configuration.deadlines.contentPause = self.contentDeadline
    configuration.deadlines.writePause = self.writeDeadline
    configuration.deadlines.idle = self.idleDeadline
    configuration.trustedProxies = self.trustedProxies
    configuration.isBehindTLS = self.baseURL.hasPrefix("https://")
    configuration.unlimited = self.unlimitedNetworks
    configuration.rates[.page] = self.pageRate
    configuration.rates[.signIn] = self.signInRate
    configuration.rates[.mailingList] = self.mailingListRate
    return configuration
  }

  func siteSettings(origin: String) -> SiteSettings {
    var site = SiteSettings()
    site.name = self.siteName
    site.tagline = self.tagline
    site.institution = self.institution
    site.logo = self.logo
    site.accent = self.accent
    site.language = self.language
    site.languages = self.languages
    site.imprint = self.imprint
    site.footerLinks = self.footerLinks
    site.baseURL = origin
    site.contact = [self.contact, self.mailFrom].first { !$0.isEmpty } ?? ""
    site.citedTypes = Set(PublicationType.allCases).subtracting(self.uncitedTypes)
    site.aiPolicy = self.aiCrawlers
    site.authorsSee = self.authorsSee
    site.countsResultClicks = self.countOpenedResults
    site.counterKey = self.counterKey
    site.timeZone = self.timeZone
    site.secondFactorRoles = self.requireSecondFactor
    site.maxUploadOctets = self.maxUpload
    site.sendmail = self.sendmail
    site.metricsNetworks = self.metricsNetworks
    site.version = Program.version
    site.operatorSet = operatorSet
    return site
  }

  /// The settings of the site that are not at their defaults, and where they are set.
  private var operatorSet: [SiteOption: String] {
    let declared = Dictionary(
      Declarations.sections.flatMap(\.settings).map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
    return SiteOption.allCases.reduce(into: [:]) { set, option in
      guard let setting = declared[option.rawValue] else { return }
      let origin = self[setting].origin
      if origin != .initial { set[option] = origin.description }
    }
  }
}

extension Settings {
  /// How the site looks; the log is told where the accent colour had to give.
  func appearance(
    origin: String, of archive: Archive, isStaticCopy: Bool = false, saying log: Log? = nil
  ) throws -> Appearance {
    let assets = try Assets(folder: PublicFolder.path(self))
    for tag in [self.language] + self.languages { try assets.require(language: tag) }
    var site = siteSettings(origin: origin)
    site.isStaticCopy = isStaticCopy
    let appearance = Appearance(
      settings: site, assets: assets,
      values: try archive.settings.values(), types: try archive.lists.types())
    let accent = Accent(appearance.settingsInForce.accent)
    if accent.isAdjusted {
      log?.write(
        .warning, "accent is not legible on light pages",
        [("accent", .text("\(accent.chosen)")), ("instead", .text("\(accent.onLight)"))])
    }
    return appearance
  }

  /// The author of messages to subscribers.
  func mailSender(origin: String) -> MailMessage.Mailbox {
    let address = [self.mailFrom, self.contact].first { !$0.isEmpty }
    return MailMessage.Mailbox(
      name: self.siteName, address: address ?? "offprint@\(Self.host(of: origin))")
  }

  /// What writes messages without a server.
  func mailComposer(origin: String, of archive: Archive) throws -> MailComposer {
    MailComposer(
      appearance: try appearance(origin: origin, of: archive),
      address: mailSender(origin: origin).address)
  }

  /// The host of an origin as it stands in a mail address: an IP address in brackets.
  static func host(of origin: String) -> String {
    guard let host = URL(string: origin)?.host() else { return "localhost" }
    let bare = host.filter { $0 != "[" && $0 != "]" }
    if bare.contains(":") { return "[IPv6:\(bare)]" }
    return Address(bare) == nil ? bare : "[\(bare)]"
  }
}

extension Log {
  /// Logs what happened in the site, in wordings that other programs look for.
  func write(_ event: SiteEvent) {
    switch event {
    case .failed(let request, let path, let reason):
      write(
        .error, "request failed",
        [("request_id", .text(request)), ("path", .text(path)), ("error", .text(reason))])
    case .signInFailed(let client, let user):
      // The client comes before what it could choose, so that fail2ban reads the right one.
      write(.warning, "login failed", [("client", .text(client)), ("user", .text(user))])
    case .undeclaredProxy(let client):
      write(
        .warning,
        "requests come through a proxy that trusted-proxies does not name; its clients count as one",
        [("client", .text(client))])
    case .subscriptionsRefused(let client):
      write(.warning, "subscriptions refused: too many in an hour", [("client", .text(client))])
    case .done(let actor, let action, let subject):
      write(
        .notice, "staff",
        [("by", .text(actor)), ("action", .text(action)), ("subject", .text(subject))])
    }
  }
}
