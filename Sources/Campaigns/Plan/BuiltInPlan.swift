extension Plan {
  /// The file name under which errors speak of the built-in plan.
  public static let builtInName = "built-in plan"

  /// The plan that runs where none is named: how each mechanism fares with round-trip time, loss,
  /// proxies and request limits, and one loss in close-up.
  public static let builtInText = """
    # The built-in benchmark. Every key of `base`, `set` and `vary` is a scenario's.
    name: built-in
    seed: 1
    seeds: 6                      # calls per combination; call n meets the same channel everywhere
    base:
      duration: 15s
      video: {source: talking-head, size: 320x180, rate: 25fps}
      codec: {rc_target_bitrate: 300, g_error_resilient: 1, cpu-used: -12}
      network: {rtt: 50ms, loss: 1%, rate: 1Mbps}
      # The proxy is as far from each end as the ends are from each other.
      signalling: {transport: tls1.3, proxies: 1, placement: detour, minimum-request-interval: 500ms}
    groups:
      - name: recovery              # the same losses under each mechanism: the headline
        seeds: 10
        vary:
          network.rtt: [20ms, 50ms, 100ms, 200ms]
          signalling.proxies: [0, 1, 3]
          mechanism: [sip-info, pli, fir, sli, rpsi, sli+rpsi, nack+pli]
        probes: {count: 10}
      - name: loss                  # whole calls: what sustained loss does to the picture
        vary:
          network.loss: [1%, 5%, 10%]
          network.burst: [none, 60ms]
          mechanism: [none, sip-info, pli, sli, rpsi, sli+rpsi, nack+pli]
      - name: proxies
        vary:
          network.rtt: [50ms, 200ms]
          signalling.proxies: [0, 1, 2, 3]
          signalling.transport: [tcp, tls1.3]
          mechanism: [sip-info, pli]
      - name: on-path               # proxies on the media's own way: the kindest case for INFO
        set:
          network: {rtt: 100ms}
          signalling: {placement: on-path}
        vary:
          signalling.proxies: [1, 2, 3]
          mechanism: [sip-info, pli]
      - name: limit                 # what endpoints allow between two requests
        set:
          network: {loss: 5%}
        vary:
          signalling.minimum-request-interval: [300ms, 500ms, 3s, 5s]
          mechanism: [sip-info, pli]
      - name: roads                 # where SIP INFO loses, and where it does not
        seeds: 8
        set:
          duration: 20s
          network: {loss: 2%}
        vary:
          mechanism: [sip-info, pli]
        situations:
          - name: direct and warm
            set: {signalling: {proxies: 0}}
          - name: 1 proxy
            set: {signalling: {proxies: 1}}
          - name: 2 proxies
            set: {signalling: {proxies: 2}}
          - name: 3 proxies
            set: {signalling: {proxies: 3}}
          - name: "1 proxy: cold connections"
            set: {signalling: {connection: cold}}
          - name: "1 proxy: NAT binding lost at 5 s"
            set:
              duration: 50s         # the user agent gives up after 32 s
              signalling: {connection: half-dead, nat-drop: 5s}
          - name: "1 proxy: another network at 5 s, name"
            set: {signalling: {network-switch: {at: 5s, record-route: name}}}
          - name: "1 proxy: another network at 5 s, address"
            set: {signalling: {network-switch: {at: 5s, record-route: address}}}
          - name: "1 proxy: 50 other messages a second"
            set: {signalling: {load: {interval: 20ms, burst: 20kB, burst-interval: 2s}}}
          - name: "1 proxy: busy, 80 % of its time"
            set:
              signalling:
                proxy-processing: {mean: 16ms, distribution: exponential}
                load: {interval: 20ms, sizes: [register]}
          - name: "1 proxy: a sleeping mobile"
            set: {signalling: {mobile: {wake-up: 2s, awake: 1s}}}
          - name: "1 proxy: a mobile with keep-alives"
            set: {signalling: {mobile: {keep-alive: 25s}}}
          - name: "1 proxy: UDP"
            set: {signalling: {transport: udp}}
          - name: "1 proxy: UDP above the MTU"
            set: {signalling: {transport: udp, extra-octets: 1200, fragment-loss: 20%}}
          - name: "1 proxy: UDP, gateway breaks 30 %"
            set: {signalling: {transport: udp, alg: 30%}}
          - name: "direct: an INFO each 0.3 s"
            set: {signalling: {proxies: 0, minimum-request-interval: 300ms}}
          - name: "direct: an INFO each 3 s"
            set: {signalling: {proxies: 0, minimum-request-interval: 3s}}
          - name: "direct: an INFO each 5 s"
            set: {signalling: {proxies: 0, minimum-request-interval: 5s}}
      - name: cost                  # what repair costs without loss, and gains with it
        seeds: 5
        vary:
          network.loss: [0%, 2%]
          mechanism: [none, sip-info, pli, fir, sli, rpsi, sli+rpsi, nack, nack+pli]
      - name: field                 # networks as they are met, by name
        seeds: 5
        set: {duration: 20s}
        vary:
          mechanism: [sip-info, pli, sli+rpsi, nack+pli]
        situations:
          - name: DSL
            set: {network: {profile: dsl}}
          - name: cable
            set: {network: {profile: cable}}
          - name: Wi-Fi
            set: {network: {profile: wifi}}
          - name: lossy Wi-Fi
            set: {network: {profile: wifi-lossy}}
          - name: congested Wi-Fi
            set: {network: {profile: wifi-congested}}
          - name: 3G
            set: {network: {profile: 3g}}
          - name: LTE
            set: {network: {profile: lte}}
          - name: LTE while driving
            set: {network: {profile: lte-driving}}
          - name: 5G
            set: {network: {profile: 5g}}
          - name: satellite
            set: {network: {profile: satellite}}
          - name: transcontinental
            set: {network: {profile: transcontinental}}
          - name: call drop
            set: {network: {profile: call-drop}}
      - name: one-loss              # a single packet, frame by frame
        seeds: 3
        frames: true
        set:
          duration: 11s             # the next periodic key frame is at 10 s
          network: {loss: 0%, lose: [{frame: 80, packet: 0}]}
        vary:
          mechanism: [none, sip-info, pli, fir, sli, rpsi, sli+rpsi, nack, nack+pli]

    """
}
