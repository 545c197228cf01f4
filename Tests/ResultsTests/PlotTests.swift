import Foundation
import SimulationKernel
import Testing

@testable import Results

@Suite("Plots")
struct PlotTests {
  @Test("plots whose data are absent are left out and said so")
  func omitted() throws {
    let calls = SummaryTableTests.calls([("pli", { _, _ in 100 })])
    let catalog = PlotCatalog(try SummaryTableTests.results(calls), frames: [])
    #expect(catalog.plots.map(\.name) == ["recovery-distribution", "causes-by-mechanism"])
    #expect(
      catalog.omitted == [
        OmittedPlot(name: "psnr-around-loss", reason: "no group one-loss"),
        OmittedPlot(name: "recovery-by-rtt", reason: "no group varies the round-trip time"),
        OmittedPlot(name: "recovery-by-loss", reason: "no group varies the loss rate"),
        OmittedPlot(name: "recovery-by-proxies", reason: "no group varies the number of proxies"),
        OmittedPlot(name: "causes-by-proxies", reason: "no group varies the number of proxies"),
        OmittedPlot(
          name: "causes-by-request-interval",
          reason: "no group varies the INFO request interval"),
        OmittedPlot(
          name: "recovery-by-situation",
          reason: "no group has all its mechanisms in several situations"),
      ])
  }

  @Test("calls without any damage have no plots but the reasons")
  func undamaged() throws {
    var call = CallRecords.example
    call.episodes = []
    let catalog = PlotCatalog(try SummaryTableTests.results([call]), frames: [])
    #expect(catalog.plots.isEmpty)
    #expect(catalog.omitted.count == 9)
    #expect(catalog.omitted[0].reason == "no episode was repaired")
  }

  @Test("a condition that only calls without damage vary has no plot")
  func variedWithoutDamage() throws {
    var calls = SummaryTableTests.calls([("pli", { _, _ in 100 })])
    for var call in SummaryTableTests.calls([("pli", { _, _ in 100 })]) {
      call.conditions.run += calls.count
      call.conditions.lossRate = 0
      call.episodes = []
      calls.append(call)
    }
    let catalog = PlotCatalog(try SummaryTableTests.results(calls), frames: [])
    #expect(
      catalog.omitted.contains(
        OmittedPlot(name: "recovery-by-loss", reason: "no group varies the loss rate")))
  }

  @Test("situations that all mechanisms met are drawn beside each other")
  func situations() throws {
    var calls: [CallRecords] = []
    for situation in ["wifi", "3g"] {
      for var call in SummaryTableTests.calls([("pli", { _, _ in 100 }), ("sli", { _, _ in 90 })]) {
        call.conditions.run = calls.count
        call.conditions.situation = situation
        calls.append(call)
      }
    }
    let plots = PlotCatalog(try SummaryTableTests.results(calls), frames: []).plots
    let plot = try #require(plots.first { $0.name == "recovery-by-situation" })
    #expect(plot.script.contains("'wifi' 2") && plot.script.contains("'3g' 1"))
    #expect(plot.alternative.contains("wifi 100 ms"))
  }

  @Test("situations in which no call was frozen have no bar, and the caption tells what that says")
  func unfrozenSituations() throws {
    func plot(frozen: Set<String>) throws -> Plot {
      var calls: [CallRecords] = []
      for situation in ["wifi", "3g"] {
        for var call in SummaryTableTests.calls([("pli", { _, _ in 100 }), ("sli", { _, _ in 90 })])
        {
          call.conditions.run = calls.count
          call.conditions.situation = situation
          let time = frozen.contains(situation) ? calls.count + 1 : 0
          call.totals.freezeTime = .milliseconds(Int64(time))
          calls.append(call)
        }
      }
      let plots = PlotCatalog(try SummaryTableTests.results(calls), frames: []).plots
      return try #require(plots.first { $0.name == "recovery-by-situation" })
    }
    let count = SummaryTableTests.calls([("pli", { _, _ in 100 })]).count
    let bound = try #require(Bootstrap.unanimous(0, clusters: count)).upper
    let some = try plot(frozen: ["wifi"])
    #expect(some.caption.contains("At 0 without a bar: frozen in none of \(count) calls"))
    #expect(some.caption.contains("up to \(Int((bound * 100).rounded(.up))) % of all calls"))
    #expect(some.alternative.contains("3g 0.0 % (none of \(count) calls)"))
    #expect(!some.script.contains(PlotScript.number(bound * 100)))
    #expect(try !plot(frozen: ["wifi", "3g"]).caption.contains("without a bar"))
  }

  @Test("the same data give the same scripts, with the figures in them")
  func scripts() throws {
    let results = try SummaryTableTests.results(FakeCampaign(seeds: 5).calls())
    let first = PlotCatalog(results, frames: [])
    #expect(first.plots == PlotCatalog(results, frames: []).plots)
    let byRoundTrip = try #require(first.plots.first { $0.name == "recovery-by-rtt" })
    let median = SummaryTable(results).byNetwork[0].rows[2][1].split(separator: " ")[0]
    #expect(byRoundTrip.alternative.contains("PLI \(median) ms at 20 ms"))
  }

  @Test("a bar that is cut off has a break, and bars that are not have none")
  func brokenBars() throws {
    func script(_ slow: Int64) throws -> String {
      let calls = SummaryTableTests.calls([
        ("none", { _, _ in slow }), ("pli", { _, _ in 100 }), ("sli", { _, _ in 90 }),
      ])
      let plots = PlotCatalog(try SummaryTableTests.results(calls), frames: []).plots
      return try #require(plots.first { $0.name == "causes-by-mechanism" }).script
    }
    #expect(try script(5_000).contains("with vectors nohead"))
    #expect(try !script(120).contains("with vectors nohead"))
  }

  @Test("mechanisms with the same times have lines of different widths and symbols apart")
  func sameTimes() throws {
    let calls = SummaryTableTests.calls([("pli", { _, _ in 100 }), ("fir", { _, _ in 100 })])
    let plots = PlotCatalog(try SummaryTableTests.results(calls), frames: []).plots
    let script = try #require(plots.first { $0.name == "recovery-distribution" }).script
    #expect(script.contains("linewidth 4.00 ") && script.contains("linewidth 1.20 "))
    for line in ["100.000 25.000", "100.000 75.000", "100.000 -6.000 ", "100.000 -12.000 "] {
      #expect(script.contains("\n\(line)"), "\(line)")
    }
  }

  @Test("connections in different states have lines and bars of their own")
  func connections() throws {
    let results = try SummaryTableTests.results(FakeCampaign(seeds: 5).calls())
    let plots = PlotCatalog(results, frames: []).plots
    for (name, label) in [
      ("recovery-by-proxies", "SIP INFO over TLS 1.3, warm"),
      ("recovery-by-proxies", "SIP INFO over TLS 1.3, cold"),
      ("causes-by-proxies", "2 proxies, TCP, cold"),
    ] {
      let plot = try #require(plots.first { $0.name == name })
      #expect(plot.script.contains(label), "\(name): \(label)")
      #expect(plot.caption.contains("(connections warm, cold)"))
    }
    let byInterval = try #require(plots.first { $0.name == "causes-by-request-interval" })
    #expect(!byInterval.caption.contains("connections"))
  }

  @Test("where two mechanisms send SIP, each has lines and bars of its own, named by its rules too")
  func bothRoads() throws {
    var calls: [CallRecords] = []
    for mechanism in ["sip-info", "sip-info+pli"] {
      for (proxies, policy, interval) in [(0, nil, 500), (1, "linphone", 5_000)]
        as [(Int, String?, Int64)]
      {
        var more = SummaryTableTests.calls([(mechanism, { _, _ in 100 })])
        for index in more.indices {
          more[index].conditions.run = calls.count + index
          more[index].conditions.proxies = proxies
          more[index].conditions.transport = "tcp"
          more[index].conditions.policy = policy
          more[index].conditions.repetition = "until-repaired"
          more[index].conditions.outstanding = policy == nil ? "any" : "one"
          more[index].conditions.requestInterval = .milliseconds(interval)
        }
        calls += more
      }
    }
    let plots = PlotCatalog(try SummaryTableTests.results(calls), frames: []).plots
    for (name, label) in [
      ("recovery-by-proxies", "SIP INFO over TCP"),
      ("recovery-by-proxies", "SIP INFO+PLI over TCP"),
      ("causes-by-proxies", "SIP INFO: 1 proxy, TCP"),
      ("causes-by-proxies", "SIP INFO+PLI: 1 proxy, TCP"),
      ("causes-by-request-interval", "SIP INFO: 0.5 s"),
      ("causes-by-request-interval", "SIP INFO+PLI: 5 s, linphone (one at a time)"),
    ] {
      let plot = try #require(plots.first { $0.name == name })
      #expect(plot.script.contains(label), "\(name): \(label)")
    }
  }

  @Test("a value without any episode is on no axis, and makes no group the one that varies it")
  func valuesWithoutEpisodes() throws {
    let two = [("none", Int64(200)), ("pli", 50)]
    let cost = SummaryTableTests.calls(
      group: "cost", two + [("sli", 60), ("fir", 70)], losses: [0, 0.02]
    ) { _, loss in loss > 0 }
    let loss = SummaryTableTests.calls(group: "loss", two, losses: [0, 0.01, 0.05]) { _, loss in
      loss > 0
    }
    let results = try SummaryTableTests.results(SummaryTableTests.numbered(cost, loss))
    let plot = try #require(
      PlotCatalog(results, frames: []).plots.first { $0.name == "recovery-by-loss" })
    #expect(plot.caption.contains("Group loss: RTT 100 ms, loss 1–5 %"))
    #expect(plot.script.contains("set xtics ('1' 1.000, '5' 5.000)"))
    #expect(plot.script.contains("set logscale x"))
    let catalog = PlotCatalog(
      try SummaryTableTests.results(SummaryTableTests.numbered(cost)), frames: [])
    #expect(
      catalog.omitted.contains(
        OmittedPlot(name: "recovery-by-loss", reason: "no group varies the loss rate")))
  }

  @Test("a mechanism without an episode is in no drawing, and the caption says so")
  func mechanismsWithoutEpisodes() throws {
    let calls = SummaryTableTests.calls(
      group: "loss", [("none", 200), ("pli", 50), ("nack", 10)], losses: [0.01, 0.05]
    ) { mechanism, _ in mechanism != "nack" }
    let results = try SummaryTableTests.results(SummaryTableTests.numbered(calls))
    let plots = PlotCatalog(results, frames: []).plots
    #expect(
      plots.map(\.name) == ["recovery-distribution", "causes-by-mechanism", "recovery-by-loss"])
    for plot in plots {
      #expect(plot.script.contains("'PLI'") && !plot.script.contains("'NACK'"), "\(plot.name)")
      #expect(!plot.alternative.contains("NACK"), "\(plot.name)")
      #expect(
        plot.caption.contains("Without any episode, and so not drawn: NACK."), "\(plot.name)")
    }
  }

  @Test("a round-trip time without any episode has no panel, and drawing does not fail over it")
  func panelsWithoutEpisodes() throws {
    var calls: [CallRecords] = []
    for roundTrip: Int64 in [50, 200] {
      for proxies in [0, 1] {
        for var call in SummaryTableTests.calls([("sip-info", { _, _ in 100 })], group: "proxies") {
          call.conditions.roundTrip = .milliseconds(roundTrip)
          call.conditions.proxies = proxies
          if roundTrip == 200 { call.episodes = [] }
          calls.append(call)
        }
      }
    }
    let folder = try TemporaryFolder()
    try folder.write(SummaryTableTests.numbered(calls))
    let results = try ResultsFolder(path: folder.path)
    let catalog = try results.plotCatalog()
    for name in ["recovery-distribution", "recovery-by-proxies", "causes-by-proxies"] {
      let plot = try #require(catalog.plots.first { $0.name == name })
      #expect(plot.alternative.contains("round-trip time 50 ms"), "\(name)")
      #expect(!plot.alternative.contains("200 ms"), "\(name)")
    }
    #expect(try results.draw(catalog, with: Gnuplot()).count == catalog.plots.count)
  }

  @Test("the pictures around a loss are those of a call that has one")
  func framesOfDamagedCalls() throws {
    var calls = SummaryTableTests.calls(
      [("pli", { _, _ in 100 }), ("nack", { _, _ in 100 })], seeds: 2, group: "one-loss")
    for index in [0, 2, 3] { calls[index].episodes = [] }
    #expect(PlotCatalog.runsWithFramesWanted(try SummaryTableTests.results(calls)) == [1, 2])
  }

  @Test("an odd mechanism, group or name does not break a script")
  func oddNames() throws {
    let folder = try TemporaryFolder()
    let calls = SummaryTableTests.calls(
      [("it's \"new\"\n$x {y}", { _, _ in 100 }), ("b\\n_c", { _, _ in 200 })], group: "g'\"")
    try folder.write(calls)
    let results = try ResultsFolder(path: folder.path)
    let catalog = try results.plotCatalog()
    let drawn = try results.draw(catalog, with: Gnuplot())
    #expect(drawn.count == catalog.plots.count && drawn.count == 2)
  }

  @Test("drawing leaves script, SVG and PNG of each plot, and nothing else")
  func drawing() throws {
    let folder = try TemporaryFolder()
    try folder.write(SummaryTableTests.calls([("pli", { _, _ in 100 })]))
    try WholeFile.makeFolder("\(folder.path)/plots")
    try WholeFile.write("old", to: "\(folder.path)/plots/recovery-by-rtt.svg")
    let results = try ResultsFolder(path: folder.path)
    let drawn = try results.draw(results.plotCatalog(), with: Gnuplot())
    #expect(
      try folder.names(under: "plots") == [
        "causes-by-mechanism.gp", "causes-by-mechanism.png", "causes-by-mechanism.svg",
        "recovery-distribution.gp", "recovery-distribution.png", "recovery-distribution.svg",
      ])
    for plot in drawn {
      let png = try Data(contentsOf: URL(fileURLWithPath: plot.pngPath))
      #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
      #expect(png.suffix(8).starts(with: [0x49, 0x45, 0x4E, 0x44]))
      #expect(try WholeFile.read(plot.svgPath).contains("</svg>"))
    }
  }

  @Test("a missing gnuplot is said with what to install")
  func missingGnuplot() {
    let error = #expect(throws: OutputError.self) { try Gnuplot(searchPath: "/nowhere") }
    #expect(error == .gnuplotMissing(executable: "gnuplot"))
    #expect(error?.description.contains("apt-get install gnuplot-nox") == true)
  }

  @Test("a failing gnuplot leaves nothing half-written")
  func failingGnuplot() throws {
    let folder = try TemporaryFolder()
    let plot = Plot(name: "p", title: "", caption: "", alternative: "", script: "nonsense here\n")
    let error = #expect(throws: OutputError.self) { try Gnuplot().draw(plot, in: folder.path) }
    guard case .gnuplotFailed("p", let status, let message)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(status != 0)
    #expect(message.contains("invalid command"))
    #expect(try folder.names().isEmpty)
    let silent = Plot(name: "q", title: "", caption: "", alternative: "", script: "a = 1\n")
    #expect(throws: OutputError.self) { try Gnuplot().draw(silent, in: folder.path) }
    #expect(try folder.names().isEmpty)
  }

  @Test("a gnuplot that draws for long is ended when asked, and leaves nothing half-written")
  func stopped() throws {
    let folder = try TemporaryFolder()
    let plot = Plot(
      name: "p", title: "", caption: "", alternative: "",
      script: "set terminal svg\nset output svg\nplot 1\npause 60\n")
    var gnuplot = try Gnuplot()
    let stop = Pipe()
    gnuplot.stopDescriptor = stop.fileHandleForReading.fileDescriptor
    try stop.fileHandleForWriting.write(contentsOf: [1])
    let began = ContinuousClock.now
    let error = #expect(throws: OutputError.self) { try gnuplot.draw(plot, in: folder.path) }
    #expect(ContinuousClock.now - began < .seconds(30))
    guard case .gnuplotFailed("p", _, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try folder.names().isEmpty)
  }

  @Test("a folder that cannot be written is named")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    try WholeFile.write("a file", to: "\(folder.path)/file")
    let path = "\(folder.path)/file/x.txt"
    let error = #expect(throws: OutputError.self) { try WholeFile.write("x", to: path) }
    #expect(error == .unwritable(path: path, reason: "not a directory"))
    #expect(try folder.names() == ["file"])
  }

  @Test("a logarithmic axis has three tics or more, however narrow it is")
  func logarithmicTics() {
    func tics(_ lower: Double, _ upper: Double) -> String {
      PlotScript.logarithmicTics(from: lower, to: upper).replacing("'", with: "")
    }
    #expect(tics(15, 300) == "(20 20, 50 50, 100 100, 200 200)")
    #expect(tics(180, 450) == "(200 200, 300 300, 400 400)")
    #expect(tics(0.65, 1.25) == "(0.7 0.7, 0.8 0.8, 0.9 0.9, 1 1, 1.2 1.2)")
  }

  @Test("tics of an axis are round and leave room for four digits")
  func tics() {
    let narrow = PlotGrid(panels: 2, left: 230, panelHeight: 100, keyEntries: 1, keyColumns: 1)
    for end in [3.0, 90, 523, 1276, 9000] {
      let step = narrow.step(upTo: end)
      #expect(narrow.panelWidth * step / end >= 48)
      #expect([1, 2, 5].contains { step.truncatingRemainder(dividingBy: $0) == 0 })
    }
    #expect(narrow.step(upTo: 1276) == 500)
    let wide = PlotGrid(panels: 1, left: 100, panelHeight: 100, keyEntries: 1, keyColumns: 1)
    #expect(wide.step(upTo: 523) == 50)
  }
}
