/// Files that a call writes while it runs; those whose path is nil cost nothing.
///
/// Each grows under a temporary name and gets its own when the call is over.
public struct CallOutputs: Hashable, Sendable {
  /// A pcapng file with every packet of media, RTCP and signalling.
  public var capture: String?
  /// An IVF file with every frame that was encoded.
  public var sent: String?
  /// A Y4M file with what the viewer saw when each frame was due.
  public var shown: String?

  public init(capture: String? = nil, sent: String? = nil, shown: String? = nil) {
    self.capture = capture
    self.sent = sent
    self.shown = shown
  }
}

extension Call {
  /// Opens the files; before `run()`.
  ///
  /// - Throws: `OutputError` for a path that cannot be written.
  func open(_ outputs: CallOutputs) throws {
    if let path = outputs.capture {
      capture = try CallCapture(scenario, identity: identity, path: path)
      signalling?.observations = []
    }
    if let path = outputs.sent { sent = try SentVideo(path: path, clip: clip) }
    if let path = outputs.shown { shown = try ShownVideo(path: path, clip: clip) }
  }

  /// Completes the files; after `run()`.
  ///
  /// - Throws: `OutputError` for what could not be written.
  func commitOutputs() throws {
    try capture?.commit()
    try sent?.commit()
    try shown?.commit()
  }
}
