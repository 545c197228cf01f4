/// A typed row of one of the CSV files.
public protocol CSVRow {
  /// The file whose rows these are.
  static var file: CSVFile { get }
  /// Reads the columns in the order of `ColumnDictionary`.
  init(reading cursor: inout CSVFieldCursor) throws(CSVError)
}

/// Reads a file's rows one by one; columns are found by name, unknown ones are passed over.
public struct CSVRowReader<Row: CSVRow> {
  private let reader: CSVReader
  /// Where each known column stands in this file.
  private let positions: [Int]
  private let fieldCount: Int

  /// Opens a file and checks its header line.
  public init(path: String) throws(CSVError) {
    try self.init(CSVReader(path: path))
  }

  /// Checks the header line of an opened file.
  public init(_ reader: CSVReader) throws(CSVError) {
    self.reader = reader
    guard try reader.next() else {
      throw CSVError(
        file: reader.name, line: 1, column: nil, found: "an empty file", expected: "a header line")
    }
    let names = (0..<reader.fieldCount).map { String(decoding: reader.field($0), as: UTF8.self) }
    fieldCount = names.count
    var positions: [Int] = []
    for column in Row.file.columns {
      let matches = names.indices.filter { names[$0] == column.name }
      guard matches.count == 1 else {
        throw CSVError(
          file: reader.name, line: 1, column: column.name,
          found: matches.isEmpty ? "no such column" : "\(matches.count) columns of that name",
          expected: "one in the header line")
      }
      positions.append(matches[0])
    }
    self.positions = positions
  }

  /// The next row; nil at the end.
  public func next() throws(CSVError) -> Row? {
    guard try advance() else { return nil }
    var cursor = CSVFieldCursor(reader: reader, positions: positions, columns: Row.file.columns)
    return try Row(reading: &cursor)
  }

  /// The next row whose run (the first column) is wanted; the others are not looked at.
  public func next(whereRun isWanted: (Int) -> Bool) throws(CSVError) -> Row? {
    while try advance() {
      var cursor = CSVFieldCursor(reader: reader, positions: positions, columns: Row.file.columns)
      let run = try cursor.integer()
      guard isWanted(run) else { continue }
      cursor.restart()
      return try Row(reading: &cursor)
    }
    return nil
  }

  /// All remaining rows.
  public func all() throws(CSVError) -> [Row] {
    var rows: [Row] = []
    while let row = try next() { rows.append(row) }
    return rows
  }

  private func advance() throws(CSVError) -> Bool {
    guard try reader.next() else { return false }
    guard reader.fieldCount == fieldCount else {
      throw CSVError(
        file: reader.name, line: reader.line, column: nil, found: "\(reader.fieldCount) fields",
        expected: "\(fieldCount) as in the header line")
    }
    return true
  }
}
