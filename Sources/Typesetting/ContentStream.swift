/// Writes the operators of one page (ISO 32000-1 Annex A).
struct ContentStream {
  private(set) var octets: [UInt8] = []
  /// The structure elements of the marked content, by its number.
  private(set) var marked: [Int] = []

  private var typeface: Typeface?
  private var size = 0.0
  private var colour: Colour?
  private var wordSpacing = 0.0

  init(of page: Page) {
    var open: Int??
    for item in page.items {
      let element: Int?
      switch item {
      case .line(_, let of): element = of
      case .rectangle: element = nil
      }
      if open != .some(element) {
        if open != nil { write("EMC\n") }
        if let element {
          write("/P << /MCID \(marked.count) >> BDC\n")
          marked.append(element)
        } else {
          write("/Artifact BMC\n")
        }
        open = .some(element)
      }
      switch item {
      case .line(let line, _): show(line)
      case .rectangle(let area, let colour): fill(area, colour)
      }
    }
    if open != nil { write("EMC\n") }
  }

  private mutating func write(_ text: String) { octets += text.utf8 }

  private mutating func fill(_ area: Rectangle, _ colour: Colour) {
    set(colour)
    write(
      "\(decimal(area.x)) \(decimal(area.y)) \(decimal(area.width)) \(decimal(area.height)) re f\n")
  }

  private mutating func set(_ colour: Colour) {
    guard colour != self.colour else { return }
    self.colour = colour
    write("\(decimal(colour.red)) \(decimal(colour.green)) \(decimal(colour.blue)) rg\n")
  }

  private mutating func show(_ line: PlacedLine) {
    set(line.style.colour)
    write("BT\n")
    if line.style.typeface != typeface || line.style.size != size {
      typeface = line.style.typeface
      size = line.style.size
      write("/\(line.style.typeface.resource) \(decimal(size)) Tf\n")
    }
    if line.wordSpacing != wordSpacing {
      wordSpacing = line.wordSpacing
      write("\(decimal(wordSpacing)) Tw\n")
    }
    write("\(decimal(line.x)) \(decimal(line.y)) Td\n[(")
    let metrics = line.style.typeface.metrics
    var previous: UInt8?
    for code in line.codes {
      if let previous {
        let kerning = metrics.kerning(previous, code)
        // A positive number in the array moves to the left, so the sign turns.
        if kerning != 0 { write(") \(-kerning) (") }
      }
      append(code)
      previous = code
    }
    write(")] TJ\nET\n")
  }

  /// One code in a literal string (ISO 32000-1 §7.3.4.2).
  private mutating func append(_ code: UInt8) {
    switch code {
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\"):
      octets += [UInt8(ascii: "\\"), code]
    default: octets.append(code)
    }
  }
}

/// A number as PDF writes it, to three decimals, without an exponent.
func decimal(_ number: Double) -> String {
  let thousandths = Int((number * 1000).rounded())
  let sign = thousandths < 0 ? "-" : ""
  let (whole, part) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1000)
  guard part > 0 else { return "\(sign)\(whole)" }
  var digits = String(1000 + part).dropFirst()
  while digits.last == "0" { digits.removeLast() }
  return "\(sign)\(whole).\(digits)"
}
