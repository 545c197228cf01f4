/// What a receiver shows while its picture waits for repair.
public enum DamagePolicy: String, CaseIterable, Sendable {
  /// The last good picture.
  case freeze
  /// What comes whole is decoded on and shown, drift and all; incomplete frames are left out.
  case skip
  /// As `skip`, and incomplete frames too, with the octets of lost token partitions zeroed, as far as
  /// their first partition is there.
  case partial

  public var showsDamage: Bool { self != .freeze }
}
