/// A job's result as a worker tells it and the journal keeps it.
public struct JobReport: Sendable, Equatable {
  /// The job's place in the document, from 0.
  public var number: Int
  public var result: JobResult
  /// Whether a process was ended over it, or the machine refused one: done again, it may turn out
  /// otherwise.
  public var isDisturbed: Bool

  public init(number: Int, result: JobResult, isDisturbed: Bool = false) {
    self.number = number
    self.result = result
    self.isDisturbed = isDisturbed
  }

  private enum Code {
    static let rows: UInt32 = 1
    static let disturbed: UInt32 = 2
  }
  /// The second number of a payload is at most this.
  static let maximumCode = Code.rows | Code.disturbed

  /// A frame's payload: the job's number; 1 for rows or 0 for a failure, and 2 more for a disturbed
  /// job; the texts.
  public var payload: [UInt8] {
    var octets: [UInt8] = []
    PipeFrame.append(UInt32(number), to: &octets)
    let disturbance = isDisturbed ? Code.disturbed : 0
    switch result {
    case .rows(let rows):
      PipeFrame.append(Code.rows | disturbance, to: &octets)
      for text in rows { PipeFrame.append(text, to: &octets) }
    case .failed(let reason):
      PipeFrame.append(disturbance, to: &octets)
      PipeFrame.append(reason, to: &octets)
    }
    return octets
  }

  /// The reverse of `payload`.
  ///
  /// - Throws: `PipeError` where it is nothing of the kind.
  public init(payload: [UInt8]) throws(PipeError) {
    var fields = PipeFields(payload[...])
    number = Int(try fields.number())
    let code = try fields.number()
    guard code <= Self.maximumCode else { throw PipeError() }
    isDisturbed = code & Code.disturbed != 0
    if code & Code.rows != 0 {
      result = .rows(try fields.texts(JobResult.rowsCount))
    } else {
      result = .failed(try fields.text())
    }
    guard fields.isAtEnd else { throw PipeError() }
  }
}
