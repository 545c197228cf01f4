import CallSimulation
import Configuration
import Results
import SimulationKernel
import Testing
import VP8Codec

@testable import Campaigns

/// Settings against the same settings on other seeds: whatever is measured is chance.
@Suite("Settings against themselves")
struct AgainstItselfTests {
  private static let comparisons = 100
  private static let promise = 5

  private func settings(calls: Int) throws -> ValidationSettings {
    try SampleCalls.settings(
      """
      calls: \(calls)
      max-calls: \(calls * 2)
      networks: [{name: a, loss: 1%}, {name: b, loss: 5%}]
      gates:
        - recovery.median <= baseline
        - broken.ratio <= baseline
        - psnr.mean >= baseline
        - bitrate.mean <= baseline
      """, against: "name: the same\n")
  }

  /// Runs a whole comparison, rounds and all.
  ///
  /// - Parameter draw: a call of a network, with a chance that no other call has.
  private func verdict(
    _ settings: ValidationSettings, draw: (_ network: Int) -> CallRecords
  ) throws -> Gate.Verdict {
    var judge = ValidationJudge(settings)
    while case let next = judge.next, !next.isEmpty {
      var calls: [CallRecords] = []
      for part in settings.round(next, firstRun: 0).parts {
        for number in part.first..<part.first + part.count {
          for situation in [ValidationCell.candidateName, ValidationCell.baselineName] {
            var call = draw(part.network)
            call.conditions.run = calls.count
            call.conditions.group = settings.networks[part.network]
            call.conditions.situation = situation
            // The pair has a seed in name only.
            call.conditions.seed = settings.seeds(number + 1)[number]
            calls.append(call)
          }
        }
      }
      judge.add(try SampleCalls.results(calls))
    }
    return judge.report.verdict
  }

  @Test("of 100 comparisons of drawn calls at most 5 say that something got worse")
  func drawn() throws {
    let settings = try settings(calls: 10)
    var verdicts: [Gate.Verdict] = []
    for comparison in 0..<Self.comparisons {
      var random = RandomCalls(seed: UInt64(comparison))
      verdicts.append(
        try verdict(settings) { random.call(0, network: settings.networks[$0]) })
    }
    #expect(verdicts.count { $0 == .fail } <= Self.promise)
    // A difference that is not there is not certain to be none either.
    #expect(verdicts.count { $0 == .pass } <= Self.promise)
  }

  @Test("a real difference is found: the alarms are rare, not off")
  func difference() throws {
    let settings = try settings(calls: 10)
    var found = 0
    for comparison in 0..<10 {
      var random = RandomCalls(seed: UInt64(comparison))
      var count = 0
      let verdict = try verdict(settings) { network in
        count += 1
        return random.call(
          0, network: settings.networks[network], slowness: count.isMultiple(of: 2) ? 1 : 3)
      }
      if verdict == .fail { found += 1 }
    }
    #expect(found == 10)
  }

  @Test("of 100 comparisons of simulated calls at most 5 say that something got worse")
  func simulated() throws {
    var scenario = try ScenarioReader.read(
      ConfigurationFile.parse(
        """
        duration: 3s
        video: {source: talking-head, size: 160x120, rate: 10fps}
        codec: {rc_target_bitrate: 60}
        network: {rtt: 60ms, loss: 8%}
        """, file: "s.yaml"))
    let clip = try Clip.load(scenario.video, frames: scenario.clipFrames)
    let pool = try (0..<240).map { number in
      scenario.seed = UInt64(number)
      return try simulateCall(scenario, clip: clip, keepsFrames: false)
    }
    let settings = try settings(calls: 8)
    var alarms = 0
    for comparison in 0..<Self.comparisons {
      // No call is in a comparison twice.
      var order = RandomStream(seed: UInt64(comparison), name: "test.shuffle")
      var rest = pool
      let verdict = try verdict(settings) { _ in
        rest.swapAt(Int(order.next(below: UInt64(rest.count))), rest.count - 1)
        return rest.removeLast()
      }
      if verdict == .fail { alarms += 1 }
    }
    #expect(alarms <= Self.promise)
  }
}
