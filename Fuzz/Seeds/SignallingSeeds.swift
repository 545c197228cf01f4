let signallingOptions = [
  Seed(
    "signalling-options", "warm",
    "rtt 50ms\nloss 2%\nhops 2\ntransport tcp\nspacing 2s..3s\nburst 20kB\nrate 1Mbps\nqueue 64kB\n"
      + "script drop data 1,2; drop reply ack 1 hop 2\nnagle\nreply\n"),
  Seed(
    "signalling-options", "cold",
    "cold\ncertificate rsa-chain\nresumption\ntransport tls1.2\nsize 1.5kB\ntcp-profile rfc\n"
      + "connections 3\nmessages 7\nscript drop syn-ack 1\n"),
  Seed("signalling-options", "udp", "transport udp\nsize 2kB\nfragment-loss 10%\n"),
]
