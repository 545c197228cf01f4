import Foundation

/// Measures what branching saves, with the built program itself: its processor time for the same
/// probes branched and replayed, its speed with one and with two jobs, and the parent's memory for
/// ten thousand probes. Each pair of figures is taken in this one run.
@main
struct Probes {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard let program = words.first, words.dropFirst().allSatisfy(parts.contains) else {
      print("usage: probes PATH-OF-AVPFSIM [\(parts.joined(separator: "] ["))]")
      exit(2)
    }
    let wanted = words.count > 1 ? Array(words.dropFirst()) : parts
    let bench = ProbeBench(program: program)
    if wanted.contains("branching") { try bench.branching() }
    if wanted.contains("jobs") { try bench.jobs() }
    if wanted.contains("memory") { try bench.memory() }
  }

  private static let parts = ["branching", "jobs", "memory"]
}

struct ProbeBench {
  let program: String

  private static let mechanisms = "[sip-info, pli, sli, rpsi, sli+rpsi, nack+pli]"

  /// 100 probes and 6 mechanisms in a call of 60 s at 640x360. Of the replayed ones every tenth is
  /// run, in the same places on average, and its time taken ten times: all would take half an hour.
  func branching() throws {
    print("100 probes, 6 mechanisms, a call of 60 s at 640x360, one job:")
    let branched = try measured(plan(moments(each: 1)), ["--jobs", "1"])
    print("  branched               \(seconds(branched.cpuSeconds)) of processor time")
    let replayed = try measured(plan(moments(each: 10)), ["--jobs", "1", "--replay-probes"])
    let whole = replayed.cpuSeconds * 10
    print(
      "  replayed               \(seconds(whole)), from \(seconds(replayed.cpuSeconds)) for a tenth"
    )
    print("  ratio                  \(fixed(whole / branched.cpuSeconds)), aim: at least 20")
  }

  /// Four calls of the same kind with one job and with two, in turn.
  func jobs() throws {
    let text = plan("[\((4...15).map { "\($0)s" }.joined(separator: ", "))]", seeds: 4)
    var ratios: [Double] = []
    for _ in 0..<3 {
      let one = try measured(text, ["--jobs", "1"])
      let two = try measured(text, ["--jobs", "2"])
      ratios.append(one.wallSeconds / two.wallSeconds)
    }
    ratios.sort()
    print("four such calls of 12 probes, one job against two:")
    print("  ratio of elapsed time  \(fixed(ratios[1])), median of 3, aim: at least 1.8")
  }

  /// Ten thousand probes of small pictures: the memory of the process that a user starts, and whether
  /// results come as fast in the end as they did in the beginning.
  func memory() throws {
    let text = """
      seeds: 20
      base: {duration: 60s, video: {size: 160x120, rate: 25fps}, codec: {cpu-used: -16}}
      groups: [{name: g, vary: {mechanism: [pli]}, probes: {count: 500, horizon: 2s}}]
      """
    let run = try measured(text, ["--jobs", "2"])
    print("10,000 probes of 160x120, two jobs:")
    print("  parent's memory        \(run.peakMebibytes) MiB at most, aim: below 100")
    print("  elapsed                \(seconds(run.wallSeconds))")
    guard let first = run.pace(from: 0.1, to: 0.3), let last = run.pace(from: 0.8, to: 1) else {
      throw BenchError(sentence: "the journal was not seen growing")
    }
    print(
      "  pace of the last fifth \(hundredths(last / first)) times that from a tenth to three tenths"
    )
  }

  /// One moment of each so many of a hundred, in the middle of them.
  private func moments(each step: Int) -> String {
    let times = stride(from: step / 2, to: 100, by: step).map { "\(2_000 + $0 * 520)ms" }
    return "[\(times.joined(separator: ", "))]"
  }

  private func plan(_ moments: String, seeds: Int = 1) -> String {
    """
    seeds: \(seeds)
    base:
      duration: 60s
      video: {source: talking-head, size: 640x360, rate: 25fps}
      codec: {rc_target_bitrate: 800, cpu-used: -8}
      network: {rtt: 100ms, loss: 1%}
      signalling: {proxies: 2}
    groups: [{name: g, vary: {mechanism: \(Self.mechanisms)}, probes: {at: \(moments)}}]
    """
  }

  private struct Measure {
    var wallSeconds: Double
    /// Of all processes of the run.
    var cpuSeconds: Double
    /// Of the one that was started.
    var peakMebibytes: Int
    /// When the journal had how many octets.
    var journal: [(seconds: Double, octets: Int)]

    /// Octets of results a second between two shares of all of them.
    func pace(from begin: Double, to end: Double) -> Double? {
      guard let all = journal.last?.octets,
        let first = journal.first(where: { Double($0.octets) >= begin * Double(all) }),
        let last = journal.first(where: { Double($0.octets) >= end * Double(all) }),
        last.seconds > first.seconds
      else { return nil }
      return Double(last.octets - first.octets) / (last.seconds - first.seconds)
    }
  }

  private func measured(_ plan: String, _ options: [String]) throws -> Measure {
    // What has been measured so far is told at once, also into a file.
    fflush(nil)
    let folder =
      NSTemporaryDirectory() + "avpfsim-bench-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try plan.write(toFile: folder + "/plan.yaml", atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["suite", folder + "/plan.yaml", "-o", folder + "/out"] + options
    process.standardOutput = FileHandle.nullDevice
    let before = childSeconds()
    let began = ProcessInfo.processInfo.systemUptime
    try process.run()
    var peak = 0
    var journal: [(seconds: Double, octets: Int)] = []
    while process.isRunning {
      peak = max(peak, Self.peakMebibytes(of: process.processIdentifier) ?? 0)
      if let octets = Self.octets(of: folder + "/out/journal.avpf"),
        octets > journal.last?.octets ?? 0
      {
        journal.append((ProcessInfo.processInfo.systemUptime - began, octets))
      }
      usleep(50_000)
    }
    process.waitUntilExit()
    let wall = ProcessInfo.processInfo.systemUptime - began
    guard process.terminationStatus == 0 else {
      throw BenchError(sentence: "avpfsim ended with exit code \(process.terminationStatus)")
    }
    return Measure(
      wallSeconds: wall, cpuSeconds: childSeconds() - before, peakMebibytes: peak, journal: journal)
  }

  private static func octets(of path: String) -> Int? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
  }

  /// User and system time of all children that have ended, and theirs.
  private func childSeconds() -> Double {
    var usage = rusage()
    getrusage(RUSAGE_CHILDREN.rawValue, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  private static func peakMebibytes(of process: Int32) -> Int? {
    let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kibibytes = line?.split(separator: " ").compactMap { Int($0) }.first
    return kibibytes.map { ($0 + 1_023) / 1_024 }
  }

  private func hundredths(_ value: Double) -> String {
    let count = Int((value * 100).rounded())
    return "\(count / 100).\(count % 100 < 10 ? "0" : "")\(count % 100)"
  }

  private func seconds(_ value: Double) -> String { "\(fixed(value)) s" }

  private func fixed(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

struct BenchError: Error, CustomStringConvertible {
  var sentence: String
  var description: String { sentence }
}
