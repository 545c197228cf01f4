// swift-tools-version: 6.1
import PackageDescription

// A package of its own, since everything in it is built with libFuzzer's instruments: `make fuzz`.
// How to add a target stands in README.md beside this file.
let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "avpfsim", path: "..")],
  targets: [
    fuzzer("rtp-vp8", of: "WireFormats"),
    fuzzer("rtcp", of: "WireFormats"),
    fuzzer("sip", of: "WireFormats"),
    fuzzer("sdp", of: "Campaigns", "Signalling", "WireFormats"),
    fuzzer("y4m", of: "WireFormats"),
    fuzzer("ivf", of: "WireFormats"),
    fuzzer("vp8-frame", of: "WireFormats"),
    fuzzer("depacketizer", of: "MediaSession", "SimulationKernel", "WireFormats"),
    fuzzer("pcapng", of: "WireFormats"),
    fuzzer("capture", of: "WireFormats"),
    fuzzer("csv", of: "Results"),
    fuzzer("scenario", of: "Campaigns", "Configuration"),
    fuzzer(
      "signalling-options", of: "Campaigns", "CallSimulation", "Configuration", "Signalling"),
    fuzzer("codec-import", of: "Campaigns", "Configuration", "VP8Codec"),
    fuzzer("trace", of: "Campaigns", "Configuration", "NetworkModels", "SimulationKernel"),
    fuzzer("journal", of: "Campaigns", "Results"),
    .target(
      name: "FuzzSupport", dependencies: ["CLibFuzzer"] + modules(["WireFormats"]), path: "Support"),
    .systemLibrary(name: "CLibFuzzer", path: "CLibFuzzer"),
    .executableTarget(
      name: "seeds",
      dependencies: modules([
        "Campaigns", "NetworkModels", "Results", "Signalling", "SimulationKernel", "WireFormats",
      ]),
      path: "Seeds"),
  ],
  swiftLanguageModes: [.v6]
)

/// An executable of libFuzzer: the folder of its name in Targets/.
func fuzzer(_ name: String, of moduleNames: String...) -> Target {
  .executableTarget(
    name: name, dependencies: ["FuzzSupport"] + modules(moduleNames), path: "Targets/\(name)")
}

func modules(_ names: [String]) -> [Target.Dependency] {
  names.map { .product(name: $0, package: "avpfsim") }
}
