import CVPX
import WireFormats

/// libvpx's VP8 decoder: owns the handle, uses one thread.
public final class VP8Decoder {
  private let context: UnsafeMutablePointer<vpx_codec_ctx_t>

  /// The buffers the frame decoded last was predicted from; empty for a key frame.
  public private(set) var referencesUsed: VP8References = []
  /// The buffers the frame decoded last was written to; all for a key frame.
  public private(set) var referencesUpdated: VP8References = []

  /// - Throws: where libvpx refuses.
  public init() throws(VP8Error) {
    context = .allocate(capacity: 1)
    context.initialize(to: vpx_codec_ctx_t())
    // The size comes with the first key frame.
    var configuration = vpx_codec_dec_cfg_t(threads: 1, w: 0, h: 0)
    let code = cvpx_decoder_init(context, &configuration)
    guard code == VPX_CODEC_OK else {
      let error = VP8Error.library("open a decoder", code, context)
      context.deallocate()
      throw error
    }
  }

  deinit {
    vpx_codec_destroy(context)
    context.deallocate()
  }

  /// Decodes one whole frame.
  ///
  /// libvpx reports no error for a frame that merely follows a lost one: whether the picture is
  /// right can only be told by comparison with `VP8Encoder.reconstruction()`.
  ///
  /// - Returns: the picture to show, valid until the decoder's next call; nil for a frame that is
  ///   not to be shown.
  /// - Throws: for octets that are not a VP8 frame, and for any frame before the first key frame.
  public func decode(_ octets: UnsafeRawBufferPointer) throws(VP8Error) -> PictureView? {
    // libvpx takes no octets for "a frame was lost", which is not what a caller here means.
    guard let base = octets.baseAddress, octets.count > 0 else {
      throw .library(
        operation: "decode a frame", code: Int(VPX_CODEC_INVALID_PARAM.rawValue),
        message: "the frame has no octets", detail: nil)
    }
    let code = vpx_codec_decode(
      context, base.assumingMemoryBound(to: UInt8.self), UInt32(octets.count), nil, 0)
    guard code == VPX_CODEC_OK else {
      referencesUsed = []
      referencesUpdated = []
      throw .library("decode a frame of \(octets.count) octets", code, context)
    }
    var used: Int32 = 0
    var updated: Int32 = 0
    precondition(
      cvpx_get_last_ref_used(context, &used) == VPX_CODEC_OK
        && cvpx_get_last_ref_updates(context, &updated) == VPX_CODEC_OK,
      "libvpx does not tell the references of a decoded frame")
    referencesUsed = VP8References(rawValue: Int(used))
    referencesUpdated = VP8References(rawValue: Int(updated))
    var iterator: vpx_codec_iter_t?
    guard let image = vpx_codec_get_frame(context, &iterator) else { return nil }
    return PictureView(image)
  }

  /// Whether libvpx itself found the frame decoded last damaged; it does not notice lost frames.
  public var isFrameCorrupted: Bool {
    var corrupted: Int32 = 0
    return cvpx_get_frame_corrupted(context, &corrupted) == VPX_CODEC_OK && corrupted != 0
  }
}
