import Testing

@Suite("Command line: help, usage errors and exit codes")
struct UsageTests {
  @Test("help at the top names every command, an example and the exit codes")
  func help() throws {
    let result = try Program.run(["--help"])
    #expect(result.code == 0 && result.complaint.isEmpty)
    #expect(
      result.output == """
        OVERVIEW: How long a picture stays broken after a packet loss, on real VP8.

        Compares RTCP feedback (PLI, SLI, RPSI, FIR, NACK) with SIP INFO as ways of
        asking for repair, in simulated calls whose pictures libvpx codes and decodes.

        Example:
          avpfsim suite -o results/demo
          avpfsim example scenario > call.yaml
          avpfsim run call.yaml -o results/call

        Exit codes: 0 done, 1 a gate failed or compare found a regression, 2 bad input
        or usage, 3 a fault of the machine or of the program, 4 a gate stayed
        inconclusive.

        USAGE: avpfsim <subcommand>

        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          suite                   Run a benchmark plan: CSV files, a table, plots and a
                                  report.
          merge                   Put the shards of a suite together.
          run                     Simulate one call and tell its story.
          replay                  Simulate one call of a results folder again, with all
                                  that can be seen of it.
          validate                Check settings against gates before a rollout.
          compare                 Compare two results or two settings: what got better,
                                  what worse, at what cost.
          tune                    Search for the settings that repair soonest at the
                                  least cost.
          plot                    Draw the plots and the report of a results folder
                                  again.
          sdp                     Explain which video feedback an SDP offer and answer
                                  leave in effect.
          signalling              Sample how long a SIP message takes over a signalling
                                  path.
          trace                   Look at, fit and make traces of loss, delay and rate.
          settings                List the codec's settings, or take over those of
                                  ffmpeg or vpxenc.
          columns                 Explain every column of the CSV files.
          example                 Write an example file to standard output.

          See 'avpfsim help <subcommand>' for detailed help.

        """)
  }

  @Test(
    "every command's help has an example and its usage",
    arguments: [
      (
        "suite",
        "avpfsim suite [<plan.yaml>] [--output <dir>] [--dry-run] [--jobs <jobs>] [--seed <seed>] "
          + "[--resume] [--restart] [--shard <K/N>] [--replay-probes]"
      ),
      ("merge", "avpfsim merge <shard> ... --output <dir>"),
      (
        "run",
        "avpfsim run <scenario.yaml> --output <dir> [--source <clip>] [--capture <pcapng>] "
          + "[--ivf <ivf>] [--y4m <y4m>] [--filmstrip <png>] [--mechanisms <list>]"
      ),
      ("replay", "avpfsim replay <dir> [--episode <ID>] [--probe <ID>] [--output <dir>]"),
      (
        "validate",
        "avpfsim validate <settings.yaml> [--against <baseline.yaml>] [--output <dir>] [--junit <file>] "
          + "[--json <file>] [--max-calls <calls>] [--force] [--jobs <jobs>] [--seed <seed>]"
      ),
      (
        "compare",
        "avpfsim compare <A> <B> [--output <dir>] [--calls <calls>] [--json <file>] [--jobs <jobs>] "
          + "[--seed <seed>]"
      ),
      (
        "tune",
        "avpfsim tune <settings.yaml> --over <keys> [--output <dir>] [--candidates <candidates>] "
          + "[--probes <probes>] [--calls <calls>] [--jobs <jobs>] [--seed <seed>]"
      ),
      ("plot", "avpfsim plot <dir>"),
      (
        "sdp",
        "avpfsim sdp <offer.sdp> [<answer.sdp>] [--b2bua <sdp>] [--b2bua-answer <sdp>]"
      ),
      ("signalling", "avpfsim signalling <options>"),
      ("trace", "avpfsim trace <subcommand>"),
      (
        "trace import",
        "avpfsim trace import <capture> [--ssrc <ssrc>] [--interface <number or name>] "
          + "[--clock-rate <Hz>] [--output <csv>] [--list]"
      ),
      ("settings", "avpfsim settings [--from <command>] [--preset <preset>]"),
      ("columns", "avpfsim columns"), ("example", "avpfsim example <kind>"),
    ])
  func commandHelp(command: String, usage: String) throws {
    let result = try Program.run(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(result.code == 0 && result.complaint.isEmpty)
    #expect(result.output.contains("\nUSAGE: \(usage)\n"))
    #expect(result.output.contains("\nExample:\n  avpfsim "))
  }

  @Test("without a command the help is shown")
  func noCommand() throws {
    let result = try Program.run([])
    #expect(result.output.contains("SUBCOMMANDS:"))
    #expect(!result.output.contains("worker"))
  }

  @Test("the version is a line")
  func version() throws {
    let result = try Program.run(["--version"])
    #expect(result.code == 0)
    #expect(result.output == "0.1.0\n")
  }

  @Test(
    "wrong usage ends with 2 and one sentence",
    arguments: [
      (
        ["foo"],
        "unknown command \"foo\", expected one of suite, merge, run, replay, validate, compare, tune, plot, "
          + "sdp, signalling, trace, settings, columns, example"
      ),
      (["validat", "s.yaml"], "unknown command \"validat\", did you mean validate?"),
      (["suite"], "Missing expected argument '--output <dir>' (see avpfsim suite --help)"),
      (
        ["suite", "-o", "x", "--bogus"],
        "Unknown option '--bogus'. Did you mean '--jobs'? (see avpfsim suite --help)"
      ),
      (
        ["suite", "-o", "x", "--jobs", "two"],
        "The value 'two' is invalid for '--jobs <jobs>': expected a whole number from 1 to 256 "
          + "(see avpfsim suite --help)"
      ),
      (
        ["suite", "-o", "x", "--jobs", "0"],
        "The value '0' is invalid for '--jobs <jobs>': expected a whole number from 1 to 256 "
          + "(see avpfsim suite --help)"
      ),
      (
        ["validate", "x.yaml", "--seed", "-1"],
        "The value '-1' is invalid for '--seed <seed>': expected a whole number from 0 to "
          + "18446744073709551615 (see avpfsim validate --help)"
      ),
      (
        ["suite", "-o", "x", "--shard", "5/4"],
        "The value '5/4' is invalid for '--shard <K/N>': expected two whole numbers such as 1/4, the "
          + "first from 1 to the second (see avpfsim suite --help)"
      ),
      (
        ["suite", "-o", "x", "--resume", "--restart"],
        "--restart: found with --resume, expected one of them (see avpfsim suite --help)"
      ),
      (["merge", "-o", "x"], "Missing expected argument '<shard> ...' (see avpfsim merge --help)"),
      (
        ["replay", "x"],
        "found neither --episode nor --probe, expected one of them (see avpfsim replay --help)"
      ),
      (
        ["replay", "x", "--episode", "1", "--probe", "1/0"],
        "--probe: found with --episode, expected one of them (see avpfsim replay --help)"
      ),
      (
        ["replay", "x", "--episode", "a/b"],
        "--episode: found \"a/b\", expected RUN or RUN/EPISODE as in episodes.csv, such as 12/0"
      ),
      (["merge", "nowhere", "-o", "x"], "nowhere: cannot be read: No such file or directory"),
      (
        ["suite", "p.yaml", "-o", "x"], "p.yaml: the file cannot be read: No such file or directory"
      ),
      (
        ["run", "-o", "x"], "Missing expected argument '<scenario.yaml>' (see avpfsim run --help)"
      ),
      (["compare", "a"], "Missing expected argument '<B>' (see avpfsim compare --help)"),
      (
        ["tune", "s.yaml"],
        "Missing expected argument '--over <keys>' (see avpfsim tune --help)"
      ),
      (
        ["validate"],
        "Missing expected argument '<settings.yaml>' (see avpfsim validate --help)"
      ),
      (
        ["signalling", "--nagle", "--nodelay"],
        "--nagle: found with --nodelay, expected one of them (see avpfsim signalling --help)"
      ),
      (
        ["signalling", "--transport", "udp", "--nagle"],
        "--nagle: found with --transport udp, expected tcp, tls1.2 or tls1.3"
      ),
      (
        ["signalling", "--loss", "120%"],
        "--loss: found \"120%\", expected a percentage from 0% to 100%"
      ),
      (
        ["signalling", "--rate", "0kbps"],
        "--rate: found \"0kbps\", expected a rate from 1kbps to 100Gbps"
      ),
      (
        ["signalling", "--rtt", "-5ms"],
        "--rtt: found \"-5ms\", expected a duration such as 50ms or 2s"
      ),
      (
        ["settings", "--from", "vpxenc", "--preset", "webrtc"],
        "--preset: found with --from, expected one of them (see avpfsim settings --help)"
      ),
      (
        ["trace", "import"],
        "Missing expected argument '<capture>' (see avpfsim trace import --help)"
      ),
      (
        ["trace", "import", "c.pcap"],
        "c.pcap: no such file or directory, expected a capture file"
      ),
      (
        ["trace", "import", "c.pcap", "--ssrc", "x"],
        "The value 'x' is invalid for '--ssrc <ssrc>': expected an SSRC such as 0x1234ABCD or "
          + "305441741 (see avpfsim trace import --help)"
      ),
      (
        ["trace", "import", "c.pcap", "--clock-rate", "10"],
        "The value '10' is invalid for '--clock-rate <Hz>': expected a whole number from 1000 to "
          + "1000000 (see avpfsim trace import --help)"
      ),
      (
        ["trace", "import", "c.pcap", "--list", "-o", "x.csv"],
        "--output: found with --list, expected one of them (see avpfsim trace import --help)"
      ),
      (
        ["trace", "import", "c.pcap", "--bogus"],
        "Unknown option '--bogus' (see avpfsim trace import --help)"
      ),
      (["sdp"], "Missing expected argument '<offer.sdp>' (see avpfsim sdp --help)"),
      (["sdp", "o.sdp"], "o.sdp: the file cannot be read: No such file or directory"),
      (
        ["sdp", "o.sdp", "--b2bua", "b.sdp"],
        "--b2bua: found no answer beside it, expected an offer and an answer "
          + "(see avpfsim sdp --help)"
      ),
      (
        ["plot", "nowhere"],
        "nowhere/runs.csv: found no such file or directory, expected a readable file"
      ),
      (
        ["example", "tale"],
        "The value 'tale' is invalid for '<kind>'. Please provide one of "
          + "'scenario', 'plan', 'settings', 'sdp' or 'slurm'. "
          + "(see avpfsim example --help)"
      ),
    ])
  func usageErrors(arguments: [String], sentence: String) throws {
    try Program.withFolder { folder in
      let result = try Program.run(arguments, in: folder)
      #expect(result.code == 2)
      #expect(result.complaint == "avpfsim: \(sentence)\n")
      #expect(result.output.isEmpty)
      #expect(Program.names(folder).isEmpty)
    }
  }

  @Test(
    "the examples are files their commands accept", arguments: ["scenario", "plan", "settings"])
  func examples(kind: String) throws {
    let result = try Program.run(["example", kind])
    #expect(result.code == 0 && result.complaint.isEmpty)
    #expect(result.output.hasPrefix("# ") && result.output.hasSuffix("\n"))
  }

  /// Files for tests of plans, in a folder.
  private func withPlan(_ text: String, _ body: (String) throws -> Void) throws {
    try Program.withFolder { folder in
      try text.write(toFile: "\(folder)/p.yaml", atomically: false, encoding: .utf8)
      try body(folder)
    }
  }

  @Test("a dry run tells a plan's size and time, and writes nothing")
  func dryRun() throws {
    let plan = """
      name: sweep
      seeds: 2
      base: {duration: 2s, mechanism: pli}
      groups:
        - {name: rtt, vary: {network.rtt: 20ms..200ms in 5 steps}}
        - name: a longer name
          pair: [{network.rtt: [20ms, 50ms], network.loss: [1%, 2%]}]

      """
    try withPlan(plan) { folder in
      for extra in [[], ["-o", "out"]] {
        let result = try Program.run(
          ["suite", "p.yaml", "--dry-run", "--jobs", "1"] + extra, in: folder)
        #expect(result.code == 0 && result.complaint.isEmpty)
        #expect(
          result.output.hasPrefix(
            """
            What the plan "sweep" would run

            group          cells  seeds  calls  simulated
            ─────────────  ─────  ─────  ─────  ─────────
            rtt                5      2     10       0:20
            a longer name      2      2      4       0:08
            total              7            14       0:28
            It would take
            """))
        #expect(result.output.contains(" with --jobs 1: an estimate, "))
        #expect(Program.names(folder) == ["p.yaml"])
      }
    }
  }

  @Test("a dry run without a plan is of the built-in one, and a mistake in a plan ends it with 2")
  func dryRunOfOthers() throws {
    let result = try Program.run(["suite", "--dry-run"])
    #expect(result.code == 0 && result.output.hasPrefix("What the plan \"built-in\" would run\n"))
    try withPlan("groups: [{name: a, vary: {network.rtt: 20ms..}}]\n") { folder in
      let result = try Program.run(["suite", "--dry-run", "p.yaml"], in: folder)
      #expect(result.code == 2 && result.output.isEmpty)
      #expect(
        result.complaint
          == "avpfsim: p.yaml:1: groups[0].vary.network.rtt: found \"20ms..\", which has "
          + "no second end, expected a range such as 20ms..200ms in 5 steps\n")
    }
  }

  @Test("a plan of over an hour says so before it starts")
  func longPlan() throws {
    let plan = "seeds: 1000\nbase: {duration: 24h, mechanism: pli}\ngroups: [{name: a}]\n"
    try withPlan(plan) { folder in
      // It does not start, for want of a folder.
      let result = try Program.run(["suite", "p.yaml", "-o", "/proc/avpfsim"], in: folder)
      #expect(result.code == 3)
      let sentences = result.complaint.split(separator: "\n")
      #expect(sentences.count == 2)
      #expect(sentences[0].hasPrefix("avpfsim: the plan will take about "))
      #expect(sentences[0].contains(" h with --jobs "))
    }
  }

  @Test("output that nobody reads ends it with 141, as other programs")
  func brokenPipe() throws {
    let pipe = "(sleep 0.3; exec \"$0\" columns) | true; exit ${PIPESTATUS[0]}"
    let result = try Program.run(executable: "/bin/bash", ["-c", pipe, Program.path])
    #expect(result.code == 141 && result.complaint.isEmpty)
  }

  @Test("a worker that is spoken to in anything but frames ends with 3")
  func worker() throws {
    let result = try Program.run(["worker"], input: "\u{1}\u{0}\u{0}\u{0}x hello")
    #expect(result.code == 3)
    #expect(try Program.run(["worker"]).code == 0)
  }
}
