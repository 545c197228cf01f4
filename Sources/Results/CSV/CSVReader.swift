import Foundation

/// Reads comma-separated text (RFC 4180, lines ended by LF or CR LF) record by record, in memory
/// that does not grow with the file.
public final class CSVReader {
  /// The file as errors name it.
  public let name: String
  /// The line on which the current record begins, from 1.
  public private(set) var line = 0
  /// The number of fields of the current record.
  public var fieldCount: Int { ends.count }

  private var file: UnsafeMutablePointer<FILE>?
  private var buffer: [UInt8]
  private var position = 0
  private var available: Int
  private var nextLine = 1
  private var octets: [UInt8] = []
  private var ends: [Int] = []

  private static let chunk = 1 << 16

  /// Opens a file.
  ///
  /// - Throws: `CSVError` where it cannot be opened.
  public init(path: String) throws(CSVError) {
    name = path
    file = fopen(path, "rb")
    buffer = [UInt8](repeating: 0, count: Self.chunk)
    available = 0
    if file == nil {
      throw CSVError(
        file: path, line: nil, column: nil, found: String(cString: strerror(errno)).lowercased(),
        expected: "a readable file")
    }
  }

  /// Reads text from memory.
  public init(name: String, text: String) {
    self.name = name
    buffer = Array(text.utf8)
    available = buffer.count
  }

  deinit {
    if let file { fclose(file) }
  }

  /// The octets of a field of the current record, quotes removed.
  public func field(_ index: Int) -> ArraySlice<UInt8> {
    octets[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// Moves to the next record; false at the end.
  ///
  /// - Throws: `CSVError` where the text does not follow RFC 4180 or cannot be read.
  public func next() throws(CSVError) -> Bool {
    octets.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    line = nextLine
    guard var octet = try nextOctet() else { return false }
    while true {
      // `octet` is the first one of a field here.
      let isQuoted = octet == UInt8(ascii: "\"")
      let terminator = isQuoted ? try readQuoted() : try readPlain(from: octet)
      ends.append(octets.count)
      if terminator != UInt8(ascii: ",") { return true }
      // A file may end right behind a comma: the last field is empty then.
      octet = try nextOctet() ?? 0x0A
    }
  }

  /// Reads an unquoted field; returns the comma or line end behind it.
  private func readPlain(from first: UInt8) throws(CSVError) -> UInt8 {
    var octet = first
    while true {
      switch octet {
      case UInt8(ascii: ","):
        return octet
      case 0x0A:
        nextLine += 1
        return octet
      case 0x0D:
        return try readLineFeed()
      case UInt8(ascii: "\""):
        throw error(found: "a quote within an unquoted field", expected: "the field in quotes")
      default:
        octets.append(octet)
      }
      guard let following = try nextOctet() else { return 0x0A }
      octet = following
    }
  }

  /// Reads a field behind its opening quote; returns the comma or line end behind it.
  private func readQuoted() throws(CSVError) -> UInt8 {
    while true {
      guard let octet = try nextOctet() else {
        throw error(found: "the end of the file within quotes", expected: "a closing quote")
      }
      if octet != UInt8(ascii: "\"") {
        if octet == 0x0A { nextLine += 1 }
        octets.append(octet)
        continue
      }
      switch try nextOctet() {
      case UInt8(ascii: "\"")?:
        octets.append(octet)
      case UInt8(ascii: ",")?:
        return UInt8(ascii: ",")
      case 0x0A?:
        nextLine += 1
        return 0x0A
      case nil:
        return 0x0A
      case 0x0D?:
        return try readLineFeed()
      default:
        throw error(found: "text behind a closing quote", expected: "a comma or a line end")
      }
    }
  }

  private func readLineFeed() throws(CSVError) -> UInt8 {
    guard try nextOctet() == 0x0A else {
      throw error(found: "a carriage return alone", expected: "a line feed behind it")
    }
    nextLine += 1
    return 0x0A
  }

  private func nextOctet() throws(CSVError) -> UInt8? {
    if position == available {
      guard let file else { return nil }
      available = fread(&buffer, 1, Self.chunk, file)
      position = 0
      if available == 0 {
        if ferror(file) != 0 {
          throw error(found: "a read error", expected: "the rest of the file")
        }
        return nil
      }
    }
    defer { position += 1 }
    return buffer[position]
  }

  private func error(found: String, expected: String) -> CSVError {
    CSVError(file: name, line: line, column: nil, found: found, expected: expected)
  }
}
