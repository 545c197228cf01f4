import Signalling
import WireFormats

// Behind an octet 0 stands a description by somebody else.
let sessionDescriptions = [
  Seed("sdp", "offer", offer),
  Seed("sdp", "offer-and-answer", offer + [0] + answer(to: offer)),
  Seed("sdp", "behind-b2bua", offer + [0] + stripped),
]

private let offer = [UInt8](
  """
  v=0\r
  o=caller 1 1 IN IP4 192.0.2.1\r
  s=-\r
  c=IN IP4 192.0.2.1\r
  t=0 0\r
  a=recvonly\r
  m=audio 5002 RTP/AVP 0 8\r
  m=video 5004 UDP/TLS/RTP/SAVPF 96 97\r
  a=rtpmap:96 VP8/90000\r
  a=rtpmap:97 rtx/90000\r
  a=fmtp:97 apt=96\r
  a=rtcp-fb:* trr-int 5000\r
  a=rtcp-fb:96 nack\r
  a=rtcp-fb:96 nack pli\r
  a=rtcp-fb:96 nack sli\r
  a=rtcp-fb:96 ack rpsi\r
  a=rtcp-fb:96 nack rpsi\r
  a=rtcp-fb:96 ccm fir\r
  a=rtcp-fb:96 goog-remb\r
  a=rtcp-rsize\r
  a=sendrecv\r
  m=video 0 RTP/AVPF 98\r
  a=bundle-only\r
  a=mid:2\r
  m=application 9 UDP/BFCP *\r

  """.utf8)

private let stripped = [UInt8](
  """
  v=0
  o=b2bua 2 2 IN IP4 192.0.2.3
  s=-
  t=0 0
  m=video 6000/2 RTP/AVP 100
  a=rtpmap:100 vp8/90000/1
  a=rtcp-fb:100 nack pli

  """.utf8)

private func answer(to offer: [UInt8]) -> [UInt8] {
  guard let description = try? SessionDescription(octets: offer) else {
    fatalError("the seeds' own offer is refused")
  }
  return SessionDescription.answer(to: description, capabilities: AnswerCapabilities()).octets()
}
