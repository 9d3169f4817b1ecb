package import Archive
package import System

/// What the operator says of the site.
package struct SiteSettings: Sendable {
  /// The site's name, as it stands on every page.
  package var name = "Offprint"
  /// One line below the name on the home page; empty for none.
  package var tagline = ""
  /// The name of a picture in the Public folder that stands before the name; empty for none.
  package var logo = ""
  /// Links at the foot of every page.
  package var footerLinks: [FooterLink] = []
  /// Who answers for the site, in one line at the foot of every page; empty for none.
  package var imprint = ""
  /// Who publishes, for citations; empty when it is the site's name.
  package var institution = ""
  /// Scheme and authority of every absolute address, without a slash at the end.
  ///
  /// Never taken from a request's Host field, which a client chooses.
  package var baseURL = "http://127.0.0.1:8080"
  /// Whom readers and harvesters are told to write to; empty for nobody.
  package var contact = ""
  /// What programs may do that learn from the site's pages.
  package var aiPolicy = AIPolicy.allow
  /// The types whose pages have the tags that Google Scholar reads: what is cited as a work of its
  /// own, and no news or data.
  package var citedTypes = Set(PublicationType.allCases).subtracting([.dataset, .other])
  /// Whether the browser tells which result of a search was opened.
  package var countsOpenings = false
  /// The time zone of dates and times on staff pages.
  package var timeZone = SiteTimeZone.utc
  /// The most octets of a deposited PDF.
  package var maxUploadOctets = 64 << 20
  /// Clients that may read `/metrics`.
  package var metricsNetworks: [Network] = ["127.0.0.0/8", "::1"].compactMap(Network.init)
  /// What `/health` and `/metrics` name as the program's version.
  package var version = ""

  package init() {}

  var publisher: String { institution.isEmpty ? name : institution }

  /// Whether readers come by TLS, as far as the operator says.
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
