import Configuration

extension ConfigurationPlace {
  /// A path that a file names counts from that file's folder.
  func path(to path: String) -> String {
    let folder = file.lastIndex(of: "/").map { file[...$0] } ?? ""
    return path.hasPrefix("/") ? path : folder + path
  }
}
