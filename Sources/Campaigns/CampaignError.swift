/// Why work on many calls could not be done. Faults of a file's text are `ConfigurationError`s.
public indirect enum CampaignError: Error, Equatable, CustomStringConvertible {
  /// The command line asks for what cannot be: exit code 2.
  case usage(String)
  /// The machine does not give what is needed (disk, processes): exit code 3.
  case environment(String)
  /// SIGINT or SIGTERM ended the work.
  case interrupted(signal: Int32)
  /// One of the above ended the work, and what was done is kept.
  case resumable(CampaignError, kept: String)

  /// One sentence.
  public var description: String {
    switch self {
    case .usage(let sentence), .environment(let sentence): sentence
    case .interrupted(let signal): "interrupted by signal \(signal)"
    case .resumable(let error, let kept): "\(error); \(kept)"
    }
  }
}

/// The program's version.
public let productVersion = "0.1.0"
