/// The commands that simulate single calls of a results folder again.
public enum ReplayCommandLine {
  /// - Parameters:
  ///   - folder: its path.
  ///   - run, episode: as episodes.csv numbers them.
  public static func text(folder: String, run: Int, episode: Int) -> String {
    text(folder: folder, option: "--episode \(run)/\(episode)")
  }

  static func text(folder: String, option: String) -> String {
    "avpfsim replay \(Manifest.shellWord(folder)) \(option)"
  }
}
