import CFork
import CallSimulation
import Foundation
import Results
import SimulationKernel

/// Runs a past once and copies the process at each probe.
///
/// The copy has the encoder, the decoder and everything under way in it; memory that neither side
/// writes to stays shared. It goes on as one future, writes its row into a pipe and is gone by
/// _exit(2), which runs nothing that the process was to do at its own end. The parent waits for it:
/// how many futures run at a time is a matter of how many workers there are.
struct BranchingFollower {
  /// Few futures that are repaired last longer.
  private static let usualFuture = SimDuration.seconds(1)

  let futures: ProbeFutures

  /// - Returns: how many copies ended without their row.
  func follow(_ probes: [Probe], _ deliver: (ProbeRow) -> Void) throws -> Int {
    var ended = 0
    let call = try ProbedCall(futures.set.variants[0].scenario.past, clip: futures.clip)
    for probe in probes {
      guard try call.isAt(probe.frame) || call.advance(toFrame: probe.frame) else { return ended }
      drawAhead(of: probe.frame)
      for variant in futures.set.variants {
        let (row, isWhole) = try branch(call, variant, probe)
        if !isWhole { ended += 1 }
        deliver(row)
      }
    }
    return ended
  }

  /// Draws what most futures will film, once for all of them.
  private func drawAhead(of frame: Int) {
    let clip = futures.clip
    let count = clip.frameRate.frameCount(within: Self.usualFuture)
    for index in frame..<frame + count { _ = clip.picture(at: index) }
  }

  /// - Returns: the future's row, and whether the copy lived to tell it.
  private func branch(
    _ call: ProbedCall, _ variant: ProbeSet.Variant, _ probe: Probe
  ) throws(CampaignError) -> (row: ProbeRow, isWhole: Bool) {
    let pipe = try Descriptor.pipe()
    let parent = getpid()
    let child = cfork_fork()
    if child == 0 {
      // Nobody reads what an orphan has to tell.
      cfork_end_with_parent()
      if getppid() != parent { _exit(1) }
      let row = futures.future(of: call, variant, probe)
      let isWritten = Descriptor.write(ProbeRowFrame.octets(of: row), to: pipe.write)
      _exit(isWritten ? 0 : 1)
    }
    let problem = errno
    close(pipe.write)
    defer { close(pipe.read) }
    guard child > 0 else {
      throw .environment(
        "the process cannot be copied for a probe: \(String(cString: strerror(problem)))")
    }
    let octets = Self.readAll(pipe.read)
    let end = WorkerProcess.wait(for: child, named: "future")
    if let outcome = ProbeRowFrame.outcome(in: octets) {
      return (futures.row(variant, probe, outcome), true)
    }
    return (futures.row(variant, probe, .failed(end)), false)
  }

  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var octets: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 8_192)
    while true {
      let count = Descriptor.read(descriptor, into: &buffer)
      guard count > 0 else { return octets }
      octets += buffer[..<count]
    }
  }
}

/// What a copy tells its parent: the row as probes.csv has it, with a length in front, so that one that
/// died while writing is not taken for whole.
private enum ProbeRowFrame {
  static func octets(of row: ProbeRow) -> [UInt8] {
    var octets: [UInt8] = []
    PipeFrame.append(CSVFile.line(for: row), to: &octets)
    return octets
  }

  static func outcome(in octets: [UInt8]) -> ProbeRow.Outcome? {
    var fields = PipeFields(octets[...])
    guard let line = try? fields.text(), fields.isAtEnd else { return nil }
    let text = CSVFile.probes.header + line
    let reader = try? CSVRowReader<ProbeRow>(
      CSVReader(name: CSVFile.probes.fileName, text: text))
    return try? reader?.next()?.outcome
  }
}
