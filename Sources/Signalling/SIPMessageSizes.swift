/// Octets of the INFO and of its 200 on each hop.
struct SIPMessageSizes: Sendable {
  private let requests: [Int]
  private let responses: [Int]

  init(_ settings: SignallingSettings) {
    let hops = settings.proxies + 1
    requests = (0..<hops).map { 529 + 85 * $0 + 45 * (hops - 1 - $0) }
    responses = (0..<hops).map { 320 + 85 * $0 }
  }

  func request(hop: Int) -> Int { requests[hop] }
  func response(hop: Int) -> Int { responses[hop] }
}
