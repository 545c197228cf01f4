import CallSimulation
import Glibc
import MediaSession
import SimulationKernel
import VP8Codec

/// Compares the CPU time of a simulated call with that of a bare loop which encodes and decodes the
/// same frames at the same settings through libvpx. Both run in this process in turn; the ratio is
/// the median over the rounds, of two times that were taken one after the other.
@main
struct Overhead {
  static let rounds = 15
  static let seconds: Int64 = 20

  static func main() throws {
    print(
      "CPU time of a simulated call against a bare codec loop, \(seconds) s of video without loss")
    print("picture       loop s   call s    ratio")
    var worst = 0.0
    for (width, height, kilobits) in [(352, 288, 500), (320, 180, 300), (640, 360, 800)] {
      let scenario = makeScenario(width: width, height: height, kilobits: kilobits)
      let clip = try Clip.load(scenario.video, frames: Int(seconds) * 25)
      for index in 0..<clip.frameCount { _ = clip.picture(at: index) }
      if width == 352 { try reportMemory(scenario, clip: clip) }
      let (loop, call, ratio) = try measure(scenario, clip: clip)
      worst = max(worst, ratio)
      print("\(pad("\(width)x\(height)", 11)) \(fixed(loop)) \(fixed(call)) \(fixed(ratio))")
    }
    print("aim: a ratio of at most 1.10: \(worst <= 1.10 ? "held" : "missed")")
  }

  /// What the process has taken after its first call, less the clip.
  static func reportMemory(_ scenario: Scenario, clip: Clip) throws {
    _ = try simulateCall(scenario, clip: clip)
    let mebibytes = peakResidentMebibytes() - clip.octetCount / 1_048_576
    print("\(pad("CIF", 11)) \(mebibytes) MiB of memory beside the clip; aim: below 80 MiB")
  }

  static func makeScenario(width: Int, height: Int, kilobits: Int) -> Scenario {
    var scenario = Scenario()
    scenario.duration = .seconds(seconds)
    scenario.video.width = width
    scenario.video.height = height
    scenario.codec.targetBitrate = kilobits
    return scenario
  }

  static func measure(
    _ scenario: Scenario, clip: Clip
  ) throws -> (loop: Double, call: Double, ratio: Double) {
    var loops: [Double] = []
    var calls: [Double] = []
    for _ in 0..<rounds {
      loops.append(try cpuSeconds { try bareLoop(scenario, clip: clip) })
      calls.append(try cpuSeconds { _ = try simulateCall(scenario, clip: clip) })
    }
    let ratios = zip(calls, loops).map { $0 / $1 }.sorted()
    return (loops.min()!, calls.min()!, ratios[ratios.count / 2])
  }

  /// What the call does with libvpx, and nothing else.
  static func bareLoop(_ scenario: Scenario, clip: Clip) throws {
    let encoder = try VP8Encoder(
      settings: scenario.codec, width: clip.width, height: clip.height, frameRate: clip.frameRate)
    let decoder = try VP8Decoder()
    let ordinary: VP8FrameFlags = [.noUpdateGolden, .noUpdateAltRef]
    for index in 0..<clip.frameRate.frameCount(within: scenario.duration) {
      let flags: VP8FrameFlags = index == 0 ? .forceKeyFrame : ordinary
      guard
        let frame = try encoder.encode(clip.picture(at: index), index: Int64(index), flags: flags)
      else { continue }
      _ = try decoder.decode(frame.octets)
    }
  }

  static func cpuSeconds(_ body: () throws -> Void) rethrows -> Double {
    let before = cpuNow()
    try body()
    return cpuNow() - before
  }

  static func cpuNow() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func peakResidentMebibytes() -> Int {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss / 1024
  }

  static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func fixed(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let digits = "\(thousandths % 1000)"
    let text = "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
  }
}
