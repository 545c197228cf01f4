import SimulationKernel

/// How far down each instant of an episode stands: in proportion where there is room, closer where
/// nothing happens for long, and never so close that two lines of text meet.
struct LadderScale {
  static let least = 17.0
  static let most = 72.0
  static let perMillisecond = 0.55

  /// The instants with a line of their own, ascending.
  let rows: [SimTime]
  let places: [Double]

  /// - Parameters:
  ///   - times: in any order, those of a tenth of a millisecond are one.
  ///   - top: of the first one.
  init(_ times: [SimTime], top: Double) {
    var rows: [SimTime] = []
    var places: [Double] = []
    for time in times.sorted() {
      guard let last = rows.last else {
        rows.append(time)
        places.append(top)
        continue
      }
      let gap = (time - last).inMilliseconds
      guard gap >= 0.1 else { continue }
      rows.append(time)
      places.append(places[places.count - 1] + Self.height(gap))
    }
    self.rows = rows
    self.places = places
  }

  private static func height(_ milliseconds: Double) -> Double {
    min(most, max(least, milliseconds * perMillisecond))
  }

  /// The gaps that are drawn shorter than they are, by the place of their middle.
  var shortened: [(place: Double, span: SimDuration)] {
    rows.indices.dropLast().compactMap { index in
      let span = rows[index + 1] - rows[index]
      guard span.inMilliseconds * Self.perMillisecond > Self.most else { return nil }
      return ((places[index] + places[index + 1]) / 2, span)
    }
  }

  var bottom: Double { places.last ?? 0 }

  /// The place of an instant, between those of its neighbours.
  subscript(time: SimTime) -> Double {
    guard let next = rows.firstIndex(where: { $0 >= time }) else { return bottom }
    guard next > 0 else { return places[0] }
    let span = (rows[next] - rows[next - 1]).inMilliseconds
    let part = (time - rows[next - 1]).inMilliseconds / span
    return places[next - 1] + part * (places[next] - places[next - 1])
  }
}
