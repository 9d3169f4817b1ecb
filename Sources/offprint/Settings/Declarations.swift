import Archive
import Site

/// Every setting of the program.
///
/// Each stands here once; flags, variables, `offprint config` and Config/offprint.conf follow.
struct Declarations: Sendable {
  static let all = Declarations()

  static let sections = [
    SettingSection(
      title: "The archive",
      settings: [
        all.data, all.maxUpload, all.freeSpaceReserve, all.checkpoint,
      ]),
    SettingSection(
      title: "The site",
      settings: [
        all.siteName, all.tagline, all.institution, all.baseURL, all.contact, all.uncitedTypes,
        all.aiCrawlers, all.countOpenedResults, all.language, all.accent, all.logo, all.imprint,
        all.footerLinks,
        all.publicFolder,
      ]),
    SettingSection(
      title: "Mail",
      settings: [
        all.mailFrom, all.sendmail, all.subscriptionsPerHour, all.subscriptionsPerNetwork,
      ]),
    SettingSection(
      title: "The server",
      settings: [
        all.listen, all.loops, all.workers, all.preparedPages, all.connections,
        all.connectionsPerClient, all.pageRate, all.searchRate, all.signInRate,
        all.mailingListRate, all.unlimitedNetworks,
        all.headerDeadline, all.contentDeadline, all.writeDeadline, all.idleDeadline,
        all.stopLimit, all.trustedProxies, all.metricsNetworks,
      ]),
    SettingSection(title: "The log", settings: [all.logFile, all.logFormat, all.logLevel]),
    SettingSection(title: "Staff", settings: [all.sessionIdle, all.sessionLifetime]),
    SettingSection(
      title: "Reading PDFs",
      settings: [
        all.extractionChildren, all.extractionCPU, all.extractionDeadline, all.extractionMemory,
        all.extractionOutput,
      ]),
  ]

  let data = Setting(
    name: "data", kind: .folder, initial: "data",
    purpose: "The folder that holds the archive. It is made when it is not there.")

  let maxUpload = Setting(
    name: "max-upload", kind: .octets(atLeast: 1024), initial: "64 MiB",
    purpose: "The largest PDF that staff may deposit.")

  let freeSpaceReserve = Setting(
    name: "free-space-reserve", kind: .octets(), initial: "128 MiB",
    purpose: """
      Deposits are refused when less than this is free on the disk of the data folder, so that the \
      database can go on writing.
      """)

  let checkpoint = Setting(
    name: "checkpoint", kind: Kind<Checkpoint>.choice, initial: "automatic",
    purpose: """
      Who moves the database's write-ahead log into the database: Offprint itself, or a replicator \
      beside it such as Litestream. Heeded by serve and import.
      """)

  let siteName = Setting(
    name: "site-name", kind: .text, initial: "Offprint",
    purpose: "The name at the top of every page: the institute's, or the archive's.")

  let tagline = Setting(
    name: "tagline", kind: .text, initial: "",
    purpose: "A line under the name on the home page.")

  let institution = Setting(
    name: "institution", kind: .text, initial: "",
    purpose: "Who publishes, for citations and metadata. Without it, the name of the site.")

  let baseURL = Setting(
    name: "base-url", kind: .optionalOrigin, initial: "",
    purpose: """
      The origin under which readers see the site, for links in feeds, sitemaps and mail. Without \
      it links begin with http:// and the address that the server listens on.
      """)

  let contact = Setting(
    name: "contact", kind: .optionalAddress, initial: "",
    purpose: "The address that readers and harvesters are told to write to.")

  let uncitedTypes = Setting(
    name: "uncited-types", kind: Kind<Set<PublicationType>>.publicationTypes,
    initial: "dataset, other",
    purpose: """
      The types of publication whose pages have no tags for Google Scholar, which asks to leave \
      them off news, editorials and reviews.
      """)

  let aiCrawlers = Setting(
    name: "ai-crawlers", kind: Kind<AIPolicy>.choice, initial: "allow",
    purpose: """
      What robots.txt and the field Content-Usage say to programs that learn from the site's pages: \
      to take them, not to train on them, or to stay away.
      """)

  let countOpenedResults = Setting(
    name: "count-opened-results", kind: .boolean, initial: "no",
    purpose: """
      Whether the browser is asked to tell which result of a search was opened, so that staff see \
      what readers were after. Nothing is kept of who it was.
      """)

  let language = Setting(
    name: "language", kind: .languageTag, initial: "en",
    purpose: """
      The language for readers whose browser asks for none of those that the site speaks. Each \
      is a file in the folder languages of the public folder.
      """)

  let accent = Setting(
    name: "accent", kind: .color, initial: "#8c2f1b",
    purpose: """
      The colour of links and buttons. Where it would not be legible on the light or on the dark \
      pages, a darker or lighter shade of it is taken, and the log says so.
      """)

  let logo = Setting(
    name: "logo", kind: .text, initial: "",
    purpose: """
      The name of a picture in the public folder, such as logo.svg, that stands before the site's \
      name; square, or it gets room at its sides.
      """)

  let imprint = Setting(
    name: "imprint", kind: .text, initial: "",
    purpose: "Who answers for the site, at the foot of every page.")

  let footerLinks = Setting(
    name: "footer-links", kind: .links, initial: "",
    purpose: "Links at the foot of every page, such as to a page about privacy.")

  let publicFolder = Setting(
    name: "public-folder", kind: .optionalPath, initial: "",
    purpose: """
      The folder with the style sheet, the script and the icons. Without it Offprint looks for a \
      folder Public beside and above its own program, then for /usr/share/offprint/Public.
      """)

  let mailFrom = Setting(
    name: "mail-from", kind: .optionalAddress, initial: "",
    purpose: """
      The address that messages to subscribers come from. Without it, that of contact; without \
      either, offprint@ and the host of base-url.
      """)

  let sendmail = Setting(
    name: "sendmail", kind: .optionalPath, initial: "",
    purpose: """
      The sendmail program that messages are handed to, such as /usr/sbin/sendmail. Without it they \
      are left in the folder mail of the data folder (a Maildir) for something else to send.
      """)

  let subscriptionsPerHour = Setting(
    name: "subscriptions-per-hour", kind: .integer(in: 1...1_000_000), initial: "500",
    purpose: """
      How many people may sign up for the mailing list in an hour. Each sign-up sends a message to \
      the address that was typed, so this limits how much mail strangers can cause.
      """)

  let subscriptionsPerNetwork = Setting(
    name: "subscriptions-per-network", kind: .integer(in: 1...1_000_000), initial: "10",
    purpose: """
      The same from one network (the first three numbers of an IPv4 address, or a /64 network of \
      IPv6). Behind a proxy that trusted-proxies does not name, all readers share one network; the \
      log warns of it.
      """)

  let listen = Setting(
    name: "listen", kind: .addresses, initial: "127.0.0.1:8080",
    purpose: """
      Where the server listens; several are separated by commas. Port 0 picks a free one. Sockets \
      handed over by systemd are used instead.
      """)

  let loops = Setting(
    name: "loops", kind: .integer(in: 0...256), initial: "0",
    purpose: "Loops that read and write connections. 0: one for each core.")

  let workers = Setting(
    name: "workers", kind: .integer(in: 0...256), initial: "0",
    purpose: """
      Queues for what may wait for the database or the disk, each with a database connection of its \
      own. 0: two for each core, four at least.
      """)

  let preparedPages = Setting(
    name: "prepared-pages", kind: .octets(), initial: "1 GiB",
    purpose: """
      What pages that were made before anybody asks for them may take on the disk of the data folder; \
      those of 5,000 publications take some 170 MiB. They end with the server. With 0 each page is \
      made when it is asked for.
      """)

  let connections = Setting(
    name: "connections", kind: .integer(in: 1...1_000_000), initial: "20000",
    purpose: """
      Connections open at the same time; above it a client is told 503. It is lowered to what the \
      process's limit of open files leaves room for.
      """)

  let connectionsPerClient = Setting(
    name: "connections-per-client", kind: .integer(in: 0...1_000_000), initial: "512",
    purpose: """
      Connections open at the same time from one client address (one /64 network of IPv6). 0: no \
      limit. trusted-proxies and unlimited-networks have none.
      """)

  let pageRate = Setting(
    name: "page-rate", kind: .rate, initial: "300 / s",
    purpose: """
      How often one client address (one /64 network of IPv6) may ask for pages and files; what it \
      asks beyond is told 429 and when to come again. At once it may ask for what ten seconds \
      bring, ten times at least. Nothing limits /health and /metrics.
      """)

  let searchRate = Setting(
    name: "search-rate", kind: .rate, initial: "20 / s",
    purpose: "The same for searches and suggestions, which cost more than pages.")

  let signInRate = Setting(
    name: "sign-in-rate", kind: .rate, initial: "60 / min",
    purpose: """
      The same for attempts to sign in. Wrong passwords are slowed down besides, by name and by \
      client.
      """)

  let mailingListRate = Setting(
    name: "mailing-list-rate", kind: .rate, initial: "60 / min",
    purpose: "The same for what subscribes, confirms and unsubscribes.")

  let unlimitedNetworks = Setting(
    name: "unlimited-networks", kind: .networks,
    initial: "127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7",
    purpose: """
      Clients for whom neither the rates nor connections-per-client are: this machine and private \
      networks. A proxy that trusted-proxies does not name is most often one of these, and all \
      readers come from its address. Name the proxy there, and each reader is counted for himself.
      """)

  let headerDeadline = Setting(
    name: "header-deadline", kind: .duration(atLeast: .seconds(1)), initial: "10 s",
    purpose: "Within this time after its first octet the head of a request must be complete.")

  let contentDeadline = Setting(
    name: "content-deadline", kind: .duration(atLeast: .seconds(1)), initial: "15 s",
    purpose: """
      A client that sends nothing of a request's content for this long is given up, and one that \
      sends less than 1 KiB a second on average.
      """)

  let writeDeadline = Setting(
    name: "write-deadline", kind: .duration(atLeast: .seconds(1)), initial: "30 s",
    purpose: "A client that takes nothing of an answer for this long is given up.")

  let idleDeadline = Setting(
    name: "idle-deadline", kind: .duration(atLeast: .seconds(1)), initial: "60 s",
    purpose: "A connection is closed when no request has begun for this long.")

  let stopLimit = Setting(
    name: "stop-limit", kind: .duration(atLeast: .milliseconds(100)), initial: "10 s",
    purpose: "How long requests that are running may take to finish when the server is stopped.")

  let trustedProxies = Setting(
    name: "trusted-proxies", kind: .networks, initial: "",
    purpose: """
      Proxies whose X-Forwarded-For, X-Forwarded-Proto and Forwarded fields are believed. For a \
      proxy on the same machine: 127.0.0.0/8, ::1.
      """)

  let metricsNetworks = Setting(
    name: "metrics-networks", kind: .networks, initial: "127.0.0.0/8, ::1",
    purpose: "Who may read /metrics.")

  let logFile = Setting(
    name: "log-file", kind: .optionalPath, initial: "",
    purpose: """
      The file that the log is written to, opened anew on SIGHUP so that it can be rotated. \
      Without it, standard output.
      """)

  let logFormat = Setting(
    name: "log-format", kind: Kind<LogFormat>.choice, initial: "logfmt",
    purpose: "The form of the log's lines.")

  let logLevel = Setting(
    name: "log-level", kind: Kind<LogLevel>.choice, initial: "info",
    purpose: """
      The least level that is logged. Requests are at info, what staff do is at notice; read again \
      on SIGHUP.
      """)

  let sessionIdle = Setting(
    name: "session-idle", kind: .duration(atLeast: .seconds(60)), initial: "4 h",
    purpose: "Staff are signed out when they have done nothing for this long.")

  let sessionLifetime = Setting(
    name: "session-lifetime", kind: .duration(atLeast: .seconds(60)), initial: "24 h",
    purpose: "Staff sign in again after this long in any case.")

  let extractionChildren = Setting(
    name: "extraction-children", kind: .integer(in: 0...256), initial: "0",
    purpose: "Processes that read PDFs at the same time. 0: one for each core.")

  let extractionCPU = Setting(
    name: "extraction-cpu", kind: .duration(atLeast: .seconds(1)), initial: "60 s",
    purpose: "The processor time that reading one PDF may take.")

  let extractionDeadline = Setting(
    name: "extraction-deadline", kind: .duration(atLeast: .seconds(1)), initial: "120 s",
    purpose: "The time by the clock that reading one PDF may take.")

  let extractionMemory = Setting(
    name: "extraction-memory", kind: .octets(atLeast: 64 << 20), initial: "512 MiB",
    purpose: "The address space of the process that reads a PDF.")

  let extractionOutput = Setting(
    name: "extraction-output", kind: .octets(atLeast: 1 << 20), initial: "64 MiB",
    purpose: "The most text that is taken from one PDF.")
}

/// Who moves the write-ahead log into the database.
enum Checkpoint: String, CaseIterable, Sendable {
  case automatic, external
}
