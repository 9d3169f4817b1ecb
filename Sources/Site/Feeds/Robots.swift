/// What AI crawlers may do.
package enum AIPolicy: String, Sendable, CaseIterable {
  case allow
  /// To find and cite pages, not to train on them.
  case noTraining = "no-training"
  /// Nothing.
  case block

  /// The value of `Content-Usage` (an IETF draft), for robots.txt and responses; nil for none.
  var contentUsage: String? { self == .allow ? nil : "train-ai=n" }
}

/// Writes robots.txt (RFC 9309).
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

  /// Searches and forms, which are endless, drawn pages, whose text is in the reading view, and
  /// everything for staff.
  private static let closed = [
    "/publications/*/pages/", "/search", "/related", "/suggest", "/api/", "/files/", "/staff",
    "/subscribe", "/subscription",
    "/unsubscribe", "/messages",
  ]

  /// Crawlers that collect training data.
  private static let training = [
    "AI2Bot", "Ai2Bot-Dolma", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider",
    "CCBot", "Claude-Web", "ClaudeBot", "cohere-ai", "cohere-training-data-crawler", "DeepSeekBot",
    "Diffbot", "FacebookBot", "Google-Extended", "GPTBot", "ICC-Crawler", "ImagesiftBot",
    "img2dataset", "Kangaroo Bot", "meta-externalagent", "omgili", "omgilibot", "PanguBot",
    "SBIntuitionsBot", "Timpibot", "VelenPublicWebCrawler", "Webzio-Extended",
  ]

  /// Assistants that fetch pages to answer a question.
  private static let answering = [
    "Andibot", "ChatGPT-User", "Claude-SearchBot", "Claude-User", "DuckAssistBot",
    "Google-CloudVertexBot", "iaskspider", "meta-externalfetcher", "MistralAI-User",
    "OAI-SearchBot", "Perplexity-User", "PerplexityBot", "PhindBot", "YouBot",
  ]
}
