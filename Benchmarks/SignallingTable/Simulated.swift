import Campaigns

/// A figure of the simulation, and where 90 % of samples of the measurement's size have it.
struct SimulatedFigure {
  var value: Double
  var interval: ClosedRange<Double>

  /// Whether the measured value lies within so many percent or milliseconds of the simulated one, or
  /// where samples lie by chance.
  func holds(_ measured: Double, within tolerance: Double) -> Bool {
    isClose(to: measured, within: tolerance) || interval.contains(measured)
  }

  func isClose(to measured: Double, within tolerance: Double) -> Bool {
    abs(value - measured) <= max(tolerance, measured * tolerance / 100)
  }

  /// `measured / simulated`, with the interval where it is wide.
  func text(_ measured: Double, decimals: Int) -> String {
    func number(_ value: Double) -> String {
      let factor = decimals == 1 ? 10.0 : 100.0
      return "\((value * factor).rounded() / factor)"
    }
    let text = "\(number(measured)) / \(number(value))"
    let isWide = interval.upperBound - interval.lowerBound > 0.1 * value
    return isWide
      ? text + " [\(number(interval.lowerBound)), \(number(interval.upperBound))]" : text
  }
}

/// The simulation of one cell.
struct Simulated {
  var figures: [SimulatedFigure] = []
  var mean: SimulatedFigure
  var share: SimulatedFigure

  init(_ cell: MeasuredCell) throws {
    var options = cell.options
    let perSample = cell.options.connections
    options.connections = perSample * SignallingTable.samples
    let connections = try SignallingTable.sample(options)
    let whole = connections.flatMap { $0 }.sorted()
    let samples = (0..<SignallingTable.samples).map { sample in
      connections[sample * perSample..<(sample + 1) * perSample].flatMap { $0 }.sorted()
    }
    func figure(_ statistic: ([Double]) -> Double) -> SimulatedFigure {
      let values = samples.map(statistic).sorted()
      let tail = values.count / 20
      return SimulatedFigure(
        value: statistic(whole), interval: values[tail]...values[values.count - 1 - tail])
    }
    figures = SignallingTable.quantiles.map { share in
      figure { $0[max(Int((share * Double($0.count)).rounded(.up)) - 1, 0)] }
    }
    mean = figure { $0.reduce(0, +) / Double($0.count) }
    share = figure { values in
      Double(values.reduce(0) { $0 + ($1 <= 1_000 ? 1 : 0) }) / Double(values.count) * 100
    }
  }
}
