import Configuration
import VP8Codec

/// The settings of an ffmpeg or vpxenc command line that codes VP8, as a scenario has them.
public struct CodecImport: Sendable {
  /// The program's own defaults, which hold for what the command line leaves out.
  public let preset: VP8EncoderPreset
  public private(set) var settings: VP8EncoderSettings
  /// The picture's size, where the command line tells one that a scenario can have.
  public private(set) var size: PictureSize?
  /// Frames a second, where the command line tells a rate that a scenario can have.
  public private(set) var rate: PictureRate?
  /// A sentence for each option that cannot be had here as it is, with what stands for it and why.
  public private(set) var notes: [String] = []

  /// Reads a command line.
  ///
  /// - Parameter commandLine: as one types it, quotes included; commands before and behind ffmpeg or
  ///   vpxenc, in a pipeline or otherwise, are left alone.
  /// - Throws: `ConfigurationError` where there is no such command, where a value is none of its
  ///   option's, and where libvpx would refuse the whole.
  public init(commandLine: String) throws(ConfigurationError) {
    let (program, arguments) = try Self.program(in: commandLine)
    preset = program
    settings = program.settings()
    switch program {
    case .ffmpeg: try FFmpegOptions.read(arguments, into: &self)
    default: try VpxencOptions.read(arguments, into: &self)
    }
    do throws(VP8SettingError) {
      try settings.validateWithLibrary()
    } catch {
      throw Self.error(error.key.rawValue, error.problem)
    }
  }

  private static func program(
    in commandLine: String
  ) throws(ConfigurationError) -> (VP8EncoderPreset, [String]) {
    let commands: [[String]]
    do throws(ShellWords.UnendedQuote) {
      commands = try ShellWords.commands(in: commandLine)
    } catch {
      throw ConfigurationError(
        place: place, problem: "found no end of a quotation, expected another \(error.quote)")
    }
    for words in commands {
      for (index, word) in words.enumerated() {
        switch word.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last {
        case "ffmpeg", "ffmpeg.exe": return (.ffmpeg, Array(words[(index + 1)...]))
        case "vpxenc", "vpxenc.exe": return (.vpxencRealTime, Array(words[(index + 1)...]))
        default: continue
        }
      }
    }
    throw ConfigurationError(
      place: place,
      problem: "found \(quoted(commandLine)), expected a command line of ffmpeg or vpxenc, its "
        + "program's name included")
  }

  private static let place = ConfigurationPlace(file: "--from")

  /// An error about an option.
  static func error(_ option: String, _ problem: String) -> ConfigurationError {
    ConfigurationError(place: place, key: option, problem: problem)
  }

  // MARK: What the options do

  mutating func note(_ option: String, _ sentence: String) {
    notes.append("\(ConfigurationError(place: Self.place, key: option, problem: sentence))")
  }

  /// Takes over a value. What libvpx has and a reproducible call has not is replaced by the nearest
  /// that it has, and noted.
  mutating func set(
    _ key: VP8EncoderSettings.Key, to value: Int, option: String
  ) throws(ConfigurationError) {
    do throws(VP8SettingError) {
      try settings.set(key, to: value)
    } catch {
      guard let restriction = key.restriction else { throw Self.error(option, error.problem) }
      guard key != .cpuUsed else { return try setSpeed(value, option: option) }
      let nearest = min(max(value, key.range.lowerBound), key.range.upperBound)
      settings[key] = nearest
      note(option, "found \(value), taken as \(nearest): \(restriction)")
    }
  }

  private mutating func setSpeed(_ value: Int, option: String) throws(ConfigurationError) {
    guard (-16...16).contains(value) else {
      throw Self.error(option, "found \(value), expected -16...16")
    }
    let speed = DeterministicSpeed.standing(for: value)
    settings[.cpuUsed] = speed
    note(
      option,
      speed == DeterministicSpeed.settled
        ? "found \(value), taken as \(DeterministicSpeed.reason)"
        : "found \(value), taken as \(speed): it leaves libvpx no time, so that its speed soon is 16"
    )
  }

  /// The tool codes in real time only where it is told to.
  mutating func setDeadline(isRealTime: Bool, found: String, option: String) {
    guard !isRealTime else { return }
    note(
      option,
      "found \(found), taken as real time: a call's encoder may not take longer than a frame lasts")
  }

  mutating func setLayerBitrates(_ bitrates: [Int], option: String) {
    settings.layerBitrates = bitrates
    guard let last = bitrates.last, last != settings.targetBitrate else { return }
    settings[.targetBitrate] = last
  }

  /// Takes over a size such as `640x360`, if a scenario can have it.
  mutating func setSize(_ text: String, option: String) {
    let kind = ConfigurationValue<PictureSize>.size(width: 160...1280, height: 120...720)
    do throws(ConfigurationMismatch) {
      size = try kind.value(of: text)
    } catch {
      note(
        option, "found \(quoted(text)), left out: a scenario's video.size is \(error.expectation)")
    }
  }

  /// Takes over a rate such as `30` or `30000/1001`, if a scenario can have it.
  mutating func setRate(_ text: String, option: String) {
    do throws(ConfigurationMismatch) {
      rate = try ConfigurationValue<PictureRate>.frameRate(1...60).value(of: text)
    } catch {
      note(
        option, "found \(quoted(text)), left out: a scenario's video.rate is \(error.expectation)")
    }
  }

  /// An option that is none of those known.
  mutating func unknown(_ option: String) {
    note(
      option,
      "not known, left out; if it is a setting of libvpx, give it by its name under codec "
        + "(avpfsim settings lists them)")
  }
}

extension VP8EncoderSettings {
  /// The value by key; only within its range (checked).
  subscript(key: Key) -> Int {
    get { value(of: key) }
    set {
      do throws(VP8SettingError) {
        try set(key, to: newValue)
      } catch {
        preconditionFailure("\(error)")
      }
    }
  }
}
