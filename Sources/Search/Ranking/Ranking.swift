/// The parameters of ranking.
///
/// Documents are scored by the words of their records plus a share of the score of the best page of
/// their files. The best of them are then reranked.
enum Ranking {
  /// A document and its score.
  struct Ranked: Sendable {
    let place: Int
    let score: Float
  }

  enum Weight {
    static let saturation: Float = 1.5
    static let length: Float = 0.6
    /// Of the best page beside the record.
    static let page: Float = 0.5
    /// The same for a passage, which resembles a page rather than an abstract.
    static let pageOfPassage: Float = 4
    static let pair: Float = 0.2
    /// Of the nearness in the latent space, beside the score of the best candidate.
    static let meaning: Float = 0.25
    /// Of a query in other words beside the query itself.
    static let rewording: Float = 0.95
    /// Of a word as it was typed, beside others of its stem.
    ///
    /// Stemming also finds what is only alike (“generator”, “generation”). Anything from 0.1 to 0.2
    /// ranks about equally well.
    static let exact: Float = 0.15
    /// Of the newest publication beside the oldest.
    static let recency: Float = 0.01
    /// The fewest words of a query for which candidates that are alike support each other; fewer name
    /// one publication or a whole matter.
    static let wordsOfRegularized = 4
    /// The most words of a query for which missing ones lower the score.
    static let wordsAllRequired = 8
    /// How many are reranked.
    static let closely = 200
  }
}
