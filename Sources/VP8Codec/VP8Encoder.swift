import CVPX
import WireFormats

/// One coded frame, in the encoder's memory.
public struct VP8EncodedFrame {
  /// The VP8 frame; valid until the encoder's next call.
  public let octets: UnsafeRawBufferPointer
  /// Where the partitions lie in them.
  public let partitions: VP8Partitions
  public let isKeyFrame: Bool
  /// The quantizer the frame was coded with, 0 (best)...63 (worst).
  public let quantizer: Int
}

/// libvpx's VP8 encoder in one-pass real-time mode: owns the handle, allocates nothing per frame.
///
/// Equal settings, pictures and flags give equal octets, on any machine with this libvpx.
public final class VP8Encoder {
  public let width: Int
  public let height: Int
  public let settings: VP8EncoderSettings

  private let context: UnsafeMutablePointer<vpx_codec_ctx_t>
  private let image: UnsafeMutablePointer<vpx_image_t>
  private var nextIndex = Int64.min
  /// libvpx's preview of a frame that replaces no buffer is not what decoders show; with temporal
  /// layers a decoder of our own tells.
  private let shadow: VP8Decoder?
  private var shadowPicture: PictureView?
  /// Sizes of the packets of one frame; kept so that a frame costs no allocation.
  private var packetSizes: [Int] = []

  /// - Parameters:
  ///   - width, height: even, 2...16382.
  ///   - frameRate: frames a second; the time base of the rate control.
  /// - Throws: for a setting out of range (positive speeds among them), an odd size, or where
  ///   libvpx refuses.
  public init(
    settings: VP8EncoderSettings, width: Int, height: Int, frameRate: FrameRate
  ) throws(VP8Error) {
    do { try settings.validate() } catch { throw .setting(error) }
    guard
      width % 2 == 0, height % 2 == 0, (2...16382).contains(width), (2...16382).contains(height)
    else { throw .size(width: width, height: height) }
    self.settings = settings
    self.width = width
    self.height = height
    shadow = settings.temporalLayers > 1 ? try VP8Decoder() : nil
    context = try Self.openContext(settings, width: width, height: height, frameRate: frameRate)
    image = .allocate(capacity: 1)
    image.initialize(to: vpx_image_t())
  }

  deinit {
    vpx_codec_destroy(context)
    context.deallocate()
    image.deallocate()
  }

  /// Codes one picture.
  ///
  /// - Parameters:
  ///   - picture: of the encoder's size (checked).
  ///   - index: the frame's number; goes up from call to call (checked).
  ///   - temporalLayer: the frame's layer, 0 the base, whose rate it counts towards; without
  ///     effect where the settings have one layer.
  /// - Returns: the frame, or nil where the rate control dropped it.
  public func encode(
    _ picture: Picture, index: Int64, flags: VP8FrameFlags = [], temporalLayer: Int = 0
  ) throws(VP8Error) -> VP8EncodedFrame? {
    precondition(
      picture.width == width && picture.height == height,
      "a picture of \(picture.width)x\(picture.height) came to an encoder of \(width)x\(height)")
    precondition(index >= nextIndex, "frame \(index) came after frame \(nextIndex - 1)")
    nextIndex = index + 1
    defer { withExtendedLifetime(picture) {} }
    // Wraps the picture's own samples: tightly packed planes in the order Y, U, V.
    vpx_img_wrap(
      image, VPX_IMG_FMT_I420, UInt32(width), UInt32(height), 1, picture.samples.baseAddress)
    if settings.temporalLayers > 1 {
      let code = cvpx_set_temporal_layer_id(context, Int32(temporalLayer))
      guard code == VPX_CODEC_OK else { throw .library("set the temporal layer", code, context) }
    }
    let code = vpx_codec_encode(
      context, image, index, 1, vpx_enc_frame_flags_t(flags.rawValue), cvpx_deadline_realtime)
    guard code == VPX_CODEC_OK else { throw .library("encode frame \(index)", code, context) }
    let frame = try collectFrame()
    if let shadow, let frame { shadowPicture = try shadow.decode(frame.octets) }
    return frame
  }

  /// Puts together what libvpx hands out for one picture: a packet, or with
  /// `VPX_CODEC_USE_OUTPUT_PARTITION` one for each partition, which lie behind each other.
  private func collectFrame() throws(VP8Error) -> VP8EncodedFrame? {
    var iterator: vpx_codec_iter_t?
    var start: UnsafeMutableRawPointer?
    var count = 0
    var isKeyFrame = false
    packetSizes.removeAll(keepingCapacity: true)
    while let packet = vpx_codec_get_cx_data(context, &iterator) {
      guard packet.pointee.kind == VPX_CODEC_CX_FRAME_PKT else { continue }
      let frame = packet.pointee.data.frame
      if let start {
        precondition(start + count == frame.buf, "libvpx's partitions lie behind each other")
      } else {
        start = frame.buf
      }
      count += frame.sz
      isKeyFrame = frame.flags & cvpx_frame_is_key != 0
      packetSizes.append(frame.sz)
    }
    guard let start else { return nil }
    let octets = UnsafeRawBufferPointer(start: start, count: count)
    do throws(WireError) {
      let partitions =
        packetSizes.count > 1
        ? try VP8Partitions(of: octets, sizes: packetSizes)
        : try VP8Partitions(
          of: ByteReader(octets), tokenPartitionCount: 1 << settings.tokenPartitions)
      return VP8EncodedFrame(
        octets: octets, partitions: partitions, isKeyFrame: isKeyFrame,
        quantizer: lastQuantizer())
    } catch {
      preconditionFailure("libvpx made a frame that is none: \(error)")
    }
  }

  /// What a decoder that received everything shows for the frame coded last, bit for bit.
  ///
  /// Valid until the encoder's next call; at least one frame has been coded (checked).
  public func reconstruction() -> PictureView {
    if let shadowPicture { return shadowPicture }
    guard let preview = vpx_codec_get_preview_frame(context) else {
      preconditionFailure("libvpx gives no reconstruction before the first coded frame")
    }
    return PictureView(preview)
  }

  private func lastQuantizer() -> Int {
    var quantizer: Int32 = 0
    let code = cvpx_get_last_quantizer_64(context, &quantizer)
    precondition(code == VPX_CODEC_OK, "libvpx does not tell the last quantizer")
    return Int(quantizer)
  }
}

extension PictureView {
  /// The visible area of a 4:2:0 image of libvpx.
  init(_ image: UnsafePointer<vpx_image_t>) {
    let image = image.pointee
    precondition(image.fmt == VPX_IMG_FMT_I420, "VP8 gives 8-bit 4:2:0 pictures")
    self.init(
      width: Int(image.d_w), height: Int(image.d_h), y: image.planes.0!, u: image.planes.1!,
      v: image.planes.2!, lumaStride: Int(image.stride.0), chromaStride: Int(image.stride.1))
  }
}
