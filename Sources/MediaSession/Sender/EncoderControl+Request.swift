import WireFormats

extension EncoderControl {
  /// What a feedback message asks of the encoder.
  public enum Request: Equatable, Sendable {
    /// PLI.
    case keyFrame
    /// A SIP INFO with picture_fast_update.
    case fastUpdate
    /// FIR: a key frame, where this command has not been obeyed yet (RFC 5104 section 4.3.1).
    case fullIntra(command: UInt8)
    /// SLI: the oldest and the newest picture that were damaged since the last repair that the
    /// receiver believes in.
    case damaged(oldest: PictureNumber, newest: PictureNumber)
    /// RPSI: this picture was decoded; predict from it.
    case reference(PictureNumber)
  }

  /// What became of a message.
  public enum Verdict: String, Sendable {
    /// The next frame answers it.
    case answered
    /// The guard interval after a key frame forbids an answer.
    case guarded
    /// It changed what is known about the references, nothing more.
    case acknowledged
    /// It speaks of something already answered or no longer there.
    case ignored
  }
}
