/// A sheet of pictures: a row for each way of repair, a column for each instant.
public struct Filmstrip {
  /// How a picture stands to what it should be; the colour of its frame.
  public enum Mark: Sendable {
    /// What was filmed: grey.
    case source
    /// As the encoder meant it: green.
    case exact
    /// The right frame with damage: orange.
    case drifted
    /// An older one, or none: red.
    case frozen
  }

  public struct Row {
    public var title: String
    public var note: String
    /// One for each column; nil is left empty.
    public var pictures: [(picture: Picture, mark: Mark)?]

    public init(title: String, note: String, pictures: [(picture: Picture, mark: Mark)?]) {
      self.title = title
      self.note = note
      self.pictures = pictures
    }
  }

  /// Above each column.
  public var columns: [String]
  public var rows: [Row]

  public init(columns: [String], rows: [Row]) {
    self.columns = columns
    self.rows = rows
  }
}

extension Filmstrip {
  private static let background = Colour(32, 128, 128)
  private static let text = Colour(220, 128, 128)
  private static let border = 4
  private static let gap = 8
  private static let titleWidth = 176
  private static let headHeight = 28

  /// Draws the sheet, with pictures scaled down to at most `pictureWidth` samples.
  ///
  /// All pictures have the first one's size (checked).
  public func drawn(pictureWidth: Int = 208) -> Picture {
    let first = rows.lazy.flatMap(\.pictures).compactMap { $0?.picture }.first
    let (sourceWidth, sourceHeight) = (first?.width ?? 16, first?.height ?? 16)
    let width = min(pictureWidth, sourceWidth) / 2 * 2
    let height = max(2, sourceHeight * width / sourceWidth / 2 * 2)
    let (columnWidth, rowHeight) = (width + 2 * Self.border, height + 2 * Self.border)
    let sheet = Picture(
      width: Self.titleWidth + columns.count * (columnWidth + Self.gap) + Self.gap,
      height: Self.headHeight + rows.count * (rowHeight + Self.gap) + Self.gap)
    sheet.fill(x: 0, y: 0, width: sheet.width, height: sheet.height, Self.background)
    for (column, label) in columns.enumerated() {
      let x = Self.titleWidth + Self.gap + column * (columnWidth + Self.gap)
      BitmapFont.draw(label, x: x, y: 8, scale: 2, colour: Self.text, on: sheet)
    }
    for (number, row) in rows.enumerated() {
      let y = Self.headHeight + number * (rowHeight + Self.gap)
      BitmapFont.draw(row.title, x: 8, y: y + 8, scale: 2, colour: Self.text, on: sheet)
      for (line, part) in row.note.split(separator: "\n").enumerated() {
        BitmapFont.draw(
          String(part), x: 8, y: y + 36 + 14 * line, scale: 1, colour: Self.text, on: sheet)
      }
      for (column, cell) in row.pictures.enumerated() {
        guard let cell else { continue }
        precondition(
          cell.picture.width == sourceWidth && cell.picture.height == sourceHeight,
          "the pictures of a filmstrip have one size")
        let x = Self.titleWidth + Self.gap + column * (columnWidth + Self.gap)
        sheet.fill(x: x, y: y, width: columnWidth, height: rowHeight, cell.mark.colour)
        sheet.draw(
          cell.picture, x: x + Self.border, y: y + Self.border, width: width, height: height)
      }
    }
    return sheet
  }
}

extension Filmstrip.Mark {
  fileprivate var colour: Colour {
    switch self {
    case .source: Colour(110, 128, 128)
    case .exact: Colour(140, 60, 60)
    case .drifted: Colour(160, 40, 190)
    case .frozen: Colour(90, 95, 225)
    }
  }
}

extension Picture {
  /// Draws another picture, scaled down; all positions and sizes are even (checked).
  fileprivate func draw(_ source: Picture, x: Int, y: Int, width: Int, height: Int) {
    precondition((x | y | width | height) & 1 == 0, "4:2:0 pictures have even places")
    let planes = [
      (source.y, self.y, 1), (source.u, self.u, 2), (source.v, self.v, 2),
    ]
    for (from, to, divisor) in planes {
      let (sourceWidth, sourceHeight) = (source.width / divisor, source.height / divisor)
      let (targetWidth, targetHeight) = (width / divisor, height / divisor)
      for row in 0..<targetHeight {
        let rows = Self.span(row, of: targetHeight, over: sourceHeight)
        for column in 0..<targetWidth {
          let columns = Self.span(column, of: targetWidth, over: sourceWidth)
          var sum = 0
          for line in rows {
            for place in columns { sum += Int(from[line * sourceWidth + place]) }
          }
          let count = rows.count * columns.count
          to[(y / divisor + row) * (self.width / divisor) + x / divisor + column] = UInt8(
            (sum + count / 2) / count)
        }
      }
    }
  }

  /// The samples that become one.
  private static func span(_ index: Int, of count: Int, over length: Int) -> Range<Int> {
    let start = index * length / count
    return start..<max(start + 1, (index + 1) * length / count)
  }
}
