import SimulationKernel
import Testing

@testable import Results

@Suite("Comparison of two sides")
struct ComparisonSampleTests {
  private func unit(
    _ seed: UInt64, _ times: [Double], open: Double? = nil, broken: Int64 = 0, octets: Int = 0
  ) -> ComparisonUnit {
    var totals = CallTotals()
    totals.duration = .seconds(10)
    totals.brokenTime = .milliseconds(broken)
    totals.mediaOctets = octets
    totals.frames = 100
    totals.keyFrames = 2
    totals.meanShownPSNR = 30
    var unit = ComparisonUnit(seed: seed)
    unit.times = times.map { ComparisonUnit.Time(value: $0, isCensored: false) }
    if let open { unit.times.append(ComparisonUnit.Time(value: open, isCensored: true)) }
    unit.totals = ComparisonTotals(totals)
    return unit
  }

  private func sample(
    _ first: [ComparisonUnit], _ second: [ComparisonUnit], isPaired: Bool = true
  ) -> ComparisonSample {
    ComparisonSample(
      metrics: ComparisonMetric.allCases, first: first, second: second, isPaired: isPaired)
  }

  @Test("figures and changes are those computed by hand")
  func figures() throws {
    let sample = sample(
      [
        unit(1, [100, 200], broken: 300, octets: 1_000), unit(2, [300], broken: 300, octets: 1_000),
      ],
      [
        unit(1, [100, 100], broken: 200, octets: 1_500), unit(2, [200], broken: 200, octets: 1_500),
      ])
    let first = sample.figures(sample.firstWeights)
    let second = sample.figures(sample.secondWeights)
    #expect(first == [200, 200, 0, 0.03, 30, 0, 0.8, 12])
    let mean = try #require(second[1])
    #expect(second[0] == 100 && abs(mean - 400.0 / 3) < 1e-9)
    let changes = sample.changes(sample.firstWeights, sample.secondWeights)
    #expect(changes[0] == 0.5)
    #expect(abs(try #require(changes[1]) + 200.0 / 3) < 1e-9)
    #expect(abs(try #require(changes[3]) + 0.01) < 1e-12)
    #expect(abs(try #require(changes[6]) - 1.5) < 1e-12)
    #expect(changes[7] == 0)
  }

  @Test("means end where the observation of either side does")
  func limit() throws {
    let open = sample([unit(1, [100], open: 300)], [unit(1, [100, 900])])
    #expect(open.limit == 300)
    #expect(open.figures(open.secondWeights)[1] == 200)
    #expect(sample([unit(1, [100])], [unit(1, [900])]).limit == 900)
    #expect(sample([unit(1, [])], [unit(1, [])]).limit == 0)
  }

  @Test("a side without losses, or with too few of them, has no change of recovery")
  func shortage() {
    let few = sample(
      (1...6).map { unit($0, [100]) }, (1...6).map { unit($0, $0 < 6 ? [100] : []) })
    #expect(few.estimates(seed: 1)[0] == .tooFewToTell("5 losses, at least 6 needed"))
    let none = sample((1...6).map { unit($0, []) }, (1...6).map { unit($0, [100]) })
    #expect(none.estimates(seed: 1)[1] == .tooFewToTell("no losses"))
    #expect(none.figures(none.firstWeights)[0] == nil)
  }

  @Test("pairs are drawn together: what seeds have in common does not widen the interval")
  func pairing() throws {
    let hardness = [100.0, 200, 400, 800, 1_600, 3_200, 6_400, 12_800]
    func side(_ shift: Double, seeds offset: UInt64) -> [ComparisonUnit] {
      hardness.enumerated().map { unit(UInt64($0) + offset, [$1 + shift, $1 + shift]) }
    }
    let paired = sample(side(0, seeds: 1), side(10, seeds: 1)).estimates(seed: 1)[1]
    let apart = sample(side(0, seeds: 1), side(10, seeds: 50), isPaired: false)
      .estimates(seed: 1)[1]
    let width = try #require(paired.interval)
    #expect(abs(width.lower - 10) < 1e-6 && abs(width.upper - 10) < 1e-6)
    let wide = try #require(apart.interval)
    #expect(wide.lower < -1_000 && wide.upper > 1_000)
  }
}
