import CVPX

/// Why the codec could not do what was asked.
public enum VP8Error: Error, Equatable, CustomStringConvertible {
  /// A setting that libvpx, or this project, does not accept.
  case setting(VP8SettingError)
  /// Sizes are even, 2...16382 (VP8 codes sizes in 14 bits; 4:2:0 here is even).
  case size(width: Int, height: Int)
  /// libvpx refused: what was asked of it, its error code, its message and its detail if it has one.
  case library(operation: String, code: Int, message: String, detail: String?)

  public var description: String {
    switch self {
    case .setting(let error):
      error.description
    case .size(let width, let height):
      "the picture size is \(width)x\(height); VP8 pictures here have even sizes within 2...16382"
    case .library(let operation, let code, let message, let detail):
      "libvpx could not \(operation): \(message) (code \(code))"
        + (detail.map { ", \($0)" } ?? "")
    }
  }

  /// The error that `context` holds after a failed call. Allocates; failures only.
  static func library(
    _ operation: String, _ code: vpx_codec_err_t, _ context: UnsafeMutablePointer<vpx_codec_ctx_t>
  ) -> VP8Error {
    .library(
      operation: operation, code: Int(code.rawValue),
      message: String(cString: vpx_codec_err_to_string(code)),
      detail: vpx_codec_error_detail(context).map { String(cString: $0) })
  }
}

/// libvpx as it is linked: "v1.12.0".
public var libvpxVersion: String {
  String(cString: vpx_codec_version_str())
}

/// The options that the linked libvpx was built with, as its configure script took them.
public var libvpxBuild: String {
  String(cString: vpx_codec_build_config())
}
