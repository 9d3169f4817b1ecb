internal import Foundation
internal import TextRepair

extension Record {
  /// The record with title, subtitle and abstract repaired: words split at a ligature or at the end
  /// of a line, and wrongly decoded characters.
  ///
  /// The original of a repaired field is stored in `unknown`, under `unrepaired`. White space does
  /// not count as a repair.
  var repaired: Record {
    var record = self
    var originals: [String: String] = [:]
    func repairing(_ key: String, _ text: String) -> String {
      let repaired = repair(text)
      guard !repaired.repairs.subtracting([.spacing, .control]).isEmpty else { return text }
      originals[key] = text
      return repaired.text
    }
    record.title = repairing("title", title)
    record.subtitle = subtitle.map { repairing("subtitle", $0) }
    record.abstract = repairing("abstract", abstract)
    guard !originals.isEmpty else { return self }
    record.unknown = Record.unknown(unknown, with: originals)
    return record
  }

  /// The JSON object with the originals of repaired fields added, unless it has some already.
  private static func unknown(_ json: String?, with originals: [String: String]) -> String? {
    var object: [String: Any] = [:]
    if let json {
      guard
        let known = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any],
        known["unrepaired"] == nil
      else { return json }
      object = known
    }
    object["unrepaired"] = originals
    guard
      let data = try? JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return json }
    return String(decoding: data, as: UTF8.self)
  }
}
