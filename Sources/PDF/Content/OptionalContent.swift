// ISO 32000-1 §8.11: optional content.

/// The layers of a document that are visible when it is opened.
package final class OptionalContent {
  private let document: Document
  /// Object numbers of groups whose state differs from the default.
  private var exceptions: Set<Int> = []
  private var isShownAtFirst = true
  private let hasGroups: Bool

  package init(_ document: Document) {
    self.document = document
    let properties = document.dictionary(document.catalog?["OCProperties"])
    hasGroups = properties != nil
    guard let configuration = document.dictionary(properties?["D"]) else { return }
    isShownAtFirst = document.name(configuration["BaseState"]) != "OFF"
    let others = document.array(configuration[isShownAtFirst ? "OFF" : "ON"]) ?? []
    exceptions = Set(others.prefix(100_000).compactMap { $0.reference?.number })
  }

  /// Whether content of a group or a membership dictionary is hidden.
  package func hides(_ object: Object?) -> Bool {
    guard hasGroups, let object else { return false }
    return !isShown(object)
  }

  private func isShown(_ object: Object) -> Bool {
    guard let dictionary = document.dictionary(object) else { return true }
    if document.name(dictionary["Type"]) != "OCMD" { return isOn(object) }
    if let expression = document.array(dictionary["VE"]) { return isTrue(expression, depth: 0) }
    // A single group, or several with a visibility policy (§8.11.2.2).
    var groups = document.array(dictionary["OCGs"]) ?? []
    if groups.isEmpty, let group = dictionary["OCGs"], document.dictionary(group) != nil {
      groups = [group]
    }
    groups = groups.prefix(10_000).filter { document.dictionary($0) != nil }
    guard !groups.isEmpty else { return true }
    switch document.name(dictionary["P"]) {
    case "AllOn": return groups.allSatisfy(isOn)
    case "AnyOff": return !groups.allSatisfy(isOn)
    case "AllOff": return !groups.contains(where: isOn)
    default: return groups.contains(where: isOn)
    }
  }

  private func isOn(_ group: Object) -> Bool {
    guard let number = group.reference?.number else { return true }
    return exceptions.contains(number) != isShownAtFirst
  }

  /// Evaluates a visibility expression (§8.11.2.2, table 99).
  private func isTrue(_ expression: [Object], depth: Int) -> Bool {
    guard depth < 16, let operation = document.name(expression.first) else { return true }
    var values = expression.dropFirst().prefix(100).lazy.map { [self] operand in
      document.array(operand).map { isTrue($0, depth: depth + 1) } ?? isOn(operand)
    }.makeIterator()
    switch operation {
    case "Not": return !(values.next() ?? false)
    case "Or":
      while let value = values.next() { if value { return true } }
      return false
    default:
      while let value = values.next() { if !value { return false } }
      return true
    }
  }
}
