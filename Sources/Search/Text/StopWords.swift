/// Stop words in English, French and Italian.
///
/// They are indexed, since phrases need them, and dropped from a query that has other words.
enum StopWords {
  static func contains(_ word: [UInt8]) -> Bool { word.count <= 8 && all.contains(word) }

  /// Whether it is a word with which people say that they ask, and which is never what a
  /// publication is about: “information” and “report” may be.
  static func isOfQuestions(_ word: [UInt8]) -> Bool {
    word.count <= 12 && questions.contains(word)
  }

  private static let questions: Set<[UInt8]> = Set(
    """
    anybody anyone anything article articles available concerned concerning deal dealing deals
    describe described describes describing discuss discussed discusses discussing done exist
    existing exists find give given gives interested know known like looking made many much obtain
    obtained paper papers please possible published recent regarding relating show somebody someone
    something tell various want
    """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })

  private static let all: Set<[UInt8]> = Set(
    """
    a about above after again against all also am an and any are as at be because been before
    being below between both but by can could did do does doing down during each few for from
    further had has have having he her here hers him his how i if in into is it its itself just
    me more most my no nor not now of off on once only or other our ours out over own s same she
    should so some such t than that the their theirs them then there these they this those
    through to too under until up upon us very was we were what when where which while who whom
    why will with would you your yours eg ie
    au aux avec ce ces cette dans de des du elle en et il ils je l la le les leur leurs mais
    nous ou par pas pour qu que qui sa ses son sur une un vous d n y c
    di il che e per della dei del gli nel alla
    """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
}
