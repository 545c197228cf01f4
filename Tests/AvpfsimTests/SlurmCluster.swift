import Foundation

/// A Slurm of one node on this machine, with daemons of its own: slurmctld, slurmd and munged.
final class SlurmCluster {
  static let programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo"]

  /// Daemons stand in /usr/sbin, which is not on everybody's PATH.
  static func program(_ name: String) -> String? {
    ["/usr/sbin/\(name)", "/usr/local/sbin/\(name)"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    } ?? Program.installed(name)
  }

  static var isPossible: Bool { geteuid() == 0 && programs.allSatisfy { program($0) != nil } }

  private struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private let folder: String
  private var configuration: String { folder + "/slurm.conf" }
  private var pidFiles: [String] { ["d", "ctld", "munge/d"].map { "\(folder)/\($0).pid" } }

  /// Starts it with its files in a folder, and waits until the node takes jobs.
  init(folder: String) throws {
    self.folder = folder
    for name in ["munge", "state", "spool"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    }
    let key = Data((0..<128).map { _ in UInt8.random(in: 0...255) })
    FileManager.default.createFile(
      atPath: folder + "/munge/key", contents: key, attributes: [.posixPermissions: 0o400])
    try text().write(toFile: configuration, atomically: true, encoding: .utf8)
    let munge = folder + "/munge"
    do {
      try start(
        "munged",
        [
          "--key-file=\(munge)/key", "--socket=\(munge)/s", "--pid-file=\(munge)/d.pid",
          "--log-file=\(munge)/log", "--seed-file=\(munge)/seed",
        ])
      try start("slurmctld", [])
      try start("slurmd", [])
      for _ in 0..<100 {
        if try run("sinfo", ["-h", "-o", "%T"]).output == "idle\n" { return }
        usleep(200_000)
      }
      throw Failure(description: "the node is not idle after 20 s")
    } catch {
      end()
      throw error
    }
  }

  /// Runs one of Slurm's programs, or another with the same variables.
  func run(
    _ program: String, _ arguments: [String], in folder: String? = nil, variables: [String] = []
  ) throws -> Program.Result {
    let path = program.hasPrefix("/") ? program : Self.program(program) ?? program
    return try Program.run(
      executable: "/usr/bin/env", ["SLURM_CONF=\(configuration)"] + variables + [path] + arguments,
      in: folder)
  }

  /// Waits until no job is left; false after a minute.
  func becomesEmpty() throws -> Bool {
    for _ in 0..<300 {
      if try run("squeue", ["-h"]).output.isEmpty { return true }
      usleep(200_000)
    }
    return false
  }

  /// Ends the daemons, by the ids in their files, and waits for their end.
  func end() {
    for file in pidFiles {
      guard let text = try? String(contentsOfFile: file, encoding: .utf8),
        let id = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
      else { continue }
      // Whoever runs the tests may have left SIGTERM blocked, which daemons inherit.
      for signal in [SIGTERM, SIGKILL] {
        kill(id, signal)
        for _ in 0..<20 where kill(id, 0) == 0 { usleep(50_000) }
      }
    }
  }

  private func start(_ daemon: String, _ arguments: [String]) throws {
    // A daemon that keeps what it inherits would let the wait for its starter never end.
    let closing =
      "(for file in /proc/self/fd/*; do number=${file##*/}; "
      + "[ $number -le 2 ] || eval \"exec $number>&-\"; done; exec \"$0\" \"$@\")"
    let result = try run(
      "/bin/bash", ["-c", closing, Self.program(daemon) ?? daemon] + arguments)
    guard result.code == 0 else {
      throw Failure(description: "\(daemon) ended with \(result.code): \(result.complaint)")
    }
  }

  private func text() -> String {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    let octets = name.prefix { $0 != 0 && $0 != CChar(UInt8(ascii: ".")) }.map {
      UInt8(bitPattern: $0)
    }
    let host = String(decoding: octets, as: UTF8.self)
    return """
      ClusterName=local
      SlurmctldHost=\(host)(127.0.0.1)
      SlurmctldPort=\(Self.freePort())
      SlurmdPort=\(Self.freePort())
      SlurmUser=root
      AuthType=auth/munge
      AuthInfo=socket=\(folder)/munge/s
      StateSaveLocation=\(folder)/state
      SlurmdSpoolDir=\(folder)/spool
      SlurmctldPidFile=\(folder)/ctld.pid
      SlurmdPidFile=\(folder)/d.pid
      SlurmctldLogFile=\(folder)/ctld.log
      SlurmdLogFile=\(folder)/d.log
      ProctrackType=proctrack/linuxproc
      TaskPlugin=task/none
      SelectType=select/cons_tres
      SelectTypeParameters=CR_Core
      # Two processors and enough memory, whatever this machine has.
      SlurmdParameters=config_overrides
      # A queue that is looked at each second rather than each minute.
      SchedulerParameters=sched_interval=1,batch_sched_delay=0,bf_interval=1
      ReturnToService=2
      MpiDefault=none
      NodeName=\(host) NodeAddr=127.0.0.1 CPUs=2 RealMemory=8000 State=UNKNOWN
      PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP

      """
  }

  /// One that nobody listens on.
  private static func freePort() -> UInt16 {
    let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(socket, $0, length)
        _ = getsockname(socket, $0, &length)
      }
    }
    return UInt16(bigEndian: address.sin_port)
  }
}
