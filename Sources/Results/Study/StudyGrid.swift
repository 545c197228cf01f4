import SimulationKernel

/// Calls over loss, round-trip time and content, every mechanism in every network: a grid whose
/// cells each rank the mechanisms.
public struct StudyGrid: Sendable {
  /// One network and content.
  public struct Place: Hashable, Sendable {
    /// What is on screen, as in the files.
    public var source: String
    /// Mean length of a loss burst; nil where losses are independent.
    public var meanBurst: SimDuration?
    /// In percent.
    public var loss: Double
    /// In milliseconds.
    public var roundTrip: Double

    public init(source: String, meanBurst: SimDuration?, loss: Double, roundTrip: Double) {
      self.source = source
      self.meanBurst = meanBurst
      self.loss = loss
      self.roundTrip = roundTrip
    }

    init(_ conditions: CallConditions) {
      source = conditions.source
      meanBurst = conditions.meanBurst
      loss = NetworkAxis.percent(conditions.lossRate)
      roundTrip = conditions.roundTrip.inMilliseconds
    }

    /// "sports, loss 2 % in bursts of 60 ms, RTT 50 ms".
    public var text: String {
      let burst = meanBurst.map { " in bursts of \(FigureText.trimmed($0.inMilliseconds)) ms" }
      return "\(source), loss \(FigureText.trimmed(loss)) %\(burst ?? ""), "
        + "RTT \(FigureText.trimmed(roundTrip)) ms"
    }
  }

  /// As in the files, the known ones in their usual order.
  public var mechanisms: [String] { styles.map(\.name) }
  /// In the order of the files.
  public let sources: [String]
  /// Independent losses (nil) first.
  public let bursts: [SimDuration?]
  /// Of the bootstrap's resamples.
  public let seed: UInt64
  /// Calls that could not be simulated, in words.
  public let failures: [String]
  let styles: [MechanismStyle]
  private let samples: [Place: [String: CallSample]]

  /// A call that the plan makes twice, in two groups, counts once.
  public init(_ results: ResultSet, seed: UInt64) {
    self.seed = seed
    styles = results.mechanisms(of: results.calls)
    sources = ResultSet.distinct(results.calls.map(\.conditions.source))
    bursts = ResultSet.distinct(results.calls.map(\.conditions.meanBurst))
      .sorted { ($0?.nanoseconds ?? 0) < ($1?.nanoseconds ?? 0) }
    failures = results.failures.map { row in
      "\(row.conditions.mechanism), \(Place(row.conditions).text), seed \(row.conditions.seed): "
        + (row.failure ?? "no reason given")
    }
    var calls: [Place: [String: [ResultSet.Call]]] = [:]
    var seen: Set<CallConditions> = []
    for call in results.calls {
      var identity = call.conditions
      identity.run = 0
      identity.group = ""
      guard seen.insert(identity).inserted else { continue }
      calls[Place(call.conditions), default: [:]][call.conditions.mechanism, default: []]
        .append(call)
    }
    samples = calls.mapValues { $0.mapValues(CallSample.init) }
  }

  /// The loss rates under which some call has these bursts, in percent, ascending.
  public func losses(meanBurst: SimDuration?) -> [Double] {
    Set(samples.keys.filter { $0.meanBurst == meanBurst }.map(\.loss)).sorted()
  }

  /// The round-trip times likewise, in milliseconds.
  public func roundTrips(meanBurst: SimDuration?) -> [Double] {
    Set(samples.keys.filter { $0.meanBurst == meanBurst }.map(\.roundTrip)).sorted()
  }

  /// Every place of the grid with these bursts and this source: the smallest loss first, and there
  /// the shortest round trip, whether it has calls or not.
  public func places(source: String, meanBurst: SimDuration?) -> [Place] {
    losses(meanBurst: meanBurst).flatMap { loss in
      roundTrips(meanBurst: meanBurst).map {
        Place(source: source, meanBurst: meanBurst, loss: loss, roundTrip: $0)
      }
    }
  }

  /// What the grid should hold and does not, a line for each mechanism and place without a call.
  public var missing: [String] {
    bursts.flatMap { burst in
      sources.flatMap { places(source: $0, meanBurst: burst) }.flatMap { place in
        mechanisms.filter { samples[place]?[$0] == nil }.map { "\($0), \(place.text)" }
      }
    }
  }

  /// How many calls a mechanism has at a place.
  public func calls(_ mechanism: String, at place: Place) -> Int {
    samples[place]?[mechanism]?.calls.count ?? 0
  }

  /// The mechanisms at a place by a measure; mechanisms without a call are unranked.
  public func ranking(at place: Place, by measure: MechanismRanking.Measure) -> MechanismRanking {
    MechanismRanking(
      styles.map { ($0, samples[place]?[$0.name] ?? CallSample([])) }, by: measure, seed: seed)
  }

  /// A mechanism's figures at a place; nil where it has no call there.
  public func figures(_ mechanism: String, at place: Place) -> StudyFigures? {
    samples[place]?[mechanism].map { StudyFigures($0, seed: seed) }
  }
}
