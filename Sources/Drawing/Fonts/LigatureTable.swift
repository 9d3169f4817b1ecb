/// Writes a GSUB table that replaces sequences of glyphs, whatever features the page asks for.
enum LigatureTable {
  static func table(_ ligatures: [(glyphs: [Int], ligature: Int)]) -> [UInt8] {
    var sets: [(first: Int, members: [(rest: [Int], ligature: Int)])] = []
    for (glyphs, ligature) in ligatures {
      guard let first = glyphs.first else { continue }
      if sets.last?.first != first { sets.append((first, [])) }
      sets[sets.count - 1].members.append((Array(glyphs.dropFirst()), ligature))
    }
    var table = TableWriter()
    table.long(0x10000)
    table.words(10, 30, 44)
    // One script, whose default language has one feature.
    table.word(1)
    table.append(Array("DFLT".utf8))
    table.words(8, 4, 0, 0, 0xFFFF, 1, 0)
    table.word(1)
    table.append(Array("ccmp".utf8))
    table.words(8, 0, 1, 0)
    // One lookup of ligatures.
    table.words(1, 4, 4, 0, 1, 8)
    let bodies = sets.map { set in
      var body = TableWriter()
      // The longest sequence comes first.
      let members = set.members.sorted { $0.rest.count > $1.rest.count }
      body.word(members.count)
      var offset = 2 + 2 * members.count
      for member in members {
        body.word(offset)
        offset += 4 + 2 * member.rest.count
      }
      for member in members {
        body.words(member.ligature, member.rest.count + 1)
        for glyph in member.rest { body.word(glyph) }
      }
      return body.bytes
    }
    let coverage = 6 + 2 * sets.count
    table.words(1, coverage, sets.count)
    var offset = coverage + 4 + 2 * sets.count
    for body in bodies {
      table.word(offset)
      offset += body.count
    }
    table.words(1, sets.count)
    for set in sets { table.word(set.first) }
    for body in bodies { table.append(body) }
    return table.bytes
  }
}
