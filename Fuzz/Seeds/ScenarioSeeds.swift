import Campaigns

let scenarioFiles = [
  Seed("scenario", "scenario", Example.scenario.text),
  Seed("scenario", "settings", Example.settings.text),
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
]
