/// libvpx's VP8 encoder settings, by libvpx's own names. (To be completed.)
public struct VP8EncoderSettings: Hashable, Sendable {
  public init() {}
}
