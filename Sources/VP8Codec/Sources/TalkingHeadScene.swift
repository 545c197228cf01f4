import SimulationKernel

/// A person at a desk. Lengths are thousandths of the picture's height, from its middle line.
final class TalkingHeadScene {
  private let width: Int
  private let height: Int
  private let room: Picture
  private let cloth = Texture(name: "cloth", blur: 1, amplitude: 12)
  private let skin = Texture(name: "skin", blur: 2, amplitude: 8)
  private let grain = Grain()

  private static let skinTone = Colour(158, 113, 150)
  private static let hairTone = Colour(48, 123, 135)

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    room = Picture(width: width, height: height)
    furnish()
  }

  func render(_ milliseconds: Int, frame: Int, into picture: Picture) {
    picture.copy(from: room.view)
    let pose = Pose(milliseconds)
    drawBody(pose, on: picture)
    drawHead(pose, on: picture)
    drawEyes(pose, on: picture)
    drawMouth(pose, on: picture)
    drawHand(pose, on: picture)
    grain.add(to: picture, frame: frame)
  }

  /// What moves, at one instant.
  private struct Pose {
    /// Shifts of shoulders, head and face; the face moves farther, as if the head turned.
    var body: Int
    var headX: Int
    var headY: Int
    var faceX: Int
    var faceY: Int
    /// 0 shut...60 wide open.
    var mouth: Int
    /// 0 open...100 shut.
    var lid: Int
    var gaze: Int
    /// 0 out of the picture...1000 raised.
    var hand: Int
    var handX: Int

    init(_ t: Int) {
      let sway = wave(t, period: 5300) * 26 + wave(t, period: 3170, offset: 300) * 14
      let nod = wave(t, period: 2410) * 9 + wave(t, period: 1130, offset: 900) * 5
      body = sway / 3 / 4096
      headX = sway / 4096
      headY = nod / 4096
      faceX = headX + (wave(t, period: 4100, offset: 500) * 16) / 4096
      faceY = headY + (wave(t, period: 1730) * 6) / 4096
      // Syllables, in phrases with pauses between them.
      let syllable = abs(wave(t, period: 430)) + abs(wave(t, period: 290, offset: 128))
      let phrase = max(0, wave(t, period: 3700) + 2400)
      mouth = min(60, syllable * phrase / 4096 * 40 / 6500)
      // A blink of 200 ms every 3.1 s.
      let blink = t % 3100 - 2400
      lid = (0..<200).contains(blink) ? 100 - abs(blink - 100) : 0
      gaze = (t / 1900) % 3 * 5 - 5
      // A gesture of 2.4 s every 9 s.
      let gesture = t % 9000 - 5200
      hand = (0..<2400).contains(gesture) ? integerSine(gesture * 1024 / 2400) * 1000 / 4096 : 0
      handX = (wave(t, period: 700) * 45) / 4096
    }
  }

  /// The person is drawn larger than the lengths below say, from the lower edge upward.
  private func sixteenths(_ length: Int) -> Int { length * height * 19 / 1000 }
  private func vertical(_ y: Int) -> Int { height * 16 - sixteenths(1000 - y) }

  private func ellipse(
    _ x: Int, _ y: Int, _ radiusX: Int, _ radiusY: Int, _ colour: Colour, shadeX: Int32 = 0,
    shadeY: Int32 = 0, softness: Int = 1, opacity: Int32 = 256
  ) -> SoftEllipse {
    SoftEllipse(
      x: width * 8 + sixteenths(x), y: vertical(y), radiusX: sixteenths(radiusX),
      radiusY: sixteenths(radiusY), colour: colour, shadeX: shadeX, shadeY: shadeY,
      softness: softness, opacity: opacity)
  }

  private func drawBody(_ pose: Pose, on picture: Picture) {
    let shirt = Colour(84, 142, 116)
    ellipse(pose.body, 1060, 420, 350, shirt, shadeX: -22, shadeY: -10)
      .draw(on: picture, texture: cloth)
    // Collar, neck and the head's shadow on it.
    ellipse(pose.body, 745, 118, 62, Colour(176, 130, 126), shadeX: -16).draw(on: picture)
    ellipse(pose.body + pose.headX / 3, 690, 82, 105, Colour(136, 114, 149), shadeX: -20)
      .draw(on: picture, texture: skin)
    ellipse(
      pose.headX, 660 + pose.headY, 95, 40, Colour(84, 118, 146), softness: 4, opacity: 150
    ).draw(on: picture)
  }

  private func drawHead(_ pose: Pose, on picture: Picture) {
    let (x, y) = (pose.headX, 430 + pose.headY)
    ellipse(x, y - 45, 178, 205, Self.hairTone, shadeX: -12, shadeY: -10)
      .draw(on: picture, texture: cloth)
    for side in [-1, 1] {
      ellipse(x + side * 150 - (pose.faceX - x) / 2, y + 10, 24, 44, Colour(136, 115, 153))
        .draw(on: picture)
    }
    ellipse(x, y + 5, 148, 198, Self.skinTone, shadeX: -24, shadeY: -12)
      .draw(on: picture, texture: skin)
    // The hair's fringe, cut off above the brows.
    var fringe = ellipse(
      x - 20 + (pose.faceX - x) / 2, y - 158, 165, 98, Self.hairTone, shadeX: -10, shadeY: 14)
    fringe.bottom = vertical(y - 70) / 16
    fringe.draw(on: picture, texture: cloth)
    // Cheeks and nose.
    let (faceX, faceY) = (pose.faceX, 430 + pose.faceY)
    for side in [-1, 1] {
      ellipse(
        faceX + side * 82, faceY + 70, 42, 34, Colour(162, 111, 160), softness: 5, opacity: 130
      ).draw(on: picture)
    }
    ellipse(faceX + 14, faceY + 42, 20, 52, Colour(128, 114, 151), softness: 4, opacity: 170)
      .draw(on: picture)
    ellipse(faceX, faceY + 40, 17, 50, Colour(178, 113, 148), softness: 4, opacity: 150)
      .draw(on: picture)
    ellipse(faceX, faceY + 84, 26, 10, Colour(112, 115, 153), softness: 2, opacity: 190)
      .draw(on: picture)
  }

  private func drawEyes(_ pose: Pose, on picture: Picture) {
    for side in [-1, 1] {
      let (x, y) = (pose.faceX + side * 62, 415 + pose.faceY)
      ellipse(x, y, 36, 22, Colour(122, 117, 148), softness: 3, opacity: 200).draw(on: picture)
      let open = 18 * (100 - pose.lid) / 100
      if open > 2 {
        ellipse(x, y, 30, open, Colour(202, 128, 128)).draw(on: picture)
        ellipse(x + pose.gaze, y, 14, min(14, open), Colour(82, 134, 122)).draw(on: picture)
        ellipse(x + pose.gaze, y, 7, min(7, open), Colour(30, 128, 128)).draw(on: picture)
        ellipse(x + pose.gaze - 4, y - 5, 3, min(3, open), Colour(222, 128, 128))
          .draw(on: picture)
      } else {
        ellipse(x, y + 4, 30, 5, Colour(70, 122, 140)).draw(on: picture)
      }
      ellipse(x + side * 4, y - 44 - pose.mouth / 10, 40, 8, Self.hairTone).draw(on: picture)
    }
  }

  private func drawMouth(_ pose: Pose, on picture: Picture) {
    let (x, y) = (pose.faceX, 552 + pose.faceY + pose.mouth / 4)
    let half = pose.mouth / 2
    ellipse(x, y, 56 - pose.mouth / 8, 13 + half, Colour(116, 113, 165), shadeY: 14)
      .draw(on: picture)
    if half > 3 {
      ellipse(x, y, 46 - pose.mouth / 8, 2 + half, Colour(44, 122, 142)).draw(on: picture)
      if half > 10 {
        ellipse(x, y - half + 5, 32, 5, Colour(206, 128, 128)).draw(on: picture)
      }
    } else {
      ellipse(x, y, 48, 3, Colour(64, 119, 150)).draw(on: picture)
    }
  }

  private func drawHand(_ pose: Pose, on picture: Picture) {
    guard pose.hand > 0 else { return }
    let (x, y) = (-330 + pose.handX, 1150 - pose.hand * 480 / 1000)
    ellipse(x - 20, y + 210, 62, 190, Colour(80, 142, 116), shadeX: -16)
      .draw(on: picture, texture: cloth)
    ellipse(x, y, 58, 74, Self.skinTone, shadeX: -20).draw(on: picture, texture: skin)
    for finger in -1...2 {
      ellipse(
        x + finger * 30 - 14, y - 78 - (finger == -1 ? -26 : 8 - finger * finger * 5), 14, 52,
        Colour(150, 113, 151), shadeX: -14
      ).draw(on: picture, texture: skin)
    }
  }

  /// The room, drawn once: wall, window, shelf with books, and a plant; a little out of focus.
  private func furnish() {
    for row in 0..<height {
      for column in 0..<width {
        room.y[row * width + column] = UInt8(150 - 48 * column / width - 16 * row / height)
      }
    }
    for index in 0..<width * height / 4 { (room.u[index], room.v[index]) = (122, 134) }
    func rectangle(_ x: Int, _ y: Int, _ w: Int, _ h: Int, _ colour: Colour) {
      room.fill(
        x: width / 2 + x * height / 1000, y: y * height / 1000, width: w * height / 1000,
        height: h * height / 1000, colour)
    }
    rectangle(-800, 70, 380, 560, Colour(92, 124, 134))
    for pane in 0..<4 {
      rectangle(
        -782 + pane % 2 * 178, 88 + pane / 2 * 268, 166, 256,
        Colour(214 - Int32(pane) * 8, 138, 120))
    }
    var chance = RandomStream(seed: 1, name: "video.room")
    for shelf in 0..<4 {
      let top = 60 + shelf * 200
      rectangle(330, top - 20, 560, 200, Colour(64, 120, 138))
      var x = 345
      while x < 860 {
        let thickness = 22 + Int(chance.next(below: 26))
        let tall = 110 + Int(chance.next(below: 50))
        let tone = Colour(
          60 + Int32(chance.next(below: 120)), 104 + Int32(chance.next(below: 48)),
          104 + Int32(chance.next(below: 48)))
        rectangle(x, top + 165 - tall, thickness, tall, tone)
        rectangle(
          x + 5, top + 195 - tall, max(4, thickness - 10), 12, Colour(190, 126, 130))
        x += thickness + 4
      }
      rectangle(330, top + 165, 560, 16, Colour(112, 114, 144))
    }
    room.blur(radius: max(1, height / 180))
    room.add(Texture(name: "wall", blur: 2, amplitude: 14))
    room.add(Texture(name: "plaster", blur: 0, amplitude: 3))
  }
}
