import Results

/// Which packets a probe takes: so many in a row, from one of a frame's packets on.
struct ProbeLoss {
  private let frame: Int
  private let position: Probe.Position
  private var left: Int
  private var hasBegun = false

  init(_ probe: Probe) {
    frame = probe.frame
    position = probe.position
    left = probe.packets
  }

  /// Whether this packet is lost; called once for each that is sent, in order.
  ///
  /// Where the encoder dropped the frame, its successor is hit.
  mutating func takes(packet: Int, of count: Int, frame: Int) -> Bool {
    guard left > 0, frame >= self.frame else { return false }
    if !hasBegun {
      guard packet == begin(of: count) else { return false }
      hasBegun = true
    }
    left -= 1
    return true
  }

  private func begin(of count: Int) -> Int {
    switch position {
    case .first: 0
    case .middle: count / 2
    case .last: count - 1
    }
  }
}
