import Foundation
import Glibc
import WireFormats

/// sipp with a scenario of its own, which plays the callee once.
final class SIPpProcess {
  /// Where sipp is, nil where it is not installed.
  static let executable: String? = ["/usr/bin/sipp", "/usr/local/bin/sipp"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  let port: UInt16
  private let process = Process()
  private let folder: URL

  init(_ transport: SIPTransport, infoAnswer: SIPStatus) throws {
    // A port that was free a moment ago.
    port = try LoopbackSocket.freePort(transport)
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sipp-\(ProcessInfo.processInfo.processIdentifier)-\(port)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let scenario = folder.appendingPathComponent("callee.xml")
    try Self.scenario(infoAnswer).write(to: scenario, atomically: true, encoding: .utf8)
    process.executableURL = URL(fileURLWithPath: Self.executable ?? "/nonexistent")
    process.arguments = [
      "-sf", scenario.path, "-i", "127.0.0.1", "-p", String(port), "-m", "1", "-nostdin",
      "-t", transport == .tcp ? "t1" : "u1", "-timeout", "20s", "-timeout_error", "-trace_err",
      "-error_file", folder.appendingPathComponent("errors.log").path,
    ]
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    if process.isRunning { process.terminate() }
    try? FileManager.default.removeItem(at: folder)
  }

  /// Waits for its end; what it found wrong, and 0 where nothing was.
  func finish() -> (status: Int32, log: String) {
    process.waitUntilExit()
    let log = try? String(
      contentsOf: folder.appendingPathComponent("errors.log"), encoding: .utf8)
    return (process.terminationStatus, log ?? "")
  }

  /// INVITE, 180, 200, ACK, INFO whose type and body are compared, the answer, BYE, 200.
  private static func scenario(_ infoAnswer: SIPStatus) -> String {
    let common = """
      [last_Via:]
      [last_From:]
      [last_Call-ID:]
      [last_CSeq:]
      """
    return """
      <?xml version="1.0" encoding="ISO-8859-1" ?>
      <!DOCTYPE scenario SYSTEM "sipp.dtd">
      <scenario name="callee">
        <recv request="INVITE" crlf="true"/>
        <send><![CDATA[
      SIP/2.0 180 Ringing
      \(common)
      [last_To:];tag=[call_number]
      Contact: <sip:sender@[local_ip]:[local_port];transport=[transport]>
      Content-Length: 0

        ]]></send>
        <send><![CDATA[
      SIP/2.0 200 OK
      \(common)
      [last_To:];tag=[call_number]
      Contact: <sip:sender@[local_ip]:[local_port];transport=[transport]>
      Content-Type: application/sdp
      Content-Length: [len]

      v=0
      o=sender 53655765 2353687637 IN IP4 127.0.0.1
      s=-
      c=IN IP4 127.0.0.1
      t=0 0
      m=video 40002 RTP/AVP 96
      a=rtpmap:96 VP8/90000
        ]]></send>
        <recv request="ACK"/>
        <recv request="INFO">
          <action>
            <ereg regexp="application/media_control.xml" search_in="hdr"
              header="Content-Type:" check_it="true" assign_to="1"/>
            <ereg regexp="media_control.*vc_primitive.*to_encoder.*picture_fast_update"
              search_in="body" check_it="true" assign_to="2"/>
          </action>
        </recv>
        <Reference variables="1,2"/>
        <send><![CDATA[
      SIP/2.0 \(infoAnswer.rawValue) \(infoAnswer.reason)
      \(common)
      [last_To:]
      Content-Length: 0

        ]]></send>
        <recv request="BYE"/>
        <send><![CDATA[
      SIP/2.0 200 OK
      \(common)
      [last_To:]
      Content-Length: 0

        ]]></send>
      </scenario>
      """
  }
}
