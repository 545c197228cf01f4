import Campaigns
import FuzzSupport
import Results

/// The first octet tells how a journal is cut, and whether what follows is one, or payloads of a length
/// of two octets each that are framed first: chance finds no checksum.
@main
enum JournalFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ input: UnsafeRawBufferPointer) {
    guard let first = input.first else { return }
    let rest = Array(input[1...])
    let octets = first & 0x80 == 0 ? rest : framed(rest)
    let chunk = 1 + Int(first & 0x7F)
    let whole = scan(octets, chunk: max(1, octets.count))
    let cut = scan(octets, chunk: chunk)
    switch (whole, cut) {
    case (.failure(let one), .failure(let other)):
      check(one == other, "\(one) and, in chunks of \(chunk), \(other)")
    case (.success(let one), .success(let other)):
      check(
        one.header == other.header && one.places == other.places, "otherwise in chunks of \(chunk)")
      check(one.soundOctets == other.soundOctets, "more or less in chunks of \(chunk)")
      check(one.damage == other.damage, "other damage in chunks of \(chunk)")
      attack(one, octets)
    default: check(false, "refused or not as it is cut")
    }
  }

  private static func framed(_ octets: [UInt8]) -> [UInt8] {
    var journal = JournalFormat.prefix
    var rest = octets[...]
    while rest.count >= 2 {
      let count = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
      journal += JournalFormat.frame(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return journal + rest
  }

  private static func scan(
    _ octets: [UInt8], chunk: Int
  ) -> Result<JournalScanner, JournalScanner.Refusal> {
    var scanner = JournalScanner()
    do throws(JournalScanner.Refusal) {
      for first in stride(from: 0, to: octets.count, by: chunk) {
        try scanner.append(octets[first..<min(first + chunk, octets.count)])
      }
      scanner.finish()
      return .success(scanner)
    } catch {
      return .failure(error)
    }
  }

  private static func attack(_ scanner: JournalScanner, _ octets: [UInt8]) {
    check(scanner.soundOctets <= octets.count, "sound beyond the end")
    guard let header = scanner.header else {
      return check(scanner.places.isEmpty, "results without a header")
    }
    check((try? JournalHeader(payload: header.payload)) == header, "\(header) is not read again")
    check(
      scanner.damage.allSatisfy { !$0.isEmpty && $0.upperBound < scanner.soundOctets },
      "damage without a sound frame behind it")
    let jobs = header.shard.jobs(of: header.jobCount)
    for (number, place) in scanner.places.enumerated() {
      guard let place else { continue }
      check(jobs.contains(number), "job \(number) is not of shard \(header.shard.text)")
      check(place.offset + place.octets <= scanner.soundOctets, "\(place) is not whole")
      let payload = Array(octets[place.offset..<place.offset + place.octets])
      guard let report = try? JobReport(payload: payload) else {
        return check(false, "no result at \(place)")
      }
      check(report.number == number && report.isDisturbed == place.isDisturbed, "\(report)")
      check((try? JobReport(payload: report.payload)) == report, "\(report) is not read again")
    }
  }
}
