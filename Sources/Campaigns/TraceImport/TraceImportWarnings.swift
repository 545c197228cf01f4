import WireFormats

/// What a trace does not show, in sentences.
struct TraceImportWarnings {
  let finder: RTPStreamFinder
  let end: CaptureSource.End
  let follower: StreamFollower
  let streams: [RTPStream]
  let stream: RTPStream
  let options: TraceImport.Options

  var sentences: [String] {
    (ofFile + ofStream).map { "\(options.capture): \($0)" }
  }

  private var ofFile: [String] {
    var result: [String] = []
    if end.isCutOff {
      result.append("cut off within packet \(end.packets + 1), used up to there")
    }
    let absent = { (kind: CapturedDatagram.Absence) in finder.absences[kind.rawValue] }
    if let type = finder.unknownLinkType {
      result.append(
        "left out \(absent(.unknownLink)) packets of link types that are not read, the first "
          + "\(type)")
    }
    if absent(.fragment) > 0 {
      result.append("left out \(absent(.fragment)) fragments of IP packets behind the first")
    }
    if absent(.malformed) > 0 {
      result.append("left out \(absent(.malformed)) packets that end before UDP's header does")
    }
    if finder.timeless > 0 {
      result.append("left out \(finder.timeless) packets without a time (simple packet blocks)")
    }
    if finder.unfollowed > 0 {
      result.append("left out \(finder.unfollowed) packets of sources beyond the first 20000")
    }
    return result
  }

  private var ofStream: [String] {
    var result: [String] = []
    let others = streams.count { $0.source == stream.source } - 1
    if options.source != nil, others > 0 {
      result.append("\(stream.sourceText) is there \(others + 1) times, took \(stream.flow)")
    }
    if stream.restarts > 0 {
      result.append(
        "the stream's numbering began anew \(stream.restarts) times; nothing counts as lost there")
    }
    if stream.strays > 0 {
      result.append("left out \(stream.strays) packets whose sequence numbers fit nowhere")
    }
    if follower.ledger.tooLate > 0 {
      result.append("left out \(follower.ledger.tooLate) packets that came too late to be told")
    }
    if let rate = stream.measuredClockRate, abs(rate / Double(stream.clockRate) - 1) > 0.02 {
      result.append(
        "timestamps count about \(Int(min(rate, 1e12).rounded())) a second, not \(stream.clockRate): delays are wrong "
          + "without the right --clock-rate")
    }
    return result
  }
}
