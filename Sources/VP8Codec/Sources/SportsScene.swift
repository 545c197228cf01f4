import SimulationKernel

/// A match: a wide shot and a close-up in turn, six seconds each, both with a moving camera.
final class SportsScene {
  private static let shotLength = 6000

  private let width: Int
  private let height: Int
  /// What the camera pans over: twice as wide as the picture.
  private let wide: Picture
  private let close: Picture
  private let jersey = Texture(name: "jersey", blur: 1, amplitude: 14)
  private let grain = Grain()

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    wide = Picture(width: 2 * width, height: height)
    close = Picture(width: 2 * width, height: height)
    build(wide, horizon: 240, dot: 20, stripe: 260, boards: true)
    build(close, horizon: 420, dot: 34, stripe: 700, boards: false)
    close.blur(radius: max(1, height / 120))
    for (picture, blur) in [(wide, 0), (close, 1)] { addGrass(picture, blur: blur) }
  }

  func render(_ milliseconds: Int, frame: Int, into picture: Picture) {
    let isWide = milliseconds / Self.shotLength % 2 == 0
    // The camera swings across the middle three quarters of the field, in 1/16 sample.
    let middle = width * 8
    let swing = wave(milliseconds, period: isWide ? 7300 : 4100) * width * 6 / 4096
    let pan = middle + swing + wave(milliseconds, period: 1900) * width / 4096 / 4
    copyField(isWide ? wide : close, pan: pan, into: picture)
    if isWide {
      drawTeams(milliseconds, pan: pan, on: picture)
    } else {
      drawRunner(milliseconds, on: picture)
    }
    grain.add(to: picture, frame: frame)
  }

  // MARK: The field

  private func build(_ field: Picture, horizon: Int, dot: Int, stripe: Int, boards: Bool) {
    var chance = RandomStream(seed: 1, name: "video.stadium")
    func length(_ thousandths: Int) -> Int { max(1, thousandths * height / 1000) }
    // Mowing stripes on the grass.
    for column in 0..<(field.width / length(stripe) + 1) {
      field.fill(
        x: column * length(stripe), y: 0, width: length(stripe), height: height,
        column % 2 == 0 ? Colour(104, 106, 110) : Colour(90, 107, 112))
    }
    // The crowd: a dot for each head.
    let size = max(2, length(dot))
    for y in stride(from: 0, to: length(horizon), by: size) {
      for x in stride(from: 0, to: field.width, by: size) {
        let tone = Colour(
          56 + Int32(chance.next(below: 90)), 112 + Int32(chance.next(below: 32)),
          112 + Int32(chance.next(below: 40)))
        field.fill(x: x, y: y, width: size, height: size, tone)
      }
    }
    guard boards else { return }
    let banner = max(9, length(70))
    let scale = max(1, banner / 11)
    let mottos = ["VP8 CUP", "GOLDEN FRAME", "RTCP", "NO LOSS", "KEY FRAME", "ALTREF"]
    for index in 0..<8 {
      let x = index * field.width / 8
      field.fill(
        x: x, y: length(horizon), width: field.width / 8 - 2, height: banner,
        index % 2 == 0 ? Colour(80, 160, 110) : Colour(190, 110, 140))
      BitmapFont.draw(
        mottos[index % mottos.count], x: x + 4, y: length(horizon) + (banner - 7 * scale) / 2,
        scale: scale, colour: index % 2 == 0 ? Colour(222, 128, 128) : Colour(44, 128, 128),
        on: field)
    }
    // Touchline, halfway line and the penalty boxes.
    let line = Colour(206, 124, 124)
    let thick = max(1, length(9))
    field.fill(x: 0, y: length(horizon + 110), width: field.width, height: thick, line)
    for x in [field.width / 2, field.width / 8, field.width * 7 / 8] {
      field.fill(
        x: x, y: length(horizon + 110), width: thick * 3 / 2, height: height, line)
    }
    field.fill(x: 0, y: length(820), width: field.width / 8, height: thick, line)
    field.fill(x: field.width * 7 / 8, y: length(820), width: field.width / 8, height: thick, line)
  }

  private func addGrass(_ field: Picture, blur: Int) {
    let grass = Texture(name: "grass", blur: blur, amplitude: blur == 0 ? 9 : 16)
    field.add(grass)
  }

  /// Shows the part of the field that begins `pan` sixteenths of a luma sample from its left end.
  private func copyField(_ field: Picture, pan: Int, into picture: Picture) {
    shift(field.y, field.width, picture.y, width, height, position: pan * 2)
    shift(field.u, field.width / 2, picture.u, width / 2, height / 2, position: pan)
    shift(field.v, field.width / 2, picture.v, width / 2, height / 2, position: pan)
  }

  /// Interpolates between two neighbours; `position` in 1/32 sample of the plane.
  private func shift(
    _ source: UnsafePointer<UInt8>, _ stride: Int, _ destination: UnsafeMutablePointer<UInt8>,
    _ width: Int, _ height: Int, position: Int
  ) {
    let right = UInt16(position & 31)
    let left = 32 - right
    for row in 0..<height {
      let (from, to) = (source + row * stride + position >> 5, destination + row * width)
      for column in 0..<width {
        let sum = UInt16(from[column]) &* left &+ UInt16(from[column &+ 1]) &* right
        to[column] = UInt8(truncatingIfNeeded: (sum &+ 16) >> 5)
      }
    }
  }

  // MARK: Who runs on it

  /// Lengths in thousandths of the height; `x` from the picture's left end in 1/16 sample.
  private func drawPlayer(
    x: Int, ground: Int, size: Int, colour: Colour, stride: Int, on picture: Picture
  ) {
    func part(
      _ dx: Int, _ dy: Int, _ radiusX: Int, _ radiusY: Int, _ tone: Colour, softness: Int = 1,
      opacity: Int32 = 256, textured: Bool = false
    ) {
      func sixteenths(_ length: Int) -> Int { length * size / 1000 * height * 16 / 1000 }
      SoftEllipse(
        x: x + sixteenths(dx), y: ground * height * 16 / 1000 + sixteenths(dy),
        radiusX: sixteenths(radiusX), radiusY: sixteenths(radiusY), colour: tone, shadeX: -14,
        softness: softness, opacity: opacity
      ).draw(on: picture, texture: textured ? jersey : nil)
    }
    let skin = Colour(140, 114, 150)
    part(60, 0, 300, 60, Colour(52, 116, 118), softness: 3, opacity: 170)
    for side in [-1, 1] {
      let swing = side * stride * 220 / 4096
      part(swing, -190, 75, 200, skin)
      part(swing * 3 / 2, -20, 95, 45, Colour(40, 128, 128))
      part(-swing, -640, 60, 190, colour, textured: true)
      part(-swing * 3 / 2, -480, 50, 60, skin)
    }
    part(0, -400, 150, 130, Colour(200, 128, 128), textured: true)
    part(0, -640, 165, 230, colour, textured: true)
    part(20, -950, 105, 120, skin)
    part(-10, -1010, 105, 80, Colour(46, 122, 134))
  }

  private func drawTeams(_ t: Int, pan: Int, on picture: Picture) {
    for player in 0..<10 {
      // Where it is on the field: its post, and a run to and fro.
      let post = (player * 197 + 120) % 1000 * 2 * width * 16 / 1000
      let run = wave(t, period: 2900 + player * 310, offset: player * 400) * width * 4 / 4096
      drawPlayer(
        x: post + run - pan, ground: 450 + player * 52, size: 150 + player * 12,
        colour: player % 2 == 0 ? Colour(76, 108, 196) : Colour(72, 186, 104),
        stride: wave(t, period: 380 + player * 20, offset: player * 211), on: picture)
    }
    // The ball flies from side to side once a second and bounces.
    let ball = wave(t, period: 2300) * width * 9 / 4096
    let bounce = abs(wave(t, period: 1150)) * 260 / 4096
    SoftEllipse(
      x: width * 16 + ball - pan, y: (720 - bounce) * height * 16 / 1000,
      radiusX: max(24, height * 16 * 17 / 1000), radiusY: max(24, height * 16 * 17 / 1000),
      colour: Colour(205, 128, 128), shadeX: -20, shadeY: -24
    ).draw(on: picture)
  }

  private func drawRunner(_ t: Int, on picture: Picture) {
    let stride = wave(t, period: 560)
    for rival in [0, 1] {
      drawPlayer(
        x: width * (rival == 0 ? 4 : 12)
          + wave(t, period: 2700, offset: rival * 700) * width * 4 / 4096,
        ground: 880 + rival * 150 - abs(stride) * 18 / 4096, size: 560 + rival * 150,
        colour: rival == 0 ? Colour(72, 186, 104) : Colour(76, 108, 196),
        stride: rival == 0 ? -stride : stride, on: picture)
    }
    SoftEllipse(
      x: width * 8 + wave(t, period: 1400) * width * 4 / 4096,
      y: (900 - abs(wave(t, period: 900)) * 300 / 4096) * height * 16 / 1000,
      radiusX: height * 16 * 42 / 1000, radiusY: height * 16 * 42 / 1000,
      colour: Colour(205, 128, 128), shadeX: -20, shadeY: -30
    ).draw(on: picture)
  }
}
