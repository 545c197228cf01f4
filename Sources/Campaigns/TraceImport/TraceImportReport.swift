import Configuration
import Results
import WireFormats

/// What `avpfsim trace import` prints.
public enum TraceImportReport {
  /// Streams that are shown.
  private static let most = 20

  /// The streams as a table.
  ///
  /// - Parameter chosen: is marked.
  public static func table(
    _ streams: [RTPStream], interfaces: [CaptureInterface], chosen: RTPStream? = nil
  ) -> TextTable {
    let rows = streams.prefix(most).map { stream in
      let isChosen = stream.source == chosen?.source && stream.flow == chosen?.flow
      return [
        stream.sourceText + (isChosen ? " *" : ""), "\(stream.flow)", "\(stream.payloadType)",
        "\(stream.packets)", fixed(Double(stream.duration) / 1e9, 1),
        fixed(stream.bitrate / 1_000, 0),
        stream.measuredClockRate.map { fixed($0 / 1_000, 1) } ?? "",
        stream.interfaces.map { name($0, interfaces) }.joined(separator: ", "),
      ]
    }
    let hidden = streams.count - rows.count
    return TextTable(
      title: "RTP streams",
      headings: [
        "SSRC", "from and to", "type", "packets", "s", "kbit/s", "clock\nkHz", "interfaces",
      ],
      rows: rows, note: hidden > 0 ? "and \(hidden) more" : "")
  }

  /// All that is said of an import.
  public static func text(_ result: TraceImport, usesColour: Bool) -> String {
    let streams = table(result.streams, interfaces: result.interfaces, chosen: result.stream)
    var text = streams.text(usesColour: usesColour) + "\n" + choice(result) + "\n\n"
    text += summary(result).text(usesColour: usesColour)
    if let output = result.options.output {
      text += """

        \(output) has a row for each packet. Next:
          avpfsim trace fit \(output)      which loss model explains it
          network: {trace: \(output)}      in a scenario, to meet the same again
        A trace tells of packets alone. The call's duration, round trip (network.rtt), picture (video) and
        bitrate (codec.rc_target_bitrate) are the scenario's to say: without them others are simulated.

        """
    }
    return text
  }

  private static func choice(_ result: TraceImport) -> String {
    let stream = result.stream
    let why =
      result.options.source != nil
      ? "as asked for" : stream.isVideo ? "the video with most octets" : "that with most octets"
    let place = name(stream.interface, result.interfaces)
    var text = "Took \(stream.sourceText), \(why)"
    if stream.interfaces.count > 1 {
      text += ", as it arrived at \(place)"
      if let earlier = stream.earlierInterface {
        text += " after \(name(earlier, result.interfaces))"
      }
      text += " (--interface takes another)"
    }
    return text + "."
  }

  private static func summary(_ result: TraceImport) -> TextTable {
    let figures = result.summary
    let rows = [
      ["packets", "\(figures.packets)"],
      ["lost", "\(figures.lost) (\(fixed(figures.lossShare * 100, 2)) %)"],
      ["bursts", "\(figures.bursts)"],
      ["mean burst", fixed(figures.meanBurst, 2)],
      ["longest burst", "\(figures.longestBurst)"],
      ["reordered", "\(figures.reordered)"],
      ["duplicates", "\(figures.duplicates)"],
      ["mean delay above the fastest", milliseconds(figures.meanDelay)],
      ["longest delay above the fastest", milliseconds(Double(figures.longestDelay))],
      ["mean jitter (RFC 3550)", milliseconds(figures.meanJitter)],
      ["highest jitter", milliseconds(figures.highestJitter)],
      ["rate that arrived", "\(fixed(figures.bitrate / 1_000, 1)) kbit/s"],
      ["duration", "\(fixed(Double(figures.duration) / 1e9, 3)) s"],
    ]
    return TextTable(title: "Packets of the stream", headings: ["figure", "value"], rows: rows)
  }

  private static func name(_ number: Int, _ interfaces: [CaptureInterface]) -> String {
    // A name is a file's own text; it must not move the cursor.
    guard let name = interfaces[number].name else { return "\(number)" }
    return "\(number) " + quoted(name).dropFirst().dropLast()
  }

  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    FixedPoint.text(min(value, 1e12), decimals: decimals)
  }

  private static func milliseconds(_ nanoseconds: Double) -> String {
    fixed(nanoseconds / 1e6, 3) + " ms"
  }
}
