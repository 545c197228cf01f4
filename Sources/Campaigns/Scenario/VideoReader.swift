import Configuration
import VP8Codec

/// Reads `video`: what is filmed.
enum VideoReader {
  static func read(_ top: ConfigurationReader) throws(ConfigurationError) -> VideoSettings {
    var video = VideoSettings()
    guard let reader = try top.mapping("video", keys: ["source", "size", "rate"]) else {
      return video
    }
    if let source = try reader.value("source", .videoSource) { video.source = source }
    if case .file = video.source {
      for key in ["size", "rate"] where reader.has(key) {
        throw reader.error(
          key, "given beside a source that is a file and has its own, expected no \(key): remove it"
        )
      }
      return video
    }
    if let size = try reader.value("size", .size(width: 160...1280, height: 120...720)) {
      video.width = size.width
      video.height = size.height
    }
    if let rate = try reader.value("rate", .frameRate(1...60)) {
      video.frameRate = FrameRate(rate.numerator, per: rate.denominator)
    }
    return video
  }
}

extension ConfigurationValue where Value == VideoSettings.Source {
  /// A built-in source's name, a file's path (which has a dot or a slash), or `-`.
  static var videoSource: Self {
    let names = VideoSettings.Source.builtIn.map(\.name)
    let expectation = "one of \(names.joined(separator: ", ")), the path of a file, or -"
    return Self(expectation: expectation) { (text) throws(ConfigurationMismatch) in
      if let known = VideoSettings.Source.builtIn.first(where: { $0.name == text }) { return known }
      // A bare word is a misspelt name rather than a file's.
      guard text == "-" || text.contains("/") || text.contains(".") else {
        let hint = nearestName(to: text, among: names).map { " (did you mean \($0)?)" } ?? ""
        throw ConfigurationMismatch(expectation + hint)
      }
      guard text.utf8.count <= 4_096, !text.utf8.contains(0) else {
        throw ConfigurationMismatch(expectation)
      }
      return .file(text)
    }
  }
}
