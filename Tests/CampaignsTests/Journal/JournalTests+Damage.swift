import Foundation
import Testing

@testable import Campaigns

/// What a bad disk or cable does to a journal.
extension JournalTests {
  @Test("an altered octet costs the result it stands in, and no other")
  func altered() throws {
    try withFolder { path in
      let whole = try octets(in: path)
      let results = JournalFormat.prefixOctets + 8 + header.payload.count
      let size = (whole.count - results) / 3
      let file = path + "/journal.avpf"
      for place in results..<whole.count {
        for mask in [0x10, 0x80] as [UInt8] {
          var octets = whole
          octets[place] ^= mask
          try Data(octets).write(to: URL(fileURLWithPath: file))
          let hit = (place - results) / size
          let found = try JournalFile(reading: file)
          #expect(found.openJobs(of: .whole) == [hit, 3, 4].sorted(), "octet \(place)")
          for number in [0, 1, 2] where number != hit {
            #expect(try found.report(of: number) == report(number, "\(number)"))
          }
          let begin = results + hit * size
          #expect(found.damage == (hit == 2 ? [] : [begin..<begin + size]))
        }
      }
    }
  }

  /// Three results of the same size.
  private func octets(in path: String) throws -> [UInt8] {
    do {
      let journal = try Journal(folder: path, header: header, beginning: .new)
      for number in 0..<3 { try journal.append(report(number, "\(number)")) }
    }
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/journal.avpf")))
  }

  @Test("a damaged journal is not thrown away unasked, and is gone on from with all that is sound")
  func damaged() throws {
    try withFolder { path in
      let whole = try octets(in: path)
      let results = JournalFormat.prefixOctets + 8 + header.payload.count
      let size = (whole.count - results) / 3
      let file = path + "/journal.avpf"
      func write(_ octets: [UInt8]) throws {
        try Data(octets).write(to: URL(fileURLWithPath: file))
      }
      func refusal() throws -> String {
        let before = try Data(contentsOf: URL(fileURLWithPath: file))
        let sentence = sentence {
          _ = try Journal(folder: path, header: header, beginning: .new)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
        return sentence
      }
      var octets = whole
      octets[results + 12] ^= 1
      try write(octets)
      #expect(
        try refusal()
          == "\(file): found 2 of 5 jobs of an earlier run and \(size) octets that are damaged or cut "
          + "off, expected --resume to go on from them or --restart to begin anew")
      do {
        let journal = try Journal(folder: path, header: header, beginning: .resume)
        #expect(
          journal.damage
            == "\(file): found \(size) damaged octets from octet \(results) on, expected results; those "
            + "before and behind are sound, and 3 of 5 jobs are done again or still to be done")
        #expect(journal.openJobs == [0, 3, 4])
        try journal.append(report(0, "again"))
      }
      let again = try JournalFile(reading: file)
      #expect(again.openJobs(of: .whole) == [3, 4])
      #expect(try again.report(of: 0) == report(0, "again"))
      // Nothing is sound, and yet it is somebody's.
      try write(Array(octets[..<(results + size)]))
      #expect(try refusal().contains("found 0 of 5 jobs of an earlier run and \(size) octets"))
      do {
        let journal = try Journal(folder: path, header: header, beginning: .resume)
        #expect(journal.damage == nil && journal.openJobs == [0, 1, 2, 3, 4])
      }
      #expect(names(path).isEmpty)
    }
  }

  @Test("a header that is altered hides results, which must not be thrown away")
  func alteredHeader() throws {
    try withFolder { path in
      let whole = try octets(in: path)
      let file = path + "/journal.avpf"
      let begin = JournalFormat.prefixOctets
      // Its length, which may lead beyond the file's end; its checksum; its last octet.
      for place in [begin, begin + 2, begin + 5, begin + 7 + header.payload.count] {
        var octets = whole
        octets[place] ^= 0x10
        try Data(octets).write(to: URL(fileURLWithPath: file))
        let refusal = sentence {
          _ = try Journal(folder: path, header: header, beginning: .resume)
        }
        #expect(
          refusal
            == "\(file): found a journal whose beginning is damaged, expected a sound one (avpfsim suite "
            + "with --restart begins it anew)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data(octets))
      }
    }
  }
}
