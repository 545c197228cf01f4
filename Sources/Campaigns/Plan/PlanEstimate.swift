/// How long a plan takes on this machine, as far as can be told without running it.
public struct PlanEstimate: Sendable, Equatable {
  /// Seconds of wall time.
  public let seconds: Double
  /// Kinds of calls, by picture and encoder's effort, and how many of them were measured.
  public let kinds: Int
  public let measured: Int
  /// Processes that work at a time: no more than there are processors or calls.
  public let processes: Int

  /// Wall time that all measurements take together, about.
  public static let budgetSeconds = 1.0
  /// Above this a plan says so before it starts.
  public static let longSeconds = 3_600.0
  private static let maximumMeasured = 20
  /// Far more than any machine should need for a sample of luma.
  private static let worstSecondsPerPixel = 1e-7
  /// Of a file whose size is not known yet: 1280x720 at 60 frames a second.
  private static let assumedPixelRate = 1_280.0 * 720 * 60

  /// Measures the beginning of a call of each kind.
  ///
  /// - Parameters:
  ///   - jobs: worker processes that were asked for; positive.
  ///   - processors: of this machine.
  /// - Throws: where a call cannot be made, such as for want of its clip.
  public init(
    _ groups: [PlanGroupSize], jobs: Int, processors: Int = CampaignRun.defaultWorkers
  ) throws {
    try self.init(groups, jobs: jobs, processors: processors) { workload, budget in
      try CallCostMeter.cost(of: workload.example, budget: budget)
    }
  }

  /// The same with costs from elsewhere: seconds of wall time for a simulated second of a kind.
  init(
    _ groups: [PlanGroupSize], jobs: Int, processors: Int,
    cost: (_ kind: PlanWorkload, _ budget: Double) throws -> Double
  ) throws {
    let workloads = PlanWorkload.all(in: groups)
    let measured = workloads.prefix(Self.maximumMeasured)
    let budget = Self.budgetSeconds / Double(measured.count)
    var (known, knownPixels, total) = (0.0, 0.0, 0.0)
    for workload in measured {
      let seconds = try cost(workload, budget) * workload.simulatedSeconds
      total += seconds
      guard let rate = workload.pixelRate else { continue }
      known += seconds
      knownPixels += rate * workload.simulatedSeconds
    }
    // The others by their pictures' size.
    let pixelCost = knownPixels > 0 ? known / knownPixels : Self.worstSecondsPerPixel
    for workload in workloads.dropFirst(Self.maximumMeasured) {
      total += pixelCost * (workload.pixelRate ?? Self.assumedPixelRate) * workload.simulatedSeconds
    }
    kinds = workloads.count
    self.measured = measured.count
    processes = min(jobs, processors, groups.reduce(0) { $0 + $1.calls })
    seconds = total / Double(processes)
  }

  /// Whether a plan might take over an hour by its simulated time alone: without any measurement.
  static func mayBeLong(_ groups: [PlanGroupSize], jobs: Int, processors: Int) -> Bool {
    let worst = PlanWorkload.all(in: groups).reduce(0.0) {
      $0 + worstSecondsPerPixel * ($1.pixelRate ?? assumedPixelRate) * $1.simulatedSeconds
    }
    return worst / Double(min(jobs, processors)) > longSeconds
  }

  /// The sentence that a plan of over an hour is announced with; nil for a shorter one, which costs
  /// no measurement where its simulated time makes an hour inconceivable.
  public static func announcement(
    _ groups: [PlanGroupSize], jobs: Int, processors: Int = CampaignRun.defaultWorkers
  ) -> String? {
    guard mayBeLong(groups, jobs: jobs, processors: processors),
      // A clip that cannot be read is complained of where the calls are run.
      let estimate = try? PlanEstimate(groups, jobs: jobs, processors: processors)
    else { return nil }
    return estimate.announcement(jobs: jobs)
  }

  func announcement(jobs: Int) -> String? {
    guard seconds > Self.longSeconds else { return nil }
    let basis = measured == 1 ? "beginning of one" : "beginnings of \(measured)"
    return "the plan will take about \(Self.text(seconds)) with --jobs \(jobs), by an estimate "
      + "from the \(basis) of its calls; fewer seeds, fewer values, shorter calls, or a part of it "
      + "on each of several machines (--shard) take less"
  }

  /// `under 1 s`, `12 s`, `12 min`, `3 h 20 min`, `120 h`.
  static func text(_ seconds: Double) -> String {
    if seconds < 1 { return "under 1 s" }
    if seconds < 59.5 { return "\(Int(seconds.rounded())) s" }
    if seconds < 3_570 { return "\(Int((seconds / 60).rounded())) min" }
    let minutes = Int((seconds / 600).rounded()) * 10
    guard minutes < 1_440 else { return "\(Int((seconds / 3_600).rounded())) h" }
    return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
  }
}
