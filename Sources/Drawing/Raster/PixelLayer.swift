internal import Markup

/// Pixels in premultiplied red, green, blue and opacity, from 0 to 1.
struct PixelLayer {
  typealias Pixel = SIMD4<Float>

  let box: PixelBox
  var pixels: [Pixel]

  init(box: PixelBox, filled pixel: Pixel = .zero) {
    self.box = box
    pixels = [Pixel](repeating: pixel, count: box.width * box.height)
  }

  /// Replaces the values of channels by those of tables, between which they are interpolated.
  mutating func transfer(_ tables: [[Float]]) {
    for index in pixels.indices {
      var pixel = pixels[index]
      guard pixel.w > 0 else { continue }
      let opacity = pixel.w
      pixel /= opacity
      pixel.w = opacity
      for (channel, table) in tables.enumerated() where table.count > 1 {
        let place = min(max(pixel[channel], 0), 1) * Float(table.count - 1)
        let step = min(Int(place), table.count - 2)
        let part = place - Float(step)
        pixel[channel] = min(max(table[step] * (1 - part) + table[step + 1] * part, 0), 1)
      }
      let result = pixel * pixel.w
      pixels[index] = SIMD4(result.x, result.y, result.z, pixel.w)
    }
  }

  /// How a layer is combined with the one below it.
  struct Composition {
    var opacity: Float = 1
    var clip: Coverage?
    var mask: PixelMask?
    var blend: SVGStyle.BlendMode?
  }

  /// Composes a layer onto this one.
  mutating func add(_ other: PixelLayer, _ composition: Composition) {
    let common = box.intersection(other.box)
    for y in common.top..<max(common.top, common.bottom) {
      let own = (y - box.top) * box.width - box.left
      let source = (y - other.box.top) * other.box.width - other.box.left
      let clip = composition.clip?.row(y)
      for x in common.left..<common.right {
        var pixel = other.pixels[source + x]
        guard pixel.w > 0 else { continue }
        var share = composition.opacity
        if let clip, let box = composition.clip?.box {
          guard x >= box.left, x < box.right, !clip.isEmpty else { continue }
          share *= Float(clip[clip.startIndex + x - box.left]) / 255
        }
        if let mask = composition.mask { share *= mask.value(x, y) }
        guard share > 0 else { continue }
        pixel *= share
        let below = pixels[own + x]
        if let mode = composition.blend {
          pixels[own + x] = Blending.blended(pixel, below, mode)
        } else {
          pixels[own + x] = pixel + below * (1 - pixel.w)
        }
      }
    }
  }
}

/// The opacities of a mask.
struct PixelMask {
  let box: PixelBox
  private let values: [Float]

  /// - Parameters:
  ///   - layer: The content of the mask.
  ///   - byOpacity: Whether its opacity counts, and not its brightness.
  init(_ layer: PixelLayer, byOpacity: Bool) {
    box = layer.box
    values = layer.pixels.map { pixel in
      byOpacity ? pixel.w : 0.2126 * pixel.x + 0.7152 * pixel.y + 0.0722 * pixel.z
    }
  }

  /// The opacity of a pixel; zero outside the mask.
  func value(_ x: Int, _ y: Int) -> Float {
    guard x >= box.left, x < box.right, y >= box.top, y < box.bottom else { return 0 }
    return values[(y - box.top) * box.width + x - box.left]
  }
}

/// Blend modes (Compositing and Blending Level 1 §10).
enum Blending {
  private typealias Color = SIMD3<Float>

  /// A premultiplied pixel composed onto another.
  static func blended(
    _ source: SIMD4<Float>, _ below: SIMD4<Float>, _ mode: SVGStyle.BlendMode
  ) -> SIMD4<Float> {
    guard below.w > 0, source.w > 0 else { return source + below * (1 - source.w) }
    let above = Color(source.x, source.y, source.z) / source.w
    let backdrop = Color(below.x, below.y, below.z) / below.w
    let mixed = mix(backdrop, above, mode)
    let both = source.w * below.w
    let own = Color(source.x, source.y, source.z) * (1 - below.w)
    let other = Color(below.x, below.y, below.z) * (1 - source.w)
    let sum = mixed * both + own + other
    return SIMD4(sum, source.w + below.w - both)
  }

  private static func mix(
    _ backdrop: Color, _ source: Color, _ mode: SVGStyle.BlendMode
  ) -> Color {
    switch mode {
    case .hue: return luminosity(saturation(source, of: backdrop), of: backdrop)
    case .saturation: return luminosity(saturation(backdrop, of: source), of: backdrop)
    case .color: return luminosity(source, of: backdrop)
    case .luminosity: return luminosity(backdrop, of: source)
    default:
      var result = Color()
      for index in 0..<3 { result[index] = mix(backdrop[index], source[index], mode) }
      return result
    }
  }

  private static func mix(_ b: Float, _ s: Float, _ mode: SVGStyle.BlendMode) -> Float {
    switch mode {
    case .multiply: return b * s
    case .screen: return b + s - b * s
    case .overlay: return mix(s, b, .hardLight)
    case .darken: return min(b, s)
    case .lighten: return max(b, s)
    case .colorDodge: return b <= 0 ? 0 : s >= 1 ? 1 : min(1, b / (1 - s))
    case .colorBurn: return b >= 1 ? 1 : s <= 0 ? 0 : 1 - min(1, (1 - b) / s)
    case .hardLight: return s <= 0.5 ? b * 2 * s : b + (2 * s - 1) - b * (2 * s - 1)
    case .softLight:
      if s <= 0.5 { return b - (1 - 2 * s) * b * (1 - b) }
      let d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : b.squareRoot()
      return b + (2 * s - 1) * (d - b)
    case .difference: return abs(b - s)
    case .exclusion: return b + s - 2 * b * s
    case .hue, .saturation, .color, .luminosity: return s
    }
  }

  private static func luminosity(_ color: Color) -> Float {
    0.3 * color.x + 0.59 * color.y + 0.11 * color.z
  }

  /// A colour with the luminosity of another.
  private static func luminosity(_ color: Color, of other: Color) -> Color {
    var result = color + (luminosity(other) - luminosity(color))
    let (light, low, high) = (luminosity(result), result.min(), result.max())
    if low < 0 { result = light + (result - light) * (light / (light - low)) }
    if high > 1 { result = light + (result - light) * ((1 - light) / (high - light)) }
    return result
  }

  /// A colour with the saturation of another.
  private static func saturation(_ color: Color, of other: Color) -> Color {
    let (low, high) = (color.min(), color.max())
    guard high > low else { return Color() }
    return (color - low) * ((other.max() - other.min()) / (high - low))
  }
}
