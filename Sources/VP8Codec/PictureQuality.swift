import SimulationKernel

/// How close a picture comes to another, by three measures.
public struct PictureQuality: Hashable, Sendable {
  /// Luma PSNR in dB; nil where the luma is identical.
  public var lumaPSNR: Double?
  /// (6 PSNR(Y) + PSNR(U) + PSNR(V)) / 8 in dB, as video coding experts weigh the planes of 4:2:0
  /// (J.-R. Ohm et al., IEEE Transactions on Circuits and Systems for Video Technology 22(12), 2012);
  /// an identical plane counts `identicalPSNR`. nil where all planes are identical.
  public var weightedPSNR: Double?
  /// Luma SSIM, 1 for identical luma; see `lumaSSIM`.
  public var ssim: Double

  /// What an identical plane counts, in dB: libvpx's own bound.
  public static let identicalPSNR = 100.0

  /// Of a picture against the one it should be, of the same size (checked).
  public init(of picture: Picture, against source: Picture) {
    let luma = withExtendedLifetime((picture, source)) { compareLuma(picture.view, source.view) }
    let squaredErrors = chromaSquaredErrors(picture, source)
    let (width, height) = (source.width, source.height)
    lumaPSNR = VP8Codec.lumaPSNR(squaredError: luma.squaredError, width: width, height: height)
    let chroma = [squaredErrors.u, squaredErrors.v].map {
      VP8Codec.lumaPSNR(squaredError: $0, width: width / 2, height: height / 2)
    }
    if lumaPSNR == nil, chroma[0] == nil, chroma[1] == nil {
      weightedPSNR = nil
    } else {
      let (y, u, v) = (
        lumaPSNR ?? Self.identicalPSNR, chroma[0] ?? Self.identicalPSNR,
        chroma[1] ?? Self.identicalPSNR
      )
      weightedPSNR = (6 * y + u + v) / 8
    }
    ssim = luma.similarity
  }
}
