import Foundation

/// What a results folder was made from, so that it can be made again.
///
/// It carries no date and no machine: the same command gives the same octets.
public struct Manifest: Sendable, Equatable {
  public static let fileName = "manifest.json"

  /// avpfsim's version.
  public var version: String
  public var libvpxVersion: String
  public var planName: String
  /// What the plan's text is: `plan`, `settings` or `scenario`; nil in folders of earlier versions.
  public var kind: String?
  /// The file's name as it was given: files that it names count from its folder. nil likewise.
  public var file: String?
  /// Settings that these were held against, whole, and their file; nil where there were none.
  public var baseline: String?
  public var baselineFile: String?
  /// The plan's whole text.
  public var plan: String
  public var seed: UInt64
  /// The arguments, as a user would type them again.
  public var command: String
  public var calls: Int

  public init(
    version: String, libvpxVersion: String, planName: String, kind: String? = nil,
    file: String? = nil, plan: String, seed: UInt64, command: String, calls: Int
  ) {
    self.version = version
    self.libvpxVersion = libvpxVersion
    self.planName = planName
    self.kind = kind
    self.file = file
    self.plan = plan
    self.seed = seed
    self.command = command
    self.calls = calls
  }

  /// The file's text: one member a line, in a fixed order.
  public var json: String {
    let members =
      [
        ("version", Self.quoted(version)), ("libvpx_version", Self.quoted(libvpxVersion)),
        ("plan_name", Self.quoted(planName)),
      ]
      + [
        ("kind", kind), ("file", file), ("baseline_file", baselineFile), ("baseline", baseline),
      ].compactMap { name, value in
        value.map { (name, Self.quoted($0)) }
      }
      + [
        ("seed", String(seed)), ("command", Self.quoted(command)), ("calls", String(calls)),
        ("plan", Self.quoted(plan)),
      ]
    let lines = members.map { "  \"\($0)\": \($1)" }
    return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
  }

  /// Writes manifest.json into a folder.
  public func write(folder: String) throws(OutputError) {
    try WholeFile.write(json, to: "\(folder)/\(Self.fileName)")
  }

  /// Reads the file's text.
  ///
  /// - Parameter path: for the error.
  public init(json: String, path: String) throws(OutputError) {
    let members: Members
    do {
      members = try JSONDecoder().decode(Members.self, from: Data(json.utf8))
    } catch {
      throw .unreadable(path: path, reason: "found no manifest (\(Self.sentence(error)))")
    }
    self.init(
      version: members.version, libvpxVersion: members.libvpxVersion,
      planName: members.planName, kind: members.kind, file: members.file, plan: members.plan,
      seed: members.seed, command: members.command, calls: members.calls)
    (baseline, baselineFile) = (members.baseline, members.baselineFile)
  }

  private struct Members: Decodable {
    var version: String
    var libvpxVersion: String
    var planName: String
    var kind: String?
    var file: String?
    var baseline: String?
    var baselineFile: String?
    var plan: String
    var seed: UInt64
    var command: String
    var calls: Int

    enum CodingKeys: String, CodingKey {
      case version, kind, file, baseline, plan, seed, command, calls
      case baselineFile = "baseline_file"
      case libvpxVersion = "libvpx_version"
      case planName = "plan_name"
    }
  }

  private static func sentence(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _)?: "no member \(key.stringValue)"
    case .typeMismatch(_, let context)?, .valueNotFound(_, let context)?:
      "member \(context.codingPath.map(\.stringValue).joined(separator: ".")) of another type"
    default: "not JSON"
    }
  }

  /// A word as a shell takes it back.
  public static func shellWord(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || "0123456789./-_=:+,%".unicodeScalars.contains($0))
    }
    if plain && !word.isEmpty { return word }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }

  /// A text as JSON has it (RFC 8259 section 7).
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
