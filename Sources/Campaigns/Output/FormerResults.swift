import Foundation
import Results

/// What an output folder holds already. Results of the same kind are replaced, as when a command is run
/// again; what somebody else made is not.
public enum FormerResults {
  /// - Parameters:
  ///   - kind: of what is about to be written, as the manifest has it.
  /// - Throws: `CampaignError.usage` where the folder has results of another kind, or a table without
  ///   this program's manifest.
  public static func refuseOthers(in folder: String, writing kind: String) throws(CampaignError) {
    let files = FileManager.default
    guard files.fileExists(atPath: "\(folder)/\(CSVFile.runs.fileName)") else { return }
    guard let manifest = manifest(of: folder) else {
      throw .usage(
        "-o \(folder): found \(CSVFile.runs.fileName) without \(Manifest.fileName), which avpfsim did not "
          + "write, expected a folder of its own")
    }
    guard let former = manifest.kind, former != kind else { return }
    throw .usage(
      "-o \(folder): found the results of avpfsim \(command(of: former)), expected a folder of its own"
    )
  }

  /// Whether the folder has all that this plan gives, made by this version, so that nothing is left to do.
  public static func areComplete(in folder: String, as manifest: Manifest) -> Bool {
    guard let former = Self.manifest(of: folder) else { return false }
    return former.kind == manifest.kind && former.plan == manifest.plan
      && former.seed == manifest.seed && former.calls == manifest.calls
      && former.version == manifest.version && former.libvpxVersion == manifest.libvpxVersion
      && CSVFile.allCases.allSatisfy {
        FileManager.default.fileExists(atPath: "\(folder)/\($0.fileName)")
      }
  }

  private static func manifest(of folder: String) -> Manifest? {
    let path = "\(folder)/\(Manifest.fileName)"
    guard let json = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    return try? Manifest(json: json, path: path)
  }

  private static func command(of kind: String) -> String {
    switch kind {
    case "scenario": "run"
    case CampaignDocument.Kind.settings.rawValue: "validate"
    default: "suite"
    }
  }
}
