// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that building avpfsim does not build the benchmark tool.
//
// A benchmark target a library: Benchmarks/<Target>Benchmarks.
let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "avpfsim", path: ".."),
    // Without its traits: they replace malloc and the runtime's reference counting.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "SimulationKernelBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "SimulationKernel", package: "avpfsim"),
      ],
      path: "Benchmarks/SimulationKernelBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "WireFormatsBenchmarks",
      dependencies: [
        "ExamplePackets",
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "WireFormats", package: "avpfsim"),
      ],
      path: "Benchmarks/WireFormatsBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "NetworkModelsBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "NetworkModels", package: "avpfsim"),
        .product(name: "SimulationKernel", package: "avpfsim"),
      ],
      path: "Benchmarks/NetworkModelsBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "CallSimulationBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "CallSimulation", package: "avpfsim"),
        .product(name: "VP8Codec", package: "avpfsim"),
        .product(name: "SimulationKernel", package: "avpfsim"),
      ],
      path: "Benchmarks/CallSimulationBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(name: "probes", path: "Probes"),
    // Not one of the benchmark tool's: a ratio taken within one run.
    .executableTarget(
      name: "overhead",
      dependencies: [
        .product(name: "CallSimulation", package: "avpfsim"),
        .product(name: "MediaSession", package: "avpfsim"),
        .product(name: "VP8Codec", package: "avpfsim"),
        .product(name: "SimulationKernel", package: "avpfsim"),
      ],
      path: "Overhead"),
    // Not one of the benchmark tool's: it counts allocations in front of malloc.
    .executableTarget(
      name: "allocations",
      dependencies: [
        "CAllocationCount", "ExamplePackets", .product(name: "WireFormats", package: "avpfsim"),
      ],
      path: "Allocations"),
    // The signalling's model beside measurements of real systems, for the documentation.
    .executableTarget(
      name: "signalling-table",
      dependencies: [
        .product(name: "Campaigns", package: "avpfsim"),
        .product(name: "CallSimulation", package: "avpfsim"),
        .product(name: "SimulationKernel", package: "avpfsim"),
      ],
      path: "SignallingTable", exclude: ["measured.csv", "scripted.csv"]),
    // Endpoint profiles beside a measured call, for the documentation.
    .executableTarget(
      name: "endpoint-table",
      dependencies: [
        .product(name: "Campaigns", package: "avpfsim"),
        .product(name: "CallSimulation", package: "avpfsim"),
        .product(name: "Configuration", package: "avpfsim"),
        .product(name: "Results", package: "avpfsim"),
        .product(name: "VP8Codec", package: "avpfsim"),
        .product(name: "SimulationKernel", package: "avpfsim"),
      ],
      path: "EndpointTable"),
    // Acknowledgement against complaint, from the results of its plan, for the documentation.
    .executableTarget(
      name: "feedback-study",
      dependencies: [
        .product(name: "Results", package: "avpfsim"),
        .product(name: "SimulationKernel", package: "avpfsim"),
      ],
      path: "FeedbackStudy", exclude: ["plan.yaml"]),
    .target(name: "CAllocationCount", path: "CAllocationCount"),
    .target(
      name: "ExamplePackets",
      dependencies: [.product(name: "WireFormats", package: "avpfsim")], path: "ExamplePackets"),
  ],
  swiftLanguageModes: [.v6]
)
