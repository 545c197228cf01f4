import CFork
import Configuration
import Foundation

/// A worker process's life: it reads a document, then job numbers, and answers each with its rows.
public enum Worker {
  /// Serves until the input ends.
  ///
  /// - Parameter follower: how probes are followed; to branch, the process has one thread.
  /// - Returns: the exit code: 0 at the input's end, 3 where the other end breaks the protocol.
  public static func serve(
    input: Int32, output: Int32, follower: ProbeFollower = .branching
  ) -> Int32 {
    // The parent decides when work ends; a key pressed at the terminal must not look like a crash.
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    guard staysWithParent(input) else { return 0 }
    var frames = PipeFrameReader()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var jobs: [Job]?
    var clips = ClipShelf()
    do {
      while true {
        while let payload = try frames.next() {
          guard let known = jobs else {
            jobs = try CampaignDocument(payload: payload).jobs()
            continue
          }
          var fields = PipeFields(payload[...])
          let number = Int(try fields.number())
          guard known.indices.contains(number) else { throw PipeError() }
          let report = JobReport(
            simulating: known[number], number: number, follower: follower, clips: &clips)
          var answer: [UInt8] = []
          PipeFrame.append(report.payload, to: &answer)
          guard Descriptor.write(answer, to: output) else { return 0 }
        }
        let count = Descriptor.read(input, into: &buffer)
        guard count > 0 else { return count == 0 ? 0 : 3 }
        frames.append(buffer[..<count])
      }
    } catch {
      return 3
    }
  }

  /// Has this process end with its parent, even in the middle of a job; false where the parent is gone
  /// already, which its end of the pipe tells.
  private static func staysWithParent(_ input: Int32) -> Bool {
    cfork_end_with_parent()
    var state = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) <= 0 || state.revents & Int16(POLLHUP) == 0
  }
}

extension CampaignDocument {
  /// The frame's payload.
  var payload: [UInt8] {
    var octets: [UInt8] = []
    PipeFrame.append(kind.rawValue, to: &octets)
    PipeFrame.append(file, to: &octets)
    PipeFrame.append(text, to: &octets)
    PipeFrame.append(seed.map { "\($0)" } ?? "", to: &octets)
    for field in validation?.fields ?? [] { PipeFrame.append(field, to: &octets) }
    return octets
  }

  init(payload: [UInt8]) throws(PipeError) {
    var fields = PipeFields(payload[...])
    guard let kind = Kind(rawValue: try fields.text()) else { throw PipeError() }
    self.kind = kind
    file = try fields.text()
    text = try fields.text()
    let seedText = try fields.text()
    seed = UInt64(seedText)
    if !fields.isAtEnd {
      var texts: [String] = []
      for _ in 0..<ValidationPart.fieldCount { texts.append(try fields.text()) }
      validation = try ValidationPart(fields: texts)
    }
    guard seedText.isEmpty || seed != nil, fields.isAtEnd else { throw PipeError() }
  }
}
