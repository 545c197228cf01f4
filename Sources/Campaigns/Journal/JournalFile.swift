import Foundation

/// A journal's file, open: where each result stands in it, and the results themselves.
final class JournalFile {
  let path: String
  let descriptor: Int32
  private(set) var places: [JournalScanner.Place?] = []
  private(set) var header: JournalHeader?
  /// Octets up to the end of the last sound frame.
  private(set) var soundOctets = 0
  /// Octets behind that, which are no sound frame.
  private(set) var restOctets = 0
  /// What stands between sound frames and is none.
  private(set) var damage: [Range<Int>] = []
  /// How many jobs have a result.
  private(set) var resultCount = 0
  private let disk: Disk
  /// When the disk had everything, by its clock.
  private var settled = -Double.infinity

  /// A result that comes so long after the disk had everything is waited for until the disk has it too.
  /// Those that come sooner go with the next one, or when the system writes back of its own accord.
  static let secondsBetweenSettling = 2.0

  /// Takes a file over, and closes it in the end; `scan` reads what it holds.
  init(path: String, descriptor: Int32, disk: Disk = Disk()) {
    self.path = path
    self.descriptor = descriptor
    self.disk = disk
  }

  /// Opens a journal to read it.
  convenience init(reading path: String) throws(CampaignError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .usage("\(path): cannot be read: \(String(cString: strerror(errno)))")
    }
    self.init(path: path, descriptor: descriptor)
    try scan()
  }

  deinit { close(descriptor) }

  /// Reads the whole file, a piece at a time.
  ///
  /// - Throws: `CampaignError.usage` where it is no journal that this program reads.
  func scan() throws(CampaignError) {
    var scanner = JournalScanner()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var octets = 0
    while !scanner.isBroken {
      let count = Descriptor.read(descriptor, into: &buffer)
      guard count >= 0 else { throw fault("read", errno) }
      guard count > 0 else { break }
      octets += count
      do throws(JournalScanner.Refusal) {
        try scanner.append(buffer[..<count])
      } catch {
        throw refusal(error)
      }
    }
    scanner.finish()
    // Results stand behind a header, so one that is damaged rather than cut off may have some.
    guard scanner.header != nil || !scanner.isBroken else {
      throw .usage(
        "\(path): found a journal whose beginning is damaged, expected a sound one (avpfsim suite with "
          + "--restart begins it anew)")
    }
    header = scanner.header
    places = scanner.places
    soundOctets = header == nil ? 0 : scanner.soundOctets
    restOctets = header == nil ? 0 : octets - soundOctets
    damage = scanner.damage
    resultCount = places.reduce(0) { $1 == nil ? $0 : $0 + 1 }
  }

  private func refusal(_ refusal: JournalScanner.Refusal) -> CampaignError {
    switch refusal {
    case .notAJournal: .usage("\(path): found something else, expected a journal of avpfsim")
    case .format(let version):
      .usage(
        "\(path): found a journal in format \(version), expected format \(JournalFormat.version)")
    }
  }

  /// A job's result; nil where there is none.
  func report(of job: Int) throws(CampaignError) -> JobReport? {
    guard let place = places[job] else { return nil }
    var octets = [UInt8](repeating: 0, count: place.octets)
    var done = 0
    while done < octets.count {
      let count = octets.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress! + done, $0.count - done, off_t(place.offset + done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw fault("read", count == 0 ? EIO : errno) }
      done += count
    }
    guard let report = try? JobReport(payload: octets), report.number == job else {
      throw fault("read", EIO)
    }
    return report
  }

  /// The jobs without a result, or with a disturbed one.
  func openJobs(of shard: Shard) -> [Int] {
    shard.jobs(of: places.count).filter { places[$0]?.isDisturbed ?? true }
  }

  /// How many results are those of processes that were ended.
  var disturbedCount: Int { places.reduce(0) { $1?.isDisturbed == true ? $0 + 1 : $0 } }

  /// Empties the file and writes a header.
  func begin(_ header: JournalHeader) throws(CampaignError) {
    guard ftruncate(descriptor, 0) == 0 else { throw fault("written", errno) }
    soundOctets = 0
    restOctets = 0
    damage = []
    resultCount = 0
    self.header = header
    places = Array(repeating: nil, count: header.jobCount)
    try write(JournalFormat.prefix + JournalFormat.frame(header.payload))
  }

  /// Cuts off what was written in part, and writes on from there.
  func goOn() throws(CampaignError) {
    guard ftruncate(descriptor, off_t(soundOctets)) == 0 else { throw fault("written", errno) }
    restOctets = 0
  }

  /// Adds a job's result.
  func append(_ report: JobReport) throws(CampaignError) {
    let payload = report.payload
    let place = JournalScanner.Place(
      offset: soundOctets + 8, octets: payload.count, isDisturbed: report.isDisturbed)
    try write(JournalFormat.frame(payload))
    if places[report.number] == nil { resultCount += 1 }
    places[report.number] = place
    if disk.now() - settled >= Self.secondsBetweenSettling { try settle() }
  }

  /// Waits until the disk has all results.
  func settle() throws(CampaignError) {
    let reason = disk.settle(descriptor)
    guard reason == 0 else { throw fault("written", reason) }
    settled = disk.now()
  }

  private func write(_ octets: [UInt8]) throws(CampaignError) {
    guard Descriptor.write(octets, to: descriptor) else {
      let reason = errno
      _ = ftruncate(descriptor, off_t(soundOctets))
      throw fault("written", reason)
    }
    soundOctets += octets.count
    try checkPresence()
  }

  /// What is written into a file without a name is lost, and no error tells.
  private func checkPresence() throws(CampaignError) {
    guard !isPresent else { return }
    throw .environment("\(path) has vanished, expected it to stay until all calls are done")
  }

  /// Whether the file still stands at its path.
  var isPresent: Bool {
    var mine = stat()
    var there = stat()
    return fstat(descriptor, &mine) == 0 && stat(path, &there) == 0 && mine.st_ino == there.st_ino
      && mine.st_dev == there.st_dev
  }

  private func fault(_ verb: String, _ reason: Int32) -> CampaignError {
    .environment("\(path) cannot be \(verb): \(String(cString: strerror(reason)))")
  }
}
