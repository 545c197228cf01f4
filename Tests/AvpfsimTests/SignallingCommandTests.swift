import Foundation
import Testing

@Suite("Command line: signalling")
struct SignallingCommandTests {
  @Test("prints one table, and writes a row for each message; the same seed the same rows")
  func sample() throws {
    try Program.withFolder { folder in
      let arguments = [
        "signalling", "--loss", "20%", "--hops", "2", "--connections", "2", "--messages", "50",
      ]
      let first = try Program.run(arguments + ["--csv", "a.csv"], in: folder)
      #expect(first.code == 0 && first.complaint.isEmpty)
      #expect(first.output.contains("warm TLS 1.3 over 2 hops, round trip 50ms and loss 20% a hop"))
      #expect(first.output.contains("messages  100"))
      let rows = try String(
        contentsOfFile: folder + "/a.csv", encoding: .utf8)
      let lines = rows.split(separator: "\n")
      #expect(lines.count == 101 && lines[0] == "connection,message,sent_ms,delay_ms")
      #expect(lines[1].hasPrefix("0,0,0.000,") && lines[51].hasPrefix("1,0,0.000,"))
      _ = try Program.run(arguments + ["--csv", "b.csv"], in: folder)
      #expect(
        try String(contentsOfFile: folder + "/b.csv", encoding: .utf8) == rows)
      _ = try Program.run(arguments + ["--csv", "c.csv", "--seed", "2"], in: folder)
      #expect(
        try String(contentsOfFile: folder + "/c.csv", encoding: .utf8) != rows)
    }
  }

  @Test("cold connections are told by their parts; what never arrives has no delay")
  func cold() throws {
    try Program.withFolder { folder in
      let result = try Program.run(
        [
          "signalling", "--cold", "--connections", "1", "--messages", "2", "--csv", "a.csv",
          "--script", "drop syn 1,2,3,4,5,6,7,8,9,10,11",
        ], in: folder)
      #expect(result.code == 0)
      for part in ["connecting", "TLS", "message", "in all", "2 never arrived"] {
        #expect(result.output.contains(part))
      }
      let rows = try String(
        contentsOfFile: folder + "/a.csv", encoding: .utf8)
      #expect(rows.hasPrefix("connection,message,sent_ms,delay_ms,connect_ms,handshake_ms\n"))
      #expect(rows.contains("0,0,0.000,,,\n"))
    }
  }

  @Test("a file that cannot be written is a fault, and no table is printed")
  func unwritable() throws {
    let result = try Program.run(["signalling", "--messages", "1", "--csv", "missing/a.csv"])
    #expect(result.code == 3 && result.output.isEmpty)
    #expect(result.complaint.contains("missing/a.csv"))
  }
}
