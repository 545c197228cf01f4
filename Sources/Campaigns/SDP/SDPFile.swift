import Configuration
import WireFormats

/// Reads session descriptions from files.
public enum SDPFile {
  /// Reads and parses a file.
  ///
  /// - Throws: `ConfigurationError` with the line, what was found there and what was expected.
  public static func load(_ path: String) throws(ConfigurationError) -> SessionDescription {
    let octets = try ConfigurationFile.octets(of: path, kind: "SDP")
    return try parse(octets, file: path)
  }

  /// Parses octets that were read from `file`, which stands in errors alone.
  public static func parse(
    _ octets: [UInt8], file: String
  ) throws(ConfigurationError) -> SessionDescription {
    guard !octets.isEmpty else {
      throw ConfigurationError(
        place: ConfigurationPlace(file: file), problem: "the file is empty, expected SDP")
    }
    do throws(WireError) {
      return try SessionDescription(octets: octets)
    } catch {
      throw ConfigurationError(error, in: octets, file: file)
    }
  }
}

extension ConfigurationError {
  /// An error in text, by its line rather than its octet.
  fileprivate init(_ error: WireError, in octets: [UInt8], file: String) {
    let line = 1 + octets.prefix(error.offset).count { $0 == UInt8(ascii: "\n") }
    let finding: String
    switch error.kind {
    case .badValue(.max): finding = "a number too large"
    case .badValue(let number) where error.expected.description == "no control characters":
      finding = "the octet \(number)"
    case .badValue(let number), .wrongVersion(let number), .wrongType(let number),
      .badLength(let number):
      finding = "\(number)"
    case .truncated, .badSyntax:
      // The rest of the line, which is where the reader stood still.
      let rest = octets.dropFirst(error.offset).prefix { $0 != 0x0A && $0 != 0x0D }
      finding = rest.isEmpty ? "nothing" : quoted(String(decoding: rest, as: UTF8.self))
    }
    self.init(
      place: ConfigurationPlace(file: file, line: line),
      problem: "\(error.field): found \(finding), expected \(error.expected)")
  }
}
