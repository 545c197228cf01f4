import Configuration
import Foundation
import Testing
import WireFormats

@testable import Campaigns

@Suite("Traces from captures")
struct TraceImportTests {
  /// 30 packets a second from 65530 on, so that numbers wrap; those named are lost.
  private func capture(
    _ numbers: [Int], delay: (Int) -> Double = { _ in 0 }, builder: CaptureBuilder? = nil
  ) -> CaptureBuilder {
    var builder = builder ?? CaptureBuilder()
    for number in numbers {
      builder.rtp(
        65_530 + number, timestamp: -5_000 + number * 3_000,
        at: Double(number) * 100 / 3 + delay(number))
    }
    return builder
  }

  // MARK: Losses

  @Test("gaps are losses, across the wrap of numbers, with times and octets between neighbours")
  func gaps() throws {
    let imported = try ImportedCapture(
      capture([0, 1, 4, 5, 6, 8], delay: { $0 == 4 ? 12.3456 : 0 }).octets)
    #expect(
      imported.rows == [
        "0.000,0,0.000,100", "33.333,0,0.000,100", "66.667,1,,100", "100.000,1,,100",
        "133.333,0,12.346,100", "166.667,0,0.000,100", "200.000,0,0.000,100", "233.333,1,,100",
        "266.667,0,0.000,100",
      ])
    let summary = imported.result.summary
    #expect(summary.packets == 9 && summary.lost == 3)
    #expect(summary.bursts == 2 && summary.longestBurst == 2 && summary.meanBurst == 1.5)
    #expect(summary.octets == 600 && summary.reordered == 0 && summary.duplicates == 0)
    #expect(imported.warnings == [])
  }

  @Test("what comes late is not lost, what comes twice counts once")
  func reordering() throws {
    let imported = try ImportedCapture(
      capture([2, 0, 1, 3, 5, 5, 6, 7, 4, 8, 6], delay: { $0 == 4 ? 150 : 0 }).octets)
    #expect(imported.losses == [Bool](repeating: false, count: 9))
    #expect(imported.rows[4].hasPrefix("133.333,0,150.000"))
    #expect(imported.result.summary.reordered == 3)
    #expect(imported.result.summary.duplicates == 2)
  }

  @Test("any pattern of losses over several cycles of numbers comes back")
  func patterns() throws {
    var state: UInt64 = 5
    var lost: [Bool] = []
    for _ in 0..<140_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Bursts of two on average, now and then a long one.
      let draw = state >> 40
      if draw & 0xFFFF == 7 {
        lost += [Bool](repeating: true, count: Int(draw & 0xFF) + 100)
      } else {
        lost.append(lost.last == true ? draw & 1 == 0 : draw & 15 == 0)
      }
    }
    lost[0] = false
    lost[lost.count - 1] = false
    let imported = try ImportedCapture(capture(lost.indices.filter { !lost[$0] }).octets)
    #expect(imported.losses == lost)
    #expect(imported.result.summary.lost == lost.count { $0 })
  }

  @Test("an outage longer than appendix A.1 of RFC 3550 allows is told by the sender's clock")
  func outage() throws {
    let numbers = Array(0..<50) + Array(20_000..<20_050)
    let imported = try ImportedCapture(capture(numbers).octets)
    #expect(imported.result.summary.lost == 19_950 && imported.result.summary.bursts == 1)
  }

  @Test("a numbering that begins anew is no loss, and is told")
  func restart() throws {
    var builder = capture(Array(0..<40))
    for number in 0..<40 {
      builder.rtp(
        30_000 + number, timestamp: 5_000_000 + number * 3_000, at: 1_400 + Double(number) * 33.3)
    }
    let imported = try ImportedCapture(builder.octets)
    #expect(imported.result.summary.packets == 80 && imported.result.summary.lost == 0)
    #expect(
      imported.warnings
        == ["the stream's numbering began anew 1 times; nothing counts as lost there"])
    #expect(imported.result.summary.longestDelay < 2_000_000)
  }

  @Test("a timestamp that jumps leaves delays as they are")
  func clockJump() throws {
    var builder = capture(Array(0..<40))
    for number in 40..<80 {
      builder.rtp(
        65_530 + number, timestamp: 9_000_000 + number * 3_000, at: Double(number) * 100 / 3)
    }
    let summary = try ImportedCapture(builder.octets).result.summary
    #expect(summary.packets == 80 && summary.longestDelay < 1_000_000)
  }

  @Test("jitter is that of RFC 3550")
  func jitter() throws {
    // Every other packet 16 ms late: differences of 16 ms, so J converges to that.
    let imported = try ImportedCapture(
      capture(Array(0..<500), delay: { $0 % 2 == 0 ? 0 : 16 }).octets)
    #expect(abs(imported.result.summary.highestJitter / 1e6 - 16) < 0.01)
    #expect(abs(imported.result.summary.meanDelay / 1e6 - 8) < 0.01)
  }

  // MARK: Streams

  @Test("the video with most octets is taken, RTCP and what only looks like RTP are left alone")
  func choice() throws {
    var builder = CaptureBuilder()
    let audio = CaptureBuilder.Stream(source: 1, payloadType: 111, port: 5_002)
    let small = CaptureBuilder.Stream(source: 2, payloadType: 97, port: 5_004)
    let large = CaptureBuilder.Stream(source: 3, payloadType: 96, port: 5_004)
    for index in 0..<100 {
      let time = Double(index) * 20
      builder.rtp(index, timestamp: index * 960, at: time, audio, payload: 1_000)
      builder.rtp(index, timestamp: index * 1_800, at: time, small)
      builder.rtp(index, timestamp: index * 1_800, at: time, large, payload: 100)
      // A sender report; STUN; version 2 with numbers from nowhere.
      builder.udp(
        hex("80C80006 00000003") + [UInt8](repeating: 0, count: 20), at: time, port: 5_005)
      builder.udp(hex("00010000 2112A442") + [UInt8](repeating: 1, count: 12), at: time)
      let number = UInt16(truncatingIfNeeded: index * 7_919)
      builder.udp(
        [0x80, 0x60, UInt8(number >> 8), UInt8(number & 0xFF)]
          + [UInt8](repeating: 9, count: 20), at: time, port: 5_006)
    }
    let imported = try ImportedCapture(builder.octets)
    #expect(imported.result.streams.map(\.source) == [1, 3, 2])
    #expect(imported.result.stream.source == 3)
    #expect(imported.result.stream.payloadType == 96 && imported.result.stream.packets == 100)
    let text = TraceImportReport.text(imported.result, usesColour: false)
    #expect(text.contains("Took 0x00000003, the video with most octets."))
    #expect(text.contains("0x00000003 *  192.0.2.1:5004 -> 192.0.2.2:5004"))
    let chosen = try ImportedCapture(builder.octets) { $0.source = 1 }
    #expect(chosen.result.stream.source == 1)
    #expect(
      chosen.warnings == [
        "timestamps count about 48000 a second, not 90000: delays are wrong without the right "
          + "--clock-rate"
      ])
    let right = try ImportedCapture(builder.octets) {
      $0.source = 1
      $0.clockRate = 48_000
    }
    #expect(right.warnings == [] && right.result.summary.longestDelay < 1_000)
  }

  @Test("an SSRC or an interface that is not there is refused with those that are")
  func refusals() throws {
    let octets = capture(Array(0..<20)).octets
    func sentence(_ change: (inout TraceImport.Options) -> Void) throws -> String {
      do {
        _ = try ImportedCapture(octets, change)
        return ""
      } catch let error as ConfigurationError {
        return error.description
      }
    }
    #expect(try sentence { $0.source = 9 }.hasPrefix("--ssrc: found 0x00000009, expected "))
    #expect(try sentence { $0.source = 9 }.hasSuffix("'s only stream, 0x01020304"))
    #expect(try sentence { $0.interface = "wlan" }.hasPrefix("--interface: found \"wlan\""))
    #expect(try sentence { $0.interface = "1" }.hasSuffix(": 0 (eth0)"))
    #expect(throws: Never.self) { try ImportedCapture(octets) { $0.interface = "eth0" } }
  }

  // MARK: Interfaces

  /// 100 packets that leave at interface 0 and arrive 40 ms later at 1, those lost left out.
  private func twoInterfaces(lost: Set<Int>, order: [UInt32] = [0, 1]) -> [UInt8] {
    var passing: [(time: Double, number: Int, interface: UInt32)] = []
    for number in 0..<100 {
      passing.append((Double(number) * 20, number, order[0]))
      if !lost.contains(number) { passing.append((Double(number) * 20 + 40, number, order[1])) }
    }
    var builder = CaptureBuilder(interfaces: ["near", "far"])
    for packet in passing.sorted(by: { ($0.time, $0.number) < ($1.time, $1.number) }) {
      builder.rtp(
        packet.number, timestamp: packet.number * 1_800, at: packet.time,
        CaptureBuilder.Stream(interface: packet.interface))
    }
    return builder.octets
  }

  @Test(
    "where both ends are in a capture, losses are those on the way", arguments: [[0, 1], [1, 0]])
  func interfaces(order: [UInt32]) throws {
    // The first and those near the end too, which no gap shows.
    let lost: Set = [0, 1, 10, 11, 50, 95, 96]
    let imported = try ImportedCapture(twoInterfaces(lost: lost, order: order))
    #expect(imported.result.stream.interface == Int(order[1]))
    #expect(imported.result.stream.earlierInterface == Int(order[0]))
    #expect(Set(imported.losses.indices.filter { imported.losses[$0] }) == lost)
    #expect(imported.result.summary.duplicates == 0 && imported.rows.count == 100)
    #expect(imported.rows[10] == "200.000,1,,100")
  }

  @Test("one interface is looked at alone where it is named")
  func oneInterface() throws {
    let octets = twoInterfaces(lost: [10, 99])
    let near = try ImportedCapture(octets) { $0.interface = "near" }
    #expect(near.result.summary.packets == 100 && near.result.summary.lost == 0)
    let far = try ImportedCapture(octets) { $0.interface = "1" }
    #expect(far.result.summary.packets == 99 && far.result.summary.lost == 1)
  }

  // MARK: Files

  @Test("a capture that was cut off is used up to the cut, and says so")
  func cutOff() throws {
    let octets = capture(Array(0..<20)).octets
    let imported = try ImportedCapture(Array(octets.dropLast(5)))
    #expect(imported.result.summary.packets == 19)
    #expect(imported.warnings == ["cut off within packet 20, used up to there"])
  }

  @Test("what the file holds besides is counted and told")
  func leftOut() throws {
    var builder = capture(Array(0..<20))
    builder.append(
      PcapngInterfaceDescription(linkType: 127, name: "wlan0").octets()
        + PcapngEnhancedPacket(interface: 1, timestamp: 9, octets: [1, 2, 3]).octets())
    builder.append(hex("00000003 00000014 00000001 BB000000 00000014"))
    let fragment = hex("45000020 00010002 40110000 C0000201 C6336402 1234 0050 000C 0000 AABBCCDD")
    builder.append(
      PcapngEnhancedPacket(interface: 0, timestamp: 9, octets: fragment).octets()
        + PcapngEnhancedPacket(interface: 0, timestamp: 9, octets: [0x45]).octets())
    #expect(
      try ImportedCapture(builder.octets).warnings == [
        "left out 1 packets of link types that are not read, the first 127",
        "left out 1 fragments of IP packets behind the first",
        "left out 1 packets that end before UDP's header does",
        "left out 1 packets without a time (simple packet blocks)",
      ])
  }

  @Test("what is no capture, or has no stream, is refused in a sentence with the file")
  func refusedFiles() throws {
    func sentence(_ octets: [UInt8]) throws -> String {
      do {
        _ = try ImportedCapture(octets)
        return ""
      } catch let error as ConfigurationError {
        #expect(error.place.file.hasSuffix(".pcapng"))
        return error.problem
      }
    }
    #expect(
      try sentence([])
        == "the file ends before a capture's header, expected a pcap or pcapng file")
    #expect(try sentence([UInt8](repeating: 0, count: 1_000)).hasPrefix("magic number at octet 0"))
    #expect(
      try sentence(CaptureBuilder().octets)
        == "found no RTP stream in 0 packets, expected packets of one source with sequence "
        + "numbers that follow one another")
    var broken = capture(Array(0..<20)).octets
    broken += hex("00000006 00000008 00000000")
    #expect(
      try sentence(broken).hasPrefix(
        "packet 21: pcapng block length at octet \(broken.count - 8): found length 8"))
    #expect(throws: ConfigurationError.self) {
      try TraceImport(TraceImport.Options(capture: NSTemporaryDirectory()))
    }
  }

  @Test("a damaged capture is refused or used, whatever is broken")
  func damage() throws {
    let good = twoInterfaces(lost: [3, 4, 50])
    var state: UInt64 = 11
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var taken = 0
    for _ in 0..<300 {
      var octets = good
      for _ in 0...below(20) {
        let place = below(octets.count)
        switch below(4) {
        case 0: octets[place] ^= 1 << UInt8(below(8))
        case 1: octets[place] = UInt8(below(256))
        // A packet's times, numbers and timestamps, without harm to the blocks around it.
        default: octets[good.count - 1 - below(100) * 108 - below(80)] = UInt8(below(256))
        }
      }
      do {
        let imported = try ImportedCapture(octets)
        #expect(imported.rows.count == imported.result.summary.packets)
        taken += 1
      } catch let error as ConfigurationError {
        #expect(!error.problem.contains("\n"))
      }
    }
    #expect(taken > 10 && taken < 300)
  }

  @Test("sources by the thousand that come once do not fill the memory, nor hide a stream")
  func chance() throws {
    var builder = CaptureBuilder()
    for index in 0..<30_000 {
      builder.rtp(
        index, timestamp: index, at: Double(index),
        CaptureBuilder.Stream(source: UInt32(index + 10)), payload: 0)
      if index % 300 == 0 {
        builder.rtp(index / 300, timestamp: index * 90, at: Double(index))
      }
    }
    let imported = try ImportedCapture(builder.octets)
    #expect(imported.result.streams.count == 1)
    #expect(imported.result.summary.packets == 100)
  }
}

/// Octets from hexadecimal digits; spaces only part them for the reader's eye.
private func hex(_ digits: String) -> [UInt8] {
  let values = digits.filter { !$0.isWhitespace }.map { UInt8($0.hexDigitValue!) }
  return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
}
