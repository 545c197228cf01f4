// swift-tools-version: 6.1
import PackageDescription

// Top to bottom as in the architecture page: a target may depend only on targets below it.
let package = Package(
  name: "avpfsim",
  products: [
    .executable(name: "avpfsim", targets: ["avpfsim"]),
    // For the Benchmarks and Fuzz packages, which measure and attack these from outside.
    .library(name: "Campaigns", targets: ["Campaigns"]),
    .library(name: "Configuration", targets: ["Configuration"]),
    .library(name: "Results", targets: ["Results"]),
    .library(name: "CallSimulation", targets: ["CallSimulation"]),
    .library(name: "MediaSession", targets: ["MediaSession"]),
    .library(name: "NetworkModels", targets: ["NetworkModels"]),
    .library(name: "Signalling", targets: ["Signalling"]),
    .library(name: "VP8Codec", targets: ["VP8Codec"]),
    .library(name: "WireFormats", targets: ["WireFormats"]),
    .library(name: "SimulationKernel", targets: ["SimulationKernel"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .executableTarget(
      name: "avpfsim",
      dependencies: [
        "Campaigns", "CallSimulation", "Configuration", "Results", "VP8Codec", "NetworkModels",
        "SimulationKernel",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(
      name: "Campaigns",
      dependencies: [
        "CallSimulation", "Configuration", "Results", "MediaSession", "Signalling", "VP8Codec",
        "NetworkModels", "WireFormats", "SimulationKernel", "CFork",
      ]),
    .target(
      name: "Configuration",
      dependencies: ["SimulationKernel", .product(name: "Yams", package: "Yams")]),
    .target(
      name: "CallSimulation",
      dependencies: [
        "Results", "MediaSession", "Signalling", "VP8Codec", "NetworkModels", "WireFormats",
        "SimulationKernel",
      ]),
    .target(
      name: "Results",
      dependencies: [
        "SimulationKernel", .product(name: "Mustache", package: "swift-mustache"),
      ],
      // Intervals are held to what they say over hundreds of data sets with hundreds of resamples each.
      swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .target(name: "MediaSession", dependencies: ["WireFormats", "SimulationKernel"]),
    .target(
      name: "Signalling", dependencies: ["NetworkModels", "WireFormats", "SimulationKernel"]),
    .target(
      name: "VP8Codec", dependencies: ["CVPX", "CPNG", "WireFormats", "SimulationKernel"],
      // Loops over samples are a hundred times slower without it, and tests run them by the million.
      swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .target(
      name: "NetworkModels", dependencies: ["SimulationKernel"],
      // Models are held to their definitions over millions of packets.
      swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .target(name: "WireFormats"),
    .target(name: "SimulationKernel"),
    .systemLibrary(name: "CFork"),
    .systemLibrary(
      name: "CVPX", pkgConfig: "vpx", providers: [.apt(["libvpx-dev", "pkg-config"])]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev", "pkg-config"])]),
    .testTarget(name: "AvpfsimTests", dependencies: ["avpfsim", "Campaigns", "Results"]),
    .testTarget(
      name: "CampaignsTests",
      dependencies: [
        "Campaigns", "CallSimulation", "Configuration", "Results", "MediaSession", "Signalling",
        "VP8Codec", "NetworkModels", "WireFormats", "SimulationKernel",
      ]),
    .testTarget(
      name: "ConfigurationTests",
      dependencies: [
        "Configuration", "SimulationKernel", .product(name: "Yams", package: "Yams"),
      ]),
    .testTarget(name: "CallSimulationTests", dependencies: ["CallSimulation"]),
    .testTarget(name: "ResultsTests", dependencies: ["Results"]),
    .testTarget(name: "MediaSessionTests", dependencies: ["MediaSession"]),
    .testTarget(name: "SignallingTests", dependencies: ["Signalling"]),
    .testTarget(name: "VP8CodecTests", dependencies: ["VP8Codec", "CPNG"]),
    .testTarget(name: "NetworkModelsTests", dependencies: ["NetworkModels"]),
    .testTarget(name: "WireFormatsTests", dependencies: ["WireFormats"]),
    .testTarget(name: "SimulationKernelTests", dependencies: ["SimulationKernel"]),
  ],
  swiftLanguageModes: [.v6]
)
