/// A SIP request or response as it travels over a stream (RFC 3261 section 7).
///
/// Headers keep their order and spelling. Content-Length is always there and always right: it is set
/// from the body, in its place where there was one and at the end otherwise.
public struct SIPMessage: WireValue, Hashable {
  /// The first line.
  public enum StartLine: Hashable, Sendable {
    case request(method: String, uri: String)
    /// `status` is 100...699.
    case response(status: Int, reason: String)
  }

  /// One header line, its folds undone.
  public struct Header: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }

    /// Whether this is the header of that full name, in any case or in compact form.
    public func isNamed(_ fullName: String) -> Bool {
      SIPText.equalIgnoringCase(name, fullName)
        || SIPHeaderName.compact(of: fullName).map { SIPText.equalIgnoringCase(name, $0) } == true
    }

    fileprivate var byteCount: Int { name.utf8.count + 2 + value.utf8.count + 2 }
  }

  public let startLine: StartLine
  public internal(set) var headers: [Header]
  public let body: [UInt8]

  public init(startLine: StartLine, headers: [Header], body: [UInt8] = []) {
    self.startLine = startLine
    self.headers = headers
    self.body = body
    let length = String(body.count)
    if let index = headers.firstIndex(where: { $0.isNamed(SIPHeaderName.contentLength) }) {
      self.headers[index].value = length
    } else {
      self.headers.append(Header(name: SIPHeaderName.contentLength, value: length))
    }
  }

  /// Reads one message with its Content-Length, which a stream needs (RFC 3261 section 18.3).
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let head = try SIPMessageHead(parsing: &reader)
    self = try SIPMessage(head: head, body: reader.read(head.contentLength, "SIP body"))
  }

  /// Reads the one message of a datagram, to the datagram's end.
  ///
  /// Without Content-Length the body goes to the end; with it, what is beyond is dropped (RFC 3261
  /// section 18.3).
  ///
  /// - Throws: `WireError`; truncated where Content-Length goes beyond the datagram.
  public init(datagram reader: inout ByteReader) throws(WireError) {
    let head = try SIPMessageHead(parsing: &reader, isDatagram: true)
    let count = head.hasContentLength ? head.contentLength : reader.remaining
    self = try SIPMessage(head: head, body: reader.read(count, "SIP body"))
    try reader.skip(reader.remaining, "SIP datagram")
  }

  init(head: SIPMessageHead, body: UnsafeRawBufferPointer) {
    self.init(startLine: head.startLine, headers: head.headers, body: [UInt8](body))
  }

  public var serializedByteCount: Int {
    let first =
      switch startLine {
      case .request(let method, let uri): method.utf8.count + 1 + uri.utf8.count + 1 + 7
      case .response(_, let reason): 7 + 1 + 3 + 1 + reason.utf8.count
      }
    return headers.reduce(first + 2) { $0 + $1.byteCount } + 2 + body.count
  }

  public func serialize(into writer: inout ByteWriter) {
    switch startLine {
    case .request(let method, let uri):
      writer.write(method)
      writer.write(" ")
      writer.write(uri)
      writer.write(" SIP/2.0\r\n")
    case .response(let status, let reason):
      precondition((100...699).contains(status), "a SIP status has three digits")
      writer.write("SIP/2.0 ")
      writer.write(String(status))
      writer.write(" ")
      writer.write(reason)
      writer.write("\r\n")
    }
    for header in headers {
      writer.write(header.name)
      writer.write(": ")
      writer.write(header.value)
      writer.write("\r\n")
    }
    writer.write("\r\n")
    writer.write(body)
  }
}

extension SIPMessage {
  /// The method of a request, nil of a response.
  public var method: String? {
    if case .request(let method, _) = startLine { return method }
    return nil
  }

  /// The status of a response, nil of a request.
  public var status: Int? {
    if case .response(let status, _) = startLine { return status }
    return nil
  }

  /// The value of the first header of that full name.
  public func value(of fullName: String) -> String? {
    headers.first { $0.isNamed(fullName) }?.value
  }

  /// The elements of all headers of that full name, in order; lists are taken apart.
  public func elements(of fullName: String) -> [String] {
    var elements: [String] = []
    for header in headers where header.isNamed(fullName) {
      var rest: String? = header.value
      while let value = rest {
        let split = SIPText.splitFirst(value)
        elements.append(split.first)
        rest = split.rest
      }
    }
    return elements
  }

  /// The hop that the message came from last; nil where there is none or it is not readable.
  public var topVia: SIPVia? {
    value(of: SIPHeaderName.via).flatMap { SIPVia(SIPText.splitFirst($0).first) }
  }

  public var callIdentifier: String? { value(of: SIPHeaderName.callID) }

  /// Number and method of CSeq; nil where it is absent or malformed.
  public var sequence: (number: UInt32, method: String)? {
    guard let value = value(of: SIPHeaderName.cseq) else { return nil }
    let parts = value.utf8.split { SIPText.isBlank($0) }.map { String(Substring($0)) }
    // Digits alone: a sign, which UInt32 would take, is none.
    guard parts.count == 2, parts[0].utf8.allSatisfy(SIPText.isDigit),
      let number = UInt32(parts[0])
    else { return nil }
    return (number, parts[1])
  }
}

/// Names of headers (RFC 3261 section 20) and their compact forms (section 7.3.3).
public enum SIPHeaderName {
  public static let via = "Via"
  public static let maxForwards = "Max-Forwards"
  public static let from = "From"
  public static let to = "To"
  public static let callID = "Call-ID"
  public static let cseq = "CSeq"
  public static let route = "Route"
  public static let recordRoute = "Record-Route"
  public static let contact = "Contact"
  public static let userAgent = "User-Agent"
  public static let contentType = "Content-Type"
  public static let contentDisposition = "Content-Disposition"
  /// RFC 6086 section 7.
  public static let infoPackage = "Info-Package"
  public static let recvInfo = "Recv-Info"
  public static let contentLength = "Content-Length"

  static func compact(of fullName: String) -> String? {
    switch fullName {
    case via: "v"
    case from: "f"
    case to: "t"
    case callID: "i"
    case contact: "m"
    case contentType: "c"
    case contentLength: "l"
    default: nil
    }
  }
}
