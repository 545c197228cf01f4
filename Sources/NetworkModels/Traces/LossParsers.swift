/// The losses of packets as a text tells them, none of which knows times.
struct LossList: Sendable {
  private(set) var losses: [Bool] = []
  /// Packets at most.
  let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// Adds packets that fared alike.
  ///
  /// - Throws: `TraceError` where there are too many.
  mutating func append(_ isLost: Bool, count: Int64 = 1, line: Int) throws(TraceError) {
    guard count <= Int64(limit - losses.count) else {
      throw TraceError.tooManyPackets(line: line, limit: limit)
    }
    if count == 1 {
      losses.append(isLost)
    } else {
      losses.append(contentsOf: repeatElement(isLost, count: Int(count)))
    }
  }
}

extension TraceError {
  static func tooManyPackets(line: Int, limit: Int) -> TraceError {
    TraceError(
      line: line, found: .words("more than \(limit) packets"),
      expected: "at most that many in a trace")
  }
}

/// `0010 0110`: a digit for each packet, 1 where it is lost.
struct PatternParser: Sendable {
  private(set) var list: LossList

  init(limit: Int) {
    list = LossList(limit: limit)
  }

  mutating func take(_ line: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) {
    for (position, octet) in line.enumerated() where !TraceNumbers.isSpace(octet) {
      guard octet == UInt8(ascii: "0") || octet == UInt8(ascii: "1") else {
        throw TraceError(
          line: number, found: UnsafeRawBufferPointer(rebasing: line[position...]),
          expected: "0 for a packet received, or 1 for a packet lost")
      }
      try list.append(octet == UInt8(ascii: "1"), line: number)
    }
  }
}

/// `200 2 150 1`: how many packets were received and lost, in turns.
struct RunsParser: Sendable {
  private(set) var list: LossList
  private var isLost = false

  init(limit: Int) {
    list = LossList(limit: limit)
  }

  mutating func take(_ line: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) {
    try TraceNumbers.words(line) { (word) throws(TraceError) in
      guard let count = TraceNumbers.whole(word) else {
        throw TraceError(
          line: number, found: word,
          expected: "a number of packets \(isLost ? "lost" : "received")")
      }
      try list.append(isLost, count: count, line: number)
      isLost.toggle()
    }
  }
}

/// The numbers of the packets that were lost, in ascending order; the first packet is 0.
struct LostSequenceParser: Sendable {
  private(set) var list: LossList

  init(limit: Int) {
    list = LossList(limit: limit)
  }

  mutating func take(_ line: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) {
    guard let sequence = TraceNumbers.whole(line) else {
      throw TraceError(line: number, found: line, expected: "the sequence number of a lost packet")
    }
    let received = sequence - Int64(list.losses.count)
    guard received >= 0 else {
      throw TraceError(
        line: number, found: line,
        expected: "a sequence number above \(list.losses.count - 1), the one before")
    }
    try list.append(false, count: received, line: number)
    try list.append(true, line: number)
  }

  /// Adds the packets behind the last lost one.
  ///
  /// - Parameters: the number of packets in all, as the line says it.
  mutating func complete(to text: UnsafeRawBufferPointer, _ number: Int) throws(TraceError) {
    let least = max(1, list.losses.count)
    guard let count = TraceNumbers.whole(text), count >= Int64(least) else {
      throw TraceError(
        line: number, found: text,
        expected: "the number of packets, \(least) or more, after \"packets:\"")
    }
    try list.append(false, count: count - Int64(list.losses.count), line: number)
  }
}
