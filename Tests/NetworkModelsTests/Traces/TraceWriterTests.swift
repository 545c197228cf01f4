import SimulationKernel
import Testing

@testable import NetworkModels

@Suite("Trace writer")
struct TraceWriterTests {
  @Test(
    "losses survive in every format of packets",
    arguments: TraceFormat.allCases.filter(\.hasPackets))
  func packets(format: TraceFormat) throws {
    for pattern in ["0", "1", "0010 1100 00", "1111 0", String(repeating: "010", count: 90)] {
      let trace = PacketTrace(losses: losses(pattern), interval: .microseconds(12_345))
      let read = try NetworkModelsTests.trace(TraceWriter.text(trace, as: format))
      #expect(read.format == format)
      guard case .packets(let again) = read.trace else { return }
      #expect(again.packets.map(\.isLost) == trace.packets.map(\.isLost))
      if again.packets.count > 1 { #expect(again == trace) }
    }
  }

  @Test("a table of packets keeps delays and sizes")
  func table() throws {
    let text = "time_ms,lost,delay_ms,octets\n0,0,1.5,1200\n0.000001,1,,80\n12.05,0,0,\n"
    #expect(
      String(
        decoding: TraceWriter.text(try NetworkModelsTests.packets(text), as: .packets),
        as: UTF8.self)
        == text)
  }

  @Test("steps and opportunities survive in their own format")
  func rates() throws {
    let steps = "time_ms,kbps\n0,500\n100,0\n250.5,1000.001\n300,\n"
    #expect(
      String(decoding: TraceWriter.text(try rate(steps), as: .rate), as: UTF8.self) == steps)
    let opportunities = "0\n0\n3\n3\n17\n"
    #expect(
      String(decoding: TraceWriter.text(try rate(opportunities), as: .mahimahi), as: UTF8.self)
        == opportunities)
  }

  @Test("a rate that lasts up to the latest time that a row may have is read again")
  func longRates() throws {
    for last in ["857400697", "999999999.999"] {
      let timeline = try rate("time_ms,kbps\n0,500\n200,44.5\n\(last),8.999\n")
      let written = String(decoding: TraceWriter.text(timeline, as: .rate), as: UTF8.self)
      #expect(try rate(written) == timeline)
    }
    #expect(throws: TraceError.self) { try rate("time_ms,kbps\n0,500\n1000000000,8\n") }
  }

  @Test("steps as opportunities keep the rate, those as steps again the octets")
  func conversions() throws {
    // 1200 kbit/s are an opportunity each 10 ms, and the silence takes none.
    let steps = try rate("time_ms,kbps\n0,1200\n40,0\n100,600\n140,\n")
    let mahimahi = TraceWriter.text(steps, as: .mahimahi)
    #expect(String(decoding: mahimahi, as: UTF8.self) == "10\n20\n30\n40\n120\n140\n")
    guard case .rate(let opportunities) = try trace(mahimahi).trace else { return }
    #expect(
      String(decoding: TraceWriter.text(opportunities, as: .rate), as: UTF8.self)
        == "time_ms,kbps\n0,480\n100,600\n140,\n")
  }
}
