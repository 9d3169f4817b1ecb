package import Archive
package import System

/// The settings of the site.
package struct SiteSettings: Sendable {
  /// The name of the site, shown on every page.
  package var name = "Offprint"
  /// One line below the name on the home page; empty for none.
  package var tagline = ""
  /// The file name of an image in the Public folder, shown before the name; empty for none.
  package var logo = ""
  /// Links at the foot of every page.
  package var footerLinks: [FooterLink] = []
  /// Who is responsible for the site, in the footer of every page; empty for none.
  package var imprint = ""
  /// The publisher in citations; empty for the name of the site.
  package var institution = ""
  /// Scheme and authority of every absolute address, without a slash at the end.
  ///
  /// Never taken from a request's Host field, which a client chooses.
  package var baseURL = "http://127.0.0.1:8080"
  /// The accent colour.
  package var accent = Accent.initial.chosen
  /// The tag of the default language.
  package var language = Assets.english
  /// The tags of the languages offered to readers; empty for all that are installed.
  package var languages: [String] = []
  /// Texts above and below the publications in messages to subscribers, by the tag of the language.
  package var mailOpenings: [String: String] = [:]
  package var mailClosings: [String: String] = [:]
  /// The settings that the operator has set, which staff cannot change, and where.
  package var operatorSet: [SiteOption: String] = [:]
  /// The email address shown to readers and harvesters; empty for none.
  package var contact = ""
  /// What AI crawlers are asked to do.
  package var aiPolicy = AIPolicy.allow
  /// The types whose pages have the tags that Google Scholar reads: what is cited as a work of its
  /// own, and no news or data.
  package var citedTypes = Set(PublicationType.allCases).subtracting([.dataset, .other])
  /// Whether browsers report which search results are opened.
  package var countsResultClicks = false
  /// What programs that collect usage statistics send as their key; empty if none may.
  package var counterKey = ""
  /// The time zone of dates and times on staff pages.
  package var timeZone = SiteTimeZone.utc
  /// The roles that need a second factor to sign in.
  package var secondFactorRoles: Set<Role> = []
  /// Which publications authors see on the desk before they are public.
  package var authorsSee = AuthorsSee.own
  /// The largest PDF that can be uploaded, in bytes.
  package var maxUploadOctets = 64 << 20
  /// The path of the program that sends messages; empty when they are left in a folder.
  package var sendmail = ""
  /// Clients that may read `/metrics`.
  package var metricsNetworks: [Network] = ["127.0.0.0/8", "::1"].compactMap(Network.init)
  /// Whether the pages are for a copy without a server: then they have no forms that need one.
  package var isStaticCopy = false
  /// The version of the program, for `/health` and `/metrics`.
  package var version = ""

  package init() {}

  var publisher: String { institution.isEmpty ? name : institution }

  /// Whether `base-url` says that readers come over TLS.
  var isSecure: Bool { baseURL.hasPrefix("https://") }

  /// The host of `baseURL` without a port.
  var host: String {
    let authority = baseURL.split(separator: "/", maxSplits: 1).last.map { $0.drop { $0 == "/" } }
    return String((authority ?? "").split(separator: ":").first ?? "")
  }

  /// The name of the archive among others: the host without a port, and without what an address in
  /// place of a name has.
  var repositoryName: String {
    let name = host.filter { $0 != "[" && $0 != "]" }
    return name.isEmpty ? "localhost" : name
  }

  /// Whom harvesters are told to write to; where nobody is named, an address that says so.
  var contactAddress: String {
    contact.isEmpty ? "no-contact-is-set@example.org" : contact
  }
}

/// A link at the foot of every page.
package struct FooterLink: Sendable, Equatable {
  package var name: String
  /// A path of this site, or an address with `https:`, `http:` or `mailto:`.
  package var address: String

  package init(name: String, address: String) {
    self.name = name
    self.address = address
  }
}
