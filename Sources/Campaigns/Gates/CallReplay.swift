import Results

/// How the calls of a validation can be seen again.
public enum CallReplay: Sendable, Equatable {
  /// They are in this folder.
  case folder(String)
  /// They were not kept; the command made them, and keeps them with `-o DIR` behind it.
  case notKept(command: String)

  /// The command that simulates an episode again; nil where its call was not kept.
  func command(run: Int, episode: Int) -> String? {
    guard case .folder(let path) = self else { return nil }
    return ReplayCommandLine.text(folder: path, run: run, episode: episode)
  }

  /// Half a sentence of how to see an episode's call.
  func advice(run: Int, episode: Int) -> String {
    switch self {
    case .folder(let path):
      "that call again, with its packets, frames, pictures and timeline: "
        + ReplayCommandLine.text(folder: path, run: run, episode: episode)
    case .notKept(let command):
      "to see that call, keep the calls by \(command) -o DIR, and then: "
        + ReplayCommandLine.text(folder: "DIR", run: run, episode: episode)
    }
  }
}
