import SimulationKernel

/// A window with a document that scrolls for three seconds of every ten.
final class ScreenShareScene {
  private static let paper = Colour(226, 128, 128)
  private static let ink = Colour(42, 128, 128)

  private let width: Int
  private let height: Int
  /// The size of a font's dot, in luma samples.
  private let scale: Int
  /// The window without the document; the document, several screens high, that wraps around.
  private let window: Picture
  private let document: Picture
  /// Where the document lies in the window.
  private let left: Int
  private let top: Int

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    scale = max(1, height / 270)
    let cell = BitmapFont.cellHeight * scale
    top = (cell * 3 / 2 + 1) & ~1
    left = (width / 5) & ~1
    window = Picture(width: width, height: height)
    document = Picture(width: width - left, height: (cell * 90) & ~1)
    drawWindow()
    writeDocument()
  }

  func render(_ milliseconds: Int, into picture: Picture) {
    picture.copy(from: window.view)
    let (page, within) = milliseconds.quotientAndRemainder(dividingBy: 10_000)
    let distance = height * 3 / 2
    // Even, so that luma and chroma scroll together.
    let scrolled = (page * distance + min(within, 3000) * distance / 3000) & ~1
    copyDocument(from: scrolled, into: picture)
    // The text cursor blinks while the page stands still.
    if within >= 3000 && within / 500 % 2 == 0 {
      picture.fill(
        x: left + width / 4, y: height / 2, width: 2 * scale,
        height: BitmapFont.cellHeight * scale, Self.ink)
    }
  }

  private func copyDocument(from scrolled: Int, into picture: Picture) {
    let (wide, half) = (document.width, document.width / 2)
    for row in top..<height {
      let source = (row - top + scrolled) % document.height
      (picture.y + row * width + left).update(from: document.y + source * wide, count: wide)
    }
    for row in top / 2..<height / 2 {
      let source = (row - top / 2 + scrolled / 2) % (document.height / 2)
      let position = row * width / 2 + left / 2
      (picture.u + position).update(from: document.u + source * half, count: half)
      (picture.v + position).update(from: document.v + source * half, count: half)
    }
  }

  private func drawWindow() {
    window.fill(x: 0, y: 0, width: width, height: height, Colour(206, 130, 126))
    window.fill(x: 0, y: 0, width: width, height: top, Colour(74, 150, 116))
    BitmapFont.draw(
      "Report of the network group - draft 7", x: 6 * scale, y: 4 * scale, scale: scale,
      colour: Colour(230, 128, 128), on: window)
    let entries = ["Inbox", "Plans", "Results", "Traces", "Calls", "Notes", "Archive", "Setup"]
    for (index, entry) in entries.enumerated() {
      let y = top + (6 + index * 16) * scale
      if index == 2 {
        window.fill(x: 0, y: y - 4 * scale, width: left, height: 15 * scale, Colour(180, 146, 120))
      }
      BitmapFont.draw(entry, x: 8 * scale, y: y, scale: scale, colour: Self.ink, on: window)
    }
    window.fill(x: left - 2, y: top, width: 2, height: height - top, Colour(150, 128, 128))
  }

  private static let words = [
    "the", "packet", "of", "a", "picture", "is", "lost", "and", "sender", "repairs", "frame",
    "when", "feedback", "arrives", "delay", "in", "network", "buffer", "to", "receiver", "waits",
    "for", "key", "golden", "reference", "with", "less", "time", "than", "request", "on", "path",
    "we", "measure", "quality", "after", "each", "burst", "by", "rate", "from", "call",
  ]

  private static let titles = [
    "Summary", "How we measured", "Losses in bursts", "Repair times", "What it costs", "Outlook",
  ]

  private func writeDocument() {
    document.fill(
      x: 0, y: 0, width: document.width, height: document.height, Self.paper)
    let cell = BitmapFont.cellHeight * scale
    let columns = document.width / (BitmapFont.cellWidth * scale) - 3
    var chance = RandomStream(seed: 1, name: "video.document")
    var line = 0
    while line < 89 {
      switch line % 15 {
      case 0:
        let title = Self.titles[line / 15 % Self.titles.count]
        write("\(line / 15 + 1). \(title)", line, Colour(60, 176, 110))
      case 1: break
      case 8:
        let rows = min(4, 89 - line)
        document.fill(
          x: 8 * scale, y: line * cell, width: document.width - 16 * scale, height: rows * cell,
          Colour(206, 128, 128))
        for row in 0..<rows { writeCode(line + row, &chance) }
        line += rows - 1
      case 13:
        drawChart(line, &chance)
        line += 1
      default: write(sentence(columns, &chance), line, Self.ink)
      }
      line += 1
    }
  }

  private func write(_ text: String, _ line: Int, indent: Int = 0, _ colour: Colour) {
    BitmapFont.draw(
      text, x: (10 + indent * BitmapFont.cellWidth) * scale,
      y: line * BitmapFont.cellHeight * scale + scale, scale: scale, colour: colour, on: document)
  }

  private func word(_ chance: inout RandomStream) -> String {
    Self.words[Int(chance.next(below: UInt64(Self.words.count)))]
  }

  private func sentence(_ columns: Int, _ chance: inout RandomStream) -> String {
    var text = ""
    while true {
      let next = word(&chance) + (chance.next(below: 9) == 0 ? "," : "")
      if text.utf8.count + next.utf8.count + 1 > columns { return text }
      text += (text.isEmpty ? "" : " ") + next
    }
  }

  private func writeCode(_ line: Int, _ chance: inout RandomStream) {
    let indent = Int(chance.next(below: 3)) * 2 + 1
    let (name, verb) = (word(&chance), word(&chance))
    write("let", line, indent: indent, Colour(80, 150, 170))
    write("\(name) = \(verb)(\(chance.next(below: 1000)))", line, indent: indent + 4, Self.ink)
  }

  private func drawChart(_ line: Int, _ chance: inout RandomStream) {
    let foot = (line + 2) * BitmapFont.cellHeight * scale - 6 * scale
    for bar in 0..<12 {
      let tall = (2 + Int(chance.next(below: 14))) * scale
      document.fill(
        x: (14 + bar * 12) * scale, y: foot - tall, width: 8 * scale, height: tall,
        bar % 2 == 0 ? Colour(110, 170, 100) : Colour(140, 100, 160))
    }
  }
}
