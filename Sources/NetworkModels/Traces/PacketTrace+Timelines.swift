import SimulationKernel

extension PacketTrace {
  /// The channel as its packets show it: lost from half-way to the packet before a lost one to
  /// half-way to the packet behind it.
  ///
  /// Packets sent at the same time divide what is theirs evenly and in their order. The first one's
  /// begins at 0, and the last one's ends with the period.
  public var lossTimeline: LossTimeline {
    var spells: [Range<SimTime>] = []
    var first = 0
    var begin = SimTime.zero
    while first < packets.count {
      let time = packets[first].time
      var next = first + 1
      while next < packets.count, packets[next].time == time { next += 1 }
      let end = next < packets.count ? middle(time, packets[next].time) : .zero + period
      let count = Int64(next - first)
      let (share, rest) = (end - begin).nanoseconds.quotientAndRemainder(dividingBy: count)
      for index in first..<next where packets[index].isLost {
        let position = Int64(index - first)
        let from = begin + SimDuration(nanoseconds: share * position + rest * position / count)
        let to =
          begin + SimDuration(nanoseconds: share * (position + 1) + rest * (position + 1) / count)
        append(from..<to, to: &spells)
      }
      begin = end
      first = next
    }
    return LossTimeline(spells: spells, period: period)
  }

  /// What the path took beyond its fastest transit, from each packet that arrived until the next one
  /// that did; the first one's from 0 on. Of packets sent at the same time the last one counts. Nil
  /// where no delay is known.
  public var delayTimeline: DelayTimeline? {
    var steps: [DelayTimeline.Step] = []
    for packet in packets {
      guard let delay = packet.delay else { continue }
      let from = steps.isEmpty ? .zero : packet.time
      if steps.last?.from == from { steps.removeLast() }
      if steps.last?.delay != delay { steps.append(DelayTimeline.Step(from: from, delay: delay)) }
    }
    return steps.isEmpty ? nil : DelayTimeline(steps: steps, period: period)
  }

  private func middle(_ a: SimTime, _ b: SimTime) -> SimTime { a + (b - a) / 2 }

  /// Spells that touch are one.
  private func append(_ spell: Range<SimTime>, to spells: inout [Range<SimTime>]) {
    guard !spell.isEmpty else { return }
    if let last = spells.last, last.upperBound == spell.lowerBound {
      spells[spells.count - 1] = last.lowerBound..<spell.upperBound
    } else {
      spells.append(spell)
    }
  }
}
