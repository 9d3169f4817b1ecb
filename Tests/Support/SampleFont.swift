/// Font programs with the glyphs A, a square, and B, a triangle, as small as they can be.
package enum SampleFont {
  private static func words(_ values: Int...) -> [UInt8] { values.flatMap(word) }

  private static func word(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
  }

  private static func long(_ value: Int) -> [UInt8] { word(value >> 16) + word(value) }

  /// The corners of the glyphs, in thousandths of the em.
  private static let corners: [[(x: Int, y: Int)]] = [
    [(100, 0), (100, 700), (600, 700), (600, 0)], [(0, 0), (250, 700), (500, 0)],
  ]

  /// A TrueType font whose glyphs 1 and 2 are A and B.
  ///
  /// - Parameter hasMap: Whether it has a character map; embedded fonts often have none.
  /// - Returns: The program.
  package static func trueType(hasMap: Bool = true) -> [UInt8] {
    var glyf: [UInt8] = []
    var offsets = [0, 0]
    for points in corners {
      let (xs, ys) = (points.map(\.x), points.map(\.y))
      glyf += words(1, xs.min() ?? 0, ys.min() ?? 0, xs.max() ?? 0, ys.max() ?? 0)
      // Two bytes of instructions, which drawings leave out.
      glyf += words(points.count - 1, 2) + [0x4F, 0x4F]
      glyf += points.map { _ in 1 }
      for values in [xs, ys] {
        var last = 0
        for value in values {
          glyf += word(value - last)
          last = value
        }
      }
      if glyf.count % 2 == 1 { glyf.append(0) }
      offsets.append(glyf.count)
    }
    var tables: [(String, [UInt8])] = [
      ("glyf", glyf),
      (
        "head",
        long(0x10000) + long(0x10000) + long(0) + long(0x5F0F_3CF5) + words(0, 1000)
          + [UInt8](repeating: 0, count: 16) + words(0, 0, 600, 700, 0, 8, 2, 0, 0)
      ),
      ("hhea", long(0x10000) + words(700, 0, 0, 700) + words(0, 0, 600, 1, 0, 0, 0, 0, 0, 0, 0, 3)),
      ("hmtx", words(500, 0, 700, 100, 500, 0)), ("loca", offsets.flatMap { word($0 / 2) }),
      ("maxp", long(0x10000) + words(3, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)),
    ]
    if hasMap {
      // Format 4: A and B are the glyphs 1 and 2.
      let map =
        words(4, 32, 0, 4, 4, 1, 0) + words(0x42, 0xFFFF, 0, 0x41, 0xFFFF, -0x40, 1, 0, 0)
      tables.insert(("cmap", words(0, 1, 3, 1) + long(12) + map), at: 0)
    }
    var file = long(0x10000) + words(tables.count, 0, 0, 0)
    var data: [UInt8] = []
    for (tag, table) in tables {
      file += Array(tag.utf8) + long(0)
      file += long(12 + 16 * tables.count + data.count) + long(table.count)
      data += table + [UInt8](repeating: 0, count: (4 - table.count % 4) % 4)
    }
    return file + data
  }

  /// A CFF program whose glyphs are named A and B.
  package static func compact() -> [UInt8] {
    func index(_ items: [[UInt8]]) -> [UInt8] {
      guard !items.isEmpty else { return [0, 0] }
      var offset = 1
      var result = word(items.count) + [2] + word(offset)
      for item in items {
        offset += item.count
        result += word(offset)
      }
      return result + items.joined()
    }
    let charStrings = index([[14]] + corners.map { charString($0, lineTo: 5, end: [14]) })
    func top(_ charset: Int, _ glyphs: Int) -> [UInt8] {
      index([[29] + long(charset) + [15, 29] + long(glyphs) + [17]])
    }
    let head: [UInt8] = [1, 0, 4, 2] + index([Array("Sample".utf8)])
    let charset: [UInt8] = [0] + words(34, 35)
    let start = head.count + top(0, 0).count + 4
    return head + top(start, start + charset.count) + [0, 0, 0, 0] + charset + charStrings
  }

  /// The charstring of a polygon, in the operators that Type 1 and Type 2 share.
  private static func charString(
    _ points: [(x: Int, y: Int)], lineTo: UInt8, end: [UInt8]
  ) -> [UInt8] {
    func number(_ value: Int) -> [UInt8] {
      switch value {
      case -107...107: [UInt8(value + 139)]
      case 108...1131: [UInt8((value - 108) / 256 + 247), UInt8((value - 108) % 256)]
      default: [UInt8((-value - 108) / 256 + 251), UInt8((-value - 108) % 256)]
      }
    }
    var result = number(points[0].x) + number(points[0].y) + [21]
    for (from, to) in zip(points, points.dropFirst()) {
      result += number(to.x - from.x) + number(to.y - from.y) + [lineTo]
    }
    return result + end
  }

  /// A Type 1 program whose glyphs are named A and B.
  package static func type1() -> [UInt8] {
    func encrypt(_ bytes: [UInt8], key: UInt16) -> [UInt8] {
      var state = key
      return ([0, 0, 0, 0] + bytes).map { byte in
        let cipher = byte ^ UInt8(state >> 8)
        state = (UInt16(cipher) &+ state) &* 52845 &+ 22719
        return cipher
      }
    }
    var body = Array(
      "dup /Private 8 dict dup begin /lenIV 4 def\n/CharStrings 3 dict dup begin\n".utf8)
    // hsbw with a left side of 0 and a width of 0, then the outline.
    var glyphs: [(String, [UInt8])] = [(".notdef", [139, 139, 13, 14])]
    for (name, points) in zip(["A", "B"], corners) {
      glyphs.append((name, [139, 139, 13] + charString(points, lineTo: 5, end: [9, 14])))
    }
    for (name, charString) in glyphs {
      let data = encrypt(charString, key: 4330)
      body += Array("/\(name) \(data.count) RD ".utf8) + data + Array(" ND\n".utf8)
    }
    body += Array("end end\n".utf8)
    let head = """
      %!PS-AdobeFont-1.0: Sample
      /FontMatrix [0.001 0 0 0.001 0 0] readonly def
      /Encoding StandardEncoding def
      currentfile eexec

      """
    return Array(head.utf8) + encrypt(body, key: 55665)
  }
}
