import CVPX

extension VP8Encoder {
  /// An open encoder; what was opened or allocated is released again where a step fails.
  static func openContext(
    _ settings: VP8EncoderSettings, width: Int, height: Int, frameRate: FrameRate
  ) throws(VP8Error) -> UnsafeMutablePointer<vpx_codec_ctx_t> {
    let context = UnsafeMutablePointer<vpx_codec_ctx_t>.allocate(capacity: 1)
    context.initialize(to: vpx_codec_ctx_t())
    do {
      var configuration = vpx_codec_enc_cfg_t()
      let defaults = vpx_codec_enc_config_default(vpx_codec_vp8_cx(), &configuration, 0)
      try check(defaults, "give its default settings", context)
      configuration.apply(settings)
      configuration.g_w = UInt32(width)
      configuration.g_h = UInt32(height)
      // A frame lasts one unit of the time base; libvpx itself refuses what is beyond 10^9.
      configuration.g_timebase.num = Int32(clamping: frameRate.denominator)
      configuration.g_timebase.den = Int32(clamping: frameRate.numerator)
      let flags = settings.outputPartitions == 1 ? cvpx_use_output_partition : 0
      try check(cvpx_encoder_init(context, &configuration, flags), "open an encoder", context)
    } catch {
      context.deallocate()
      throw error
    }
    do {
      try applyControls(settings, context)
    } catch {
      vpx_codec_destroy(context)
      context.deallocate()
      throw error
    }
    return context
  }

  private static func check(
    _ code: vpx_codec_err_t, _ operation: String, _ context: UnsafeMutablePointer<vpx_codec_ctx_t>
  ) throws(VP8Error) {
    if code != VPX_CODEC_OK { throw .library(operation, code, context) }
  }

  private static func applyControls(
    _ settings: VP8EncoderSettings, _ context: UnsafeMutablePointer<vpx_codec_ctx_t>
  ) throws(VP8Error) {
    func unsigned(_ key: VP8EncoderSettings.Key) -> UInt32 { UInt32(settings.value(of: key)) }
    func signed(_ key: VP8EncoderSettings.Key) -> Int32 { Int32(settings.value(of: key)) }
    func check(_ key: VP8EncoderSettings.Key, _ code: vpx_codec_err_t) throws(VP8Error) {
      guard code == VPX_CODEC_OK else {
        throw .library("set \(key.rawValue) to \(settings.value(of: key))", code, context)
      }
    }
    try check(.cpuUsed, cvpx_set_cpu_used(context, signed(.cpuUsed)))
    try check(.autoAltRef, cvpx_set_auto_alt_ref(context, unsigned(.autoAltRef)))
    try check(
      .noiseSensitivity, cvpx_set_noise_sensitivity(context, unsigned(.noiseSensitivity)))
    try check(.sharpness, cvpx_set_sharpness(context, unsigned(.sharpness)))
    try check(.staticThreshold, cvpx_set_static_threshold(context, unsigned(.staticThreshold)))
    try check(.tokenPartitions, cvpx_set_token_partitions(context, signed(.tokenPartitions)))
    try check(.maximumIntraRate, cvpx_set_max_intra_rate(context, unsigned(.maximumIntraRate)))
    try check(.goldenBoost, cvpx_set_gf_cbr_boost(context, unsigned(.goldenBoost)))
    try check(
      .screenContentMode, cvpx_set_screen_content_mode(context, unsigned(.screenContentMode)))
    try check(.tuning, cvpx_set_tuning(context, signed(.tuning)))
    try check(.constantQualityLevel, cvpx_set_cq_level(context, unsigned(.constantQualityLevel)))
  }
}

extension vpx_codec_enc_cfg_t {
  /// Takes over the settings that are fields of libvpx's configuration; all have been validated.
  fileprivate mutating func apply(_ settings: VP8EncoderSettings) {
    g_pass = VPX_RC_ONE_PASS
    g_threads = UInt32(settings.threads)
    g_profile = UInt32(settings.profile)
    g_error_resilient = vpx_codec_er_flags_t(settings.errorResilience)
    g_lag_in_frames = UInt32(settings.lagInFrames)
    rc_target_bitrate = UInt32(settings.targetBitrate)
    rc_end_usage = vpx_rc_mode(rawValue: UInt32(settings.rateControl))
    rc_min_quantizer = UInt32(settings.minimumQuantizer)
    rc_max_quantizer = UInt32(settings.maximumQuantizer)
    rc_undershoot_pct = UInt32(settings.undershoot)
    rc_overshoot_pct = UInt32(settings.overshoot)
    rc_buf_sz = UInt32(settings.bufferSize)
    rc_buf_initial_sz = UInt32(settings.bufferInitialSize)
    rc_buf_optimal_sz = UInt32(settings.bufferOptimalSize)
    rc_dropframe_thresh = UInt32(settings.dropFrameThreshold)
    rc_resize_allowed = UInt32(settings.resizeAllowed)
    kf_mode = settings.keyFrameMode == 1 ? VPX_KF_AUTO : VPX_KF_DISABLED
    kf_min_dist = UInt32(settings.keyFrameMinimumDistance)
    kf_max_dist = UInt32(settings.keyFrameMaximumDistance)
    apply(layers: settings.temporalLayers, bitrates: settings.effectiveLayerBitrates)
  }

  /// Each layer doubles the frame rate of those below it: 0 1, or 0 2 1 2.
  private mutating func apply(layers: Int, bitrates: [Int]) {
    guard layers > 1 else { return }
    ts_number_layers = UInt32(layers)
    withUnsafeMutableBytes(of: &ts_target_bitrate) { octets in
      let values = octets.bindMemory(to: UInt32.self)
      for layer in 0..<layers { values[layer] = UInt32(bitrates[layer]) }
    }
    withUnsafeMutableBytes(of: &ts_rate_decimator) { octets in
      let values = octets.bindMemory(to: UInt32.self)
      for layer in 0..<layers { values[layer] = 1 << UInt32(layers - 1 - layer) }
    }
    let identifiers: [UInt32] = layers == 2 ? [0, 1] : [0, 2, 1, 2]
    ts_periodicity = UInt32(identifiers.count)
    withUnsafeMutableBytes(of: &ts_layer_id) { octets in
      let values = octets.bindMemory(to: UInt32.self)
      for (position, layer) in identifiers.enumerated() { values[position] = layer }
    }
  }
}
