// ITU-T T.81 Annexes F (sequential mode) and G (progressive mode).

extension JPEGDecoder {
  mutating func decode(_ scan: JPEGScan, _ reader: inout JPEGBits) {
    for (index, selection) in zip(scan.components, scan.tables) {
      components[index].direct = Int(selection >> 4)
      components[index].alternating = Int(selection & 15) | 16
      components[index].prediction = 0
    }
    var endOfBand = 0
    var count = 0
    let isSingle = scan.components.count == 1
    let first = components[scan.components[0]]
    let (unitsAcross, unitsDown) =
      isSingle
      ? (
        ((fullWidth * first.across + mostAcross - 1) / mostAcross + 7) / 8,
        ((fullHeight * first.down + mostDown - 1) / mostDown + 7) / 8
      ) : units
    for row in 0..<unitsDown {
      for column in 0..<unitsAcross {
        if restartInterval > 0, count > 0, count % restartInterval == 0 {
          guard reader.restart() else { return }
          endOfBand = 0
          for index in scan.components { components[index].prediction = 0 }
        }
        count += 1
        for index in scan.components {
          let (across, down) =
            isSingle ? (1, 1) : (components[index].across, components[index].down)
          for y in 0..<down {
            for x in 0..<across {
              let block =
                (row * down + y) * components[index].blocksAcross + column * across + x
              if isProgressive {
                guard decodeBlock(index, at: block * 64, scan, &endOfBand, &reader) else { return }
              } else {
                for step in 0..<64 { components[index].coefficients[step] = 0 }
                guard decodeBlock(index, at: 0, scan, &endOfBand, &reader) else { return }
                computeSamples(ofBlock: block, component: index)
              }
            }
          }
        }
      }
    }
  }

  /// Decodes a block; false at the end of the data.
  private mutating func decodeBlock(
    _ index: Int, at start: Int, _ scan: JPEGScan, _ endOfBand: inout Int,
    _ reader: inout JPEGBits
  ) -> Bool {
    if reader.isAtEnd { return false }
    var step = scan.first
    if step == 0 {
      if scan.high == 0 {
        guard let table = huffman[components[index].direct], let size = table.read(&reader),
          size < 16
        else { return false }
        components[index].prediction += reader.signed(size)
        components[index].coefficients[start] =
          Int16(truncatingIfNeeded: components[index].prediction << scan.low)
      } else if reader.bit() == 1 {
        components[index].coefficients[start] |= 1 << Int16(scan.low)
      }
      step = 1
    }
    guard step <= scan.last, scan.last > 0 else { return true }
    guard let table = huffman[components[index].alternating] else { return false }
    return scan.high == 0
      ? decodeFirst(index, start, step, scan, table, &endOfBand, &reader)
      : refine(index, start, step, scan, table, &endOfBand, &reader)
  }

  private mutating func decodeFirst(
    _ index: Int, _ start: Int, _ from: Int, _ scan: JPEGScan, _ table: JPEGHuffmanTable,
    _ endOfBand: inout Int, _ reader: inout JPEGBits
  ) -> Bool {
    if endOfBand > 0 {
      endOfBand -= 1
      return true
    }
    var step = from
    while step <= scan.last {
      guard let code = table.read(&reader) else { return false }
      let (run, size) = (code >> 4, code & 15)
      if size == 0 {
        if run < 15 {
          endOfBand = (1 << run) - 1 + (run > 0 ? reader.bits(run) : 0)
          return true
        }
        step += 16
        continue
      }
      step += run
      guard step < 64 else { return false }
      components[index].coefficients[start + Self.zigzag[step]] =
        Int16(truncatingIfNeeded: reader.signed(size) << scan.low)
      step += 1
    }
    return true
  }

  private mutating func refine(
    _ index: Int, _ start: Int, _ from: Int, _ scan: JPEGScan, _ table: JPEGHuffmanTable,
    _ endOfBand: inout Int, _ reader: inout JPEGBits
  ) -> Bool {
    let bit = Int16(1 << scan.low)
    func correct(_ place: Int, _ coefficients: inout [Int16], _ reader: inout JPEGBits) {
      let value = coefficients[place]
      if reader.bit() == 1, value & bit == 0 { coefficients[place] += value > 0 ? bit : -bit }
    }
    var step = from
    if endOfBand == 0 {
      while step <= scan.last {
        guard let code = table.read(&reader) else { return false }
        var run = code >> 4
        var value: Int16 = 0
        if code & 15 == 0 {
          if run < 15 {
            endOfBand = (1 << run) + (run > 0 ? reader.bits(run) : 0)
            break
          }
        } else {
          value = reader.bit() == 1 ? bit : -bit
        }
        while step <= scan.last {
          let place = start + Self.zigzag[step]
          step += 1
          if components[index].coefficients[place] != 0 {
            correct(place, &components[index].coefficients, &reader)
          } else if run == 0 {
            components[index].coefficients[place] = value
            break
          } else {
            run -= 1
          }
        }
        if reader.isAtEnd { return false }
      }
    }
    if endOfBand > 0 {
      while step <= scan.last {
        let place = start + Self.zigzag[step]
        if components[index].coefficients[place] != 0 {
          correct(place, &components[index].coefficients, &reader)
        }
        step += 1
      }
      endOfBand -= 1
    }
    return true
  }
}
