import ArgumentParser
import Campaigns
import VP8Codec

extension VP8EncoderPreset: ExpressibleByArgument {}

/// `avpfsim settings`
struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "List the codec's settings, or take over those of ffmpeg or vpxenc.",
    discussion: """
      Prints a table of all keys under codec, with ranges and presets; with --preset or --from, \
      what to paste into a scenario. What --from cannot take over as it is, it names on standard \
      error.

      Example:
        avpfsim settings
        avpfsim settings --preset webrtc
        avpfsim settings --from "vpxenc --codec=vp8 --rt --cpu-used=-6 --target-bitrate=500"
      """)

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("A command line of ffmpeg or vpxenc, in quotes.", valueName: "command"))
  var from: String?

  @Option(name: .long, help: "none, linphone, webrtc, ffmpeg or vpxenc-rt.")
  var preset: VP8EncoderPreset?

  func validate() throws {
    if from != nil, preset != nil {
      throw ValidationError("--preset: found with --from, expected one of them")
    }
  }

  func run() throws {
    if let from {
      let result = try CodecImport(commandLine: from)
      for note in result.notes { Terminal.complain(note) }
      print(CodecSettingsText.yaml(result), terminator: "")
    } else if let preset {
      print(CodecSettingsText.yaml(preset: preset), terminator: "")
    } else {
      print(CodecSettingsText.table(), terminator: "")
    }
  }
}
