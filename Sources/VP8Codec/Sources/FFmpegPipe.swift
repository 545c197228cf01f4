#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// ffmpeg as a child process that turns any container into Y4M.
final class FFmpegPipe {
  /// The Y4M stream.
  let input: OctetInput
  private let file: String
  private var process: pid_t = 0
  /// What ffmpeg says about errors: a temporary file without a name.
  private let messages: UnsafeMutablePointer<FILE>
  private var isRunning = true

  init(path: String, program: String = "ffmpeg") throws(ClipError) {
    file = path
    var ends: [Int32] = [0, 0]
    guard let messages = tmpfile(), Self.makePipe(&ends) == 0 else {
      throw .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    self.messages = messages
    input = OctetInput(descriptor: ends[0], name: path)
    // "file:" keeps a name that looks like an option or a protocol from being taken for one.
    let arguments = [
      program, "-nostdin", "-v", "error", "-i", "file:" + path, "-map", "0:v:0", "-f",
      "yuv4mpegpipe", "-pix_fmt", "yuv420p", "-",
    ]
    let code = Self.spawn(arguments, output: ends[1], errors: fileno(messages), &process)
    close(ends[1])
    guard code == 0 else {
      isRunning = false
      if code == ENOENT { throw .ffmpegMissing(file: path) }
      throw .ffmpegFailed(file: path, message: String(cString: strerror(code)))
    }
  }

  deinit {
    if isRunning {
      // It may be blocked in a write that nobody reads any more, where it heeds no other signal.
      kill(process, SIGKILL)
      _ = wait()
    }
    fclose(messages)
  }

  /// A pipe that no child inherits but as its standard output: a child that held the reading end
  /// would never notice that nobody reads, one that held the writing end would keep it open.
  private static func makePipe(_ ends: inout [Int32]) -> Int32 {
    let code = pipe(&ends)
    if code == 0 {
      _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
      _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    }
    return code
  }

  private static func spawn(
    _ arguments: [String], output: Int32, errors: Int32, _ process: inout pid_t
  ) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    var texts: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for text in texts { free(text) } }
    return posix_spawnp(&process, arguments[0], &actions, nil, &texts, environ)
  }

  private func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    isRunning = false
    return status
  }

  /// To be called at the end of the stream: whether ffmpeg thinks so too.
  func finish() throws(ClipError) {
    guard wait() != 0 else { return }
    // The last line is the one that sums up.
    rewind(messages)
    var octets = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&octets, 1, octets.count, messages)
    let last = octets[..<count].split(separator: 0x0A).last
    let text = last.map { OctetInput.text($0) } ?? "it gave no reason"
    throw .ffmpegFailed(file: file, message: text)
  }
}
