/// Someone who visits: keeps cookies, fills in forms, and follows where an answer points.
final class Visitor {
  let server: ServerProcess
  private(set) var cookies: [String: String] = [:]

  init(_ server: ServerProcess) { self.server = server }

  func get(_ target: String, _ fields: [String] = []) throws -> Answer {
    try take(server.fetch(target, cookieFields + fields))
  }

  func page(_ target: String) throws -> Page { Page(source: try get(target).text) }

  /// Sends a form and returns its answer as it came, without following it.
  func submit(_ form: Form, files: [Attachment] = [], at target: String = "") throws -> Answer {
    let action = form.action.isEmpty ? target : form.action
    if form.isMultipart {
      let boundary = "----offprint7MA4YWxkTrZu0gW"
      return try post(
        action, type: "multipart/form-data; boundary=\(boundary)",
        form.multipart(files: files, boundary: boundary))
    }
    return try post(action, type: "application/x-www-form-urlencoded", form.urlEncoded)
  }

  func post(_ target: String, type: String, _ content: [UInt8]) throws -> Answer {
    try take(
      server.fetch(
        target, cookieFields + ["Content-Type: \(type)"], method: "POST", content: content))
  }

  var cookieFields: [String] {
    guard !cookies.isEmpty else { return [] }
    return ["Cookie: " + cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")]
  }

  private func take(_ answer: Answer) -> Answer {
    for cookie in answer.all("set-cookie") {
      let pair = cookie.prefix { $0 != ";" }.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { continue }
      let isOver = pair[1].isEmpty || cookie.lowercased().contains("max-age=0")
      cookies[String(pair[0])] = isOver ? nil : String(pair[1])
    }
    return answer
  }
}
