/// An endpoint in use, whose rules a sender or a receiver of a call takes over.
///
/// A profile is data: it sets the values of `EncoderControlSettings`, `ReceiverSettings` and
/// `RTCPSettings`, each of which can be set singly besides. The documentation has a page for each.
public enum EndpointProfile: String, CaseIterable, Sendable {
  /// Linphone (mediastreamer2, oRTP).
  case linphone
  /// libwebrtc, which browsers use.
  case webrtc
  /// The textbook: golden and altref in turns, as RFC 7741 section 5 describes it.
  case rfc7741
  /// PJSIP (pjmedia, pjsua).
  case pjsip
  /// FreeSWITCH, which asks and answers on behalf of others.
  case freeswitch
  /// GStreamer (rtpbin, vp8enc, vp8dec).
  case gstreamer
}
