import Foundation
import Testing

@testable import Campaigns

/// What a power cut leaves of a journal.
extension JournalTests {
  @Test("the disk has what it is given: at the beginning, every two seconds, and at a shard's end")
  func settling() throws {
    try withFolder { path in
      var settled: [String] = []
      var now = 100.0
      var disk = Disk()
      disk.now = { now }
      disk.synchronize = { descriptor in
        settled.append(Descriptor.path(of: descriptor))
        return 0
      }
      let journal = try Journal(
        folder: path + "/a", header: header, isShard: true, beginning: .new, disk: disk)
      // The name of the file in its folder, and that of the new folder above.
      let folders = ["/a", ""].map { path + $0 }
      #expect(Set(folders).isSubset(of: settled), "\(settled)")
      settled = []
      for (number, time) in [(0, 100.0), (1, 101.0), (2, 101.9), (3, 102.0)] {
        now = time
        try journal.append(report(number))
      }
      #expect(settled.count == 2 && settled.allSatisfy { $0 == journal.path })
      now = 102.1
      try journal.append(report(4))
      try journal.complete()
      #expect(settled.count == 3)
    }
  }

  @Test("a disk that cannot keep a result is told, with what is kept")
  func failingDisk() throws {
    try withFolder { path in
      var disk = Disk()
      var isBroken = false
      disk.synchronize = { _ in
        errno = EIO
        return isBroken ? -1 : 0
      }
      let journal = try Journal(folder: path, header: header, beginning: .new, disk: disk)
      isBroken = true
      let error = #expect(throws: CampaignError.self) { try journal.append(report(0)) }
      #expect(
        error
          == .environment(
            "\(path)/journal.avpf cannot be written: \(String(cString: strerror(EIO)))"))
    }
  }
}
