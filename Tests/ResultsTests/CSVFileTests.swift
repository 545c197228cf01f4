import SimulationKernel
import Testing

@testable import Results

@Suite("CSV files")
struct CSVFileTests {
  private func rows<Row: CSVRow>(
    _ type: Row.Type, of calls: [CallRecords]
  ) throws -> [Row] {
    let text = Row.file.header + calls.map(Row.file.lines).joined()
    return try CSVRowReader<Row>(CSVReader(name: Row.file.fileName, text: text)).all()
  }

  @Test("the headers stay as they are, since users' scripts name their columns")
  func headers() {
    let conditions =
      "run,group,mechanism,rtt_ms,loss_pct,burst_ms,relay_rtt_ms,relay_loss_pct,proxies,transport,"
      + "placement,connection,request_interval_ms,policy,repeat,outstanding,source,situation,seed,"
    let causes =
      "cause_not_noticed_ms,cause_periodic_key_frame_ms,cause_rtcp_tick_ms,"
      + "cause_request_limit_ms,cause_request_on_network_ms,cause_tcp_ms,cause_proxy_ms,"
      + "cause_asleep_ms,cause_request_lost_ms,cause_encoder_wait_ms,cause_repair_on_network_ms,"
      + "cause_repair_damaged_ms,cause_playout_ms,cause_repair_in_vain_ms\n"
    #expect(
      CSVFile.episodes.header
        == conditions
        + "episode,first_damaged_frame,lost_packets,damaged_frames,lost_ms,noticed_ms,"
        + "feedback_ready_ms,feedback_sent_ms,feedback_received_ms,recovery_captured_ms,"
        + "recovery_arrived_ms,recovered_ms,end_ms,censored,duration_ms,repair_frame,"
        + "repair_kind,repair_octets,repair_quantizer,requests,frozen_ms,lowest_psnr_db,lowest_ssim,"
        + "lost_psnr_db_s,lost_ssim_s,false_repair," + causes)
    #expect(
      CSVFile.frames.header
        == "run,mechanism,frame,kind,references_allowed,references_used,references_updated,"
        + "size_octets,packets,packets_lost,missing_partitions,received_octets,quantizer,"
        + "encoded_psnr_db,shown_psnr_db,shown_against_reconstruction_psnr_db,"
        + "encoded_psnr_weighted_db,shown_psnr_weighted_db,encoded_ssim,shown_ssim,captured_ms,"
        + "arrived_ms,displayed_ms,shown,on_screen_frame\n")
    #expect(
      CSVFile.feedback.header
        == "run,mechanism,message,kind,hop,size_octets,frame,ready_ms,sent_ms,received_ms,"
        + "outcome\n")
    #expect(
      CSVFile.runs.header
        == conditions
        + "status,duration_ms,frames,frames_dropped,frames_late,episodes,censored,false_repairs,"
        + "recovery_p50_ms,recovery_p90_ms,recovery_p95_ms,recovery_mean_ms,freezes,freeze_ms,"
        + "freeze_ratio,largest_render_interval_ms,broken_ms,broken_ratio,frozen_ms,latency_mean_ms,"
        + "shown_psnr_mean_db,encoded_psnr_mean_db,shown_psnr_weighted_mean_db,shown_ssim_mean,encoded_ssim_mean,"
        + "media_octets,media_kbps,media_kbps_p99,media_kbps_peak,encoded_octets,encoded_kbps,key_frames,recovery_frames,"
        + "media_packets,media_packets_lost,retransmitted_packets,loss_seen_pct,rtcp_octets,"
        + "feedback_messages,feedback_messages_lost,radio_wakeups_per_hour," + causes)
    #expect(
      CSVFile.probes.header
        == conditions
        + "probe,probe_frame,probe_position,probe_packets,horizon_ms,status,probe_kind,probe_renews,"
        + "first_damaged_frame,lost_packets,damaged_frames,lost_ms,noticed_ms,"
        + "feedback_ready_ms,feedback_sent_ms,feedback_received_ms,recovery_captured_ms,"
        + "recovery_arrived_ms,recovered_ms,end_ms,censored,duration_ms,repair_frame,"
        + "repair_kind,repair_octets,repair_quantizer,requests,frozen_ms,lowest_psnr_db,lowest_ssim,"
        + "lost_psnr_db_s,lost_ssim_s,false_repair," + causes)
  }

  @Test("a probe's row reads as it was written, followed or failed")
  func probeRows() throws {
    let call = CallRecords.example
    let probe = Probe(number: 4, frame: 77, position: .last, packets: 3, horizon: .seconds(5))
    let course = ProbeRow.Course(
      kind: "last", renewed: "golden+altref", episode: call.episodes[0].roundedToMicroseconds())
    let written = [ProbeRow.Outcome.followed(course), .failed("process ended by signal 11")].map {
      ProbeRow(conditions: call.conditions, probe: probe, outcome: $0)
    }
    let text = CSVFile.probes.header + written.map(CSVFile.line(for:)).joined()
    let read = try CSVRowReader<ProbeRow>(CSVReader(name: "probes.csv", text: text)).all()
    #expect(read.count == 2 && read[1] == written[1])
    guard case .followed(let readCourse) = read[0].outcome else {
      Issue.record("the followed probe is read as failed")
      return
    }
    #expect(readCourse.kind == "last" && readCourse.renewed == "golden+altref")
    #expect(readCourse.episode.duration == course.episode.duration)
    #expect(readCourse.episode.causes == course.episode.causes)
    #expect(read[0].probe == probe)
    // Every field of the failed one that has no meaning there is empty, and said to be.
    #expect(CSVFile.line(for: written[1]).contains("failed: process ended by signal 11,,,"))
  }

  @Test("an episode's row reads as computed by hand")
  func episodeRow() {
    let conditions =
      "7,rtt,sip-info,100.000,1.0000,,90.000,0.5000,1,tls1.3,,cold,500.000,pjsip,once,one,"
      + "\"clip, \"\"two\"\".y4m\",,"
      + "18446744073709551615,"
    #expect(
      CSVFile.episodes.lines(for: .example)
        == conditions
        + "0,30,0,0,1000.000,,,,,,,1100.002,1100.002,0,100.002,,,,,0,0.000,24.001,,0.000,0.00000,0,"
        + "33.334,0.000,0.000,0.000,33.333,0.000,0.000,0.000,0.000,0.000,0.000,0.000,33.335,0.000\n"
        + conditions
        + "1,60,0,0,2000.000,,,,,,,,2500.000,1,500.000,,,,,0,0.000,,,0.000,0.00000,0,"
        + "0.000,0.000,0.000,0.000,0.000,0.000,0.000,0.000,500.000,0.000,0.000,0.000,0.000,0.000\n")
  }

  @Test("a call's row reads as computed by hand")
  func runRow() {
    #expect(
      CSVFile.runs.lines(for: .example)
        == "7,rtt,sip-info,100.000,1.0000,,90.000,0.5000,1,tls1.3,,cold,500.000,pjsip,once,one,"
        + "\"clip, \"\"two\"\".y4m\",,"
        + "18446744073709551615,ok,2500.000,75,0,0,2,1,0,100.002,,,,2,550.000,0.220000,0.000,600.000,"
        + "0.240000,0.000,0.000,33.250,35.500,0.000,0.00000,0.00000,"
        + "100000,320.000,300.500,,90000,288.000,2,0,300,3,0,1.0000,0,3,0,,"
        + "33.334,0.000,0.000,0.000,33.333,0.000,0.000,0.000,500.000,0.000,0.000,0.000,33.335,0.000\n"
    )
  }

  @Test("frames and feedback read as computed by hand")
  func frameAndFeedbackRows() {
    #expect(
      CSVFile.frames.lines(for: .example)
        == "7,sip-info,30,key,none,none,last+golden+altref,12345,0,0,,,0,35.123,,,,,,,1000.000,,,"
        + "exact,\n")
    #expect(
      CSVFile.feedback.lines(for: .example)
        == "7,sip-info,0,info,1,812,,1033.334,1033.334,,lost\n")
  }

  @Test("causes add up to the duration, and the duration to the times, as printed")
  func sums() throws {
    let rows = try rows(EpisodeRow.self, of: FakeCampaign(seeds: 1).calls())
    #expect(rows.count > 400)
    for row in rows {
      #expect(row.episode.causes.reduce(.zero, +) == row.episode.duration)
    }
  }

  @Test("a failed call has a row that says why, and no figures")
  func failed() throws {
    let conditions = CallRecords.example.conditions
    let reason = "the codec refused \"x\",\nline two"
    let line = CSVFile.failedLine(run: conditions, reason: reason)
    let text = CSVFile.runs.header + line + CSVFile.runs.lines(for: .example)
    let rows = try CSVRowReader<RunRow>(CSVReader(name: "runs.csv", text: text)).all()
    #expect(rows.count == 2)
    #expect(rows[0] == RunRow(conditions: conditions, failure: reason))
    #expect(rows[1] == RunRow(.example))
  }

  @Test("every file reads back as the records it was written from")
  func roundTrip() throws {
    let calls = FakeCampaign(seeds: 1).calls()
    let episodes = try rows(EpisodeRow.self, of: calls)
    #expect(
      episodes.map(\.conditions)
        == calls.flatMap { call in call.episodes.map { _ in call.conditions } })
    for (row, exact) in zip(episodes, calls.flatMap(\.episodes)) {
      var expected = exact.roundedToMicroseconds()
      #expect(abs((row.episode.lowestPSNR ?? 0) - (exact.lowestPSNR ?? 0)) <= 0.0005)
      expected.lowestPSNR = row.episode.lowestPSNR
      #expect(row.episode == expected)
    }
    let frames = try rows(FrameRow.self, of: calls)
    #expect(frames.count == 6 * 240)
    #expect(frames.map(\.frame.referencesUsed) == calls.flatMap(\.frames).map(\.referencesUsed))
    #expect(frames.map(\.frame.onScreen) == calls.flatMap(\.frames).map(\.onScreen))
    let feedback = try rows(FeedbackRow.self, of: calls)
    #expect(feedback.map(\.message.kind) == calls.flatMap(\.feedback).map(\.kind))
    let runs = try rows(RunRow.self, of: calls)
    #expect(runs.map(\.conditions) == calls.map(\.conditions))
    #expect(runs.map { $0.outcome?.causes } == calls.map { RunRow($0).outcome?.causes })
    #expect(runs.map { $0.outcome?.recoveryP50 } == calls.map { RunRow($0).outcome?.recoveryP50 })
  }

  @Test("every column is explained once, in words that fit a Markdown table")
  func dictionary() {
    for file in CSVFile.allCases {
      #expect(Set(file.columns.map(\.name)).count == file.columns.count)
      #expect(file.columns[0].name == "run")
      for column in file.columns {
        #expect(!column.meaning.isEmpty && !column.unit.isEmpty)
        let text = column.name + column.meaning + column.unit + (column.whenEmpty ?? "")
        #expect(!text.contains("|") && !text.contains("\n"))
        #expect(ColumnDictionary.markdown.contains("| `\(column.name)` | \(column.unit) |"))
        if column.name.hasSuffix("_ms") { #expect(column.unit == "ms") }
        if column.name.hasSuffix("_db") { #expect(column.unit == "dB") }
        if column.name.hasSuffix("_kbps") { #expect(column.unit == "kbit/s") }
        if column.name.hasSuffix("_octets") { #expect(column.unit == "octets") }
      }
    }
  }

  @Test("a field is empty only where the dictionary says what that means")
  func emptyFields() throws {
    for file in CSVFile.allCases {
      let text = FakeCampaign(seeds: 1).calls().map(file.lines).joined()
      let reader = CSVReader(name: file.fileName, text: text)
      while try reader.next() {
        try #require(reader.fieldCount == file.columns.count)
        for (index, column) in file.columns.enumerated() where column.whenEmpty == nil {
          #expect(!reader.field(index).isEmpty, "\(file.fileName) \(column.name)")
        }
      }
    }
  }
}
