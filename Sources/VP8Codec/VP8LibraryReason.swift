import CVPX

extension VP8EncoderSettings {
  /// libvpx's own words against these settings with one value changed; nil where it takes the
  /// value, or could not even be given it.
  func libraryReason(against value: Int, as key: Key) -> String? {
    // Words about anything else would mislead.
    guard libraryReason() == nil else { return nil }
    var settings = self
    settings[keyPath: key.path] = value
    return settings.libraryReason()
  }

  /// libvpx's own words against these settings as a whole; nil where it takes them.
  ///
  /// Opens an encoder of a small picture and closes it again.
  func libraryReason() -> String? {
    guard fitsLibraryTypes else { return nil }
    do throws(VP8Error) {
      let context = try VP8Encoder.openContext(
        self, width: 176, height: 144, frameRate: FrameRate(25))
      vpx_codec_destroy(context)
      context.deallocate()
      return nil
    } catch {
      guard case .library(_, _, let message, let detail) = error else { return nil }
      return detail ?? message
    }
  }

  /// Whether libvpx's types can hold every value; what they cannot never reaches it.
  private var fitsLibraryTypes: Bool {
    let bitrates = effectiveLayerBitrates
    return bitrates.count >= temporalLayers && temporalLayers <= 3
      && bitrates.allSatisfy { (0...Int(Int32.max)).contains($0) }
      && Key.allCases.allSatisfy { key in
        (key == .cpuUsed ? -16...16 : 0...Int(Int32.max)).contains(value(of: key))
      }
  }

  /// Opens an encoder with these settings and closes it again, so that whatever libvpx refuses is
  /// known before a simulation.
  ///
  /// - Throws: libvpx's refusal; the setting is the one whose name libvpx's words begin with, where
  ///   they do, and the rate otherwise.
  public func validateWithLibrary() throws(VP8SettingError) {
    try validate()
    guard let reason = libraryReason() else { return }
    let key = Key.allCases.first { reason.hasPrefix($0.rawValue) } ?? .targetBitrate
    throw VP8SettingError(
      key: key, value: value(of: key), expected: "what libvpx takes beside the other settings",
      libraryReason: reason)
  }

  /// Layers' rates: one for each layer, rising, the last that of the whole.
  func validateLayers() throws(VP8SettingError) {
    guard !layerBitrates.isEmpty || temporalLayers > 1 else { return }
    let bitrates = effectiveLayerBitrates
    let list = bitrates.map(String.init).joined(separator: ", ")
    guard bitrates.count == temporalLayers else {
      throw VP8SettingError(
        key: .temporalLayers, value: temporalLayers,
        expected: "as many layers as ts_target_bitrate has rates, which are \(list)")
    }
    guard bitrates.last == targetBitrate else {
      throw VP8SettingError(
        key: .targetBitrate, value: targetBitrate,
        expected: "the last rate of ts_target_bitrate, whose rates are \(list)")
    }
    guard bitrates.allSatisfy(Key.targetBitrate.range.contains),
      zip(bitrates, bitrates.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      let fits = bitrates.allSatisfy { (0...Int(Int32.max)).contains($0) }
      throw VP8SettingError(
        key: .temporalLayers, value: temporalLayers,
        expected: "rates of 1 kbit/s or more that rise from layer to layer, not \(list)",
        libraryReason: fits ? libraryReason() : nil)
    }
  }
}
