import WireFormats

/// Session descriptions made from what a test is about.
enum SDPExamples {
  static let all = ["nack", "nack pli", "nack sli", "ack rpsi", "nack rpsi", "ccm fir"]

  static func description(_ media: String) -> SessionDescription {
    let head = "v=0\no=x 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\n"
    // Trapping on an example that is none is what a test wants.
    return try! SessionDescription(octets: [UInt8]((head + media).utf8))
  }

  /// One video line with VP8 as `payloadType`, feedback on that number, retransmissions by another
  /// number, and further lines.
  static func video(
    _ profile: String = "RTP/AVPF", feedback: [String] = [], payloadType: Int = 96,
    retransmissions: Int? = nil, port: Int = 5_006, more: [String] = []
  ) -> String {
    let second = retransmissions.map { " \($0)" } ?? ""
    let maps = retransmissions.map {
      ["a=rtpmap:\($0) rtx/90000", "a=fmtp:\($0) apt=\(payloadType)"]
    }
    let lines =
      ["m=video \(port) \(profile) \(payloadType)\(second)", "a=rtpmap:\(payloadType) VP8/90000"]
      + (maps ?? [])
      + feedback.map { "a=rtcp-fb:\(payloadType) \($0)" } + more
    return lines.joined(separator: "\n") + "\n"
  }
}
