import Campaigns

let scenarioFiles = [
  Seed("scenario", "scenario", withoutComments(Example.scenario.text)),
  Seed("scenario", "settings", withoutComments(Example.settings.text)),
  Seed("scenario", "least", "seed: 2\n"),
  // The built-in plan would be hundreds of calls at every execution.
  Seed(
    "scenario", "plan",
    """
    name: small
    seeds: 2
    base: {duration: 2s, codec: {rc_target_bitrate: 300}}
    groups:
      - name: one
        frames: true
        set:
          network: {rtt: 50ms, lose: [{frame: 8, packet: -1}]}
        vary:
          network.burst: [none, 60ms]
          mechanism: [pli, sip-info]
        exclude: [{mechanism: pli, network.burst: none}]

    """),
  Seed(
    "scenario", "ranges",
    """
    name: ranges
    base: {duration: 2s}
    groups:
      - name: one
        pair:
          - network.rtt: 20ms..200ms in 3 steps
            network.loss: [0%, 0.5%..10% in 2 steps log]
        vary:
          signalling.proxies: 0..2
          mechanism: [rpsi, sip-info]
        exclude: [{network.rtt: 100ms..200ms, mechanism: [rpsi]}, {network.rtt: 0.02s}]

    """),
]

/// The lines without their comments, which only cost the fuzzer time.
private func withoutComments(_ text: String) -> String {
  text.split(separator: "\n").map { line in
    var end = line.firstIndex(of: "#") ?? line.endIndex
    while end > line.startIndex, line[line.index(before: end)] == " " {
      end = line.index(before: end)
    }
    return end > line.startIndex ? line[..<end] + "\n" : ""
  }.joined()
}
