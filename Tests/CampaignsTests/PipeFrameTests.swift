import SimulationKernel
import Testing

@testable import Campaigns

@Suite("Pipe frames")
struct PipeFrameTests {
  @Test("frames come out whole, however the pipe cuts them")
  func reassembly() throws {
    let payloads: [[UInt8]] = [[], [1], Array(0...255), [UInt8](repeating: 7, count: 70_000)]
    var octets: [UInt8] = []
    for payload in payloads { PipeFrame.append(payload, to: &octets) }
    for step in [1, 2, 3, 5, 4_096, octets.count] {
      var reader = PipeFrameReader()
      var found: [[UInt8]] = []
      for start in stride(from: 0, to: octets.count, by: step) {
        reader.append(octets[start..<min(start + step, octets.count)])
        while let payload = try reader.next() { found.append(payload) }
      }
      #expect(found == payloads)
    }
  }

  @Test("results and documents survive the way there and back")
  func roundTrip() throws {
    for result in [JobResult.rows(["a,b\n", "", "ü\n", "x", "y"]), .failed("no\nway")] {
      for isDisturbed in [false, true] {
        let report = JobReport(number: 4_711, result: result, isDisturbed: isDisturbed)
        #expect(try JobReport(payload: report.payload) == report)
      }
    }
    for seed in [nil, 0, UInt64.max] {
      let document = CampaignDocument(kind: .settings, file: "f", text: "a: ü\n", seed: seed)
      #expect(try CampaignDocument(payload: document.payload) == document)
    }
  }

  @Test("what a validation's worker needs survives it too")
  func validation() throws {
    for baseline in [nil, ValidationPart.Baseline(file: "b.yaml", text: "name: ü\n")] {
      for round in [
        nil, ValidationRound(firstRun: 7, parts: [.init(network: 1, first: 20, count: 3)]),
      ] {
        var part = ValidationPart(baseline: baseline)
        part.round = round
        let document = CampaignDocument(
          kind: .settings, file: "f", text: "a: 1\n", validation: part)
        #expect(try CampaignDocument(payload: document.payload) == document)
      }
    }
    #expect(ValidationRound(text: "0 1 2") == nil)
    #expect(ValidationRound(text: "") == nil)
  }

  @Test("what is cut short, too long or altered is refused, never a trap")
  func malformed() {
    let whole = JobReport(number: 1, result: .rows(["aaaa", "b", "", "c", ""])).payload
    for count in whole.indices {
      #expect(throws: PipeError.self) { try JobReport(payload: Array(whole[..<count])) }
    }
    #expect(throws: PipeError.self) { try JobReport(payload: whole + [0]) }
    var reader = PipeFrameReader()
    reader.append([0xFF, 0xFF, 0xFF, 0xFF])
    #expect(throws: PipeError.self) { try reader.next() }
    var stream = RandomStream(seed: 3, name: "pipe.mutation")
    var refused = 0
    for _ in 0..<2_000 {
      var octets = whole
      octets[Int(stream.next(below: UInt64(octets.count)))] = UInt8(stream.next(below: 256))
      if (try? JobReport(payload: octets)) == nil { refused += 1 }
    }
    #expect(refused > 100)
  }
}
