import Results
import VP8Codec

/// What a journal's results belong to. Results of one header may stand in one file; those of another
/// may not come between.
public struct JournalHeader: Sendable, Equatable {
  /// avpfsim's version.
  public var version: String
  /// libvpx's version and how it was built: both decide what an encoder makes of a picture.
  public var libvpxVersion: String
  public var libvpxBuild: String
  /// Of the header lines of all CSV files: results are journaled as rows.
  public var columnsChecksum: UInt32
  public var document: CampaignDocument
  public var shard: Shard
  /// Of the whole document.
  public var jobCount: Int

  public init(
    version: String, libvpxVersion: String, libvpxBuild: String, columnsChecksum: UInt32,
    document: CampaignDocument, shard: Shard, jobCount: Int
  ) {
    self.version = version
    self.libvpxVersion = libvpxVersion
    self.libvpxBuild = libvpxBuild
    self.columnsChecksum = columnsChecksum
    self.document = document
    self.shard = shard
    self.jobCount = jobCount
  }

  /// The header of what this program does.
  public init(document: CampaignDocument, shard: Shard, jobCount: Int) {
    self.init(
      version: productVersion, libvpxVersion: VP8Codec.libvpxVersion,
      libvpxBuild: VP8Codec.libvpxBuild, columnsChecksum: Self.ownColumnsChecksum,
      document: document, shard: shard, jobCount: jobCount)
  }

  static var ownColumnsChecksum: UInt32 {
    Checksum.of(CSVFile.allCases.map(\.header).joined().utf8)
  }

  /// How results of another header differ from these, as `found ..., expected ...`; nil where both are
  /// parts of the same. The plan's file may have another name, and the shard another number.
  func difference(of other: JournalHeader) -> String? {
    func difference(_ name: String, _ mine: String, _ others: String) -> String? {
      mine == others ? nil : "found \(name) \(others), expected \(mine)"
    }
    func seed(_ document: CampaignDocument) -> String {
      document.seed.map { "seed \($0)" } ?? "the plan's own seed"
    }
    if let found = difference("results of avpfsim", version, other.version) { return found }
    if let found = difference("results of libvpx", libvpxVersion, other.libvpxVersion) {
      return found
    }
    guard libvpxBuild == other.libvpxBuild else {
      return
        "found results of a libvpx \(libvpxVersion) that was built with other options, expected "
        + "those of one build"
    }
    guard columnsChecksum == other.columnsChecksum else {
      return "found rows with other columns, expected those of this build of avpfsim"
    }
    if let place = textDifference(of: other) {
      return
        "found results of another plan, expected the same text (they differ from line \(place) on)"
    }
    if let found = difference("results of", seed(document), seed(other.document)) { return found }
    if let found = difference("a number of shards of", "\(shard.count)", "\(other.shard.count)") {
      return found
    }
    return difference("a number of jobs of", "\(jobCount)", "\(other.jobCount)")
  }

  /// The first line in which the documents differ.
  private func textDifference(of other: JournalHeader) -> Int? {
    guard document.text != other.document.text || document.kind != other.document.kind else {
      return nil
    }
    let lines = document.text.split(separator: "\n", omittingEmptySubsequences: false)
    let others = other.document.text.split(separator: "\n", omittingEmptySubsequences: false)
    let equal = zip(lines, others).prefix { $0 == $1 }
    return equal.reduce(1) { count, _ in count + 1 }
  }
}

extension JournalHeader {
  /// The first frame's payload.
  public var payload: [UInt8] {
    var octets: [UInt8] = []
    for text in [version, libvpxVersion, libvpxBuild] { PipeFrame.append(text, to: &octets) }
    for number in [Int(columnsChecksum), shard.number, shard.count, jobCount] {
      PipeFrame.append(UInt32(number), to: &octets)
    }
    return octets + document.payload
  }

  /// The reverse of `payload`.
  ///
  /// - Throws: `PipeError` where it is nothing of the kind.
  public init(payload: [UInt8]) throws(PipeError) {
    var fields = PipeFields(payload[...])
    version = try fields.text()
    libvpxVersion = try fields.text()
    libvpxBuild = try fields.text()
    columnsChecksum = try fields.number()
    let number = Int(try fields.number())
    guard let shard = Shard(number: number, count: Int(try fields.number())) else {
      throw PipeError()
    }
    self.shard = shard
    jobCount = Int(try fields.number())
    guard jobCount <= Plan.maximumJobs else { throw PipeError() }
    document = try CampaignDocument(payload: fields.remainder())
  }
}
