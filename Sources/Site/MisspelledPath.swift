import HTTP

extension Resource {
  /// Finds the resource that a path with a slip in it means.
  ///
  /// Slips are what texts and mail programs put behind an address (a full stop, a bracket, a
  /// quotation mark), percent-encoding without need, a slash at the end, and capital letters.
  ///
  /// - Parameter path: A path that is no resource's, as it was sent. Nil when nothing is close.
  package init?(misspelled path: String) {
    let decoded = PercentEncoding.decoded(path)
    let bare = String(decoded.trimmingSuffix(while: Resource.isBehindAddress))
    for candidate in [decoded, bare] where candidate != path {
      if let resource = Resource(path: candidate.isEmpty ? "/" : candidate) {
        self = resource
        return
      }
    }
    // Tokens and names of staff pages are exact; slugs and names of formats are in lower case.
    guard let resource = Resource(path: bare.lowercased()), !resource.route.isCaseSensitive else {
      return nil
    }
    self = resource
  }

  /// Whether a character at the end of a path belongs to the text around the address.
  private static func isBehindAddress(_ character: Character) -> Bool {
    character.isWhitespace || ".,;:!?…)]}>\"'”’»›*_|\\/-–—".contains(character)
  }
}

extension String {
  fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
    var rest = self[...]
    while let last = rest.last, isTrimmed(last) { rest.removeLast() }
    return rest
  }
}
