import Foundation

/// One side of a comparison, as a report names it.
public struct ComparedSide: Sendable, Equatable {
  /// A results folder's path, or a settings file's.
  public var path: String
  /// What its results were made from; nil where nothing says so.
  public var manifest: Manifest?

  public init(path: String, manifest: Manifest?) {
    self.path = path
    self.manifest = manifest
  }

  /// A results folder with its manifest, where it has one.
  ///
  /// - Throws: `OutputError` for a manifest that cannot be read.
  public init(folder: String) throws(OutputError) {
    let path = "\(folder)/\(Manifest.fileName)"
    guard FileManager.default.fileExists(atPath: path) else {
      self.init(path: folder, manifest: nil)
      return
    }
    self.init(path: folder, manifest: try Manifest(json: try WholeFile.read(path), path: path))
  }
}
