/// Colours that stand for all colours of a picture, found by median cut.
///
/// Colours are counted in cubes of eight levels a side. The box of cubes with the largest deviation is
/// cut in two at its mean until there are enough boxes; each becomes its average colour.
struct PNGPalette {
  private struct Cube {
    var count = 0
    var sums = SIMD3<Int>()

    var mean: SIMD3<Float> {
      SIMD3(Float(sums.x), Float(sums.y), Float(sums.z)) / Float(max(count, 1))
    }
  }

  private struct Box {
    var cubes: [Int]
    var mean: SIMD3<Float>
    /// The sum of squared distances from the mean, along each axis.
    var deviation: SIMD3<Float>

    init(_ cubes: [Int], _ all: [Cube]) {
      self.cubes = cubes
      var (sum, squares, count) = (SIMD3<Double>(), SIMD3<Double>(), 0.0)
      for index in cubes {
        let mean = all[index].mean
        let color = SIMD3<Double>(Double(mean.x), Double(mean.y), Double(mean.z))
        let weight = Double(all[index].count)
        sum += color * weight
        squares += color * color * weight
        count += weight
      }
      let average = sum / count
      let spread = squares - average * average * count
      mean = SIMD3(Float(average.x), Float(average.y), Float(average.z))
      deviation = SIMD3(Float(spread.x), Float(spread.y), Float(spread.z))
    }
  }

  /// Red, green and blue of each colour.
  private(set) var colors: [UInt8] = []
  /// The colour of each pixel.
  private(set) var indices: [UInt8] = []
  /// The mean squared difference of a sample from the picture's.
  private(set) var error: Float = 0

  /// - Parameters:
  ///   - rgb: The samples of the picture.
  ///   - most: The most colours, 2 to 256.
  init(_ rgb: [UInt8], most: Int) {
    var cubes = [Cube](repeating: Cube(), count: 32 * 32 * 32)
    var whites = 0
    for place in stride(from: 0, to: rgb.count - 2, by: 3) {
      let color = SIMD3(Int(rgb[place]), Int(rgb[place + 1]), Int(rgb[place + 2]))
      if color.min() == 255 {
        whites += 1
        continue
      }
      let index = Self.cube(color)
      cubes[index].count += 1
      cubes[index].sums &+= color
    }
    // Paper is exactly white.
    var means: [SIMD3<Float>] = whites > 0 ? [SIMD3(repeating: 255)] : []
    let used = cubes.indices.filter { cubes[$0].count > 0 }
    var owner = [UInt8](repeating: 0, count: cubes.count)
    var boxes = used.isEmpty ? [] : [Box(used, cubes)]
    while !boxes.isEmpty, boxes.count < most - means.count {
      var widest = 0
      for index in boxes.indices
      where boxes[index].deviation.max() > boxes[widest].deviation.max() {
        widest = index
      }
      guard let (low, high) = Self.split(boxes[widest], cubes) else { break }
      boxes[widest] = low
      boxes.append(high)
    }
    for box in boxes {
      for cube in box.cubes { owner[cube] = UInt8(means.count) }
      means.append(box.mean)
    }
    let rounded = means.map { $0.rounded(.toNearestOrAwayFromZero) }
    colors = rounded.flatMap { [UInt8($0.x), UInt8($0.y), UInt8($0.z)] }
    indices.reserveCapacity(rgb.count / 3)
    var total: Float = 0
    for place in stride(from: 0, to: rgb.count - 2, by: 3) {
      let color = SIMD3(Int(rgb[place]), Int(rgb[place + 1]), Int(rgb[place + 2]))
      guard color.min() < 255 else {
        indices.append(0)
        continue
      }
      let index = owner[Self.cube(color)]
      indices.append(index)
      let difference =
        SIMD3(Float(color.x), Float(color.y), Float(color.z)) - rounded[Int(index)]
      total += (difference * difference).sum()
    }
    error = total / Float(max(rgb.count, 1))
  }

  private static func cube(_ color: SIMD3<Int>) -> Int {
    (color.x >> 3) << 10 | (color.y >> 3) << 5 | color.z >> 3
  }

  /// Cuts a box at its mean; nil if it is one colour.
  private static func split(_ box: Box, _ cubes: [Cube]) -> (Box, Box)? {
    let axis = (0..<3).max { box.deviation[$0] < box.deviation[$1] } ?? 0
    guard box.deviation[axis] > 0.5, box.cubes.count > 1 else { return nil }
    let low = box.cubes.filter { cubes[$0].mean[axis] < box.mean[axis] }
    let high = box.cubes.filter { cubes[$0].mean[axis] >= box.mean[axis] }
    guard !low.isEmpty, !high.isEmpty else { return nil }
    return (Box(low, cubes), Box(high, cubes))
  }
}

extension PNGWriter {
  /// A small file of a picture, with as few colours as look like it.
  ///
  /// - Parameters:
  ///   - rgb: Red, green and blue of each pixel.
  ///   - width: Pixels of a row.
  /// - Returns: A file with a palette of at most 256 colours.
  package static func file(ofRGB rgb: [UInt8], width: Int) -> [UInt8] {
    let height = width > 0 ? rgb.count / 3 / width : 0
    var palette = PNGPalette(rgb, most: paletteSizes[0])
    for size in paletteSizes.dropFirst() where palette.error > largestError {
      palette = PNGPalette(rgb, most: size)
    }
    let bits = palette.colors.count <= 3 * 16 ? 4 : 8
    let writer = PNGWriter(
      width: width, height: height,
      pixels: .indexed(bits: bits, colors: palette.colors, opacities: []), isThorough: true)
    guard bits == 4 else { return writer.file(palette.indices) }
    var rows: [UInt8] = []
    rows.reserveCapacity(writer.rowBytes * height)
    for row in 0..<height {
      for column in stride(from: row * width, to: (row + 1) * width, by: 2) {
        let second = column + 1 < (row + 1) * width ? palette.indices[column + 1] : 0
        rows.append(palette.indices[column] << 4 | second)
      }
    }
    return writer.file(rows)
  }

  private static let paletteSizes = [16, 64, 256]
  /// The mean squared difference of a sample that is hardly seen in text.
  private static let largestError: Float = 9
}
