import Campaigns
import Configuration
import FuzzSupport

/// The input is a command line, as `avpfsim settings --from` has it.
@main
enum CodecImportFuzzer {
  static func main() { fuzz(attack) }

  private static func attack(_ octets: UnsafeRawBufferPointer) {
    guard let text = String(validating: octets, as: UTF8.self) else { return }
    let result: CodecImport
    do throws(ConfigurationError) {
      result = try CodecImport(commandLine: text)
    } catch {
      checkSentence(error.description)
      check(error.description.contains("expected "), "nothing expected: \(error)")
      return
    }
    for note in result.notes { checkSentence(note) }
    let yaml = CodecSettingsText.yaml(result)
    do throws(ConfigurationError) {
      let scenario = try ScenarioReader.read(ConfigurationFile.parse(yaml, file: "taken.yaml"))
      check(scenario.codec == result.settings, "read back as other settings: \(yaml)")
    } catch {
      check(false, "cannot be read back: \(error): \(yaml)")
    }
  }
}
