import Archive
import Site

/// Every setting of the program.
///
/// Flags, environment variables, `offprint config` and Config/offprint.conf are made from this list.
struct Declarations: Sendable {
  static let all = Declarations()

  static let sections = [
    SettingSection(
      title: "The archive",
      settings: [
        all.data, all.maxUpload, all.freeSpaceReserve, all.checkpoint, all.verifyRate,
        all.verifyHours,
      ]),
    SettingSection(
      title: "Replicas",
      settings: [all.confirmReplication, all.primary, all.fileOrigin, all.replicaLagLimit]),
    SettingSection(
      title: "The site",
      settings: [
        all.siteName, all.tagline, all.institution, all.baseURL, all.contact, all.uncitedTypes,
        all.aiCrawlers, all.countOpenedResults, all.counterKey, all.language, all.languages,
        all.timeZone, all.accent, all.logo, all.imprint, all.footerLinks, all.publicFolder,
      ]),
    SettingSection(
      title: "Mail",
      settings: [
        all.mailFrom, all.sendmail, all.mailRate, all.mailHour, all.mailWeekday, all.mailDelay,
        all.bounces, all.subscriptionsPerHour, all.subscriptionsPerNetwork,
      ]),
    SettingSection(
      title: "The server",
      settings: [
        all.listen, all.loops, all.workers, all.responseCache, all.connections,
        all.connectionsPerClient, all.pageRate, all.signInRate, all.mailingListRate,
        all.unlimitedNetworks,
        all.headerDeadline, all.contentDeadline, all.writeDeadline, all.idleDeadline,
        all.stopLimit, all.trustedProxies, all.metricsNetworks, all.cachePurgeURLs,
      ]),
    SettingSection(title: "The log", settings: [all.logFile, all.logFormat, all.logLevel]),
    SettingSection(
      title: "Staff",
      settings: [all.authorsSee, all.sessionIdle, all.sessionLifetime, all.requireSecondFactor]),
    SettingSection(
      title: "Text extraction",
      settings: [
        all.extractionChildren, all.extractionCPU, all.extractionDeadline, all.extractionMemory,
        all.extractionOutput,
      ]),
    SettingSection(
      title: "Drawn pages",
      settings: [
        all.drawingChildren, all.drawingCPU, all.drawingDeadline, all.drawingMemory,
        all.drawingOutput, all.drawingsLimit,
      ]),
  ]

  /// The settings that limit what a client, a file or a person can request.
  static let limits: [any Declaration] = [
    all.maxUpload, all.freeSpaceReserve, all.mailRate, all.subscriptionsPerHour,
    all.subscriptionsPerNetwork,
    all.responseCache, all.connections, all.connectionsPerClient, all.pageRate,
    all.signInRate, all.mailingListRate, all.headerDeadline, all.contentDeadline,
    all.writeDeadline, all.idleDeadline, all.stopLimit, all.sessionIdle, all.sessionLifetime,
    all.extractionChildren, all.extractionCPU, all.extractionDeadline, all.extractionMemory,
    all.extractionOutput, all.drawingChildren, all.drawingCPU, all.drawingDeadline,
    all.drawingMemory, all.drawingOutput, all.drawingsLimit, all.verifyRate,
  ]

  let data = Setting(
    name: "data", kind: .folder, initial: "data",
    purpose: "The folder that holds the archive. It is created if it does not exist.")

  let maxUpload = Setting(
    name: "max-upload", kind: .bytes(atLeast: 1024), initial: "64 MiB",
    purpose: "The largest PDF that staff can upload.")

  let freeSpaceReserve = Setting(
    name: "free-space-reserve", kind: .bytes(), initial: "128 MiB",
    purpose: """
      Uploads are refused when the disk of the data folder has less free space than this, so that \
      the database can still be written.
      """)

  let checkpoint = Setting(
    name: "checkpoint", kind: Kind<Checkpoint>.choice, initial: "automatic",
    purpose: """
      Who copies the database's write-ahead log into the database: Offprint (automatic), or a \
      replication tool such as Litestream (external). Used by serve and import.
      """)

  let verifyRate = Setting(
    name: "verify-rate", kind: .megabytesPerSecond, initial: "20 MB/s",
    purpose: """
      How fast the server reads all PDFs each night to find damaged ones, which the dashboard, \
      /health and /metrics then name; 0 never does. 20 MB/s are 72 GB an hour. What is not read in \
      one night is read in the next.
      """)

  let verifyHours = Setting(
    name: "verify-hours", kind: .hours, initial: "1-5",
    purpose: "The hours in which it does so, in time-zone. 0-24 is all day.")

  let confirmReplication = Setting(
    name: "confirm-replication", kind: .optionalPath, initial: "",
    purpose: """
      The control socket of Litestream, such as /run/litestream/litestream.sock. With it, staff are \
      told that something is published or changed only when it is in the replica store. If that \
      takes more than 10 s they are told that it is saved here and not confirmed yet.
      """)

  let primary = Setting(
    name: "primary", kind: .optionalOrigin, initial: "",
    purpose: """
      For a replica: the address of the server that writes, to which staff and subscribers are \
      redirected.
      """)

  let fileOrigin = Setting(
    name: "file-origin", kind: .httpOrigin, initial: "",
    purpose: """
      For a replica: where PDFs that it does not have are fetched over plain HTTP, as \
      files/ab/cd/SHA256.pdf below this address: the primary, or a web server in front of a bucket \
      or folder. The default is primary.
      """)

  let replicaLagLimit = Setting(
    name: "replica-lag-limit", kind: .duration(atLeast: .seconds(1)), initial: "1 h",
    purpose: """
      For a replica: the age of its copy of the database above which /health answers 503. The \
      primary writes the time every 10 s, so an age of some seconds is normal. A primary that is \
      down makes all copies old.
      """)

  let siteName = Setting(
    name: "site-name", kind: .text, initial: "Offprint",
    purpose: "The name at the top of every page: the institute's or the archive's.")

  let tagline = Setting(
    name: "tagline", kind: .text, initial: "",
    purpose: "A line below the name on the home page.")

  let institution = Setting(
    name: "institution", kind: .text, initial: "",
    purpose: "The publisher named in citations and metadata. The default is site-name.")

  let baseURL = Setting(
    name: "base-url", kind: .optionalOrigin, initial: "",
    purpose: """
      The address of the site as readers see it, used for links in feeds, sitemaps and email. The \
      default is http:// and the address that the server listens on.
      """)

  let contact = Setting(
    name: "contact", kind: .optionalAddress, initial: "",
    purpose: "The email address that is shown to readers and harvesters.")

  let uncitedTypes = Setting(
    name: "uncited-types", kind: Kind<Set<PublicationType>>.publicationTypes,
    initial: "dataset, other",
    purpose: """
      Publication types whose pages have no tags for Google Scholar, which asks sites to leave out \
      news, editorials and reviews.
      """)

  let aiCrawlers = Setting(
    name: "ai-crawlers", kind: Kind<AIPolicy>.choice, initial: "allow",
    purpose: """
      What robots.txt and the Content-Usage header tell AI crawlers: crawl everything (allow), do \
      not train on it (no-training), or stay away (block).
      """)

  let countOpenedResults = Setting(
    name: "count-opened-results", kind: .boolean, initial: "no",
    purpose: """
      Whether browsers report which search results readers open, so that staff can see what \
      readers look for. Nothing about the reader is stored.
      """)

  let counterKey = Setting(
    name: "counter-key", kind: .text, initial: "",
    purpose: """
      The key with which programs collect usage statistics at /counter/r51 (COUNTER 5.1), such as \
      the output of “uuidgen”; nothing turns that off.
      """,
    isSecret: true)
  let authorsSee = Setting(
    name: "authors-see", kind: Kind<AuthorsSee>.choice, initial: "own",
    purpose: """
      Which publications staff with the role “author” see and edit before they are public: those \
      that they have made (own), or all. Editors and administrators see all.
      """)

  let language = Setting(
    name: "language", kind: .languageTag, initial: "en",
    purpose: """
      The language for readers whose browser asks for none of the site's languages. Each language \
      is a file in the folder languages of the public folder.
      """)

  let languages = Setting(
    name: "languages", kind: .languageTags, initial: "",
    purpose: """
      The languages that readers can choose, such as “en, sv”. The default is all that are in the \
      folder languages of the public folder.
      """)

  let timeZone = Setting(
    name: "time-zone", kind: .timeZone, initial: "UTC",
    purpose: """
      The time zone of staff pages and of mail-hour, by its IANA name. A time that occurs twice, \
      when clocks are turned back, means the first one; one that is skipped, when they are turned \
      forward, means as much later: 02:30 becomes 03:30. Feeds, APIs, files and the log use UTC.
      """)

  let accent = Setting(
    name: "accent", kind: .color, initial: "#8c2f1b",
    purpose: """
      The colour of links and buttons. If it is hard to read on light or dark pages, a darker or \
      lighter shade is used and the log says so.
      """)

  let logo = Setting(
    name: "logo", kind: .text, initial: "",
    purpose: """
      The file name of an image in the public folder, such as logo.svg, shown before the site's \
      name. Square images fit best.
      """)

  let imprint = Setting(
    name: "imprint", kind: .text, initial: "",
    purpose: "Who is responsible for the site, shown at the bottom of every page.")

  let footerLinks = Setting(
    name: "footer-links", kind: .links, initial: "",
    purpose: "Links at the bottom of every page, such as to a privacy page.")

  let publicFolder = Setting(
    name: "public-folder", kind: .optionalPath, initial: "",
    purpose: """
      The folder with the style sheet, the script, the icons and the languages. The default is a \
      folder Public beside or above the program, or /usr/share/offprint/Public.
      """)

  let mailFrom = Setting(
    name: "mail-from", kind: .optionalAddress, initial: "",
    purpose: """
      The sender of messages to subscribers. The default is contact, or offprint@ and the host of \
      base-url.
      """)

  let sendmail = Setting(
    name: "sendmail", kind: .optionalPath, initial: "",
    purpose: """
      The sendmail program that sends messages, such as /usr/sbin/sendmail. Without it messages \
      are left in the folder mail of the data folder (a Maildir) for another program to send.
      """)

  let mailRate = Setting(
    name: "mail-rate", kind: .integer(in: 1...100_000), initial: "120",
    purpose: "The most messages per minute that are handed to sendmail.")

  let mailHour = Setting(
    name: "mail-hour", kind: .integer(in: 0...23), initial: "7",
    purpose: "The hour at which weekly and monthly messages are sent, in time-zone.")

  let mailWeekday = Setting(
    name: "mail-weekday", kind: Kind<MailSchedule.Weekday>.choice, initial: "Monday",
    purpose: """
      The day of weekly messages. Monthly messages are sent on the first day of the month.
      """)

  let mailDelay = Setting(
    name: "mail-delay", kind: .duration(atLeast: .seconds(1)), initial: "10 min",
    purpose: """
      How long a new publication waits until it is announced to those who want to hear at once. \
      What becomes public meanwhile is in the same message, and a mistake can still be corrected.
      """)

  let bounces = Setting(
    name: "bounces", kind: .optionalPath, initial: "",
    purpose: """
      A Maildir with the mail that comes to mail-from with an extension, such as \
      library+TOKEN@example.org: messages that could not be delivered, and requests to unsubscribe. \
      They are moved to its folder cur when they have been read, and can be deleted there. Without \
      it addresses that no longer work stay on the list.
      """)

  let subscriptionsPerHour = Setting(
    name: "subscriptions-per-hour", kind: .integer(in: 1...1_000_000), initial: "500",
    purpose: """
      The most sign-ups for the mailing list per hour. Each sign-up sends a message to the address \
      that was entered, so this limits how much email strangers can cause.
      """)

  let subscriptionsPerNetwork = Setting(
    name: "subscriptions-per-network", kind: .integer(in: 1...1_000_000), initial: "10",
    purpose: """
      The same for one network (the first three numbers of an IPv4 address, or a /64 network for \
      IPv6). Behind a proxy that is not in trusted-proxies all readers share one network; the log \
      warns about that.
      """)

  let listen = Setting(
    name: "listen", kind: .addresses, initial: "127.0.0.1:8080",
    purpose: """
      The addresses that the server listens on, separated by commas. Port 0 picks a free port. \
      Sockets passed by systemd are used instead.
      """)

  let loops = Setting(
    name: "loops", kind: .integer(in: 0...256), initial: "0",
    purpose: "The number of event loops that read and write connections. 0 means one per core.")

  let workers = Setting(
    name: "workers", kind: .integer(in: 0...256), initial: "0",
    purpose: """
      The number of worker threads for work that blocks on the database or the disk, each with its \
      own database connection. 0 means two per core and two more, at least six.
      """)

  let responseCache = Setting(
    name: "response-cache", kind: .bytes(), initial: "32 MiB",
    purpose: """
      The most memory for cached responses, shared by all event loops. A compressed page takes \
      about 8 KiB. With 0 every page is rendered when it is requested.
      """)

  let connections = Setting(
    name: "connections", kind: .integer(in: 1...1_000_000), initial: "20000",
    purpose: """
      The most open connections. Further clients get status 503. The limit is lowered to what the \
      limit of open files of the process allows.
      """)

  let connectionsPerClient = Setting(
    name: "connections-per-client", kind: .integer(in: 0...1_000_000), initial: "512",
    purpose: """
      The most open connections from one client address (one /64 network for IPv6). 0 means no \
      limit. Clients in trusted-proxies and unlimited-networks have no limit.
      """)

  let pageRate = Setting(
    name: "page-rate", kind: .rate, initial: "300 / s",
    purpose: """
      How often one client address (one /64 network for IPv6) may request pages and files. Further \
      requests get status 429 and the time to wait. A burst of ten seconds' worth, at least ten \
      requests, is allowed. There is no limit for /health and /metrics. Searches and filtered lists \
      have no rate: they share a budget of worker time, see “Crawlers” in the README.
      """)

  let signInRate = Setting(
    name: "sign-in-rate", kind: .rate, initial: "60 / min",
    purpose: """
      The same for sign-in attempts. Wrong passwords are also slowed down by account name and by \
      client.
      """)

  let mailingListRate = Setting(
    name: "mailing-list-rate", kind: .rate, initial: "60 / min",
    purpose: "The same for subscribing, confirming and unsubscribing.")

  let unlimitedNetworks = Setting(
    name: "unlimited-networks", kind: .networks,
    initial: "127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7",
    purpose: """
      Clients without rate limits and without connections-per-client: this machine and private \
      networks. A proxy in one of these networks that is not in trusted-proxies makes all readers \
      one client; add it there so that each reader is counted separately.
      """)

  let headerDeadline = Setting(
    name: "header-deadline", kind: .duration(atLeast: .seconds(1)), initial: "10 s",
    purpose: "How long a client may take to send a complete request head.")

  let contentDeadline = Setting(
    name: "content-deadline", kind: .duration(atLeast: .seconds(1)), initial: "15 s",
    purpose: """
      A connection is closed when the client sends no request content for this long, or less than \
      1 KiB a second on average.
      """)

  let writeDeadline = Setting(
    name: "write-deadline", kind: .duration(atLeast: .seconds(1)), initial: "30 s",
    purpose: "A connection is closed when the client reads nothing of a response for this long.")

  let idleDeadline = Setting(
    name: "idle-deadline", kind: .duration(atLeast: .seconds(1)), initial: "60 s",
    purpose: "A connection is closed when no request starts for this long.")

  let stopLimit = Setting(
    name: "stop-limit", kind: .duration(atLeast: .milliseconds(100)), initial: "30 s",
    purpose: "How long running requests may take to finish when the server stops.")

  let trustedProxies = Setting(
    name: "trusted-proxies", kind: .networks, initial: "",
    purpose: """
      Proxies whose X-Forwarded-For, X-Forwarded-Proto and Forwarded headers are trusted. For a \
      proxy on the same machine use 127.0.0.0/8, ::1.
      """)

  let metricsNetworks = Setting(
    name: "metrics-networks", kind: .networks, initial: "127.0.0.0/8, ::1",
    purpose: "The networks that can read /metrics.")

  let cachePurgeURLs = Setting(
    name: "cache-purge-urls", kind: .httpAddresses, initial: "",
    purpose: """
      The caches before the server that are told of changes: each gets requests with the method PURGE, \
      whose header Surrogate-Key names what to forget, at these addresses. They may then keep pages \
      for a day, and otherwise for a minute. Set it only if every cache before the server is in the \
      list, and not on a replica, whose changes come a little later. At its start the server has \
      them forget everything.
      """)

  let logFile = Setting(
    name: "log-file", kind: .optionalPath, initial: "",
    purpose: """
      The log file. It is reopened on SIGHUP, so that it can be rotated. The default is standard \
      output.
      """)

  let logFormat = Setting(
    name: "log-format", kind: Kind<LogFormat>.choice, initial: "logfmt",
    purpose: "The format of log lines.")

  let logLevel = Setting(
    name: "log-level", kind: Kind<LogLevel>.choice, initial: "info",
    purpose: """
      The lowest level that is logged. Requests are logged at info and actions of staff at notice. \
      SIGHUP reloads this setting.
      """)

  let sessionIdle = Setting(
    name: "session-idle", kind: .duration(atLeast: .seconds(60)), initial: "4 h",
    purpose: "Staff are signed out after this long without activity.")

  let sessionLifetime = Setting(
    name: "session-lifetime", kind: .duration(atLeast: .seconds(60)), initial: "24 h",
    purpose: "Staff have to sign in again after this long.")

  let requireSecondFactor = Setting(
    name: "require-second-factor", kind: Kind<Set<Role>>.roles, initial: "",
    purpose: """
      Roles that must use two-step sign-in: a code from an authenticator app after the password. \
      Whoever has not set it up is asked to do so right after signing in.
      """)

  let extractionChildren = Setting(
    name: "extraction-children", kind: .integer(in: 0...256), initial: "0",
    purpose: """
      The number of processes that extract text from PDFs at the same time. 0 means one per core.
      """)

  let extractionCPU = Setting(
    name: "extraction-cpu", kind: .duration(atLeast: .seconds(1)), initial: "60 s",
    purpose: "The most processor time for extracting the text of one PDF.")

  let extractionDeadline = Setting(
    name: "extraction-deadline", kind: .duration(atLeast: .seconds(1)), initial: "120 s",
    purpose: "The most elapsed time for extracting the text of one PDF.")

  let extractionMemory = Setting(
    name: "extraction-memory", kind: .bytes(atLeast: 64 << 20), initial: "512 MiB",
    purpose: "The most address space for the process that extracts the text of a PDF.")

  let extractionOutput = Setting(
    name: "extraction-output", kind: .bytes(atLeast: 1 << 20), initial: "64 MiB",
    purpose: "The most text that is extracted from one PDF.")

  let drawingChildren = Setting(
    name: "drawing-children", kind: .integer(in: 0...256), initial: "0",
    purpose: """
      The number of processes that draw pages of PDFs at the same time. 0 means one per core.
      """)

  let drawingCPU = Setting(
    name: "drawing-cpu", kind: .duration(atLeast: .seconds(1)), initial: "10 s",
    purpose: "The most processor time for drawing one page.")

  let drawingDeadline = Setting(
    name: "drawing-deadline", kind: .duration(atLeast: .seconds(1)), initial: "20 s",
    purpose: "The most elapsed time for drawing one page.")

  let drawingMemory = Setting(
    name: "drawing-memory", kind: .bytes(atLeast: 64 << 20), initial: "512 MiB",
    purpose: "The most address space for the process that draws a page, its PDF included.")

  let drawingOutput = Setting(
    name: "drawing-output", kind: .bytes(atLeast: 1 << 20), initial: "32 MiB",
    purpose: "The largest drawing of one page with its fonts.")

  let drawingsLimit = Setting(
    name: "drawings-limit", kind: .bytes(atLeast: 16 << 20), initial: "2 GiB",
    purpose: """
      The most space for drawn pages in the folder drawings of the data folder; never more than a \
      tenth of the free space. Those of PDFs that nobody has looked at for longest are deleted first, \
      and drawn again when somebody asks for them. The folder may be deleted at any time and needs \
      no backup.
      """)
}

/// Who copies the write-ahead log into the database.
enum Checkpoint: String, CaseIterable, Sendable {
  case automatic, external
}
