import Campaigns
import Configuration
import FuzzSupport
import NetworkModels

/// The first octet tells the format that is asked for, or none, and how the text behind it is cut.
@main
enum TraceFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    guard let first = octets.first else { return }
    let formats = TraceFormat.allCases
    let format = formats.indices.contains(Int(first & 7)) ? formats[Int(first & 7)] : nil
    let text = UnsafeRawBufferPointer(rebasing: octets[1...])
    let whole = read(text, as: format, chunk: max(1, text.count))
    let chunk = 1 + Int(first >> 3)
    check(whole == read(text, as: format, chunk: chunk), "otherwise in chunks of \(chunk)")
    switch whole {
    case .failure(let error):
      let sentence = ConfigurationError(error, file: "trace").description
      checkSentence(sentence)
      check(sentence.contains("expected "), "nothing expected: \(sentence)")
    case .success(.packets(let trace)): attack(trace)
    case .success(.rate(let timeline)): attack(timeline)
    }
  }

  private static func read(
    _ text: UnsafeRawBufferPointer, as format: TraceFormat?, chunk: Int
  ) -> Result<Trace, TraceError> {
    // A few digits stand for a million packets, which take seconds under the instruments.
    var parser = TraceParser(format: format, packetLimit: 10_000)
    do throws(TraceError) {
      for first in stride(from: 0, to: text.count, by: chunk) {
        let end = min(first + chunk, text.count)
        try parser.feed(UnsafeRawBufferPointer(rebasing: text[first..<end]))
      }
      return .success(try parser.finish())
    } catch {
      return .failure(error)
    }
  }

  /// Every format keeps the losses, the table everything.
  private static func attack(_ trace: PacketTrace) {
    guard trace.packets.count <= 500 else { return }
    let losses = trace.packets.map(\.isLost)
    for format in TraceFormat.allCases where format.hasPackets {
      guard case .success(.packets(let again)) = rewritten(TraceWriter.text(trace, as: format))
      else {
        return check(
          trace.meanInterval > TraceParser.longestInterval, "\(format) is not read again")
      }
      check(again.packets.map(\.isLost) == losses, "\(format) has other losses")
      check(format != .packets || again == trace, "the table is another one")
    }
    let statistics = LossStatistics(trace)
    check(statistics.autocorrelation.allSatisfy { abs($0) < 1.01 }, "\(statistics)")
    check(statistics.longestBurstTime <= trace.period, "\(statistics)")
    _ = (trace.delayTimeline, DelayStatistics(trace))
    let fit = LossFit(Array(losses.prefix(100)))
    check(fit.candidates.allSatisfy { $0.logLikelihood <= 1e-9 }, "\(fit) is beyond certainty")
  }

  private static func attack(_ timeline: RateTimeline) {
    let format: TraceFormat =
      switch timeline {
      case .steps: .rate
      case .opportunities: .mahimahi
      }
    let again = rewritten(TraceWriter.text(timeline, as: format), as: format)
    check(again == .success(.rate(timeline)), "\(timeline) is not read again")
    let statistics = RateStatistics(timeline)
    check(
      statistics.least <= statistics.greatest && (0...1).contains(statistics.silentShare),
      "\(statistics)")
  }

  private static func rewritten(
    _ text: [UInt8], as format: TraceFormat? = nil
  ) -> Result<Trace, TraceError> {
    text.withUnsafeBytes { read($0, as: format, chunk: max(1, $0.count)) }
  }
}
