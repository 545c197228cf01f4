import CPNG

/// Writes pictures as PNG, through libpng.
public enum PNGFile {
  /// What libpng said.
  public struct Failure: Error, CustomStringConvertible, Sendable {
    public let path: String
    public let reason: String

    public var description: String { reason }
  }

  /// - Throws: where the file cannot be written.
  public static func write(_ picture: Picture, to path: String) throws(Failure) {
    let rgb = RGBConversion.rgb(of: picture)
    var message = [CChar](repeating: 0, count: 64)
    let done = rgb.withUnsafeBytes { octets in
      cpng_write(
        path, UInt32(picture.width), UInt32(picture.height), octets.baseAddress, &message)
    }
    guard done == 1 else {
      let reason = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw Failure(path: path, reason: String(decoding: reason, as: UTF8.self))
    }
  }
}

/// ITU-R BT.601 with limited range, as cameras and VP8 have it (RFC 6386 section 9.2).
enum RGBConversion {
  /// Rows of R, G, B, eight bits each.
  static func rgb(of picture: Picture) -> [UInt8] {
    let (width, height) = (picture.width, picture.height)
    var rgb = [UInt8](repeating: 0, count: 3 * width * height)
    for row in 0..<height {
      for column in 0..<width {
        let chroma = row / 2 * (width / 2) + column / 2
        let y = 298 * (Int(picture.y[row * width + column]) - 16) + 128
        let (u, v) = (Int(picture.u[chroma]) - 128, Int(picture.v[chroma]) - 128)
        let place = 3 * (row * width + column)
        rgb[place] = clamped(y + 409 * v)
        rgb[place + 1] = clamped(y - 100 * u - 208 * v)
        rgb[place + 2] = clamped(y + 516 * u)
      }
    }
    return rgb
  }

  private static func clamped(_ value: Int) -> UInt8 { UInt8(max(0, min(255, value >> 8))) }
}
