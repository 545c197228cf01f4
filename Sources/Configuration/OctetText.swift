/// Octets as people write them.
public enum OctetText {
  /// `700B`, `1.5kB`, `2MB`: decimal multiples; nil where the text is anything else, or not whole.
  public static func octets(_ text: String) -> Int? {
    guard let quantity = DecimalQuantity(text) else { return nil }
    let scale: Int64
    switch quantity.unit {
    case "B": scale = 1
    case "kB": scale = 1_000
    case "MB": scale = 1_000_000
    default: return nil
    }
    return quantity.wholeUnits(of: scale).map(Int.init)
  }
}
