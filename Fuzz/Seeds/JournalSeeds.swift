import Campaigns
import Results

// The first octet: the highest bit for payloads that are still to be framed, the others for a cut.
let journals = [
  Seed("journal", "whole", [16] + JournalFormat.prefix + payloads.flatMap(JournalFormat.frame)),
  Seed(
    "journal", "cut-off",
    [3] + (JournalFormat.prefix + payloads.flatMap(JournalFormat.frame)).dropLast(9)),
  Seed("journal", "payloads", [0x80 | 7] + payloads.flatMap(counted)),
  Seed("journal", "empty", [0] + JournalFormat.prefix),
]

private let payloads: [[UInt8]] = {
  let header = JournalHeader(
    version: "1", libvpxVersion: "v1.12.0", libvpxBuild: "--enable-pic", columnsChecksum: 1,
    document: CampaignDocument(kind: .plan, file: "p.yaml", text: "groups: [{name: g}]\n", seed: 3),
    shard: Shard(number: 2, count: 3)!, jobCount: 9)
  let rows = CSVFile.allCases.map { "\($0.rawValue)\n" }
  let reports = [
    JobReport(number: 4, result: .rows(rows)), JobReport(number: 1, result: .failed("why")),
    JobReport(number: 7, result: .rows(rows), isDisturbed: true),
    JobReport(number: 7, result: .rows(rows)),
  ]
  return [header.payload] + reports.map(\.payload)
}()

private func counted(_ payload: [UInt8]) -> [UInt8] {
  [UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)] + payload
}
