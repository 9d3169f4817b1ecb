/// What the operator allows programs that learn from the site's pages.
package enum AIPolicy: String, Sendable, CaseIterable {
  case allow
  /// Not to train on them; to find and cite them.
  case noTraining = "no-training"
  /// Nothing.
  case block

  /// The preference as the IETF's drafts word it, for robots.txt and for answers; nil without one.
  var contentUsage: String? { self == .allow ? nil : "train-ai=n" }
}

/// What crawlers are asked to leave alone (RFC 9309).
enum Robots {
  static func text(_ site: SiteSettings) -> String {
    var lines = ["User-agent: *"]
    if let usage = site.aiPolicy.contentUsage { lines.append("Content-Usage: \(usage)") }
    lines += closed.map { "Disallow: \($0)" }
    let named =
      switch site.aiPolicy {
      case .allow: [String]()
      case .noTraining: training
      case .block: training + answering
      }
    if !named.isEmpty {
      lines.append("")
      lines += named.map { "User-agent: \($0)" }
      lines.append("Disallow: /")
    }
    lines += ["", "Sitemap: \(site.absolute(.sitemap))", ""]
    return lines.joined(separator: "\n")
  }

  /// Answers to readers' words and forms, of which there is no end, and what is for staff.
  private static let closed = [
    "/search", "/suggest", "/api/", "/staff", "/subscribe", "/unsubscribe",
  ]

  /// Crawlers that gather texts to train on.
  private static let training = [
    "AI2Bot", "Ai2Bot-Dolma", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider",
    "CCBot", "Claude-Web", "ClaudeBot", "cohere-ai", "cohere-training-data-crawler", "DeepSeekBot",
    "Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "ICC-Crawler", "ImagesiftBot",
    "img2dataset", "Kangaroo Bot", "meta-externalagent", "omgili", "omgilibot", "PanguBot",
    "SBIntuitionsBot", "Timpibot", "VelenPublicWebCrawler", "Webzio-Extended",
  ]

  /// Programs that fetch pages to answer somebody's question.
  private static let answering = [
    "Andibot", "ChatGPT-User", "Claude-SearchBot", "Claude-User", "DuckAssistBot",
    "Google-CloudVertexBot", "iaskspider", "meta-externalfetcher", "MistralAI-User",
    "OAI-SearchBot", "Perplexity-User", "PerplexityBot", "PhindBot", "YouBot",
  ]
}
